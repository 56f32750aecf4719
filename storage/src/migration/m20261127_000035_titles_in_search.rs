use sea_orm::{DatabaseBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// On SQLite, an index of titles alone, as PostgreSQL has one: in that of all words, a search for titles
/// reads past every text with the words.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE VIRTUAL TABLE search_title USING fts5 (
        title, content='search_document', content_rowid='number', tokenize='ascii', columnsize=0
    )",
    // As in the index of all words.
    "INSERT INTO search_title (search_title, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_title (search_title) VALUES ('rebuild')",
    "CREATE TRIGGER search_title_insert AFTER INSERT ON search_document
    WHEN new.title <> '' BEGIN
        INSERT INTO search_title (rowid, title) VALUES (new.number, new.title);
    END",
    "CREATE TRIGGER search_title_delete AFTER DELETE ON search_document
    WHEN old.title <> '' BEGIN
        INSERT INTO search_title (search_title, rowid, title) VALUES ('delete', old.number, old.title);
    END",
    "CREATE TRIGGER search_title_update AFTER UPDATE ON search_document
    WHEN new.title <> old.title BEGIN
        INSERT INTO search_title (search_title, rowid, title) VALUES ('delete', old.number, old.title);
        INSERT INTO search_title (rowid, title) VALUES (new.number, new.title);
    END",
];

const DOWN: &[&str] = &[
    "DROP TRIGGER search_title_update",
    "DROP TRIGGER search_title_delete",
    "DROP TRIGGER search_title_insert",
    "DROP TABLE search_title",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000035_titles_in_search"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => Ok(()),
            _ => run(UP, manager).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => Ok(()),
            _ => run(DOWN, manager).await,
        }
    }
}
