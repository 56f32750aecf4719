//! The schema, append-only: a migration that has landed is never edited.

mod changed;
mod dialect;
mod m20261123_000001_foundation;
mod m20261124_000002_sealing;
mod m20261124_000003_accounts;
mod m20261124_000004_measures;
mod m20261125_000005_profiles;
mod m20261125_000006_revisions;
mod m20261125_000007_entries;
mod m20261126_000008_moderation_actions;
mod m20261126_000009_replacements_and_relatives;
mod m20261126_000010_drafts;
mod m20261126_000011_limits;
mod m20261126_000012_held_texts;
mod m20261126_000013_second_factor;
mod m20261126_000014_communities;
mod m20261126_000015_notifications;
mod m20261126_000016_resources;
mod m20261126_000017_trials;
mod m20261126_000018_text_search;
mod m20261126_000019_leaders;
mod m20261126_000020_notification_mail;
mod m20261126_000021_questions;
mod m20261126_000022_feed;
mod m20261126_000023_changes;
mod m20261126_000024_moderation;
mod m20261126_000025_reports;
mod m20261126_000026_reactions_and_mutes;
mod m20261126_000027_aliases;
mod m20261126_000028_first_posts;
mod m20261126_000029_muted_aliases;
mod m20261127_000030_post_drafts;
mod m20261127_000031_told_warnings;
mod m20261127_000032_notes_and_walks;
mod m20261127_000033_lists_in_order;
mod m20261127_000034_public_members;
mod m20261127_000035_titles_in_search;
mod m20261128_000036_registry;
mod m20261129_000037_registry_access;
mod m20261130_000038_registry_hand_over;
mod m20261201_000039_outside_registries;

use sea_orm::{
    ConnectionTrait, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait};

use crate::{Database, DatabaseKind};

/// All migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_foundation::Migration),
            Box::new(m20261124_000002_sealing::Migration),
            Box::new(m20261124_000003_accounts::Migration),
            Box::new(m20261124_000004_measures::Migration),
            Box::new(m20261125_000005_profiles::Migration),
            Box::new(m20261125_000006_revisions::Migration),
            Box::new(m20261125_000007_entries::Migration),
            Box::new(m20261126_000008_moderation_actions::Migration),
            Box::new(m20261126_000009_replacements_and_relatives::Migration),
            Box::new(m20261126_000010_drafts::Migration),
            Box::new(m20261126_000011_limits::Migration),
            Box::new(m20261126_000012_held_texts::Migration),
            Box::new(m20261126_000013_second_factor::Migration),
            Box::new(m20261126_000014_communities::Migration),
            Box::new(m20261126_000015_notifications::Migration),
            Box::new(m20261126_000016_resources::Migration),
            Box::new(m20261126_000017_trials::Migration),
            Box::new(m20261126_000018_text_search::Migration),
            Box::new(m20261126_000019_leaders::Migration),
            Box::new(m20261126_000020_notification_mail::Migration),
            Box::new(m20261126_000021_questions::Migration),
            Box::new(m20261126_000022_feed::Migration),
            Box::new(m20261126_000023_changes::Migration),
            Box::new(m20261126_000024_moderation::Migration),
            Box::new(m20261126_000025_reports::Migration),
            Box::new(m20261126_000026_reactions_and_mutes::Migration),
            Box::new(m20261126_000027_aliases::Migration),
            Box::new(m20261126_000028_first_posts::Migration),
            Box::new(m20261126_000029_muted_aliases::Migration),
            Box::new(m20261127_000030_post_drafts::Migration),
            Box::new(m20261127_000031_told_warnings::Migration),
            Box::new(m20261127_000032_notes_and_walks::Migration),
            Box::new(m20261127_000033_lists_in_order::Migration),
            Box::new(m20261127_000034_public_members::Migration),
            Box::new(m20261127_000035_titles_in_search::Migration),
            Box::new(m20261128_000036_registry::Migration),
            Box::new(m20261129_000037_registry_access::Migration),
            Box::new(m20261130_000038_registry_hand_over::Migration),
            Box::new(m20261201_000039_outside_registries::Migration),
        ]
    }
}

/// Brings the schema up to date. Of several processes that start at once, one does it and the
/// others wait.
pub async fn migrate(database: &Database) -> Result<(), DbErr> {
    let transaction = match database.kind() {
        DatabaseKind::Sqlite => {
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            database.writer().begin_with_options(options).await?
        }
        DatabaseKind::Postgres => {
            let transaction = database.writer().begin().await?;
            // Any number will do that nothing else in this database locks.
            transaction
                .execute_unprepared(
                    "SET LOCAL lock_timeout = '60s'; SELECT pg_advisory_xact_lock(7238241)",
                )
                .await?;
            transaction
        }
    };
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// How many migrations have not been applied.
pub async fn pending(database: &Database) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations(database.writer())
        .await?
        .len())
}
