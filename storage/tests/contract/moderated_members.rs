//! What moderators do with members who are no administrators: warnings, and suspensions for a time.

use domain::{
    Error,
    account::{
        Accounts, Actor, MemberAction, MemberObstacle, ModerationAction, Role,
        SUSPENSION_BY_MODERATORS_LONGEST, Standing,
    },
    community::{
        AppealDecision, AppealObstacle, AppealState, ContentAction, DecisionKind, Moderation,
        NotificationKind, NotificationSubject, TopicAudience,
    },
};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::{field, submission},
    writers::ALPHA,
};

contract! {
    moderators_warn_and_suspend_members_for_a_time,
    moderators_act_on_nobody_of_the_staff,
    moderators_neither_shorten_nor_end_a_suspension,
    someone_else_decides_about_an_appeal_against_a_moderator,
    a_form_that_is_sent_twice_is_one_warning,
    the_author_of_a_post_is_warned,
    an_anonymous_author_is_warned_and_stays_unknown,
}

use MemberAction::{Suspend, Warn};

const ADA: &str = "ada@example.org";

impl Bed {
    async fn act_on(&self, actor: Actor, handle: &str, action: MemberAction) -> domain::Result<()> {
        let key = submission(&Uuid::new_v4().to_string());
        let accounts = self.storage.accounts();
        accounts
            .moderate_member(actor, handle, action, "Advertising", &key)
            .await
    }

    /// Gives somebody a role as the operator does.
    async fn give(&self, who: &str, role: Role) {
        let accounts = self.storage.accounts();
        let grant = ModerationAction::Grant(role);
        let granted = accounts.moderate(Actor::Operator, who, grant, "Helps");
        granted.await.unwrap();
    }

    async fn warned(&self, actor: Actor, id: &str, number: i64) -> domain::Result<()> {
        let key = submission(&Uuid::new_v4().to_string());
        let communities = self.storage.communities();
        communities
            .warn_author(actor, id, number, "No advertising", &key)
            .await
    }
}

fn is_forbidden<T>(answer: domain::Result<T>) -> bool {
    matches!(answer, Err(Error::Forbidden { .. }))
}

async fn moderators_warn_and_suspend_members_for_a_time(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let handle = bed.handle(&signed_in).await;
    let moderator = bed.moderator(2).await;
    let accounts = bed.storage.accounts();
    for bad in ["", " ", "a\nb", &"a".repeat(501)] {
        let key = submission(bad);
        let without = accounts.moderate_member(moderator, &handle, Warn, bad, &key);
        assert_eq!(field(without.await), "reason");
    }
    for days in [0, SUSPENSION_BY_MODERATORS_LONGEST + 1, u16::MAX] {
        let long = bed.act_on(moderator, &handle, Suspend { days }).await;
        assert_eq!(field(long), "length");
    }
    bed.act_on(moderator, &handle, Warn).await.unwrap();
    bed.seconds_pass(1);
    let days = SUSPENSION_BY_MODERATORS_LONGEST;
    let suspended = bed.act_on(moderator, &handle, Suspend { days }).await;
    suspended.unwrap();
    let viewer = bed.viewer(&signed_in).await.unwrap();
    let suspension = viewer.suspension.unwrap();
    assert_eq!(suspension.reason, "Advertising");
    let until = suspension.until.unwrap();
    assert!(until.0 >= (bed.seconds() + i64::from(days) * 86_400) * 1_000_000);
    // Both are decisions, by whom who looks after accounts reads.
    let records = accounts.moderation(Actor::Operator, &handle).await.unwrap();
    let taken: Vec<_> = records
        .iter()
        .map(|one| (one.kind.as_str(), one.by.as_deref()))
        .collect();
    let by = Some("Person 2");
    assert_eq!(taken, [("suspend", by), ("warn", by)]);
    let seen = accounts.moderated_member(moderator, &handle).await.unwrap();
    assert!(seen.suspended && seen.suspended_until == Some(until));
    let kinds: Vec<_> = seen.history.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["suspend", "warn"]);
    // Neither an address nor a reason.
    let seen = format!("{seen:?}");
    assert!(
        !seen.contains('@') && !seen.contains("Advertising"),
        "{seen}"
    );
    let events = "SELECT kind FROM event WHERE actor_id IS NOT NULL \
         AND kind IN ('account.warned', 'account.suspended') ORDER BY kind";
    let events = bed.texts(events).await;
    assert_eq!(events, ["account.suspended", "account.warned"]);
    // An address names nobody, and who is not there is not found.
    for nobody in [ADA, "0000000000", "", "a\0b"] {
        let found = accounts.moderated_member(moderator, nobody).await;
        assert_eq!(found.map(drop), Err(Error::NotFound), "{nobody:?}");
        let acted = bed.act_on(moderator, nobody, Warn).await;
        assert_eq!(acted, Err(Error::NotFound), "{nobody:?}");
    }
    let stranger = bed.writer(3, None).await;
    let acted = bed.act_on(stranger, &handle, Warn).await;
    assert_eq!(acted, Err(Error::NotFound));
}

