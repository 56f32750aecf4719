//! How leaderships begin and end.

use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::Resolved,
    community::{
        LEADERS_MOST, LeadershipState, check_handle, check_leader_reason, check_leader_words,
    },
    event::EventKind,
    mail::Letter,
    policy::{Action, Audience, Quota},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::CommunityStore;
use crate::{
    Database,
    account::in_good_standing,
    community::{
        entity::{leadership, membership},
        note_public,
    },
    error::to_domain,
    mail::post,
    profile::entity::profile,
    quota, token,
    token::storable,
    write::Write,
};

/// States of a leadership that is not over.
const OPEN: [&str; 2] = ["invited", "leading"];

/// What is said of everybody who cannot be invited, whyever that is.
fn not_to_invite() -> Error {
    Error::invalid(
        "handle",
        "We cannot invite this person. They must have joined this community, and let all members or everyone see that.",
    )
}

/// Invites a person who has joined to lead, unless they are invited or lead already. Tells whether they
/// were not.
pub(in crate::community) async fn invite(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    condition: Uuid,
) -> Result<bool> {
    let (id, now) = (Uuid::now_v7(), database.now().0);
    let row = leadership::ActiveModel {
        id: Set(id),
        public_id: Set(token::public_id()?),
        account_id: Set(account),
        condition_id: Set(condition),
        state: Set(LeadershipState::Invited.as_str().to_owned()),
        words: Set(String::new()),
        reason: Set(String::new()),
        appointed_by: Set(write.actor().member().map(|member| member.account.0)),
        invited_at: Set(now),
        since: Set(now),
    };
    let invited = leadership::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    if invited > 0 {
        let kind = EventKind::LeaderInvited;
        write.record(kind, Some(id), Some(condition)).await?;
    }
    Ok(invited > 0)
}

/// Whether a person has accepted to lead a community, whether that counts at the moment or not.
pub(in crate::community) async fn is_leading<C: ConnectionTrait>(
    on: &C,
    account: Uuid,
    condition: Uuid,
) -> Result<bool> {
    leadership::Entity::find()
        .filter(leadership::Column::AccountId.eq(account))
        .filter(leadership::Column::ConditionId.eq(condition))
        .filter(leadership::Column::State.eq(LeadershipState::Leading.as_str()))
        .count(on)
        .await
        .map(|rows| rows > 0)
        .map_err(to_domain)
}

/// Ends what a person led, or was invited to lead, in communities in which they are no more.
pub(in crate::community) async fn leave(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
) -> Result<()> {
    let left = write
        .on()
        .query_all_raw(database.statement(
            "UPDATE leadership SET state = 'left', words = '', since = $2 \
             WHERE account_id = $1 AND state IN ('invited', 'leading') AND NOT EXISTS (\
             SELECT 1 FROM membership m WHERE m.account_id = leadership.account_id \
             AND m.condition_id = leadership.condition_id) RETURNING id, condition_id",
            vec![account.into(), database.now().0.into()],
        ))
        .await
        .map_err(to_domain)?;
    for row in left {
        let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let condition: Uuid = row.try_get("", "condition_id").map_err(to_domain)?;
        let kind = EventKind::LeaderEnded;
        write.record(kind, Some(id), Some(condition)).await?;
    }
    Ok(())
}

/// The leadership of a person's own with an id.
async fn of_own(write: &Write<'_>, member: Member, id: &str) -> Result<Option<leadership::Model>> {
    let Ok(id) = storable(id) else {
        return Ok(None);
    };
    leadership::Entity::find()
        .filter(leadership::Column::PublicId.eq(id))
        .filter(leadership::Column::AccountId.eq(member.account.0))
        .one(write.on())
        .await
        .map_err(to_domain)
}

/// Makes one state of a leadership another, if it still is the one. Tells whether it was.
async fn turn(
    write: &Write<'_>,
    row: &leadership::Model,
    to: LeadershipState,
    (words, reason): (String, String),
    now: i64,
) -> Result<bool> {
    use leadership::{Column, Entity};
    let turned = Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .col_expr(Column::Words, Expr::value(words))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::Since, Expr::value(now))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(row.state.as_str()))
        .exec(write.on())
        .await
        .map_err(to_domain)?;
    Ok(turned.rows_affected > 0)
}

