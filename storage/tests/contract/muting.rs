//! Muting: what it changes, and that it changes it for one member alone.

use domain::{
    Error,
    account::{Actor, Role},
    community::{
        ContentModeration, Discussions, FeedItem, Leaders as _, Memberships, Muted, Muting,
        NotificationKind, Questions as _, TopicAudience,
    },
    policy::{Audience, Quota},
};

use crate::{
    bed::Bed,
    writers::{ALPHA, BETA},
};

contract! {
    a_mute_does_not_tell_who_started_what_is_hidden,
    posts_of_who_is_muted_fold_for_that_member_alone,
    who_is_muted_causes_no_notification_and_no_email,
    a_mute_of_who_has_no_name_holds_in_one_topic,
    a_mute_of_a_name_does_not_tell_who_writes_without_one,
    the_list_goes_on_and_ends_mutes,
    nobody_is_muted_whom_one_may_not_read,
    nobody_mutes_without_end,
    a_mute_goes_with_either_account,
}

use NotificationKind::{Declined, Followed, Mention, Reply};
use TopicAudience::{Community, Everyone};

impl Bed {
    pub(crate) async fn mutes_author(&self, actor: Actor, id: &str, number: i64) {
        let muting = self.storage.communities();
        let topic = muting.mute(actor, id, number).await.unwrap();
        assert_eq!(topic.id, id);
    }

    /// Whether each post of a discussion is by somebody whom who asks has muted.
    pub(crate) async fn folded(&self, actor: Actor, id: &str) -> Vec<Option<bool>> {
        let posts = self.topic(actor, id).await.posts;
        posts.iter().map(|post| post.muted).collect()
    }

    pub(crate) async fn muted(&self, actor: Actor) -> Vec<Muted> {
        let list = self.storage.communities().mutes(actor, None).await;
        let mutes = list.unwrap().mutes.into_iter();
        mutes.map(|mute| mute.muted).collect()
    }

    /// Everything that somebody reads of the communities, without what is said of muting.
    pub(crate) async fn everything(&self, actor: Actor, id: &str) -> String {
        let communities = self.storage.communities();
        let topic = self.topic(actor, id).await;
        let topics = self.topics(actor, ALPHA, None).await;
        let news = self.news(actor, ALPHA).await;
        let recent = communities.recent(actor, None).await.unwrap();
        let newest = communities.newest(actor, self.id(ALPHA).await).await;
        let leaders = communities.leaders(actor, self.id(ALPHA).await).await;
        let told = self.told(actor).await;
        format!("{topic:?} {topics:?} {news:?} {recent:?} {newest:?} {leaders:?} {told:?}")
    }
}

async fn posts_of_who_is_muted_fold_for_that_member_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let wren = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.reply(wren, &id, "Yes.").await.unwrap();
    let theirs = bed.start(grace, ALPHA, "Her walk", Everyone).await.unwrap();
    let asked = bed.asks(ada, ALPHA, "May I?", Everyone).await.unwrap();
    bed.answers(grace, &asked, "I do.").await.unwrap();
    bed.seal().await;
    let open = [None, Some(false), Some(false)];
    assert_eq!(bed.folded(ada, &id).await, open);
    assert_eq!(bed.folded(Actor::Visitor, &id).await, [None; 3]);
    let mut before = Vec::new();
    for actor in [grace, wren] {
        before.push(bed.everything(actor, &id).await);
    }
    let changed = bed.changed();
    let communities = bed.storage.communities();
    let terms = communities.muting(ada, &id, 2).await.unwrap();
    assert_eq!(terms.author.name.as_deref(), Some("Person 2"));
    assert!(!terms.muted);
    // Twice, because a button may be pressed twice.
    for _ in 0..2 {
        bed.mutes_author(ada, &id, 2).await;
    }
    assert!(communities.muting(ada, &id, 2).await.unwrap().muted);
    // For her, in discussions, questions, lists and feeds.
    let folded = [None, Some(true), Some(false)];
    assert_eq!(bed.folded(ada, &id).await, folded);
    assert_eq!(bed.folded(ada, &theirs).await, [Some(true)]);
    let thread = bed.question(ada, &asked).await;
    assert_eq!(thread.answers[0].muted, Some(true));
    let lines = bed.topics(ada, ALPHA, None).await.topics;
    let muted: Vec<_> = lines.iter().map(|line| (&*line.id, line.muted)).collect();
    assert_eq!(muted, [(&*theirs, true), (&*id, false)]);
    let news = bed.news(ada, ALPHA).await;
    let muted: Vec<_> = news.iter().filter(|line| line.item.is_muted()).collect();
    assert_eq!(muted.len(), 3);
    for line in muted {
        assert_eq!(line.author.name, None);
        assert!(matches!(line.item, FeedItem::Muted { count: 1, .. }));
        assert!(!format!("{line:?}").contains("Her walk"));
    }
    // Nobody else sees anything, whoever they are, and no kept page changes.
    assert_eq!(bed.changed(), changed);
    for (actor, before) in [grace, wren].into_iter().zip(before) {
        assert_eq!(bed.everything(actor, &id).await, before);
    }
    assert_eq!(bed.folded(Actor::Visitor, &id).await, [None; 3]);
    // Staff can be muted, too.
    bed.mutes_author(ada, &id, 3).await;
    let folded = [None, Some(true), Some(true)];
    assert_eq!(bed.folded(ada, &id).await, folded);
    for _ in 0..2 {
        communities.unmute(ada, &id, 2).await.unwrap();
    }
    let folded = [None, Some(false), Some(true)];
    assert_eq!(bed.folded(ada, &id).await, folded);
}

