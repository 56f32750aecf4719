//! A post of somebody who is muted, and the way to mute them.

use leptos::prelude::*;

use crate::community::paths;

/// A post, folded where its author is muted.
#[component]
pub(in crate::community) fn Folded(
    /// Whether they are.
    muted: bool,
    /// The author's name, where the reader may know it.
    name: Option<String>,
    /// The post.
    children: Children,
) -> impl IntoView {
    if !muted {
        return children().into_any();
    }
    let who = name.unwrap_or_else(|| "This member".to_owned());
    view! {
        <details class="folded">
            <summary>{format!("{who} is muted. Show the post")}</summary>
            {children()}
        </details>
    }
    .into_any()
}

/// The way to mute the author of a post, or to end that.
#[component]
pub(in crate::community) fn MuteLink(
    /// Id of its topic.
    id: String,
    /// The words in the topic's address.
    words: String,
    /// The post.
    number: i64,
    /// The author's name, where the reader may know it.
    name: Option<String>,
    /// Whether they are muted.
    muted: bool,
) -> impl IntoView {
    let who = name.unwrap_or_else(|| "this member".to_owned());
    let act = if muted { "Unmute" } else { "Mute" };
    let path = paths::mute(&id, &words, number);
    let about = format!(", author of post {number}");
    view! {
        <a href=path>
            {format!("{act} {who}")} <span class="unseen">{about}</span>
        </a>
    }
}
