//! What is left of an enrolment in the database: while it is there, and once somebody has left.

use domain::{
    Error,
    account::Accounts,
    event::SealFault,
    registry::{
        LedgerEvent, Registry, Step, Withdrawal, permissions::PermissionAnswer,
        screening::Screening,
    },
    time::CalendarDate,
};
use sea_orm::ConnectionTrait;
use storage::{
    DatabaseKind, MasterKey,
    registry::entity::{
        access, document, event, hand_over, head, holder, identity, key, participant, reminder,
        request, screening,
    },
};

use crate::{
    bed::Bed,
    migration::matches,
    people::{PASSWORD, client, password, submission},
    registry::{ADULT, own_answers, sparing},
};

contract! {
    its_tables_are_what_their_entities_say,
    what_was_signed_and_allowed_stays,
    a_row_that_was_changed_or_taken_out_is_found,
    whoever_steals_the_database_learns_nothing,
    each_grade_of_withdrawal_goes_further,
    what_nobody_has_signed_can_be_deleted,
    who_deletes_their_account_is_in_the_registry_no_more,
    a_lost_key_takes_the_answers_with_it,
}

async fn its_tables_are_what_their_entities_say(bed: Bed) {
    matches(&bed, access::Entity).await;
    matches(&bed, document::Entity).await;
    matches(&bed, event::Entity).await;
    matches(&bed, hand_over::Entity).await;
    matches(&bed, head::Entity).await;
    matches(&bed, holder::Entity).await;
    matches(&bed, identity::Entity).await;
    matches(&bed, key::Entity).await;
    matches(&bed, participant::Entity).await;
    matches(&bed, reminder::Entity).await;
    matches(&bed, request::Entity).await;
    matches(&bed, screening::Entity).await;
}

async fn what_was_signed_and_allowed_stays(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let before = bed.enrolment(ada, &at).await.unwrap();
    let connection = bed.connection().await;
    for table in ["registry_event", "registry_document"] {
        let column = if table == "registry_document" {
            "content = content"
        } else {
            "sealed = sealed"
        };
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET {column}"),
        ] {
            let refused = connection.execute_unprepared(&sql).await.unwrap_err();
            assert!(refused.to_string().contains("stays as it is"), "{refused}");
        }
    }
    assert_eq!(bed.enrolment(ada, &at).await, Ok(before));
    // Every answer stays in the history.
    let registry = bed.storage.registry();
    for allowed in [true, false, true] {
        let answer = PermissionAnswer::Samples(allowed);
        registry
            .set_permission(ada, &at, answer, None)
            .await
            .unwrap();
    }
    let ledger = registry.ledger(ada, &at).await.unwrap();
    assert_eq!(ledger.len(), 1 + sparing().len() + 3);
    let newest = LedgerEvent::Permission(PermissionAnswer::Samples(true));
    assert_eq!(ledger[0].what, newest);
    let first = &ledger.last().unwrap().what;
    assert!(
        matches!(first, LedgerEvent::Signed { version: 1, .. }),
        "{first:?}"
    );
}

async fn a_row_that_was_changed_or_taken_out_is_found(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let rows = u64::try_from(1 + sparing().len()).unwrap();
    assert_eq!(registry.verify().await, Ok((rows, None)));
    let connection = bed.connection().await;
    let on = match bed.kind() {
        DatabaseKind::Sqlite => "",
        DatabaseKind::Postgres => " ON registry_event",
    };
    for act in ["update", "delete"] {
        let sql = format!("DROP TRIGGER registry_event_no_{act}{on}");
        connection.execute_unprepared(&sql).await.unwrap();
    }
    let broken = async |sql: &str, number: i64, fault: SealFault| {
        connection.execute_unprepared(sql).await.unwrap();
        let (_, broken) = bed.storage.registry().verify().await.unwrap();
        let broken = broken.unwrap();
        assert_eq!((broken.sequence, broken.fault), (number, fault), "{sql}");
    };
    // Whoever puts one answer in the place of another is found out, and cannot make it count.
    broken(
        "UPDATE registry_event SET sealed = (SELECT sealed FROM registry_event WHERE number = 2) \
         WHERE number = 3",
        3,
        SealFault::Changed,
    )
    .await;
    let read = bed.enrolment(ada, &at).await;
    assert_eq!(read.unwrap_err().status(), 500);
    broken(
        "DELETE FROM registry_event WHERE number = 3",
        3,
        SealFault::Missing,
    )
    .await;
    broken(
        "DELETE FROM registry_event WHERE number >= 3",
        3,
        SealFault::Missing,
    )
    .await;
    broken(
        "UPDATE registry_event_head SET number = 2",
        2,
        SealFault::Changed,
    )
    .await;
}

