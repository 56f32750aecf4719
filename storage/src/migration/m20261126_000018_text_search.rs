use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use uuid::Uuid;

use super::dialect::run;
use crate::search::{Document, insert};

/// The index of what is written, with everything in it that is written already.
///
/// The application puts texts in, because it alone knows their words; the database takes them out, so
/// that no change leaves a former text behind.
pub(super) struct Migration;

const TABLE: &[&str] = &["CREATE TABLE search_document (
        number {serial},
        kind TEXT NOT NULL,
        subject_id {uuid} NOT NULL UNIQUE,
        title TEXT NOT NULL,
        body TEXT NOT NULL
    )"];

const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE search_index USING fts5 (
        kind, title, body, content='search_document', content_rowid='number',
        tokenize='ascii', columnsize=0
    )",
    // Words of a text that goes are overwritten at once, not when parts of the index are merged.
    "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER search_document_insert AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, kind, title, body)
        VALUES (new.number, new.kind, new.title, new.body);
    END",
    "CREATE TRIGGER search_document_delete AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, kind, title, body)
        VALUES ('delete', old.number, old.kind, old.title, old.body);
    END",
    "CREATE TRIGGER search_document_update AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_index (search_index, rowid, kind, title, body)
        VALUES ('delete', old.number, old.kind, old.title, old.body);
        INSERT INTO search_index (rowid, kind, title, body)
        VALUES (new.number, new.kind, new.title, new.body);
    END",
    "CREATE TRIGGER search_post_update AFTER UPDATE OF text, deleted_at ON post
    WHEN new.text <> old.text OR new.deleted_at IS NOT NULL BEGIN
        UPDATE search_document SET title = '', body = '' WHERE subject_id = new.id;
    END",
    "CREATE TRIGGER search_post_delete AFTER DELETE ON post BEGIN
        DELETE FROM search_document WHERE subject_id = old.id;
    END",
    "CREATE TRIGGER search_topic_update AFTER UPDATE OF title ON topic
    WHEN new.title <> old.title BEGIN
        UPDATE search_document SET title = '', body = '' WHERE subject_id =
        (SELECT id FROM post WHERE topic_id = new.id AND number = 1);
    END",
    "CREATE TRIGGER search_section_update AFTER UPDATE OF head_id ON section
    WHEN new.head_id IS NOT old.head_id BEGIN
        DELETE FROM search_document WHERE subject_id = new.id;
    END",
    "CREATE TRIGGER search_section_delete AFTER DELETE ON section BEGIN
        DELETE FROM search_document WHERE subject_id = old.id;
    END",
    "CREATE TRIGGER search_resource_update AFTER UPDATE OF state, title, description ON resource
    BEGIN
        DELETE FROM search_document WHERE subject_id = new.id;
    END",
    "CREATE TRIGGER search_resource_delete AFTER DELETE ON resource BEGIN
        DELETE FROM search_document WHERE subject_id = old.id;
    END",
];

const POSTGRES: &[&str] = &[
    // The words come as they are to be found, so that no configuration but the simplest has a say.
    "ALTER TABLE search_document
        ADD COLUMN title_words tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, title)) STORED,
        ADD COLUMN words tsvector
            GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, title)
            || to_tsvector('simple'::regconfig, body)) STORED",
    "CREATE FUNCTION search_empty_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE search_document SET title = '', body = '' WHERE subject_id = NEW.id;
        RETURN NULL;
    END $$",
    "CREATE FUNCTION search_empty_topic() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE search_document SET title = '', body = '' WHERE subject_id =
        (SELECT id FROM post WHERE topic_id = NEW.id AND number = 1);
        RETURN NULL;
    END $$",
    "CREATE FUNCTION search_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM search_document WHERE subject_id = OLD.id;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER search_post_update AFTER UPDATE OF text, deleted_at ON post FOR EACH ROW
        WHEN (NEW.text <> OLD.text OR NEW.deleted_at IS NOT NULL)
        EXECUTE FUNCTION search_empty_post()",
    "CREATE TRIGGER search_post_delete AFTER DELETE ON post FOR EACH ROW
        EXECUTE FUNCTION search_delete()",
    "CREATE TRIGGER search_topic_update AFTER UPDATE OF title ON topic FOR EACH ROW
        WHEN (NEW.title <> OLD.title) EXECUTE FUNCTION search_empty_topic()",
    "CREATE TRIGGER search_section_update AFTER UPDATE OF head_id ON section FOR EACH ROW
        WHEN (NEW.head_id IS DISTINCT FROM OLD.head_id) EXECUTE FUNCTION search_delete()",
    "CREATE TRIGGER search_section_delete AFTER DELETE ON section FOR EACH ROW
        EXECUTE FUNCTION search_delete()",
    "CREATE TRIGGER search_resource_update AFTER UPDATE OF state, title, description ON resource
        FOR EACH ROW EXECUTE FUNCTION search_delete()",
    "CREATE TRIGGER search_resource_delete AFTER DELETE ON resource FOR EACH ROW
        EXECUTE FUNCTION search_delete()",
];

