//! What is decided about changes that were sent for review, about protection, and in reviews.

use domain::{
    SafeHtml,
    catalogue::ConditionLink,
    text::Change,
    wiki::{Item, Proposal, ProposalText, Protected, SectionKind},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::{for_members, section};
#[cfg(feature = "ssr")]
use crate::{
    account, context,
    ui::form::{Call, Done},
    wiki::paths,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
    wiki::decision_forms::{
        AcceptEntryFields, AcceptFields, AcceptReferenceFields, AcceptTipFields, DeclineFields,
        EndProtectionFields, ProtectFields, ReviewFields,
    },
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    policy::{Action, permit},
    wiki::Decision,
};

/// What the page of a change shows that was sent for review.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProposalView {
    /// What is known of it.
    pub proposal: Proposal,
    /// As it would be shown.
    pub html: SafeHtml,
    /// What it changes in the current version.
    pub changes: Vec<Change>,
    /// What would be accepted; `None` where the reader has nothing to decide.
    pub accept: Option<Acceptable>,
}

/// What can be accepted, changed or as it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Acceptable {
    /// Number of the current revision.
    pub base: Option<i64>,
    /// What was sent.
    pub content: Acceptance,
}

/// What of a proposal can be changed before it is accepted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Acceptance {
    /// A text, with what was saved since it was sent.
    Text(String),
    /// An entry of a list.
    Entry(Item),
    /// Nothing: names, codes and hidden entries are accepted as they are.
    AsItIs,
}

impl From<ProposalText> for ProposalView {
    fn from(found: ProposalText) -> Self {
        let content = if found.proposal.kind.is_text() {
            Acceptance::Text(found.merged)
        } else {
            match found.entry {
                Some(entry) if entry.hidden.is_none() => match entry.item {
                    item @ (Item::Tip { .. } | Item::Reference(_)) => Acceptance::Entry(item),
                    Item::Name(_) | Item::Code(_) => Acceptance::AsItIs,
                },
                _ => Acceptance::AsItIs,
            }
        };
        let base = found.head;
        Self {
            proposal: found.proposal,
            html: found.html,
            changes: found.changes,
            accept: found.decides.then_some(Acceptable { base, content }),
        }
    }
}

/// Nothing was decided, because it was about something that has changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outdated {
    /// As it is now.
    pub now: ProposalView,
    /// The text that was to be accepted, where another one is in its field now.
    pub typed: Option<String>,
}

#[cfg(feature = "ssr")]
const OUTDATED: &str = "Nothing was decided: since you opened this page, the change has been decided or another version has been saved. The page shows how it is now. Look at it once more.";

/// A change that was sent for review.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/proposal")]
pub async fn read_proposal(id: String) -> Result<Answer<ProposalView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let proposal = services.revisions.proposal(actor, &id).await;
    Ok(account::for_members(
        proposal.map(Into::into),
        &paths::proposal(&id),
    ))
}

/// Accepts a text.
#[server(prefix = "/api", endpoint = "wiki/accept", input = Json)]
pub async fn accept(posted: Posted<AcceptFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AcceptFields { id, base, text }, call| {
            let markdown = text.clone();
            decide(&call, &id, Decision::Accept { base, markdown }, Some(text)).await
        })
        .await
}

/// Accepts a tip.
#[server(prefix = "/api", endpoint = "wiki/accept-tip", input = Json)]
pub async fn accept_tip(posted: Posted<AcceptTipFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let (base, item) = (fields.base, Some(fields.item()));
            decide(
                &call,
                &fields.id,
                Decision::AcceptEntry { base, item },
                None,
            )
            .await
        })
        .await
}

/// Accepts a reference.
#[server(prefix = "/api", endpoint = "wiki/accept-reference", input = Json)]
pub async fn accept_reference(
    posted: Posted<AcceptReferenceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let (base, item) = (fields.base, Some(fields.item()?));
            decide(
                &call,
                &fields.id,
                Decision::AcceptEntry { base, item },
                None,
            )
            .await
        })
        .await
}

/// Accepts a change of a list as it is.
#[server(prefix = "/api", endpoint = "wiki/accept-entry", input = Json)]
pub async fn accept_entry(posted: Posted<AcceptEntryFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |AcceptEntryFields { id, base }, call| {
            let item = None;
            decide(&call, &id, Decision::AcceptEntry { base, item }, None).await
        })
        .await
}

