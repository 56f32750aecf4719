//! Every write goes through here: one transaction holds the change, its event, and what visitors see
//! changed of it.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::{
    Result,
    account::{Actor, Submission},
    event::EventKind,
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, Set, SqliteTransactionMode,
    TransactionOptions, TransactionTrait, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Database, DatabaseKind, changes::Changes, error::to_domain, event, submission, token};

/// A change under way. Dropped without [`Write::commit`], it leaves nothing.
pub(crate) struct Write<'a> {
    database: &'a Database,
    transaction: DatabaseTransaction,
    actor: Actor,
    /// Whether the change has an event.
    recorded: AtomicBool,
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
            recorded: AtomicBool::new(false),
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

    /// Adds the event of the change to the log. Its sequence stays empty for the sequencer.
    pub(crate) async fn record(
        &self,
        kind: EventKind,
        subject: Option<Uuid>,
        community: Option<Uuid>,
    ) -> Result<()> {
        self.record_as(false, kind, subject, community).await
    }

    /// The same, which does not say who it was where the log must not.
    pub(crate) async fn record_as(
        &self,
        nameless: bool,
        kind: EventKind,
        subject: Option<Uuid>,
        community: Option<Uuid>,
    ) -> Result<()> {
        let actor = self.actor.member().filter(|_| !nameless);
        let account = actor.map(|member| member.account.0);
        self.put(account, kind, subject, community).await
    }

    /// Adds the event of what a member has done whom somebody else lets do it now; of who must not be
    /// named, no account.
    pub(crate) async fn record_of(
        &self,
        account: Option<Uuid>,
        kind: EventKind,
        subject: Uuid,
        community: Uuid,
    ) -> Result<()> {
        self.put(account, kind, Some(subject), Some(community))
            .await
    }

    async fn put(
        &self,
        account: Option<Uuid>,
        kind: EventKind,
        subject: Option<Uuid>,
        community: Option<Uuid>,
    ) -> Result<()> {
        let event = event::entity::ActiveModel {
            id: Set(Uuid::now_v7()),
            time: Set(self.database.now().0),
            actor: Set(self.actor.as_str().to_owned()),
            actor_id: Set(account),
            kind: Set(kind.as_str().to_owned()),
            subject_id: Set(subject),
            community_id: Set(community),
            ..Default::default()
        };
        event::entity::Entity::insert(event)
            .exec_without_returning(&self.transaction)
            .await
            .map_err(to_domain)?;
        self.recorded.store(true, Ordering::Relaxed);
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

    /// Makes the change lasting and visible, and tells the caches of this process what it has changed.
    pub(crate) async fn commit(self) -> Result<()> {
        let changed = Changes::of(self.database, &self.transaction)
            .await
            .map_err(to_domain)?;
        self.transaction.commit().await.map_err(to_domain)?;
        let recorded = self.recorded.load(Ordering::Relaxed);
        self.database.changes().committed(changed, recorded);
        Ok(())
    }
}
