//! Resources of communities: as others read them ([`reading`]), and how they get there
//! ([`deciding`], [`suggesting`]).

mod deciding;
mod reading;
mod suggesting;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Role, Submission},
    catalogue::{ConditionId, Resolved},
    community::{
        GatheredResources, Resource, ResourceDecision, ResourceDraft, ResourceKind, ResourceLine,
        ResourceList, Resources, Starting,
    },
    policy::{Action, CommunityRole, permit, permit_in},
};
use sea_orm::{ConnectionTrait, DbErr, SqlErr, Statement};
use uuid::Uuid;

use super::CommunityStore;
use crate::{Database, error::to_domain, write::Write};

/// Moves the resources of a condition to the one that replaces it, where that has no other with the
/// same link: of two, the one that everybody sees stays, and that of the replacement.
pub(super) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    const TWICE: &str =
        "The same link was in the list of a community that has been merged with it.";
    let ends = "UPDATE resource SET reason = $3, \
                state = CASE state WHEN 'approved' THEN 'removed' ELSE 'declined' END WHERE";
    let other = "SELECT 1 FROM resource o WHERE o.link_key = resource.link_key AND";
    for sql in [
        format!(
            "{ends} condition_id = $2 AND state = 'waiting' AND EXISTS \
             ({other} o.condition_id = $1 AND o.state = 'approved')"
        ),
        format!(
            "{ends} condition_id = $1 AND state IN ('waiting', 'approved') AND EXISTS \
             ({other} o.condition_id = $2 AND o.state IN ('waiting', 'approved'))"
        ),
    ] {
        let values = [condition.into(), replacement.into(), TWICE.into()];
        let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
        on.execute_raw(statement).await.map_err(to_domain)?;
    }
    let sql = "UPDATE resource SET condition_id = $2 WHERE condition_id = $1";
    let values = [condition.into(), replacement.into()];
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    on.execute_raw(statement)
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Deletes what a person suggested and is not listed: nobody but them, and who decides, has seen it.
pub(crate) async fn forget_suggestions(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
) -> Result<()> {
    let sql = "DELETE FROM resource WHERE account_id = $1 AND state <> 'approved'";
    write
        .on()
        .execute_raw(database.statement(sql, vec![account.into()]))
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Whether somebody may decide about a suggestion: nobody about their own, but administrators, of whom
/// there may be only one.
fn may_decide(actor: Actor, role: CommunityRole, own: bool) -> Result<()> {
    permit_in(actor, Action::DecideResources, role)?;
    let administers = actor
        .member()
        .is_some_and(|member| member.roles.contains(Role::Administrator));
    if own && !administers {
        return Err(super::forbidden(
            "someone else decides about what you have suggested.",
        ));
    }
    Ok(())
}

/// What a database says about a second resource with the same link is for people.
fn unless_twice(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Error::invalid(
            "link",
            "This link is already in the list of this community, or waiting for review.",
        ),
        _ => to_domain(error),
    }
}

#[async_trait]
impl Resources for CommunityStore {
    async fn resources(
        &self,
        actor: Actor,
        slug: &str,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<Resolved<ResourceList>> {
        permit(actor, Action::ReadResources)?;
        self.resource_list(actor, slug, kind, after).await
    }

    async fn latest(&self, actor: Actor, condition: ConditionId) -> Result<Vec<ResourceLine>> {
        permit(actor, Action::ReadResources)?;
        self.latest_resources(condition.0).await
    }

    async fn gathered(
        &self,
        actor: Actor,
        kind: Option<ResourceKind>,
        after: Option<&str>,
    ) -> Result<GatheredResources> {
        permit(actor, Action::ReadResources)?;
        self.gathered_resources(kind, after).await
    }

    async fn suggesting(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>> {
        Self::person(actor, Action::SuggestResources)?;
        self.before_writing(actor, slug, None).await
    }

    async fn suggest(
        &self,
        actor: Actor,
        slug: &str,
        draft: ResourceDraft,
        submission: &Submission,
    ) -> Result<String> {
        let member = Self::person(actor, Action::SuggestResources)?;
        self.add_suggestion(actor, member, slug, draft, submission)
            .await
    }

    async fn resource(&self, actor: Actor, id: &str) -> Result<Resource> {
        Self::person(actor, Action::SuggestResources)?;
        self.one_resource(actor, id).await.map(|(_, one)| one)
    }

    async fn decide(&self, actor: Actor, id: &str, decision: ResourceDecision) -> Result<()> {
        let place = ("resource", id);
        self.permit_at(actor, Action::DecideResources, place)
            .await?;
        match decision {
            ResourceDecision::Approve(draft) => self.approve(actor, id, draft).await,
            ResourceDecision::Decline { reason } => self.decline(actor, id, &reason).await,
        }
    }

    async fn withdraw(&self, actor: Actor, id: &str) -> Result<()> {
        let member = Self::person(actor, Action::SuggestResources)?;
        self.erase_suggestion(actor, member, id).await
    }

    async fn remove(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let place = ("resource", id);
        self.permit_at(actor, Action::DecideResources, place)
            .await?;
        self.take_off(actor, id, reason).await
    }
}
