//! Who decides after somebody else.

use super::{
    tests::{allow, day, enrolled, screened, sign},
    *,
};
use crate::{
    account::Country,
    registry::screening::{Answer, ConsentForm, Contact, ForWhom, Relationship, Status},
};

const ADULT: DocumentFor = DocumentFor::Consent(ConsentForm::Adult);
const REPRESENTATIVE: DocumentFor = DocumentFor::Consent(ConsentForm::LegalRepresentative);
/// The eighteenth birthday of the child.
const OF_AGE: &str = "2035-03-01";

fn first(_: DocumentFor) -> u32 {
    1
}

fn taken_over() -> Enrolment {
    let mut enrolment = enrolled();
    enrolment.screening = enrolment.screening.taken_over();
    enrolment.succeed(Succession::Participant);
    enrolment
}

fn represented() -> Enrolment {
    let mut enrolment = enrolled();
    enrolment.screening = enrolment.screening.represented(Relationship::Guardian);
    enrolment.succeed(Succession::Representative);
    enrolment
}

#[test]
fn a_young_adult_decides_anew_about_everything() {
    let today = day(OF_AGE);
    let mut enrolment = taken_over();
    assert_eq!(enrolment.screening.for_whom(), Some(ForWhom::Myself));
    assert_eq!(enrolment.screening.answer(Question::Relationship), None);
    // The contact was the guardian's.
    let next = enrolment.next(&first, today);
    assert_eq!(next, Step::Screening(Question::Contact));
    let contact = Answer::Contact(Contact::Email);
    enrolment.screening.put(contact, today).unwrap();
    assert_eq!(enrolment.next(&first, today), Step::Consent(ADULT, None));
    assert!(!enrolment.has_signature() && enrolment.was_signed());
    assert!(!enrolment.takes_permissions(today) && !enrolment.is_in_use(today));
    assert!(!enrolment.is_hidden(today));

    sign(&mut enrolment, ADULT, 1);
    let next = enrolment.next(&first, today);
    assert_eq!(next, Step::Permissions(Permission::Research));
    assert!(!enrolment.is_in_use(today), "what a guardian allowed ended");
    allow(&mut enrolment);
    assert_eq!(enrolment.next(&first, today), Step::Enrolled);
    assert!(enrolment.is_in_use(today));
    // What was signed before is still there to be read.
    assert_eq!(enrolment.signatures.len(), 3);
}

#[test]
fn what_is_answered_anew_is_not_who_it_is_about() {
    let mut enrolment = taken_over();
    for question in Question::ALL {
        let settled = matches!(
            question,
            Question::ForWhom | Question::BirthDate | Question::Relationship
        );
        assert_eq!(enrolment.takes(question), !settled, "{question:?}");
    }
    sign(&mut enrolment, ADULT, 1);
    assert!(!Question::ALL.into_iter().any(|one| enrolment.takes(one)));
    // Nobody has come in anybody's place.
    assert!(screened().takes(Question::ForWhom) && screened().takes(Question::BirthDate));
    assert!(!enrolled().takes(Question::Status));
}

#[test]
fn a_representative_sees_nothing_before_they_have_signed() {
    let today = day(OF_AGE);
    let mut enrolment = represented();
    let next = enrolment.next(&first, today);
    assert_eq!(next, Step::Consent(REPRESENTATIVE, None));
    assert!(enrolment.is_hidden(today) && !enrolment.is_in_use(today));
    assert!(!Question::ALL.into_iter().any(|one| enrolment.takes(one)));
    sign(&mut enrolment, REPRESENTATIVE, 1);
    assert!(!enrolment.is_hidden(today));
    let next = enrolment.next(&first, today);
    assert_eq!(next, Step::Permissions(Permission::Research));
    allow(&mut enrolment);
    assert_eq!(enrolment.next(&first, today), Step::Enrolled);
    assert!(enrolment.is_in_use(today) && !enrolment.can_be_represented(today));
    // They can still hand over, and then the adult decides.
    assert!(enrolment.can_be_handed_over(today));
}

