//! `/proposals/{id}`: a change that was sent for review.

use domain::wiki::{Item, ProposalState, SectionKind};
use leptos::prelude::*;

use super::{
    api::writing::decisions::{self, Acceptable, Acceptance, Outdated, ProposalView},
    author::AuthorName,
    decision_forms::{
        AcceptEntryFields, AcceptFields, AcceptReferenceFields, AcceptTipFields, DeclineFields,
    },
    entry_fields::{ReferenceInputs, TipInputs},
    paths,
};
use crate::{
    page::{Column, Page, Unsent, page_data, use_part, use_query_value, way},
    ui::{
        Link, Moment, Prose, Unified,
        form::{Buttons, Form, Hidden, Input, MarkdownEditor, PageForm, Submit, use_form},
    },
};

/// A change that was sent for review, and what is decided about it.
#[component]
pub fn ProposalPage() -> impl IntoView {
    let (id, done) = (use_part("id"), use_query_value("done"));
    let data = page_data(id, decisions::read_proposal);
    view! {
        <Page
            data
            view=move |found| {
                let done = done().is_some();
                view! { <WholeProposal found done/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeProposal(
    /// What is shown.
    found: ProposalView,
    /// Whether it has just been sent, or decided.
    done: bool,
) -> impl IntoView {
    let proposal = &found.proposal;
    let (id, kind) = (proposal.id.clone(), proposal.kind);
    let title = format!("Proposal: {} of {}", kind.title(), proposal.condition.name);
    let notice = done.then(|| match proposal.state {
        ProposalState::Waiting => "Thank you. Your change is waiting for review.".to_owned(),
        ProposalState::Accepted | ProposalState::Declined => {
            "Done. The author can see your decision.".to_owned()
        }
    });
    let links = ways(&found);
    let accept = found.accept.clone();
    let present = match accept {
        Some(_) => vec![
            AcceptFields::name(),
            AcceptTipFields::name(),
            AcceptReferenceFields::name(),
            AcceptEntryFields::name(),
            DeclineFields::name(),
        ],
        None => vec![],
    };
    // It may turn out that someone else has decided: then this changes, and the forms with what was
    // typed stay.
    let now = RwSignal::new(found);
    view! {
        <Column title notice links>
            <Unsent present/>
            {move || view! { <About found=now.get()/> }}
            {accept
                .map(|accept| {
                    view! {
                        <AcceptForm accept id=id.clone() kind now/>
                        <Decline id now/>
                    }
                })}
        </Column>
    }
}

/// What was sent, by whom, what it changes, and what became of it.
#[component]
fn About(found: ProposalView) -> impl IntoView {
    let ProposalView {
        proposal,
        html,
        changes,
        ..
    } = found;
    let state = match (proposal.state, proposal.own) {
        (ProposalState::Waiting, true) => {
            "It is waiting for review by an experienced member. You do not have to do anything."
        }
        (ProposalState::Waiting, false) => "It is waiting for review.",
        (ProposalState::Accepted, _) => "It was accepted, and is in the history of the section.",
        (ProposalState::Declined, _) => "It was declined.",
    };
    let reason =
        (!proposal.reason.is_empty()).then(|| view! { <p>"Reason: " <q>{proposal.reason}</q></p> });
    let summary = (!proposal.summary.is_empty())
        .then(|| view! { <p>"What changed: " <q>{proposal.summary}</q></p> });
    view! {
        <div>
            <p>
                "Written on " <Moment time=proposal.made/> " by "
                <AuthorName author=proposal.author/> ". " {state}
            </p>
            {reason}
            {summary}
            <h2 class="unseen">"What it says"</h2>
            <Prose html class="seen prose"/>
            <h2>"What it changes in the current version"</h2>
            <Unified changes/>
        </div>
    }
}

fn ways(found: &ProposalView) -> Vec<Link> {
    let proposal = &found.proposal;
    let (slug, kind) = (&proposal.condition.slug, proposal.kind);
    let mut links = vec![
        way(
            format!("{}: {}", proposal.condition.name, kind.title()),
            paths::section(slug, kind),
        ),
        way("Proposals", paths::PROPOSALS),
    ];
    if proposal.own && proposal.state == ProposalState::Declined {
        links.push(way("Write another version", paths::edit(slug, kind)));
    }
    links
}

/// Where nothing was decided, because it was about something that has changed: the page shows how it
/// is now, and the form what had been typed.
#[component]
fn OutdatedResult(now: RwSignal<ProposalView>) -> impl IntoView {
    let form = use_form();
    Effect::new(move |_| {
        if let Some(outdated) = form.result::<Outdated>() {
            now.try_set(outdated.now);
        }
    });
    move || {
        form.result::<Outdated>()?.typed.map(|typed| {
            view! {
                <details>
                    <summary>"What you had written"</summary>
                    <pre class="diff">{typed}</pre>
                </details>
            }
        })
    }
}

const ACCEPT: &str = "Accept it";
const BEFORE_ACCEPTING: &str = "You can change it first. It is published under the author's name.";

#[component]
fn AcceptForm(
    accept: Acceptable,
    id: String,
    kind: SectionKind,
    now: RwSignal<ProposalView>,
) -> impl IntoView {
    let base = accept.base.map(|base| base.to_string()).unwrap_or_default();
    let carried = move || {
        view! {
            <OutdatedResult now/>
            <Hidden name="id" value=id/>
            <Hidden name="base" value=base/>
        }
    };
    let buttons = || {
        view! {
            <Buttons>
                <Submit label=ACCEPT/>
            </Buttons>
        }
    };
    match accept.content {
        Acceptance::Text(text) => view! {
            <Form<AcceptFields> heading=ACCEPT text=BEFORE_ACCEPTING>
                {carried()}
                <MarkdownEditor name="text" label=kind.title() value=text rows=12/>
                {buttons()}
            </Form<AcceptFields>>
        }
        .into_any(),
        Acceptance::Entry(Item::Tip { name, markdown }) => view! {
            <Form<AcceptTipFields> heading=ACCEPT text=BEFORE_ACCEPTING>
                {carried()}
                <TipInputs name description=markdown/>
                {buttons()}
            </Form<AcceptTipFields>>
        }
        .into_any(),
        Acceptance::Entry(Item::Reference(work)) => view! {
            <Form<AcceptReferenceFields> heading=ACCEPT text=BEFORE_ACCEPTING>
                {carried()}
                <ReferenceInputs work/>
                {buttons()}
            </Form<AcceptReferenceFields>>
        }
        .into_any(),
        Acceptance::Entry(_) | Acceptance::AsItIs => view! {
            <Form<AcceptEntryFields>
                heading=ACCEPT
                text="It is published under the author's name."
            >
                {carried()}
                {buttons()}
            </Form<AcceptEntryFields>>
        }
        .into_any(),
    }
}

#[component]
fn Decline(id: String, now: RwSignal<ProposalView>) -> impl IntoView {
    view! {
        <Form<DeclineFields> heading="Decline it" danger=true>
            <OutdatedResult now/>
            <Hidden name="id" value=id/>
            <Input
                name="reason"
                label="Reason"
                hint="One line. The author will see this."
                required=true
            />
            <Buttons>
                <Submit label="Decline it" danger=true/>
            </Buttons>
        </Form<DeclineFields>>
    }
}
