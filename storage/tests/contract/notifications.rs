//! What people are told of: who, once, and only what is for them.

use domain::{
    Error,
    account::{Actor, Role},
    community::{
        DELETED_TITLE, Discussions, Notification, NotificationKind, NotificationSubject,
        Notifications, TopicAudience, TopicLink, UNREAD_MOST,
    },
    wiki::Author,
};
use sea_orm::ConnectionTrait;

use crate::{bed::Bed, writers::ALPHA};

contract! {
    whoever_writes_follows_until_they_stop,
    who_is_replied_to_and_who_follows_is_told,
    one_unread_notification_stands_for_all_that_follow,
    a_deleted_post_is_not_told_of,
    what_was_written_before_is_not_told_of,
    notifications_come_page_by_page_and_are_marked_as_read,
    nothing_is_left_with_a_deleted_account,
    unread_ones_are_counted_up_to_a_hundred,
}

use NotificationKind::{Followed, Reply};
use TopicAudience::{Community, Everyone};

impl Bed {
    /// Seals what was written, and tells of it.
    pub(crate) async fn tell(&self) -> u64 {
        self.storage.events().seal().await.unwrap();
        self.storage.communities().tell().await.unwrap()
    }

    pub(crate) async fn told(&self, actor: Actor) -> Vec<Notification> {
        let list = self.storage.communities().notifications(actor, None).await;
        let list = list.unwrap();
        let unread = list.notifications.iter().filter(|one| !one.read).count();
        assert_eq!(list.unread, unread as u64);
        let counted = self.storage.communities().unread(actor).await;
        assert_eq!(counted, Ok(list.unread));
        list.notifications
    }

    /// Kind and number of each post that somebody is told of.
    pub(crate) async fn posts(&self, actor: Actor) -> Vec<(NotificationKind, i64)> {
        let told = self.told(actor).await;
        told.iter().map(|one| (one.kind, of_post(one).1)).collect()
    }

    pub(crate) async fn mark_all(&self, actor: Actor) {
        let now = self.storage.database().now();
        let marked = self.storage.communities().mark_read(actor, now).await;
        marked.unwrap();
    }

    pub(crate) async fn run(&self, sql: &str) {
        let connection = self.connection().await;
        connection.execute_unprepared(sql).await.unwrap();
    }
}

/// The post that a notification is about: topic, number, author.
pub(crate) fn of_post(one: &Notification) -> (&TopicLink, i64, &Author) {
    match &one.subject {
        NotificationSubject::Post {
            topic,
            number,
            author,
            ..
        } => (topic, *number, author),
        other => panic!("{other:?}"),
    }
}

