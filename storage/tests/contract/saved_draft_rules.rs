//! What drafts of posts leave alone, how many there can be, and what becomes of them.

use domain::{
    Error,
    account::{Accounts, Actor, Member, Role, Standing},
    community::{
        ContentModeration, Discussions, DraftPlace, DraftText, Memberships, Moderation,
        SAVED_DRAFTS_MOST, SavedDraftPlace, SavedDrafts, TopicAudience,
    },
    policy::Quota,
};
use sea_orm::{EntityTrait, Set};
use storage::{
    community::entity::{post_draft, topic},
    event::entity as event,
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password},
    release::{mondo, obsolete, term},
    saved_drafts::{begun, new_discussion, version},
    writers::{ALPHA, BETA},
};

contract! {
    nothing_but_the_draft_is_written,
    drafts_have_limits,
    what_can_no_longer_be_read_can_be_taken_back,
    drafts_follow_a_condition_that_is_replaced,
    drafts_go_with_the_account,
}

use TopicAudience::{Community, Everyone};

async fn nothing_but_the_draft_is_written(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let topic = bed
        .start(grace, ALPHA, "Read this", Everyone)
        .await
        .unwrap();
    let connection = bed.connection().await;
    let events = async || event::Entity::find().all(&connection).await.unwrap().len();
    let (before, changed) = (events().await, bed.changed());
    let page = bed.topic(Actor::Visitor, &topic).await;
    let first = bed
        .begin_draft(ada, DraftPlace::Topic(topic.clone()), "@h2 A canary")
        .await;
    bed.begin_draft(ada, new_discussion(), "A canary").await;
    let communities = bed.storage.communities();
    communities.delete_draft(ada, &first).await.unwrap();
    assert_eq!((events().await, bed.changed()), (before, changed));
    assert_eq!(bed.topic(Actor::Visitor, &topic).await, page);
    bed.storage.events().seal().await.unwrap();
    communities.tell().await.unwrap();
    assert!(bed.told(grace).await.is_empty());
    assert!(bed.topics(grace, ALPHA, None).await.topics.len() == 1);
}

async fn drafts_have_limits(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let empty = DraftText::default();
    let refused = bed.save_draft(ada, new_discussion(), None, empty).await;
    assert_eq!(field(refused), "text");
    let long = DraftText {
        title: "a".repeat(151),
        ..begun("A finch")
    };
    assert_eq!(
        field(bed.save_draft(ada, new_discussion(), None, long).await),
        "title"
    );
    // Half a title is one.
    let half = DraftText {
        title: "W\0".to_owned(),
        ..DraftText::default()
    };
    let saved = version(bed.save_draft(ada, new_discussion(), None, half).await);
    let communities = bed.storage.communities();
    communities.delete_draft(ada, &saved).await.unwrap();
    let missing = DraftPlace::Topic("0000000000".to_owned());
    let refused = bed.save_draft(ada, missing, None, begun("A finch")).await;
    assert_eq!(refused, Err(Error::NotFound));

    // As many as there can be, in topics of which each has one.
    let account = ada.member().unwrap().account.0;
    let connection = bed.connection().await;
    let topic = bed
        .start(grace, ALPHA, "Read this", Everyone)
        .await
        .unwrap();
    let row = topic::Entity::find().one(&connection).await.unwrap();
    let mut all: Vec<_> = (0..SAVED_DRAFTS_MOST)
        .map(|number| post_draft::ActiveModel {
            id: Set(Uuid::new_v4()),
            version: Set(format!("v{number}")),
            account_id: Set(account),
            condition_id: Set(None),
            topic_id: Set(row.as_ref().map(|row| row.id)),
            kind: Set(None),
            title: Set(String::new()),
            text: Set("A lark".to_owned()),
            content_note: Set(None),
            in_reply_to: Set(None),
            saved_at: Set(0),
        })
        .collect();
    let last = all.pop().unwrap();
    post_draft::Entity::insert_many(all)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    let first = bed.begin_draft(ada, new_discussion(), "The last").await;
    communities.delete_draft(ada, &first).await.unwrap();
    post_draft::Entity::insert(last)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    let refused = bed.save_draft(ada, new_discussion(), None, begun("One more"));
    assert_eq!(field(refused.await), "text");
    // Going on with one is always possible.
    let place = DraftPlace::Topic(topic);
    let saved = bed.save_draft(ada, place, Some("v0"), begun("A lark sings"));
    version(saved.await);

    // Beginning counts, by the day.
    let most = Quota::Drafts.most(grace.member().unwrap());
    for _ in 0..most {
        let version = bed.begin_draft(grace, new_discussion(), "A finch").await;
        communities.delete_draft(grace, &version).await.unwrap();
    }
    let refused = bed.save_draft(grace, new_discussion(), None, begun("A finch"));
    assert!(matches!(refused.await, Err(Error::LimitReached { .. })));
    bed.days_pass(2);
    bed.begin_draft(grace, new_discussion(), "A finch").await;
}

