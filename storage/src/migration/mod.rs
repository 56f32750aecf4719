//! The schema, append-only: a migration that has landed is never edited.

mod m20261123_000001_foundation;

use sea_orm::DbErr;
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait};

use crate::Database;

/// All migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261123_000001_foundation::Migration)]
    }
}

/// Brings the schema up to date.
pub async fn migrate(database: &Database) -> Result<(), DbErr> {
    Migrator::up(database.writer(), None).await
}

/// How many migrations have not been applied.
pub async fn pending(database: &Database) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations(database.writer())
        .await?
        .len())
}
