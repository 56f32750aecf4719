use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::dialect;

/// Catalogue, wiki, event log and epoch.
pub(super) struct Migration;

// One text for both databases; the words in braces are what differs (see `dialect`).
const UP: &[&str] = &[
    "CREATE TABLE source (
        id {uuid} PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        release TEXT NOT NULL,
        licence TEXT NOT NULL,
        attribution TEXT NOT NULL,
        url TEXT NOT NULL,
        imported_at BIGINT NOT NULL
    )",
    // Conditions and families are one tree, so they are one table; `rank` tells them apart.
    "CREATE TABLE condition (
        id {uuid} PRIMARY KEY,
        rank TEXT NOT NULL,
        curie TEXT NOT NULL UNIQUE,
        slug TEXT NOT NULL,
        name TEXT NOT NULL,
        name_curated BOOLEAN NOT NULL,
        ontology_name TEXT NOT NULL,
        sort_key {key} NOT NULL,
        letter TEXT NOT NULL,
        summary TEXT,
        definition TEXT,
        family_id {uuid} REFERENCES condition (id),
        source_id {uuid} NOT NULL REFERENCES source (id),
        fingerprint TEXT NOT NULL,
        withdrawn BOOLEAN NOT NULL,
        merged_into {uuid} REFERENCES condition (id),
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL
    )",
    "CREATE UNIQUE INDEX condition_rank_slug ON condition (rank, slug)",
    "CREATE UNIQUE INDEX condition_rank_letter_sort ON condition (rank, letter, sort_key, slug)",
    "CREATE INDEX condition_rank_sort ON condition (rank, sort_key, slug)",
    "CREATE INDEX condition_source ON condition (source_id)",
    // Present and former addresses, all of which keep working.
    "CREATE TABLE condition_slug (
        rank TEXT NOT NULL,
        slug TEXT NOT NULL,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        PRIMARY KEY (rank, slug)
    )",
    "CREATE INDEX condition_slug_condition ON condition_slug (condition_id)",
    "CREATE TABLE synonym (
        id {serial},
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        name TEXT NOT NULL,
        name_key {key} NOT NULL,
        slug TEXT NOT NULL,
        scope TEXT NOT NULL,
        position INTEGER NOT NULL,
        source_id {uuid} NOT NULL REFERENCES source (id)
    )",
    "CREATE UNIQUE INDEX synonym_condition_key ON synonym (condition_id, name_key)",
    "CREATE INDEX synonym_slug ON synonym (slug)",
    "CREATE TABLE code (
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        system TEXT NOT NULL,
        value TEXT NOT NULL,
        position INTEGER NOT NULL,
        source_id {uuid} NOT NULL REFERENCES source (id),
        PRIMARY KEY (condition_id, system, value)
    )",
    "CREATE INDEX code_value ON code (system, value)",
    // `child_rank` and `child_sort_key` repeat the child's, so that a page of a large family is one
    // walk along an index.
    "CREATE TABLE lineage (
        child_id {uuid} NOT NULL REFERENCES condition (id),
        parent_id {uuid} NOT NULL REFERENCES condition (id),
        child_rank TEXT NOT NULL,
        child_sort_key {key} NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (child_id, parent_id)
    )",
    "CREATE INDEX lineage_parent ON lineage (parent_id, child_rank, child_sort_key)",
    "CREATE TABLE section (
        id {uuid} PRIMARY KEY,
        condition_id {uuid} NOT NULL REFERENCES condition (id),
        kind TEXT NOT NULL,
        language TEXT NOT NULL,
        head_id {uuid}
    )",
    "CREATE UNIQUE INDEX section_condition ON section (condition_id, language, kind)",
    // The number beside the UUID is for full-text search: implicit row ids move at VACUUM.
    "CREATE TABLE revision (
        number {serial},
        id {uuid} NOT NULL UNIQUE,
        section_id {uuid} NOT NULL REFERENCES section (id),
        base_id {uuid},
        language TEXT NOT NULL,
        markdown TEXT NOT NULL,
        html TEXT NOT NULL,
        origin TEXT NOT NULL,
        author_id {uuid},
        source_name TEXT,
        source_year INTEGER,
        source_url TEXT,
        created_at BIGINT NOT NULL
    )",
    "CREATE INDEX revision_section ON revision (section_id, number)",
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
    "CREATE TABLE event (
        id {uuid} PRIMARY KEY,
        sequence BIGINT UNIQUE,
        time BIGINT NOT NULL,
        actor TEXT NOT NULL,
        actor_id {uuid},
        kind TEXT NOT NULL,
        subject_id {uuid},
        community_id {uuid},
        hash {bytes}
    )",
    "CREATE TABLE epoch (
        id INTEGER PRIMARY KEY,
        site BIGINT NOT NULL,
        catalogue BIGINT NOT NULL
    )",
    "INSERT INTO epoch (id, site, catalogue) VALUES (1, 1, 1)",
];

const TABLES: &[&str] = &[
    "epoch",
    "event",
    "reference",
    "tip",
    "revision",
    "section",
    "lineage",
    "code",
    "synonym",
    "condition_slug",
    "condition",
    "source",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261123_000001_foundation"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    // SQLite's migrations are not transactional by default.
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