async fn what_can_no_longer_be_read_can_be_taken_back(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(7, Some(Role::Moderator)).await;
    let topic = bed
        .start(grace, ALPHA, "Among us", Community)
        .await
        .unwrap();
    let place = || DraftPlace::Topic(topic.clone());
    let first = bed.begin_draft(ada, place(), "A lark").await;
    let communities = bed.storage.communities();
    // Where it is locked it is still saved, and read.
    let lock = ContentModeration::Lock;
    let locked = communities.moderate(moderator, &topic, 1, lock, "Reason");
    locked.await.unwrap();
    let saved = bed.save_draft(ada, place(), Some(&first), begun("A lark sings"));
    version(saved.await);
    assert!(
        communities
            .replying(ada, &topic, None)
            .await
            .unwrap()
            .draft
            .is_some()
    );
    assert_eq!(bed.topic(ada, &topic).await.draft_saved, None);
    let hide = ContentModeration::Hide;
    let hidden = communities.moderate(moderator, &topic, 1, hide, "Reason");
    hidden.await.unwrap();
    let (at, _) = bed.own_drafts(ada).await.remove(0);
    assert!(matches!(at, SavedDraftPlace::Adds(Some(link)) if link.title != "Among us"));
    communities.leave(ada, ALPHA).await.unwrap();
    let refused = bed.save_draft(ada, place(), None, begun("Another")).await;
    assert_eq!(refused, Err(Error::NotFound));
    // Whoever is suspended reads and deletes, and saves nothing.
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..ada.member().unwrap()
    });
    let refused = bed.save_draft(suspended, new_discussion(), None, begun("Another"));
    assert!(matches!(refused.await, Err(Error::Forbidden { .. })));
    let (at, own) = bed.own_drafts(suspended).await.remove(0);
    assert_eq!(at, SavedDraftPlace::Adds(None));
    assert_eq!(own.content.text, "A lark sings");
    communities
        .delete_draft(suspended, &own.version)
        .await
        .unwrap();
    assert!(bed.own_drafts(ada).await.is_empty());
}

async fn drafts_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    bed.join(ada, BETA).await;
    bed.begin_draft(ada, new_discussion(), "In alpha").await;
    bed.days_pass(1);
    let place = DraftPlace::Discussion(BETA.to_owned());
    let version = bed.begin_draft(ada, place, "In beta").await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    // Of two, none is lost.
    let found = bed.starting_draft(ada, BETA).await.unwrap();
    assert_eq!(found.content.text, "In beta");
    assert_eq!(bed.own_drafts(ada).await.len(), 2);
    let communities = bed.storage.communities();
    communities.delete_draft(ada, &version).await.unwrap();
    let found = bed.starting_draft(ada, BETA).await.unwrap();
    assert_eq!(found.content.text, "In alpha");
    let (at, _) = bed.own_drafts(ada).await.remove(0);
    assert!(matches!(
        at,
        SavedDraftPlace::Begins { condition, .. } if condition.slug == BETA
    ));
}

async fn drafts_go_with_the_account(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member("ada@example.org").await;
    let ada = bed.actor(&signed_in).await;
    bed.join(ada, ALPHA).await;
    bed.begin_draft(ada, new_discussion(), "A finch").await;
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), false)
        .await
        .unwrap();
    let rows = post_draft::Entity::find()
        .all(&bed.connection().await)
        .await;
    assert!(rows.unwrap().is_empty());
}
