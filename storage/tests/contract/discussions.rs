//! Topics and posts: writing, reading, lists and pages.

use domain::{
    Error, Result,
    account::{AccountId, Actor, Member, Role, Roles, SessionId, Standing, Trust},
    catalogue::Resolved,
    community::{
        Discussions, Post, PostDraft, TopicAudience, TopicDraft, TopicLine, TopicList, TopicPage,
    },
    policy::{Audience, Quota},
    profile::Profiles,
};
use sea_orm::{EntityTrait, Set};
use storage::{account::entity::account, event::entity as event, profile::entity::profile};
use uuid::Uuid;

use crate::{
    bed::Bed,
    markup,
    people::{account_row, field, submission},
    strings,
};

contract! {
    a_topic_is_started_and_answered,
    lists_begin_with_the_last_post_and_go_on,
    posts_come_twenty_at_a_time,
    a_form_sent_twice_counts_once,
    writing_needs_membership_and_good_standing,
    who_awaits_a_second_factor_reads_only,
    posts_at_once_get_numbers_without_a_gap,
    topics_and_posts_have_a_limit,
    what_visitors_do_not_see_leaves_their_pages_alone,
    each_act_has_one_event,
    odd_texts_are_answered,
}

use TopicAudience::{Community, Everyone, Members};

pub(crate) const ALPHA: &str = "alpha-disease";
pub(crate) const BETA: &str = "beta-disease";

impl Bed {
    /// Somebody whose name is for members, without the ceremony of joining.
    pub(crate) async fn writer(&self, index: u128, role: Option<Role>) -> Actor {
        let connection = self.connection().await;
        let id = Uuid::from_u128(index);
        let nobody = || Set(Audience::OnlyMe.as_str().to_owned());
        let row = account_row(
            id,
            format!("h{index}"),
            format!("p{index}@example.org"),
            &format!("Person {index}"),
        );
        let shown = profile::ActiveModel {
            account_id: Set(id),
            name_audience: Set(Audience::Members.as_str().to_owned()),
            about: Set(String::new()),
            about_html: Set(String::new()),
            about_audience: nobody(),
            picture_audience: nobody(),
            listed_audience: nobody(),
            for_search_engines: Set(false),
        };
        account::Entity::insert(row)
            .exec_without_returning(&connection)
            .await
            .unwrap();
        profile::Entity::insert(shown)
            .exec_without_returning(&connection)
            .await
            .unwrap();
        Actor::Member(Member {
            account: AccountId(id),
            session: SessionId(Uuid::nil()),
            roles: Roles::from_iter(role),
            standing: Standing::Good,
            trust: Trust::New,
            awaits_second_factor: false,
        })
    }

    /// Somebody who has joined a community and shows that to nobody.
    pub(crate) async fn joined(&self, index: u128, role: Option<Role>, slug: &str) -> Actor {
        let actor = self.writer(index, role).await;
        self.join(actor, slug).await;
        actor
    }

    pub(crate) async fn join(&self, actor: Actor, slug: &str) {
        let profiles = self.storage.profiles();
        profiles
            .set_condition(actor, slug, Audience::OnlyMe, false)
            .await
            .unwrap();
    }

    pub(crate) async fn start(
        &self,
        actor: Actor,
        slug: &str,
        title: &str,
        audience: TopicAudience,
    ) -> Result<String> {
        let key = Uuid::new_v4().to_string();
        self.storage
            .discussions()
            .start(actor, slug, draft(title, audience), &submission(&key))
            .await
    }

    pub(crate) async fn reply(&self, actor: Actor, id: &str, text: &str) -> Result<i64> {
        self.reply_to(actor, id, text, None).await
    }

