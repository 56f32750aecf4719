//! Who reads a topic: the SQL of the scope says what the rule says, and no method says more.

use domain::{
    Error, Result,
    account::{Actor, Member, Role, Standing},
    community::{Discussions, Memberships, PostDraft, TopicAudience, TopicReader, TopicScope},
    policy::Audience,
};

use crate::{
    bed::Bed,
    people::submission,
    release::{mondo, obsolete, term},
    writers::{ALPHA, BETA, not_joined, titles},
};

contract! {
    lists_show_what_the_scope_admits,
    every_method_is_silent_about_what_is_not_for_somebody,
    a_list_does_not_go_on_behind_a_topic_that_is_not_for_somebody,
    what_is_not_for_somebody_makes_no_difference_to_them,
    an_author_who_left_is_like_any_member,
    memberships_follow_a_condition_that_is_replaced,
    topics_follow_a_condition_that_is_replaced,
}

/// All kinds of readers of the community of alpha.
pub(crate) async fn readers(bed: &Bed) -> Vec<(Actor, bool, TopicReader)> {
    let stranger = bed.joined(11, None, BETA).await;
    let joined = bed.joined(12, None, ALPHA).await;
    let expert = bed.writer(13, Some(Role::Expert)).await;
    let moderator = bed.writer(14, Some(Role::Moderator)).await;
    let administrator = bed.joined(15, Some(Role::Administrator), ALPHA).await;
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..bed
            .writer(16, Some(Role::Moderator))
            .await
            .member()
            .unwrap()
    });
    vec![
        (Actor::Visitor, false, TopicReader::Visitor),
        (Actor::Operator, false, TopicReader::Visitor),
        (stranger, false, TopicReader::Member),
        (joined, true, TopicReader::Joined),
        (expert, false, TopicReader::Member),
        (moderator, false, TopicReader::Moderator),
        (administrator, true, TopicReader::Moderator),
        (suspended, false, TopicReader::Member),
    ]
}

/// One topic for each audience, the title being its name.
pub(crate) async fn topics(bed: &Bed) -> Vec<(TopicAudience, String)> {
    let author = bed.joined(1, None, ALPHA).await;
    let mut topics = Vec::new();
    for audience in TopicAudience::ALL {
        bed.seconds_pass(1);
        let id = bed.start(author, ALPHA, audience.as_str(), audience).await;
        topics.push((audience, id.unwrap()));
    }
    topics
}

async fn lists_show_what_the_scope_admits(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let alpha = bed.id(ALPHA).await;
    let discussions = bed.storage.communities();
    for (actor, joined, reader) in readers(&bed).await {
        assert_eq!(TopicScope::of(actor).reader(joined), reader, "{actor:?}");
        let expected: Vec<&str> = topics
            .iter()
            .rev()
            .filter(|(audience, _)| audience.admits(reader))
            .map(|(audience, _)| audience.as_str())
            .collect();
        let list = bed.topics(actor, ALPHA, None).await;
        assert_eq!(titles(&list.topics), expected, "{actor:?}");
        assert_eq!(list.joined, joined, "{actor:?}");
        let newest = discussions.newest(actor, alpha).await.unwrap();
        assert_eq!(newest.discussions, list.topics, "{actor:?}");
        let recent = discussions.recent(actor, None).await.unwrap().topics;
        let recent: Vec<_> = recent.into_iter().map(|recent| recent.topic).collect();
        assert_eq!(recent, list.topics, "{actor:?}");
    }
}

/// Every method that takes a topic.
async fn ask_all(bed: &Bed, actor: Actor, id: &str) -> Vec<Result<()>> {
    let discussions = bed.storage.communities();
    let draft = PostDraft {
        text: "So.".to_owned(),
        in_reply_to: Some(1),
        anonymous: false,
        content_note: None,
    };
    let key = submission(&format!("{actor:?} {id}"));
    vec![
        discussions.topic(actor, id, None).await.map(drop),
        discussions.versions(actor, id, 1).await.map(drop),
        discussions.reply(actor, id, draft, &key).await.map(drop),
        discussions.own_post(actor, id, 1).await.map(drop),
        discussions
            .edit_post(actor, id, 1, 1, "So.", None)
            .await
            .map(drop),
        discussions.delete_post(actor, id, 1, "Why").await,
    ]
}

async fn every_method_is_silent_about_what_is_not_for_somebody(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let readers = readers(&bed).await;
    for (actor, _, reader) in readers.iter().filter(|one| one.2 != TopicReader::Moderator) {
        let missing = ask_all(&bed, *actor, "0000000000").await;
        assert_eq!(missing[0], Err(Error::NotFound));
        for (audience, id) in &topics {
            let answers = ask_all(&bed, *actor, id).await;
            if !audience.admits(*reader) {
                assert_eq!(answers, missing, "{audience:?} {actor:?}");
                continue;
            }
            assert_eq!(answers[..2], [Ok(()), Ok(())], "{audience:?} {actor:?}");
            // Nobody edits or deletes what another has written.
            for refused in &answers[3..] {
                assert!(
                    matches!(
                        refused,
                        Err(Error::Forbidden { .. } | Error::Unauthenticated)
                    ),
                    "{audience:?} {actor:?} {refused:?}"
                );
            }
        }
    }
    // Moderators read all of it, and write only where they have joined.
    for (actor, joined, _) in readers.iter().filter(|one| one.2 == TopicReader::Moderator) {
        for (audience, id) in &topics {
            let answers = ask_all(&bed, *actor, id).await;
            // The first of them has deleted the post by now.
            assert_eq!(answers[0], Ok(()), "{audience:?}");
            assert_eq!(answers[5], Ok(()), "{audience:?}");
            let expected = if *joined { Ok(()) } else { Err(not_joined()) };
            assert_eq!(answers[2], expected, "{audience:?}");
        }
    }
}

