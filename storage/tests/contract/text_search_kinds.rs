//! What of sections and resources is found, and the index itself.

use domain::{
    account::{Actor, Role},
    community::{Discussions, Resources, TopicAudience::Everyone},
    search::SearchIn::{self, Discussions as Talk, Resources as Links, Texts},
    wiki::{Decision, Revisions, Saved, SectionKind},
};
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use storage::{DatabaseKind, migration::Migrator};

use crate::{
    bed::Bed,
    release::{mondo, obsolete, term},
    resources::recommended,
    text_search::is_stored,
    texts::{about, draft, sections},
    writers::{ALPHA, BETA},
};

contract! {
    sections_are_found_by_the_text_on_the_page,
    texts_of_files_are_found_unless_they_are_held_or_withdrawn,
    resources_are_found_once_they_are_approved,
    what_was_there_before_the_index_is_found,
    the_index_is_used,
}

async fn sections_are_found_by_the_text_on_the_page(bed: Bed) {
    bed.with_conditions().await;
    let newcomer = bed.writer(1, None).await;
    let expert = bed.writer(2, Some(Role::Moderator)).await;
    let references = draft(
        &[(SectionKind::Cause, "It is a *gene*.[@study]")],
        &[],
        &["study"],
    );
    bed.fill("MONDO:1", references).await;
    let expected = ["alpha-disease cause Cause: It is a [gene]."];
    assert_eq!(bed.hits_in(Actor::Visitor, Texts, "genes").await, expected);
    assert!(bed.hits_in(Actor::Visitor, Texts, "study").await.is_empty());
    // Of lists nothing is found.
    bed.add_tip(ALPHA, "Rest", "Gene of a tip.").await;
    assert_eq!(bed.hits_in(Actor::Visitor, Texts, "gene").await, expected);
    // What waits is not there yet.
    let saved = bed
        .write(newcomer, ALPHA, SectionKind::Symptoms, "A qxpanther.")
        .await
        .unwrap();
    let Saved::Proposed(id) = saved else {
        panic!("{saved:?}");
    };
    assert!(bed.hits_in(newcomer, Texts, "qxpanther").await.is_empty());
    assert!(!is_stored(&bed, "qxpanther").await);
    let decision = Decision::Accept {
        base: None,
        markdown: "A qxpanther.".to_owned(),
    };
    let wiki = bed.storage.wiki();
    wiki.decide(expert, &id, decision).await.unwrap();
    assert_eq!(
        bed.hits_in(Actor::Visitor, Texts, "qxpanther").await,
        ["alpha-disease symptoms Symptoms: A [qxpanther]."]
    );
    bed.save(ALPHA, SectionKind::Cause, "Nobody knows.").await;
    assert!(bed.hits_in(Actor::Visitor, Texts, "gene").await.is_empty());
    let newest = bed.hits_in(Actor::Visitor, Texts, "nobody").await;
    assert_eq!(newest, ["alpha-disease cause Cause: [Nobody] knows."]);
    // The page of a condition that was merged into another one is no more.
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    assert!(
        bed.hits_in(Actor::Visitor, Texts, "nobody")
            .await
            .is_empty()
    );
}

async fn texts_of_files_are_found_unless_they_are_held_or_withdrawn(bed: Bed) {
    bed.with_conditions().await;
    let cause = SectionKind::Cause;
    bed.read_in(sections([
        about("Alpha disease", "MONDO:1", cause, "A qxpanther."),
        about("Something else", "MONDO:2", cause, "A qxgiraff."),
    ]))
    .await;
    assert_eq!(
        bed.hits_in(Actor::Visitor, Texts, "qxpanther").await.len(),
        1
    );
    assert!(
        bed.hits_in(Actor::Visitor, Texts, "qxgiraff")
            .await
            .is_empty()
    );
    assert!(!is_stored(&bed, "qxgiraff").await);
    bed.read_in(sections([about(
        "Alpha disease",
        "MONDO:1",
        cause,
        "A qxocelot.",
    )]))
    .await;
    assert!(
        bed.hits_in(Actor::Visitor, Texts, "qxpanther")
            .await
            .is_empty()
    );
    assert_eq!(
        bed.hits_in(Actor::Visitor, Texts, "qxocelot").await.len(),
        1
    );
    let connection = bed.connection().await;
    connection
        .execute_unprepared("UPDATE section SET head_id = NULL")
        .await
        .unwrap();
    assert!(!is_stored(&bed, "qxocelot").await);
}

async fn resources_are_found_once_they_are_approved(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let draft = recommended("Guide to qxpanthers", "https://example.org/zebra");
    let id = bed.suggest(ada, ALPHA, draft).await.unwrap();
    for actor in [ada, moderator] {
        assert!(bed.hits_in(actor, Links, "qxpanther").await.is_empty());
    }
    bed.approve(moderator, &id).await.unwrap();
    let expected = ["alpha-disease resource Guide to qxpanthers: [What] it [is]."];
    for actor in [Actor::Visitor, ada] {
        assert_eq!(bed.hits_in(actor, Links, "\"what\" is").await, expected);
        assert_eq!(bed.hits_in(actor, Links, "qxpanthers").await.len(), 1);
        assert!(bed.hits_in(actor, Links, "zebra").await.is_empty());
        assert!(bed.hits_in(actor, Talk, "qxpanther").await.is_empty());
    }
    // They follow a condition that is replaced.
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    let found = bed.hits_in(Actor::Visitor, Links, "qxpanther").await;
    assert_eq!(
        found,
        ["beta-disease resource Guide to qxpanthers: What it is."]
    );
    resources.remove(moderator, &id, "Gone").await.unwrap();
    assert!(bed.hits_in(moderator, Links, "qxpanther").await.is_empty());
    assert!(!is_stored(&bed, "qxpanther").await);
}

