//! Following a discussion or a question, the page of a condition, or the discussions of its community.

use domain::community::{ConditionFollow, TopicKind};
use leptos::prelude::*;

use super::forms::{
    FollowConditionFields, FollowFields, StopFollowingConditionFields, StopFollowingFields,
};
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

/// Whether the reader follows the page of a condition or the discussions of its community, and the
/// button that changes it.
#[component]
pub(in crate::community) fn FollowCondition(
    /// The condition's address.
    slug: String,
    /// What of it.
    what: ConditionFollow,
    /// Whether they do.
    following: bool,
) -> impl IntoView {
    let (begin, text, end) = match what {
        ConditionFollow::Page => (
            "Follow this page",
            "You follow this page. We tell you when its text changes.",
            "Stop following this page",
        ),
        ConditionFollow::Discussions => (
            "Tell me about new discussions",
            "We tell you about new discussions here.",
            "Stop telling me",
        ),
    };
    if following {
        view! {
            <Form<StopFollowingConditionFields> text>
                <Hidden name="slug" value=slug/>
                <Hidden name="what" value=what.as_str()/>
                <Submit label=end quiet=true/>
            </Form<StopFollowingConditionFields>>
        }
        .into_any()
    } else {
        view! {
            <Form<FollowConditionFields>>
                <Hidden name="slug" value=slug/>
                <Hidden name="what" value=what.as_str()/>
                <Submit label=begin quiet=true/>
            </Form<FollowConditionFields>>
        }
        .into_any()
    }
}
