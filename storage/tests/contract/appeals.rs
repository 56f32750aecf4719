//! What people read of decisions about them, and their appeals.

use domain::{
    Error,
    account::{Accounts, Actor, Member, ModerationAction, Role, Standing},
    community::{
        AppealDecision, AppealObstacle, AppealState, CommunityRequests, ContentModeration,
        DecisionKind, Discussions, Moderation, NotificationKind, TopicAudience,
    },
};

use crate::{
    bed::Bed,
    people::field,
    writers::{ALPHA, BETA},
};

contract! {
    only_who_is_concerned_reads_a_decision,
    decisions_about_posts_and_account_come_page_by_page,
    an_appeal_is_made_once_within_six_months,
    someone_else_decides_about_an_appeal,
    a_right_appeal_undoes_the_decision,
    an_appeal_does_not_undo_what_was_done_anew,
    a_suspended_person_appeals_and_is_restored,
    the_log_does_not_say_who_appealed,
    a_queue_goes_on_behind_what_was_decided_meanwhile,
}

use AppealDecision::{Keep, Lift};
use ContentModeration::{Hide, Lock, Show};
use TopicAudience::{Community, Everyone};

impl Bed {
    /// Ids of the decisions about somebody, the last first.
    async fn decisions(&self, actor: Actor) -> Vec<String> {
        let communities = self.storage.communities();
        let list = communities.own_decisions(actor, None).await.unwrap();
        list.decisions.into_iter().map(|one| one.id).collect()
    }

    /// Appeals against the last decision about somebody. Returns decision and appeal.
    async fn appealed(&self, actor: Actor) -> (String, String) {
        let communities = self.storage.communities();
        let decision = self.decisions(actor).await.remove(0);
        let appeal = communities.appeal(actor, &decision, "It was no advert.");
        appeal.await.unwrap();
        let waiting = communities.appeals(Actor::Operator, false, None).await;
        let waiting = waiting.unwrap().appeals;
        (decision, waiting.last().unwrap().id.clone())
    }
}

/// A discussion with a reply, and who started it and replied.
async fn discussion(bed: &Bed, audience: TopicAudience) -> (Actor, Actor, String) {
    let ada = bed.joined(1, None, ALPHA).await;
    let grace = bed.joined(2, None, ALPHA).await;
    let id = bed.start(ada, ALPHA, "Who else?", audience).await.unwrap();
    bed.reply(grace, &id, "An advert.").await.unwrap();
    (ada, grace, id)
}

async fn only_who_is_concerned_reads_a_decision(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (ada, grace, id) = discussion(&bed, Community).await;
    let moderator = bed.moderator(3).await;
    bed.moderate(moderator, &id, 2, Hide).await;
    bed.moderate(moderator, &id, 2, Lock).await;
    assert_eq!(bed.decisions(ada).await.len(), 1);
    let decisions = bed.decisions(grace).await;
    assert_eq!(decisions.len(), 1);
    for other in [ada, moderator] {
        let theirs = communities.own_decision(other, &decisions[0]).await;
        assert_eq!(theirs, Err(Error::NotFound));
        let appeal = communities.appeal(other, &decisions[0], "Mine").await;
        assert_eq!(appeal, Err(Error::NotFound));
    }
    let visitor = communities.own_decision(Actor::Visitor, &decisions[0]);
    assert_eq!(visitor.await, Err(Error::Unauthenticated));
    let decision = communities
        .own_decision(grace, &decisions[0])
        .await
        .unwrap();
    assert!(!format!("{decision:?}").contains("Person 3"));
    assert_eq!(decision.post.as_ref().unwrap().topic.title, "Who else?");
    // Whoever has left reads the decision, and nothing of the discussion.
    bed.run("DELETE FROM membership").await;
    let decision = communities
        .own_decision(grace, &decisions[0])
        .await
        .unwrap();
    assert_eq!(decision.post, None);
    assert_eq!(decision.reason, "Not here");
}

