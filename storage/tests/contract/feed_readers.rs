//! Who is shown what of a feed: no more than the pages show that it leads to.

use std::collections::BTreeSet;

use domain::{
    account::Actor,
    community::{Discussions, FeedItem, FeedTopic, Feeds, Memberships, TopicAudience},
};

use crate::{
    bed::Bed,
    discussion_audiences::{readers, topics},
    writers::{ALPHA, BETA},
};

contract! {
    a_feed_leads_to_what_its_reader_may_read,
    who_has_left_is_shown_no_more,
    names_are_for_whom_they_are,
}

/// Ids of the topics that are started in a feed, and of those with replies.
async fn mentioned(bed: &Bed, actor: Actor) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut started, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for line in bed.news(actor, ALPHA).await {
        match line.item {
            FeedItem::Topic(FeedTopic { id, .. }) => started.insert(id),
            FeedItem::Replies { topic, .. } => answered.insert(topic.id),
            other => panic!("{other:?}"),
        };
    }
    (started, answered)
}

async fn a_feed_leads_to_what_its_reader_may_read(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let writer = bed.joined(2, None, ALPHA).await;
    for (_, id) in &topics {
        bed.reply(writer, id, "So.").await.unwrap();
    }
    let discussions = bed.storage.communities();
    let readers = readers(&bed).await;
    for sealed in [false, true] {
        if sealed {
            bed.seal().await;
        }
        for (actor, _, reader) in &readers {
            let expected: BTreeSet<String> = topics
                .iter()
                .filter(|(audience, _)| audience.admits(*reader))
                .map(|(_, id)| id.clone())
                .collect();
            let (started, answered) = mentioned(&bed, *actor).await;
            assert_eq!(started, expected, "{actor:?}");
            assert_eq!(answered, expected, "{actor:?}");
            for (_, id) in &topics {
                let page = discussions.topic(*actor, id, None).await;
                assert_eq!(page.is_ok(), started.contains(id), "{actor:?}");
            }
        }
    }
}

async fn who_has_left_is_shown_no_more(bed: Bed) {
    bed.with_conditions().await;
    topics(&bed).await;
    bed.seal().await;
    let communities = bed.storage.communities();
    let member = bed.joined(2, None, ALPHA).await;
    let own = async || {
        let own = communities.own_feed(member, None, false, None).await;
        own.unwrap().feed.lines.len()
    };
    assert_eq!(own().await, 3);
    assert_eq!(mentioned(&bed, member).await.0.len(), 3);
    communities.leave(member, ALPHA).await.unwrap();
    bed.join(member, BETA).await;
    assert_eq!(own().await, 0);
    assert_eq!(mentioned(&bed, member).await.0.len(), 2);
}

async fn names_are_for_whom_they_are(bed: Bed) {
    bed.with_conditions().await;
    let author = bed.joined(1, None, ALPHA).await;
    let other = bed.joined(2, None, ALPHA).await;
    let id = bed
        .start(author, ALPHA, "A walk", TopicAudience::Everyone)
        .await;
    bed.reply(author, &id.unwrap(), "So.").await.unwrap();
    for (actor, name) in [(other, Some("Person 1")), (Actor::Visitor, None)] {
        for line in bed.news(actor, ALPHA).await {
            assert_eq!(line.author.name.as_deref(), name, "{actor:?}");
            assert_eq!(line.author.handle.is_some(), name.is_some(), "{actor:?}");
        }
    }
}
