//! Warnings, and suspensions that end by themselves.

use domain::{
    account::{Accounts, Actor, ModerationAction, People, Standing},
    community::{NotificationKind, NotificationSubject, Notifications, TopicAudience},
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};
use storage::changes::recording;

use crate::{bed::Bed, profiles::draft, writers::ALPHA};

contract! {
    a_suspension_that_has_run_out_is_none_anywhere,
    another_end_is_another_decision,
    pages_are_made_anew_when_a_suspension_ends,
    who_is_warned_is_told_and_may_go_on,
}

const ADA: &str = "ada@example.org";
const HOUR: i64 = 3_600;

fn suspend(days: u16) -> ModerationAction {
    ModerationAction::Suspend { days: Some(days) }
}

impl Bed {
    async fn act(&self, action: ModerationAction) {
        let accounts = self.storage.accounts();
        let moderate = accounts.moderate(Actor::Operator, ADA, action, "Advertising");
        moderate.await.unwrap();
    }
}

async fn a_suspension_that_has_run_out_is_none_anywhere(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    let handle = bed.handle(&signed_in).await;
    bed.join(ada, ALPHA).await;
    let profiles = bed.storage.profiles();
    profiles
        .change(ada, draft(Audience::Everyone))
        .await
        .unwrap();
    bed.show_membership(ada, ALPHA, Audience::Everyone).await;
    let id = bed.start(ada, ALPHA, "A walk", TopicAudience::Everyone);
    let id = id.await.unwrap();
    let grace = bed.joined(2, None, ALPHA).await;
    bed.seconds_pass(1);
    bed.act(suspend(1)).await;
    let accounts = bed.storage.accounts();
    let looks = async || {
        let visitor = Actor::Visitor;
        let profile = bed.storage.profiles().profile(visitor, &handle).await;
        let listed = bed.listed(visitor, ALPHA, None).await.members.len();
        let author = bed.topic(visitor, &id).await.line.author;
        let suspended = accounts.list(Actor::Operator, "", People::Suspended, None);
        let suspended = suspended.await.unwrap().accounts.len();
        let viewer = bed.viewer(&signed_in).await.unwrap();
        let standing = viewer.actor.member().unwrap().standing;
        assert_eq!(viewer.suspension.is_some(), standing == Standing::Suspended);
        let account = accounts.account(viewer.actor).await.unwrap();
        assert_eq!(account.suspension, viewer.suspension);
        let record = accounts.find(Actor::Operator, ADA).await.unwrap();
        assert_eq!(record.standing, standing);
        (
            profile.is_ok(),
            listed,
            author.handle.is_some(),
            suspended,
            standing,
        )
    };
    let absent = (false, 0, false, 1, Standing::Suspended);
    let present = (true, 1, true, 0, Standing::Good);
    assert_eq!(looks().await, absent);
    let viewer = bed.viewer(&signed_in).await.unwrap();
    let told = viewer.suspension.unwrap();
    // A day later, and up to the hour.
    assert_eq!(
        told.until.unwrap().0,
        (bed.seconds() - 1 + 25 * HOUR) * 1_000_000
    );
    assert_eq!(told.reason, "Advertising");
    bed.seconds_pass(25 * HOUR - 2);
    assert_eq!(looks().await, absent);
    // Nobody is told of a reply before, and is after.
    bed.reply_to(grace, &id, "So.", Some(1)).await.unwrap();
    bed.tell().await;
    bed.seconds_pass(1);
    assert_eq!(looks().await, present);
    assert!(bed.told(bed.actor(&signed_in).await).await.is_empty());
    bed.reply_to(grace, &id, "More.", Some(1)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.told(bed.actor(&signed_in).await).await.len(), 1);
    let writes = bed.reply(bed.actor(&signed_in).await, &id, "Thanks.").await;
    assert_eq!(writes, Ok(4));
    // Tidying up changes nothing.
    assert_eq!(
        bed.number("SELECT count(*) FROM account WHERE standing <> 'good'")
            .await,
        1
    );
    bed.storage.sweep().await.unwrap();
    assert_eq!(
        bed.number("SELECT count(*) FROM account WHERE standing <> 'good'")
            .await,
        0
    );
    assert_eq!(looks().await, present);
    // Without an end there is none.
    bed.act(ModerationAction::Suspend { days: None }).await;
    bed.days_pass(10);
    bed.storage.sweep().await.unwrap();
    let record = accounts.find(Actor::Operator, ADA).await.unwrap();
    assert_eq!(record.standing, Standing::Suspended);
    assert_eq!(record.suspended_until, None);
}