impl CommunityStore {
    pub(super) async fn invite_member(&self, actor: Actor, slug: &str, handle: &str) -> Result<()> {
        let condition = match self.led(actor, Action::AppointLeaders, slug).await? {
            Resolved::Here(condition) => condition.id,
            Resolved::Moved { .. } => return Err(Error::NotFound),
        };
        let handle = check_handle("handle", handle)?;
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::Appointments).await?;
        let row = write
            .on()
            .query_one_raw(self.database.statement(
                concat!(
                    "SELECT account.id, account.email FROM account \
                     JOIN membership m ON m.account_id = account.id AND m.condition_id = $2 \
                     AND m.audience IN ('members', 'everyone') \
                     WHERE account.handle = $1 AND ",
                    in_good_standing!("account")
                ),
                vec![handle.into(), condition.into()],
            ))
            .await
            .map_err(to_domain)?;
        let Some(row) = row else {
            // What was asked for in vain counts as well.
            write.commit().await?;
            return Err(not_to_invite());
        };
        let account: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let email: String = row.try_get("", "email").map_err(to_domain)?;
        let open = leadership::Entity::find()
            .filter(leadership::Column::ConditionId.eq(condition))
            .filter(leadership::Column::State.is_in(OPEN))
            .count(write.on())
            .await
            .map_err(to_domain)?;
        if invite(&write, &self.database, account, condition).await? {
            if usize::try_from(open).unwrap_or(usize::MAX) >= LEADERS_MOST {
                return Err(Error::invalid(
                    "handle",
                    format!("A community can have {LEADERS_MOST} leaders. This one has them."),
                ));
            }
            post(&write, &self.database, &email, &Letter::LeadershipChanged).await?;
        }
        write.commit().await
    }

    pub(super) async fn accept(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        words: &str,
    ) -> Result<()> {
        let words = check_leader_words("words", words)?;
        let account = member.account.0;
        let write = Write::begin(&self.database, actor).await?;
        // First, because it lets a second change of the same person wait for this one.
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        let row = of_own(&write, member, id).await?.ok_or(Error::NotFound)?;
        match LeadershipState::from_name(&row.state) {
            LeadershipState::Invited => {}
            LeadershipState::Leading => return Ok(()),
            _ => return Err(Error::NotFound),
        }
        let to = LeadershipState::Leading;
        let now = self.database.now().0;
        if !turn(&write, &row, to, (words, String::new()), now).await? {
            return Err(Error::Conflict);
        }
        // Leading is public, as was said where they accepted.
        let everyone = Audience::Everyone.as_str();
        let shown = membership::Entity::update_many()
            .col_expr(membership::Column::Audience, Expr::value(everyone))
            .filter(membership::Column::AccountId.eq(account))
            .filter(membership::Column::ConditionId.eq(row.condition_id))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if shown.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        profile::Entity::update_many()
            .col_expr(profile::Column::NameAudience, Expr::value(everyone))
            .col_expr(profile::Column::PictureAudience, Expr::value(everyone))
            .filter(profile::Column::AccountId.eq(account))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        note_public(write.on(), &self.database, account).await?;
        for (kind, subject, community) in [
            (EventKind::LeaderBegan, row.id, Some(row.condition_id)),
            (EventKind::ProfileChanged, account, None),
            (EventKind::ConditionsNamed, account, None),
        ] {
            write.record(kind, Some(subject), community).await?;
        }
        write.commit().await
    }

    /// Declines an invitation, or steps down.
    pub(super) async fn end_own(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        declines: bool,
    ) -> Result<()> {
        let write = Write::begin(&self.database, actor).await?;
        let Some(row) = of_own(&write, member, id).await? else {
            return Ok(());
        };
        let (from, to, kind) = if declines {
            let to = LeadershipState::Declined;
            (LeadershipState::Invited, to, EventKind::LeaderDeclined)
        } else {
            let to = LeadershipState::Left;
            (LeadershipState::Leading, to, EventKind::LeaderEnded)
        };
        if LeadershipState::from_name(&row.state) != from {
            return Ok(());
        }
        let now = self.database.now().0;
        if !turn(&write, &row, to, (String::new(), String::new()), now).await? {
            return Ok(());
        }
        write
            .record(kind, Some(row.id), Some(row.condition_id))
            .await?;
        write.commit().await
    }

    pub(super) async fn describe(
        &self,
        actor: Actor,
        member: Member,
        id: &str,
        words: &str,
    ) -> Result<()> {
        let words = check_leader_words("words", words)?;
        let write = Write::begin(&self.database, actor).await?;
        quota::spend(&write, &self.database, actor, Quota::ProfileChanges).await?;
        let row = of_own(&write, member, id).await?;
        let row = row.filter(|row| row.state == LeadershipState::Leading.as_str());
        let row = row.ok_or(Error::NotFound)?;
        let described = leadership::Entity::update_many()
            .col_expr(leadership::Column::Words, Expr::value(words))
            .filter(leadership::Column::Id.eq(row.id))
            .filter(leadership::Column::State.eq(LeadershipState::Leading.as_str()))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
        if described.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        write
            .record(EventKind::ProfileChanged, Some(member.account.0), None)
            .await?;
        write.commit().await
    }

    pub(super) async fn end_anothers(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        let reason = check_leader_reason("reason", reason)?;
        let write = Write::begin(&self.database, actor).await?;
        let row = leadership::Entity::find()
            .filter(leadership::Column::PublicId.eq(storable(id)?))
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        if !OPEN.contains(&row.state.as_str()) {
            return Ok(());
        }
        let to = LeadershipState::Ended;
        let now = self.database.now().0;
        let words = row.words.clone();
        if !turn(&write, &row, to, (words, reason), now).await? {
            return Err(Error::Conflict);
        }
        write
            .record(EventKind::LeaderEnded, Some(row.id), Some(row.condition_id))
            .await?;
        let email: Option<String> =
            crate::account::entity::account::Entity::find_by_id(row.account_id)
                .select_only()
                .column(crate::account::entity::account::Column::Email)
                .into_tuple()
                .one(write.on())
                .await
                .map_err(to_domain)?;
        if let Some(email) = email {
            post(&write, &self.database, &email, &Letter::LeadershipChanged).await?;
        }
        write.commit().await
    }
}
