//! The key of the site is replaced while people enrol.

use std::sync::{Arc, Mutex};

use domain::{
    Error,
    account::{Accounts, Actor, ModerationAction, SecondFactor, SecondFactors},
    registry::{Registry, Step, Withdrawal, permissions::PermissionAnswer},
};
use storage::{DatabaseKind, MasterKey, Pass, Rotation, SealedAnew};

use crate::{
    bed::Bed,
    people::{PASSWORD, client, password, submission},
    registry::own_answers,
    registry_majority::TO_MAJORITY,
    second_factor::ADA,
};

contract! {
    everything_opens_under_the_next_key_and_nothing_under_the_former,
    a_process_that_runs_goes_on_and_seals_under_the_next_key,
    a_process_that_sleeps_through_it_finds_everybody,
    interrupted_anywhere_it_goes_on,
    what_is_changed_or_deleted_meanwhile_stays_so,
    of_two_at_once_each_row_is_sealed_by_one,
    more_than_one_batch_is_sealed_anew,
    whoever_does_not_know_the_key_replaces_nothing,
    a_link_made_before_leads_on_afterwards,
    nothing_is_sealed_that_a_rotation_has_not_heard_of,
}

const FORMER: [u8; 32] = [1; 32];
const NEXT: [u8; 32] = [2; 32];

fn both() -> MasterKey {
    MasterKey::ring(&FORMER, &[NEXT], Vec::new)
}

fn next() -> MasterKey {
    MasterKey::new(&NEXT)
}

/// What a key folder holds.
#[derive(Clone)]
struct KeyFolder(Arc<Mutex<Vec<[u8; 32]>>>);

impl KeyFolder {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(vec![FORMER])))
    }

    fn has(&self, keys: &[[u8; 32]]) {
        *self.0.lock().unwrap() = keys.to_vec();
    }

    fn key(&self) -> MasterKey {
        let folder = self.clone();
        MasterKey::ring(&FORMER, &[], move || folder.0.lock().unwrap().clone())
    }
}

impl Bed {
    /// The rows of the registry that only the key of the site opens.
    async fn counted(&self) -> [i64; 3] {
        let mut counts = [0; 3];
        let tables = ["second_factor", "registry_key", "registry_holder"];
        for (count, table) in counts.iter_mut().zip(tables) {
            *count = self.number(&format!("SELECT count(*) FROM {table}")).await;
        }
        counts
    }
}

/// All that one pass finds.
async fn pass(rotation: &Rotation<'_>) -> Vec<storage::Batch> {
    let (mut pass, mut batches) = (Pass::default(), Vec::new());
    while let Some(batch) = rotation.read(&mut pass).await.unwrap() {
        batches.push(batch);
    }
    batches
}

async fn everything_opens_under_the_next_key_and_nothing_under_the_former(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let begun = bed.begins(ada).await;
    bed.answers_all(ada, &begun, own_answers()).await;
    let phone = bed.set_up_second_factor(ada).await;
    let eve = bed.enroller("eve@example.org").await;
    let accounts = bed.storage.accounts();
    accounts.begin(eve, &password(PASSWORD)).await.unwrap();
    let secret = accounts.second_factor(eve).await.unwrap();
    assert!(matches!(secret, SecondFactor::Begun { .. }), "{secret:?}");
    let before = bed.storage.registry().enrolments(ada).await.unwrap();
    let ledger = bed.storage.registry().ledger(ada, &at).await.unwrap();
    let counted = bed.counted().await;
    assert_eq!(counted, [2, 4, 1]);

    let rotating = bed.seen_with(MasterKey::new(&FORMER)).await;
    assert_eq!(rotating.storage.has_its_key().await, Ok(true));
    let rotation = rotating.storage.rotation(&next());
    rotation.switch().await.unwrap();
    let sealed = rotation.seal_anew().await.unwrap();
    let all = SealedAnew {
        second_factors: 2,
        keys: 4,
        holders: 1,
        links: 0,
        closed: 0,
    };
    assert_eq!(sealed, all);
    assert_eq!(bed.counted().await, counted);
    // Nothing is left to be done.
    rotation.switch().await.unwrap();
    assert_eq!(rotation.seal_anew().await, Ok(SealedAnew::default()));

    let alone = bed.seen_with(next()).await;
    assert_eq!(alone.storage.has_its_key().await, Ok(true));
    let registry = alone.storage.registry();
    assert_eq!(registry.enrolments(ada).await, Ok(before));
    assert_eq!(registry.ledger(ada, &at).await, Ok(ledger));
    assert_eq!(registry.verify().await.unwrap().1, None);
    let accounts = alone.storage.accounts();
    assert_eq!(accounts.second_factor(eve).await, Ok(secret));
    // A code counts once.
    bed.seconds_pass(60);
    let entered = alone.password_of_ada(&client()).await;
    let code = phone.code(bed.seconds());
    assert!(alone.enter(&client(), &entered, &code).await.is_ok());

    let former = bed.seen_with(MasterKey::new(&FORMER)).await;
    assert_eq!(former.storage.has_its_key().await, Ok(false));
    let closed = former.storage.registry().enrolments(ada).await;
    assert_eq!(closed.unwrap_err().status(), 500);
    // Nor can it be made the key of what it does not open.
    let opens = former.storage.rotation(&MasterKey::new(&[3; 32]));
    assert!(opens.switch().await.is_err());
    assert!(opens.seal_anew().await.is_err());
}

