//! Writing under an alias, and the way to look up whose one is.

use leptos::prelude::*;

use crate::{community::paths, ui::form::Tick};

/// Whether somebody is shown under an alias.
#[component]
pub(in crate::community) fn Anonymously() -> impl IntoView {
    view! {
        <Tick
            name="anonymous"
            label="Post anonymously"
            hint="Readers see “Anonymous” and a number instead of your name. What you write may still show who you are. Moderators can look up your name if they have to, and every time is logged."
        />
    }
}

/// The way to look up who has written under an alias, for moderators.
#[component]
pub(in crate::community) fn LookUp(
    /// Id of the topic.
    id: String,
    /// Number of the alias.
    number: i64,
) -> impl IntoView {
    let path = paths::admin_alias(&id, number);
    view! {
        <a href=path rel="external">
            "Look up"
            <span class="unseen">{format!(" Anonymous {number}")}</span>
        </a>
    }
}
