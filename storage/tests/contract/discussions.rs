//! Topics and posts: writing, reading, lists and pages.

use domain::{
    Error,
    account::{Actor, Role},
    community::{Discussions, PostDraft, TopicAudience},
};

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::{ALPHA, BETA, draft, titles},
};

contract! {
    a_topic_is_started_and_answered,
    lists_begin_with_the_last_post_and_go_on,
    posts_come_twenty_at_a_time,
    a_form_sent_twice_counts_once,
    posts_at_once_get_numbers_without_a_gap,
}

use TopicAudience::Everyone;

async fn a_topic_is_started_and_answered(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed
        .start(ada, ALPHA, "  Who else\nhas it? ", Everyone)
        .await
        .unwrap();
    assert_eq!(id.len(), 10);
    bed.seconds_pass(60);
    let number = bed.reply_to(grace, &id, "I **do**.", Some(1)).await;
    assert_eq!(number, Ok(2));
    let page = bed.topic(grace, &id).await;
    assert_eq!(page.condition.slug, ALPHA);
    assert_eq!(page.line.title, "Who else has it?");
    assert_eq!(page.line.words, "who-else-has-it");
    assert_eq!((page.line.posts, page.line.audience), (2, Everyone));
    assert_eq!(page.line.last_post.0 - page.line.started.0, 60_000_000);
    assert_eq!(page.line.author.name.as_deref(), Some("Person 1"));
    assert!(page.joined && page.may_write && !page.moderates);
    assert_eq!(page.next, None);
    let [first, second] = page.posts.as_slice() else {
        panic!("{:?}", page.posts);
    };
    assert_eq!(
        first.html.as_str().trim(),
        "<p>The <em>first</em> post.</p>"
    );
    assert_eq!(
        (first.number, first.in_reply_to, first.own),
        (1, None, false)
    );
    assert_eq!(
        (second.number, second.in_reply_to, second.own),
        (2, Some(1), true)
    );
    assert_eq!(second.author.handle.as_deref(), Some("h2"));
    assert_eq!((second.edited, &second.deleted), (None, &None));
    // Names are for whom each person shows theirs.
    let page = bed.topic(Actor::Visitor, &id).await;
    assert!(!page.joined && !page.may_write && !page.moderates);
    assert_eq!(page.posts[1].author, domain::wiki::Author::default());
    assert_eq!(page.line.author, domain::wiki::Author::default());
    // A post that there is not, or not yet, has no answer.
    for other in [0, 3, -1, i64::MAX] {
        let reply = bed.reply_to(grace, &id, "So.", Some(other)).await;
        assert_eq!(field(reply), "in_reply_to", "{other}");
    }
    assert_eq!(bed.topic(ada, &id).await.line.posts, 2);
}

async fn lists_begin_with_the_last_post_and_go_on(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    bed.join(writer, BETA).await;
    let mut ids = Vec::new();
    for number in 0..65 {
        // Some in the same instant.
        bed.seconds_pass(number % 2);
        let title = format!("Topic {number:02}");
        ids.push(bed.start(writer, ALPHA, &title, Everyone).await.unwrap());
    }
    bed.seconds_pass(1);
    bed.start(writer, BETA, "Elsewhere", Everyone)
        .await
        .unwrap();
    bed.seconds_pass(1);
    bed.reply(writer, &ids[7], "Once more.").await.unwrap();
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let list = bed.topics(Actor::Visitor, ALPHA, after.as_deref()).await;
        pages += 1;
        found.extend(list.topics);
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    let mut expected: Vec<String> = (0..65)
        .rev()
        .filter(|number| *number != 7)
        .map(|number| format!("Topic {number:02}"))
        .collect();
    expected.insert(0, "Topic 07".to_owned());
    assert_eq!(titles(&found), expected);
    assert_eq!(pages, 3);
    let discussions = bed.storage.communities();
    let newest = discussions.newest(Actor::Visitor, bed.id(ALPHA).await);
    assert_eq!(titles(&newest.await.unwrap().discussions), expected[..3]);
    let recent = discussions.recent(Actor::Visitor, None).await.unwrap();
    let first: Vec<_> = recent.topics[..3]
        .iter()
        .map(|recent| (recent.condition.slug.as_str(), recent.topic.title.as_str()))
        .collect();
    assert_eq!(
        first,
        [
            (ALPHA, "Topic 07"),
            (BETA, "Elsewhere"),
            (ALPHA, "Topic 64")
        ]
    );
    assert_eq!(recent.topics.len(), 30);
    let more = discussions.recent(Actor::Visitor, recent.next.as_deref());
    let more = more.await.unwrap();
    assert_eq!(more.topics.len(), 30);
    let last = discussions.recent(Actor::Visitor, more.next.as_deref());
    let last = last.await.unwrap();
    assert_eq!((last.topics.len(), last.next), (6, None));
    // A topic of another community has no place in a list.
    let elsewhere = &recent.topics[1].topic.id;
    for after in [elsewhere.as_str(), "0000000000", "a\0b", ""] {
        let behind = discussions.topics(Actor::Visitor, ALPHA, Some(after)).await;
        assert_eq!(behind, Err(Error::NotFound), "{after:?}");
    }
    let unknown = discussions.topics(Actor::Visitor, "gamma", None).await;
    assert_eq!(unknown, Err(Error::NotFound));
}

