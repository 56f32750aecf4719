//! Searching what is written: what is found, in which order, and that nothing else is.

use domain::{
    Error, Result,
    account::{Actor, Role},
    community::{Discussions, TopicAudience},
    search::{SearchIn, TextHit, TextHits, TextPlace, TextSearch},
    wiki::SectionKind,
};
use sea_orm::ConnectionTrait;
use storage::DatabaseKind;

use crate::{
    bed::Bed,
    release::{mondo, obsolete, term},
    resources::recommended,
    writers::{ALPHA, BETA},
};

contract! {
    words_are_found_in_their_forms_and_together,
    an_edit_a_deletion_and_a_new_title_leave_nothing_behind,
    pages_go_on_behind_the_last_hit,
    a_community_is_searched_alone,
    the_first_of_each_kind_are_found_at_once,
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
    for query in [
        "infusions",
        "INFUSION",
        "infu",
        "after infusion day",
        "“days after”",
    ] {
        assert_eq!(bed.hits_in(ada, Talk, query).await, [first], "{query}");
    }
    for (query, marked) in [
        (
            "walking",
            "I [walk] to the Ménière’s bakery & sleep. A link",
        ),
        (
            "sleeps the walk",
            "I [walk] to the Ménière’s bakery & [sleep]. A link",
        ),
        (
            "meniere bak",
            "I walk to the [Ménière’s bakery] & sleep. A link",
        ),
        (
            "\"walk to the\"",
            "I [walk to the] Ménière’s bakery & sleep. A link",
        ),
    ] {
        let expected = format!("alpha-disease 2 Days after an infusion: {marked}");
        assert_eq!(
            bed.hits_in(Actor::Visitor, Talk, query).await,
            [expected],
            "{query}"
        );
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
pub(crate) async fn is_stored(bed: &Bed, word: &str) -> bool {
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
                "SELECT count(*) FROM (SELECT block FROM search_index_data \
                 UNION ALL SELECT block FROM search_title_data) \
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
        .edit_post(ada, &id, 2, 1, "Qxpanther here.", None)
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
        .edit_post(ada, &id, 1, 1, "Qxlynx.", None)
        .await
        .unwrap();
    assert_eq!(bed.hits_in(ada, Talk, "qxlynx qxzebra").await.len(), 1);
    discussions.delete_post(ada, &id, 1, "").await.unwrap();
    for word in ["qxzebra", "qxlynx"] {
        assert!(bed.hits_in(ada, Talk, word).await.is_empty(), "{word}");
        assert!(!is_stored(&bed, word).await, "{word}");
    }
}

async fn pages_go_on_behind_the_last_hit(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let mut expected = Vec::new();
    let first = bed
        .start(ada, ALPHA, "Of other things", Everyone)
        .await
        .unwrap();
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