async fn a_process_that_runs_goes_on_and_seals_under_the_next_key(bed: Bed) {
    let folder = KeyFolder::new();
    let running = bed.seen_with(folder.key()).await;
    let (ada, at) = running.enrolled(ADA).await;
    let eve = running.enroller("eve@example.org").await;
    let grace = running.enroller("grace@example.org").await;
    folder.has(&[FORMER, NEXT]);
    let rotating = bed.seen_with(both()).await;
    let rotation = rotating.storage.rotation(&next());
    rotation.switch().await.unwrap();
    // Nothing is sealed anew yet, and new things are under the next key.
    let registry = running.storage.registry();
    let second = running.begins(ada).await;
    running.begins(eve).await;
    running.answers_all(ada, &second, own_answers()).await;
    let phone = running.set_up_second_factor(ada).await;
    let answer = PermissionAnswer::Samples(true);
    registry
        .set_permission(ada, &at, answer, None)
        .await
        .unwrap();
    let alone = bed.seen_with(next()).await;
    let early = alone.storage.registry().enrolments(eve).await.unwrap();
    assert_eq!(early.len(), 1);
    assert!(alone.enrolment(ada, &second).await.is_ok());
    assert_eq!(alone.enrolment(ada, &at).await.unwrap_err().status(), 500);

    let sealed = rotation.seal_anew().await.unwrap();
    // All of Ada's participants are in one row, which has been written since.
    let all = SealedAnew {
        keys: 2,
        ..SealedAnew::default()
    };
    assert_eq!(sealed, all);
    folder.has(&[NEXT]);
    running.begins(ada).await;
    running.begins(grace).await;
    let answer = PermissionAnswer::Samples(false);
    registry
        .set_permission(ada, &at, answer, None)
        .await
        .unwrap();
    for seen in [&running, &alone] {
        let registry = seen.storage.registry();
        assert_eq!(registry.enrolments(ada).await.unwrap().len(), 3);
        assert_eq!(registry.enrolments(grace).await.unwrap().len(), 1);
    }
    bed.seconds_pass(60);
    let begun = alone.password_of_ada(&client()).await;
    let code = phone.code(bed.seconds());
    assert!(running.enter(&client(), &begun, &code).await.is_ok());
}

async fn a_process_that_sleeps_through_it_finds_everybody(bed: Bed) {
    let folder = KeyFolder::new();
    let (ada, at) = bed.enrolled(ADA).await;
    let before = bed.enrolment(ada, &at).await;
    let [reads, writes] = [
        bed.seen_with(folder.key()).await,
        bed.seen_with(folder.key()).await,
    ];
    let rotating = bed.seen_with(both()).await;
    let rotation = rotating.storage.rotation(&next());
    rotation.switch().await.unwrap();
    rotation.seal_anew().await.unwrap();
    // It does not take those that it cannot find for none.
    let registry = reads.storage.registry();
    assert_eq!(registry.enrolments(ada).await.unwrap_err().status(), 500);
    let begun = submission("sleeps");
    let refused = registry.begin_enrolment(ada, &begun).await;
    assert_eq!(refused.unwrap_err().status(), 500);
    folder.has(&[NEXT]);
    assert_eq!(reads.enrolment(ada, &at).await, before);
    writes.begins(ada).await;
    for seen in [reads, writes] {
        let all = seen.storage.registry().enrolments(ada).await.unwrap();
        assert_eq!(all.len(), 2);
    }
}

