//! Locking and moving topics, and what moderators may not do.

use domain::{
    Error,
    account::{Actor, Member, Role, Standing},
    catalogue::Resolved,
    community::{
        ContentAction, ContentModeration, Discussions, Feeds, Leaders, Moderation, Notifications,
        QuestionDraft, Questions, TopicAudience,
    },
    search::SearchIn,
};

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::{ALPHA, BETA, titles},
};

contract! {
    nobody_writes_in_a_locked_discussion,
    nobody_answers_a_locked_question,
    a_moved_topic_keeps_its_address_and_its_followers,
    what_was_written_for_one_community_stays_there,
    every_act_has_a_reason_and_is_listed,
    nobody_decides_about_what_they_have_written,
    only_moderators_in_good_standing_do_so,
    of_two_moderators_at_once_one_hides,
}

use ContentModeration::{Hide, Lock, Show, Unlock};
use TopicAudience::{Community, Everyone, Members};

fn to(slug: &str) -> ContentModeration {
    ContentModeration::Move {
        slug: slug.to_owned(),
    }
}

fn locked(kind: &str) -> Error {
    Error::Forbidden {
        reason: format!("this {kind} is locked. Reason: Not here"),
    }
}

async fn nobody_writes_in_a_locked_discussion(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(grace, &id, "Me.").await.unwrap();
    bed.reply(moderator, &id, "Calm, please.").await.unwrap();
    bed.moderate(moderator, &id, 2, Lock).await;
    bed.moderate(moderator, &id, 1, Lock).await;
    for actor in [ada, grace] {
        assert_eq!(
            bed.reply(actor, &id, "But!").await,
            Err(locked("discussion"))
        );
        let topic = bed.topic(actor, &id).await;
        assert!(topic.joined && !topic.may_write);
        assert_eq!(topic.locked.as_deref(), Some("Not here"));
        let replying = communities.replying(actor, &id, None).await.unwrap();
        assert_eq!(replying.locked.as_deref(), Some("Not here"));
    }
    let own = communities.own_post(grace, &id, 2).await;
    assert_eq!(own, Err(locked("discussion")));
    let edit = communities
        .edit_post(grace, &id, 2, 1, "Not me.", None)
        .await;
    assert_eq!(edit.map(drop), Err(locked("discussion")));
    let visitor = bed.topic(Actor::Visitor, &id).await;
    assert_eq!(visitor.locked.as_deref(), Some("Not here"));
    // Moderators write there, and everybody takes back what they have written.
    assert!(bed.topic(moderator, &id).await.may_write);
    assert_eq!(bed.reply(moderator, &id, "Closed.").await, Ok(4));
    let edit = communities.edit_post(moderator, &id, 4, 1, "Closed now.", None);
    edit.await.unwrap();
    communities.delete_post(grace, &id, 2, "").await.unwrap();
    bed.moderate(moderator, &id, 1, Unlock).await;
    bed.moderate(moderator, &id, 1, Unlock).await;
    assert_eq!(bed.topic(ada, &id).await.locked, None);
    assert_eq!(bed.reply(ada, &id, "Thank you.").await, Ok(5));
    assert_eq!(
        bed.number("SELECT count(*) FROM content_moderation").await,
        2
    );
}

async fn nobody_answers_a_locked_question(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let moderator = bed.moderator(3).await;
    let draft = QuestionDraft {
        title: "May I swim?".to_owned(),
        details: String::new(),
        audience: Members,
        anonymous: false,
        content_note: None,
    };
    let key = submission("q");
    let id = communities.ask(ada, ALPHA, draft, &key).await.unwrap();
    bed.moderate(moderator, &id, 1, Lock).await;
    for actor in [ada, expert] {
        let answer = communities.answer(actor, &id, "Yes.", None, false, &key);
        assert_eq!(answer.await, Err(locked("question")));
        let page = domain::community::AnswersPage::First;
        let thread = communities.question(actor, &id, page).await.unwrap();
        assert_eq!((thread.answers_as, thread.may_write), (None, false));
        assert_eq!(thread.locked.as_deref(), Some("Not here"));
        let answering = communities.answering(actor, &id).await.unwrap();
        assert_eq!(answering.locked.as_deref(), Some("Not here"));
    }
    bed.moderate(moderator, &id, 1, Unlock).await;
    let answer = communities.answer(expert, &id, "Yes.", None, false, &key);
    assert_eq!(answer.await, Ok(2));
}

