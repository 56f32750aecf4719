use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Several drafts of one section for one person: each page on which it is edited has its own.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE draft_of_page (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        section_id {uuid} NOT NULL REFERENCES section (id),
        id TEXT NOT NULL,
        base_number BIGINT,
        markdown TEXT NOT NULL,
        summary TEXT NOT NULL,
        updated_at BIGINT NOT NULL,
        collided BOOLEAN NOT NULL,
        PRIMARY KEY (account_id, section_id, id)
    )",
    "INSERT INTO draft_of_page
        SELECT account_id, section_id, '', base_number, markdown, summary, updated_at, FALSE
        FROM draft",
    "DROP TABLE draft",
    "ALTER TABLE draft_of_page RENAME TO draft",
];

const DOWN: &[&str] = &[
    "CREATE TABLE draft_of_section (
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        section_id {uuid} NOT NULL REFERENCES section (id),
        base_number BIGINT,
        markdown TEXT NOT NULL,
        summary TEXT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (account_id, section_id)
    )",
    // The last one of each.
    "INSERT INTO draft_of_section
        SELECT account_id, section_id, base_number, markdown, summary, updated_at FROM draft d
        WHERE NOT EXISTS (SELECT 1 FROM draft o
            WHERE o.account_id = d.account_id AND o.section_id = d.section_id
            AND (o.updated_at, o.id) > (d.updated_at, d.id))",
    "DROP TABLE draft",
    "ALTER TABLE draft_of_section RENAME TO draft",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000010_drafts"
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
