use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// What an import does not show without a moderator, and whether a source's text may lack characters.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE held_document (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        subject TEXT NOT NULL,
        source_name TEXT NOT NULL,
        source_year INTEGER NOT NULL,
        source_url TEXT NOT NULL,
        source_incomplete BOOLEAN NOT NULL,
        reason TEXT NOT NULL,
        damage TEXT NOT NULL,
        state TEXT NOT NULL,
        shown_condition_id {uuid} REFERENCES condition (id),
        created_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX held_document_public_id ON held_document (public_id)",
    "CREATE UNIQUE INDEX held_document_page
     ON held_document (condition_id, source_name, source_url, subject)",
    "CREATE INDEX held_document_state ON held_document (state, created_at, public_id)",
    "CREATE TABLE held_text (
        document_id {uuid} NOT NULL REFERENCES held_document (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        markdown TEXT NOT NULL,
        PRIMARY KEY (document_id, kind)
    )",
    "ALTER TABLE revision ADD COLUMN source_incomplete BOOLEAN NOT NULL DEFAULT FALSE",
    // So far there was one file to import texts from, and it has lost characters.
    "UPDATE revision SET source_incomplete = TRUE WHERE origin = 'import'",
];

const DOWN: &[&str] = &[
    "ALTER TABLE revision DROP COLUMN source_incomplete",
    "DROP TABLE held_text",
    "DROP TABLE held_document",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000012_held_texts"
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
