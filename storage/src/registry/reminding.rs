//! Reminders to guardians whose child becomes an adult.

use domain::{Result, account::Actor, mail::Letter, registry::MajorityReminder};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};
use uuid::Uuid;

use super::{RegistryStore, entity::reminder, holding};
use crate::{error::to_domain, mail::post, write::Write};

impl RegistryStore {
    /// Writes to every guardian who has something to decide and was not told yet; once, whatever number of
    /// their children it is about, and whatever number of servers do this. Tells to how many. To be called
    /// about once a day: it opens every enrolment.
    pub async fn remind_of_majority(&self) -> Result<usize> {
        let today = self.today();
        let mut told = 0;
        for (account, all) in holding::all(&self.database, &self.master).await? {
            let mut names = Vec::new();
            for held in all {
                // One that cannot be read keeps nobody else from being told.
                let Ok(known) = self.known(&held.pseudonym).await else {
                    continue;
                };
                if let Some(due) = MajorityReminder::due(&known.enrolment, today) {
                    let which = due.as_str();
                    names.push(known.name_of(&format!("reminder {which} {}", held.pseudonym)));
                }
            }
            match self.remind(account, names).await {
                Ok(true) => told += 1,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "a reminder could not be sent"),
            }
        }
        Ok(told)
    }

    /// Writes to an account, if one of the reminders was not sent yet.
    async fn remind(&self, account: Uuid, mut names: Vec<String>) -> Result<bool> {
        if names.is_empty() {
            return Ok(false);
        }
        let sent = reminder::Entity::find()
            .filter(reminder::Column::Name.is_in(names.clone()))
            .all(self.database.readers())
            .await
            .map_err(to_domain)?;
        names.retain(|name| !sent.iter().any(|row| row.name == *name));
        if names.is_empty() {
            return Ok(false);
        }
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let rows = names
            .into_iter()
            .map(|name| reminder::ActiveModel { name: Set(name) });
        // Of two servers that come to this at once, one waits, and then finds the rows.
        let added = reminder::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        if added == 0 {
            return Ok(false);
        }
        let sql = "SELECT email FROM account WHERE id = $1";
        let statement = self.database.statement(sql, vec![account.into()]);
        let row = write.on().query_one_raw(statement).await;
        let Some(row) = row.map_err(to_domain)? else {
            return Ok(false);
        };
        let email: String = row.try_get("", "email").map_err(to_domain)?;
        post(&write, &self.database, &email, &Letter::DecisionNeeded).await?;
        write.commit().await?;
        Ok(true)
    }
}
