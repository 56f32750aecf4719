//! What whoever enrolled somebody takes home: all of it, and nothing of others.

use domain::{
    Error,
    registry::{
        Enrolment, Registry, Step,
        consent::DocumentFor,
        screening::{Answer, Assent, ConsentForm, ForWhom, Relationship},
    },
    time::CalendarDate,
};

use crate::{
    bed::Bed,
    registry::{ADULT, own_answers, signing},
};

contract! {
    rows_of_the_log_are_chained_over_all_participants,
    a_guardian_takes_nothing_of_an_adult_home,
    a_document_is_there_for_everybody,
}

async fn rows_of_the_log_are_chained_over_all_participants(bed: Bed) {
    let (ada, first) = bed.enrolled("ada@example.org").await;
    let (grace, second) = bed.enrolled("grace@example.org").await;
    let registry = bed.storage.registry();
    let own = registry.own_data(ada, &first).await.unwrap();
    assert_eq!(own.own, bed.enrolment(ada, &first).await.unwrap());
    assert_eq!(own.begun_on, CalendarDate::of(bed.storage.database().now()));
    let others = registry.own_data(grace, &second).await.unwrap();
    let rows: Vec<_> = own.rows.iter().chain(&others.rows).collect();
    let mut before: &[u8] = &[];
    for (number, row) in (1..).zip(&rows) {
        assert_eq!((row.number, row.before.as_slice()), (number, before));
        assert_eq!(row.hash.len(), 32);
        before = &row.hash;
    }
    // They say what the ledger says, in the other order.
    let mut lines: Vec<_> = own.rows.iter().map(|row| row.line.clone()).collect();
    lines.reverse();
    assert_eq!(registry.ledger(ada, &first).await, Ok(lines.clone()));
    let ledgers = registry.ledgers(ada).await.unwrap();
    assert_eq!(ledgers.len(), 1);
    assert_eq!((&ledgers[0].own, &ledgers[0].lines), (&own.own, &lines));

    for address in [first.as_str(), "no-such-one", "", "\0"] {
        let missing = registry.own_data(grace, address).await;
        assert_eq!(missing, Err(Error::NotFound));
    }
    let blank = bed.begins(ada).await;
    let blank = registry.own_data(ada, &blank).await.unwrap();
    assert!(blank.rows.is_empty());
}

async fn a_guardian_takes_nothing_of_an_adult_home(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let at = bed.begins(ada).await;
    let mut answers = own_answers();
    answers[0] = Answer::ForWhom(ForWhom::Child);
    answers.insert(1, Answer::Relationship(Relationship::Parent));
    answers[4] = Answer::BirthDate(CalendarDate::parse("2017-03-01").unwrap());
    bed.answers_all(ada, &at, answers).await;
    for whom in [
        DocumentFor::Consent(ConsentForm::ParentOrGuardian),
        DocumentFor::Assent(Assent::Child),
    ] {
        bed.sign(ada, &at, signing(whom, 1)).await.unwrap();
    }
    let registry = bed.storage.registry();
    assert_eq!(registry.own_data(ada, &at).await.unwrap().rows.len(), 2);
    assert_eq!(registry.ledgers(ada).await.unwrap()[0].lines.len(), 2);
    bed.days_pass(14 * 366);
    let refused = registry.own_data(ada, &at).await;
    assert_eq!(refused.unwrap_err().status(), 403);
    let ledgers = registry.ledgers(ada).await.unwrap();
    assert_eq!(ledgers[0].own.step, Step::Majority);
    assert_eq!(ledgers[0].own.enrolment, Enrolment::default());
    assert!(ledgers[0].lines.is_empty());
}

async fn a_document_is_there_for_everybody(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let registry = bed.storage.registry();
    for actor in [ada, domain::account::Actor::Visitor] {
        let document = registry.published(actor, ADULT, "en", 1).await.unwrap();
        assert_eq!((document.whom, document.version), (ADULT, 1));
        for (language, version) in [("en", 2), ("fr", 1), ("", 1), ("en", 0)] {
            let missing = registry.published(actor, ADULT, language, version).await;
            assert_eq!(missing, Err(Error::NotFound));
        }
    }
}
