//! Muting an alias: posts under it fold, and nothing tells whose it is.

use domain::{
    account::{Actor, Role},
    community::{
        ContentModeration, Discussions, FeedItem, Memberships, Muted, Muting, NotificationKind,
        Questions as _, TopicAudience,
    },
};

use crate::{bed::Bed, people::submission, writers::ALPHA};

contract! {
    posts_under_a_muted_alias_fold_and_those_by_name_do_not,
    a_mute_of_a_name_folds_nothing_under_an_alias,
    a_mute_of_an_alias_holds_in_one_topic_and_names_no_account,
    a_muted_alias_causes_no_notification_and_no_email,
    an_alias_is_listed_and_its_mute_ended,
    a_muted_alias_stays_when_its_account_goes,
    what_is_gone_and_what_is_ones_own_is_not_muted,
}

use NotificationKind::Followed;
use TopicAudience::{Community, Everyone};

/// Somebody who mutes, and somebody who writes under a name and under an alias.
async fn two(bed: &Bed) -> (Actor, Actor) {
    bed.with_conditions().await;
    (
        bed.joined(1, None, ALPHA).await,
        bed.joined(2, None, ALPHA).await,
    )
}

async fn posts_under_a_muted_alias_fold_and_those_by_name_do_not(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let wren = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_anonymously(grace, &id, "Hush.").await;
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.reply_anonymously(wren, &id, "Hush, too.").await;
    bed.reply_anonymously(grace, &id, "Still.").await;
    let theirs = bed.start_anonymously(grace, "Her walk").await;
    bed.seal().await;
    let open = [None, Some(false), Some(false), Some(false), Some(false)];
    assert_eq!(bed.folded(ada, &id).await, open);
    assert_eq!(bed.folded(Actor::Visitor, &id).await, [None; 5]);
    let mut before = Vec::new();
    for actor in [grace, wren] {
        before.push(bed.everything(actor, &id).await);
    }
    let changed = bed.changed();
    let events = bed.number("SELECT count(*) FROM event").await;
    let communities = bed.storage.communities();
    let terms = communities.muting(ada, &id, 2).await.unwrap();
    assert_eq!(terms.author.name.as_deref(), Some("Anonymous 1"));
    assert!(terms.by_alias && !terms.muted && terms.author.handle.is_none());
    assert!(!communities.muting(ada, &id, 3).await.unwrap().by_alias);
    for number in [2, 5] {
        bed.mutes_author(ada, &id, number).await;
    }
    assert!(communities.muting(ada, &id, 5).await.unwrap().muted);
    assert!(!communities.muting(ada, &id, 3).await.unwrap().muted);
    let folded = [None, Some(true), Some(false), Some(false), Some(true)];
    assert_eq!(bed.folded(ada, &id).await, folded);
    // The alias of a topic, in lists and in feeds.
    bed.mutes_author(ada, &theirs, 1).await;
    let lines = bed.topics(ada, ALPHA, None).await.topics;
    let muted: Vec<_> = lines.iter().map(|line| (&*line.id, line.muted)).collect();
    assert_eq!(muted, [(&*theirs, true), (&*id, false)]);
    let news = bed.news(ada, ALPHA).await;
    let muted: Vec<_> = news.iter().filter(|line| line.item.is_muted()).collect();
    assert!(!muted.is_empty());
    for line in muted {
        assert_eq!(line.author.name, None);
        assert!(matches!(line.item, FeedItem::Muted { .. }));
        assert!(!format!("{line:?}").contains("Her walk"));
    }
    // Nobody else sees or hears anything.
    assert_eq!(bed.changed(), changed);
    assert_eq!(bed.number("SELECT count(*) FROM event").await, events);
    for (actor, before) in [grace, wren].into_iter().zip(before) {
        assert_eq!(bed.everything(actor, &id).await, before);
    }
}

async fn a_mute_of_a_name_folds_nothing_under_an_alias(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_anonymously(grace, &id, "Hush.").await;
    bed.reply(grace, &id, "So.").await.unwrap();
    let folded = async || bed.folded(ada, &id).await;
    // By a name, and without one.
    for audience in ["members", "only_me"] {
        bed.run(&format!("UPDATE profile SET name_audience = '{audience}'"))
            .await;
        bed.mutes_author(ada, &id, 3).await;
        assert_eq!(
            folded().await,
            [None, Some(false), Some(true)],
            "{audience}"
        );
    }
    // Each is ended by itself.
    bed.mutes_author(ada, &id, 2).await;
    assert_eq!(folded().await, [None, Some(true), Some(true)]);
    let communities = bed.storage.communities();
    communities.unmute(ada, &id, 3).await.unwrap();
    assert_eq!(folded().await, [None, Some(true), Some(false)]);
    bed.mutes_author(ada, &id, 3).await;
    communities.unmute(ada, &id, 2).await.unwrap();
    assert_eq!(folded().await, [None, Some(false), Some(true)]);
}

