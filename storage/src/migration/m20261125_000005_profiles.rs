use domain::text::fold;
use sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use uuid::Uuid;

use super::dialect::dialect;

/// Profiles, pictures, and the conditions that people name.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account ADD COLUMN country TEXT",
    "ALTER TABLE account ADD COLUMN name_key {key} NOT NULL DEFAULT ''",
    "CREATE INDEX account_name ON account (name_key, handle)",
    "CREATE INDEX account_created ON account (created_at, handle)",
    "CREATE TABLE profile (
        account_id {uuid} PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        name_audience TEXT NOT NULL,
        about TEXT NOT NULL,
        about_html TEXT NOT NULL,
        about_audience TEXT NOT NULL,
        picture_audience TEXT NOT NULL,
        listed_audience TEXT NOT NULL,
        for_search_engines BOOLEAN NOT NULL
    )",
    "CREATE TABLE picture (
        account_id {uuid} PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
        version TEXT NOT NULL,
        jpeg {bytes} NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE TABLE account_condition (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        condition_id {uuid} NOT NULL REFERENCES condition (id) ON DELETE CASCADE,
        audience TEXT NOT NULL,
        home BOOLEAN NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, condition_id)
    )",
    "CREATE INDEX account_condition_condition ON account_condition (condition_id, account_id)",
    "INSERT INTO profile (account_id, name_audience, about, about_html, about_audience, \
     picture_audience, listed_audience, for_search_engines) \
     SELECT id, 'members', '', '', 'only-me', 'only-me', 'only-me', FALSE FROM account",
];

const DOWN: &[&str] = &[
    "DROP TABLE account_condition",
    "DROP TABLE picture",
    "DROP TABLE profile",
    "DROP INDEX account_created",
    "DROP INDEX account_name",
    "ALTER TABLE account DROP COLUMN name_key",
    "ALTER TABLE account DROP COLUMN country",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_000005_profiles"
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
        // Sort keys are made in Rust, also those of people who were here before.
        let all = Statement::from_string(backend, "SELECT id, display_name FROM account");
        for row in connection.query_all_raw(all).await? {
            let id: Uuid = row.try_get("", "id")?;
            let name: String = row.try_get("", "display_name")?;
            connection
                .execute_raw(Statement::from_sql_and_values(
                    backend,
                    "UPDATE account SET name_key = $1 WHERE id = $2",
                    [fold(&name).into(), id.into()],
                ))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for sql in DOWN {
            connection.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
