//! What may be done so often in a while: by one person, to one address, on the whole site.

pub mod entity;

use std::time::Duration;

use domain::{Result, account::Actor, policy::Quota};
use sea_orm::ConnectionTrait;

use crate::{Database, error::to_domain, token, write::Write};

/// Counts one, in the change's own transaction, so that what is refused or fails counts for nothing
/// and two at once cannot both be the last. `false` where there is none left: then nothing is
/// counted.
pub(crate) async fn take(
    write: &Write<'_>,
    database: &Database,
    key: &[&str],
    (most, period): (i64, Duration),
) -> Result<bool> {
    let now = database.now().0;
    let row = write
        .on()
        .query_one_raw(database.statement(
            "INSERT INTO quota (key_hash, used, began_at) VALUES ($1, 1, $2) \
             ON CONFLICT (key_hash) DO UPDATE SET \
             used = CASE WHEN quota.began_at <= $3 THEN 1 ELSE quota.used + 1 END, \
             began_at = CASE WHEN quota.began_at <= $3 THEN $2 ELSE quota.began_at END \
             WHERE quota.began_at <= $3 OR quota.used < $4 RETURNING used",
            vec![
                token::hash_of(key).into(),
                now.into(),
                (now - token::micros(period)).into(),
                most.into(),
            ],
        ))
        .await
        .map_err(to_domain)?;
    Ok(row.is_some())
}

/// Counts one for the person who acts, by the rule for who they are; the operator is not counted.
/// [`Error::LimitReached`](domain::Error::LimitReached) where none is left.
pub(crate) async fn spend(
    write: &Write<'_>,
    database: &Database,
    actor: Actor,
    quota: Quota,
) -> Result<()> {
    let Some(member) = actor.member() else {
        return Ok(());
    };
    let account = member.account.0.simple().to_string();
    let most = quota.most(member);
    if take(
        write,
        database,
        &["quota", quota.as_str(), &account],
        (most, quota.period()),
    )
    .await?
    {
        Ok(())
    } else {
        Err(quota.used_up(most))
    }
}
