use sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use uuid::Uuid;

use super::dialect::run;

/// Links that end with the address or password they were made for; limits on what people do; what
/// others have accepted of a person's texts; a person's own list of sign-ins.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account ADD COLUMN generation BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE account ADD COLUMN accepted_sections BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE account ADD COLUMN accepted_days BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE account ADD COLUMN accepted_deciders BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE mail_link ADD COLUMN generation BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE mail_link ADD COLUMN address_key {key}",
    "CREATE INDEX mail_link_address ON mail_link (address_key, purpose)",
    "CREATE TABLE quota (
        key_hash {bytes} PRIMARY KEY,
        used BIGINT NOT NULL,
        began_at BIGINT NOT NULL
    )",
    "CREATE INDEX quota_began ON quota (began_at)",
    "CREATE TABLE account_activity (
        id {uuid} PRIMARY KEY,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        device TEXT NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX account_activity_account ON account_activity (account_id, created_at)",
    "CREATE INDEX account_activity_created ON account_activity (created_at)",
];

/// Who wrote something that somebody else has accepted: trust counts that alone from now on.
const RECOUNT: &str = "SELECT count(*) AS sections_days, count(DISTINCT section_id) AS sections, \
    count(DISTINCT day) AS days FROM (SELECT DISTINCT section_id, created_at / 86400000000 AS day \
    FROM proposal WHERE author_id = $1 AND state = 'accepted' \
    AND (decided_by IS NULL OR decided_by <> author_id)) texts";

const DECIDERS: &str = "SELECT count(DISTINCT decided_by) AS deciders FROM proposal \
    WHERE author_id = $1 AND state = 'accepted' AND decided_by <> author_id";

const DOWN: &[&str] = &[
    "DROP TABLE account_activity",
    "DROP TABLE quota",
    "DROP INDEX mail_link_address",
    "ALTER TABLE mail_link DROP COLUMN address_key",
    "ALTER TABLE mail_link DROP COLUMN generation",
    "ALTER TABLE account DROP COLUMN accepted_deciders",
    "ALTER TABLE account DROP COLUMN accepted_days",
    "ALTER TABLE account DROP COLUMN accepted_sections",
    "ALTER TABLE account DROP COLUMN generation",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000011_limits"
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
        run(UP, manager).await?;
        let all = Statement::from_string(backend, "SELECT id FROM account");
        for row in connection.query_all_raw(all).await? {
            let id: Uuid = row.try_get("", "id")?;
            let one = |sql: &str| Statement::from_sql_and_values(backend, sql, [id.into()]);
            let Some(counts) = connection.query_one_raw(one(RECOUNT)).await? else {
                continue;
            };
            let Some(deciders) = connection.query_one_raw(one(DECIDERS)).await? else {
                continue;
            };
            let number = |column: &str| counts.try_get::<i64>("", column);
            connection
                .execute_raw(Statement::from_sql_and_values(
                    backend,
                    "UPDATE account SET accepted_edits = $1, accepted_sections = $2, \
                     accepted_days = $3, accepted_deciders = $4 WHERE id = $5",
                    [
                        number("sections_days")?.into(),
                        number("sections")?.into(),
                        number("days")?.into(),
                        deciders.try_get::<i64>("", "deciders")?.into(),
                        id.into(),
                    ],
                ))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(DOWN, manager).await
    }
}