async fn posts_come_twenty_at_a_time(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(writer, ALPHA, "A long one", Everyone).await;
    let id = id.unwrap();
    for number in 2..=40 {
        assert_eq!(bed.reply(writer, &id, "So.").await, Ok(number));
    }
    let discussions = bed.storage.communities();
    let first = bed.topic(Actor::Visitor, &id).await;
    assert_eq!((first.posts.len(), first.next), (20, Some(20)));
    let second = discussions.topic(Actor::Visitor, &id, Some(20)).await;
    let second = second.unwrap();
    assert_eq!((second.posts[0].number, second.posts.len()), (21, 20));
    assert_eq!((second.next, second.line.posts), (None, 40));
    for after in [-1, 0, 40, 41, i64::MIN, i64::MAX] {
        let page = discussions.topic(Actor::Visitor, &id, Some(after)).await;
        assert_eq!(page, Err(Error::NotFound), "{after}");
    }
}

async fn a_form_sent_twice_counts_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let sent = submission("one");
    let mut ids = Vec::new();
    for _ in 0..2 {
        let draft = draft("Sent twice", Everyone);
        let id = discussions.start(ada, ALPHA, draft, &sent).await;
        ids.push(id.unwrap());
    }
    assert_eq!(ids[0], ids[1]);
    let mut numbers = Vec::new();
    for key in ["two", "two", "three"] {
        let draft = PostDraft {
            text: "The same words.".to_owned(),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let key = submission(key);
        let number = discussions.reply(ada, &ids[0], draft, &key).await;
        numbers.push(number.unwrap());
    }
    assert_eq!(numbers, [2, 2, 3]);
    assert_eq!(bed.topic(ada, &ids[0]).await.posts.len(), 3);
    assert_eq!(bed.number("SELECT count(*) FROM topic").await, 1);
}

async fn posts_at_once_get_numbers_without_a_gap(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A busy one", Everyone).await.unwrap();
    let post = |actor: Actor, text: &'static str| {
        let (discussions, id) = (bed.storage.communities(), id.clone());
        tokio::spawn(async move {
            let draft = PostDraft {
                text: text.to_owned(),
                in_reply_to: None,
                anonymous: false,
                content_note: None,
            };
            let sent = submission(text);
            discussions.reply(actor, &id, draft, &sent).await.unwrap()
        })
    };
    let sent = [
        post(ada, "a"),
        post(grace, "b"),
        post(ada, "c"),
        post(grace, "d"),
    ];
    let mut numbers = Vec::new();
    for number in sent {
        numbers.push(number.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4, 5]);
    let page = bed.topic(ada, &id).await;
    let stored: Vec<i64> = page.posts.iter().map(|post| post.number).collect();
    assert_eq!((stored, page.line.posts), (vec![1, 2, 3, 4, 5], 5));
}
