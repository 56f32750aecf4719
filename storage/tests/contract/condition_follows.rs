//! Following the page of a condition, and the discussions of its community.

use domain::{
    Error,
    account::Actor,
    community::{
        ConditionFollow, Discussions, NotificationKind, NotificationSubject, Notifications,
        TopicAudience,
    },
    wiki::SectionKind::{Cause, Symptoms},
};

use crate::{
    bed::Bed,
    notifications::of_post,
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA},
};

contract! {
    joining_follows_nothing,
    who_follows_a_page_is_told_once_a_day,
    who_follows_a_community_is_told_of_each_topic_for_them,
    follows_move_with_a_condition_that_is_replaced,
}

use ConditionFollow::{Discussions as NewTopics, Page};
use TopicAudience::{Community, Everyone};

impl Bed {
    async fn follow_both(&self, actor: Actor, slug: &str) {
        for what in ConditionFollow::ALL {
            // Twice, because a button may be pressed twice.
            for _ in 0..2 {
                let communities = self.storage.communities();
                communities
                    .follow_condition(actor, slug, what)
                    .await
                    .unwrap();
            }
        }
        self.seconds_pass(1);
    }

    /// The pages that somebody is told of: of which condition, on which day, read or not.
    async fn pages(&self, actor: Actor) -> Vec<(String, i64, bool)> {
        let told = self.told(actor).await;
        let pages = told.into_iter().filter_map(|one| match one.subject {
            NotificationSubject::Page { condition, day } => {
                assert_eq!(one.kind, NotificationKind::Page);
                Some((condition.slug, day, one.read))
            }
            NotificationSubject::Post { .. }
            | NotificationSubject::Decision { .. }
            | NotificationSubject::SomeDecision
            | NotificationSubject::FirstPosts { .. }
            | NotificationSubject::Invitation { .. }
            | NotificationSubject::Reports => None,
        });
        pages.collect()
    }
}

async fn joining_follows_nothing(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let communities = bed.storage.communities();
    let alpha = bed.id(ALPHA).await;
    let followed = async |actor| communities.followed(actor, alpha).await.unwrap();
    assert_eq!(followed(grace).await, []);
    assert_eq!(followed(Actor::Visitor).await, []);
    assert_eq!(bed.topics(grace, ALPHA, None).await.following, Some(false));
    assert_eq!(
        bed.topics(Actor::Visitor, ALPHA, None).await.following,
        None
    );
    bed.write(ada, ALPHA, Cause, "A cause.").await.unwrap();
    bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.told(grace).await, []);
    bed.follow_both(grace, ALPHA).await;
    assert_eq!(bed.topics(grace, ALPHA, None).await.following, Some(true));
    assert_eq!(bed.topics(ada, ALPHA, None).await.following, Some(false));
    assert_eq!(followed(grace).await.len(), 2);
    for what in ConditionFollow::ALL {
        for _ in 0..2 {
            let stop = communities
                .stop_following_condition(grace, ALPHA, what)
                .await;
            assert_eq!(stop, Ok(()));
            let nowhere = communities.follow_condition(grace, "nowhere", what).await;
            assert_eq!(nowhere, Err(Error::NotFound));
            let nowhere = communities
                .stop_following_condition(grace, "a\0b", what)
                .await;
            assert_eq!(nowhere, Ok(()));
        }
    }
    assert_eq!(followed(grace).await, []);
}

async fn who_follows_a_page_is_told_once_a_day(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.writer(1, None).await;
    // Who need not have joined.
    let grace = bed.writer(2, None).await;
    let other = bed.writer(3, None).await;
    let communities = bed.storage.communities();
    bed.follow_both(grace, ALPHA).await;
    bed.follow_both(ada, ALPHA).await;
    bed.follow_both(other, BETA).await;
    let today = bed.seconds() / 86_400;
    // By the operator, who does not wait for review.
    let saves = async |section, text: &str| {
        bed.write(Actor::Operator, ALPHA, section, text)
            .await
            .unwrap();
        bed.tell().await;
    };
    saves(Cause, "A cause.").await;
    saves(Symptoms, "A symptom.").await;
    let page = |day, read| (ALPHA.to_owned(), day, read);
    assert_eq!(bed.pages(grace).await, [page(today, false)]);
    assert_eq!(bed.pages(other).await, []);
    // Marked as read, the same day has nothing new.
    bed.mark_all(grace).await;
    saves(Cause, "Another cause.").await;
    assert_eq!(bed.pages(grace).await, [page(today, true)]);
    bed.days_pass(1);
    saves(Cause, "A third cause.").await;
    let expected = [page(today + 1, false), page(today, true)];
    assert_eq!(bed.pages(grace).await, expected);
    // One that is unread says the same.
    bed.days_pass(1);
    saves(Cause, "A fourth cause.").await;
    assert_eq!(bed.pages(grace).await, expected);
    // A page of the list goes on behind one of them.
    let behind = format!("page-{}-{ALPHA}", today + 1);
    let rest = communities
        .notifications(grace, Some(&behind))
        .await
        .unwrap();
    assert_eq!(rest.notifications.len(), 1);
    let strange = communities.notifications(other, Some(&behind)).await;
    assert_eq!(strange, Err(Error::NotFound));
    // Nobody is told of their own.
    bed.mark_all(ada).await;
    bed.mark_all(grace).await;
    bed.days_pass(1);
    bed.run(
        "UPDATE account SET accepted_edits = 100, accepted_sections = 100, accepted_days = 100, \
         accepted_deciders = 100 WHERE handle = 'h1'",
    )
    .await;
    bed.own_text(ada, ALPHA).await;
    bed.tell().await;
    assert_eq!(
        bed.pages(ada).await.iter().filter(|page| !page.2).count(),
        0
    );
    assert_eq!(bed.pages(grace).await[0], page(today + 3, false));
}

