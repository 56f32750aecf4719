//! What moderators do with members: warnings, and suspensions for a time.

use domain::{
    Error, Result,
    account::{
        Actor, MemberAction, MemberDecision, MemberObstacle, ModeratedMember,
        SUSPENSION_BY_MODERATORS_LONGEST, Standing, Submission,
    },
    policy::{Action, Scope, permit},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult};
use uuid::Uuid;

use super::{
    AccountStore,
    entity::account,
    moderation::{check_reason, end_of},
};
use crate::{Database, error::to_domain, profile, token::storable, wiki, write::Write};

/// Decisions that are shown of one member.
const SHOWN: usize = 50;

/// Whether the person in the row `account` is on the staff, as SQL: only administrators act on them.
const ON_STAFF: &str = "EXISTS (SELECT 1 FROM account_role s WHERE s.account_id = account.id \
     AND s.role IN ('moderator', 'administrator'))";

fn forbidden(reason: &str) -> Error {
    Error::Forbidden {
        reason: reason.to_owned(),
    }
}

/// Fails where a person is on the staff and who acts does not look after accounts.
pub(crate) async fn spare_staff(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
) -> Result<()> {
    if permit(write.actor(), Action::LookAfterAccounts).is_ok() {
        return Ok(());
    }
    let sql = format!("SELECT 1 AS one FROM account WHERE account.id = $1 AND {ON_STAFF}");
    let statement = database.statement(&sql, vec![account.into()]);
    let row = write.on().query_one_raw(statement).await;
    match row.map_err(to_domain)? {
        Some(_) => Err(forbidden(
            "this is a moderator or an administrator. Ask an administrator.",
        )),
        None => Ok(()),
    }
}

fn is_own(actor: Actor, account: Uuid) -> bool {
    actor
        .member()
        .is_some_and(|member| member.account.0 == account)
}

fn decision(row: &QueryResult) -> std::result::Result<MemberDecision, DbErr> {
    let until: Option<i64> = row.try_get("", "until_at")?;
    Ok(MemberDecision {
        kind: row.try_get("", "kind")?,
        taken: Timestamp(row.try_get("", "created_at")?),
        until: until.map(Timestamp),
    })
}

impl AccountStore {
    pub(super) async fn member_to_moderate(
        &self,
        actor: Actor,
        handle: &str,
    ) -> Result<ModeratedMember> {
        let scope = Scope::of(actor);
        let sql = format!(
            "SELECT account.id, account.handle, account.standing, account.suspended_until, \
             CASE WHEN {ON_STAFF} THEN 1 ELSE 0 END AS on_staff, {} FROM account \
             LEFT JOIN profile ON profile.account_id = account.id WHERE account.handle = $2",
            wiki::author_columns(scope)
        );
        let values = vec![profile::parameter(scope), storable(handle)?.into()];
        let row = self.database.query_one(&sql, values).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let looks_after = permit(actor, Action::LookAfterAccounts).is_ok();
        let now = self.database.now();
        let read = || -> std::result::Result<(Uuid, ModeratedMember), DbErr> {
            let id: Uuid = row.try_get("", "id")?;
            let until: Option<i64> = row.try_get("", "suspended_until")?;
            let until = until.map(Timestamp);
            let standing: String = row.try_get("", "standing")?;
            let suspended = Standing::at(&standing, until, now) == Standing::Suspended;
            let on_staff = row.try_get::<i32>("", "on_staff")? == 1;
            let obstacle = if is_own(actor, id) {
                Some(MemberObstacle::Own)
            } else {
                (on_staff && !looks_after).then_some(MemberObstacle::Staff)
            };
            let member = ModeratedMember {
                handle: row.try_get("", "handle")?,
                name: wiki::author(&row)?.name,
                suspended,
                suspended_until: until.filter(|_| suspended),
                obstacle,
                history: Vec::new(),
            };
            Ok((id, member))
        };
        let (id, mut member) = read().map_err(to_domain)?;
        // What concerns moderators themselves, or others of the staff, they do not read here.
        if member.obstacle.is_none() {
            member.history = self.member_decisions(id).await?;
        }
        Ok(member)
    }

    /// What was decided about a person, and about posts that show their name.
    async fn member_decisions(&self, account: Uuid) -> Result<Vec<MemberDecision>> {
        let sql = format!(
            "SELECT d.kind, d.created_at, d.until_at FROM \
             (SELECT o.id, o.kind, o.created_at, o.until_at FROM moderation_action o \
             WHERE o.account_id = $1 AND o.kind IN ('warn', 'suspend', 'restore') UNION ALL \
             SELECT m.id, m.kind, m.created_at, NULL FROM post p \
             JOIN content_moderation m ON m.topic_id = p.topic_id AND m.post_number = p.number \
             WHERE p.account_id = $1 AND m.kind = 'warn') d \
             ORDER BY d.created_at DESC, d.id DESC LIMIT {SHOWN}"
        );
        let rows = self.database.query(&sql, vec![account.into()]).await;
        let rows = rows.map_err(to_domain)?;
        let decisions: std::result::Result<Vec<_>, _> = rows.iter().map(decision).collect();
        decisions.map_err(to_domain)
    }

    pub(super) async fn act_on_member(
        &self,
        actor: Actor,
        handle: &str,
        taken: MemberAction,
        reason: &str,
        submission: &Submission,
    ) -> Result<()> {
        let reason = check_reason(reason)?;
        if let MemberAction::Suspend { days } = taken
            && !(1..=SUSPENSION_BY_MODERATORS_LONGEST).contains(&days)
        {
            return Err(Error::invalid(
                "length",
                format!("Suspend for at most {SUSPENSION_BY_MODERATORS_LONGEST} days."),
            ));
        }
        let handle = storable(handle)?;
        let write = Write::begin(&self.database, actor).await?;
        // Of two who suspend at once, one waits for the other.
        let sql = format!(
            "SELECT id FROM account WHERE handle = $1{}",
            self.database.kind().locked()
        );
        let statement = self.database.statement(&sql, vec![handle.into()]);
        let row = write.on().query_one_raw(statement).await;
        let row = row.map_err(to_domain)?.ok_or(Error::NotFound)?;
        let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
        if !write
            .is_first("accounts/moderate-member", submission)
            .await?
        {
            return Ok(());
        }
        if is_own(actor, id) {
            return Err(forbidden("someone else must do that with your account."));
        }
        spare_staff(&write, &self.database, id).await?;
        let row = account::Entity::find()
            .filter(account::Column::Id.eq(id))
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let until = row.suspended_until.map(Timestamp);
        let standing = Standing::at(&row.standing, until, self.database.now());
        // It would end a suspension by an administrator, or shorten it.
        if taken != MemberAction::Warn && standing == Standing::Suspended {
            return Err(forbidden("this member is suspended already."));
        }
        let taken = taken.into();
        // Asked once: the hour may end meanwhile.
        let until = end_of(&self.database, taken);
        self.apply(&write, &row, (taken, until), reason).await?;
        write.commit().await?;
        if let Some(end) = until {
            self.database.changes().ends_at(end);
        }
        Ok(())
    }
}
