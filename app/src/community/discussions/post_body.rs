//! The text of a post, behind its content note where it has one.

use domain::{SafeHtml, community::content_note};
use leptos::prelude::*;

use crate::ui::Prose;

/// The text of a post.
#[component]
pub(in crate::community) fn PostBody(
    /// The text.
    html: SafeHtml,
    /// What readers are warned of before it.
    #[prop(optional_no_strip)]
    content_note: Option<String>,
    /// The element's class.
    #[prop(default = "prose")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <Noted content_note label="Show the post">
            <Prose html class/>
        </Noted>
    }
}

/// What is shown only to who opens it, where it has a content note.
#[component]
pub(super) fn Noted(
    /// What readers are warned of before it.
    content_note: Option<String>,
    /// What opening it does.
    label: &'static str,
    children: Children,
) -> impl IntoView {
    match content_note {
        None => children().into_any(),
        Some(note) => view! {
            <details class="folded">
                <summary>{format!("{}. {label}", content_note_of(&note))}</summary>
                {children()}
            </details>
        }
        .into_any(),
    }
}

/// As search results and search engines are told, too.
fn content_note_of(note: &str) -> String {
    let words = content_note(note);
    words.trim_end_matches('.').to_owned()
}
