use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// Summaries, drafts, proposals, protection and reviews of the wiki.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account ADD COLUMN accepted_edits BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE revision ADD COLUMN summary TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE revision ADD COLUMN restored_number BIGINT",
    "CREATE INDEX revision_author ON revision (author_id)",
    "ALTER TABLE section ADD COLUMN protection TEXT",
    "ALTER TABLE section ADD COLUMN protection_reason TEXT",
    "ALTER TABLE section ADD COLUMN protection_ends_at BIGINT",
    "CREATE TABLE draft (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        section_id {uuid} NOT NULL REFERENCES section (id),
        base_number BIGINT,
        markdown TEXT NOT NULL,
        summary TEXT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, section_id)
    )",
    "CREATE TABLE proposal (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        section_id {uuid} NOT NULL REFERENCES section (id),
        base_number BIGINT,
        author_id {uuid},
        markdown TEXT NOT NULL,
        summary TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        decided_by {uuid},
        decided_at BIGINT,
        revision_number BIGINT,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX proposal_state ON proposal (state, created_at)",
    "CREATE INDEX proposal_author ON proposal (author_id, created_at)",
    "CREATE INDEX proposal_section ON proposal (section_id, state)",
    "CREATE TABLE review (
        id {uuid} PRIMARY KEY,
        section_id {uuid} NOT NULL REFERENCES section (id),
        revision_number BIGINT NOT NULL,
        reviewer_id {uuid},
        interests TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        due_at BIGINT NOT NULL,
        is_last BOOLEAN NOT NULL
    )",
    "CREATE INDEX review_section ON review (section_id, is_last)",
    "CREATE INDEX review_due ON review (is_last, due_at)",
    "CREATE INDEX review_revision ON review (revision_number)",
];

const DOWN: &[&str] = &[
    "DROP TABLE review",
    "DROP TABLE proposal",
    "DROP TABLE draft",
    "ALTER TABLE section DROP COLUMN protection_ends_at",
    "ALTER TABLE section DROP COLUMN protection_reason",
    "ALTER TABLE section DROP COLUMN protection",
    "DROP INDEX revision_author",
    "ALTER TABLE revision DROP COLUMN restored_number",
    "ALTER TABLE revision DROP COLUMN summary",
    "ALTER TABLE account DROP COLUMN accepted_edits",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_000006_revisions"
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
        for sql in DOWN {
            connection.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
