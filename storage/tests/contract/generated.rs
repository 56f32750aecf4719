//! Generated data are what the services would have made.

use domain::{
    Error,
    account::Actor,
    catalogue::{Resolved, Silent},
    community::{Discussions, Feeds},
    search::{SearchIn, TextSearch},
};
use storage::generated::Size;

use crate::bed::Bed;

contract! {
    generated_data_hold_what_services_promise,
    generated_pages_are_read_like_others,
    the_same_seed_gives_the_same_data,
}

const SIZE: Size = Size {
    posts: 3_000,
    seed: 7,
};

async fn generated(bed: &Bed) {
    bed.storage.begin_demonstration().await.unwrap();
    bed.storage.generate(SIZE, &Silent).await.unwrap();
}

async fn generated_data_hold_what_services_promise(bed: Bed) {
    generated(&bed).await;
    for (sql, expected) in [
        ("SELECT COUNT(*) FROM post", 3_000),
        ("SELECT COUNT(*) FROM account", 300),
        ("SELECT COUNT(*) FROM profile", 300),
        // One has one home.
        ("SELECT COUNT(*) FROM membership WHERE home", 300),
        // A topic counts its posts, without gaps, and knows the last.
        (
            "SELECT COUNT(*) FROM topic t WHERE t.posts <> \
             (SELECT COUNT(*) FROM post p WHERE p.topic_id = t.id) \
             OR t.posts <> (SELECT MAX(p.number) FROM post p WHERE p.topic_id = t.id) \
             OR t.last_post_at <> (SELECT MAX(p.created_at) FROM post p WHERE p.topic_id = t.id) \
             OR t.created_at <> (SELECT MIN(p.created_at) FROM post p WHERE p.topic_id = t.id)",
            0,
        ),
        (
            "SELECT COUNT(*) FROM post p JOIN post earlier ON earlier.topic_id = p.topic_id \
             AND earlier.number = p.number - 1 WHERE earlier.created_at >= p.created_at",
            0,
        ),
        (
            "SELECT COUNT(*) FROM post WHERE in_reply_to >= number OR in_reply_to < 1",
            0,
        ),
        // Whoever writes has joined, and follows.
        (
            "SELECT COUNT(*) FROM post p JOIN topic t ON t.id = p.topic_id \
             WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.account_id = p.account_id \
             AND m.condition_id = t.condition_id) OR NOT EXISTS (SELECT 1 FROM topic_follow f \
             WHERE f.account_id = p.account_id AND f.topic_id = t.id)",
            0,
        ),
        // Each post is found, by its title the first.
        (
            "SELECT COUNT(*) FROM post p WHERE NOT EXISTS (SELECT 1 FROM search_document d \
             WHERE d.subject_id = p.id AND d.body <> '' AND (d.title <> '') = (p.number = 1))",
            0,
        ),
        // Each has its event: that of a first one is its topic's.
        (
            "SELECT COUNT(*) FROM event e JOIN topic t ON t.id = e.subject_id \
             WHERE e.kind = 'community.topic_started' AND e.community_id = t.condition_id \
             AND e.actor_id = t.account_id AND e.time = t.created_at",
            bed.number("SELECT COUNT(*) FROM topic").await,
        ),
        (
            "SELECT COUNT(*) FROM event e JOIN post p ON p.id = e.subject_id \
             WHERE e.kind = 'community.post_written' AND e.time = p.created_at AND p.number > 1",
            3_000 - bed.number("SELECT COUNT(*) FROM topic").await,
        ),
    ] {
        assert_eq!(bed.number(sql).await, expected, "{sql}");
    }
    let verified = bed.storage.events().verify(None).await.unwrap();
    assert_eq!((verified.broken, verified.waiting), (None, 0));
    // Nobody is told of what was there before.
    assert_eq!(bed.storage.communities().tell().await, Ok(0));
    assert!(bed.storage.is_demonstration().await.unwrap());
}

async fn generated_pages_are_read_like_others(bed: Bed) {
    generated(&bed).await;
    let communities = bed.storage.communities();
    let slug = "generated-condition-00000";
    let Ok(Resolved::Here(list)) = communities.topics(Actor::Visitor, slug, None).await else {
        panic!("there is no such community");
    };
    let longest = list.topics.iter().max_by_key(|topic| topic.posts).unwrap();
    let mut after = None;
    let mut seen = 0;
    loop {
        let page = communities.topic(Actor::Visitor, &longest.id, after).await;
        if seen == longest.posts && matches!(page, Err(Error::NotFound)) {
            break;
        }
        let page = page.unwrap();
        for post in &page.posts {
            seen += 1;
            assert_eq!(post.number, seen);
        }
        if page.posts.is_empty() {
            break;
        }
        after = Some(seen);
    }
    assert_eq!(seen, longest.posts);
    // A feed is read to its end, and newer lines come first.
    let mut place = None;
    let mut times = Vec::new();
    loop {
        let feed = communities.feed(Actor::Visitor, slug, None, place.as_deref());
        let Ok(Resolved::Here(feed)) = feed.await else {
            panic!("the feed is broken");
        };
        times.extend(feed.feed.lines.iter().map(|line| line.time.0));
        place = feed.feed.next;
        if place.is_none() {
            break;
        }
    }
    assert!(times.len() > 50, "{}", times.len());
    assert!(times.is_sorted_by(|a, b| a >= b));
    let texts = bed.storage.texts();
    let found = texts
        .search_texts(Actor::Visitor, "garden", SearchIn::Discussions, None, None)
        .await
        .unwrap();
    assert!(!found.hits.is_empty());
}

async fn the_same_seed_gives_the_same_data(bed: Bed) {
    generated(&bed).await;
    // Of this seed, on both databases.
    let first = bed.texts("SELECT text FROM post ORDER BY created_at LIMIT 1");
    assert_eq!(first.await, [FIRST]);
}

const FIRST: &str =
    "And rilneltra poshemsun a road the better the a. Rilkemi the the one a autumn told.";
