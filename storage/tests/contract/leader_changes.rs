//! What becomes of leaders: they leave, are dismissed, delete their accounts, and communities are merged.

use domain::{
    Error,
    account::{Accounts, Actor, Role},
    community::{
        Leaders, LeadershipState, Memberships, NotificationKind, NotificationSubject,
        Notifications, OwnLeadership, TopicAudience,
    },
    mail::Letter,
    policy::Audience,
};
use sea_orm::EntityTrait;
use storage::event::entity as event;

use crate::{
    bed::Bed,
    leaders::handles,
    people::{PASSWORD, field, password},
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA, titles},
};

contract! {
    leaving_the_community_ends_the_leadership,
    a_moderator_ends_it_for_a_reason_that_the_person_reads,
    only_what_visitors_see_of_leaders_moves_the_epoch,
    each_act_of_leading_has_one_event,
    leaders_follow_a_condition_that_is_replaced,
    a_deleted_account_leads_nothing,
    turning_the_second_factor_off_hides_the_leader_at_once,
    who_is_invited_is_told_until_they_answer,
    nobody_is_told_of_an_invitation_by_whom_they_have_muted,
}

async fn leaving_the_community_ends_the_leadership(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    let invited = bed.willing(3, ALPHA).await;
    let leaders = bed.storage.communities();
    leaders.appoint(leader, ALPHA, "h3").await.unwrap();
    for actor in [leader, invited] {
        leaders.leave(actor, ALPHA).await.unwrap();
        assert!(bed.own_leaderships(actor).await.is_empty());
    }
    assert!(bed.led_by(ALPHA).await.is_empty());
    // Coming back brings nothing back.
    bed.show_membership(leader, ALPHA, Audience::Everyone).await;
    assert!(bed.led_by(ALPHA).await.is_empty());
    assert!(leaders.leading(leader, ALPHA).await.is_err());
    leaders.appoint(moderator, ALPHA, "h2").await.unwrap();
    let own = bed.own_leaderships(leader).await;
    assert_eq!(own[0].state, LeadershipState::Invited);
}

async fn a_moderator_ends_it_for_a_reason_that_the_person_reads(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    let other = bed.leader(3, ALPHA, moderator).await;
    bed.letters().await;
    let leaders = bed.storage.communities();
    let id = bed.own_leaderships(leader).await[0].id.clone();
    let by_leader = leaders.end_leadership(other, &id, "So").await;
    assert!(matches!(by_leader, Err(Error::Forbidden { .. })));
    let without = leaders.end_leadership(moderator, &id, " ").await;
    assert_eq!(field(without), "reason");
    for _ in 0..2 {
        let end = leaders.end_leadership(moderator, &id, "Sold things");
        end.await.unwrap();
    }
    let letters = bed.letters().await;
    assert_eq!(
        letters,
        [("p2@example.org".to_owned(), Letter::LeadershipChanged)]
    );
    let [own] = bed.own_leaderships(leader).await.try_into().unwrap();
    assert_eq!(own.state, LeadershipState::Ended);
    assert_eq!(own.reason, "Sold things");
    assert_eq!(handles(&bed.led_by(ALPHA).await), ["h3"]);
    assert!(leaders.leading(leader, ALPHA).await.is_err());
    let missing = leaders.end_leadership(moderator, "0000000000", "So").await;
    assert_eq!(missing, Err(Error::NotFound));
}

async fn only_what_visitors_see_of_leaders_moves_the_epoch(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let ada = bed.willing(2, ALPHA).await;
    let leaders = bed.storage.communities();
    let mut before = bed.changed();
    let mut moved = |what: &str, by: u64| {
        before.0 += by;
        assert_eq!(bed.changed(), before, "{what}");
    };
    leaders.appoint(moderator, ALPHA, "h2").await.unwrap();
    moved("an invitation", 0);
    let id = bed.own_leaderships(ada).await[0].id.clone();
    leaders.decline_invitation(ada, &id).await.unwrap();
    moved("declining it", 0);
    leaders.appoint(moderator, ALPHA, "h2").await.unwrap();
    let id = bed.own_leaderships(ada).await[0].id.clone();
    leaders.accept_invitation(ada, &id, "").await.unwrap();
    moved("accepting it", 1);
    leaders.describe_leader(ada, &id, "Words").await.unwrap();
    moved("words", 1);
    leaders.step_down(ada, &id).await.unwrap();
    moved("the end", 1);
    leaders.step_down(ada, &id).await.unwrap();
    moved("the end again", 0);
}

