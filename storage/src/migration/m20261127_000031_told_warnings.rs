use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::dialect::run;

/// Notifications of warnings become such of decisions.
pub(super) struct Migration;

const UP: &[&str] = &[
    // Of several that tell of the same warning the first is kept: a person is told once of a decision.
    "DELETE FROM notification WHERE kind = 'warning' AND NOT EXISTS
        (SELECT 1 FROM moderation_action o WHERE o.account_id = notification.account_id
        AND o.kind = 'warn' AND o.created_at <= notification.created_at
        AND NOT EXISTS (SELECT 1 FROM notification n
            WHERE n.account_id = notification.account_id AND n.kind = 'warning'
            AND n.id < notification.id AND n.created_at >= o.created_at))",
    "UPDATE notification SET kind = 'decision', decision =
        (SELECT o.public_id FROM moderation_action o
        WHERE o.account_id = notification.account_id AND o.kind = 'warn'
        AND o.created_at <= notification.created_at
        ORDER BY o.created_at DESC, o.id DESC LIMIT 1)
     WHERE kind = 'warning'",
];

const DOWN: &[&str] = &[
    "UPDATE notification SET kind = 'warning', decision = NULL
     WHERE kind = 'decision' AND decision IN
        (SELECT o.public_id FROM moderation_action o WHERE o.kind = 'warn')",
    // Nothing told of invitations.
    "DELETE FROM notification WHERE kind = 'invitation'",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261127_000031_told_warnings"
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
