//! What moderators do with posts and topics ([`acting`], which calls [`changing`]; [`warning`]), and leaders
//! with notes ([`noting`]), as they read it
//! ([`reading`]), as the people concerned do ([`decisions`]), and what becomes of appeals ([`appeals`],
//! [`deciding`]).

mod acting;
mod appeals;
mod changing;
mod deciding;
mod decisions;
mod noting;
mod reading;
mod warning;

use async_trait::async_trait;
use domain::{
    Result,
    account::{Actor, Role, Submission},
    community::{
        AppealDecision, AppealList, AppealState, AppealToDecide, ContentAction, ContentModeration,
        Decision, DecisionKind, DecisionList, Moderation, Noting, PostModeration, TopicLink,
    },
    policy::{Action, permit},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use uuid::Uuid;

use super::{CommunityStore, aliases::is_by};
use crate::{Database, error::to_domain, write::Write};

/// What was decided, by the columns `content_kind`, `action_kind` and `role`.
pub(super) fn decision_kind(row: &QueryResult) -> std::result::Result<DecisionKind, DbErr> {
    let content: Option<String> = row.try_get("", "content_kind")?;
    let action: Option<String> = row.try_get("", "action_kind")?;
    let role: Option<String> = row.try_get("", "role")?;
    let until: Option<i64> = row.try_get("", "until_at")?;
    Ok(match content.as_deref().map(ContentAction::from_name) {
        Some(Some(content)) => DecisionKind::Content(content),
        _ => DecisionKind::Account {
            action: action.or(content).unwrap_or_default(),
            role: role.as_deref().and_then(Role::from_name),
            until: until.map(Timestamp),
        },
    })
}

/// When a decision ended, by the columns `lifted_at`, `state` and `decided_at` of its appeal.
fn lifted(row: &QueryResult) -> std::result::Result<Option<Timestamp>, DbErr> {
    let lifted: Option<i64> = row.try_get("", "lifted_at")?;
    let state: Option<String> = row.try_get("", "state")?;
    let decided: Option<i64> = row.try_get("", "decided_at")?;
    let by_appeal = state.as_deref() == Some(AppealState::Lifted.as_str());
    Ok(lifted.or(decided.filter(|_| by_appeal)).map(Timestamp))
}

/// Erases what a person has said in appeals about posts, before the posts are nobody's. What they have
/// said about decisions on their account goes with it.
pub(crate) async fn forget_appeals(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
) -> Result<()> {
    let sql = format!(
        "DELETE FROM appeal WHERE content_moderation_id IN \
         (SELECT m.id FROM post p JOIN content_moderation m ON m.topic_id = p.topic_id \
         AND m.post_number = p.number WHERE {})",
        is_by("p", "p.topic_id", "$1")
    );
    write
        .on()
        .execute_raw(database.statement(&sql, vec![account.into()]))
        .await
        .map(|_| ())
        .map_err(to_domain)
}

#[async_trait]
impl Moderation for CommunityStore {
    async fn moderating(&self, actor: Actor, id: &str, number: i64) -> Result<PostModeration> {
        permit(actor, Action::ModerateContent)?;
        self.to_moderate(actor, id, number).await
    }

    async fn moderate(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        what: ContentModeration,
        reason: &str,
    ) -> Result<()> {
        permit(actor, Action::ModerateContent)?;
        self.act(actor, (id, number), what, reason).await
    }

    async fn noting(&self, actor: Actor, id: &str, number: i64) -> Result<Noting> {
        let place = ("topic", id);
        self.permit_at(actor, Action::SetContentNotes, place)
            .await?;
        self.to_note(actor, id, number).await
    }

    async fn set_note(&self, actor: Actor, id: &str, number: i64, note: &str) -> Result<TopicLink> {
        let place = ("topic", id);
        self.permit_at(actor, Action::SetContentNotes, place)
            .await?;
        self.note(actor, (id, number), note).await
    }

    async fn warn_author(
        &self,
        actor: Actor,
        id: &str,
        number: i64,
        reason: &str,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::ModerateMembers)?;
        self.warn(actor, (id, number), reason, submission).await
    }

    async fn own_decisions(&self, actor: Actor, after: Option<&str>) -> Result<DecisionList> {
        Self::person(actor, Action::ReadOwnAccount)?;
        self.decisions_of(actor, after).await
    }

    async fn own_decision(&self, actor: Actor, id: &str) -> Result<Decision> {
        Self::person(actor, Action::ReadOwnAccount)?;
        let (_, decision) = self.decision_of(actor, id).await?;
        Ok(decision)
    }

    async fn appeal(&self, actor: Actor, id: &str, words: &str) -> Result<()> {
        Self::person(actor, Action::Appeal)?;
        self.make_appeal(actor, id, words).await
    }

    async fn appeals(
        &self,
        actor: Actor,
        decided: bool,
        after: Option<&str>,
    ) -> Result<AppealList> {
        permit(actor, Action::DecideAppeals)?;
        self.appeal_list(decided, after).await
    }

    async fn appeal_to_decide(&self, actor: Actor, id: &str) -> Result<AppealToDecide> {
        permit(actor, Action::DecideAppeals)?;
        let (_, appeal) = self.appeal_with(actor, id).await?;
        Ok(appeal)
    }

    async fn decide_appeal(
        &self,
        actor: Actor,
        id: &str,
        decision: AppealDecision,
        words: &str,
    ) -> Result<()> {
        permit(actor, Action::DecideAppeals)?;
        self.settle_appeal(actor, id, decision, words).await
    }
}