async fn whoever_writes_follows_until_they_stop(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let other = bed.writer(3, None).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let follows = async |actor| bed.topic(actor, &id).await.following == Some(true);
    assert!(follows(ada).await && !follows(grace).await);
    bed.reply(grace, &id, "So.").await.unwrap();
    assert!(follows(grace).await && !follows(other).await);
    let communities = bed.storage.communities();
    bed.seconds_pass(1);
    // Twice, because a button may be pressed twice; and without being in the community.
    for _ in 0..2 {
        communities.follow(other, &id).await.unwrap();
        assert!(follows(other).await);
    }
    for _ in 0..2 {
        communities.stop_following(grace, &id).await.unwrap();
        assert!(!follows(grace).await && follows(other).await);
    }
    bed.reply(ada, &id, "More.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(other).await, [(Followed, 3)]);
    assert_eq!(bed.posts(grace).await, []);
    for nowhere in ["0000000000", "a\0b", ""] {
        let follow = communities.follow(other, nowhere).await;
        assert_eq!(follow, Err(Error::NotFound));
        assert_eq!(communities.stop_following(other, nowhere).await, Ok(()));
    }
    let hidden = bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    let follow = communities.follow(other, &hidden).await;
    assert_eq!(follow, Err(Error::NotFound));
    assert_eq!(bed.topic(Actor::Visitor, &id).await.following, None);
}

async fn who_is_replied_to_and_who_follows_is_told(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let emmy = bed.joined(3, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who walks?", Everyone).await.unwrap();
    bed.reply(emmy, &id, "I do.").await.unwrap();
    bed.tell().await;
    bed.seconds_pass(60);
    bed.mark_all(ada).await;
    bed.reply_to(grace, &id, "With whom?", Some(2))
        .await
        .unwrap();
    bed.tell().await;
    // Who is replied to is told once, of the reply; whoever writes is not told of that.
    assert_eq!(bed.posts(emmy).await, [(Reply, 3)]);
    assert_eq!(bed.posts(ada).await, [(Followed, 3), (Followed, 2)]);
    assert_eq!(bed.posts(grace).await, []);
    let told = bed.told(emmy).await.remove(0);
    let (topic, _, author) = of_post(&told);
    assert_eq!((&topic.id, topic.title.as_str()), (&id, "Who walks?"));
    assert_eq!(topic.words, "who-walks");
    assert_eq!(topic.condition.slug, ALPHA);
    assert_eq!(author.name.as_deref(), Some("Person 2"));
    assert_eq!(told.time, bed.storage.database().now());
    assert!(!told.read);
    // A reply to oneself is none; a reply is told also to who has stopped following.
    let communities = bed.storage.communities();
    communities.stop_following(grace, &id).await.unwrap();
    bed.reply_to(emmy, &id, "Alone.", Some(2)).await.unwrap();
    bed.reply_to(ada, &id, "With me.", Some(3)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(emmy).await, [(Reply, 3)]);
    assert_eq!(bed.posts(grace).await, [(Reply, 5)]);
}

async fn one_unread_notification_stands_for_all_that_follow(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let other = bed.start(ada, ALPHA, "A run", Everyone).await.unwrap();
    for text in ["One.", "Two.", "Three."] {
        bed.reply(grace, &id, text).await.unwrap();
    }
    bed.tell().await;
    bed.seconds_pass(1);
    bed.reply(grace, &id, "Four.").await.unwrap();
    bed.reply(grace, &other, "One.").await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Followed, 2), (Followed, 2)]);
    // A reply is told all the same.
    bed.seconds_pass(1);
    bed.reply_to(grace, &id, "Five.", Some(1)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(ada).await[0], (Reply, 6));
    bed.mark_all(ada).await;
    assert!(bed.told(ada).await.iter().all(|one| one.read));
    bed.seconds_pass(1);
    bed.reply(grace, &id, "Six.").await.unwrap();
    bed.tell().await;
    let posts = bed.posts(ada).await;
    assert_eq!(posts[..2], [(Followed, 7), (Reply, 6)]);
    assert_eq!(bed.storage.communities().unread(ada).await, Ok(1));
}

async fn a_deleted_post_is_not_told_of(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let emmy = bed.joined(3, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let communities = bed.storage.communities();
    bed.reply_to(grace, &id, "One.", Some(1)).await.unwrap();
    bed.tell().await;
    communities.follow(emmy, &id).await.unwrap();
    bed.seconds_pass(1);
    for number in 3..=5 {
        assert_eq!(bed.reply(grace, &id, "More.").await, Ok(number));
    }
    bed.tell().await;
    assert_eq!(bed.posts(ada).await, [(Reply, 2)]);
    assert_eq!(bed.posts(emmy).await, [(Followed, 3)]);
    // It is gone at once; once the log is read, the next post takes its place.
    communities.delete_post(grace, &id, 2, "").await.unwrap();
    communities.delete_post(grace, &id, 3, "").await.unwrap();
    assert_eq!(bed.posts(ada).await, []);
    assert_eq!(bed.posts(emmy).await, []);
    bed.tell().await;
    for actor in [ada, emmy] {
        assert_eq!(bed.posts(actor).await, [(Followed, 4)]);
    }
    assert_eq!(bed.number("SELECT count(*) FROM notification").await, 2);
    // Deleted before anybody was told of it, or the post that it replies to.
    bed.reply(grace, &id, "Six.").await.unwrap();
    communities.delete_post(grace, &id, 6, "").await.unwrap();
    communities.delete_post(ada, &id, 1, "").await.unwrap();
    communities.stop_following(ada, &id).await.unwrap();
    bed.reply_to(grace, &id, "Seven.", Some(1)).await.unwrap();
    bed.tell().await;
    for actor in [ada, emmy] {
        assert_eq!(bed.posts(actor).await, [(Followed, 4)]);
    }
    // The title went with the first post.
    let told = communities.notifications(emmy, None).await.unwrap();
    assert_eq!(of_post(&told.notifications[0]).0.title, DELETED_TITLE);
}

async fn what_was_written_before_is_not_told_of(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(ada, &id, "More.").await.unwrap();
    bed.seconds_pass(1);
    // Followed after it was written, and before the log was read.
    bed.storage.communities().follow(grace, &id).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, []);
    bed.reply(ada, &id, "And more.").await.unwrap();
    // What is not sealed has not been read, however often one looks.
    assert_eq!(bed.storage.communities().tell().await, Ok(0));
    bed.tell().await;
    assert_eq!(bed.posts(grace).await, [(Followed, 3)]);
}

