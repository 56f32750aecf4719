//! What is left of staff having looked at who a participant is: in the database, and once the answers are gone.

use domain::{
    Error,
    registry::{ACCESSES_SHOWN, LedgerEvent, ParticipantState, Registry, RegistryDesk, Withdrawal},
};
use sea_orm::ConnectionTrait;

use crate::{
    bed::Bed,
    registry::own_answers,
    registry_desk::{ADA, REASON},
};

contract! {
    nothing_is_left_to_see_of_who_has_deleted,
    that_staff_have_looked_outlives_the_answers,
    an_access_stays_as_it_is,
    why_staff_have_looked_cannot_be_stolen,
    accesses_are_read_page_by_page,
}

async fn nothing_is_left_to_see_of_who_has_deleted(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    let registry = bed.storage.registry();
    registry
        .withdraw(ada, &at, Withdrawal::Deletion)
        .await
        .unwrap();
    // Even where an access was open.
    let seen = bed.seen(&staff, &code).await;
    assert_eq!(seen.access.unwrap().identity, None);
    assert_eq!(seen.state, ParticipantState::Withdrawn);
    assert_eq!(seen.withdrawn, Some(Withdrawal::Deletion));
    assert!(!seen.has_identity && !seen.is_in_use);
    registry.close_access(staff.actor, &code).await.unwrap();
    bed.seconds_pass(60);
    let late = bed.breaks_glass(&staff, &code).await;
    assert_eq!(late.unwrap_err().status(), 403);
    // What was done before is still told, to both.
    assert_eq!(
        registry
            .accesses(staff.actor, None)
            .await
            .unwrap()
            .lines
            .len(),
        1
    );
    let ledger = registry.ledger(ada, &at).await.unwrap();
    assert!(matches!(ledger[1].what, LedgerEvent::Viewed { .. }));
}

async fn that_staff_have_looked_outlives_the_answers(bed: Bed) {
    let ada = bed.enroller(ADA).await;
    let at = bed.begins(ada).await;
    bed.answers_all(ada, &at, own_answers()).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    let registry = bed.storage.registry();
    // Nothing was signed, so that all of it can go.
    assert_eq!(registry.discard_enrolment(ada, &at).await, Ok(()));
    assert_eq!(registry.enrolments(ada).await, Ok(Vec::new()));
    for table in ["registry_identity", "registry_screening"] {
        let number = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&number).await, 0, "{table}");
    }
    let seen = bed.seen(&staff, &code).await;
    assert_eq!(seen.withdrawn, Some(Withdrawal::Deletion));
    assert!(!seen.has_identity);
    let lines = registry.accesses(staff.actor, None).await.unwrap().lines;
    assert_eq!(lines[0].details.clone().unwrap().reason, REASON);
    assert_eq!(registry.verify().await, Ok((1, None)));
}

async fn an_access_stays_as_it_is(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    let connection = bed.connection().await;
    let stays = async |sql: &str| {
        let refused = connection.execute_unprepared(sql).await.unwrap_err();
        assert!(
            refused.to_string().contains("stays as it is"),
            "{sql}: {refused}"
        );
    };
    for sql in [
        "DELETE FROM registry_access",
        "UPDATE registry_access SET sealed = sealed",
        "UPDATE registry_access SET opened_on = '2025-01-01', closed_at = 1",
        "UPDATE registry_access SET id = 'another', closed_at = 1",
    ] {
        stays(sql).await;
    }
    bed.storage
        .registry()
        .close_access(staff.actor, &code)
        .await
        .unwrap();
    stays("UPDATE registry_access SET closed_at = 1").await;
    stays("UPDATE registry_access SET closed_at = NULL").await;
}

async fn why_staff_have_looked_cannot_be_stolen(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    bed.breaks_glass(&staff, &code).await.unwrap();
    bed.letters().await;
    let everything = bed.everything_stored().await;
    let has = |canary: &str| {
        everything
            .windows(canary.len())
            .any(|bytes| bytes == canary.as_bytes())
    };
    assert!(has(&code));
    for canary in ["Canary", "1984-03-27", "90182077", REASON] {
        assert!(!has(canary), "{canary}");
    }
    // The day alone says when.
    let days = bed.texts("SELECT opened_on FROM registry_access").await;
    assert_eq!(days, ["2026-01-03"]);
}

async fn accesses_are_read_page_by_page(bed: Bed) {
    let (ada, at) = bed.enrolled(ADA).await;
    let code = bed.pseudonym(ada, &at).await;
    let staff = bed.staff("staff@example.org").await;
    for _ in 0..=ACCESSES_SHOWN {
        bed.seconds_pass(2 * 3_600);
        bed.breaks_glass(&staff, &code).await.unwrap();
    }
    let desk = bed.storage.registry();
    let first = desk.accesses(staff.actor, None).await.unwrap();
    assert_eq!(first.lines.len(), ACCESSES_SHOWN);
    let next = first.next.unwrap();
    let second = desk.accesses(staff.actor, Some(&next)).await.unwrap();
    assert_eq!((second.lines.len(), second.next), (1, None));
    let lines = first.lines.into_iter().chain(second.lines);
    let times: Vec<_> = lines.map(|line| line.details.unwrap().at).collect();
    assert!(times.is_sorted_by(|one, other| one > other), "{times:?}");
    let none = desk.accesses(staff.actor, Some("0000000000")).await;
    assert_eq!(none, Err(Error::NotFound));
}
