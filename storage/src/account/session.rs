//! Sessions and known devices.

use domain::{
    Result,
    account::{
        AcceptedTexts, AccountId, Activity, ActivityKind, Actor, Authenticated, Client, Device,
        Member, Role, Roles, SESSION_IDLE, SESSION_LONGEST, SessionId, SignedIn, Standing,
        Suspension, Token, Trust, needs_second_factor,
    },
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    begun_sign_in, device,
    entity::{activity, known_device, session},
    own::SUSPEND,
    second_factor::SECOND_FACTORS,
};
use crate::{
    Database,
    error::{internal, to_domain},
    token,
    write::Write,
};

/// The last use is noted this often.
const NOTED_EVERY: i64 = 60 * 60 * 1_000_000;
/// Oldest ones beyond these are forgotten.
const MOST_DEVICES: u64 = 30;
/// Sign-ins and sign-outs that a person is shown.
const MOST_ACTIVITY: u64 = 50;

/// Whose session it is, with the note that it was used.
pub(super) async fn authenticate(
    database: &Database,
    session: &Token,
) -> Result<Option<Authenticated>> {
    let Some((found, seen)) = find(database, session).await? else {
        return Ok(None);
    };
    let now = database.now().0;
    if let Some(member) = found.actor.member()
        && now - seen > NOTED_EVERY
    {
        database
            .writer()
            .execute_raw(database.statement(
                "UPDATE session SET seen_at = $1 WHERE id = $2",
                vec![now.into(), member.session.0.into()],
            ))
            .await
            .map_err(to_domain)?;
    }
    Ok(Some(found))
}

/// Whose session it is, and when it was used last.
pub(super) async fn find(
    database: &Database,
    session: &Token,
) -> Result<Option<(Authenticated, i64)>> {
    let roles = database.kind().json_rows(
        "role",
        "role",
        "account_role WHERE account_role.account_id = account.id",
    );
    let sql = format!(
        "SELECT session.id, session.created_at, session.seen_at, account.id AS account_id, \
         account.display_name, account.standing, account.suspended_until, \
         CASE WHEN account.standing <> 'good' THEN (SELECT done.reason FROM moderation_action done \
         WHERE done.account_id = account.id AND done.kind = '{SUSPEND}' \
         ORDER BY done.created_at DESC, done.id DESC LIMIT 1) END AS suspended_for, \
         account.accepted_edits, account.accepted_sections, \
         account.accepted_days, account.accepted_deciders, {roles} AS roles, \
         {SECOND_FACTORS} \
         FROM session JOIN account ON account.id = session.account_id \
         WHERE session.token_hash = $1"
    );
    let row = database
        .query_one(&sql, vec![token::hash(session).into()])
        .await
        .map_err(to_domain)?;
    let Some(row) = row else { return Ok(None) };
    let read = || -> std::result::Result<_, sea_orm::DbErr> {
        Ok((
            row.try_get::<Uuid>("", "id")?,
            row.try_get::<i64>("", "created_at")?,
            row.try_get::<i64>("", "seen_at")?,
            row.try_get::<Uuid>("", "account_id")?,
            row.try_get::<String>("", "display_name")?,
            (
                row.try_get::<String>("", "standing")?,
                row.try_get::<Option<i64>>("", "suspended_until")?
                    .map(Timestamp),
                row.try_get::<Option<String>>("", "suspended_for")?,
            ),
            AcceptedTexts {
                texts: row.try_get("", "accepted_edits")?,
                sections: row.try_get("", "accepted_sections")?,
                days: row.try_get("", "accepted_days")?,
                deciders: row.try_get("", "accepted_deciders")?,
            },
            row.try_get::<String>("", "roles")?,
            row.try_get::<i64>("", "second_factors")? > 0,
        ))
    };
    let (id, created, seen, account, name, suspended, accepted, roles, has_second_factor) =
        read().map_err(to_domain)?;
    let (standing, until, reason) = suspended;
    let standing = Standing::at(&standing, until, database.now());
    let suspension = (standing == Standing::Suspended).then(|| Suspension {
        until,
        reason: reason.unwrap_or_default(),
    });
    let now = database.now().0;
    if now - seen > token::micros(SESSION_IDLE) || now - created > token::micros(SESSION_LONGEST) {
        return Ok(None);
    }
    let roles: Vec<(String,)> = serde_json::from_str(&roles).map_err(|error| internal(&error))?;
    let roles: Roles = roles
        .iter()
        .filter_map(|(name,)| Role::from_name(name))
        .collect();
    let awaits_second_factor = needs_second_factor(roles) && !has_second_factor;
    let found = Authenticated {
        actor: Actor::Member(Member {
            account: AccountId(account),
            session: SessionId(id),
            roles: if awaits_second_factor {
                Roles::default()
            } else {
                roles
            },
            standing,
            trust: Trust::of(accepted),
            awaits_second_factor,
        }),
        name,
        suspension,
    };
    Ok(Some((found, seen)))
}

