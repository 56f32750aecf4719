//! Reactions to posts, and the mark of leaders beside them.

use domain::{
    Error,
    account::{Actor, Member, Role, Standing},
    community::{
        ContentModeration, Discussions, Leaders, Memberships, Post, QuestionThread, ReactionKind,
        Reactions, TopicAudience,
    },
    policy::Quota,
};

use crate::{
    bed::Bed,
    writers::{ALPHA, not_joined},
};

contract! {
    a_hidden_post_has_its_reactions_again_when_it_is_shown,
    a_reaction_is_given_counted_and_taken_back,
    nobody_reacts_to_what_they_may_not_read_or_may_not_answer,
    reactions_go_with_the_post_and_with_the_account,
    nobody_gives_reactions_without_end,
    answers_are_given_reactions_on_their_own,
    who_leads_the_community_is_marked,
}

use ReactionKind::{Hugs, MeToo, ThankYou};
use TopicAudience::{Community, Everyone};

/// What a post was given, as somebody sees it.
fn given(post: &Post) -> Vec<(ReactionKind, i64, bool)> {
    let counts = post.reactions.iter();
    counts
        .map(|given| (given.kind, given.count, given.own))
        .collect()
}

impl Bed {
    async fn reacts(&self, actor: Actor, id: &str, number: i64, kind: ReactionKind) {
        let reactions = self.storage.communities();
        let topic = reactions.react(actor, id, number, kind).await.unwrap();
        assert_eq!(topic.id, id);
    }

    async fn given(&self, actor: Actor, id: &str, number: i64) -> Vec<(ReactionKind, i64, bool)> {
        given(&self.post(actor, id, number).await)
    }

    async fn kept(&self) -> i64 {
        self.number("SELECT count(*) FROM reaction").await
    }
}