#[test]
fn a_withdrawal_is_of_whoever_decided_then() {
    let today = day(OF_AGE);
    let mut enrolment = enrolled();
    enrolment.withdrawn = Some(Withdrawal::NoNewUse);
    enrolment.screening = enrolment.screening.taken_over();
    enrolment.succeed(Succession::Participant);
    assert_eq!(
        enrolment.next(&first, today),
        Step::Screening(Question::Contact)
    );
    assert!(!enrolment.is_in_use(today));
}

#[test]
fn only_adults_are_handed_over() {
    let (child, adult) = (day("2026-06-01"), day(OF_AGE));
    assert!(!enrolled().can_be_handed_over(child) && !enrolled().can_be_represented(child));
    assert!(enrolled().can_be_handed_over(adult) && enrolled().can_be_represented(adult));
    assert!(!screened().can_be_handed_over(adult), "nothing was signed");
    assert!(!taken_over().can_be_handed_over(adult));
    let mut deleted = enrolled();
    deleted.screening = Screening::default();
    deleted.withdrawn = Some(Withdrawal::Deletion);
    assert!(!deleted.can_be_handed_over(adult) && !deleted.can_be_represented(adult));
    // A represented adult at any time, from the signature on.
    let mut enrolment = screened();
    let born = Answer::BirthDate(day("1984-03-27"));
    for answer in [
        Answer::ForWhom(ForWhom::Adult),
        Answer::Relationship(Relationship::Guardian),
        Answer::Status(Status::Undiagnosed),
        born,
    ] {
        enrolment.screening.put(answer, child).unwrap();
    }
    assert!(!enrolment.can_be_handed_over(child));
    sign(&mut enrolment, REPRESENTATIVE, 1);
    assert!(enrolment.can_be_handed_over(child));
}

#[test]
fn a_carrier_signs_the_consent_for_carriers() {
    let today = day(OF_AGE);
    let mut enrolment = taken_over();
    for answer in [
        Answer::Status(Status::Carrier),
        Answer::Condition(crate::registry::screening::ConditionAnswer::Described(
            "Canary syndrome".to_owned(),
        )),
        Answer::Contact(Contact::Email),
    ] {
        enrolment.screening.put(answer, today).unwrap();
    }
    let carrier = DocumentFor::Consent(ConsentForm::Carrier);
    assert_eq!(enrolment.next(&first, today), Step::Consent(carrier, None));
}

#[test]
fn who_was_an_adult_stays_one() {
    let today = day(OF_AGE);
    // At twenty-one.
    let singapore = || Answer::Country(Country::from_code("SG").unwrap());
    let mut enrolment = taken_over();
    for answer in [singapore(), Answer::Contact(Contact::Email)] {
        enrolment.screening.put(answer, today).unwrap();
    }
    assert_eq!(enrolment.next(&first, today), Step::Consent(ADULT, None));
    sign(&mut enrolment, ADULT, 1);
    allow(&mut enrolment);
    assert_eq!(enrolment.next(&first, today), Step::Enrolled);
    assert!(enrolment.is_in_use(today));
    // Who has not come to decide, and has signed nothing, can still correct where they live.
    let mut enrolment = Enrolment {
        screening: screened().screening.taken_over(),
        ..Enrolment::default()
    };
    let contact = Answer::Contact(Contact::Email);
    enrolment.screening.put(contact, today).unwrap();
    assert_eq!(enrolment.next(&first, today), Step::Consent(ADULT, None));
    let mut elsewhere = enrolment.clone();
    elsewhere.screening.put(singapore(), today).unwrap();
    let minor = Step::NotEligible(Obstacle::OwnMinor);
    assert_eq!(elsewhere.next(&first, today), minor);
    // A law that changes later takes nobody out who has signed as an adult.
    sign(&mut elsewhere, ADULT, 1);
    allow(&mut elsewhere);
    assert!(elsewhere.is_in_use(today));
    let mut represented = represented();
    sign(&mut represented, REPRESENTATIVE, 1);
    represented.screening.put(singapore(), today).unwrap();
    let next = represented.next(&first, today);
    assert_eq!(next, Step::Permissions(Permission::Research));
    // Nor does it make an adult of a child.
    let child = enrolled();
    assert!(child.is_in_use(day("2026-06-01")) && !child.is_in_use(today));
}