async fn a_moved_topic_keeps_its_address_and_its_followers(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, BETA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "A qxlynx", Everyone).await.unwrap();
    communities.pin_topic(moderator, &id).await.unwrap();
    bed.tell().await;
    let changes = bed.storage.database().changes();
    let tag = async |slug: &str| format!("condition:{}", bed.id(slug).await.0.simple());
    let (alpha, beta) = (tag(ALPHA).await, tag(BETA).await);
    let topic = format!("topic:{id}");
    let before = [&alpha, &beta, &topic].map(|tag| changes.last(tag));
    bed.moderate(moderator, &id, 1, to(BETA)).await;
    // A second time.
    bed.moderate(moderator, &id, 1, to(BETA)).await;
    let after = [&alpha, &beta, &topic].map(|tag| changes.last(tag));
    assert!(
        before
            .iter()
            .zip(&after)
            .all(|(before, after)| before < after)
    );
    assert!(bed.topics(ada, ALPHA, None).await.topics.is_empty());
    let list = bed.topics(grace, BETA, None).await;
    assert_eq!(titles(&list.topics), ["A qxlynx"]);
    assert!(list.pinned.is_empty());
    let page = bed.topic(ada, &id).await;
    assert_eq!(page.condition.slug, BETA);
    assert_eq!((page.following, page.joined), (Some(true), false));
    let hits = bed
        .hits_in(Actor::Visitor, SearchIn::Discussions, "qxlynx")
        .await;
    assert_eq!(hits.len(), 1);
    assert!(hits[0].starts_with(BETA));
    // Who follows it is told of what is new, where it is now; who started it of the move.
    bed.reply(grace, &id, "Welcome here.").await.unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    assert_eq!(told.len(), 2);
    assert_eq!(communities.unread(ada).await, Ok(2));
    let Ok(Resolved::Here(feed)) = communities.feed(ada, BETA, None, None).await else {
        panic!("there is no feed");
    };
    assert_eq!(feed.feed.lines.len(), 1);
    let Ok(Resolved::Here(feed)) = communities.feed(ada, ALPHA, None, None).await else {
        panic!("there is no feed");
    };
    assert!(feed.feed.lines.is_empty());
    let decisions = communities.own_decisions(ada, None).await.unwrap();
    let (from, to) = decisions.decisions[0].moved.clone().unwrap();
    assert_eq!((from.slug.as_str(), to.slug.as_str()), (ALPHA, BETA));
}

async fn what_was_written_for_one_community_stays_there(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "Who else?", Community).await.unwrap();
    let moved = communities.moderate(moderator, &id, 1, to(BETA), "Not here");
    assert!(matches!(moved.await, Err(Error::Forbidden { .. })));
    assert_eq!(bed.topic(ada, &id).await.condition.slug, ALPHA);
    let nowhere = communities.moderate(moderator, &id, 1, to("nowhere"), "Not here");
    assert!(nowhere.await.is_err());
    assert_eq!(
        bed.number("SELECT count(*) FROM content_moderation").await,
        0
    );
}