    async fn reply_to(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        in_reply_to: Option<i64>,
    ) -> Result<i64> {
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to,
        };
        let key = Uuid::new_v4().to_string();
        self.storage
            .discussions()
            .reply(actor, id, draft, &submission(&key))
            .await
    }

    pub(crate) async fn topic(&self, actor: Actor, id: &str) -> TopicPage {
        let discussions = self.storage.discussions();
        discussions.topic(actor, id, None).await.unwrap()
    }

    pub(crate) async fn post(&self, actor: Actor, id: &str, number: i64) -> Post {
        let posts = self.topic(actor, id).await.posts;
        let post = posts.into_iter().find(|post| post.number == number);
        post.unwrap()
    }

    pub(crate) async fn topics(&self, actor: Actor, slug: &str, after: Option<&str>) -> TopicList {
        match self.storage.discussions().topics(actor, slug, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }
}

pub(crate) fn draft(title: &str, audience: TopicAudience) -> TopicDraft {
    TopicDraft {
        title: title.to_owned(),
        text: "The *first* post.".to_owned(),
        audience,
    }
}

pub(crate) fn titles(lines: &[TopicLine]) -> Vec<&str> {
    lines.iter().map(|line| line.title.as_str()).collect()
}

fn suspended(actor: Actor) -> Actor {
    Actor::Member(Member {
        standing: Standing::Suspended,
        ..actor.member().unwrap()
    })
}

pub(crate) fn not_joined() -> Error {
    Error::Forbidden {
        reason: "join this community first.".to_owned(),
    }
}

async fn a_topic_is_started_and_answered(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed
        .start(ada, ALPHA, "  Who else\nhas it? ", Everyone)
        .await
        .unwrap();
    assert_eq!(id.len(), 10);
    bed.seconds_pass(60);
    let number = bed.reply_to(grace, &id, "I **do**.", Some(1)).await;
    assert_eq!(number, Ok(2));
    let page = bed.topic(grace, &id).await;
    assert_eq!(page.condition.slug, ALPHA);
    assert_eq!(page.line.title, "Who else has it?");
    assert_eq!(page.line.words, "who-else-has-it");
    assert_eq!((page.line.posts, page.line.audience), (2, Everyone));
    assert_eq!(page.line.last_post.0 - page.line.started.0, 60_000_000);
    assert_eq!(page.line.author.name.as_deref(), Some("Person 1"));
    assert!(page.joined && page.may_write && !page.moderates);
    assert_eq!(page.next, None);
    let [first, second] = page.posts.as_slice() else {
        panic!("{:?}", page.posts);
    };
    assert_eq!(
        first.html.as_str().trim(),
        "<p>The <em>first</em> post.</p>"
    );
    assert_eq!(
        (first.number, first.in_reply_to, first.own),
        (1, None, false)
    );
    assert_eq!(
        (second.number, second.in_reply_to, second.own),
        (2, Some(1), true)
    );
    assert_eq!(second.author.handle.as_deref(), Some("h2"));
    assert_eq!((second.edited, &second.deleted), (None, &None));
    // Names are for whom each person shows theirs.
    let page = bed.topic(Actor::Visitor, &id).await;
    assert!(!page.joined && !page.may_write && !page.moderates);
    assert_eq!(page.posts[1].author, domain::wiki::Author::default());
    assert_eq!(page.line.author, domain::wiki::Author::default());
    // A post that there is not, or not yet, has no answer.
    for other in [0, 3, -1, i64::MAX] {
        let reply = bed.reply_to(grace, &id, "So.", Some(other)).await;
        assert_eq!(field(reply), "in_reply_to", "{other}");
    }
    assert_eq!(bed.topic(ada, &id).await.line.posts, 2);
}

