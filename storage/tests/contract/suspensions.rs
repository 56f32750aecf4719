//! Warnings, and suspensions that end by themselves.

use domain::{
    account::{Accounts, Actor, ModerationAction, People, Standing},
    community::{
        DecisionKind, MailFrequency, Moderation, Notification, NotificationKind,
        NotificationSubject, Notifications, TopicAudience,
    },
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};
use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use storage::{DatabaseKind, changes::recording, migration::Migrator};

use crate::{bed::Bed, profiles::draft, writers::ALPHA};

contract! {
    a_suspension_that_has_run_out_is_none_anywhere,
    another_end_is_another_decision,
    pages_are_made_anew_when_a_suspension_ends,
    who_is_warned_is_told_and_may_go_on,
    events_that_name_the_account_are_still_read,
    warnings_of_before_become_decisions,
    there_is_a_letter_about_a_warning_and_a_suspension,
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
    let told = bed.told(bed.actor(&signed_in).await).await;
    assert_eq!(told.len(), 1, "of the suspension: {told:?}");
    bed.reply_to(grace, &id, "More.", Some(1)).await.unwrap();
    bed.tell().await;
    assert_eq!(bed.told(bed.actor(&signed_in).await).await.len(), 2);
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

/// The decisions about their account of which somebody is told, the last first: id and action.
fn told_decisions(told: &[Notification]) -> Vec<(&str, &str)> {
    told.iter()
        .map(|one| {
            assert_eq!(one.kind, NotificationKind::Decision);
            match &one.subject {
                NotificationSubject::Decision {
                    id,
                    kind: DecisionKind::Account { action, .. },
                } => (id.as_str(), action.as_str()),
                other => panic!("{other:?}"),
            }
        })
        .collect()
}

async fn who_is_warned_is_told_and_may_go_on(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    for _ in 0..2 {
        bed.act(ModerationAction::Warn).await;
    }
    bed.tell().await;
    let ada = bed.actor(&signed_in).await;
    assert_eq!(ada.member().unwrap().standing, Standing::Good);
    let told = bed.told(ada).await;
    let [(first, "warn"), (second, "warn")] = told_decisions(&told)[..] else {
        panic!("{told:?}");
    };
    assert_ne!(first, second);
    let communities = bed.storage.communities();
    let decision = communities.own_decision(ada, first).await.unwrap();
    assert_eq!(decision.reason, "Advertising");
    assert!(decision.may_appeal_until.is_some());
    let account = bed.storage.accounts().account(ada).await.unwrap();
    let decisions: Vec<_> = account
        .moderation
        .iter()
        .map(|one| (one.kind.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(decisions, [("warn", "Advertising"); 2]);
    let place = format!("decision:{second}");
    let rest = communities.notifications(ada, Some(&place)).await.unwrap();
    assert_eq!(rest.notifications, []);
    // The log names decisions, and not whom they concern.
    let kinds = "SELECT kind FROM event WHERE kind = 'account.warned'";
    assert_eq!(bed.texts(kinds).await.len(), 2);
    let named = "SELECT count(*) FROM event e JOIN account a ON a.id = e.subject_id \
         WHERE e.kind = 'account.warned'";
    assert_eq!(bed.number(named).await, 0);
}

async fn events_that_name_the_account_are_still_read(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    for action in [ModerationAction::Warn, suspend(1)] {
        bed.act(action).await;
        bed.seconds_pass(1);
    }
    // As they were written before: nothing of it is sealed yet.
    bed.run(
        "UPDATE event SET subject_id = (SELECT o.account_id FROM moderation_action o \
         WHERE o.id = event.subject_id) WHERE kind IN ('account.warned', 'account.suspended')",
    )
    .await;
    // What was done later is not what they tell of.
    bed.act(suspend(7)).await;
    bed.tell().await;
    let told = bed.told(bed.actor(&signed_in).await).await;
    let mut actions: Vec<_> = told_decisions(&told).iter().map(|one| one.1).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["suspend", "suspend", "warn"]);
    let ids = "SELECT count(DISTINCT decision) FROM notification";
    assert_eq!(bed.number(ids).await, 3);
}

async fn warnings_of_before_become_decisions(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    let connection = bed.connection().await;
    let migrations = Migrator::migrations();
    let since = migrations
        .iter()
        .position(|migration| migration.name() == "m20261127_000031_told_warnings")
        .unwrap();
    let steps = u32::try_from(migrations.len() - since).unwrap();
    Migrator::down(&connection, Some(steps)).await.unwrap();
    let warning = "INSERT INTO moderation_action \
         (id, public_id, account_id, kind, reason, created_at) SELECT ";
    for (at, name) in [(10, "first"), (20, "second")] {
        let id = match bed.kind() {
            DatabaseKind::Sqlite => "randomblob(16)",
            DatabaseKind::Postgres => "gen_random_uuid()",
        };
        let sql = format!("{warning}{id}, '{name}', id, 'warn', 'So', {at} FROM account");
        connection.execute_unprepared(&sql).await.unwrap();
    }
    // The last of them tells of nothing new: it came of a warning that the one before tells of.
    for (at, read_at) in [(11, "12"), (21, "22"), (23, "NULL")] {
        let sql = format!(
            "INSERT INTO notification (account_id, kind, created_at, read_at) \
             SELECT id, 'warning', {at}, {read_at} FROM account"
        );
        connection.execute_unprepared(&sql).await.unwrap();
    }
    drop(connection);
    let again = bed.second().await;
    let told = again.told(ada).await;
    assert_eq!(
        told_decisions(&told),
        [("second", "warn"), ("first", "warn")]
    );
    assert!(told.iter().all(|one| one.read));
}

async fn there_is_a_letter_about_a_warning_and_a_suspension(bed: Bed) {
    let signed_in = bed.member(ADA).await;
    let ada = bed.actor(&signed_in).await;
    bed.chooses(ada, [MailFrequency::AtOnce; 4]).await;
    bed.act(ModerationAction::Warn).await;
    bed.tell().await;
    bed.seconds_pass(60);
    assert_eq!(bed.counts().await, [[1, 0, 0, 0]]);
    bed.act(suspend(7)).await;
    bed.tell().await;
    bed.seconds_pass(HOUR);
    // Also to who is suspended.
    assert_eq!(bed.counts().await, [[1, 0, 0, 0]]);
    // Whoever wants none gets none.
    let [one, two, three] = [MailFrequency::AtOnce; 3];
    bed.chooses(ada, [MailFrequency::Never, one, two, three])
        .await;
    bed.act(suspend(30)).await;
    bed.tell().await;
    bed.seconds_pass(HOUR);
    assert_eq!(bed.counts().await, [[0; 4]; 0]);
}
