//! Searching what is written: what is found, in which order, and that nothing else is.

use domain::{
    Error, Result,
    account::{Actor, Role},
    community::{Discussions, Resources, TopicAudience},
    search::{SearchIn, TextHit, TextHits, TextPlace, TextSearch},
    wiki::{Decision, Revisions, Saved, SectionKind},
};
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use storage::{DatabaseKind, migration::Migrator};

use crate::{
    bed::Bed,
    release::{mondo, obsolete, term},
    resources::recommended,
    texts::{about, draft, sections},
    writers::{ALPHA, BETA},
};

contract! {
    words_are_found_in_their_forms_and_together,
    an_edit_a_deletion_and_a_new_title_leave_nothing_behind,
    sections_are_found_by_the_text_on_the_page,
    texts_of_files_are_found_unless_they_are_held_or_withdrawn,
    resources_are_found_once_they_are_approved,
    pages_go_on_behind_the_last_hit,
    a_community_is_searched_alone,
    the_first_of_each_kind_are_found_at_once,
    what_was_there_before_the_index_is_found,
    the_index_is_used,
}

use SearchIn::{Discussions as Talk, Resources as Links, Texts};
use TopicAudience::Everyone;

impl Bed {
    pub(crate) async fn try_texts(
        &self,
        actor: Actor,
        within: SearchIn,
        query: &str,
        after: Option<&str>,
    ) -> Result<TextHits> {
        let texts = self.storage.texts();
        texts.search_texts(actor, query, within, None, after).await
    }

    /// What a query finds, in words: place, title, snippet with marks.
    pub(crate) async fn hits_in(&self, actor: Actor, within: SearchIn, query: &str) -> Vec<String> {
        let found = self.try_texts(actor, within, query, None).await.unwrap();
        found.hits.iter().map(told).collect()
    }
}

pub(crate) fn told(hit: &TextHit) -> String {
    let place = match &hit.place {
        TextPlace::Section { kind } => kind.as_str().to_owned(),
        TextPlace::Post { number, .. } => number.to_string(),
        TextPlace::Resource { .. } => "resource".to_owned(),
    };
    let snippet: String = hit
        .snippet
        .iter()
        .map(|part| {
            if part.marked {
                format!("[{}]", part.text)
            } else {
                part.text.clone()
            }
        })
        .collect();
    format!("{} {place} {}: {snippet}", hit.condition.slug, hit.title)
}

async fn words_are_found_in_their_forms_and_together(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed
        .start(ada, ALPHA, "Days after an infusion", Everyone)
        .await
        .unwrap();
    let text = "I walk to the **Ménière’s** bakery & sleep.\n\n[A link](https://example.org/zebra)";
    bed.reply(ada, &id, text).await.unwrap();
    let first = "alpha-disease 1 Days after an infusion: The first post.";
    for query in ["infusions", "INFUSION", "infu", "after infusion day", "“days after”"] {
        assert_eq!(bed.hits_in(ada, Talk, query).await, [first], "{query}");
    }
    for (query, marked) in [
        ("walking", "I [walk] to the Ménière’s bakery & sleep. A link"),
        ("sleeps the walk", "I [walk] to the Ménière’s bakery & [sleep]. A link"),
        ("meniere bak", "I walk to the [Ménière’s bakery] & sleep. A link"),
        ("\"walk to the\"", "I [walk to the] Ménière’s bakery & sleep. A link"),
    ] {
        let expected = format!("alpha-disease 2 Days after an infusion: {marked}");
        assert_eq!(bed.hits_in(Actor::Visitor, Talk, query).await, [expected], "{query}");
    }
    // The title is the first post's alone; words of links' addresses and of markup are no words.
    for query in [
        "infusion walk",
        "\"walk the\"",
        "walker",
        "zebra",
        "strong",
        "https",
        "",
        "\"\"",
        "*",
        "walk NOT bakery",
    ] {
        assert_eq!(bed.hits_in(ada, Talk, query).await, [""; 0], "{query}");
    }
    // What is in the title comes first, then what is newer.
    bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(ada, &id, "One more walk.").await.unwrap();
    let numbers: Vec<String> = bed.hits_in(ada, Talk, "walk").await;
    assert_eq!(
        numbers,
        [
            "alpha-disease 1 A walk: The first post.",
            "alpha-disease 3 Days after an infusion: One more [walk].",
            "alpha-disease 2 Days after an infusion: I [walk] to the Ménière’s bakery & sleep. A link",
        ]
    );
    assert!(bed.hits_in(ada, Texts, "walk").await.is_empty());
}