async fn lists_begin_with_the_last_post_and_go_on(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    bed.join(writer, BETA).await;
    let mut ids = Vec::new();
    for number in 0..65 {
        // Some in the same instant.
        bed.seconds_pass(number % 2);
        let title = format!("Topic {number:02}");
        ids.push(bed.start(writer, ALPHA, &title, Everyone).await.unwrap());
    }
    bed.seconds_pass(1);
    bed.start(writer, BETA, "Elsewhere", Everyone)
        .await
        .unwrap();
    bed.seconds_pass(1);
    bed.reply(writer, &ids[7], "Once more.").await.unwrap();
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let list = bed.topics(Actor::Visitor, ALPHA, after.as_deref()).await;
        pages += 1;
        found.extend(list.topics);
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    let mut expected: Vec<String> = (0..65)
        .rev()
        .filter(|number| *number != 7)
        .map(|number| format!("Topic {number:02}"))
        .collect();
    expected.insert(0, "Topic 07".to_owned());
    assert_eq!(titles(&found), expected);
    assert_eq!(pages, 3);
    let discussions = bed.storage.discussions();
    let newest = discussions.newest(Actor::Visitor, bed.id(ALPHA).await);
    assert_eq!(titles(&newest.await.unwrap()), expected[..3]);
    let recent = discussions.recent(Actor::Visitor, None).await.unwrap();
    let first: Vec<_> = recent.topics[..3]
        .iter()
        .map(|recent| (recent.condition.slug.as_str(), recent.topic.title.as_str()))
        .collect();
    assert_eq!(
        first,
        [
            (ALPHA, "Topic 07"),
            (BETA, "Elsewhere"),
            (ALPHA, "Topic 64")
        ]
    );
    assert_eq!(recent.topics.len(), 30);
    let more = discussions.recent(Actor::Visitor, recent.next.as_deref());
    let more = more.await.unwrap();
    assert_eq!(more.topics.len(), 30);
    let last = discussions.recent(Actor::Visitor, more.next.as_deref());
    let last = last.await.unwrap();
    assert_eq!((last.topics.len(), last.next), (6, None));
    // A topic of another community has no place in a list.
    let elsewhere = &recent.topics[1].topic.id;
    for after in [elsewhere.as_str(), "0000000000", "a\0b", ""] {
        let behind = discussions.topics(Actor::Visitor, ALPHA, Some(after)).await;
        assert_eq!(behind, Err(Error::NotFound), "{after:?}");
    }
    let unknown = discussions.topics(Actor::Visitor, "gamma", None).await;
    assert_eq!(unknown, Err(Error::NotFound));
}

async fn posts_come_twenty_at_a_time(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(writer, ALPHA, "A long one", Everyone).await;
    let id = id.unwrap();
    for number in 2..=40 {
        assert_eq!(bed.reply(writer, &id, "So.").await, Ok(number));
    }
    let discussions = bed.storage.discussions();
    let first = bed.topic(Actor::Visitor, &id).await;
    assert_eq!((first.posts.len(), first.next), (20, Some(20)));
    let second = discussions.topic(Actor::Visitor, &id, Some(20)).await;
    let second = second.unwrap();
    assert_eq!((second.posts[0].number, second.posts.len()), (21, 20));
    assert_eq!((second.next, second.line.posts), (None, 40));
    for after in [-1, 0, 40, 41, i64::MIN, i64::MAX] {
        let page = discussions.topic(Actor::Visitor, &id, Some(after)).await;
        assert_eq!(page, Err(Error::NotFound), "{after}");
    }
}

async fn a_form_sent_twice_counts_once(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.discussions();
    let sent = submission("one");
    let mut ids = Vec::new();
    for _ in 0..2 {
        let draft = draft("Sent twice", Everyone);
        let id = discussions.start(ada, ALPHA, draft, &sent).await;
        ids.push(id.unwrap());
    }
    assert_eq!(ids[0], ids[1]);
    let mut numbers = Vec::new();
    for key in ["two", "two", "three"] {
        let draft = PostDraft {
            text: "The same words.".to_owned(),
            in_reply_to: None,
        };
        let number = discussions.reply(ada, &ids[0], draft, &submission(key));
        numbers.push(number.await.unwrap());
    }
    assert_eq!(numbers, [2, 2, 3]);
    assert_eq!(bed.topic(ada, &ids[0]).await.posts.len(), 3);
    assert_eq!(bed.number("SELECT count(*) FROM topic").await, 1);
}