async fn whoever_steals_the_database_learns_nothing(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let pseudonym = bed.enrolment(ada, &at).await.unwrap().pseudonym;
    let canaries = ["Canary", "1984-03-27", "90182077", at.as_str()];
    let account = ada.member().unwrap().account.0;
    let everything = bed.everything_stored().await;
    let has = |canary: &str| {
        everything
            .windows(canary.len())
            .any(|bytes| bytes == canary.as_bytes())
    };
    assert!(has(&pseudonym) && has("ada@example.org"));
    for canary in canaries {
        assert!(!has(canary), "{canary}");
    }
    // Not even that somebody has enrolled anyone, or was at it today.
    for name in [account.to_string(), account.simple().to_string()] {
        let held = format!("SELECT count(*) FROM registry_holder WHERE name LIKE '%{name}%'");
        assert_eq!(bed.number(&held).await, 0);
    }
    // What says that there is somebody says neither who nor since which moment.
    let rows = bed.texts("SELECT begun_on FROM registry_participant").await;
    assert_eq!(rows, ["2026-01-03"]);
    let events = "SELECT count(*) FROM event WHERE kind LIKE '%registry%' OR kind LIKE '%enrol%'";
    assert_eq!(bed.number(events).await, 0);
    // Whoever has another key finds nobody, and is not told that there is nobody.
    let other = bed.with_key(MasterKey::new(&[2; 32])).await;
    let closed = other.registry().enrolment(ada, &at).await;
    assert_eq!(closed.unwrap_err().status(), 500);
}

async fn each_grade_of_withdrawal_goes_further(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let today = CalendarDate::of(bed.storage.database().now());
    let step = registry.withdraw(ada, &at, Withdrawal::NoContact).await;
    assert_eq!(step, Ok(Step::Enrolled));
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    assert!(own.is_in_use(today) && !own.is_contacted(today));
    let gone = Step::Withdrawn(Withdrawal::NoNewUse);
    for _ in 0..2 {
        let step = registry.withdraw(ada, &at, Withdrawal::NoNewUse).await;
        assert_eq!(step, Ok(gone));
    }
    let step = registry.withdraw(ada, &at, Withdrawal::NoContact).await;
    assert_eq!(step, Ok(gone), "nobody comes back by a lesser grade");
    let copy = registry.document(ada, &at, ADULT).await.unwrap();
    assert!(copy.is_signed());
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    assert!(!own.is_in_use(today));
    assert_eq!(own.screening.progress().1, own_answers().len());
    let answer = PermissionAnswer::Samples(true);
    let late = registry.set_permission(ada, &at, answer, None).await;
    assert_eq!(late.unwrap_err().status(), 403);

    let step = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert_eq!(step, Ok(Step::Withdrawn(Withdrawal::Deletion)));
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    assert_eq!(own.screening, Screening::default());
    // What was signed and allowed is still there to read.
    assert_eq!(own.signatures.len(), 1);
    assert_eq!(
        own.permissions
            .asked()
            .filter(|one| own.permissions.answer(*one).is_some())
            .count(),
        sparing().len()
    );
    let copy = registry.document(ada, &at, ADULT).await.unwrap();
    assert!(copy.is_signed());
    for (table, left) in [
        ("registry_identity", 0),
        ("registry_screening", 0),
        ("registry_key", 1),
    ] {
        let number = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&number).await, left, "{table}");
    }
    let begun = bed.begins(ada).await;
    let early = registry.withdraw(ada, &begun, Withdrawal::NoContact).await;
    assert_eq!(early.unwrap_err().status(), 403);
}