async fn moderators_act_on_nobody_of_the_staff(bed: Bed) {
    let moderator = bed.moderator(1).await;
    let administrator = bed.writer(2, Some(Role::Administrator)).await;
    bed.writer(3, None).await;
    bed.writer(4, None).await;
    bed.writer(5, None).await;
    bed.give("h1", Role::Moderator).await;
    bed.give("h3", Role::Moderator).await;
    bed.give("h4", Role::Administrator).await;
    bed.give("h5", Role::Expert).await;
    let accounts = bed.storage.accounts();
    for (handle, obstacle) in [
        ("h1", Some(MemberObstacle::Own)),
        ("h3", Some(MemberObstacle::Staff)),
        ("h4", Some(MemberObstacle::Staff)),
        ("h5", None),
    ] {
        let seen = accounts.moderated_member(moderator, handle).await.unwrap();
        assert_eq!(seen.obstacle, obstacle, "{handle}");
        let refused = obstacle.is_some();
        for action in [Warn, Suspend { days: 1 }] {
            let acted = bed.act_on(moderator, handle, action).await;
            assert_eq!(is_forbidden(acted), refused, "{handle} {action:?}");
        }
    }
    // Administrators do.
    let seen = accounts.moderated_member(administrator, "h3").await;
    assert_eq!(seen.unwrap().obstacle, None);
    bed.act_on(administrator, "h3", Warn).await.unwrap();
    assert!(is_forbidden(bed.act_on(administrator, "h2", Warn).await));
    let refused = "SELECT count(*) FROM moderation_action a JOIN account ON account.id = a.account_id \
         WHERE account.handle IN ('h1', 'h4') AND a.kind <> 'grant'";
    assert_eq!(bed.number(refused).await, 0);
}

async fn moderators_neither_shorten_nor_end_a_suspension(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let handle = bed.handle(&signed_in).await;
    let moderator = bed.moderator(2).await;
    let accounts = bed.storage.accounts();
    let suspend = ModerationAction::Suspend { days: None };
    let suspended = accounts.moderate(Actor::Operator, &handle, suspend, "For good");
    suspended.await.unwrap();
    let shorter = bed.act_on(moderator, &handle, Suspend { days: 1 }).await;
    assert!(is_forbidden(shorter));
    // They warn all the same.
    bed.act_on(moderator, &handle, Warn).await.unwrap();
    let seen = accounts.moderated_member(moderator, &handle).await.unwrap();
    assert!(seen.suspended && seen.suspended_until.is_none());
    // What a moderator has begun runs out, and can begin again.
    let restore = ModerationAction::Restore;
    let restored = accounts.moderate(Actor::Operator, &handle, restore, "Enough");
    restored.await.unwrap();
    for _ in 0..2 {
        let day = Suspend { days: 1 };
        bed.act_on(moderator, &handle, day).await.unwrap();
        bed.days_pass(2);
    }
    let viewer = bed.viewer(&signed_in).await.unwrap();
    assert_eq!(viewer.suspension, None);
}

async fn someone_else_decides_about_an_appeal_against_a_moderator(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let handle = bed.handle(&signed_in).await;
    let moderator = bed.moderator(2).await;
    let other = bed.moderator(3).await;
    let communities = bed.storage.communities();
    let week = Suspend { days: 7 };
    bed.act_on(moderator, &handle, week).await.unwrap();
    let ada = bed.actor(&signed_in).await;
    let decisions = communities.own_decisions(ada, None).await.unwrap();
    let decision = decisions.decisions[0].id.clone();
    communities
        .appeal(ada, &decision, "I sell nothing.")
        .await
        .unwrap();
    let waiting = communities.appeals(moderator, false, None).await.unwrap();
    let appeal = waiting.appeals[0].id.clone();
    let seen = communities.appeal_to_decide(moderator, &appeal).await;
    assert_eq!(seen.unwrap().obstacle, Some(AppealObstacle::TookDecision));
    let lift = AppealDecision::Lift;
    let own = communities.decide_appeal(moderator, &appeal, lift, "So be it");
    assert!(is_forbidden(own.await));
    let lifted = communities.decide_appeal(other, &appeal, lift, "We were wrong");
    lifted.await.unwrap();
    let ada = bed.actor(&signed_in).await;
    assert_eq!(ada.member().unwrap().standing, Standing::Good);
    let own = communities.own_decision(ada, &decision).await.unwrap();
    assert_eq!(own.appeal.unwrap().state, AppealState::Lifted);
    assert!(!own.reason.contains("Person"));
}

async fn a_form_that_is_sent_twice_is_one_warning(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.moderator(2).await;
    let id = bed
        .start(ada, ALPHA, "Buy my tea", TopicAudience::Everyone)
        .await;
    let id = id.unwrap();
    let accounts = bed.storage.accounts();
    let communities = bed.storage.communities();
    for key in ["first", "first", "second"] {
        let key = submission(key);
        let warned = accounts.moderate_member(moderator, "h1", Warn, "Not again", &key);
        warned.await.unwrap();
        let warned = communities.warn_author(moderator, &id, 1, "Not again", &key);
        warned.await.unwrap();
    }
    for table in ["moderation_action", "content_moderation"] {
        let warnings = format!("SELECT count(*) FROM {table} WHERE kind = 'warn'");
        assert_eq!(bed.number(&warnings).await, 2, "{table}");
    }
    let day = Suspend { days: 1 };
    for _ in 0..2 {
        let key = submission("third");
        let suspended = accounts.moderate_member(moderator, "h1", day, "Again", &key);
        suspended.await.unwrap();
    }
}

