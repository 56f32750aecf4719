use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// Lists become sections like the others: every change of one is a revision that holds its entries.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE revision ADD COLUMN entries TEXT",
    "ALTER TABLE proposal ADD COLUMN entries TEXT",
    "CREATE TABLE hidden_name (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        kind TEXT NOT NULL,
        name_key TEXT NOT NULL,
        PRIMARY KEY (condition_id, kind, name_key)
    )",
    "CREATE TABLE helped (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        tip TEXT NOT NULL,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (condition_id, tip, account_id)
    )",
    "CREATE INDEX helped_account ON helped (account_id)",
    "INSERT INTO section (id, condition_id, kind, language)
     SELECT {new_uuid}, t.condition_id, 'tips', 'en'
     FROM (SELECT DISTINCT condition_id FROM tip) t
     WHERE NOT EXISTS (SELECT 1 FROM section s
     WHERE s.condition_id = t.condition_id AND s.kind = 'tips' AND s.language = 'en')",
    "INSERT INTO section (id, condition_id, kind, language)
     SELECT {new_uuid}, t.condition_id, 'references', 'en'
     FROM (SELECT DISTINCT condition_id FROM reference) t
     WHERE NOT EXISTS (SELECT 1 FROM section s
     WHERE s.condition_id = t.condition_id AND s.kind = 'references' AND s.language = 'en')",
    "INSERT INTO revision (id, section_id, language, markdown, html, origin, created_at, entries)
     SELECT {new_uuid}, s.id, 'en',
     string_agg('### ' || t.name || '\n\n' || t.markdown, '\n\n' ORDER BY t.position, t.created_at),
     string_agg('<h3>' || replace(replace(replace(t.name, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
     || '</h3>' || t.html, '\n' ORDER BY t.position, t.created_at),
     max(t.origin), max(t.created_at),
     CAST({array}({object}('id', {random_id}, 'tip',
     {object}('name', t.name, 'markdown', t.markdown), 'html', t.html)
     ORDER BY t.position, t.created_at) AS TEXT)
     FROM section s JOIN tip t ON t.condition_id = s.condition_id AND t.language = s.language
     WHERE s.kind = 'tips' GROUP BY s.id",
    "INSERT INTO revision (id, section_id, language, markdown, html, origin, created_at, entries)
     SELECT {new_uuid}, s.id, 'en',
     string_agg('- ' || f.title, '\n' ORDER BY f.position),
     '<ul>' || string_agg('<li>' || replace(replace(replace(f.title, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
     || '</li>', '\n' ORDER BY f.position) || '</ul>',
     'starter', max(f.created_at),
     CAST({array}({object}('id', f.citation_key, 'reference', {object}('key', f.citation_key,
     'title', f.title, 'source', f.source, 'year', f.year, 'doi', f.doi, 'pmid', f.pmid,
     'url', f.url)) ORDER BY f.position) AS TEXT)
     FROM section s JOIN reference f ON f.condition_id = s.condition_id
     WHERE s.kind = 'references' GROUP BY s.id",
    "UPDATE section SET head_id =
     (SELECT r.id FROM revision r WHERE r.section_id = section.id AND r.entries IS NOT NULL)
     WHERE kind IN ('tips', 'references') AND head_id IS NULL",
    "DROP TABLE tip",
    "DROP TABLE reference",
];

const DOWN: &[&str] = &[
    "CREATE TABLE reference (
        id {uuid} PRIMARY KEY,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        citation_key TEXT NOT NULL,
        title TEXT NOT NULL,
        source TEXT,
        year INTEGER,
        doi TEXT,
        pmid TEXT,
        url TEXT,
        position INTEGER NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX reference_condition_key ON reference (condition_id, citation_key)",
    "CREATE TABLE tip (
        id {uuid} PRIMARY KEY,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        language TEXT NOT NULL,
        name TEXT NOT NULL,
        markdown TEXT NOT NULL,
        html TEXT NOT NULL,
        origin TEXT NOT NULL,
        author_id {uuid},
        position INTEGER NOT NULL,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX tip_condition ON tip (condition_id, language, position)",
    "DROP TABLE helped",
    "DROP TABLE hidden_name",
    "ALTER TABLE proposal DROP COLUMN entries",
    "ALTER TABLE revision DROP COLUMN entries",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261125_000007_entries"
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

async fn run(statements: &[&str], manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    for sql in statements {
        connection
            .execute_unprepared(&dialect(sql, backend))
            .await?;
    }
    Ok(())
}
