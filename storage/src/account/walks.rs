//! Who has read so many pages of lists of members that they got no more: account, day and count.

use domain::{
    Error, Result,
    account::{Actor, MemberListWalk, MemberListWalks, WALK_COUNTED},
    event::EventKind,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryResult, Value};
use uuid::Uuid;

use super::{AccountStore, entity::account};
use crate::{Database, error::to_domain, token::storable, write::Write};

/// On one page.
const PAGE: usize = 50;

/// The day of a moment, counted from 1 January 1970 in UTC.
pub(super) fn day_of(moment: Timestamp) -> i64 {
    moment.0.div_euclid(86_400_000_000)
}

/// Counts a page of a list of members that somebody did not get. Tells whether anything has changed:
/// there is an end to counting.
pub(crate) async fn count_walk(
    write: &Write<'_>,
    database: &Database,
    account: Uuid,
) -> Result<bool> {
    let sql = "INSERT INTO member_list_walk (account_id, day, refused, noted) \
         VALUES ($1, $2, 1, FALSE) ON CONFLICT (account_id, day) DO UPDATE \
         SET refused = member_list_walk.refused + 1 WHERE member_list_walk.refused < $3";
    let day = day_of(database.now());
    let values = vec![account.into(), day.into(), WALK_COUNTED.into()];
    let counted = write.on().execute_raw(database.statement(sql, values));
    Ok(counted.await.map_err(to_domain)?.rows_affected() > 0)
}

fn read(row: &QueryResult) -> std::result::Result<MemberListWalk, DbErr> {
    Ok(MemberListWalk {
        handle: row.try_get("", "handle")?,
        name: row.try_get("", "display_name")?,
        day: row.try_get("", "day")?,
        refused: row.try_get("", "refused")?,
        noted: row.try_get("", "noted")?,
    })
}

impl AccountStore {
    pub(super) async fn walks(&self, after: Option<&str>) -> Result<MemberListWalks> {
        let mut values: Vec<Value> = Vec::new();
        let mut behind = "";
        if let Some(after) = after {
            let (day, handle) = after.split_once('-').ok_or(Error::NotFound)?;
            let day: i64 = day.parse().map_err(|_| Error::NotFound)?;
            values.extend([day.into(), storable(handle)?.into()]);
            behind = "WHERE (w.day < $1 OR (w.day = $1 AND account.handle > $2)) ";
        }
        let sql = format!(
            "SELECT account.handle, account.display_name, w.day, w.refused, w.noted \
             FROM member_list_walk w JOIN account ON account.id = w.account_id \
             {behind}ORDER BY w.day DESC, account.handle LIMIT {}",
            PAGE + 1
        );
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let walks: std::result::Result<Vec<_>, DbErr> = rows.iter().map(read).collect();
        let mut walks = walks.map_err(to_domain)?;
        let more = walks.len() > PAGE;
        walks.truncate(PAGE);
        let last = walks.last().filter(|_| more);
        Ok(MemberListWalks {
            next: last.map(|last| format!("{}-{}", last.day, last.handle)),
            walks,
        })
    }

    pub(super) async fn note_walk(&self, actor: Actor, handle: &str, day: i64) -> Result<()> {
        let account = account::Entity::find()
            .filter(account::Column::Handle.eq(storable(handle)?))
            .one(self.database.readers())
            .await
            .map_err(to_domain)?;
        let Some(account) = account.map(|row| row.id) else {
            return Ok(());
        };
        if actor
            .member()
            .is_some_and(|member| member.account.0 == account)
        {
            return Err(Error::Forbidden {
                reason: "someone else must do that with your account.".to_owned(),
            });
        }
        let write = Write::begin(&self.database, actor).await?;
        let sql = "UPDATE member_list_walk SET noted = TRUE \
             WHERE account_id = $1 AND day = $2 AND NOT noted";
        let statement = self
            .database
            .statement(sql, vec![account.into(), day.into()]);
        let noted = write.on().execute_raw(statement).await.map_err(to_domain)?;
        if noted.rows_affected() == 0 {
            return Ok(());
        }
        write
            .record(EventKind::MemberListWalkNoted, Some(account), None)
            .await?;
        write.commit().await
    }
}
