//! Who decides about first posts, when they can, and what it leaves.

use domain::{
    Error,
    account::{Actor, Role},
    community::{
        ContentModeration, FirstPostDraft, FirstPosts, Memberships, Moderation, TopicAudience,
    },
    policy::Audience,
};
use sea_orm::EntityTrait;
use storage::event::entity as event;

use crate::{
    bed::Bed,
    first_posts::{discussion, text},
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA},
};

contract! {
    who_may_not_decide_is_told_that_it_is_not_there,
    what_cannot_be_published_any_more_says_why,
    of_two_decisions_one_counts,
    each_act_of_first_posts_has_one_event,
    first_posts_follow_a_condition_that_is_replaced,
    first_posts_follow_a_topic_that_is_moved,
}

use TopicAudience::Everyone;

async fn who_may_not_decide_is_told_that_it_is_not_there(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    let other = bed.leader(8, BETA, moderator).await;
    let member = bed.joined(9, None, ALPHA).await;
    bed.hold(ada, discussion("Who else?"), "one").await.unwrap();
    let id = bed.waiting(leader).await;
    for actor in [Actor::Visitor, Actor::Operator, ada, other, member] {
        assert!(bed.publish(actor, &id).await.is_err(), "{actor:?}");
        assert!(
            bed.decline_first(actor, &id, "So").await.is_err(),
            "{actor:?}"
        );
    }
    for actor in [other, member] {
        let list = bed.first_posts(actor, ALPHA).await;
        assert_eq!((list.own.len(), list.waiting), (0, None));
        let communities = bed.storage.communities();
        communities.withdraw_first_post(actor, &id).await.unwrap();
    }
    let visitor = bed
        .storage
        .communities()
        .first_posts(Actor::Visitor, ALPHA)
        .await;
    assert!(matches!(visitor, Err(Error::Unauthenticated)));
    assert_eq!(
        bed.publish(moderator, "0000000000").await,
        Err(Error::NotFound)
    );
    // Nobody decides about their own, whatever they have become since.
    bed.run("INSERT INTO account_role (account_id, role, granted_at) SELECT id, 'moderator', 0 FROM account WHERE handle = 'h3'")
        .await;
    bed.publish(moderator, &id).await.unwrap();
}

async fn what_cannot_be_published_any_more_says_why(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    let id = bed
        .start(leader, ALPHA, "Read this", Everyone)
        .await
        .unwrap();
    bed.hold(
        ada,
        FirstPostDraft::Reply(id.clone(), text("So.", false)),
        "one",
    )
    .await
    .unwrap();
    let waiting = bed.waiting(leader).await;
    let communities = bed.storage.communities();
    let lock = ContentModeration::Lock;
    communities
        .moderate(moderator, &id, 1, lock, "Enough")
        .await
        .unwrap();
    let locked = bed.publish(leader, &waiting).await;
    assert!(matches!(locked, Err(Error::Forbidden { .. })), "{locked:?}");
    let after = bed
        .hold(
            ada,
            FirstPostDraft::Reply(id.clone(), text("So.", false)),
            "two",
        )
        .await;
    assert!(matches!(after, Err(Error::Forbidden { .. })));
    communities
        .moderate(moderator, &id, 1, ContentModeration::Unlock, "Again")
        .await
        .unwrap();
    communities.leave(ada, ALPHA).await.unwrap();
    let left = bed.publish(leader, &waiting).await;
    assert!(matches!(left, Err(Error::Forbidden { reason }) if reason.contains("not in")));
    assert_eq!(bed.topic(leader, &id).await.posts.len(), 1);
    // Nothing is lost by that.
    bed.join(ada, ALPHA).await;
    bed.publish(leader, &waiting).await.unwrap();
    assert_eq!(bed.topic(leader, &id).await.posts.len(), 2);
}

async fn of_two_decisions_one_counts(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    bed.hold(ada, discussion("Who else?"), "one").await.unwrap();
    let id = bed.waiting(leader).await;
    let (one, other) = tokio::join!(bed.publish(leader, &id), bed.publish(moderator, &id));
    assert_eq!(
        [&one, &other]
            .iter()
            .filter(|answer| answer.is_ok())
            .count(),
        1,
        "{one:?} {other:?}"
    );
    assert_eq!(bed.titles_for(ada, ALPHA).await, ["Who else?"]);
}

async fn each_act_of_first_posts_has_one_event(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let communities = bed.storage.communities();
    for (title, key) in [
        ("To publish", "a"),
        ("To decline", "b"),
        ("To withdraw", "c"),
    ] {
        bed.hold(ada, discussion(title), key).await.unwrap();
    }
    let waiting = bed.first_posts(leader, ALPHA).await.waiting.unwrap();
    communities
        .withdraw_first_post(ada, &waiting[2].id)
        .await
        .unwrap();
    bed.decline_first(leader, &waiting[1].id, "So")
        .await
        .unwrap();
    bed.publish(leader, &waiting[0].id).await.unwrap();
    let connection = bed.connection().await;
    let mut events = event::Entity::find().all(&connection).await.unwrap();
    events.sort_by_key(|event| event.id);
    let kinds: Vec<(&str, bool)> = events
        .iter()
        .filter(|event| event.kind.contains("first_post") || event.kind.contains("topic_started"))
        .map(|event| {
            (
                event.kind.as_str(),
                event.actor_id == Some(ada.member().unwrap().account.0),
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            ("community.first_post_written", true),
            ("community.first_post_written", true),
            ("community.first_post_written", true),
            ("community.first_post_withdrawn", true),
            ("community.first_post_declined", false),
            ("community.topic_started", true),
            ("community.first_post_approved", false),
        ]
    );
}

async fn first_posts_follow_a_condition_that_is_replaced(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    bed.show_membership(leader, ALPHA, Audience::Everyone).await;
    bed.hold(ada, discussion("Who else?"), "one").await.unwrap();
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    let waiting = bed.first_posts(leader, BETA).await.waiting.unwrap();
    bed.publish(leader, &waiting[0].id).await.unwrap();
    assert_eq!(bed.titles_for(ada, BETA).await, ["Who else?"]);
}

async fn first_posts_follow_a_topic_that_is_moved(bed: Bed) {
    let (leader, ada) = bed.leader_and_newcomer().await;
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    let id = bed.start(leader, ALPHA, "Read this", Everyone).await;
    let id = id.unwrap();
    let reply = FirstPostDraft::Reply(id.clone(), text("So.", false));
    bed.hold(ada, reply, "one").await.unwrap();
    let there = ContentModeration::Move {
        slug: BETA.to_owned(),
    };
    let communities = bed.storage.communities();
    let moved = communities.moderate(moderator, &id, 1, there, "It is about beta");
    moved.await.unwrap();
    assert_eq!(bed.first_posts(leader, ALPHA).await.waiting, Some(vec![]));
    let waiting = bed.first_posts(moderator, BETA).await.waiting.unwrap();
    let refused = bed.publish(moderator, &waiting[0].id).await;
    assert!(matches!(refused, Err(Error::Forbidden { reason }) if reason.contains("not in")));
    bed.join(ada, BETA).await;
    bed.publish(moderator, &waiting[0].id).await.unwrap();
    assert_eq!(bed.topic(ada, &id).await.posts.len(), 2);
}
