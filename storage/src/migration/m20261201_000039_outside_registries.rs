use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::{changed::Shown, dialect::run};

/// Registries elsewhere, to which communities send people.
pub(super) struct Migration;

const UP: &[&str] = &["CREATE TABLE outside_registry (
        condition_id {uuid} PRIMARY KEY REFERENCES condition (id),
        name TEXT NOT NULL,
        link TEXT NOT NULL,
        updated_at BIGINT NOT NULL
    )"];

const DOWN: &[&str] = &["DROP TABLE outside_registry"];

/// Read with the condition, whose page is made anew with any other condition as well.
const OUTSIDE_REGISTRY: Shown = Shown::whole("outside_registry");

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261201_000039_outside_registries"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await?;
        OUTSIDE_REGISTRY.note(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        OUTSIDE_REGISTRY.forget(manager).await?;
        run(DOWN, manager).await
    }
}