async fn the_author_of_a_post_is_warned(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let moderator = bed.joined(2, Some(Role::Moderator), ALPHA).await;
    bed.give("h2", Role::Moderator).await;
    let other = bed.moderator(3).await;
    let communities = bed.storage.communities();
    let id = bed
        .start(ada, ALPHA, "Buy my tea", TopicAudience::Everyone)
        .await;
    let id = id.unwrap();
    bed.reply(moderator, &id, "Calm, please.").await.unwrap();
    let key = submission("empty");
    let without = communities.warn_author(moderator, &id, 1, " ", &key).await;
    assert_eq!(field(without), "reason");
    assert_eq!(bed.warned(ada, &id, 1).await, Err(Error::NotFound));
    assert!(
        is_forbidden(bed.warned(moderator, &id, 2).await),
        "their own"
    );
    assert!(
        is_forbidden(bed.warned(other, &id, 2).await),
        "of the staff"
    );
    bed.warned(moderator, &id, 1).await.unwrap();
    bed.tell().await;
    let told = bed.told(ada).await;
    let about = told
        .iter()
        .find(|one| one.kind == NotificationKind::Decision);
    let NotificationSubject::Decision { id: decision, kind } = &about.unwrap().subject else {
        panic!("{told:?}");
    };
    assert_eq!(*kind, DecisionKind::Content(ContentAction::Warn));
    let own = communities.own_decision(ada, decision).await.unwrap();
    assert_eq!(own.reason, "No advertising");
    assert!(own.may_appeal_until.is_some());
    // The post stays as it is; moderators see that there was a warning, here and of the member.
    assert!(bed.post(Actor::Visitor, &id, 1).await.is_shown());
    let page = communities.moderating(other, &id, 1).await.unwrap();
    assert_eq!(page.history[0].action, ContentAction::Warn);
    let accounts = bed.storage.accounts();
    let seen = accounts.moderated_member(other, "h1").await.unwrap();
    let kinds: Vec<_> = seen.history.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["warn"]);
    // A right appeal ends it.
    communities
        .appeal(ada, decision, "It was a gift.")
        .await
        .unwrap();
    let waiting = communities.appeals(other, false, None).await.unwrap();
    let lift = AppealDecision::Lift;
    let lifted = communities.decide_appeal(other, &waiting.appeals[0].id, lift, "It was");
    lifted.await.unwrap();
    let own = communities.own_decision(ada, decision).await.unwrap();
    assert!(own.lifted.is_some());
}

async fn an_anonymous_author_is_warned_and_stays_unknown(bed: Bed) {
    bed.with_conditions().await;
    let ada = bed.joined(1, None, ALPHA).await;
    let staff = bed.joined(2, None, ALPHA).await;
    let moderator = bed.joined(3, Some(Role::Moderator), ALPHA).await;
    let communities = bed.storage.communities();
    let id = bed.start_anonymously(ada, "Who else?").await;
    bed.reply_anonymously(staff, &id, "Buy my pills.").await;
    bed.give("h2", Role::Moderator).await;
    // A refusal would say that it is somebody of the staff.
    for number in [1, 2] {
        bed.warned(moderator, &id, number).await.unwrap();
    }
    bed.tell().await;
    for author in [ada, staff] {
        let told = bed.told(author).await;
        let about = told
            .iter()
            .find(|one| one.kind == NotificationKind::Decision);
        assert_eq!(about.unwrap().subject, NotificationSubject::SomeDecision);
        let decisions = communities.own_decisions(author, None).await.unwrap();
        let kinds: Vec<_> = decisions.decisions.iter().map(|one| &one.kind).collect();
        let warned = DecisionKind::Content(ContentAction::Warn);
        assert!(kinds.contains(&&warned), "{kinds:?}");
    }
    // Nothing joins the warning with a person.
    for sql in [
        "SELECT count(*) FROM moderation_action WHERE kind <> 'grant'",
        "SELECT count(*) FROM notification WHERE decision <> ''",
        "SELECT count(*) FROM event e JOIN account ON account.id = e.subject_id \
         WHERE e.kind LIKE '%warned'",
        "SELECT count(*) FROM event e JOIN account ON account.id = e.actor_id \
         WHERE e.kind LIKE '%warned' AND account.handle <> 'h3'",
    ] {
        assert_eq!(bed.number(sql).await, 0, "{sql}");
    }
    let page = communities.moderating(moderator, &id, 1).await.unwrap();
    assert!(!format!("{page:?}").contains("Person 1"));
    let accounts = bed.storage.accounts();
    let seen = accounts.moderated_member(moderator, "h1").await.unwrap();
    assert_eq!(seen.history, []);
}