/// Declines a change.
#[server(prefix = "/api", endpoint = "wiki/decline", input = Json)]
pub async fn decline(posted: Posted<DeclineFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineFields { id, reason }, call| {
            decide(&call, &id, Decision::Decline { reason }, None).await
        })
        .await
}

#[cfg(feature = "ssr")]
async fn decide(
    call: &Call,
    id: &str,
    decision: Decision,
    typed: Option<String>,
) -> domain::Result<Done> {
    let (revisions, actor) = (&call.services.revisions, call.actor());
    match revisions.decide(actor, id, decision).await {
        Err(Error::Conflict) => {}
        decided => {
            decided?;
            return Ok(Done::at(format!("{}?done=decided", paths::proposal(id))));
        }
    }
    let now = ProposalView::from(revisions.proposal(actor, id).await?);
    let mut replaced = Vec::new();
    let mut shown = None;
    if let Some(Acceptable { base, content }) = &now.accept {
        replaced.push((
            "base",
            base.map(|base| base.to_string()).unwrap_or_default(),
        ));
        if let (Some(typed), Acceptance::Text(text)) = (typed, content) {
            replaced.push(("text", text.clone()));
            shown = Some(typed);
        }
    }
    let outdated = Outdated { now, typed: shown };
    Ok(Done::show(&outdated)?.in_place(replaced, OUTDATED))
}

/// What the page shows on which a section is protected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProtectView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// How it is protected now.
    pub protection: Option<Protected>,
}

/// A section to protect.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/protection")]
pub async fn read_protection(
    slug: String,
    kind: String,
) -> Result<Answer<ProtectView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let kind = match section(&kind) {
        Ok(kind) => kind,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let asked = match permit(actor, Action::ProtectSections) {
        Ok(()) => services.revisions.editing(actor, &slug, kind, None).await,
        Err(error) => Err(error),
    };
    let asked = asked.map(|editing| ProtectView {
        condition: editing.condition,
        kind,
        protection: editing.protection,
    });
    let place = (slug.as_str(), |slug: &str| paths::protect(slug, kind));
    Ok(for_members(asked, &services, actor, place).await)
}

/// Protects a section.
#[server(prefix = "/api", endpoint = "wiki/protect", input = Json)]
pub async fn protect(posted: Posted<ProtectFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let protection = Some(fields.protection()?);
            let ProtectFields {
                slug, kind, reason, ..
            } = fields;
            let revisions = &call.services.revisions;
            revisions
                .protect(call.actor(), &slug, kind, protection, &reason)
                .await?;
            Ok(Done::at(paths::edit(&slug, kind)))
        })
        .await
}

/// Ends the protection of a section.
#[server(prefix = "/api", endpoint = "wiki/end-protection", input = Json)]
pub async fn end_protection(posted: Posted<EndProtectionFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |EndProtectionFields { slug, kind, reason }, call| {
            let revisions = &call.services.revisions;
            revisions
                .protect(call.actor(), &slug, kind, None, &reason)
                .await?;
            Ok(Done::at(paths::edit(&slug, kind)))
        })
        .await
}

/// What the page shows on which an expert reviews a text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// Number of the revision.
    pub number: i64,
    /// The text.
    pub html: SafeHtml,
}

/// A text to review.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/review-page")]
pub async fn read_review(
    slug: String,
    number: String,
) -> Result<Answer<ReviewView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Ok(number) = number.parse() else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let asked = match permit(actor, Action::ReviewSections) {
        Ok(()) => services.revisions.revision(actor, &slug, number).await,
        Err(error) => Err(error),
    };
    let asked = asked.map(|found| ReviewView {
        condition: found.condition,
        kind: found.revision.kind,
        number,
        html: found.html,
    });
    let place = (slug.as_str(), |slug: &str| paths::review(slug, number));
    Ok(for_members(asked, &services, actor, place).await)
}

/// Reviews a text.
#[server(prefix = "/api", endpoint = "wiki/review", input = Json)]
pub async fn review(posted: Posted<ReviewFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ReviewFields {
                slug,
                number,
                interests,
            } = fields;
            let revisions = &call.services.revisions;
            revisions
                .review(call.actor(), &slug, number, &interests)
                .await?;
            let page = paths::revision(&slug, number);
            Ok(Done::at(format!("{page}?done=reviewed")))
        })
        .await
}
