//! What deciding about resources leaves, and what becomes of them later.

use domain::{
    Error,
    account::{Accounts, Actor, Role},
    community::{ResourceState, Resources},
};
use sea_orm::EntityTrait;
use storage::event::entity as event;

use crate::{
    bed::Bed,
    people::{PASSWORD, password, submission},
    release::{mondo, obsolete, term},
    resource_rules::numbered,
    resources::{recommended, titles},
    writers::{ALPHA, BETA},
};

contract! {
    only_what_visitors_see_makes_pages_old,
    each_act_has_one_event,
    resources_follow_a_condition_that_is_replaced,
    what_a_deleted_account_suggested_stays_if_it_is_listed,
}

async fn only_what_visitors_see_makes_pages_old(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let mut before = bed.changed();
    let mut moved = |what: &str, by: u64| {
        before.0 += by;
        assert_eq!(bed.changed(), before, "{what}");
    };
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(bed.suggest(ada, ALPHA, numbered(number)).await.unwrap());
    }
    moved("suggestions", 0);
    resources.withdraw(ada, &ids[0]).await.unwrap();
    moved("a withdrawal", 0);
    bed.decline(moderator, &ids[1], "No").await.unwrap();
    moved("a decline", 0);
    bed.approve(moderator, &ids[2]).await.unwrap();
    moved("an approval", 1);
    resources.remove(moderator, &ids[2], "No").await.unwrap();
    moved("a removal", 1);
}

async fn each_act_has_one_event(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let resources = bed.storage.communities();
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.push(bed.suggest(ada, ALPHA, numbered(number)).await.unwrap());
        assert!(bed.suggest(ada, ALPHA, numbered(number)).await.is_err());
    }
    // What changes nothing has none.
    for _ in 0..2 {
        resources.withdraw(ada, &ids[0]).await.unwrap();
        bed.decline(moderator, &ids[1], "No").await.unwrap();
    }
    for _ in 0..2 {
        bed.approve(moderator, &ids[2]).await.unwrap();
    }
    for _ in 0..2 {
        resources.remove(moderator, &ids[2], "No").await.unwrap();
    }
    let events = event::Entity::find()
        .all(bed.storage.database().readers())
        .await
        .unwrap();
    let mut events: Vec<_> = events
        .into_iter()
        .filter(|event| event.kind.starts_with("community."))
        .collect();
    events.sort_by_key(|event| event.id);
    let kinds: Vec<_> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "community.resource_suggested",
            "community.resource_suggested",
            "community.resource_suggested",
            "community.resource_withdrawn",
            "community.resource_declined",
            "community.resource_approved",
            "community.resource_removed",
        ]
    );
    let alpha = Some(bed.id(ALPHA).await.0);
    assert!(events.iter().all(|event| event.community_id == alpha));
    let subjects: Vec<_> = events.iter().map(|event| event.subject_id).collect();
    assert_eq!(subjects[..3], [subjects[3], subjects[4], subjects[5]]);
    assert_eq!(subjects[5], subjects[6]);
    let by = |actor: Actor| Some(actor.member().unwrap().account.0);
    assert!(events[..4].iter().all(|event| event.actor_id == by(ada)));
    assert!(
        events[4..]
            .iter()
            .all(|event| event.actor_id == by(moderator))
    );
}

async fn resources_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let root = bed.joined(1, Some(Role::Administrator), ALPHA).await;
    bed.join(root, BETA).await;
    // The same links in both communities: `true` is approved, `false` waits.
    let mut links = 0;
    for (alpha, beta) in [
        (Some(true), None),
        (Some(false), None),
        (Some(true), Some(true)),
        (Some(true), Some(false)),
        (Some(false), Some(true)),
        (Some(false), Some(false)),
    ] {
        links += 1;
        for (slug, approved) in [(ALPHA, alpha), (BETA, beta)] {
            let Some(approved) = approved else { continue };
            let draft = recommended(
                &format!("{slug} {links}"),
                &format!("https://example.org/{links}"),
            );
            let id = bed.suggest(root, slug, draft).await.unwrap();
            bed.seconds_pass(1);
            if approved {
                bed.approve(root, &id).await.unwrap();
            }
        }
    }
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    assert_eq!(bed.moved(ALPHA).await, BETA);
    let list = bed.resources(root, BETA).await;
    let mut approved = titles(&list.resources);
    approved.sort_unstable();
    assert_eq!(
        approved,
        [
            "alpha-disease 1",
            "alpha-disease 4",
            "beta-disease 3",
            "beta-disease 5",
        ]
    );
    let mut waiting: Vec<_> = list
        .waiting
        .iter()
        .map(|one| one.line.title.as_str())
        .collect();
    waiting.sort_unstable();
    assert_eq!(waiting, ["alpha-disease 2", "beta-disease 6"]);
    let mut refused: Vec<_> = list
        .refused
        .iter()
        .map(|one| (one.line.title.as_str(), one.state))
        .collect();
    refused.sort_unstable_by_key(|one| one.0);
    assert_eq!(
        refused,
        [
            ("alpha-disease 3", ResourceState::Removed),
            ("alpha-disease 5", ResourceState::Declined),
            ("alpha-disease 6", ResourceState::Declined),
            ("beta-disease 4", ResourceState::Declined),
        ]
    );
    assert!(list.refused.iter().all(|one| !one.reason.is_empty()));
    assert!(list.joined && list.may_suggest);
}

async fn what_a_deleted_account_suggested_stays_if_it_is_listed(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let moderator = bed.writer(2, Some(Role::Moderator)).await;
    let listed = bed.suggest(ada, ALPHA, numbered(1)).await.unwrap();
    let waits = bed.suggest(ada, ALPHA, numbered(2)).await.unwrap();
    bed.approve(moderator, &listed).await.unwrap();
    let accounts = bed.storage.accounts();
    let present = password(PASSWORD);
    accounts.delete(ada, &present, false).await.unwrap();
    let list = bed.resources(Actor::Visitor, ALPHA).await;
    assert_eq!(titles(&list.resources), ["Resource 1"]);
    let waiting = bed.approve(moderator, &waits).await;
    assert_eq!(waiting, Err(Error::NotFound));
    let nobodys = "SELECT count(*) FROM resource WHERE account_id IS NULL";
    assert_eq!(bed.number(nobodys).await, 1);
    assert_eq!(bed.number("SELECT count(*) FROM resource").await, 1);
    // Whoever has no account has not suggested what is nobody's.
    let list = bed.resources(Actor::Visitor, ALPHA).await;
    assert_eq!((list.waiting.len(), list.refused.len()), (0, 0));
    let key = submission("late");
    let late = bed.storage.communities();
    let late = late.suggest(ada, ALPHA, numbered(3), &key).await;
    assert!(late.is_err());
}