async fn interrupted_anywhere_it_goes_on(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    bed.set_up_second_factor(ada).await;
    let others = [
        bed.enroller("eve@example.org").await,
        bed.enroller("grace@example.org").await,
    ];
    let serving = bed.seen_with(both()).await;
    // In turn, because nobody may begin often in a day.
    let whole = |turn: usize| {
        let (serving, at) = (&serving, &at);
        async move {
            let registry = serving.storage.registry();
            assert_eq!(registry.enrolments(ada).await.unwrap().len(), 1);
            let step = serving.enrolment(ada, at).await.unwrap().step;
            assert_eq!(step, Step::Enrolled);
            let other = others[turn % 2];
            serving.begins(other).await;
            let all = registry.enrolments(other).await.unwrap();
            assert_eq!(all.len(), turn / 2 + 1);
        }
    };
    whole(0).await;
    // Each time it comes further: first to the change of the key, then by one batch more.
    let mut steps = 0;
    loop {
        let rotating = bed.seen_with(both()).await;
        assert_eq!(rotating.storage.has_its_key().await, Ok(true));
        let rotation = rotating.storage.rotation(&next());
        rotation.switch().await.unwrap();
        let mut pass = Pass::default();
        let mut is_over = false;
        for _ in 0..steps {
            if let Some(batch) = rotation.read(&mut pass).await.unwrap() {
                rotation.write(&batch).await.unwrap();
            } else {
                is_over = true;
            }
        }
        steps += 1;
        whole(steps).await;
        if is_over {
            break;
        }
    }
    let rotating = bed.seen_with(both()).await;
    let rotation = rotating.storage.rotation(&next());
    assert_eq!(rotation.seal_anew().await, Ok(SealedAnew::default()));
    let alone = bed.seen_with(next()).await;
    assert_eq!(
        alone.enrolment(ada, &at).await.unwrap().step,
        Step::Enrolled
    );
    let mut all = 0;
    for other in others {
        all += alone
            .storage
            .registry()
            .enrolments(other)
            .await
            .unwrap()
            .len();
    }
    assert_eq!(all, 1 + steps);
}

async fn what_is_changed_or_deleted_meanwhile_stays_so(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let begun = bed.begins(ada).await;
    bed.set_up_second_factor(ada).await;
    let eve = bed.enroller("eve@example.org").await;
    bed.begins(eve).await;
    let serving = bed.seen_with(both()).await;
    let rotation = serving.storage.rotation(&next());
    rotation.switch().await.unwrap();
    let batches = pass(&rotation).await;

    let registry = serving.storage.registry();
    let left = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert_eq!(left, Ok(Step::Withdrawn(Withdrawal::Deletion)));
    registry.discard_enrolment(ada, &begun).await.unwrap();
    let accounts = serving.storage.accounts();
    let deleted = accounts.delete(eve, &password(PASSWORD), false).await;
    assert_eq!(deleted.map(drop), Ok(()));
    let reset = ModerationAction::ResetSecondFactor;
    let reset = accounts.moderate(Actor::Operator, ADA, reset, "Lost phone");
    assert!(!reset.await.unwrap().has_second_factor);
    let counted = bed.counted().await;
    assert_eq!(counted, [0, 1, 1]);

    let mut changed = 0;
    for batch in &batches {
        changed += rotation.write(batch).await.unwrap();
    }
    // The consent key of who has left alone still was what had been read.
    assert_eq!(changed, 1);
    assert_eq!(rotation.seal_anew().await, Ok(SealedAnew::default()));
    assert_eq!(bed.counted().await, counted);
    let alone = bed.seen_with(next()).await;
    let all = alone.storage.registry().enrolments(ada).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].step, Step::Withdrawn(Withdrawal::Deletion));
}