/// Whether a word is anywhere in the tables of the index.
async fn is_stored(bed: &Bed, word: &str) -> bool {
    let mut stored = bed
        .number(&format!(
            "SELECT count(*) FROM search_document \
             WHERE title LIKE '%{word}%' OR body LIKE '%{word}%'"
        ))
        .await;
    if bed.kind() == DatabaseKind::Sqlite {
        // Behind its first letters, which neighbours share.
        let rest = &word[2..];
        stored += bed
            .number(&format!(
                "SELECT count(*) FROM search_index_data \
                 WHERE instr(block, CAST('{rest}' AS BLOB)) > 0"
            ))
            .await;
    }
    stored > 0
}

async fn an_edit_a_deletion_and_a_new_title_leave_nothing_behind(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Qxzebra", Everyone).await.unwrap();
    bed.reply(ada, &id, "Qxgiraff there.").await.unwrap();
    assert!(is_stored(&bed, "qxgiraff").await && is_stored(&bed, "qxzebra").await);
    discussions
        .edit_post(ada, &id, 2, 1, "Qxpanther here.")
        .await
        .unwrap();
    assert!(bed.hits_in(ada, Talk, "qxgiraff").await.is_empty());
    assert!(!is_stored(&bed, "qxgiraff").await);
    assert_eq!(
        bed.hits_in(ada, Talk, "qxpanther").await,
        ["alpha-disease 2 Qxzebra: [Qxpanther] here."]
    );
    discussions.delete_post(ada, &id, 2, "").await.unwrap();
    assert!(bed.hits_in(ada, Talk, "qxpanther").await.is_empty());
    assert!(!is_stored(&bed, "qxpanther").await);
    // A title that changes on any way is no longer found; nor is what it was.
    let connection = bed.connection().await;
    let other = bed.start(ada, ALPHA, "Qxocelot", Everyone).await.unwrap();
    connection
        .execute_unprepared(&format!(
            "UPDATE topic SET title = 'Other' WHERE public_id = '{other}'"
        ))
        .await
        .unwrap();
    assert!(bed.hits_in(ada, Talk, "qxocelot").await.is_empty());
    assert!(!is_stored(&bed, "qxocelot").await);
    // The first post, edited, brings its title along.
    discussions
        .edit_post(ada, &id, 1, 1, "Qxlynx.")
        .await
        .unwrap();
    assert_eq!(bed.hits_in(ada, Talk, "qxlynx qxzebra").await.len(), 1);
    discussions.delete_post(ada, &id, 1, "").await.unwrap();
    for word in ["qxzebra", "qxlynx"] {
        assert!(bed.hits_in(ada, Talk, word).await.is_empty(), "{word}");
        assert!(!is_stored(&bed, word).await, "{word}");
    }
}

async fn sections_are_found_by_the_text_on_the_page(bed: Bed) {
    bed.with_conditions().await;
    let newcomer = bed.writer(1, None).await;
    let expert = bed.writer(2, Some(Role::Moderator)).await;
    let references = draft(&[(SectionKind::Cause, "It is a *gene*.[@study]")], &[], &["study"]);
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
    assert!(bed.hits_in(Actor::Visitor, Texts, "nobody").await.is_empty());
}

async fn texts_of_files_are_found_unless_they_are_held_or_withdrawn(bed: Bed) {
    bed.with_conditions().await;
    let cause = SectionKind::Cause;
    bed.read_in(sections([
        about("Alpha disease", "MONDO:1", cause, "A qxpanther."),
        about("Something else", "MONDO:2", cause, "A qxgiraff."),
    ]))
    .await;
    assert_eq!(bed.hits_in(Actor::Visitor, Texts, "qxpanther").await.len(), 1);
    assert!(bed.hits_in(Actor::Visitor, Texts, "qxgiraff").await.is_empty());
    assert!(!is_stored(&bed, "qxgiraff").await);
    bed.read_in(sections([about("Alpha disease", "MONDO:1", cause, "A qxocelot.")]))
        .await;
    assert!(bed.hits_in(Actor::Visitor, Texts, "qxpanther").await.is_empty());
    assert_eq!(bed.hits_in(Actor::Visitor, Texts, "qxocelot").await.len(), 1);
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
    assert_eq!(found, ["beta-disease resource Guide to qxpanthers: What it is."]);
    resources.remove(moderator, &id, "Gone").await.unwrap();
    assert!(bed.hits_in(moderator, Links, "qxpanther").await.is_empty());
    assert!(!is_stored(&bed, "qxpanther").await);
}

