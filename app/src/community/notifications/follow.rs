//! Following a discussion.

use leptos::prelude::*;

use super::forms::{FollowFields, StopFollowingFields};
use crate::ui::form::{Form, Hidden, Submit};

/// Whether the reader follows a discussion, and the button that changes it.
#[component]
pub(in crate::community) fn Follow(
    /// The topic.
    id: String,
    /// The words in its address.
    words: String,
    /// Number after which the page begins.
    #[prop(optional_no_strip)]
    after: Option<i64>,
    /// Whether they do.
    following: bool,
) -> impl IntoView {
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    if following {
        view! {
            <Form<StopFollowingFields> text="You follow this discussion.">
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Hidden name="after" value=after/>
                <Submit label="Stop following" quiet=true/>
            </Form<StopFollowingFields>>
        }
        .into_any()
    } else {
        view! {
            <Form<FollowFields>>
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Hidden name="after" value=after/>
                <Submit label="Follow this discussion" quiet=true/>
            </Form<FollowFields>>
        }
        .into_any()
    }
}