async fn of_two_at_once_each_row_is_sealed_by_one(bed: Bed) {
    let mut people = Vec::new();
    for number in 0..4 {
        let person = bed.enroller(&format!("p{number}@example.org")).await;
        bed.begins(person).await;
        bed.set_up_second_factor(person).await;
        people.push(person);
    }
    let [one, two] = [bed.seen_with(both()).await, bed.seen_with(both()).await];
    let [one, two] = [&one, &two].map(|seen| seen.storage.rotation(&next()));
    let sealed = async |rotation: &Rotation<'_>| {
        rotation.switch().await.unwrap();
        rotation.seal_anew().await.unwrap()
    };
    let (one, two) = tokio::join!(sealed(&one), sealed(&two));
    assert_eq!(one.second_factors + two.second_factors, 4);
    assert_eq!(one.keys + two.keys, 8);
    assert_eq!(one.holders + two.holders, 4);
    let alone = bed.seen_with(next()).await;
    for person in people {
        let all = alone.storage.registry().enrolments(person).await.unwrap();
        assert_eq!(all.len(), 1);
    }
}

async fn more_than_one_batch_is_sealed_anew(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let before = bed.enrolment(ada, &at).await;
    bed.storage.generate_participants(600).await.unwrap();
    let rotation = bed.storage.rotation(&next());
    rotation.switch().await.unwrap();
    let all = SealedAnew {
        second_factors: 0,
        keys: 2 * 601,
        holders: 601,
        links: 0,
        closed: 0,
    };
    assert_eq!(rotation.seal_anew().await, Ok(all));
    let alone = bed.seen_with(next()).await;
    assert_eq!(alone.enrolment(ada, &at).await, before);
    let alone = alone.storage.rotation(&next());
    assert_eq!(alone.seal_anew().await, Ok(SealedAnew::default()));
}

async fn whoever_does_not_know_the_key_replaces_nothing(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let other = bed.seen_with(MasterKey::new(&[3; 32])).await;
    let rotation = other.storage.rotation(&next());
    assert_eq!(rotation.switch().await, Err(Error::Conflict));
    // Nor does who has not made the next key the current one, or is no longer the last who did.
    let early = bed.seen_with(both()).await;
    let rotation = early.storage.rotation(&next());
    let refused = rotation.seal_anew().await;
    assert_eq!(refused, Err(Error::Conflict));
    assert!(bed.enrolment(ada, &at).await.is_ok());
}

async fn a_link_made_before_leads_on_afterwards(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let young = bed.enroller("young@example.org").await;
    bed.days_pass(TO_MAJORITY);
    let token = bed.link_of(ada, &at).await;
    let rotating = bed.seen_with(MasterKey::new(&FORMER)).await;
    let rotation = rotating.storage.rotation(&next());
    rotation.switch().await.unwrap();
    assert_eq!(rotation.seal_anew().await.unwrap().links, 1);
    let alone = bed.seen_with(next()).await;
    let at = alone.takes_over(young, &token).await.unwrap();
    assert!(alone.enrolment(young, &at).await.is_ok());
}

async fn nothing_is_sealed_that_a_rotation_has_not_heard_of(bed: Bed) {
    let names = "('sealed', 'secret', 'wrapped')";
    let sql = match bed.kind() {
        DatabaseKind::Sqlite => format!(
            "SELECT tables.name || '.' || columns.name FROM sqlite_master AS tables, \
             pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND columns.name IN {names}"
        ),
        DatabaseKind::Postgres => format!(
            "SELECT (table_name || '.' || column_name)::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND column_name IN {names}"
        ),
    };
    let mut columns = bed.texts(&sql).await;
    columns.sort();
    // What is under the key of the site is to be in `storage::rotation`; the rest is under keys of participants.
    assert_eq!(
        columns,
        [
            "key_check.sealed",
            "registry_access.sealed",
            "registry_event.sealed",
            "registry_hand_over.sealed",
            "registry_holder.sealed",
            "registry_identity.sealed",
            "registry_key.wrapped",
            "registry_screening.sealed",
            "second_factor.secret",
        ]
    );
}
