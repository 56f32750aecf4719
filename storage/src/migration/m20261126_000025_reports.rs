use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::{changed::Shown, dialect::run};

/// Reports and the cases that moderators make of them, and suspensions that end by themselves.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE account ADD COLUMN suspended_until BIGINT",
    "CREATE INDEX account_suspended_until ON account (suspended_until)
        WHERE suspended_until IS NOT NULL",
    "ALTER TABLE moderation_action ADD COLUMN until_at BIGINT",
    // Whose post, resource or text it is, is not here: that is found through it.
    "CREATE TABLE report_case (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        topic_id {uuid} REFERENCES topic (id) ON DELETE SET NULL,
        post_number BIGINT,
        resource_id {uuid} REFERENCES resource (id) ON DELETE SET NULL,
        member_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        condition_id {uuid} REFERENCES condition (id) ON DELETE SET NULL,
        section TEXT,
        tip TEXT,
        revision_number BIGINT,
        copy_title TEXT NOT NULL,
        copy_text TEXT NOT NULL,
        place BIGINT NOT NULL,
        reports BIGINT NOT NULL,
        opened_at BIGINT NOT NULL,
        state TEXT NOT NULL,
        answer TEXT NOT NULL,
        closed_at BIGINT,
        closed_by {uuid} REFERENCES account (id) ON DELETE SET NULL
    )",
    // What is reported by two at once becomes one case.
    "CREATE UNIQUE INDEX report_case_subject ON report_case (subject) WHERE closed_at IS NULL",
    "CREATE INDEX report_case_open ON report_case (place, opened_at, id) WHERE closed_at IS NULL",
    "CREATE INDEX report_case_closed ON report_case (closed_at, id) WHERE closed_at IS NOT NULL",
    "CREATE INDEX report_case_copy ON report_case (closed_at) WHERE copy_title <> ''",
    "CREATE INDEX report_case_topic ON report_case (topic_id, post_number)",
    "CREATE INDEX report_case_resource ON report_case (resource_id)",
    "CREATE INDEX report_case_member ON report_case (member_id)",
    "CREATE INDEX report_case_condition ON report_case (condition_id)",
    "CREATE INDEX report_case_closed_by ON report_case (closed_by)",
    "CREATE TABLE report (
        id {uuid} PRIMARY KEY,
        public_id TEXT NOT NULL UNIQUE,
        case_id {uuid} NOT NULL REFERENCES report_case (id) ON DELETE CASCADE,
        account_id {uuid} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
        reason TEXT NOT NULL,
        text TEXT NOT NULL,
        made_at BIGINT NOT NULL,
        added_at BIGINT,
        UNIQUE (case_id, account_id)
    )",
    "CREATE INDEX report_account ON report (account_id, made_at, id)",
    "CREATE TABLE report_note (
        id {uuid} PRIMARY KEY,
        case_id {uuid} NOT NULL REFERENCES report_case (id) ON DELETE CASCADE,
        account_id {uuid} REFERENCES account (id) ON DELETE SET NULL,
        text TEXT NOT NULL,
        written_at BIGINT NOT NULL
    )",
    "CREATE INDEX report_note_case ON report_note (case_id, written_at, id)",
    "CREATE INDEX report_note_account ON report_note (account_id)",
];

const DOWN: &[&str] = &[
    "DROP TABLE report_note",
    "DROP TABLE report",
    "DROP TABLE report_case",
    "DELETE FROM notification WHERE topic_id IS NULL AND condition_id IS NULL",
    "ALTER TABLE moderation_action DROP COLUMN until_at",
    "DROP INDEX account_suspended_until",
    "ALTER TABLE account DROP COLUMN suspended_until",
];

/// As before.
const BEFORE: Shown = Shown {
    not_when_new: true,
    when: "NOT EXISTS (SELECT 1 FROM profile p WHERE p.account_id = {row}.id) \
           OR EXISTS (SELECT 1 FROM profile p WHERE p.account_id = {row}.id \
           AND 'everyone' IN (p.name_audience, p.about_audience, p.picture_audience, \
           p.listed_audience)) OR EXISTS (SELECT 1 FROM membership m \
           WHERE m.account_id = {row}.id AND m.audience = 'everyone')",
    columns: &["handle", "display_name", "name_key", "standing"],
    ..Shown::whole("account")
};

/// When a suspension ends is shown, too: the person is there again.
const AFTER: Shown = Shown {
    columns: &[
        "handle",
        "display_name",
        "name_key",
        "standing",
        "suspended_until",
    ],
    ..BEFORE
};

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000025_reports"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await?;
        BEFORE.forget(manager).await?;
        AFTER.note(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        AFTER.forget(manager).await?;
        run(DOWN, manager).await?;
        BEFORE.note(manager).await
    }
}
