//! Content notes that moderators and leaders put before what others have written.

use domain::{
    Error,
    account::{Actor, Role},
    community::{
        AppealDecision, Decision, Discussions, Moderation, NotificationSubject, TopicAudience,
    },
    search::SearchIn,
    text::Change,
};

use crate::{
    bed::Bed,
    people::field,
    writers::{ALPHA, BETA},
};

contract! {
    moderators_and_leaders_set_a_note_that_its_author_does_not_remove,
    an_authors_own_note_and_versions_are_as_they_were,
    who_wrote_it_is_told_and_can_appeal,
    a_note_of_an_alias_names_nobody,
    nobody_else_sets_a_note,
}

use TopicAudience::Everyone;

const NOTE: &str = "mentions death";

/// The note of a post, and whether somebody else put it there.
async fn note(bed: &Bed, id: &str) -> (Option<String>, bool) {
    let post = bed.post(Actor::Visitor, id, 1).await;
    (post.content_note, post.note_set)
}

fn set(words: &str) -> (Option<String>, bool) {
    (Some(words.to_owned()), true)
}

async fn decisions(bed: &Bed, actor: Actor) -> Vec<Decision> {
    let moderation = bed.storage.communities();
    let list = moderation.own_decisions(actor, None).await.unwrap();
    list.decisions
}

async fn moderators_and_leaders_set_a_note_that_its_author_does_not_remove(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let own = communities.own_post(ada, &id, 1).await.unwrap();
    let leader = bed.leader(2, ALPHA, moderator).await;
    for (actor, words) in [(leader, "mentions ice"), (moderator, NOTE)] {
        assert!(bed.post(actor, &id, 1).await.may_note);
        let noting = communities.noting(actor, &id, 1).await.unwrap();
        assert_eq!(noting.topic.id, id);
        let epoch = bed.changed().0;
        for _ in 0..2 {
            let around = format!(" {words} ");
            let done = communities.set_note(actor, &id, 1, &around);
            done.await.unwrap();
        }
        // Visitors see it at once; the same again changes nothing.
        assert_eq!(bed.changed().0, epoch + 1);
        assert_eq!(note(&bed, &id).await, set(words));
    }
    // The author edits, and the note stays.
    let edit = communities.edit_post(ada, &id, 1, own.version, "Another text.", None);
    edit.await.unwrap();
    assert_eq!(note(&bed, &id).await, set(NOTE));
    let own = communities.own_post(ada, &id, 1).await.unwrap();
    assert_eq!(own.set_note.as_deref(), Some(NOTE));
    assert_eq!(own.content_note, None);
    // Search results say the note alone.
    let hits = bed.hits_in(ada, SearchIn::Discussions, "Another").await;
    assert_eq!(
        hits,
        ["alpha-disease 1 A walk: Content note: mentions death"]
    );
    communities.set_note(leader, &id, 1, "").await.unwrap();
    assert_eq!(note(&bed, &id).await, (None, false));
    let empty = communities.set_note(leader, &id, 1, " ").await;
    assert_eq!(field(empty), "content_note");
    let events = "SELECT count(*) FROM event WHERE kind LIKE 'moderation.content_note_%'";
    assert_eq!(bed.number(events).await, 3);
    // It goes with the post.
    communities.set_note(leader, &id, 1, NOTE).await.unwrap();
    communities.delete_post(ada, &id, 1, "").await.unwrap();
    assert_eq!(note(&bed, &id).await, (None, false));
    let left = "SELECT count(*) FROM post WHERE set_note IS NOT NULL";
    assert_eq!(bed.number(left).await, 0);
    let late = communities.set_note(leader, &id, 1, NOTE).await;
    assert!(matches!(late, Err(Error::Forbidden { .. })), "{late:?}");
}

