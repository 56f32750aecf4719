//! What is seen of posts that are hidden, and of topics that are locked.

use domain::{
    SafeHtml,
    community::{Hidden, TopicKind},
};
use leptos::prelude::*;

use crate::{
    community::paths,
    ui::{Date, Prose},
};

/// In place of a hidden post. Its author and moderators can read it.
#[component]
pub(in crate::community) fn HiddenPost(
    /// That it is hidden.
    hidden: Hidden,
    /// Its text, for who may read it.
    html: SafeHtml,
    /// Whether the reader wrote it.
    own: bool,
    /// Whether the reader moderates.
    moderates: bool,
) -> impl IntoView {
    let Hidden {
        at,
        reason,
        title,
        decision,
    } = hidden;
    let decision = decision.map(|id| {
        view! {
            <p>
                "Only you and moderators can read this post. "
                <a href=paths::decision(&id)>"Read the decision, or appeal"</a>
            </p>
        }
    });
    let text = (own || moderates).then(|| {
        let summary = if own {
            "Read what you wrote"
        } else {
            "Read the hidden text"
        };
        let title = title.map(|title| view! { <p><b>{title}</b></p> });
        view! {
            <details>
                <summary>{summary}</summary>
                {title}
                <Prose html class="prose"/>
            </details>
        }
    });
    view! {
        <p class="deleted">
            "Hidden by a moderator, " <Date time=at/> ". Reason: " <q>{reason}</q>
        </p>
        {decision}
        {text}
    }
}

/// That a topic is locked, and why.
#[component]
pub(in crate::community) fn Locked(kind: TopicKind, reason: String) -> impl IntoView {
    view! {
        <p class="deleted">
            {format!("This {} is locked. Reason: ", kind.as_str())} <q>{reason}</q>
        </p>
    }
}
