//! Requests of researchers: [`RegistryRequests`] in the database.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Client, Submission},
    policy::{Action, permit},
    registry::{
        REQUEST_KEPT, REQUESTS_A_DAY, REQUESTS_SHOWN, RegistryRequest, RegistryRequests,
        RequestDraft, RequestList,
    },
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, Set};

use super::{RegistryStore, entity::request};
use crate::{Database, error::to_domain, quota, token, write::Write};

fn read(row: &QueryResult) -> std::result::Result<RegistryRequest, sea_orm::DbErr> {
    let closed: Option<i64> = row.try_get("", "closed_at")?;
    Ok(RegistryRequest {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        organisation: row.try_get("", "organisation")?,
        email: row.try_get("", "email")?,
        text: row.try_get("", "text")?,
        sent: Timestamp(row.try_get("", "sent_at")?),
        closed: closed.map(Timestamp),
    })
}

/// Removes requests that were closed long ago.
pub(super) async fn sweep(database: &Database) -> Result<()> {
    let before = database.now().0 - token::micros(REQUEST_KEPT);
    request::Entity::delete_many()
        .filter(request::Column::ClosedAt.lt(before))
        .exec(database.writer())
        .await
        .map(drop)
        .map_err(to_domain)
}

#[async_trait]
impl RegistryRequests for RegistryStore {
    async fn send_request(
        &self,
        actor: Actor,
        client: &Client,
        draft: RequestDraft,
        submission: &Submission,
    ) -> Result<()> {
        permit(actor, Action::AskRegistry)?;
        self.accounts.count_sending(client).await?;
        let write = Write::begin(&self.database, actor).await?;
        if !write.is_first("registry/ask", submission).await? {
            return Ok(());
        }
        let limit = (REQUESTS_A_DAY, Duration::from_hours(24));
        if !quota::take(&write, &self.database, &["registry-requests"], limit).await? {
            return Err(Error::LimitReached {
                message: "We got more requests today than we can take. What you entered is still here: try again tomorrow.".to_owned(),
            });
        }
        let row = request::ActiveModel {
            id: Set(token::public_id()?),
            name: Set(draft.name),
            organisation: Set(draft.organisation),
            email: Set(draft.email.as_str().to_owned()),
            text: Set(draft.text),
            sent_at: Set(self.database.now().0),
            closed_at: Set(None),
        };
        request::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        write.commit().await
    }

    async fn requests(
        &self,
        actor: Actor,
        closed: bool,
        after: Option<&str>,
    ) -> Result<RequestList> {
        permit(actor, Action::ReadRegistryDesk)?;
        let (which, column, order, sign) = if closed {
            ("closed_at IS NOT NULL", "closed_at", "DESC", "<")
        } else {
            ("closed_at IS NULL", "sent_at", "ASC", ">")
        };
        let (mut behind, mut values) = (String::new(), Vec::new());
        if let Some(after) = after {
            let after = token::storable(after)?;
            // One that was closed since it was on the page before still has its place among those that are open.
            let sql = format!(
                "SELECT {column} AS at FROM registry_request \
                 WHERE id = $1 AND {column} IS NOT NULL"
            );
            let before = self
                .database
                .query_one(&sql, vec![after.as_str().into()])
                .await;
            let before = before.map_err(to_domain)?.ok_or(Error::NotFound)?;
            let at: i64 = before.try_get("", "at").map_err(to_domain)?;
            values = vec![at.into(), after.into()];
            behind = format!("AND ({column}, id) {sign} ($1, $2) ");
        }
        let sql = format!(
            "SELECT id, name, organisation, email, text, sent_at, closed_at FROM registry_request \
             WHERE {which} {behind}ORDER BY {column} {order}, id {order} LIMIT {}",
            REQUESTS_SHOWN + 1
        );
        let rows = self.database.query(&sql, values).await;
        let requests: std::result::Result<Vec<_>, _> =
            rows.map_err(to_domain)?.iter().map(read).collect();
        let mut requests = requests.map_err(to_domain)?;
        let more = requests.len() > REQUESTS_SHOWN;
        requests.truncate(REQUESTS_SHOWN);
        let last = requests.last().filter(|_| more);
        Ok(RequestList {
            next: last.map(|request| request.id.clone()),
            requests,
        })
    }

    async fn close_request(&self, actor: Actor, id: &str) -> Result<()> {
        permit(actor, Action::ReadRegistryDesk)?;
        let id = token::storable(id)?;
        let write = Write::begin(&self.database, actor).await?;
        let sql = "UPDATE registry_request SET closed_at = coalesce(closed_at, $1) WHERE id = $2";
        let values = vec![self.database.now().0.into(), id.into()];
        let closed = write
            .on()
            .execute_raw(self.database.statement(sql, values))
            .await;
        if closed.map_err(to_domain)?.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        write.commit().await
    }
}
