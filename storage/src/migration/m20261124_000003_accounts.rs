use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// Accounts, sessions, links in mails, throttling, submissions and the outbox.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE account (
        id {uuid} PRIMARY KEY,
        handle TEXT NOT NULL UNIQUE,
        email TEXT NOT NULL,
        email_key {key} NOT NULL UNIQUE,
        display_name TEXT NOT NULL,
        relation TEXT,
        password_hash TEXT NOT NULL,
        standing TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE TABLE account_role (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        role TEXT NOT NULL,
        granted_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, role)
    )",
    "CREATE TABLE session (
        id {uuid} PRIMARY KEY,
        token_hash {bytes} NOT NULL UNIQUE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        device TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        seen_at BIGINT NOT NULL
    )",
    "CREATE INDEX session_account ON session (account_id, seen_at)",
    "CREATE INDEX session_seen ON session (seen_at)",
    "CREATE TABLE known_device (
        token_hash {bytes} PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        seen_at BIGINT NOT NULL
    )",
    "CREATE INDEX known_device_account ON known_device (account_id, seen_at)",
    "CREATE TABLE mail_link (
        token_hash {bytes} PRIMARY KEY,
        purpose TEXT NOT NULL,
        account_id {uuid} REFERENCES account (id) ON DELETE CASCADE,
        content TEXT NOT NULL,
        expires_at BIGINT NOT NULL
    )",
    "CREATE INDEX mail_link_account ON mail_link (account_id, purpose)",
    "CREATE INDEX mail_link_expires ON mail_link (expires_at)",
    "CREATE TABLE throttle (
        key_hash {bytes} PRIMARY KEY,
        failures BIGINT NOT NULL,
        blocked_until_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE INDEX throttle_updated ON throttle (updated_at)",
    "CREATE TABLE submission (
        key_hash {bytes} PRIMARY KEY,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX submission_created ON submission (created_at)",
    "CREATE TABLE outbox (
        id {uuid} PRIMARY KEY,
        recipient TEXT NOT NULL,
        letter TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        due_at BIGINT NOT NULL,
        claimed_at BIGINT,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX outbox_due ON outbox (due_at)",
];

const TABLES: &[&str] = &[
    "outbox",
    "submission",
    "throttle",
    "mail_link",
    "known_device",
    "session",
    "account_role",
    "account",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261124_000003_accounts"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = manager.get_database_backend();
        for sql in UP {
            connection
                .execute_unprepared(&dialect(sql, backend))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for table in TABLES {
            connection
                .execute_unprepared(&format!("DROP TABLE {table}"))
                .await?;
        }
        Ok(())
    }
}
