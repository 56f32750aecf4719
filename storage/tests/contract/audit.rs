//! The seal of the event log.

use domain::event::{SealFault, Verified};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    bed::Bed,
    release::{mondo, term},
};

contract! {
    events_are_numbered_without_gaps,
    two_sequencers_leave_one_chain,
    any_changed_column_is_named,
    a_missing_row_is_named,
    a_log_that_was_written_anew_does_not_have_the_hash_that_was_kept,
    long_logs_are_sealed_and_checked,
}

async fn verified(bed: &Bed) -> Verified {
    bed.storage.events().verify(None).await.unwrap()
}

/// Number and fault of the first row that does not hold.
async fn broken(bed: &Bed) -> Option<(i64, SealFault)> {
    verified(bed)
        .await
        .broken
        .map(|broken| (broken.sequence, broken.fault))
}

/// Some events: of imports, of texts and of people.
async fn events(bed: &Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.save("alpha", domain::wiki::SectionKind::Cause, "Unknown.")
        .await;
    let person = bed.member("ada@example.org").await;
    let actor = bed.actor(&person).await;
    let accounts = bed.storage.accounts();
    domain::account::Accounts::describe(&*accounts, actor, None, None)
        .await
        .unwrap();
}

async fn events_are_numbered_without_gaps(bed: Bed) {
    assert_eq!(verified(&bed).await.sealed, 0);
    events(&bed).await;
    let count = bed
        .number("SELECT count(*) FROM event")
        .await
        .unsigned_abs();
    assert_eq!(verified(&bed).await.waiting, count);
    let before = bed.changed();
    let store = bed.storage.events();
    assert_eq!(store.seal().await.unwrap(), count);
    assert_eq!(store.seal().await.unwrap(), 0);
    assert_eq!(bed.changed(), before);
    let sealed = verified(&bed).await;
    assert_eq!(
        (sealed.sealed, sealed.waiting, sealed.broken),
        (count, 0, None)
    );
    bed.save("alpha", domain::wiki::SectionKind::Cause, "Known.")
        .await;
    assert_eq!(store.seal().await.unwrap(), 1);
    let numbers = "SELECT max(sequence) - count(sequence) FROM event";
    assert_eq!(bed.number(numbers).await, 0);
    assert_eq!(verified(&bed).await.broken, None);
}

async fn two_sequencers_leave_one_chain(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let other = bed.second().await;
    for round in 0..10 {
        let text = format!("Text {round}.");
        bed.save("alpha", domain::wiki::SectionKind::Cause, &text)
            .await;
        let (mine, theirs) = (bed.storage.events(), other.storage.events());
        let (one, two) = tokio::join!(mine.seal(), theirs.seal());
        assert!(one.unwrap() + two.unwrap() >= 1);
        let last = verified(&bed).await;
        assert_eq!((last.broken, last.waiting), (None, 0));
    }
    assert_eq!(verified(&bed).await.sealed, 11);
}

async fn any_changed_column_is_named(bed: Bed) {
    events(&bed).await;
    bed.storage.events().seal().await.unwrap();
    let connection = bed.connection().await;
    let uuid = match bed.kind() {
        storage::DatabaseKind::Sqlite => "x'00112233445566778899aabbccddeeff'".to_owned(),
        storage::DatabaseKind::Postgres => {
            format!(
                "'{}'",
                Uuid::from_u128(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff)
            )
        }
    };
    for (column, value) in [
        ("time", "time + 1"),
        ("actor", "'visitor '"),
        ("actor", "'oper'"),
        ("kind", "kind || 'x'"),
        ("id", uuid.as_str()),
        ("actor_id", uuid.as_str()),
        ("subject_id", uuid.as_str()),
        ("community_id", uuid.as_str()),
        ("hash", "(SELECT hash FROM event WHERE sequence = 1)"),
        ("hash", "NULL"),
    ] {
        let run = |sql: &str| {
            let sql = sql.to_owned();
            let connection = &connection;
            async move { connection.execute_unprepared(&sql).await.unwrap() }
        };
        run("CREATE TABLE kept AS SELECT * FROM event WHERE sequence = 2").await;
        run(&format!(
            "UPDATE event SET {column} = {value} WHERE sequence = 2"
        ))
        .await;
        assert_eq!(
            broken(&bed).await,
            Some((2, SealFault::Changed)),
            "{column}"
        );
        run("DELETE FROM event WHERE sequence = 2").await;
        run("INSERT INTO event SELECT * FROM kept").await;
        run("DROP TABLE kept").await;
        assert_eq!(broken(&bed).await, None, "{column}");
    }
    // Two rows change places, and a row gets a number that was never given.
    connection
        .execute_unprepared("UPDATE event SET sequence = 99 WHERE sequence = 2")
        .await
        .unwrap();
    assert_eq!(broken(&bed).await, Some((2, SealFault::Missing)));
    for sql in [
        "UPDATE event SET sequence = 2 WHERE sequence = 3",
        "UPDATE event SET sequence = 3 WHERE sequence = 99",
    ] {
        connection.execute_unprepared(sql).await.unwrap();
    }
    assert_eq!(broken(&bed).await, Some((2, SealFault::Changed)));
}

