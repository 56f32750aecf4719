//! A database in which all people and conversations are invented, so that it cannot be taken for a real
//! one. Its log begins with the event that says so: no other database can become one, and it stays one,
//! because whoever takes the event away breaks the chain.

use domain::{Error, Result, account::Actor, event::EventKind};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::{Storage, error::to_domain, event, write::Write};

impl Storage {
    /// Makes this a demonstration, before anything else happens in it.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] where something has happened already.
    pub async fn begin_demonstration(&self) -> Result<()> {
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let events = event::entity::Entity::find().count(write.on()).await;
        if events.map_err(to_domain)? > 0 {
            return Err(Error::Conflict);
        }
        write
            .record(EventKind::DemonstrationBegun, None, None)
            .await?;
        write.commit().await?;
        self.events.seal().await.map(drop)
    }

    /// Whether all people and conversations are invented.
    pub async fn is_demonstration(&self) -> Result<bool> {
        let sql = "SELECT 1 FROM event WHERE sequence = 1 AND kind = $1";
        let kind = EventKind::DemonstrationBegun.as_str();
        let row = self.database.query_one(sql, vec![kind.into()]).await;
        Ok(row.map_err(to_domain)?.is_some())
    }

    /// Ends all connections to the database. What SQLite has beside its file goes into it, so that the
    /// file alone is the whole of it.
    pub async fn close(&self) -> Result<()> {
        self.database.close().await.map_err(to_domain)
    }
}