/// Where the page behind a topic begins would tell when somebody last wrote there.
async fn a_list_does_not_go_on_behind_a_topic_that_is_not_for_somebody(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let discussions = bed.storage.communities();
    for (actor, _, reader) in readers(&bed).await {
        for (audience, id) in &topics {
            let in_community = discussions.topics(actor, ALPHA, Some(id)).await;
            let everywhere = discussions.recent(actor, Some(id)).await;
            if audience.admits(reader) {
                assert!(in_community.is_ok() && everywhere.is_ok(), "{actor:?}");
            } else {
                assert_eq!(in_community, Err(Error::NotFound), "{actor:?}");
                assert_eq!(everywhere, Err(Error::NotFound), "{actor:?}");
            }
        }
    }
}

async fn what_is_not_for_somebody_makes_no_difference_to_them(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let busy = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let discussions = bed.storage.communities();
    for (actor, _, reader) in readers(&bed).await {
        let view = async || {
            let mut seen = Vec::new();
            for after in topics.iter().map(|(_, id)| Some(id.as_str())).chain([None]) {
                let list = discussions.topics(actor, ALPHA, after).await;
                seen.push(format!("{list:?}"));
                let recent = discussions.recent(actor, after).await;
                seen.push(format!("{recent:?}"));
            }
            seen
        };
        let before = view().await;
        bed.seconds_pass(1);
        for (audience, id) in &topics {
            if !audience.admits(reader) {
                bed.reply(busy, id, "Once more.").await.unwrap();
                let other = bed.start(busy, ALPHA, "Another one", *audience).await;
                other.unwrap();
            }
        }
        assert_eq!(view().await, before, "{actor:?}");
    }
}

async fn an_author_who_left_is_like_any_member(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let author = bed.joined(2, None, ALPHA).await;
    for (_, id) in &topics {
        assert_eq!(bed.reply(author, id, "Mine.").await, Ok(2));
    }
    bed.storage
        .communities()
        .leave(author, ALPHA)
        .await
        .unwrap();
    let discussions = bed.storage.communities();
    for (audience, id) in &topics {
        let page = discussions.topic(author, id, None).await;
        let text = discussions.own_post(author, id, 2).await.map(drop);
        let edit = discussions.edit_post(author, id, 2, 1, "Other.", None);
        let edit = edit.await.map(drop);
        let delete = discussions.delete_post(author, id, 2, "").await;
        if *audience == TopicAudience::Community {
            assert_eq!(page, Err(Error::NotFound));
            assert_eq!([text, edit], [const { Err(Error::NotFound) }; 2]);
        } else {
            let page = page.unwrap();
            assert!(page.posts[1].own && !page.joined && !page.may_write);
            assert_eq!([text, edit], [Err(not_joined()), Err(not_joined())]);
        }
        // What one has written one may always take back, and nothing else.
        assert_eq!(delete, Ok(()));
        let others = discussions.delete_post(author, id, 1, "").await;
        assert!(others.is_err(), "{others:?}");
    }
}

async fn memberships_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let one = bed.joined(2, None, ALPHA).await;
    let both = bed.joined(3, None, BETA).await;
    let everyone = Audience::Everyone;
    communities
        .set_membership(both, ALPHA, everyone, true)
        .await
        .unwrap();
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    let beta = bed.id(BETA).await;
    // What was for fewer stays for fewer.
    for actor in [one, both] {
        let membership = communities.membership(actor, beta).await;
        assert_eq!(membership, Ok(Some(Audience::OnlyMe)));
    }
    assert_eq!(
        bed.number("SELECT count(*) FROM membership WHERE home")
            .await,
        1
    );
    let members = Audience::Members;
    communities
        .set_membership(one, BETA, members, false)
        .await
        .unwrap();
    assert_eq!(communities.membership(one, beta).await, Ok(Some(members)));
    communities.leave(one, BETA).await.unwrap();
    communities.leave(both, ALPHA).await.unwrap();
    assert_eq!(bed.number("SELECT count(*) FROM membership").await, 0);
}

async fn topics_follow_a_condition_that_is_replaced(bed: Bed) {
    bed.with_conditions().await;
    let topics = topics(&bed).await;
    let member = bed.joined(2, None, ALPHA).await;
    let other = bed.joined(3, None, BETA).await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha disease").replaced_by("MONDO:2"),
        term("MONDO:2", "beta disease").synonym("first"),
    ]))
    .await;
    assert_eq!(bed.moved(ALPHA).await, BETA);
    let page = bed.topic(Actor::Visitor, &topics[0].1).await;
    assert_eq!(page.condition.slug, BETA);
    // Whoever had joined either has joined what is left.
    for (actor, expected) in [(member, 3), (other, 4)] {
        let list = bed.topics(actor, BETA, None).await;
        assert_eq!(list.topics.len(), expected);
        assert!(list.joined && list.may_write);
        assert!(bed.reply(actor, &topics[2].1, "So.").await.is_ok());
        let started = bed.start(actor, BETA, "Another one", TopicAudience::Community);
        let id = started.await.unwrap();
        assert!(bed.topic(member, &id).await.joined);
    }
    assert_eq!(bed.topics(Actor::Visitor, BETA, None).await.topics.len(), 1);
}