/// Opens a session with a new token, in place of the one that this browser had, and makes the
/// browser a known device.
pub(super) async fn open(
    write: &Write<'_>,
    database: &Database,
    (actor, client): (Actor, &Client),
    account: Uuid,
) -> Result<SignedIn> {
    let now = database.now().0;
    if let Some(member) = actor.member() {
        delete(write, member.session).await?;
    }
    let opened = token::random()?;
    let device = device::name(&client.agent);
    note(write, database, account, (ActivityKind::SignedIn, &device)).await?;
    let row = session::ActiveModel {
        id: Set(Uuid::now_v7()),
        token_hash: Set(token::hash(&opened)),
        account_id: Set(account),
        device: Set(device),
        created_at: Set(now),
        seen_at: Set(now),
    };
    session::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    // A new token each time: what an old copy of the browser's data holds is good for nothing.
    if let Some(old) = &client.device {
        known_device::Entity::delete_many()
            .filter(known_device::Column::TokenHash.eq(token::hash(old)))
            .filter(known_device::Column::AccountId.eq(account))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
    }
    let known = token::random()?;
    let row = known_device::ActiveModel {
        token_hash: Set(token::hash(&known)),
        account_id: Set(account),
        seen_at: Set(now),
    };
    known_device::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map_err(to_domain)?;
    forget_oldest(write, account).await?;
    Ok(SignedIn {
        session: opened,
        device: known,
    })
}

async fn forget_oldest(write: &Write<'_>, account: Uuid) -> Result<()> {
    let sessions: Vec<Uuid> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(account))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .offset(MOST_DEVICES)
        .limit(1_000)
        .into_tuple()
        .all(write.on())
        .await
        .map_err(to_domain)?;
    if !sessions.is_empty() {
        session::Entity::delete_many()
            .filter(session::Column::Id.is_in(sessions))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
    }
    let devices: Vec<Vec<u8>> = known_device::Entity::find()
        .select_only()
        .column(known_device::Column::TokenHash)
        .filter(known_device::Column::AccountId.eq(account))
        .order_by_desc(known_device::Column::SeenAt)
        .offset(MOST_DEVICES)
        .limit(1_000)
        .into_tuple()
        .all(write.on())
        .await
        .map_err(to_domain)?;
    if !devices.is_empty() {
        known_device::Entity::delete_many()
            .filter(known_device::Column::TokenHash.is_in(devices))
            .exec(write.on())
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}

/// Whether somebody has signed in to this account with this browser before.
pub(super) async fn is_known(
    database: &Database,
    device: Option<&Token>,
    email_key: &str,
) -> Result<bool> {
    let Some(device) = device else {
        return Ok(false);
    };
    let row = database
        .query_one(
            "SELECT 1 FROM known_device JOIN account ON account.id = known_device.account_id \
             WHERE known_device.token_hash = $1 AND account.email_key = $2",
            vec![token::hash(device).into(), email_key.into()],
        )
        .await
        .map_err(to_domain)?;
    Ok(row.is_some())
}

