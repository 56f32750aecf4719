//! What a post was given.

use domain::community::{ReactionCount, ReactionKind};
use leptos::prelude::*;

use super::forms::ReactFields;
use crate::{
    community::paths,
    ui::form::{Toggle, Toggles},
};

/// What a post was given: buttons for who can react to it, and for what they gave; else words.
#[component]
pub(in crate::community) fn ReactionLine(
    /// What it was given.
    reactions: Vec<ReactionCount>,
    /// Id of its topic.
    id: String,
    /// The words in the topic's address.
    words: String,
    /// The post.
    number: i64,
    /// Whether the reader may react to it.
    may_react: bool,
) -> impl IntoView {
    let given = |kind: ReactionKind| reactions.iter().find(|given| given.kind == kind);
    let is_button =
        |kind: ReactionKind| may_react || given(kind).is_some_and(|reaction| reaction.own);
    let toggles: Vec<Toggle> = ReactionKind::ALL
        .into_iter()
        .filter(|kind| is_button(*kind))
        .map(|kind| Toggle {
            value: kind.as_str(),
            label: kind.label(),
            count: given(kind).map_or(0, |reaction| reaction.count),
            pressed: given(kind).is_some_and(|reaction| reaction.own),
        })
        .collect();
    let said: Vec<String> = reactions
        .iter()
        .filter(|reaction| !is_button(reaction.kind))
        .map(|reaction| format!("{} {}", reaction.kind.label(), reaction.count))
        .collect();
    let said = (!said.is_empty()).then(|| {
        view! {
            <p class="soft">
                <span class="unseen">"Reactions: "</span>
                {said.join(" · ")}
            </p>
        }
    });
    let buttons = (!toggles.is_empty()).then(|| {
        let action = paths::react(&id, &words, number);
        let label = format!("Reactions to post {number}");
        let of = number.to_string();
        let hidden = vec![("id", id), ("number", of.clone())];
        view! { <Toggles<ReactFields> of action label hidden toggles/> }
    });
    view! {
        {said}
        {buttons}
    }
}