async fn decisions_about_posts_and_account_come_page_by_page(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let accounts = bed.storage.accounts();
    let (_, grace, id) = discussion(&bed, Everyone).await;
    let moderator = bed.moderator(3).await;
    for round in 0..17 {
        bed.seconds_pass(1);
        bed.moderate(moderator, &id, 2, if round % 2 == 0 { Hide } else { Show })
            .await;
        bed.seconds_pass(1);
        let taken = if round % 2 == 0 {
            ModerationAction::Suspend { days: None }
        } else {
            ModerationAction::Restore
        };
        let taken = accounts.moderate(Actor::Operator, "p2@example.org", taken, "Too loud");
        taken.await.unwrap();
    }
    let first = communities.own_decisions(grace, None).await.unwrap();
    let next = first.next.clone().unwrap();
    let second = communities.own_decisions(grace, Some(&next)).await.unwrap();
    assert_eq!((first.decisions.len(), second.decisions.len()), (30, 4));
    assert_eq!(second.next, None);
    let all = first.decisions.into_iter().chain(second.decisions);
    let mut times: Vec<_> = all.map(|one| one.taken).collect();
    let sorted = {
        let mut sorted = times.clone();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        sorted
    };
    assert_eq!(times, sorted);
    times.dedup();
    assert_eq!(times.len(), 34);
    for nowhere in ["0000000000", "", "a\0b"] {
        let page = communities.own_decisions(grace, Some(nowhere)).await;
        assert_eq!(page, Err(Error::NotFound));
    }
}

async fn an_appeal_is_made_once_within_six_months(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (_, grace, id) = discussion(&bed, Everyone).await;
    let moderator = bed.moderator(3).await;
    bed.moderate(moderator, &id, 2, Hide).await;
    let decision = bed.decisions(grace).await.remove(0);
    for bad in ["", " \n", &"a".repeat(2_001)] {
        let appeal = communities.appeal(grace, &decision, bad).await;
        assert_eq!(field(appeal), "words");
    }
    let own = communities.own_decision(grace, &decision).await.unwrap();
    let until = own.may_appeal_until.unwrap();
    bed.days_pass(183);
    let words = "It was\n\nno <b>advert</b>.";
    communities.appeal(grace, &decision, words).await.unwrap();
    // The same form sent twice, and other words.
    communities.appeal(grace, &decision, words).await.unwrap();
    let again = communities.appeal(grace, &decision, "Please!").await;
    assert!(matches!(again, Err(Error::Forbidden { .. })));
    let own = communities.own_decision(grace, &decision).await.unwrap();
    let appeal = own.appeal.unwrap();
    assert_eq!(
        (appeal.words.as_str(), appeal.state),
        (words, AppealState::Waiting)
    );
    assert_eq!(own.may_appeal_until, None);
    assert!(appeal.made < until);
    let waiting = communities.waiting_everywhere(moderator).await.unwrap();
    assert_eq!(waiting.appeals.len(), 1);
    // What is given back is not appealed against, and what is long ago neither.
    bed.moderate(moderator, &id, 2, Show).await;
    let shown = bed.decisions(grace).await.remove(0);
    let nothing = communities.appeal(grace, &shown, "Why?").await;
    assert!(matches!(nothing, Err(Error::Forbidden { .. })));
    bed.moderate(moderator, &id, 2, Hide).await;
    let late = bed.decisions(grace).await.remove(0);
    bed.days_pass(185);
    let late = communities.appeal(grace, &late, "Only now.").await;
    assert!(matches!(late, Err(Error::Forbidden { .. })));
}

async fn someone_else_decides_about_an_appeal(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let grace = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    let taker = bed.moderator(3).await;
    let other = bed.moderator(4).await;
    let id = bed
        .start(grace, ALPHA, "An advert", Everyone)
        .await
        .unwrap();
    bed.moderate(taker, &id, 1, Hide).await;
    let (decision, appeal) = bed.appealed(grace).await;
    for (actor, obstacle) in [
        (taker, Some(AppealObstacle::TookDecision)),
        (grace, Some(AppealObstacle::Concerned)),
        (other, None),
    ] {
        let page = communities.appeal_to_decide(actor, &appeal).await.unwrap();
        assert_eq!(page.obstacle, obstacle);
        assert!(page.html.unwrap().as_str().contains("first"));
        // Whom it concerns is not told who did it.
        let by = (obstacle != Some(AppealObstacle::Concerned)).then_some("Person 3");
        assert_eq!(page.by.as_deref(), by);
        if obstacle.is_some() {
            let decide = communities.decide_appeal(actor, &appeal, Lift, "So");
            assert!(matches!(decide.await, Err(Error::Forbidden { .. })));
        }
    }
    for outsider in [Actor::Visitor, bed.writer(5, None).await] {
        let page = communities.appeal_to_decide(outsider, &appeal).await;
        assert_eq!(page.map(drop), Err(Error::NotFound));
    }
    let empty = communities.decide_appeal(other, &appeal, Keep, " ").await;
    assert_eq!(field(empty), "words");
    let decide = communities
        .decide_appeal(other, &appeal, Keep, "It sells")
        .await;
    assert_eq!(decide, Ok(()));
    let again = communities
        .decide_appeal(other, &appeal, Keep, "It sells")
        .await;
    assert_eq!(again, Ok(()));
    let otherwise = communities.decide_appeal(other, &appeal, Lift, "No").await;
    assert_eq!(otherwise, Err(Error::Conflict));
    let own = communities.own_decision(grace, &decision).await.unwrap();
    let appeal = own.appeal.unwrap();
    assert_eq!(
        (appeal.state, appeal.answer.as_str()),
        (AppealState::Kept, "It sells")
    );
    assert_eq!(own.lifted, None);
    assert!(bed.post(grace, &id, 1).await.hidden.is_some());
    bed.tell().await;
    let told = bed.told(grace).await;
    let kinds: Vec<_> = told.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [NotificationKind::Appeal, NotificationKind::Decision]
    );
    let waiting = communities.appeals(other, false, None).await.unwrap();
    assert!(waiting.appeals.is_empty());
    let decided = communities.appeals(other, true, None).await.unwrap();
    assert_eq!(decided.appeals.len(), 1);
}