async fn each_act_of_leading_has_one_event(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let leader = bed.leader(2, ALPHA, moderator).await;
    let leaders = bed.storage.communities();
    let topic = bed.start(leader, ALPHA, "A topic", TopicAudience::Everyone);
    let topic = topic.await.unwrap();
    leaders.pin_topic(leader, &topic).await.unwrap();
    leaders.unpin_topic(leader, &topic).await.unwrap();
    leaders.set_welcome(leader, ALPHA, "Hello").await.unwrap();
    leaders.leave(leader, ALPHA).await.unwrap();
    let connection = bed.connection().await;
    let alpha = bed.id(ALPHA).await.0;
    let events = event::Entity::find().all(&connection).await.unwrap();
    let of_leading = events.iter().filter(|event| {
        ["leader", "welcome", "pinned"]
            .iter()
            .any(|word| event.kind.contains(word))
    });
    let mut kinds: Vec<_> = of_leading
        .inspect(|event| {
            assert_eq!(event.community_id, Some(alpha));
            assert!(event.subject_id.is_some());
        })
        .map(|event| (event.time, event.id, event.kind.as_str()))
        .collect();
    kinds.sort_unstable();
    let kinds: Vec<_> = kinds.into_iter().map(|(_, _, kind)| kind).collect();
    assert_eq!(
        kinds,
        [
            "community.leader_invited",
            "community.leader_began",
            "community.topic_pinned",
            "community.topic_unpinned",
            "community.welcome_written",
            "community.leader_ended",
        ]
    );
}

async fn leaders_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.writer(1, Some(Role::Administrator)).await;
    let one = bed.leader(2, ALPHA, root).await;
    let both = bed.leader(3, ALPHA, root).await;
    let leaders = bed.storage.communities();
    bed.show_membership(both, BETA, Audience::Everyone).await;
    leaders.appoint(root, BETA, "h3").await.unwrap();
    // Leads the one, and has joined the other for themselves alone.
    let quiet = bed.leader(4, ALPHA, root).await;
    bed.join(quiet, BETA).await;
    leaders
        .set_welcome(root, ALPHA, "From alpha")
        .await
        .unwrap();
    bed.join(root, ALPHA).await;
    let topic = bed.start(root, ALPHA, "Pinned", TopicAudience::Everyone);
    let topic = topic.await.unwrap();
    leaders.pin_topic(root, &topic).await.unwrap();
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    assert_eq!(handles(&bed.led_by(BETA).await), ["h2", "h3"]);
    for actor in [one, both, quiet] {
        let [own] = bed.own_leaderships(actor).await.try_into().unwrap();
        assert_eq!(own.condition.slug, BETA);
        assert_eq!(own.state, LeadershipState::Leading);
        assert_eq!(own.obstacles.len(), usize::from(actor == quiet));
    }
    assert_eq!(bed.leading(one, BETA).await.welcome, "From alpha");
    let list = bed.topics(Actor::Visitor, BETA, None).await;
    assert_eq!(
        (list.pinned.len(), titles(&list.topics)),
        (0, vec!["Pinned"])
    );
    assert!(bed.resources(one, BETA).await.may_decide);
    assert!(!bed.resources(quiet, BETA).await.may_decide);
}

async fn a_deleted_account_leads_nothing(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.set_up_second_factor(ada).await;
    bed.show_membership(ada, ALPHA, Audience::Members).await;
    let handle = "SELECT handle FROM account WHERE email_key = 'ada@example.org'";
    let handle = bed.texts(handle).await.remove(0);
    let leaders = bed.storage.communities();
    leaders.appoint(moderator, ALPHA, &handle).await.unwrap();
    let id = bed.own_leaderships(ada).await[0].id.clone();
    leaders.accept_invitation(ada, &id, "Me").await.unwrap();
    let other = bed.willing(3, ALPHA).await;
    leaders.appoint(ada, ALPHA, "h3").await.unwrap();
    leaders.set_welcome(ada, ALPHA, "Hello").await.unwrap();
    assert_eq!(bed.led_by(ALPHA).await[0].name, "Ada");
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), true)
        .await
        .unwrap();
    assert!(bed.led_by(ALPHA).await.is_empty());
    // Whom they invited is invited still.
    let own = bed.own_leaderships(other).await;
    assert_eq!(own[0].state, LeadershipState::Invited);
    assert_eq!(bed.leading(moderator, ALPHA).await.welcome, "Hello");
}

