use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Clinical trials, and the conditions that they are about.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE trial (
        nct_id {key} PRIMARY KEY,
        facts TEXT NOT NULL,
        child BOOLEAN NOT NULL,
        adult BOOLEAN NOT NULL,
        older_adult BOOLEAN NOT NULL,
        updated {key} NOT NULL,
        fingerprint TEXT NOT NULL,
        changed_at BIGINT NOT NULL,
        read_at BIGINT NOT NULL
    )",
    "CREATE TABLE trial_subject (
        nct_id {key} NOT NULL REFERENCES trial (nct_id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (nct_id, kind, value)
    )",
    "CREATE TABLE trial_condition (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        country {key} NOT NULL,
        rank INTEGER NOT NULL,
        updated {key} NOT NULL,
        nct_id {key} NOT NULL REFERENCES trial (nct_id) ON DELETE CASCADE,
        PRIMARY KEY (condition_id, country, rank, updated, nct_id)
    )",
    "CREATE INDEX trial_condition_trial ON trial_condition (nct_id)",
];

const DOWN: &[&str] = &[
    "DROP TABLE trial_condition",
    "DROP TABLE trial_subject",
    "DROP TABLE trial",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000017_trials"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(DOWN, manager).await
    }
}