async fn pages_go_on_behind_the_last_hit(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let mut expected = Vec::new();
    let first = bed.start(ada, ALPHA, "Of other things", Everyone).await.unwrap();
    for number in 0..25 {
        let title = format!("Qxlynx {number}");
        bed.start(ada, ALPHA, &title, Everyone).await.unwrap();
        expected.insert(0, title);
        bed.reply(ada, &first, "A qxlynx.").await.unwrap();
    }
    expected.extend((2..27).rev().map(|number: i64| number.to_string()));
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let page = bed
            .try_texts(Actor::Visitor, Talk, "qxlynx", after.as_deref())
            .await
            .unwrap();
        pages += 1;
        found.extend(page.hits.into_iter().map(|hit| match hit.place {
            TextPlace::Post { number, .. } if number > 1 => number.to_string(),
            _ => hit.title,
        }));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((found, pages), (expected, 3));
    for (within, after) in [
        (Talk, "0000000000.1"),
        (Talk, &format!("{first}.99")),
        (Talk, &format!("{first}.x")),
        (Talk, &first),
        (Texts, "alpha-disease.cause"),
        (Texts, "x"),
        (Links, "0000000000"),
        (Links, "a\0b"),
        (Talk, ""),
    ] {
        let page = bed.try_texts(ada, within, "qxlynx", Some(after)).await;
        assert_eq!(page, Err(Error::NotFound), "{after:?}");
    }
}

async fn a_community_is_searched_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.join(ada, BETA).await;
    bed.start(ada, ALPHA, "Qxlynx", Everyone).await.unwrap();
    bed.start(ada, BETA, "Qxlynx", Everyone).await.unwrap();
    bed.save(BETA, SectionKind::Cause, "A qxlynx.").await;
    let texts = bed.storage.texts();
    for (slug, talk, sections) in [(ALPHA, 1, 0), (BETA, 1, 1)] {
        let found = texts.search_texts(ada, "qxlynx", Talk, Some(slug), None);
        let found = found.await.unwrap();
        assert_eq!(found.hits.len(), talk, "{slug}");
        assert_eq!(found.hits[0].condition.slug, slug);
        assert_eq!(found.community.unwrap().slug, slug);
        let found = texts.search_texts(ada, "qxlynx", Texts, Some(slug), None);
        assert_eq!(found.await.unwrap().hits.len(), sections, "{slug}");
    }
    assert_eq!(bed.hits_in(ada, Talk, "qxlynx").await.len(), 2);
    for slug in ["gamma-disease", "", "\0", "../x"] {
        let found = texts.search_texts(ada, "qxlynx", Talk, Some(slug), None);
        assert_eq!(found.await, Err(Error::NotFound), "{slug:?}");
    }
    // A former address leads to what took its place.
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    let found = texts.search_texts(ada, "qxlynx", Talk, Some(ALPHA), None);
    assert_eq!(found.await.unwrap().hits.len(), 2);
}

async fn the_first_of_each_kind_are_found_at_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let texts = bed.storage.texts();
    let first = async |actor, query: &str| {
        let groups = texts.first_text_hits(actor, query).await.unwrap();
        let told = groups.into_iter().map(|group| {
            let hits: Vec<String> = group.hits.iter().map(told).collect();
            (group.within, hits.len(), group.more)
        });
        told.collect::<Vec<_>>()
    };
    assert_eq!(first(ada, "qxlynx").await, []);
    assert_eq!(first(ada, "").await, []);
    bed.save(BETA, SectionKind::Cause, "A qxlynx.").await;
    let id = bed.start(ada, ALPHA, "Qxlynx", Everyone).await.unwrap();
    for _ in 0..2 {
        bed.reply(ada, &id, "Qxlynx").await.unwrap();
    }
    let draft = recommended("Qxlynx", "https://example.org/");
    let resource = bed.suggest(ada, ALPHA, draft).await.unwrap();
    assert_eq!(
        first(Actor::Visitor, "qxlynx").await,
        [(Texts, 1, false), (Talk, 3, false)]
    );
    bed.approve(moderator, &resource).await.unwrap();
    bed.reply(ada, &id, "Qxlynx").await.unwrap();
    assert_eq!(
        first(Actor::Visitor, "qxlynx").await,
        [(Texts, 1, false), (Talk, 3, true), (Links, 1, false)]
    );
}

async fn what_was_there_before_the_index_is_found(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "Qxlynx", Everyone).await.unwrap();
    // Faster than by the service, and more than are read at once.
    let values: Vec<String> = (0..510).map(|number| {
        let key = format!("{number:08x}-0000-7000-8000-000000000000");
        let key = match bed.kind() {
            DatabaseKind::Sqlite => format!("x'{}'", key.replace('-', "")),
            DatabaseKind::Postgres => format!("'{key}'::uuid"),
        };
        format!("({key}, {})", number + 100)
    }).collect();
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
    Migrator::down(&connection, Some(after_the_index())).await.unwrap();
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
