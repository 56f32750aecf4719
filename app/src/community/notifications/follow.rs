//! Following a discussion or a question.

use domain::community::TopicKind;
use leptos::prelude::*;

use super::forms::{FollowFields, StopFollowingFields};
use crate::ui::form::{Form, Hidden, Submit};

/// Whether the reader follows a topic, and the button that changes it.
#[component]
pub(in crate::community) fn Follow(
    /// What it is.
    kind: TopicKind,
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
    let (followed, follow) = match kind {
        TopicKind::Discussion => ("You follow this discussion.", "Follow this discussion"),
        TopicKind::Question => ("You follow this question.", "Follow this question"),
    };
    if following {
        view! {
            <Form<StopFollowingFields> text=followed>
                <Hidden name="kind" value=kind.as_str()/>
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
                <Hidden name="kind" value=kind.as_str()/>
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Hidden name="after" value=after/>
                <Submit label=follow quiet=true/>
            </Form<FollowFields>>
        }
        .into_any()
    }
}
