use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Topics that are questions to experts, and posts that answer them.
pub(super) struct Migration;

const UP: &[&str] = &[
    "ALTER TABLE topic ADD COLUMN kind TEXT NOT NULL DEFAULT 'discussion'",
    // Of questions, to find those that are alike.
    "ALTER TABLE topic ADD COLUMN title_words TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE topic ADD COLUMN expert_answers BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE topic ADD COLUMN decline_reason TEXT",
    // 'expert' or 'member': answers stand in the order of these names, then by number.
    "ALTER TABLE post ADD COLUMN answers_as {key}",
    "DROP INDEX topic_condition",
    "DROP INDEX topic_last_post",
    "CREATE INDEX topic_condition ON topic (condition_id, kind, last_post_at, id)",
    "CREATE INDEX topic_last_post ON topic (kind, last_post_at, id)",
    "CREATE INDEX topic_question ON topic
        (condition_id, (CASE WHEN expert_answers > 0 THEN 1 ELSE 0 END), last_post_at, id)
        WHERE kind = 'question' AND decline_reason IS NULL",
    "CREATE INDEX post_answer ON post (topic_id, answers_as, number)
        WHERE answers_as IS NOT NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX post_answer",
    "DROP INDEX topic_question",
    "DROP INDEX topic_last_post",
    "DROP INDEX topic_condition",
    "ALTER TABLE post DROP COLUMN answers_as",
    "ALTER TABLE topic DROP COLUMN decline_reason",
    "ALTER TABLE topic DROP COLUMN expert_answers",
    "ALTER TABLE topic DROP COLUMN title_words",
    "ALTER TABLE topic DROP COLUMN kind",
    "CREATE INDEX topic_condition ON topic (condition_id, last_post_at, id)",
    "CREATE INDEX topic_last_post ON topic (last_post_at, id)",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000021_questions"
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