impl Bed {
    /// Somebody who is trusted saves a text of their own.
    async fn own_text(&self, actor: Actor, slug: &str) {
        let Actor::Member(member) = actor else {
            panic!("{actor:?}");
        };
        let trusted = Actor::Member(domain::account::Member {
            trust: domain::account::Trust::Trusted,
            ..member
        });
        let saved = self.write(trusted, slug, Symptoms, "By Ada.").await;
        assert!(
            matches!(saved, Ok(domain::wiki::Saved::Published(_))),
            "{saved:?}"
        );
    }
}

async fn who_follows_a_community_is_told_of_each_topic_for_them(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let outside = bed.writer(3, None).await;
    let communities = bed.storage.communities();
    for actor in [ada, grace, outside] {
        bed.follow_both(actor, ALPHA).await;
    }
    let walk = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    bed.join(ada, BETA).await;
    bed.start(ada, BETA, "Elsewhere", Everyone).await.unwrap();
    let gone = bed.start(ada, ALPHA, "Gone soon", Everyone).await.unwrap();
    communities.delete_post(ada, &gone, 1, "").await.unwrap();
    bed.tell().await;
    let titles = async |actor| {
        let told = bed.told(actor).await;
        let mut titles: Vec<_> = told
            .iter()
            .map(|one| {
                assert_eq!((one.kind, of_post(one).1), (NotificationKind::Topic, 1));
                of_post(one).0.title.clone()
            })
            .collect();
        titles.sort();
        titles
    };
    assert_eq!(titles(grace).await, ["A walk", "For us"]);
    assert_eq!(titles(outside).await, ["A walk"]);
    assert_eq!(titles(ada).await, [""; 0]);
    // What follows in a topic is told of to who follows that.
    bed.reply(ada, &walk, "More.").await.unwrap();
    communities
        .stop_following_condition(grace, ALPHA, NewTopics)
        .await
        .unwrap();
    bed.start(ada, ALPHA, "Another", Everyone).await.unwrap();
    bed.tell().await;
    assert_eq!(titles(grace).await, ["A walk", "For us"]);
    communities.delete_post(ada, &walk, 1, "").await.unwrap();
    bed.tell().await;
    assert_eq!(titles(outside).await, ["Another"]);
}

async fn follows_move_with_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, BETA).await;
    let grace = bed.writer(2, None).await;
    let communities = bed.storage.communities();
    bed.follow_both(grace, ALPHA).await;
    let beta = Page;
    communities
        .follow_condition(grace, BETA, beta)
        .await
        .unwrap();
    bed.seconds_pass(1);
    for (slug, text) in [(ALPHA, "One."), (BETA, "Two.")] {
        bed.write(Actor::Operator, slug, Cause, text).await.unwrap();
    }
    bed.tell().await;
    assert_eq!(bed.pages(grace).await.len(), 2);
    // Saved before, read after.
    bed.mark_all(grace).await;
    bed.days_pass(1);
    bed.write(Actor::Operator, ALPHA, Cause, "Three.")
        .await
        .unwrap();
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease"),
    ]))
    .await;
    bed.tell().await;
    let pages = bed.pages(grace).await;
    let slugs: Vec<_> = pages.iter().map(|page| page.0.as_str()).collect();
    assert_eq!(slugs, [BETA, BETA], "{pages:?}");
    let id = bed.id(BETA).await;
    let mut followed = communities.followed(grace, id).await.unwrap();
    followed.sort_by_key(|what| what.as_str());
    assert_eq!(followed, [NewTopics, Page]);
    bed.start(ada, BETA, "A walk", Everyone).await.unwrap();
    bed.tell().await;
    let told = bed.told(grace).await;
    assert!(told.iter().any(|one| one.kind == NotificationKind::Topic));
    // By the address that it had.
    let stop = communities.stop_following_condition(grace, ALPHA, Page);
    stop.await.unwrap();
    let followed = communities.followed(grace, id).await.unwrap();
    assert_eq!(followed, [NewTopics]);
    let left = bed.number("SELECT count(*) FROM condition_follow").await;
    assert_eq!(left, 1);
}