async fn who_is_muted_causes_no_notification_and_no_email(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let wren = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    bed.run("UPDATE account SET handle = 'ada0000000' WHERE handle = 'h1'")
        .await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Followed, 2)]);
    bed.mutes_author(ada, &id, 2).await;
    // What she was told of is gone with it, and stands for nothing.
    assert_eq!(bed.posts(ada).await, []);
    let reply = bed.reply_to(grace, &id, "Hello @ada0000000, and you.", Some(1));
    assert_eq!(reply.await, Ok(3));
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, []);
    bed.reply(wren, &id, "Yes.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Followed, 4)]);
    bed.mark_all(ada).await;
    // No letter: what is due was told of before.
    bed.seconds_pass(3 * 86_400);
    let to_ada = async || {
        let letters = bed.due_letters().await.into_iter();
        letters.filter(|(to, ..)| to == "p1@example.org").count()
    };
    assert_eq!(to_ada().await, 0);
    let communities = bed.storage.communities();
    communities.unmute(ada, &id, 2).await.unwrap();
    let mention = bed.reply(grace, &id, "And you, @ada0000000?").await;
    assert_eq!(mention, Ok(5));
    bed.tell().await;
    let told = bed.posts(ada).await;
    assert_eq!(told[0], (Mention, 5));
    assert!(!told.contains(&(Reply, 3)), "it is not told of later");
    // Nor is there a letter that was due when she muted.
    bed.mutes_author(ada, &id, 2).await;
    bed.seconds_pass(3 * 86_400);
    assert_eq!(to_ada().await, 0);
    // What moderators decide is told, even of one who is muted.
    let asked = bed.asks(ada, ALPHA, "May I?", Everyone).await.unwrap();
    bed.mutes_author(ada, &id, 4).await;
    communities
        .decline(wren, &asked, "Ask again.")
        .await
        .unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await[0], (Declined, 1));
}

async fn a_mute_of_who_has_no_name_holds_in_one_topic(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    bed.run("UPDATE profile SET name_audience = 'only_me'")
        .await;
    let id = bed.start(ada, ALPHA, "A walk", Community).await.unwrap();
    let other = bed.start(ada, ALPHA, "A run", Everyone).await.unwrap();
    for id in [&id, &id, &other] {
        bed.reply(grace, id, "So.").await.unwrap();
    }
    bed.mutes_author(ada, &id, 2).await;
    let folded = [None, Some(true), Some(true)];
    assert_eq!(bed.folded(ada, &id).await, folded);
    // Nobody learns which posts without a name are by one person, in several discussions.
    assert_eq!(bed.folded(ada, &other).await, [None, Some(false)]);
    let muted = bed.muted(ada).await;
    assert!(matches!(&muted[..], [Muted::Unnamed(Some(topic))] if topic.title == "A walk"));
    let communities = bed.storage.communities();
    communities.leave(ada, ALPHA).await.unwrap();
    assert_eq!(bed.muted(ada).await, [Muted::Unnamed(None)]);
    bed.join(ada, ALPHA).await;
    communities.unmute(ada, &id, 3).await.unwrap();
    assert_eq!(bed.muted(ada).await, []);
}

