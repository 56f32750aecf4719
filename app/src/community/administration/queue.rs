//! A list of what waits for moderators, or of what is done, in the same shape for whatever it is.

use leptos::prelude::*;

use crate::{
    account,
    community::paths,
    page::{Column, way},
    ui::Pager,
};

/// What such a list says.
pub(in crate::community) struct QueueWords {
    /// The title of what waits, and what is said where nothing does.
    pub(in crate::community) waiting: (&'static str, &'static str),
    /// The same of what is done.
    pub(in crate::community) done: (&'static str, &'static str),
    /// The way from what is done to what waits.
    pub(in crate::community) back: &'static str,
}

/// One page of the list.
#[component]
pub(in crate::community) fn Queue(
    /// What it says.
    words: QueueWords,
    /// Its address, by whether it is of what is done, and behind what.
    path: fn(bool, Option<&str>) -> String,
    /// Whether it is of what is done.
    done: bool,
    /// Whether there is a page before.
    continued: bool,
    /// Behind what the next page begins.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// Whether there is nothing in it.
    is_empty: bool,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let (title, empty) = if done { words.done } else { words.waiting };
    let other = if done { words.back } else { words.done.0 };
    let links = vec![
        way(other, path(!done, None)),
        way("What is waiting", paths::ADMIN_WAITING),
        way("Settings", account::paths::SETTINGS),
    ];
    let first = continued.then(|| path(done, None));
    let next = next.map(|next| path(done, Some(&next)));
    view! {
        <Column title links>
            <div>{is_empty.then(|| view! { <p>{empty}</p> })} {children()} <Pager first next/></div>
        </Column>
    }
}
