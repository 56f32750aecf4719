//! The schema: what the entities say is what the database has.

use std::collections::BTreeMap;

use domain::wiki::SectionKind;
use sea_orm::{ColumnTrait, ColumnType, ConnectionTrait, EntityTrait, IdenStatic, Iterable};
use sea_orm_migration::MigratorTrait;
use storage::{
    DatabaseKind, Storage,
    account::entity::{
        account, account_role, activity, begun_sign_in, known_device, mail_link, member_list_walk,
        moderation_action, recovery_code, second_factor, session, throttle,
    },
    catalogue::entity::{
        code, condition, condition_slug, hidden_name, lineage, relative, replacement, source,
        synonym,
    },
    community::entity::{
        alias, alias_lookup, appeal, community_request, community_welcome, condition_follow,
        content_moderation, feed_visit, first_post, hidden_text, leadership, membership, mute,
        notification, notification_mail, pinned_topic, post, post_draft, post_version, reaction,
        report, report_case, report_note, resource, topic, topic_follow, unsubscribe_link,
    },
    encryption::entity as key_check,
    event::{entity as event, head as event_head, reader},
    mail::entity as outbox,
    migration::{Migrator, pending},
    profile::entity::{picture, profile},
    quota::entity as quota,
    search::entity as search_document,
    submission,
    trials::entity::{trial, trial_condition, trial_subject},
    wiki::entity::{draft, held_document, held_text, helped, proposal, review, revision, section},
};

use crate::{
    bed::Bed,
    release::{mondo, term},
    texts::draft,
};

contract! {
    entities_match_the_schema,
    every_table_has_an_entity,
    times_are_microseconds,
    sort_keys_are_compared_bytewise,
    down_and_up_again,
    lists_of_former_tables_become_sections,
    opening_again_keeps_everything,
    a_check_finds_nothing_wrong,
}

/// Name, type and whether it may be empty, of every column of a table.
async fn columns(bed: &Bed, table: &str) -> BTreeMap<String, (String, bool)> {
    let (sql, name, kind) = match bed.kind() {
        DatabaseKind::Sqlite => (
            // A primary key's column may be empty in SQLite's view unless it says otherwise.
            format!(
                "SELECT name, type, \"notnull\" = 0 AND pk = 0 AS empty FROM pragma_table_info('{table}')"
            ),
            "name",
            "type",
        ),
        DatabaseKind::Postgres => (
            format!(
                "SELECT column_name::text AS name, data_type::text AS type, \
                 is_nullable = 'YES' AS empty FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' \
                 AND is_generated = 'NEVER'"
            ),
            "name",
            "type",
        ),
    };
    let rows = bed.rows(&sql).await;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("", kind).unwrap();
            let empty: bool = row.try_get("", "empty").unwrap();
            (row.try_get("", name).unwrap(), (kind.to_lowercase(), empty))
        })
        .collect()
}

fn fits(kind: DatabaseKind, column: &ColumnType, stored: &str) -> bool {
    match (column, kind) {
        (ColumnType::Uuid, DatabaseKind::Postgres) => stored == "uuid",
        (ColumnType::Uuid, DatabaseKind::Sqlite) => stored == "blob",
        (ColumnType::String(_) | ColumnType::Text, _) => stored == "text",
        // SQLite's numbered keys have to be declared so.
        (ColumnType::BigInteger, DatabaseKind::Sqlite) => ["bigint", "integer"].contains(&stored),
        (ColumnType::BigInteger, DatabaseKind::Postgres) => stored == "bigint",
        (ColumnType::Integer, _) => stored == "integer",
        (ColumnType::Boolean, _) => stored == "boolean",
        (ColumnType::Binary(_) | ColumnType::VarBinary(_) | ColumnType::Blob, _) => {
            ["bytea", "blob"].contains(&stored)
        }
        _ => false,
    }
}

pub(crate) async fn matches<E: EntityTrait>(bed: &Bed, entity: E) {
    let table = entity.table_name();
    // What reads nothing still names every column.
    E::find()
        .all(bed.storage.database().readers())
        .await
        .unwrap();
    let mut stored = columns(bed, table).await;
    for column in E::Column::iter() {
        let name = column.as_str();
        let Some((kind, empty)) = stored.remove(name) else {
            panic!("{table}.{name} is not in the schema");
        };
        let definition = column.def();
        let expected = definition.get_column_type();
        assert!(
            fits(bed.kind(), expected, &kind),
            "{table}.{name} is {kind}, not {expected:?}"
        );
        assert_eq!(
            definition.is_null(),
            empty,
            "whether {table}.{name} may be empty"
        );
    }
    assert!(stored.is_empty(), "{table} has more columns: {stored:?}");
}

