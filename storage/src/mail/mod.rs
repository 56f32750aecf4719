//! The outbox: letters are written in the transaction of what they tell, and sent by a job.

pub mod entity;

use std::{sync::Arc, time::Duration};

use domain::{Result, account::EmailAddress, mail::Letter};
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

use crate::{Database, error::to_domain, token, write::Write};

/// A letter that nobody is known to be sending is taken up again after this long.
const CLAIM: Duration = Duration::from_mins(15);

/// A letter to send.
#[derive(Debug)]
pub struct Outgoing {
    /// Names it: the same letter has the same id at every attempt.
    pub id: Uuid,
    /// To whom.
    pub recipient: EmailAddress,
    /// What.
    pub letter: Letter,
    /// How often it has failed.
    pub attempts: u32,
}

/// Letters that wait.
#[derive(Debug)]
pub struct Outbox {
    database: Arc<Database>,
}

impl Outbox {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self { database }
    }

    /// Takes the next letter that is due in hand, if there is one. Another process will not take
    /// it.
    pub async fn take(&self) -> Result<Option<Outgoing>> {
        let now = self.database.now().0;
        let due = "SELECT id FROM outbox WHERE due_at <= $1 \
                   AND (claimed_at IS NULL OR claimed_at < $2) ORDER BY due_at, id LIMIT 1";
        let before = now - token::micros(CLAIM);
        let values = || vec![now.into(), before.into()];
        // Nearly always there is none, and looking writes nothing.
        let found = self.database.query_one(due, values()).await;
        if found.map_err(to_domain)?.is_none() {
            return Ok(None);
        }
        let sql = format!(
            "UPDATE outbox SET claimed_at = $1 WHERE id = ({due}{}) \
             RETURNING id, recipient, letter, attempts",
            self.database.kind().skip_locked()
        );
        let row = self
            .database
            .writer()
            .query_one_raw(self.database.statement(&sql, values()))
            .await
            .map_err(to_domain)?;
        let Some(row) = row else { return Ok(None) };
        let id: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let recipient: String = row.try_get("", "recipient").map_err(to_domain)?;
        let letter: String = row.try_get("", "letter").map_err(to_domain)?;
        let attempts: i32 = row.try_get("", "attempts").map_err(to_domain)?;
        Ok(Some(Outgoing {
            id,
            recipient: EmailAddress::parse("recipient", &recipient)?,
            letter: serde_json::from_str(&letter)
                .map_err(|error| crate::error::internal(&error))?,
            attempts: attempts.unsigned_abs(),
        }))
    }

    /// Takes letters out of the hands of a sender that is no more. Only where sending one twice
    /// does no harm and nobody else sends.
    pub async fn release(&self) -> Result<()> {
        self.database
            .writer()
            .execute_unprepared("UPDATE outbox SET claimed_at = NULL WHERE claimed_at IS NOT NULL")
            .await
            .map(|_| ())
            .map_err(to_domain)
    }

    /// It has been sent, or never can be: nothing of it stays.
    pub async fn remove(&self, id: Uuid) -> Result<()> {
        entity::Entity::delete_by_id(id)
            .exec(self.database.writer())
            .await
            .map(|_| ())
            .map_err(to_domain)
    }

    /// It could not be sent; it is due again after `wait`.
    pub async fn failed(&self, id: Uuid, wait: Duration) -> Result<()> {
        let due = self.database.now().0 + token::micros(wait);
        let sql = "UPDATE outbox SET attempts = attempts + 1, claimed_at = NULL, due_at = $1 \
                   WHERE id = $2";
        self.database
            .writer()
            .execute_raw(self.database.statement(sql, vec![due.into(), id.into()]))
            .await
            .map(|_| ())
            .map_err(to_domain)
    }
}

/// Writes a letter in the transaction of what it tells.
pub(crate) async fn post(
    write: &Write<'_>,
    database: &Database,
    recipient: &str,
    letter: &Letter,
) -> Result<()> {
    let now = database.now().0;
    let text = serde_json::to_string(letter).map_err(|error| crate::error::internal(&error))?;
    let row = entity::ActiveModel {
        id: Set(Uuid::now_v7()),
        recipient: Set(recipient.to_owned()),
        letter: Set(text),
        attempts: Set(0),
        due_at: Set(now),
        claimed_at: Set(None),
        created_at: Set(now),
    };
    entity::Entity::insert(row)
        .exec_without_returning(write.on())
        .await
        .map(|_| ())
        .map_err(to_domain)
}