async fn a_reaction_is_given_counted_and_taken_back(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let wren = bed.joined(3, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    assert_eq!(bed.given(Actor::Visitor, &id, 1).await, []);
    let events = bed.number("SELECT count(*) FROM event").await;
    // Twice, because a button may be pressed twice.
    for _ in 0..2 {
        bed.reacts(grace, &id, 1, Hugs).await;
        bed.reacts(grace, &id, 1, ThankYou).await;
    }
    bed.reacts(wren, &id, 1, ThankYou).await;
    let seen = [(ThankYou, 2, true), (Hugs, 1, true)];
    assert_eq!(bed.given(grace, &id, 1).await, seen);
    let seen = [(ThankYou, 2, true), (Hugs, 1, false)];
    assert_eq!(bed.given(wren, &id, 1).await, seen);
    for actor in [ada, Actor::Visitor] {
        let seen = [(ThankYou, 2, false), (Hugs, 1, false)];
        assert_eq!(bed.given(actor, &id, 1).await, seen);
        assert_eq!(bed.given(actor, &id, 2).await, []);
    }
    let reactions = bed.storage.communities();
    for _ in 0..2 {
        let back = reactions.take_reaction_back(grace, &id, 1, ThankYou);
        back.await.unwrap();
    }
    let back = reactions.take_reaction_back(ada, &id, 1, Hugs).await;
    assert!(back.is_ok(), "there is none of hers");
    let seen = [(ThankYou, 1, false), (Hugs, 1, true)];
    assert_eq!(bed.given(grace, &id, 1).await, seen);
    // Nothing tells of it but the counts.
    let now = bed.number("SELECT count(*) FROM event").await;
    assert_eq!(now, events);
    bed.tell().await;
    assert!(bed.told(wren).await.is_empty());
}

async fn nobody_reacts_to_what_they_may_not_read_or_may_not_answer(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let other = bed.writer(3, None).await;
    let reactions = bed.storage.communities();
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let hidden = bed.start(ada, ALPHA, "For us", Community).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    reactions.delete_post(grace, &id, 2, "").await.unwrap();
    let own = Error::Forbidden {
        reason: "you cannot react to your own post.".to_owned(),
    };
    for (actor, id, number, refused) in [
        (ada, id.as_str(), 1, own),
        (other, &id, 1, not_joined()),
        (other, &hidden, 1, Error::NotFound),
        (other, "0000000000", 1, Error::NotFound),
        (grace, "a\0b", 1, Error::NotFound),
        (grace, &id, 2, Error::NotFound),
        (grace, &id, 3, Error::NotFound),
        (grace, &id, -1, Error::NotFound),
        (Actor::Visitor, &id, 1, Error::Unauthenticated),
        (Actor::Operator, &id, 1, Error::Unauthenticated),
    ] {
        let react = reactions.react(actor, id, number, ThankYou).await;
        assert_eq!(react, Err(refused), "{actor:?} {id} {number}");
    }
    let back = reactions.take_reaction_back(other, &hidden, 1, ThankYou);
    assert_eq!(back.await, Err(Error::NotFound));
    assert_eq!(bed.kept().await, 0);
    // Who has left, or is suspended, still takes back what they gave.
    bed.reacts(grace, &id, 1, ThankYou).await;
    bed.reacts(grace, &id, 1, Hugs).await;
    reactions.leave(grace, ALPHA).await.unwrap();
    let react = reactions.react(grace, &id, 1, MeToo).await;
    assert_eq!(react, Err(not_joined()));
    let back = reactions.take_reaction_back(grace, &id, 1, ThankYou);
    back.await.unwrap();
    let suspended = Actor::Member(Member {
        standing: Standing::Suspended,
        ..grace.member().unwrap()
    });
    let react = reactions.react(suspended, &id, 1, MeToo).await;
    assert!(matches!(react, Err(Error::Forbidden { .. })));
    let back = reactions.take_reaction_back(suspended, &id, 1, Hugs);
    back.await.unwrap();
    assert_eq!(bed.kept().await, 0);
}

async fn reactions_go_with_the_post_and_with_the_account(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let wren = bed.joined(3, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reply(grace, &id, "So.").await.unwrap();
    for number in [1, 2] {
        bed.reacts(wren, &id, number, Hugs).await;
    }
    bed.reacts(grace, &id, 1, Hugs).await;
    let discussions = bed.storage.communities();
    discussions.delete_post(grace, &id, 2, "").await.unwrap();
    assert_eq!(bed.kept().await, 2);
    assert_eq!(bed.given(ada, &id, 2).await, []);
    let before = bed.changed();
    bed.run("DELETE FROM account WHERE handle = 'h3'").await;
    bed.storage.notice_changes().await.unwrap();
    assert!(bed.changed() > before, "visitors see one less");
    let left = [(Hugs, 1, false)];
    assert_eq!(bed.given(Actor::Visitor, &id, 1).await, left);
}

async fn nobody_gives_reactions_without_end(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    let reactions = bed.storage.communities();
    let most = Quota::Reactions.most(grace.member().unwrap());
    for _ in 0..most {
        bed.reacts(grace, &id, 1, Hugs).await;
        // What was given already counts for nothing.
        bed.reacts(grace, &id, 1, Hugs).await;
        let back = reactions.take_reaction_back(grace, &id, 1, Hugs);
        back.await.unwrap();
    }
    let refused = reactions.react(grace, &id, 1, Hugs).await;
    assert_eq!(refused, Err(Quota::Reactions.used_up(most)));
    assert_eq!(bed.given(grace, &id, 1).await, []);
    bed.seconds_pass(3_601);
    bed.reacts(grace, &id, 1, Hugs).await;
}

async fn answers_are_given_reactions_on_their_own(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.asks(ada, ALPHA, "May I swim?", Everyone).await.unwrap();
    bed.answers(grace, &id, "I do.").await.unwrap();
    bed.answers(ada, &id, "Far, I mean.").await.unwrap();
    bed.reacts(grace, &id, 1, MeToo).await;
    bed.reacts(ada, &id, 2, ThankYou).await;
    let seen = |thread: &QuestionThread| {
        let answers = thread.answers.iter().map(|one| (one.number, given(one)));
        (given(&thread.details), answers.collect::<Vec<_>>())
    };
    let thread = bed.question(ada, &id).await;
    assert_eq!(
        seen(&thread),
        (
            vec![(MeToo, 1, false)],
            vec![(2, vec![(ThankYou, 1, true)]), (3, vec![])]
        )
    );
}

async fn who_leads_the_community_is_marked(bed: Bed) {
    bed.with_conditions().await;
    let moderator = bed.writer(1, Some(Role::Moderator)).await;
    let grace = bed.joined(3, None, ALPHA).await;
    let id = bed.start(grace, ALPHA, "A walk", Everyone).await.unwrap();
    let leader = bed.leader(2, ALPHA, moderator).await;
    bed.reply(leader, &id, "So.").await.unwrap();
    bed.join(leader, crate::writers::BETA).await;
    let beta = crate::writers::BETA;
    let elsewhere = bed.start(leader, beta, "Another", Everyone).await.unwrap();
    let asked = bed.asks(grace, ALPHA, "May I?", Everyone).await.unwrap();
    bed.answers(leader, &asked, "I do.").await.unwrap();
    let marks = async |id: &str| {
        let posts = bed.topic(Actor::Visitor, id).await.posts;
        posts.iter().map(|post| post.by_leader).collect::<Vec<_>>()
    };
    assert_eq!(marks(&id).await, [false, true]);
    assert_eq!(marks(&elsewhere).await, [false], "of another community");
    let thread = bed.question(Actor::Visitor, &asked).await;
    assert!(thread.answers[0].by_leader && !thread.details.by_leader);
    // Leadership that does not count is shown nowhere, and a deleted post is by nobody.
    bed.run("UPDATE second_factor SET set_up_at = NULL").await;
    assert_eq!(marks(&id).await, [false, false]);
    bed.run("UPDATE second_factor SET set_up_at = 1").await;
    assert_eq!(marks(&id).await, [false, true]);
    let communities = bed.storage.communities();
    communities.delete_post(leader, &id, 2, "").await.unwrap();
    assert_eq!(marks(&id).await, [false, false]);
    let leadership = bed.own_leaderships(leader).await[0].id.clone();
    let before = bed.changed();
    communities.step_down(leader, &leadership).await.unwrap();
    assert!(bed.changed() > before);
    let thread = bed.question(Actor::Visitor, &asked).await;
    assert!(!thread.answers[0].by_leader);
}

async fn a_hidden_post_has_its_reactions_again_when_it_is_shown(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let moderator = bed.moderator(3).await;
    let id = bed.start(ada, ALPHA, "A walk", Everyone).await.unwrap();
    bed.reacts(grace, &id, 1, ThankYou).await;
    bed.moderate(moderator, &id, 1, ContentModeration::Hide)
        .await;
    let reactions = bed.storage.communities();
    let react = reactions.react(grace, &id, 1, Hugs).await;
    assert_eq!(react, Err(Error::NotFound));
    for reader in [ada, grace, moderator] {
        assert_eq!(bed.post(reader, &id, 1).await.reactions, []);
    }
    bed.moderate(moderator, &id, 1, ContentModeration::Show)
        .await;
    assert_eq!(bed.post(ada, &id, 1).await.reactions.len(), 1);
}