async fn a_mute_of_a_name_does_not_tell_who_writes_without_one(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    bed.show_membership(ada, BETA, Audience::Members).await;
    bed.show_membership(grace, BETA, Audience::Members).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.mutes_author(ada, &id, 2).await;
    for (audience, muted) in [
        ("only_me", false),
        ("communities", true),
        ("members", true),
        ("everyone", true),
    ] {
        bed.run(&format!("UPDATE profile SET name_audience = '{audience}'"))
            .await;
        let folded = bed.folded(ada, &id).await;
        assert_eq!(folded, [None, Some(muted)], "{audience}");
    }
    let named = bed.muted(ada).await;
    assert!(matches!(&named[..], [Muted::Person(who)] if who.name.is_some()));
    // Ending it at a post without a name ends nothing of the name.
    bed.run("UPDATE profile SET name_audience = 'only_me'")
        .await;
    let communities = bed.storage.communities();
    communities.unmute(ada, &id, 2).await.unwrap();
    let hidden = bed.muted(ada).await;
    assert!(matches!(&hidden[..], [Muted::Person(who)] if who.name.is_none()));
    // She is told of it as of anybody's.
    bed.reply(grace, &id, "And so.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await.len(), 1);
}

async fn the_list_goes_on_and_ends_mutes(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let communities = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    for index in 2..34_u8 {
        let other = bed.joined(index.into(), None, ALPHA).await;
        bed.reply(other, &id, "So.").await.unwrap();
        bed.seconds_pass(1);
        let number = if index < 22 { index } else { continue };
        bed.mutes_author(ada, &id, number.into()).await;
    }
    bed.seconds_pass(3_601);
    for index in 22..34_u8 {
        bed.seconds_pass(1);
        bed.mutes_author(ada, &id, index.into()).await;
    }
    let first = communities.mutes(ada, None).await.unwrap();
    assert_eq!(first.mutes.len(), 30);
    let name = |muted: &Muted| match muted {
        Muted::Person(author) => author.name.clone().unwrap(),
        Muted::Unnamed(_) | Muted::Alias { .. } => panic!("{muted:?}"),
    };
    assert_eq!(name(&first.mutes[0].muted), "Person 33");
    let next = first.next.unwrap();
    let second = communities.mutes(ada, Some(&next)).await.unwrap();
    let names: Vec<_> = second.mutes.iter().map(|mute| name(&mute.muted)).collect();
    assert_eq!(names, ["Person 3", "Person 2"]);
    assert_eq!(second.next, None);
    let mute = &second.mutes[1].id;
    // Others' mutes are none of theirs.
    let other = bed.writer(50, None).await;
    communities.end_mute(other, mute).await.unwrap();
    assert_eq!(communities.mutes(other, None).await.unwrap().mutes, []);
    for after in [mute.as_str(), "a\0b", ""] {
        let list = communities.mutes(other, Some(after)).await;
        assert_eq!(list, Err(Error::NotFound));
    }
    assert_eq!(bed.number("SELECT count(*) FROM mute").await, 32);
    for id in [mute.as_str(), mute, "0000000000", "a\0b"] {
        assert_eq!(communities.end_mute(ada, id).await, Ok(()));
    }
    assert_eq!(bed.number("SELECT count(*) FROM mute").await, 31);
}

async fn nobody_is_muted_whom_one_may_not_read(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let other = bed.writer(3, None).await;
    let communities = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let hidden = bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.reply(grace, &id, "Gone.").await.unwrap();
    communities.delete_post(grace, &id, 3, "").await.unwrap();
    for (actor, id, number) in [
        (ada, id.as_str(), 1),
        (ada, &id, 3),
        (ada, &id, 4),
        (ada, &id, -1),
        (other, &hidden, 1),
        (other, "0000000000", 1),
        (other, "a\0b", 1),
    ] {
        let not_found = Err(Error::NotFound);
        assert_eq!(communities.mute(actor, id, number).await, not_found);
        assert_eq!(communities.unmute(actor, id, number).await, not_found);
        let terms = communities.muting(actor, id, number).await;
        assert_eq!(terms, Err(Error::NotFound));
    }
    let visitor = communities.mute(Actor::Visitor, &id, 1).await;
    assert_eq!(visitor, Err(Error::Unauthenticated));
    // Who reads without having joined can mute.
    bed.mutes_author(other, &id, 1).await;
}

async fn nobody_mutes_without_end(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let communities = bed.storage.communities();
    let id = bed.start(grace, ALPHA, "A walk", Everyone).await.unwrap();
    let most = Quota::Mutes.most(ada.member().unwrap());
    for _ in 0..most {
        bed.mutes_author(ada, &id, 1).await;
        communities.unmute(ada, &id, 1).await.unwrap();
    }
    let refused = communities.mute(ada, &id, 1).await;
    assert_eq!(refused, Err(Quota::Mutes.used_up(most)));
    bed.seconds_pass(3_601);
    bed.mutes_author(ada, &id, 1).await;
}

async fn a_mute_goes_with_either_account(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    bed.mutes_author(ada, &id, 2).await;
    bed.mutes_author(grace, &id, 1).await;
    bed.run("DELETE FROM account WHERE handle = 'h2'").await;
    assert_eq!(bed.number("SELECT count(*) FROM mute").await, 0);
    // Whose account is gone can be muted no more.
    assert_eq!(bed.folded(ada, &id).await, [None, None]);
}

async fn a_mute_does_not_tell_who_started_what_is_hidden(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(grace, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(moderator, &id, "So.").await.unwrap_err();
    bed.reply(ada, &id, "So.").await.unwrap();
    bed.mutes_author(ada, &id, 1).await;
    let is_muted = async || bed.topics(ada, ALPHA, None).await.topics[0].muted;
    assert!(is_muted().await);
    bed.moderate(moderator, &id, 1, ContentModeration::Hide)
        .await;
    assert!(!is_muted().await);
}
