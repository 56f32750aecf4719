//! What open pages are told: how much is new for who listens, at that moment.

use domain::{
    Error,
    account::Actor,
    community::{Memberships, TopicAudience, TopicReader},
};
use storage::community::feeds::live::{News, Watch, Watched};

use crate::{
    bed::Bed,
    discussion_audiences::{readers, topics},
    writers::{ALPHA, BETA},
};

contract! {
    nobody_is_told_of_what_is_not_for_them,
    a_topic_tells_how_many_posts_it_has,
    nobody_is_told_of_their_own,
    who_has_left_is_told_no_more,
    too_much_is_not_counted,
    another_process_hears_of_it,
}

use TopicAudience::{Community, Everyone};

async fn watched(bed: &Bed, actor: Actor, watch: &Watch) -> Watched {
    bed.storage.communities().watch(actor, watch).await.unwrap()
}

async fn news(bed: &Bed, actor: Actor, watch: &Watch, after: i64) -> News {
    let watched = watched(bed, actor, watch).await;
    let communities = bed.storage.communities();
    communities
        .news(actor, watch, &watched, after)
        .await
        .unwrap()
}

fn community() -> Watch {
    Watch::Community(ALPHA.to_owned())
}

async fn nobody_is_told_of_what_is_not_for_them(bed: Bed) {
    bed.with_conditions().await;
    let readers = readers(&bed).await;
    bed.seal().await;
    let communities = bed.storage.communities();
    let before = communities.last_sealed().await.unwrap();
    let topics = topics(&bed).await;
    bed.seal().await;
    let discussions = Watch::Discussions(ALPHA.to_owned());
    let nothing = Watch::Topic("0000000000".to_owned());
    for (actor, _, reader) in readers {
        let admitted = topics
            .iter()
            .filter(|(audience, _)| audience.admits(reader))
            .count();
        for watch in [&discussions, &community()] {
            let news = news(&bed, actor, watch, before).await;
            assert_eq!(news.new, admitted, "{actor:?}");
            assert_eq!((news.posts, news.reload), (None, false));
            let again = self::news(&bed, actor, watch, news.sequence).await;
            assert_eq!(again.new, 0, "it is told once");
        }
        for (audience, id) in &topics {
            let watch = communities.watch(actor, &Watch::Topic(id.clone())).await;
            let missing = communities.watch(actor, &nothing);
            if audience.admits(reader) {
                assert!(watch.is_ok(), "{actor:?}");
            } else {
                assert_eq!(watch.unwrap_err(), missing.await.unwrap_err(), "{actor:?}");
            }
        }
        let own = communities.watch(actor, &Watch::Own).await;
        assert_eq!(own.is_ok(), reader != TopicReader::Visitor, "{actor:?}");
    }
    for slug in ["gamma", "\0"] {
        let watch = Watch::Community(slug.to_owned());
        let watch = communities.watch(Actor::Visitor, &watch).await;
        assert_eq!(watch.unwrap_err(), Error::NotFound);
    }
}

async fn a_topic_tells_how_many_posts_it_has(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, None, ALPHA).await;
    let id = bed.start(writer, ALPHA, "A walk", Everyone).await.unwrap();
    let watch = Watch::Topic(id.clone());
    assert_eq!(news(&bed, Actor::Visitor, &watch, 0).await.posts, Some(1));
    bed.reply(writer, &id, "So.").await.unwrap();
    assert_eq!(news(&bed, Actor::Visitor, &watch, 0).await.posts, Some(2));
}

async fn nobody_is_told_of_their_own(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.reply(grace, &id, "And so.").await.unwrap();
    bed.seal().await;
    for (actor, new) in [(ada, 2), (grace, 1), (Actor::Visitor, 3)] {
        assert_eq!(news(&bed, actor, &community(), 0).await.new, new);
    }
    assert_eq!(news(&bed, ada, &Watch::Own, 0).await.new, 2);
}

async fn who_has_left_is_told_no_more(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    bed.join(grace, BETA).await;
    let id = bed.start(ada, ALPHA, "A walk", Community).await.unwrap();
    let (topic, own) = (Watch::Topic(id.clone()), Watch::Own);
    let communities = bed.storage.communities();
    let streams = [
        (&topic, watched(&bed, grace, &topic).await),
        (&own, watched(&bed, grace, &own).await),
    ];
    communities.leave(grace, ALPHA).await.unwrap();
    bed.reply(ada, &id, "So.").await.unwrap();
    bed.seal().await;
    let [(_, of_topic), (_, of_own)] = &streams;
    let told = communities.news(grace, &topic, of_topic, 0).await;
    assert_eq!(told, Err(Error::NotFound));
    let told = communities.news(grace, &own, of_own, 0).await;
    assert_eq!(told.unwrap().new, 0);
}

async fn too_much_is_not_counted(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.repeat_start(210).await;
    let told = news(&bed, Actor::Visitor, &community(), 0).await;
    assert!(told.reload && told.new <= 200, "{told:?}");
    let rest = news(&bed, Actor::Visitor, &community(), told.sequence).await;
    assert!(!rest.reload && rest.new > 0, "{rest:?}");
}

async fn another_process_hears_of_it(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.seal().await;
    let other = bed.second().await;
    let communities = other.storage.communities();
    let mut before = communities.last_sealed().await.unwrap();
    let watch = Watch::Topic(id.clone());
    let topic = watched(&other, Actor::Visitor, &watch).await;
    let everything = watched(&other, Actor::Visitor, &community()).await;
    bed.reply(ada, &id, "So.").await.unwrap();
    let (events, last) = communities.happened(before).await.unwrap();
    assert_eq!((events.len(), last), (0, before), "not before it is sealed");
    other.seal().await;
    let (events, last) = communities.happened(before).await.unwrap();
    assert!(events.len() == 1 && last > before);
    assert!(topic.concerns(&events[0]) && everything.concerns(&events[0]));
    before = last;
    let elsewhere = bed.start(ada, ALPHA, "Another walk", Everyone).await;
    elsewhere.unwrap();
    bed.seal().await;
    let (events, _) = communities.happened(before).await.unwrap();
    assert!(events.iter().all(|event| !topic.concerns(event)));
    assert!(events.iter().any(|event| everything.concerns(event)));
}