async fn notifications_come_page_by_page_and_are_marked_as_read(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    for number in 2..=66 {
        // Some at once.
        bed.seconds_pass(number % 3);
        bed.reply_to(grace, &id, "So.", Some(1)).await.unwrap();
        if number % 2 == 0 {
            bed.tell().await;
        }
    }
    bed.tell().await;
    let communities = bed.storage.communities();
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let page = communities.notifications(ada, after.as_deref()).await;
        let page = page.unwrap();
        assert_eq!(page.unread, 65);
        pages += 1;
        found.extend(page.notifications.iter().map(|one| of_post(one).1));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((found, pages), ((2..=66).rev().collect(), 3));
    // What has come since somebody looked stays unread.
    let newest = communities.notifications(ada, None).await.unwrap();
    let until = newest.notifications[0].time;
    bed.seconds_pass(1);
    bed.reply_to(grace, &id, "Late.", Some(1)).await.unwrap();
    bed.tell().await;
    communities.mark_read(grace, until).await.unwrap();
    assert_eq!(communities.unread(ada).await, Ok(66));
    communities.mark_read(ada, until).await.unwrap();
    let list = communities.notifications(ada, None).await.unwrap();
    assert_eq!(list.unread, 1);
    assert!(!list.notifications[0].read && list.notifications[1].read);
    for nowhere in [
        "",
        "-",
        "x-1",
        "page-1-alpha-disease",
        "page-",
        "page-1",
        "page-x-alpha-disease",
        "page-99999999999999999999-a",
        "0000000000-1",
        "a\0b-1",
        "1",
        &format!("{id}-1"),
    ] {
        let behind = communities.notifications(ada, Some(nowhere)).await;
        assert_eq!(behind, Err(Error::NotFound), "{nowhere:?}");
    }
    // Nor behind one of somebody else.
    let others = format!("{id}-2");
    let behind = communities.notifications(grace, Some(&others)).await;
    assert_eq!(behind, Err(Error::NotFound));
}

async fn nothing_is_left_with_a_deleted_account(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_to(grace, &id, "So.", Some(1)).await.unwrap();
    bed.tell().await;
    bed.run("DELETE FROM account WHERE handle = 'h2'").await;
    // The post stays, without its author.
    let told = bed.told(ada).await.remove(0);
    assert_eq!((told.kind, &of_post(&told).2.name), (Reply, &None));
    bed.run("DELETE FROM account WHERE handle = 'h1'").await;
    for table in ["notification", "topic_follow"] {
        let left = bed.number(&format!("SELECT count(*) FROM {table}")).await;
        assert_eq!(left, 0, "{table}");
    }
}

async fn unread_ones_are_counted_up_to_a_hundred(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply_to(grace, &id, "So.", Some(1)).await.unwrap();
    bed.tell().await;
    for number in 3..=120 {
        bed.run(&format!(
            "INSERT INTO post (id, topic_id, account_id, number, version, text, html, created_at) \
             SELECT {}, topic_id, account_id, {number}, 1, '', '', 0 FROM post WHERE number = 2",
            match bed.kind() {
                storage::DatabaseKind::Sqlite => "randomblob(16)",
                storage::DatabaseKind::Postgres => "gen_random_uuid()",
            }
        ))
        .await;
        bed.run(&format!(
            "INSERT INTO notification (account_id, topic_id, post_number, kind, created_at) \
             SELECT account_id, topic_id, {number}, 'reply', 0 FROM notification \
             WHERE post_number = 2"
        ))
        .await;
    }
    let unread = bed.storage.communities().unread(ada).await;
    assert_eq!(unread, Ok(UNREAD_MOST));
}
