//! Searching what is written, as each kind of reader: what is not for them makes no difference.

use domain::{
    Error,
    account::{Actor, Role},
    community::{Discussions, TopicAudience, TopicReader},
    search::{SearchIn, TextSearch},
};
use proptest::prelude::*;

use crate::{
    bed::Bed,
    discussion_audiences::{readers, topics},
    strings,
    text_search::told,
    writers::ALPHA,
};

contract! {
    posts_are_found_by_those_whom_their_topic_is_for,
    what_is_not_for_somebody_changes_nothing_that_they_find,
    no_query_is_an_error,
    real_data_no_query_is_an_error,
}

use SearchIn::Discussions as Talk;

async fn posts_are_found_by_those_whom_their_topic_is_for(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let author = bed.joined(2, None, ALPHA).await;
    for (audience, id) in &topics {
        let text = format!("A qxlynx for {}.", audience.as_str());
        bed.reply(author, id, &text).await.unwrap();
    }
    let texts = bed.storage.texts();
    for (actor, _, reader) in readers(&bed).await {
        let expected: Vec<String> = topics
            .iter()
            .rev()
            .filter(|(audience, _)| audience.admits(reader))
            .map(|(audience, _)| {
                let name = audience.as_str();
                format!("alpha-disease 2 {name}: A [qxlynx] for {name}.")
            })
            .collect();
        assert_eq!(
            bed.hits_in(actor, Talk, "qxlynx").await,
            expected,
            "{actor:?}"
        );
        let groups = texts.first_text_hits(actor, "qxlynx").await.unwrap();
        let first: Vec<String> = groups[0].hits.iter().map(told).collect();
        assert_eq!((first, groups[0].more), (expected, false), "{actor:?}");
        for (audience, id) in &topics {
            // By the title, in the community alone, and behind a hit.
            let titled = bed.hits_in(actor, Talk, audience.as_str()).await;
            let found = titled.iter().any(|hit| hit.contains(" 1 "));
            assert_eq!(found, audience.admits(reader), "{audience:?} {actor:?}");
            let alone = texts.search_texts(actor, audience.as_str(), Talk, Some(ALPHA), None);
            assert_eq!(alone.await.unwrap().hits.len(), titled.len());
            let after = format!("{id}.2");
            let behind = bed.try_texts(actor, Talk, "qxlynx", Some(&after)).await;
            if audience.admits(reader) {
                assert!(behind.is_ok(), "{audience:?} {actor:?}");
            } else {
                assert_eq!(behind, Err(Error::NotFound), "{audience:?} {actor:?}");
            }
        }
    }
}

async fn what_is_not_for_somebody_changes_nothing_that_they_find(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let busy = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    for (audience, id) in topics
        .iter()
        .filter(|(audience, _)| *audience == TopicAudience::Everyone)
    {
        for number in 0..24 {
            let text = format!("A qxlynx, {number}, for {}.", audience.as_str());
            bed.reply(busy, id, &text).await.unwrap();
        }
    }
    let texts = bed.storage.texts();
    for (actor, _, reader) in readers(&bed).await {
        if reader == TopicReader::Moderator {
            continue;
        }
        let view = async || {
            let mut seen = Vec::new();
            for query in ["qxlynx", "\"a qxlynx\" for", "qxl"] {
                let first = texts.first_text_hits(actor, query).await;
                seen.push(format!("{first:?}"));
                let page = bed.try_texts(actor, Talk, query, None).await.unwrap();
                seen.push(format!("{page:?}"));
                if let Some(next) = page.next {
                    let page = bed.try_texts(actor, Talk, query, Some(&next)).await;
                    seen.push(format!("{page:?}"));
                }
            }
            seen
        };
        let before = view().await;
        for (audience, id) in &topics {
            if !audience.admits(reader) {
                for _ in 0..3 {
                    bed.reply(busy, id, "A qxlynx qxlynx for all.")
                        .await
                        .unwrap();
                }
                let other = bed.start(busy, ALPHA, "A qxlynx for you", *audience).await;
                other.unwrap();
            }
        }
        assert_eq!(view().await, before, "{actor:?}");
    }
}

/// Asks everything with a string.
async fn ask(bed: &Bed, actor: Actor, string: &str) {
    let texts = bed.storage.texts();
    texts.first_text_hits(actor, string).await.unwrap();
    for within in SearchIn::ALL {
        bed.try_texts(actor, within, string, None).await.unwrap();
        let behind = bed.try_texts(actor, within, "first", Some(string)).await;
        assert!(matches!(behind, Ok(_) | Err(Error::NotFound)), "{string:?}");
        let community = texts.search_texts(actor, "first", within, Some(string), None);
        let community = community.await;
        assert!(
            matches!(community, Ok(_) | Err(Error::NotFound)),
            "{string:?}"
        );
    }
}

async fn ask_all(bed: &Bed, strings: Vec<String>) {
    bed.with_conditions().await;
    let member = bed.joined(1, None, ALPHA).await;
    let id = bed
        .start(member, ALPHA, "First", TopicAudience::Everyone)
        .await;
    let id = id.unwrap();
    for string in strings {
        ask(bed, Actor::Visitor, &string).await;
        let texts = bed.storage.texts();
        texts.first_text_hits(member, &string).await.unwrap();
        // Whatever can be written can be indexed.
        let written = bed.reply(member, &id, &string).await;
        if let Ok(number) = written {
            let discussions = bed.storage.communities();
            let deleted = discussions.delete_post(member, &id, number, "").await;
            deleted.unwrap();
        }
        bed.days_pass(1);
    }
}

async fn no_query_is_an_error(bed: Bed) {
    let mut strings = strings::odd();
    strings.extend(
        [
            "\"",
            "'",
            "a\"b",
            "a OR b",
            "NEAR(a b, 2)",
            "{title} : a",
            "title:a",
            "^a",
            "-a",
            "a*",
            "a & b",
            "a | !b",
            "a <-> b",
            "a:*",
            "\\",
            "a\\'b",
            "((((",
            "$1",
            "%",
            "a\0b",
            "1e5 12e3a",
            "😀",
            "爱",
            "Болезнь",
            "\u{301}",
            "ﷺ",
            "''''",
            "\"a\" \"b\" \"c",
            "a.b/c@d.e f-g_h",
        ]
        .map(str::to_owned),
    );
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..40 {
        let tree = any::<String>().new_tree(&mut runner).unwrap();
        strings.push(proptest::strategy::ValueTree::current(&tree));
    }
    strings.push("word ".repeat(5_000));
    strings.push("a".repeat(10_000));
    ask_all(&bed, strings).await;
}

async fn real_data_no_query_is_an_error(bed: Bed) {
    if let Some(strings) = strings::real("hostile/blns.json") {
        ask_all(&bed, strings).await;
    }
}