async fn what_was_there_before_the_index_is_found(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "Qxlynx", Everyone).await.unwrap();
    // Faster than by the service, and more than are read at once.
    let values: Vec<String> = (0..510)
        .map(|number| {
            let key = format!("{number:08x}-0000-7000-8000-000000000000");
            let key = match bed.kind() {
                DatabaseKind::Sqlite => format!("x'{}'", key.replace('-', "")),
                DatabaseKind::Postgres => format!("'{key}'::uuid"),
            };
            format!("({key}, {})", number + 100)
        })
        .collect();
    let connection = bed.connection().await;
    let many = format!(
        "WITH many (id, number) AS (VALUES {}) \
         INSERT INTO post (id, topic_id, number, version, text, html, created_at) \
         SELECT many.id, topic.id, many.number, 1, 'x', '<p>Qxocelot</p>', 0 FROM topic, many",
        values.join(", ")
    );
    connection.execute_unprepared(&many).await.unwrap();
    bed.reply(ada, &id, "A qxpanther").await.unwrap();
    bed.storage
        .communities()
        .delete_post(ada, &id, 2, "")
        .await
        .unwrap();
    bed.save(BETA, SectionKind::Cause, "A qxlynx.").await;
    let draft = recommended("Qxlynx", "https://example.org/");
    let resource = bed.suggest(ada, ALPHA, draft).await.unwrap();
    bed.approve(moderator, &resource).await.unwrap();
    let draft = recommended("Qxocelot", "https://example.org/2");
    bed.suggest(ada, ALPHA, draft).await.unwrap();
    let found = async |bed: &Bed| {
        let mut found = Vec::new();
        for within in SearchIn::ALL {
            found.extend(bed.hits_in(Actor::Visitor, within, "qxlynx").await);
        }
        found
    };
    let before = found(&bed).await;
    assert_eq!(before.len(), 3);
    Migrator::down(&connection, Some(after_the_index()))
        .await
        .unwrap();
    Migrator::up(&connection, None).await.unwrap();
    drop(connection);
    assert_eq!(found(&bed).await, before);
    let documents = "SELECT count(*) FROM search_document WHERE kind = 'post' AND body <> ''";
    assert_eq!(bed.number(documents).await, 511);
    assert!(bed.hits_in(ada, Talk, "qxpanther").await.is_empty());
    assert!(bed.hits_in(ada, Links, "qxocelot").await.is_empty());
    assert!(!is_stored(&bed, "qxpanther").await);
}

/// How many migrations there are from that of the index on.
fn after_the_index() -> u32 {
    let migrations = Migrator::migrations();
    let at = migrations
        .iter()
        .position(|migration| migration.name() == "m20261126_000018_text_search");
    u32::try_from(migrations.len() - at.unwrap()).unwrap()
}

/// Neither database reads all documents to find some.
async fn the_index_is_used(bed: Bed) {
    bed.with_conditions().await;
    let plan = match bed.kind() {
        DatabaseKind::Sqlite => {
            let sql = "EXPLAIN QUERY PLAN SELECT d.number FROM search_index \
                       CROSS JOIN search_document d ON d.number = search_index.rowid \
                       CROSS JOIN post p ON p.id = d.subject_id \
                       CROSS JOIN topic t ON t.id = p.topic_id \
                       WHERE search_index MATCH '{kind} : \"post\" AND {title body} : (\"a\")' \
                       AND t.audience = 'everyone' \
                       ORDER BY search_index.rowid DESC LIMIT 20";
            let rows = bed.rows(sql).await;
            let steps = rows.iter().map(|row| row.try_get("", "detail").unwrap());
            steps.collect::<Vec<String>>()
        }
        DatabaseKind::Postgres => {
            let connection = bed.connection().await;
            connection
                .execute_unprepared("SET enable_seqscan = off")
                .await
                .unwrap();
            let sql = "EXPLAIN SELECT d.number FROM search_document d \
                       WHERE d.kind = 'post' AND d.words @@ to_tsquery('simple', '''a''') \
                       ORDER BY d.number DESC LIMIT 20";
            let rows = connection
                .query_all_raw(sea_orm::Statement::from_string(
                    connection.get_database_backend(),
                    sql,
                ))
                .await
                .unwrap();
            let steps = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
            steps.collect()
        }
    };
    let plan = plan.join("\n");
    match bed.kind() {
        DatabaseKind::Sqlite => assert!(
            plan.contains("search_index VIRTUAL TABLE INDEX")
                && !plan.contains("TEMP B-TREE")
                && !plan.contains("SCAN d")
                && !plan.contains("SCAN p"),
            "{plan}"
        ),
        DatabaseKind::Postgres => assert!(plan.contains("search_document_post"), "{plan}"),
    }
}
