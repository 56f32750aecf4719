//! Histories, revisions and comparisons, and what is due for review.

use domain::{
    SafeHtml,
    account::Actor,
    catalogue::ConditionLink,
    policy::{Action, permit},
    wiki::{Comparison, DueReviewList, History, ProposalList, Revision, RevisionText},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use crate::{account, context, ui::form::Done, wiki::paths};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
    wiki::restore_form::RestoreFields,
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    wiki::{Saved, SectionKind},
};

/// What the page of a revision shows, and what its reader can do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevisionView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// What is known of it.
    pub revision: Revision,
    /// The revision before it in its section.
    pub before: Option<i64>,
    /// The text.
    pub html: SafeHtml,
    /// Whether the reader can make it the current version again.
    pub can_restore: bool,
    /// Whether the reader can review it.
    pub can_review: bool,
    /// Whether the reader can protect its section.
    pub can_protect: bool,
}

impl RevisionView {
    /// What of a revision is shown to a reader.
    pub fn new(found: RevisionText, reader: Actor) -> Self {
        let can = |action| permit(reader, action).is_ok();
        let revision = found.revision;
        Self {
            can_restore: !revision.is_head && can(Action::WriteSection),
            can_review: revision.kind.is_text() && can(Action::ReviewSections),
            can_protect: can(Action::ProtectSections),
            condition: found.condition,
            revision,
            before: found.before,
            html: found.html,
        }
    }
}

/// A page of the history of a section, or with `None` of all sections.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/history")]
pub async fn read_history(
    slug: String,
    kind: Option<String>,
    before: Option<i64>,
) -> Result<Answer<History>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let kind = match kind.as_deref().map(SectionKind::parse) {
        Some(None) => return Ok(Answer::Refused(Error::NotFound)),
        Some(kind) => kind,
        None => None,
    };
    let history = services.revisions.history(actor, &slug, kind, before);
    Ok(Answer::resolved(history.await, |slug| {
        paths::history(slug, kind, None)
    }))
}

/// Two revisions of a section, compared. Which of them is the older one does not matter.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/comparison")]
pub async fn read_comparison(
    slug: String,
    kind: String,
    from: i64,
    to: i64,
) -> Result<Answer<Comparison>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(kind) = SectionKind::parse(&kind) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let revisions = &services.revisions;
    let numbers = (from.min(to), from.max(to));
    let comparison = revisions.compare(actor, &slug, kind, numbers);
    Ok(Answer::of(comparison.await))
}

/// One revision.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/revision")]
pub async fn read_revision(
    slug: String,
    number: String,
) -> Result<Answer<RevisionView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Ok(number) = number.parse() else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let found = services.revisions.revision(actor, &slug, number).await;
    Ok(Answer::of(found).map(|found| RevisionView::new(found, actor)))
}

/// A page of the reviews that are due.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/reviews")]
pub async fn read_reviews(after: Option<String>) -> Result<Answer<DueReviewList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let reviews = services.revisions.due_reviews(actor, after.as_deref());
    Ok(Answer::of(reviews.await))
}

/// A page of the changes that were sent for review.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/proposals")]
pub async fn read_proposals(after: Option<String>) -> Result<Answer<ProposalList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let proposals = services.revisions.proposals(actor, after.as_deref());
    Ok(account::for_members(proposals.await, paths::PROPOSALS))
}

/// Makes an earlier text the current one again.
#[server(prefix = "/api", endpoint = "wiki/restore", input = Json)]
pub async fn restore(posted: Posted<RestoreFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let summary = (fields.summary.as_str(), fields.agreed);
            let revisions = &call.services.revisions;
            let saved = revisions
                .restore(
                    call.actor(),
                    &fields.slug,
                    fields.number,
                    summary,
                    &call.submission(),
                )
                .await?;
            match saved {
                Saved::Published(_) | Saved::Unchanged => {
                    Ok(Done::at(paths::section(&fields.slug, fields.kind)))
                }
                Saved::Proposed(id) => Ok(Done::at(format!("{}?done=made", paths::proposal(&id)))),
                // Saved by someone else at this very moment: look at what they wrote first.
                Saved::Collided(_) => Err(Error::Conflict),
            }
        })
        .await
}