async fn what_nobody_has_signed_can_be_deleted(bed: Bed) {
    let (ada, signed) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let kept = registry.discard_enrolment(ada, &signed).await;
    assert_eq!(kept.unwrap_err().status(), 403);
    let at = bed.begins(ada).await;
    bed.answers_all(ada, &at, own_answers()).await;
    assert_eq!(registry.discard_enrolment(ada, &at).await, Ok(()));
    assert_eq!(bed.enrolment(ada, &at).await, Err(Error::NotFound));
    assert_eq!(registry.enrolments(ada).await.unwrap().len(), 1);
    for table in [
        "registry_participant",
        "registry_identity",
        "registry_screening",
    ] {
        let number = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&number).await, 1, "{table}");
    }
}

async fn who_deletes_their_account_is_in_the_registry_no_more(bed: Bed) {
    let (ada, _) = bed.enrolled("ada@example.org").await;
    let begun = bed.begins(ada).await;
    bed.answers_all(ada, &begun, own_answers()).await;
    let accounts = bed.storage.accounts();
    accounts
        .delete(ada, &password(PASSWORD), false)
        .await
        .unwrap();
    for (table, left) in [
        ("registry_holder", 0),
        ("registry_identity", 0),
        ("registry_screening", 0),
        // What was signed is kept under its key alone.
        ("registry_key", 1),
        ("registry_participant", 1),
        (
            "registry_event",
            2 + i64::try_from(sparing().len()).unwrap(),
        ),
    ] {
        let number = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&number).await, left, "{table}");
    }
    let purpose = bed.texts("SELECT purpose FROM registry_key").await;
    assert_eq!(purpose, ["consent"]);
}

async fn a_lost_key_takes_the_answers_with_it(bed: Bed) {
    let (ada, _) = bed.enrolled("ada@example.org").await;
    bed.storage.has_its_key().await.unwrap();
    let other = bed.with_key(MasterKey::new(&[2; 32])).await;
    other.replace_key("The disk broke").await.unwrap();
    let registry = other.registry();
    assert_eq!(registry.enrolments(ada).await, Ok(Vec::new()));
    let begun = registry.begin_enrolment(ada, &submission("again")).await;
    assert!(begun.is_ok());
    // Its password is still the one.
    let entered = bed.sign_in(&client(), "ada@example.org", PASSWORD).await;
    assert!(entered.is_ok());
}

impl Bed {
    /// Every byte that the database has: SQLite's files as they are; of PostgreSQL all rows of all tables.
    pub(crate) async fn everything_stored(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.kind() == DatabaseKind::Sqlite {
            for file in self.files() {
                bytes.extend(std::fs::read(file).unwrap());
            }
            return bytes;
        }
        let tables = "SELECT table_name::text FROM information_schema.tables \
                      WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";
        for table in self.texts(tables).await {
            let rows = self
                .texts(&format!(
                    "SELECT encode(convert_to(coalesce(string_agg(t::text, ' '), ''), 'UTF8'), 'escape') \
                     FROM \"{table}\" t"
                ))
                .await;
            bytes.extend(rows[0].as_bytes());
            // Bytes are written as hexadecimal digits.
            bytes.extend(decoded(&rows[0]));
        }
        bytes
    }
}

/// What long runs of hexadecimal digits in a text stand for.
fn decoded(text: &str) -> Vec<u8> {
    let runs = text.split(|sign: char| !sign.is_ascii_hexdigit());
    let mut bytes = Vec::new();
    for run in runs.filter(|run| run.len() > 16) {
        let pairs = run.as_bytes().chunks_exact(2);
        bytes.extend(pairs.filter_map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        }));
    }
    bytes
}
