//! Lists of what waits for a decision, the oldest first, and of what is decided, the last first.

use domain::{Error, Result};
use sea_orm::Value;
use uuid::Uuid;

use super::CommunityStore;
use crate::{error::to_domain, token::storable};

/// A table whose rows wait until they are decided: each has a `state`, `made_at` and `decided_at`.
pub(super) struct Queue {
    pub(super) table: &'static str,
    /// What statements call a row of it.
    pub(super) row: &'static str,
}

impl CommunityStore {
    /// The end of a statement that reads a part of a queue, from `WHERE` on, with its values: so many
    /// rows behind the one with a public id, and one more.
    pub(super) async fn part_of(
        &self,
        Queue { table, row }: Queue,
        decided: bool,
        after: Option<&str>,
        most: usize,
    ) -> Result<(String, Vec<Value>)> {
        let (which, column, order, sign) = if decided {
            (
                format!("{row}.decided_at IS NOT NULL"),
                "decided_at",
                "DESC",
                "<",
            )
        } else {
            (format!("{row}.state = 'waiting'"), "made_at", "ASC", ">")
        };
        let mut values: Vec<Value> = Vec::new();
        let mut behind = String::new();
        if let Some(after) = after {
            // One that was decided since it was on the page before still has its place among those
            // that wait.
            let sql = format!(
                "SELECT {row}.id, {row}.{column} AS at FROM {table} {row} \
                 WHERE {row}.public_id = $1 AND {row}.{column} IS NOT NULL"
            );
            let row_before = self.database.query_one(&sql, vec![storable(after)?.into()]);
            let row_before = row_before
                .await
                .map_err(to_domain)?
                .ok_or(Error::NotFound)?;
            let at: i64 = row_before.try_get("", "at").map_err(to_domain)?;
            let id: Uuid = row_before.try_get("", "id").map_err(to_domain)?;
            values.extend([at.into(), id.into()]);
            behind = format!("AND ({row}.{column}, {row}.id) {sign} ($1, $2) ");
        }
        let sql = format!(
            "WHERE {which} {behind}ORDER BY {row}.{column} {order}, {row}.id {order} LIMIT {}",
            most + 1
        );
        Ok((sql, values))
    }
}
