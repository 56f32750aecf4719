use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

use super::{changed::Shown, dialect::run};

/// What visitors are shown otherwise is noted by triggers, and takes the place of the one count of all
/// changes.
pub(super) struct Migration;

const UP: &[&str] = &[
    "CREATE TABLE change (
        batch BIGINT NOT NULL,
        tag TEXT NOT NULL,
        noted_at BIGINT NOT NULL,
        PRIMARY KEY (batch, tag)
    )",
    "CREATE INDEX change_noted ON change (noted_at)",
    // The batch of the change that is under way, where there is one writer. PostgreSQL has numbers of
    // its own for its transactions.
    "CREATE TABLE change_batch (value BIGINT NOT NULL)",
    "INSERT INTO change_batch (value) VALUES (1)",
    "DROP TABLE epoch",
];

const DOWN: &[&str] = &[
    "CREATE TABLE epoch (
        id INTEGER PRIMARY KEY,
        site BIGINT NOT NULL,
        catalogue BIGINT NOT NULL
    )",
    "INSERT INTO epoch (id, site, catalogue) VALUES (1, 1, 1)",
    "DROP TABLE change_batch",
    "DROP TABLE change",
];

const OF_SECTION: &str = "(SELECT 'condition:' || {hex(s.condition_id)} FROM section s \
     WHERE s.id = {row}.section_id)";
const OF_CONDITION: &str = "'condition:' || {hex({row}.condition_id)}";

const SHOWN: &[Shown] = &[
    Shown::whole("source"),
    Shown::whole("condition"),
    Shown::whole("condition_slug"),
    Shown::whole("synonym"),
    Shown::whole("code"),
    Shown::whole("hidden_name"),
    Shown::whole("lineage"),
    Shown::whole("relative"),
    Shown::whole("replacement"),
    Shown::whole("trial"),
    Shown::whole("trial_condition"),
    Shown::whole("account_role"),
    Shown {
        // Who joins is shown nowhere before they show something.
        not_when_new: true,
        // Behind an account that is deleted, its profile is gone.
        when: "NOT EXISTS (SELECT 1 FROM profile p WHERE p.account_id = {row}.id) \
               OR EXISTS (SELECT 1 FROM profile p WHERE p.account_id = {row}.id \
               AND 'everyone' IN (p.name_audience, p.about_audience, p.picture_audience, \
               p.listed_audience)) OR EXISTS (SELECT 1 FROM membership m \
               WHERE m.account_id = {row}.id AND m.audience = 'everyone')",
        columns: &["handle", "display_name", "name_key", "standing"],
        ..Shown::whole("account")
    },
    Shown {
        when: "'everyone' IN ({row}.name_audience, {row}.about_audience, {row}.picture_audience, \
               {row}.listed_audience) \
               OR EXISTS (SELECT 1 FROM membership m WHERE m.account_id = {row}.account_id \
               AND m.audience = 'everyone')",
        ..Shown::whole("profile")
    },
    Shown {
        when: "EXISTS (SELECT 1 FROM profile p WHERE p.account_id = {row}.account_id \
               AND p.picture_audience = 'everyone')",
        ..Shown::whole("picture")
    },
    Shown {
        when: "{row}.audience = 'everyone'",
        tags: &[OF_CONDITION],
        ..Shown::whole("membership")
    },
    Shown {
        tags: &[OF_CONDITION],
        ..Shown::whole("section")
    },
    Shown {
        tags: &[OF_SECTION],
        ..Shown::whole("revision")
    },
    Shown {
        tags: &[OF_SECTION],
        ..Shown::whole("review")
    },
    Shown {
        tags: &[OF_SECTION],
        ..Shown::whole("proposal")
    },
    Shown {
        tags: &[OF_CONDITION],
        ..Shown::whole("helped")
    },
    Shown {
        when: "{row}.audience = 'everyone'",
        tags: &[OF_CONDITION, "'topic:' || {row}.public_id"],
        ..Shown::whole("topic")
    },
    Shown {
        when: "EXISTS (SELECT 1 FROM topic t WHERE t.id = {row}.topic_id \
               AND t.audience = 'everyone')",
        tags: &[
            "(SELECT 'condition:' || {hex(t.condition_id)} FROM topic t \
             WHERE t.id = {row}.topic_id)",
            "(SELECT 'topic:' || t.public_id FROM topic t WHERE t.id = {row}.topic_id)",
        ],
        ..Shown::whole("post")
    },
    Shown {
        when: "EXISTS (SELECT 1 FROM post p JOIN topic t ON t.id = p.topic_id \
               WHERE p.id = {row}.post_id AND t.audience = 'everyone')",
        tags: &[
            "(SELECT 'condition:' || {hex(t.condition_id)} FROM post p \
             JOIN topic t ON t.id = p.topic_id WHERE p.id = {row}.post_id)",
            "(SELECT 'topic:' || t.public_id FROM post p JOIN topic t ON t.id = p.topic_id \
             WHERE p.id = {row}.post_id)",
        ],
        ..Shown::whole("post_version")
    },
    Shown {
        when: "{row}.state = 'leading'",
        tags: &[OF_CONDITION],
        ..Shown::whole("leadership")
    },
    Shown {
        // A leadership counts with it.
        when: "{row}.set_up_at IS NOT NULL AND EXISTS (SELECT 1 FROM leadership l \
               WHERE l.account_id = {row}.account_id AND l.state = 'leading')",
        columns: &["set_up_at"],
        ..Shown::whole("second_factor")
    },
    Shown {
        when: "EXISTS (SELECT 1 FROM topic t WHERE t.id = {row}.topic_id \
               AND t.audience = 'everyone')",
        tags: &[OF_CONDITION],
        ..Shown::whole("pinned_topic")
    },
    Shown {
        when: "{row}.state = 'approved'",
        tags: &[OF_CONDITION],
        ..Shown::whole("resource")
    },
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m20261126_000023_changes"
    }
}

#[async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(UP, manager).await?;
        for shown in SHOWN {
            shown.note(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for shown in SHOWN {
            shown.forget(manager).await?;
        }
        run(DOWN, manager).await
    }
}