async fn a_right_appeal_undoes_the_decision(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (ada, grace, id) = discussion(&bed, Everyone).await;
    let taker = bed.moderator(3).await;
    let other = bed.moderator(4).await;
    let lift = async |appeal: &str| {
        let lift = communities.decide_appeal(other, appeal, Lift, "We were wrong");
        lift.await.unwrap();
    };
    bed.moderate(taker, &id, 2, Hide).await;
    let (decision, appeal) = bed.appealed(grace).await;
    lift(&appeal).await;
    let post = bed.post(Actor::Visitor, &id, 2).await;
    assert!(post.is_shown() && post.html.as_str().contains("An advert."));
    let own = communities.own_decision(grace, &decision).await.unwrap();
    assert_eq!(own.appeal.unwrap().state, AppealState::Lifted);
    assert!(own.lifted.is_some());
    bed.moderate(taker, &id, 2, Lock).await;
    bed.seconds_pass(1);
    let (_, appeal) = bed.appealed(ada).await;
    lift(&appeal).await;
    assert_eq!(bed.topic(ada, &id).await.locked, None);
    let to = ContentModeration::Move {
        slug: BETA.to_owned(),
    };
    bed.moderate(taker, &id, 1, to).await;
    bed.seconds_pass(1);
    let (_, appeal) = bed.appealed(ada).await;
    assert_eq!(bed.topic(ada, &id).await.condition.slug, BETA);
    lift(&appeal).await;
    assert_eq!(bed.topic(ada, &id).await.condition.slug, ALPHA);
    // Nobody is told twice of one decision.
    bed.tell().await;
    for (actor, expected) in [(ada, 4), (grace, 2)] {
        let told = bed.told(actor).await;
        let about = told.iter().filter(|one| {
            matches!(
                one.kind,
                NotificationKind::Appeal | NotificationKind::Decision
            )
        });
        assert_eq!(about.count(), expected);
    }
}

async fn an_appeal_does_not_undo_what_was_done_anew(bed: Bed) {
    bed.with_conditions().await;
    let communities = bed.storage.communities();
    let (_, grace, id) = discussion(&bed, Everyone).await;
    let taker = bed.moderator(3).await;
    let other = bed.moderator(4).await;
    bed.moderate(taker, &id, 2, Hide).await;
    let (_, appeal) = bed.appealed(grace).await;
    for what in [Show, Hide] {
        bed.seconds_pass(1);
        bed.moderate(taker, &id, 2, what).await;
    }
    let lift = communities.decide_appeal(other, &appeal, Lift, "We were wrong");
    lift.await.unwrap();
    assert!(bed.post(grace, &id, 2).await.hidden.is_some());
    // A post that its author has deleted stays deleted.
    let (_, second) = bed.appealed(grace).await;
    communities.delete_post(grace, &id, 2, "").await.unwrap();
    let lift = communities.decide_appeal(other, &second, Lift, "Wrong again");
    lift.await.unwrap();
    assert!(bed.post(grace, &id, 2).await.deleted.is_some());
}