async fn entities_match_the_schema(bed: Bed) {
    matches(&bed, source::Entity).await;
    matches(&bed, condition::Entity).await;
    matches(&bed, condition_slug::Entity).await;
    matches(&bed, synonym::Entity).await;
    matches(&bed, code::Entity).await;
    matches(&bed, lineage::Entity).await;
    matches(&bed, section::Entity).await;
    matches(&bed, revision::Entity).await;
    matches(&bed, helped::Entity).await;
    matches(&bed, held_document::Entity).await;
    matches(&bed, held_text::Entity).await;
    matches(&bed, draft::Entity).await;
    matches(&bed, proposal::Entity).await;
    matches(&bed, review::Entity).await;
    matches(&bed, hidden_name::Entity).await;
    matches(&bed, relative::Entity).await;
    matches(&bed, replacement::Entity).await;
    matches(&bed, event::Entity).await;
    matches(&bed, event_head::Entity).await;
    matches(&bed, account::Entity).await;
    matches(&bed, account_role::Entity).await;
    matches(&bed, session::Entity).await;
    matches(&bed, begun_sign_in::Entity).await;
    matches(&bed, key_check::Entity).await;
    matches(&bed, known_device::Entity).await;
    matches(&bed, recovery_code::Entity).await;
    matches(&bed, second_factor::Entity).await;
    matches(&bed, mail_link::Entity).await;
    matches(&bed, member_list_walk::Entity).await;
    matches(&bed, moderation_action::Entity).await;
    matches(&bed, profile::Entity).await;
    matches(&bed, picture::Entity).await;
    matches(&bed, membership::Entity).await;
    matches(&bed, content_moderation::Entity).await;
    matches(&bed, hidden_text::Entity).await;
    matches(&bed, alias::Entity).await;
    matches(&bed, alias_lookup::Entity).await;
    matches(&bed, first_post::Entity).await;
    matches(&bed, post_draft::Entity).await;
    matches(&bed, appeal::Entity).await;
    matches(&bed, leadership::Entity).await;
    matches(&bed, community_welcome::Entity).await;
    matches(&bed, pinned_topic::Entity).await;
    matches(&bed, community_request::Entity).await;
    matches(&bed, report::Entity).await;
    matches(&bed, report_case::Entity).await;
    matches(&bed, report_note::Entity).await;
    matches(&bed, resource::Entity).await;
    matches(&bed, trial::Entity).await;
    matches(&bed, trial_condition::Entity).await;
    matches(&bed, trial_subject::Entity).await;
    matches(&bed, topic::Entity).await;
    matches(&bed, post::Entity).await;
    matches(&bed, post_version::Entity).await;
    matches(&bed, reaction::Entity).await;
    matches(&bed, mute::Entity).await;
    matches(&bed, topic_follow::Entity).await;
    matches(&bed, feed_visit::Entity).await;
    matches(&bed, notification::Entity).await;
    matches(&bed, condition_follow::Entity).await;
    matches(&bed, notification_mail::Entity).await;
    matches(&bed, unsubscribe_link::Entity).await;
    matches(&bed, reader::Entity).await;
    matches(&bed, search_document::Entity).await;
    matches(&bed, throttle::Entity).await;
    matches(&bed, submission::Entity).await;
    matches(&bed, quota::Entity).await;
    matches(&bed, activity::Entity).await;
    matches(&bed, outbox::Entity).await;
}

async fn tables(bed: &Bed) -> Vec<String> {
    bed.texts(match bed.kind() {
        DatabaseKind::Sqlite => {
            // Without the search index, which is a virtual table with tables of its own.
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
             AND name NOT LIKE 'sqlite%' ORDER BY name"
        }
        DatabaseKind::Postgres => {
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = 'public' ORDER BY table_name::text COLLATE \"C\""
        }
    })
    .await
}

/// A table that is added here needs a line like those above.
async fn every_table_has_an_entity(bed: Bed) {
    assert_eq!(
        tables(&bed).await,
        [
            "account",
            "account_activity",
            "account_role",
            "alias",
            "alias_lookup",
            "appeal",
            "begun_sign_in",
            "change",
            "change_batch",
            "code",
            "community_request",
            "community_welcome",
            "condition",
            "condition_follow",
            "condition_slug",
            "content_moderation",
            "draft",
            "event",
            "event_head",
            "feed_visit",
            "first_post",
            "held_document",
            "held_text",
            "helped",
            "hidden_name",
            "hidden_text",
            "key_check",
            "known_device",
            "leadership",
            "lineage",
            "mail_link",
            "member_list_walk",
            "membership",
            "moderation_action",
            "mute",
            "notification",
            "notification_mail",
            "outbox",
            "outside_registry",
            "picture",
            "pinned_topic",
            "post",
            "post_draft",
            "post_version",
            "profile",
            "proposal",
            "quota",
            "reaction",
            "reader",
            "recovery_code",
            "registry_access",
            "registry_document",
            "registry_event",
            "registry_event_head",
            "registry_hand_over",
            "registry_holder",
            "registry_identity",
            "registry_key",
            "registry_participant",
            "registry_reminder",
            "registry_request",
            "registry_screening",
            "relative",
            "replacement",
            "report",
            "report_case",
            "report_note",
            "resource",
            "review",
            "revision",
            "seaql_migrations",
            "search_document",
            "second_factor",
            "section",
            "session",
            "source",
            "submission",
            "synonym",
            "throttle",
            "topic",
            "topic_follow",
            "trial",
            "trial_condition",
            "trial_subject",
            "unsubscribe_link",
        ]
    );
}