async fn delete(write: &Write<'_>, id: SessionId) -> Result<()> {
    session::Entity::delete_by_id(id.0)
        .exec(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Adds to a person's own list of sign-ins and sign-outs.
async fn note(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    (kind, device): (ActivityKind, &str),
) -> Result<()> {
    let row = activity::ActiveModel {
        id: Set(Uuid::now_v7()),
        account_id: Set(account),
        kind: Set(kind.as_str().to_owned()),
        device: Set(device.to_owned()),
        created_at: Set(database.now().0),
    };
    activity::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Ends one, and notes it. One that is not there any more is no error.
pub(super) async fn end(
    write: &Write<'_>,
    database: &Database,
    id: SessionId,
    kind: ActivityKind,
) -> Result<()> {
    let row = session::Entity::find_by_id(id.0)
        .one(write.on())
        .await
        .map_err(to_domain)?;
    let Some(row) = row else { return Ok(()) };
    delete(write, id).await?;
    note(write, database, row.account_id, (kind, &row.device)).await
}

/// Ends all of an account, or all but one, and sign-ins that wait for a code. Tells how many sessions
/// there were.
pub(super) async fn end_all(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
    but: Option<SessionId>,
) -> Result<usize> {
    // First: a sign-in that is being finished has its session before this, or none.
    begun_sign_in::end_all(write, account).await?;
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .all(write.on())
        .await
        .map_err(to_domain)?;
    let mut ended = 0;
    for row in rows {
        let id = SessionId(row.id);
        if Some(id) != but {
            end(write, database, id, ActivityKind::Ended).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// A person's own list of sign-ins and sign-outs, the latest first.
pub(super) async fn activity(database: &Database, member: Member) -> Result<Vec<Activity>> {
    let rows = activity::Entity::find()
        .filter(activity::Column::AccountId.eq(member.account.0))
        .order_by_desc(activity::Column::CreatedAt)
        .order_by_desc(activity::Column::Id)
        .limit(MOST_ACTIVITY)
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Activity {
                kind: ActivityKind::from_name(&row.kind)?,
                device: row.device,
                time: Timestamp(row.created_at),
            })
        })
        .collect())
}

/// Forgets in which browsers somebody has signed in to an account.
pub(super) async fn forget_devices(write: &Write<'_>, account: Uuid) -> Result<()> {
    known_device::Entity::delete_many()
        .filter(known_device::Column::AccountId.eq(account))
        .exec(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Names a session in forms.
pub(super) fn public_id(id: Uuid) -> String {
    let hash = token::hash_of(&["session", &id.simple().to_string()]);
    hash[..8]
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

pub(super) async fn devices(database: &Database, member: Member) -> Result<Vec<Device>> {
    let oldest = database.now().0 - token::micros(SESSION_IDLE);
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(member.account.0))
        .filter(session::Column::SeenAt.gte(oldest))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .limit(MOST_DEVICES)
        .all(database.readers())
        .await
        .map_err(to_domain)?;
    Ok(rows
        .into_iter()
        .map(|row| Device {
            id: public_id(row.id),
            name: row.device,
            signed_in: Timestamp(row.created_at),
            seen: Timestamp(row.seen_at),
            here: row.id == member.session.0,
        })
        .collect())
}

/// Ends one of a person's sessions by its name in forms.
pub(super) async fn end_named(
    write: &Write<'_>,
    database: &Database,
    member: Member,
    name: &str,
) -> Result<usize> {
    let ids: Vec<Uuid> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(member.account.0))
        .into_tuple()
        .all(write.on())
        .await
        .map_err(to_domain)?;
    let mut ended = 0;
    for id in ids.into_iter().filter(|id| public_id(*id) == name) {
        end(write, database, SessionId(id), ActivityKind::Ended).await?;
        ended += 1;
    }
    Ok(ended)
}
