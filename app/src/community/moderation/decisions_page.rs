//! `/decisions`: what was decided about you.

use domain::community::{Decision, DecisionList};
use leptos::prelude::*;

use super::{
    api,
    words::{appeal_words, title_of, words_are},
};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Date, Pager},
};

/// A page of what was decided about the reader.
#[component]
pub fn DecisionsPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, api::read_decisions);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <List list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn List(list: DecisionList, continued: bool) -> impl IntoView {
    let next = list.next.map(|id| paths::decisions(Some(&id)));
    let first = continued.then(|| paths::DECISIONS.to_owned());
    let empty = list
        .decisions
        .is_empty()
        .then(|| view! { <p>"There are no decisions about you."</p> });
    let decisions = list
        .decisions
        .into_iter()
        .map(|decision| view! { <OneDecision decision/> })
        .collect_view();
    let links = vec![
        way("Notifications", paths::NOTIFICATIONS),
        way("Settings", account::paths::SETTINGS),
    ];
    view! {
        <Column title="Decisions about you" links>
            <p class="soft">
                "What moderators decided about your posts and your account. Only you and moderators can see this. If you think that a decision is wrong, you can appeal once within six months."
            </p>
            <div>{empty} <ol class="topics">{decisions}</ol> <Pager first next/></div>
        </Column>
    }
}

#[component]
fn OneDecision(decision: Decision) -> impl IntoView {
    let kind = decision.post.as_ref().map(|post| post.topic.kind);
    let appeal = decision
        .appeal
        .map(|appeal| format!(" Your appeal: {}.", appeal_words(appeal.state)));
    view! {
        <li>
            <a class="title" href=paths::decision(&decision.id)>
                {title_of(&decision.kind, kind)}
            </a>
            <div class="soft">
                <Date time=decision.taken/> ". " {words_are(&decision.kind)}
                <q>{decision.reason}</q> {appeal}
            </div>
        </li>
    }
}