async fn writing_needs_membership_and_good_standing(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let stranger = bed.joined(2, None, BETA).await;
    let moderator = bed.writer(3, Some(Role::Moderator)).await;
    let id = bed.start(ada, ALPHA, "Who else?", Everyone).await.unwrap();
    for (actor, expected) in [
        (Actor::Visitor, Error::Unauthenticated),
        (Actor::Operator, Error::Unauthenticated),
        (stranger, not_joined()),
        (moderator, not_joined()),
        (
            suspended(ada),
            Error::Forbidden {
                reason: "your account is suspended.".to_owned(),
            },
        ),
    ] {
        let start = bed.start(actor, ALPHA, "Another one", Everyone).await;
        assert_eq!(start, Err(expected.clone()), "{actor:?}");
        let reply = bed.reply(actor, &id, "So.").await;
        assert_eq!(reply, Err(expected), "{actor:?}");
        let list = bed.topics(actor, ALPHA, None).await;
        assert_eq!((list.topics.len(), list.may_write), (1, false));
        assert!(!bed.topic(actor, &id).await.may_write);
    }
    let list = bed.topics(ada, ALPHA, None).await;
    assert!(list.joined && list.may_write);
    let unknown = bed.start(ada, "gamma", "Nowhere", Everyone).await;
    assert_eq!(unknown, Err(Error::NotFound));
    // Who leaves can write no more, and once they are back can.
    let profiles = bed.storage.profiles();
    profiles.remove_condition(ada, ALPHA).await.unwrap();
    assert_eq!(bed.reply(ada, &id, "So.").await, Err(not_joined()));
    bed.join(ada, ALPHA).await;
    assert_eq!(bed.reply(ada, &id, "So.").await, Ok(2));
}

async fn who_awaits_a_second_factor_reads_only(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "For us alone", Community).await;
    let id = id.unwrap();
    let awaiting = Actor::Member(Member {
        awaits_second_factor: true,
        ..ada.member().unwrap()
    });
    let page = bed.topic(awaiting, &id).await;
    assert!(page.joined && !page.may_write);
    let discussions = bed.storage.discussions();
    for refused in [
        bed.reply(awaiting, &id, "So.").await.map(drop),
        discussions.edit_post(awaiting, &id, 1, 1, "So.").await,
        discussions.delete_post(awaiting, &id, 1, "").await,
        discussions.own_post(awaiting, &id, 1).await.map(drop),
    ] {
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
    }
}

async fn posts_at_once_get_numbers_without_a_gap(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A busy one", Everyone).await.unwrap();
    let post = |actor: Actor, text: &'static str| {
        let (discussions, id) = (bed.storage.discussions(), id.clone());
        tokio::spawn(async move {
            let draft = PostDraft {
                text: text.to_owned(),
                in_reply_to: None,
            };
            let sent = submission(text);
            discussions.reply(actor, &id, draft, &sent).await.unwrap()
        })
    };
    let sent = [
        post(ada, "a"),
        post(grace, "b"),
        post(ada, "c"),
        post(grace, "d"),
    ];
    let mut numbers = Vec::new();
    for number in sent {
        numbers.push(number.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4, 5]);
    let page = bed.topic(ada, &id).await;
    let stored: Vec<i64> = page.posts.iter().map(|post| post.number).collect();
    assert_eq!((stored, page.line.posts), (vec![1, 2, 3, 4, 5], 5));
}

async fn topics_and_posts_have_a_limit(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let member = ada.member().unwrap();
    let mut id = String::new();
    for number in 0..Quota::Topics.most(member) {
        let title = format!("Topic {number}");
        id = bed.start(ada, ALPHA, &title, Everyone).await.unwrap();
    }
    let more = bed.start(ada, ALPHA, "One more", Everyone).await;
    assert_eq!(more, Err(Quota::Topics.used_up(5)));
    for _ in 0..Quota::Posts.most(member) {
        bed.reply(ada, &id, "So.").await.unwrap();
    }
    let more = bed.reply(ada, &id, "So.").await;
    assert_eq!(more, Err(Quota::Posts.used_up(20)));
    let discussions = bed.storage.discussions();
    let edit = discussions.edit_post(ada, &id, 2, 1, "Otherwise.").await;
    assert_eq!(edit, Err(Quota::Posts.used_up(20)));
    assert_eq!(bed.topic(ada, &id).await.line.posts, 21);
    bed.days_pass(1);
    assert!(bed.reply(ada, &id, "So.").await.is_ok());
    assert!(bed.start(ada, ALPHA, "One more", Everyone).await.is_ok());
}