async fn a_mute_of_an_alias_holds_in_one_topic_and_names_no_account(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let other = bed.start(ada, ALPHA, "A run", Everyone).await.unwrap();
    for id in [&id, &other] {
        bed.reply_anonymously(grace, id, "Hush.").await;
    }
    bed.mutes_author(ada, &id, 2).await;
    assert_eq!(bed.folded(ada, &id).await, [None, Some(true)]);
    assert_eq!(bed.folded(ada, &other).await, [None, Some(false)]);
    let named = "SELECT count(*) FROM mute WHERE muted_account_id IS NOT NULL OR topic_id IS NULL";
    assert_eq!(bed.number(named).await, 0);
    // Answers to questions, too.
    let asked = bed.asks(ada, ALPHA, "May I?", Everyone).await.unwrap();
    let communities = bed.storage.communities();
    let key = submission("answer");
    let answered = communities.answer(grace, &asked, "You may.", None, true, &key);
    answered.await.unwrap();
    let is_muted = async || bed.question(ada, &asked).await.answers[0].muted;
    assert_eq!(is_muted().await, Some(false));
    bed.mutes_author(ada, &asked, 2).await;
    assert_eq!(is_muted().await, Some(true));
}

async fn a_muted_alias_causes_no_notification_and_no_email(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_anonymously(grace, &id, "Hush.").await;
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Followed, 2)]);
    bed.mutes_author(ada, &id, 2).await;
    assert_eq!(bed.posts(ada).await, []);
    bed.reply_anonymously(grace, &id, "Hush again.").await;
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, []);
    bed.seconds_pass(3 * 86_400);
    let letters = bed.due_letters().await.into_iter();
    assert_eq!(letters.filter(|(to, ..)| to == "p1@example.org").count(), 0);
    // She is told of what the same person writes by name.
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Followed, 4)]);
}

async fn an_alias_is_listed_and_its_mute_ended(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let id = bed.start(ada, ALPHA, "A walk", Community).await.unwrap();
    bed.reply_anonymously(grace, &id, "Hush.").await;
    bed.mutes_author(ada, &id, 2).await;
    let communities = bed.storage.communities();
    let list = communities.mutes(ada, None).await.unwrap();
    let [mute] = &list.mutes[..] else {
        panic!("{list:?}")
    };
    assert!(
        matches!(&mute.muted, Muted::Alias { number: 1, topic: Some(topic) } if topic.id == id),
        "{list:?}"
    );
    assert!(!format!("{list:?}").contains("Person 2"));
    communities.leave(ada, ALPHA).await.unwrap();
    let gone = Muted::Alias {
        number: 1,
        topic: None,
    };
    assert_eq!(bed.muted(ada).await, [gone]);
    // Nobody else ends it.
    communities.end_mute(grace, &mute.id).await.unwrap();
    assert_eq!(bed.muted(ada).await.len(), 1);
    communities.end_mute(ada, &mute.id).await.unwrap();
    assert_eq!(bed.muted(ada).await, []);
}

/// Whether the account is gone is nobody's to know.
async fn a_muted_alias_stays_when_its_account_goes(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_anonymously(grace, &id, "Hush.").await;
    bed.mutes_author(ada, &id, 2).await;
    bed.run("DELETE FROM account WHERE handle = 'h2'").await;
    assert_eq!(bed.folded(ada, &id).await, [None, Some(true)]);
    assert_eq!(bed.muted(ada).await.len(), 1);
    let communities = bed.storage.communities();
    communities.unmute(ada, &id, 2).await.unwrap();
    assert_eq!(bed.folded(ada, &id).await, [None, Some(false)]);
    bed.mutes_author(ada, &id, 2).await;
    bed.run("DELETE FROM account WHERE handle = 'h1'").await;
    assert_eq!(bed.number("SELECT count(*) FROM mute").await, 0);
}

async fn what_is_gone_and_what_is_ones_own_is_not_muted(bed: Bed) {
    let (ada, grace) = two(&bed).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    for text in ["Hush.", "Hidden.", "Deleted."] {
        bed.reply_anonymously(grace, &id, text).await;
    }
    let communities = bed.storage.communities();
    let hide = ContentModeration::Hide;
    bed.moderate(moderator, &id, 3, hide).await;
    communities.delete_post(grace, &id, 4, "").await.unwrap();
    assert_eq!(
        bed.folded(grace, &id).await,
        [Some(false), None, None, None]
    );
    for (actor, number) in [(ada, 3), (ada, 4), (grace, 2)] {
        let refused = communities.mute(actor, &id, number).await;
        assert_eq!(refused, Err(domain::Error::NotFound), "{number}");
    }
    // What is hidden or deleted afterwards does not tell who wrote it.
    bed.mutes_author(ada, &id, 2).await;
    assert_eq!(bed.folded(ada, &id).await, [None, Some(true), None, None]);
    let started = bed.start_anonymously(grace, "Her walk").await;
    bed.mutes_author(ada, &started, 1).await;
    let is_muted = async || bed.topics(ada, ALPHA, None).await.topics[0].muted;
    assert!(is_muted().await);
    bed.moderate(moderator, &started, 1, ContentModeration::Hide)
        .await;
    assert!(!is_muted().await);
}