async fn turning_the_second_factor_off_hides_the_leader_at_once(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.show_membership(ada, ALPHA, Audience::Members).await;
    let handle = "SELECT handle FROM account WHERE email_key = 'ada@example.org'";
    let handle = bed.texts(handle).await.remove(0);
    let leaders = bed.storage.communities();
    leaders.appoint(moderator, ALPHA, &handle).await.unwrap();
    let id = bed.own_leaderships(ada).await[0].id.clone();
    leaders.accept_invitation(ada, &id, "Me").await.unwrap();
    let before = bed.changed().0;
    let phone = bed.set_up_second_factor(ada).await;
    assert_eq!(bed.changed().0, before + 1);
    assert_eq!(bed.led_by(ALPHA).await.len(), 1);
    bed.seconds_pass(60);
    let accounts = bed.storage.accounts();
    let code = phone.code(bed.seconds());
    domain::account::SecondFactors::turn_off(&*accounts, ada, &password(PASSWORD), &code)
        .await
        .unwrap();
    assert_eq!(bed.changed().0, before + 2);
    assert!(bed.led_by(ALPHA).await.is_empty());
}

async fn who_is_invited_is_told_until_they_answer(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let ada = bed.willing(2, ALPHA).await;
    bed.show_membership(ada, BETA, Audience::Members).await;
    let leaders = bed.storage.communities();
    for _ in 0..2 {
        leaders.appoint(moderator, ALPHA, "h2").await.unwrap();
        bed.tell().await;
    }
    let [told] = bed.told(ada).await.try_into().unwrap();
    assert_eq!(told.kind, NotificationKind::Invitation);
    let NotificationSubject::Invitation { condition } = told.subject else {
        panic!("{told:?}");
    };
    assert_eq!(condition.slug, ALPHA);
    let place = format!("invitation-{}", told.time.0);
    let rest = leaders.notifications(ada, Some(&place)).await.unwrap();
    assert_eq!(rest.notifications, []);
    assert!(bed.told(moderator).await.is_empty());
    // One letter has gone at once, and says nothing of it.
    let letters = bed.letters().await;
    assert_eq!(
        letters,
        [("p2@example.org".to_owned(), Letter::LeadershipChanged)]
    );
    bed.days_pass(2);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
    // Accepted, it is none any more.
    let id = bed.own_leaderships(ada).await[0].id.clone();
    leaders.accept_invitation(ada, &id, "").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.told(ada).await, []);
    // Neither is one that is declined, or that somebody else ends.
    for declines in [true, false] {
        leaders.appoint(moderator, BETA, "h2").await.unwrap();
        bed.tell().await;
        assert_eq!(bed.told(ada).await.len(), 1);
        let own = bed.own_leaderships(ada).await;
        let invited = |one: &&OwnLeadership| one.state == LeadershipState::Invited;
        let id = own.iter().find(invited).unwrap().id.clone();
        if declines {
            leaders.decline_invitation(ada, &id).await.unwrap();
        } else {
            let ended = leaders.end_leadership(moderator, &id, "By mistake");
            ended.await.unwrap();
        }
        bed.tell().await;
        assert_eq!(bed.told(ada).await, []);
    }
}

async fn nobody_is_told_of_an_invitation_by_whom_they_have_muted(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let ada = bed.willing(2, ALPHA).await;
    let grace = bed.willing(3, ALPHA).await;
    let id = bed
        .start(moderator, ALPHA, "Hello", TopicAudience::Everyone)
        .await;
    bed.mutes_author(ada, &id.unwrap(), 1).await;
    let leaders = bed.storage.communities();
    for handle in ["h2", "h3"] {
        leaders.appoint(moderator, ALPHA, handle).await.unwrap();
    }
    bed.tell().await;
    assert_eq!(bed.told(ada).await, []);
    assert_eq!(bed.told(grace).await.len(), 1);
    // They find it in their settings all the same.
    let own = bed.own_leaderships(ada).await;
    assert_eq!(own[0].state, LeadershipState::Invited);
}
