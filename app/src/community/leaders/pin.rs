//! Pinning a discussion.

use leptos::prelude::*;

use super::forms::{PinTopicFields, UnpinTopicFields};
use crate::ui::form::{Form, Hidden, Submit};

/// Whether a discussion stands before all others, and the button that changes it.
#[component]
pub(in crate::community) fn Pin(
    /// The topic.
    id: String,
    /// The words in its address.
    words: String,
    /// Whether it does.
    pinned: bool,
) -> impl IntoView {
    if pinned {
        view! {
            <Form<UnpinTopicFields> text="This discussion is pinned: it is listed first.">
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Submit label="Unpin" quiet=true/>
            </Form<UnpinTopicFields>>
        }
        .into_any()
    } else {
        view! {
            <Form<PinTopicFields>>
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Submit label="Pin this discussion" quiet=true/>
            </Form<PinTopicFields>>
        }
        .into_any()
    }
}