async fn times_are_microseconds(bed: Bed) {
    let mut times = 0;
    for table in tables(&bed).await {
        if table == "seaql_migrations" {
            continue;
        }
        for (column, (kind, _)) in columns(&bed, &table).await {
            if column == "time" || column.ends_with("_at") {
                times += 1;
                assert_eq!(kind, "bigint", "{table}.{column}");
            }
            let is_date = ["date", "time", "real", "double"]
                .iter()
                .any(|word| kind.contains(word));
            assert!(!is_date, "{table}.{column} is {kind}");
        }
    }
    assert!(times >= 7);
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let created = bed.number("SELECT created_at FROM condition").await;
    assert_eq!(created, bed.storage.database().now().0);
}

async fn sort_keys_are_compared_bytewise(bed: Bed) {
    if bed.kind() == DatabaseKind::Sqlite {
        // BINARY is SQLite's default; nothing may say otherwise.
        let others = "SELECT count(*) FROM sqlite_schema WHERE upper(sql) LIKE '%COLLATE%'";
        assert_eq!(bed.number(others).await, 0);
        return;
    }
    let bytewise = bed
        .texts(
            "SELECT (table_name || '.' || column_name)::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND collation_name = 'C' ORDER BY 1",
        )
        .await;
    for column in [
        "condition.sort_key",
        "account.name_key",
        "lineage.child_sort_key",
        "synonym.name_key",
        "trial_condition.nct_id",
        "trial_condition.updated",
    ] {
        assert!(bytewise.iter().any(|name| name == column), "{column}");
    }
}

async fn down_and_up_again(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    assert_eq!(pending(bed.storage.database()).await.unwrap(), 0);
    let before = tables(&bed).await;
    let connection = bed.connection().await;
    Migrator::down(&connection, None).await.unwrap();
    assert_eq!(tables(&bed).await, ["seaql_migrations"]);
    assert!(pending(bed.storage.database()).await.unwrap() > 0);
    drop(connection);
    let again = bed.second().await;
    assert_eq!(tables(&again).await, before);
    assert!(again.all().await.is_empty());
    again.import(mondo([term("MONDO:1", "alpha")])).await;
    assert_eq!(again.all().await.len(), 1);
}

async fn lists_of_former_tables_become_sections(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let connection = bed.connection().await;
    let migrations = Migrator::migrations();
    let since = migrations
        .iter()
        .position(|migration| migration.name() == "m20261125_000007_entries")
        .unwrap();
    let steps = u32::try_from(migrations.len() - since).unwrap();
    Migrator::down(&connection, Some(steps)).await.unwrap();
    let id = "SELECT id FROM condition WHERE rank = 'condition'";
    for sql in [
        format!(
            "INSERT INTO reference (id, condition_id, citation_key, title, year, doi, position, created_at) \
             SELECT c.id, c.id, 'study', 'A & B', 2020, '10.1000/1', 0, 5 FROM condition c WHERE c.id = ({id})"
        ),
        format!(
            "INSERT INTO tip (id, condition_id, language, name, markdown, html, origin, position, created_at) \
             SELECT c.id, c.id, 'en', 'Rest', 'Often.', '<p>Often.</p>', 'starter', 0, 7 FROM condition c WHERE c.id = ({id})"
        ),
    ] {
        connection.execute_unprepared(&sql).await.unwrap();
    }
    drop(connection);
    let again = bed.second().await;
    let page = again.page("alpha").await;
    assert_eq!(page.tips[0].name, "Rest");
    assert_eq!(page.tips[0].html.as_str(), "<p>Often.</p>");
    assert_eq!(page.references[0].reference.year, Some(2020));
    assert_eq!(page.references[0].reference.title, "A & B");
    again.save("alpha", SectionKind::Cause, "So.[@study]").await;
    assert!(
        again
            .section("alpha", SectionKind::Cause)
            .await
            .contains("#reference-study")
    );
    again
        .fill("MONDO:1", draft(&[], &[("Other", "Tip.")], &["x"]))
        .await;
    assert_eq!(again.page("alpha").await.tips.len(), 1);
}

async fn opening_again_keeps_everything(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").synonym("first")]))
        .await;
    let before = bed.condition("alpha").await;
    let again = bed.second().await;
    assert_eq!(again.condition("alpha").await, before);
    assert_eq!(again.found("first").await, ["Alpha"]);
}

async fn a_check_finds_nothing_wrong(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let database = bed.storage.database();
    database.ping().await.unwrap();
    assert_eq!(database.check().await.unwrap(), None);
}

#[tokio::test]
async fn other_urls_are_refused() {
    #[derive(Debug)]
    struct Never;
    impl domain::time::Clock for Never {
        fn now(&self) -> domain::time::Timestamp {
            domain::time::Timestamp(0)
        }
    }
    for url in ["", "mysql://localhost/x", "data/rareshare.db", "sqlite"] {
        let key = storage::MasterKey::new(&[1; 32]);
        let opened = Storage::open(url, std::sync::Arc::new(Never), key).await;
        assert!(opened.is_err(), "{url}");
    }
}
