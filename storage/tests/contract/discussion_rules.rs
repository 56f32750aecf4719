//! Who may write in communities, how much, and what it leaves.

use domain::{
    Error,
    account::{Actor, Member, Role, Standing},
    community::{Discussions, Memberships, TopicAudience, TopicDraft, page_of},
    policy::Quota,
};
use sea_orm::EntityTrait;
use storage::event::entity as event;

use crate::{
    bed::Bed,
    markup,
    people::{field, submission},
    strings,
    writers::{ALPHA, BETA, not_joined},
};

contract! {
    writing_needs_membership_and_good_standing,
    who_awaits_a_second_factor_reads_only,
    topics_and_posts_have_a_limit,
    what_visitors_do_not_see_leaves_their_pages_alone,
    each_act_has_one_event,
    odd_texts_are_answered,
}

use TopicAudience::{Community, Everyone, Members};

fn suspended(actor: Actor) -> Actor {
    Actor::Member(Member {
        standing: Standing::Suspended,
        ..actor.member().unwrap()
    })
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
                reason: "your account is suspended. Your settings say until when, and why."
                    .to_owned(),
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
    bed.storage.communities().leave(ada, ALPHA).await.unwrap();
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
    let discussions = bed.storage.communities();
    for refused in [
        bed.reply(awaiting, &id, "So.").await.map(drop),
        discussions
            .edit_post(awaiting, &id, 1, 1, "So.", None)
            .await
            .map(drop),
        discussions.delete_post(awaiting, &id, 1, "").await,
        discussions.own_post(awaiting, &id, 1).await.map(drop),
    ] {
        assert!(
            matches!(refused, Err(Error::Forbidden { .. })),
            "{refused:?}"
        );
    }
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
    let discussions = bed.storage.communities();
    let edit = discussions
        .edit_post(ada, &id, 2, 1, "Otherwise.", None)
        .await;
    assert_eq!(edit, Err(Quota::Posts.used_up(20)));
    assert_eq!(bed.topic(ada, &id).await.line.posts, 21);
    bed.days_pass(1);
    assert!(bed.reply(ada, &id, "So.").await.is_ok());
    assert!(bed.start(ada, ALPHA, "One more", Everyone).await.is_ok());
}

async fn what_visitors_do_not_see_leaves_their_pages_alone(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.communities();
    for (audience, moves) in [(Everyone, 1), (Members, 0), (Community, 0)] {
        let mut before = bed.changed();
        let mut moved = |what: &str| {
            before.0 += moves;
            assert_eq!(bed.changed(), before, "{what} {audience:?}");
        };
        let id = bed.start(ada, ALPHA, "Who else?", audience).await.unwrap();
        moved("start");
        bed.reply(ada, &id, "I.").await.unwrap();
        moved("reply");
        let edit = discussions.edit_post(ada, &id, 2, 1, "You.", None).await;
        edit.unwrap();
        moved("edit");
        discussions.delete_post(ada, &id, 2, "").await.unwrap();
        moved("deletion");
    }
}

async fn each_act_has_one_event(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let discussions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "Who else?", Members).await.unwrap();
    bed.reply(ada, &id, "I.").await.unwrap();
    // What changes nothing has none.
    for text in ["You.", "You."] {
        let edit = discussions.edit_post(ada, &id, 2, 1, text, None).await;
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
    let discussions = bed.storage.communities();
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
            anonymous: false,
            content_note: None,
        };
        let key = submission(title);
        let start = discussions.start(writer, ALPHA, draft, &key).await;
        assert_eq!(field(start), expected, "{title:?}");
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
                let page = discussions.topic(writer, &id, page_of(number)).await;
                let posts = page.unwrap().posts;
                let html = &posts.iter().find(|p| p.number == number).unwrap().html;
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