/// Made once the table is filled. Without a list of what is to be put in later, which each search would
/// read from end to end.
const POSTGRES_INDEXES: &[&str] = &[
    "CREATE INDEX search_document_title ON search_document USING gin (title_words)
        WITH (fastupdate = off) WHERE title <> ''",
    "CREATE INDEX search_document_section ON search_document USING gin (words)
        WITH (fastupdate = off) WHERE kind = 'section'",
    "CREATE INDEX search_document_post ON search_document USING gin (words)
        WITH (fastupdate = off) WHERE kind = 'post'",
    "CREATE INDEX search_document_resource ON search_document USING gin (words)
        WITH (fastupdate = off) WHERE kind = 'resource'",
];

/// Triggers on tables that stay.
const TRIGGERS: [(&str, &str); 7] = [
    ("search_post_update", "post"),
    ("search_post_delete", "post"),
    ("search_topic_update", "topic"),
    ("search_section_update", "section"),
    ("search_section_delete", "section"),
    ("search_resource_update", "resource"),
    ("search_resource_delete", "resource"),
];

/// Texts that are read at once.
const CHUNK: usize = 500;

const SECTIONS: &str = "SELECT s.id, '' AS title, v.html AS text FROM section s \
     JOIN revision v ON v.id = s.head_id \
     WHERE s.kind NOT IN ('synonyms', 'tips', 'references') AND s.id > $1 ORDER BY s.id LIMIT 500";
const POSTS: &str = "SELECT p.id, CASE WHEN p.number = 1 THEN t.title ELSE '' END AS title, \
     p.html AS text FROM post p JOIN topic t ON t.id = p.topic_id \
     WHERE p.deleted_at IS NULL AND p.id > $1 ORDER BY p.id LIMIT 500";
const RESOURCES: &str = "SELECT id, title, description AS text FROM resource \
     WHERE state = 'approved' AND id > $1 ORDER BY id LIMIT 500";

/// Puts in what is there, by keys of version 7: the newest last.
async fn fill<C: ConnectionTrait>(
    on: &C,
    texts: &str,
    document: fn(Uuid, &str, &str) -> Document,
) -> Result<(), DbErr> {
    let mut last = Uuid::nil();
    loop {
        let backend = on.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, texts, [last.into()]);
        let rows = on.query_all_raw(statement).await?;
        let mut documents = Vec::with_capacity(rows.len());
        for row in &rows {
            last = row.try_get("", "id")?;
            let title: String = row.try_get("", "title")?;
            let text: String = row.try_get("", "text")?;
            documents.push(document(last, &title, &text));
        }
        insert(on, documents).await?;
        if rows.len() < CHUNK {
            return Ok(());
        }
    }
}

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000018_text_search"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(TABLE, manager).await?;
        match manager.get_database_backend() {
            DatabaseBackend::Postgres => run(POSTGRES, manager).await?,
            _ => run(SQLITE, manager).await?,
        }
        let connection = manager.get_connection();
        fill(connection, SECTIONS, |id, _, html| {
            Document::section(id, html)
        })
        .await?;
        fill(connection, POSTS, Document::post).await?;
        fill(connection, RESOURCES, Document::resource).await?;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            run(POSTGRES_INDEXES, manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DatabaseBackend::Postgres;
        for (trigger, table) in TRIGGERS {
            let on = if is_postgres {
                format!(" ON {table}")
            } else {
                String::new()
            };
            connection
                .execute_unprepared(&format!("DROP TRIGGER {trigger}{on}"))
                .await?;
        }
        if is_postgres {
            run(
                &[
                    "DROP TABLE search_document",
                    "DROP FUNCTION search_empty_post()",
                    "DROP FUNCTION search_empty_topic()",
                    "DROP FUNCTION search_delete()",
                ],
                manager,
            )
            .await
        } else {
            run(
                &["DROP TABLE search_index", "DROP TABLE search_document"],
                manager,
            )
            .await
        }
    }
}
