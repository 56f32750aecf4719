//! Every write goes through here: one transaction holds the change, its event and the new epoch.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::{
    Result,
    account::{Actor, Submission},
    event::EventKind,
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Set, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Database, DatabaseKind, error::to_domain, event, submission, token};

/// Counts committed changes: of everything, and of the catalogue alone. What was computed under an
/// older epoch may be stale.
#[derive(Debug, Default)]
pub struct Epoch {
    site: AtomicI64,
    catalogue: AtomicI64,
}

impl Epoch {
    /// Moves with every change of anything.
    pub fn site(&self) -> i64 {
        self.site.load(Ordering::Acquire)
    }

    /// Moves when names, codes or families change.
    pub fn catalogue(&self) -> i64 {
        self.catalogue.load(Ordering::Acquire)
    }

    /// Takes over what the database says, for changes by other processes.
    pub(crate) async fn load(&self, database: &Database) -> std::result::Result<(), DbErr> {
        let row = database
            .query_one("SELECT site, catalogue FROM epoch WHERE id = 1", vec![])
            .await?;
        if let Some(row) = row {
            self.move_to(row.try_get("", "site")?, row.try_get("", "catalogue")?);
        }
        Ok(())
    }

    fn move_to(&self, site: i64, catalogue: i64) {
        // Never backwards: a poll may have read before a commit of this process.
        self.site.fetch_max(site, Ordering::AcqRel);
        self.catalogue.fetch_max(catalogue, Ordering::AcqRel);
    }
}

/// A change under way. Dropped without [`Write::commit`], it leaves nothing.
pub(crate) struct Write<'a> {
    database: &'a Database,
    transaction: DatabaseTransaction,
    actor: Actor,
    touches_catalogue: bool,
}

impl<'a> Write<'a> {
    pub(crate) async fn begin(database: &'a Database, actor: Actor) -> Result<Self> {
        // A deferred transaction that turns into a write gets SQLITE_BUSY at once.
        let options = TransactionOptions {
            sqlite_transaction_mode: (database.kind() == DatabaseKind::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = database
            .writer()
            .begin_with_options(options)
            .await
            .map_err(to_domain)?;
        Ok(Self {
            database,
            transaction,
            actor,
            touches_catalogue: false,
        })
    }

    /// Where the change's statements go.
    pub(crate) fn on(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Who makes the change.
    pub(crate) fn actor(&self) -> Actor {
        self.actor
    }

    /// Lets other writers wait until this change is made; readers go on. For changes that compare
    /// all there is with what is to be: SQLite never has more than one writer.
    pub(crate) async fn alone(&self) -> Result<()> {
        if self.database.kind() == DatabaseKind::Postgres {
            self.transaction
                .execute_unprepared("LOCK TABLE condition, section IN SHARE ROW EXCLUSIVE MODE")
                .await
                .map_err(to_domain)?;
        }
        Ok(())
    }

    /// Says that names, codes or families change.
    pub(crate) fn touch_catalogue(&mut self) {
        self.touches_catalogue = true;
    }

    /// Adds the event of the change to the log. Its sequence stays empty for the sequencer.
    pub(crate) async fn record(
        &self,
        kind: EventKind,
        subject: Option<Uuid>,
        community: Option<Uuid>,
    ) -> Result<()> {
        let event = event::entity::ActiveModel {
            id: Set(Uuid::now_v7()),
            time: Set(self.database.now().0),
            actor: Set(self.actor.as_str().to_owned()),
            actor_id: Set(self.actor.member().map(|member| member.account.0)),
            kind: Set(kind.as_str().to_owned()),
            subject_id: Set(subject),
            community_id: Set(community),
            ..Default::default()
        };
        event::entity::Entity::insert(event)
            .exec_without_returning(&self.transaction)
            .await
            .map_err(to_domain)?;
        Ok(())
    }

    /// Whether this sending of a form is the first; of two that arrive together one waits for the
    /// other. What it says is kept for as long as a form may lie open, as a hash with the form's
    /// random key in it, so that nobody can find out what was sent.
    pub(crate) async fn is_first(&self, endpoint: &str, sent: &Submission) -> Result<bool> {
        let who = match self.actor.member() {
            Some(member) => member.account.0.simple().to_string(),
            None => String::new(),
        };
        let row = submission::ActiveModel {
            key_hash: Set(token::hash_of(&[endpoint, &who, &sent.key, &sent.body])),
            created_at: Set(self.database.now().0),
        };
        let inserted = submission::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&self.transaction)
            .await
            .map_err(to_domain)?;
        Ok(inserted > 0)
    }

    /// Makes a change lasting that no page shows, so that the caches stay good.
    pub(crate) async fn commit_unseen(self) -> Result<()> {
        self.transaction.commit().await.map_err(to_domain)
    }

    /// Makes the change lasting and visible, and tells the caches of this process.
    pub(crate) async fn commit(self) -> Result<()> {
        let bump = i64::from(self.touches_catalogue);
        // Last before the commit, because the row is locked from here on.
        let row = self
            .transaction
            .query_one_raw(self.database.statement(
                "UPDATE epoch SET site = site + 1, catalogue = catalogue + $1 WHERE id = 1 \
                 RETURNING site, catalogue",
                vec![bump.into()],
            ))
            .await
            .map_err(to_domain)?
            .ok_or_else(|| crate::error::internal(&"the epoch row is missing"))?;
        let site = row.try_get("", "site").map_err(to_domain)?;
        let catalogue = row.try_get("", "catalogue").map_err(to_domain)?;
        self.transaction.commit().await.map_err(to_domain)?;
        self.database.epoch().move_to(site, catalogue);
        Ok(())
    }
}