async fn a_missing_row_is_named(bed: Bed) {
    events(&bed).await;
    bed.storage.events().seal().await.unwrap();
    let connection = bed.connection().await;
    let last = bed.number("SELECT max(sequence) FROM event").await;
    connection
        .execute_unprepared(&format!("DELETE FROM event WHERE sequence = {last}"))
        .await
        .unwrap();
    assert_eq!(broken(&bed).await, Some((last, SealFault::Missing)));
    connection
        .execute_unprepared("DELETE FROM event WHERE sequence = 2")
        .await
        .unwrap();
    assert_eq!(broken(&bed).await, Some((2, SealFault::Missing)));
}

async fn a_log_that_was_written_anew_does_not_have_the_hash_that_was_kept(bed: Bed) {
    events(&bed).await;
    let store = bed.storage.events();
    store.seal().await.unwrap();
    let kept = verified(&bed).await;
    assert_eq!(kept.hash.len(), 32);
    let expected = async || store.verify(Some(&kept.hash)).await.unwrap();
    assert_eq!(expected().await.expected, i64::try_from(kept.sealed).ok());
    // The log goes on, and still has it.
    bed.save("alpha", domain::wiki::SectionKind::Cause, "Known.")
        .await;
    store.seal().await.unwrap();
    let on = expected().await;
    assert_eq!((on.sealed, on.broken), (kept.sealed + 1, None));
    assert_eq!(on.expected, i64::try_from(kept.sealed).ok());
    assert_ne!(on.hash, kept.hash);
    // Who can write to the database can seal it anew as well.
    let connection = bed.connection().await;
    let nothing = match bed.kind() {
        storage::DatabaseKind::Sqlite => "x''",
        storage::DatabaseKind::Postgres => "''::bytea",
    };
    for sql in [
        "UPDATE event SET kind = 'nothing' WHERE sequence = 2".to_owned(),
        "UPDATE event SET sequence = NULL, hash = NULL".to_owned(),
        format!("UPDATE event_head SET sequence = 0, hash = {nothing}"),
    ] {
        connection.execute_unprepared(&sql).await.unwrap();
    }
    store.seal().await.unwrap();
    let anew = expected().await;
    assert_eq!((anew.sealed, anew.broken), (kept.sealed + 1, None));
    assert_eq!(anew.expected, None, "only the kept hash tells");
}

async fn long_logs_are_sealed_and_checked(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let connection = bed.connection().await;
    let id = match bed.kind() {
        storage::DatabaseKind::Sqlite => "randomblob(16)",
        storage::DatabaseKind::Postgres => "gen_random_uuid()",
    };
    let sql = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2500) \
         INSERT INTO event (id, time, actor, kind) SELECT {id}, n, 'operator', 'test' FROM number"
    );
    connection.execute_unprepared(&sql).await.unwrap();
    assert_eq!(bed.storage.events().seal().await.unwrap(), 2_501);
    let found = verified(&bed).await;
    assert_eq!(
        (found.sealed, found.waiting, found.broken),
        (2_501, 0, None)
    );
    connection
        .execute_unprepared("UPDATE event SET kind = 'tast' WHERE sequence = 2222")
        .await
        .unwrap();
    assert_eq!(broken(&bed).await, Some((2_222, SealFault::Changed)));
}