async fn what_visitors_do_not_see_leaves_their_pages_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.discussions();
    for (audience, moves) in [(Everyone, 1), (Members, 0), (Community, 0)] {
        let mut before = bed.epochs();
        let mut moved = |what: &str| {
            before.0 += moves;
            assert_eq!(bed.epochs(), before, "{what} {audience:?}");
        };
        let id = bed.start(ada, ALPHA, "Who else?", audience).await.unwrap();
        moved("start");
        bed.reply(ada, &id, "I.").await.unwrap();
        moved("reply");
        let edit = discussions.edit_post(ada, &id, 2, 1, "You.").await;
        edit.unwrap();
        moved("edit");
        discussions.delete_post(ada, &id, 2, "").await.unwrap();
        moved("deletion");
    }
}

async fn each_act_has_one_event(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.discussions();
    let id = bed.start(ada, ALPHA, "Who else?", Members).await.unwrap();
    bed.reply(ada, &id, "I.").await.unwrap();
    // What changes nothing has none.
    for text in ["You.", "You."] {
        let edit = discussions.edit_post(ada, &id, 2, 1, text).await;
        edit.unwrap();
        assert!(bed.reply(ada, &id, " ").await.is_err());
    }
    for _ in 0..2 {
        discussions.delete_post(ada, &id, 2, "").await.unwrap();
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
            "community.topic_started",
            "community.post_written",
            "community.post_edited",
            "community.post_deleted",
        ]
    );
    let alpha = Some(bed.id(ALPHA).await.0);
    assert!(events.iter().all(|event| event.community_id == alpha));
    assert!(events.iter().all(|event| event.actor_id.is_some()));
    assert_eq!(events[1].subject_id, events[3].subject_id);
    assert_ne!(events[0].subject_id, events[1].subject_id);
}

async fn odd_texts_are_answered(bed: Bed) {
    bed.with_conditions().await;
    let writer = bed.joined(1, Some(Role::Moderator), ALPHA).await;
    let discussions = bed.storage.discussions();
    for (title, text, expected) in [
        ("Four", "Text.", "title"),
        ("A title that turns \u{202e}round", "Text.", "title"),
        ("A null \0 sign", "Text.", "title"),
        ("Without a text", "\u{200b}\n", "text"),
        ("Too long a text", &"a".repeat(20_001), "text"),
    ] {
        let draft = TopicDraft {
            title: title.to_owned(),
            text: text.to_owned(),
            audience: Everyone,
        };
        let start = discussions.start(writer, ALPHA, draft, &submission(title));
        assert_eq!(field(start.await), expected, "{title:?}");
    }
    let id = bed.start(writer, ALPHA, "</title><script>", Everyone).await;
    let id = id.unwrap();
    assert_eq!(bed.topic(writer, &id).await.line.title, "</title><script>");
    let mut texts = strings::odd();
    texts.extend(
        [
            "<script>alert(1)</script>",
            "</textarea><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
        ]
        .map(str::to_owned),
    );
    texts.push("💀".repeat(20_000));
    texts.push("<".repeat(20_000));
    for text in texts {
        match bed.reply(writer, &id, &text).await {
            Ok(number) => {
                let page = discussions.topic(writer, &id, Some(number - 1)).await;
                let html = &page.unwrap().posts[0].html;
                markup::assert_safe(html.as_str(), &text);
                let kept = discussions.own_post(writer, &id, number).await.unwrap();
                assert_eq!(kept.text, domain::text::printable(&text).trim_end());
            }
            Err(Error::Invalid { .. }) => {}
            Err(error) => panic!("{text:?}: {error:?}"),
        }
        // As an id, too.
        let page = discussions.topic(writer, &text, None).await;
        assert_eq!(page, Err(Error::NotFound), "{text:?}");
        if let Ok(id) = bed.start(writer, ALPHA, &text, Everyone).await {
            let title = bed.topic(Actor::Visitor, &id).await.line.title;
            assert!(!title.chars().any(char::is_control), "{title:?}");
        }
    }
}