async fn an_authors_own_note_and_versions_are_as_they_were(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let own = Some("mentions ice");
    let edit = communities.edit_post(ada, &id, 1, 1, "Some ice.", own);
    edit.await.unwrap();
    communities.set_note(moderator, &id, 1, NOTE).await.unwrap();
    let history = async || {
        let history = communities.versions(Actor::Visitor, &id, 1).await.unwrap();
        let versions = history.versions.into_iter();
        versions.collect::<Vec<_>>()
    };
    let with = history().await;
    assert_eq!(with.len(), 2);
    for version in &with {
        assert_eq!(version.content_note.as_deref(), Some(NOTE));
    }
    // What the author changed is what the history says.
    let change = with[0].change.clone().unwrap();
    assert_eq!(change.note, [Change::Added("mentions ice".to_owned())]);
    communities.set_note(moderator, &id, 1, "").await.unwrap();
    let own = (Some("mentions ice".to_owned()), false);
    assert_eq!(note(&bed, &id).await, own);
    assert_eq!(history().await[0].content_note, own.0);
}

async fn who_wrote_it_is_told_and_can_appeal(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let other = bed.writer(4, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    communities.set_note(moderator, &id, 1, NOTE).await.unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    assert!(
        matches!(told[0].subject, NotificationSubject::Decision { .. }),
        "{told:?}"
    );
    let decision = decisions(&bed, ada).await.remove(0);
    assert_eq!(decision.reason, NOTE);
    assert!(decision.may_appeal_until.is_some());
    let appealed = communities.appeal(ada, &decision.id, "It does not.").await;
    assert_eq!(appealed, Ok(()));
    let waiting = communities.appeals(other, false, None).await.unwrap();
    let appeal = &waiting.appeals[0].id;
    let lift = AppealDecision::Lift;
    // Somebody else decides.
    let refused = communities.decide_appeal(moderator, appeal, lift, "So.");
    assert!(matches!(refused.await, Err(Error::Forbidden { .. })));
    communities
        .decide_appeal(other, appeal, lift, "Right.")
        .await
        .unwrap();
    assert_eq!(note(&bed, &id).await, (None, false));
    bed.tell().await;
    let decision = decisions(&bed, ada).await.remove(0);
    assert!(decision.lifted.is_some());
}

async fn a_note_of_an_alias_names_nobody(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start_anonymously(ada, "Who else?").await;
    communities.set_note(moderator, &id, 1, NOTE).await.unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    assert_eq!(told[0].subject, NotificationSubject::SomeDecision);
    let named = "SELECT count(*) FROM notification WHERE decision <> ''";
    assert_eq!(bed.number(named).await, 0);
    let decision = decisions(&bed, ada).await.remove(0);
    let other = communities.own_decision(grace, &decision.id).await;
    assert_eq!(other.map(drop), Err(Error::NotFound));
    assert_eq!(bed.told(grace).await.len(), 0);
}

async fn nobody_else_sets_a_note(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let theirs = bed
        .start(moderator, ALPHA, "Theirs", Everyone)
        .await
        .unwrap();
    // Who leads another community leads nothing here.
    let elsewhere = bed.leader(4, BETA, moderator).await;
    for (actor, id) in [
        (ada, &id),
        (grace, &id),
        (elsewhere, &id),
        // What one wrote oneself one edits.
        (moderator, &theirs),
    ] {
        assert!(!bed.post(actor, id, 1).await.may_note);
        let refused = communities.noting(actor, id, 1).await.map(drop);
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
        let refused = communities.set_note(actor, id, 1, NOTE).await.map(drop);
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
    }
    let visitor = communities.set_note(Actor::Visitor, &id, 1, NOTE).await;
    assert_eq!(visitor.map(drop), Err(Error::Unauthenticated));
    assert!(!bed.post(Actor::Visitor, &id, 1).await.may_note);
    // A hidden post has no note to set.
    let hide = domain::community::ContentModeration::Hide;
    bed.moderate(moderator, &id, 1, hide).await;
    let hidden = communities.noting(moderator, &id, 1).await.map(drop);
    assert_eq!(hidden, Err(Error::NotFound));
    let long = "a".repeat(61);
    let theirs = bed.start(ada, ALPHA, "Another", Everyone).await.unwrap();
    let long = communities.set_note(moderator, &theirs, 1, &long).await;
    assert_eq!(field(long), "content_note");
}
