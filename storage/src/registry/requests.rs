//! Requests of researchers: [`RegistryRequests`] in the database.

use std::time::Duration;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Client, Submission},
    policy::{Action, permit},
    registry::{REQUESTS_A_DAY, REQUESTS_SHOWN, RegistryRequest, RegistryRequests, RequestDraft},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult, Set};

use super::{RegistryStore, entity::request};
use crate::{error::to_domain, quota, token, write::Write};

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

    async fn requests(&self, actor: Actor) -> Result<Vec<RegistryRequest>> {
        permit(actor, Action::ReadRegistryDesk)?;
        let sql = format!(
            "SELECT id, name, organisation, email, text, sent_at, closed_at FROM registry_request \
             ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, \
             CASE WHEN closed_at IS NULL THEN sent_at ELSE -sent_at END, id \
             LIMIT {REQUESTS_SHOWN}"
        );
        let rows = self.database.query(&sql, vec![]).await;
        let requests: std::result::Result<_, _> =
            rows.map_err(to_domain)?.iter().map(read).collect();
        requests.map_err(to_domain)
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
