//! `/proposals`: changes that were sent for review.

use domain::wiki::{Proposal, ProposalList, ProposalState};
use leptos::prelude::*;

use super::{api::reading, author::AuthorName, paths};
use crate::{
    account,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{Moment, Pager},
};

/// A page of the reader's own changes, and of those that wait for their decision.
#[component]
pub fn ProposalsPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, reading::read_proposals);
    view! {
        <Page
            data
            view=move |list| {
                let further = untrack(after).is_some();
                view! { <Proposals list further/> }.into_any()
            }
        />
    }
}

#[component]
fn Proposals(list: ProposalList, further: bool) -> impl IntoView {
    let text = if list.decides {
        "Changes that are waiting for review, and your own."
    } else {
        "Your changes sent for review."
    };
    let empty = list.proposals.is_empty();
    let rows = list
        .proposals
        .into_iter()
        .map(|proposal| view! { <Row proposal/> })
        .collect_view();
    let first = further.then(|| paths::proposals(None));
    let next = list
        .next
        .as_deref()
        .map(|next| paths::proposals(Some(next)));
    let links = vec![
        way("Reviews due", paths::REVIEWS),
        way("Settings", account::paths::SETTINGS),
    ];
    view! {
        <Column title="Proposals" links>
            <p>{text}</p>
            {empty.then(|| view! { <p>"There are no changes to show."</p> })}
            <ol class="history">{rows}</ol>
            <Pager first next/>
        </Column>
    }
}

#[component]
fn Row(proposal: Proposal) -> impl IntoView {
    let words = format!("{}: {}", proposal.condition.name, proposal.kind.title());
    let state = match proposal.state {
        ProposalState::Waiting => "Waiting for review",
        ProposalState::Accepted => "Accepted",
        ProposalState::Declined => "Declined",
    };
    view! {
        <li>
            <div>
                <a href=paths::proposal(&proposal.id)>{words}</a>
                <div>
                    <Moment time=proposal.made/> " " <AuthorName author=proposal.author/> " "
                    <b class="mark">{state}</b>
                </div>
            </div>
        </li>
    }
}