async fn another_end_is_another_decision(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let handle = bed.handle(&signed_in).await;
    bed.act(suspend(1)).await;
    bed.act(suspend(1)).await;
    bed.act(suspend(7)).await;
    let accounts = bed.storage.accounts();
    let account = accounts.account(bed.actor(&signed_in).await).await.unwrap();
    let ends: Vec<_> = account
        .moderation
        .iter()
        .map(|action| {
            action
                .until
                .map(|until| until.0 / 1_000_000 - bed.seconds())
        })
        .collect();
    let day = 24 * HOUR;
    assert_eq!(ends, [Some(7 * day), Some(day)], "the same is no decision");
    bed.act(ModerationAction::Restore).await;
    let viewer = bed.viewer(&signed_in).await.unwrap();
    assert_eq!(viewer.suspension, None);
    bed.days_pass(1);
    // What has run out is not ended once more.
    bed.act(suspend(1)).await;
    bed.days_pass(2);
    bed.act(ModerationAction::Restore).await;
    let moderation = accounts.moderation(Actor::Operator, &handle).await.unwrap();
    let kinds: Vec<_> = moderation.iter().map(|one| one.kind.as_str()).collect();
    assert_eq!(kinds, ["suspend", "restore", "suspend", "suspend"]);
}

/// Without a job, in the process that suspends and in another one.
async fn pages_are_made_anew_when_a_suspension_ends(bed: Bed) {
    bed.with_conditions().await;
    let signed_in = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    let handle = bed.handle(&signed_in).await;
    let profiles = bed.storage.profiles();
    let profile = ProfileDraft {
        name: "Ada".to_owned(),
        ..draft(Audience::Everyone)
    };
    profiles.change(ada, profile).await.unwrap();
    let second = bed.second().await;
    bed.act(suspend(1)).await;
    second.storage.notice_changes().await.unwrap();
    let mut kept = Vec::new();
    for one in [&bed, &second] {
        let changes = one.storage.database().changes();
        let looking = one.profile(Actor::Visitor, &handle);
        let (shown, reads) = recording(changes, looking).await;
        assert!(shown.is_err());
        kept.push((one, reads));
    }
    let fresh = |(one, reads): &(&Bed, _)| {
        let database = one.storage.database();
        database.changes().is_fresh(reads, database.now())
    };
    bed.seconds_pass(24 * HOUR - 1);
    assert!(kept.iter().all(fresh));
    bed.seconds_pass(1);
    assert!(!kept.iter().any(fresh));
    for one in [&bed, &second] {
        assert!(one.profile(Actor::Visitor, &handle).await.is_ok());
    }
}

async fn who_is_warned_is_told_and_may_go_on(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    for _ in 0..2 {
        bed.act(ModerationAction::Warn).await;
    }
    bed.tell().await;
    let ada = bed.actor(&signed_in).await;
    assert_eq!(ada.member().unwrap().standing, Standing::Good);
    let [told] = bed.told(ada).await.try_into().unwrap();
    assert_eq!(told.kind, NotificationKind::Warning);
    assert_eq!(told.subject, NotificationSubject::Account);
    let account = bed.storage.accounts().account(ada).await.unwrap();
    let decisions: Vec<_> = account
        .moderation
        .iter()
        .map(|one| (one.kind.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(decisions, [("warn", "Advertising"); 2]);
    let place = format!("warning-{}", told.time.0);
    let communities = bed.storage.communities();
    let rest = communities.notifications(ada, Some(&place)).await.unwrap();
    assert_eq!(rest.notifications, []);
    let kinds = "SELECT kind FROM event WHERE kind = 'account.warned'";
    assert_eq!(bed.texts(kinds).await.len(), 2);
}
