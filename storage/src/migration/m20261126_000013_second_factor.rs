use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Second factors, their recovery codes, sign-ins that wait for a code, and by what the key is known.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE second_factor (
        account_id {uuid} PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        secret {bytes} NOT NULL,
        begun_at BIGINT NOT NULL,
        set_up_at BIGINT,
        last_step BIGINT NOT NULL,
        wrong_codes BIGINT NOT NULL
    )",
    "CREATE TABLE recovery_code (
        code_hash {bytes} PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE
    )",
    "CREATE INDEX recovery_code_account ON recovery_code (account_id)",
    "CREATE TABLE begun_sign_in (
        token_hash {bytes} PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        generation BIGINT NOT NULL,
        wrong_codes BIGINT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX begun_sign_in_account ON begun_sign_in (account_id)",
    "CREATE TABLE key_check (
        id INTEGER PRIMARY KEY,
        sealed {bytes} NOT NULL
    )",
];

const DOWN: &[&str] = &[
    "DROP TABLE key_check",
    "DROP TABLE begun_sign_in",
    "DROP TABLE recovery_code",
    "DROP TABLE second_factor",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000013_second_factor"
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