async fn a_suspended_person_appeals_and_is_restored(bed: Bed) {
    let communities = bed.storage.communities();
    let accounts = bed.storage.accounts();
    let signed_in = bed.member("ada@example.org").await;
    let moderator = bed.moderator(3).await;
    let suspend = ModerationAction::Suspend { days: None };
    let suspend = accounts.moderate(Actor::Operator, "ada@example.org", suspend, "Too loud");
    suspend.await.unwrap();
    let ada = bed.actor(&signed_in).await;
    assert_eq!(
        ada.member().map(|member| member.standing),
        Some(Standing::Suspended)
    );
    let (decision, appeal) = bed.appealed(ada).await;
    let page = communities
        .appeal_to_decide(moderator, &appeal)
        .await
        .unwrap();
    assert!(matches!(&page.kind, DecisionKind::Account { action, .. } if action == "suspend"));
    assert_eq!((page.by, page.obstacle), (None, None));
    assert!(page.account.is_some() && page.post.is_none());
    let lift = communities.decide_appeal(moderator, &appeal, Lift, "We were wrong");
    lift.await.unwrap();
    let ada = bed.actor(&signed_in).await;
    assert_eq!(
        ada.member().map(|member| member.standing),
        Some(Standing::Good)
    );
    let own = communities.own_decision(ada, &decision).await.unwrap();
    assert_eq!(own.appeal.unwrap().answer, "We were wrong");
    assert!(own.lifted.is_some());
    // It is listed with the decisions about the account, and the next suspension is another one.
    let record = accounts.find(Actor::Operator, "ada@example.org").await;
    let handle = record.unwrap().handle;
    let taken = accounts.moderation(Actor::Operator, &handle).await;
    assert_eq!(taken.unwrap().len(), 2);
    bed.tell().await;
    assert_eq!(bed.told(ada).await[0].kind, NotificationKind::Appeal);
    let reply = Actor::Member(Member {
        standing: Standing::Suspended,
        ..ada.member().unwrap()
    });
    assert_eq!(bed.decisions(reply).await.len(), 2);
}

async fn the_log_does_not_say_who_appealed(bed: Bed) {
    bed.with_conditions().await;
    let (_, grace, id) = discussion(&bed, Everyone).await;
    let moderator = bed.moderator(3).await;
    bed.moderate(moderator, &id, 2, Hide).await;
    bed.appealed(grace).await;
    let named = "SELECT count(*) FROM event WHERE kind = 'moderation.appeal_made' \
         AND actor_id IS NOT NULL";
    assert_eq!(bed.number(named).await, 0);
    let events = "SELECT count(*) FROM event WHERE kind LIKE 'moderation.%'";
    assert_eq!(bed.number(events).await, 2);
    // Neither does the table of what was done say whom it concerns.
    let columns = "SELECT count(*) FROM content_moderation WHERE actor_id IS NOT NULL";
    assert_eq!(bed.number(columns).await, 1);
}

async fn a_queue_goes_on_behind_what_was_decided_meanwhile(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.moderator(2).await;
    let communities = bed.storage.communities();
    let mut appeals = Vec::new();
    for title in ["The first", "The second"] {
        bed.seconds_pass(1);
        let id = bed.start(ada, ALPHA, title, Everyone).await.unwrap();
        bed.moderate(moderator, &id, 1, Hide).await;
        appeals.push(bed.appealed(ada).await.1);
    }
    let decide = communities.decide_appeal(Actor::Operator, &appeals[0], Keep, "No");
    decide.await.unwrap();
    let rest = communities.appeals(Actor::Operator, false, Some(&appeals[0]));
    let rest = rest.await.unwrap().appeals;
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].id, appeals[1]);
    // What waits has no place among what is decided.
    let nowhere = communities.appeals(Actor::Operator, true, Some(&appeals[1]));
    assert_eq!(nowhere.await, Err(Error::NotFound));
    // Whoever is concerned does not read by whom.
    let own = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let id = bed.start(own, ALPHA, "The third", Everyone).await.unwrap();
    bed.moderate(moderator, &id, 1, Hide).await;
    let (_, appeal) = bed.appealed(own).await;
    let page = communities.appeal_to_decide(own, &appeal).await.unwrap();
    assert_eq!(
        (page.by, page.obstacle),
        (None, Some(AppealObstacle::Concerned))
    );
    let page = communities.moderating(own, &id, 1).await.unwrap();
    assert!(page.history.iter().all(|entry| entry.by.is_none()));
}
