//! The service traits of `domain` on SeaORM: entities, migrations, queries and search.
//!
//! One [`Storage`] is one database, SQLite or PostgreSQL. It hands out the services; everything
//! that differs between the two databases is in [`database`].

pub mod account;
pub mod catalogue;
pub mod changes;
pub mod community;
pub mod database;
mod demonstration;
mod diff;
pub mod encryption;
pub mod error;
pub mod event;
pub mod generated;
pub mod mail;
pub mod migration;
pub mod profile;
pub mod quota;
pub mod registry;
mod rotation;
pub mod search;
pub mod submission;
#[cfg(test)]
#[path = "../tests/common/test_data.rs"]
mod test_data;
mod token;
pub mod trials;
pub mod wiki;
mod write;

use std::sync::Arc;

use domain::{Result, account::Actor, time::Clock};

pub use account::AccountStore;
pub use catalogue::CatalogueStore;
pub use community::CommunityStore;
pub use database::{Database, DatabaseKind};
pub use encryption::{KeySource, MasterKey, Stamp};
pub use error::random_id;
pub use event::EventStore;
pub use mail::{Outbox, Outgoing};
pub use profile::ProfileStore;
pub use registry::RegistryStore;
pub use rotation::{Batch, Pass, Rotation, SealedAnew};
pub use search::TextSearchStore;
pub use trials::TrialStore;
pub use wiki::WikiStore;
use write::Write;

/// An open database with its services.
#[derive(Clone, Debug)]
pub struct Storage {
    database: Arc<Database>,
    accounts: Arc<AccountStore>,
    catalogue: Arc<CatalogueStore>,
    communities: Arc<CommunityStore>,
    events: Arc<EventStore>,
    outbox: Arc<Outbox>,
    profiles: Arc<ProfileStore>,
    registry: Arc<RegistryStore>,
    trials: Arc<TrialStore>,
    texts: Arc<TextSearchStore>,
    wiki: Arc<WikiStore>,
    key: MasterKey,
}

impl Storage {
    /// Opens the database at a URL (`sqlite:path/to/file` or `postgres://…`) and brings its schema
    /// up to date. The key is the one under which its secrets are encrypted, from the first time on.
    pub async fn open(
        url: &str,
        clock: Arc<dyn Clock>,
        key: MasterKey,
    ) -> std::result::Result<Self, sea_orm::DbErr> {
        let database = Arc::new(Database::connect(url, clock).await?);
        migration::migrate(&database).await?;
        database.changes().notice(&database).await?;
        let catalogue = Arc::new(CatalogueStore::new(Arc::clone(&database)));
        let accounts = Arc::new(AccountStore::new(
            Arc::clone(&database),
            Arc::clone(&catalogue),
            key.clone(),
        ));
        Ok(Self {
            registry: Arc::new(RegistryStore::new(
                Arc::clone(&database),
                Arc::clone(&accounts),
                key.clone(),
            )),
            accounts,
            profiles: Arc::new(ProfileStore::new(Arc::clone(&database))),
            catalogue,
            communities: Arc::new(CommunityStore::new(
                Arc::clone(&database),
                encryption::Cursors::of(&key),
            )),
            events: Arc::new(EventStore::new(Arc::clone(&database))),
            outbox: Arc::new(Outbox::new(Arc::clone(&database))),
            trials: Arc::new(TrialStore::new(Arc::clone(&database))),
            texts: Arc::new(TextSearchStore::new(Arc::clone(&database))),
            wiki: Arc::new(WikiStore::new(Arc::clone(&database))),
            database,
            key,
        })
    }

    /// Whether the key is the one under which this database has its secrets, from the first time on
    /// that it was asked.
    pub async fn has_its_key(&self) -> Result<bool> {
        encryption::is_key_of(&self.database, &self.key).await
    }

    /// Makes this key the one of the database, because the one under which its secrets are is lost.
    /// Second factors, which nobody can read any more, are turned off; their people get an email and
    /// find the reason among the decisions about their account. Tells how many there were.
    ///
    /// # Errors
    ///
    /// [`domain::Error::Conflict`] where the key is that of the database; [`domain::Error::Invalid`]
    /// where the reason is empty, long, or more than a line.
    pub async fn replace_key(&self, reason: &str) -> Result<usize> {
        if self.has_its_key().await? {
            return Err(domain::Error::Conflict);
        }
        let write = Write::begin(&self.database, Actor::Operator).await?;
        let turned_off = self.accounts.reset_second_factors(&write, reason).await?;
        registry::forget_all(&write).await?;
        encryption::replace(&write, &self.key.first()).await?;
        write.commit().await?;
        Ok(turned_off)
    }

    /// Removes what has expired. To be called about once an hour.
    pub async fn sweep(&self) -> Result<()> {
        let changes = changes::Changes::sweep(&self.database, self.database.writer());
        let swept = [
            self.accounts.sweep().await,
            self.communities.sweep().await,
            self.registry.sweep().await,
            changes.await.map_err(error::to_domain),
        ];
        // Where one cannot be done, the others are.
        swept.into_iter().collect()
    }

    /// Joining, signing in, one's own account.
    pub fn accounts(&self) -> Arc<AccountStore> {
        Arc::clone(&self.accounts)
    }

    /// Seals and checks the event log.
    pub fn events(&self) -> Arc<EventStore> {
        Arc::clone(&self.events)
    }

    /// Letters that wait to be sent.
    pub fn outbox(&self) -> Arc<Outbox> {
        Arc::clone(&self.outbox)
    }

    /// Reads, searches and fills the catalogue.
    pub fn catalogue(&self) -> Arc<CatalogueStore> {
        Arc::clone(&self.catalogue)
    }

    /// What members write to each other.
    pub fn communities(&self) -> Arc<CommunityStore> {
        Arc::clone(&self.communities)
    }

    /// What people show of themselves.
    pub fn profiles(&self) -> Arc<ProfileStore> {
        Arc::clone(&self.profiles)
    }

    /// Who takes part in research, and on what terms.
    pub fn registry(&self) -> Arc<RegistryStore> {
        Arc::clone(&self.registry)
    }

    /// Reads clinical trials, and takes them in.
    pub fn trials(&self) -> Arc<TrialStore> {
        Arc::clone(&self.trials)
    }

    /// Searches what is written.
    pub fn texts(&self) -> Arc<TextSearchStore> {
        Arc::clone(&self.texts)
    }

    /// Reads and writes sections.
    pub fn wiki(&self) -> Arc<WikiStore> {
        Arc::clone(&self.wiki)
    }

    /// The database itself, for checks and for tests.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Notices what other processes have changed, the key of the site among it, and builds the search index anew where it is old. To
    /// be called about once a second.
    pub async fn notice_changes(&self) -> Result<()> {
        self.database
            .changes()
            .notice(&self.database)
            .await
            .map_err(error::to_domain)?;
        encryption::notice(&self.database, &self.key).await?;
        self.catalogue.refresh_index().await
    }
}