async fn every_act_has_a_reason_and_is_listed(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(ada, &id, "Me.").await.unwrap();
    for bad in ["", " \n", "a\u{202e}b", &"a".repeat(501)] {
        let hide = communities.moderate(moderator, &id, 2, Hide, bad).await;
        assert_eq!(field(hide), "reason", "{bad:?}");
    }
    for (number, what) in [(2, Hide), (2, Show), (2, Lock), (1, Hide)] {
        bed.seconds_pass(1);
        bed.moderate(moderator, &id, number, what).await;
    }
    let page = communities.moderating(moderator, &id, 2).await.unwrap();
    let listed: Vec<_> = page
        .history
        .iter()
        .map(|entry| (entry.action, entry.number, entry.lifted.is_some()))
        .collect();
    assert_eq!(
        listed,
        [
            (ContentAction::Lock, 1, false),
            (ContentAction::Show, 2, false),
            (ContentAction::Hide, 2, true),
        ]
    );
    assert_eq!(page.history[0].by.as_deref(), Some("Person 3"));
    assert_eq!(page.locked.as_deref(), Some("Not here"));
    let first = communities.moderating(moderator, &id, 1).await.unwrap();
    assert!(first.post.html.as_str().contains("first"));
    assert_eq!(first.history.len(), 2);
    for missing in [0, 3, -1, i64::MIN, i64::MAX] {
        let page = communities.moderating(moderator, &id, missing).await;
        assert_eq!(page.map(drop), Err(Error::NotFound), "{missing}");
        let hide = communities.moderate(moderator, &id, missing, Hide, "So");
        assert_eq!(hide.await, Err(Error::NotFound), "{missing}");
    }
    let nul = communities.moderating(moderator, "a\0b", 1).await;
    assert_eq!(nul.map(drop), Err(Error::NotFound));
}

async fn nobody_decides_about_what_they_have_written(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let moderator = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let other = bed.moderator(4).await;
    let id = bed
        .start(moderator, ALPHA, "Who else?", Everyone)
        .await
        .unwrap();
    bed.moderate(other, &id, 1, Hide).await;
    bed.moderate(other, &id, 1, Lock).await;
    for what in [Show, Unlock, Lock, to(BETA)] {
        let own = communities.moderate(moderator, &id, 1, what, "Mine").await;
        assert!(matches!(own, Err(Error::Forbidden { .. })));
    }
    let page = communities.moderating(moderator, &id, 1).await.unwrap();
    assert!(page.own && page.own_topic);
}

async fn only_moderators_in_good_standing_do_so(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let expert = bed.writer(2, Some(Role::Expert)).await;
    let suspended = bed.moderator(3).await.member().unwrap();
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..suspended
    });
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    for actor in [Actor::Visitor, ada, expert, suspended] {
        let page = communities.moderating(actor, &id, 1).await;
        assert_eq!(page.map(drop), Err(Error::NotFound));
        let hide = communities.moderate(actor, &id, 1, Hide, "So").await;
        assert_eq!(hide, Err(Error::NotFound));
    }
}

async fn of_two_moderators_at_once_one_hides(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let ada = bed.joined(1, None, ALPHA).await;
    let one = bed.moderator(3).await;
    let two = bed.moderator(4).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    bed.reply(ada, &id, "Me.").await.unwrap();
    let hides = async |actor| communities.moderate(actor, &id, 2, Hide, "So").await;
    let (first, second) = tokio::join!(hides(one), hides(two));
    assert_eq!((first, second), (Ok(()), Ok(())));
    assert_eq!(
        bed.number("SELECT count(*) FROM content_moderation").await,
        1
    );
    let (first, second) = tokio::join!(
        communities.moderate(one, &id, 2, Show, "So"),
        communities.edit_post(ada, &id, 2, 1, "Not me.", None)
    );
    assert_eq!(first, Ok(()));
    // Before or after, but never in between.
    let post = bed.post(ada, &id, 2).await;
    assert!(post.hidden.is_none());
    let text = post.html.as_str().trim().to_owned();
    let edited = second.is_ok();
    assert_eq!(
        text,
        if edited {
            "<p>Not me.</p>"
        } else {
            "<p>Me.</p>"
        }
    );
}
