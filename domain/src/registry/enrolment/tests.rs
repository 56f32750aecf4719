//! Step by step, and what ends it.

use super::*;
use crate::{
    account::Country,
    community::ResourceLanguage,
    registry::{
        consent::Meaning,
        permissions::{ContactWays, Duration, Frequency, PermissionAnswer, Region, ResearchScope},
        screening::{
            Answer, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry, Relationship,
            Status,
        },
    },
    time::Timestamp,
};

const PARENT: DocumentFor = DocumentFor::Consent(ConsentForm::ParentOrGuardian);
const CHILD: DocumentFor = DocumentFor::Assent(Assent::Child);
const ADOLESCENT: DocumentFor = DocumentFor::Assent(Assent::Adolescent);

pub(in crate::registry) fn day(iso: &str) -> CalendarDate {
    CalendarDate::parse(iso).unwrap()
}

/// A child born on 1 March 2017, enrolled on 1 June 2026.
pub(in crate::registry) fn screened() -> Enrolment {
    let mut enrolment = Enrolment::default();
    for answer in [
        Answer::ForWhom(ForWhom::Child),
        Answer::Relationship(Relationship::Parent),
        Answer::Status(Status::Undiagnosed),
        Answer::Condition(ConditionAnswer::None),
        Answer::BirthDate(day("2017-03-01")),
        Answer::Country(Country::from_code("DE").unwrap()),
        Answer::Contact(Contact::Email),
        Answer::Language(ResourceLanguage::ENGLISH),
        Answer::OtherRegistry(OtherRegistry::No),
        Answer::HeardFrom(None),
    ] {
        enrolment.screening.put(answer, day("2026-06-01")).unwrap();
    }
    enrolment
}

pub(in crate::registry) fn sign(enrolment: &mut Enrolment, whom: DocumentFor, version: u32) {
    enrolment.signatures.push(Signature {
        whom,
        version,
        language: "en".to_owned(),
        name: "Ada Lovelace".to_owned(),
        meaning: Meaning::of(whom),
        signed_at: Timestamp(0),
    });
}

pub(super) fn allow(enrolment: &mut Enrolment) {
    for answer in [
        PermissionAnswer::Research(ResearchScope::None),
        PermissionAnswer::StudyContact(false),
        PermissionAnswer::Samples(false),
        PermissionAnswer::Results(false),
        PermissionAnswer::Matching(false),
        PermissionAnswer::OtherRegistries(false),
        PermissionAnswer::Organisations(Vec::new()),
        PermissionAnswer::ContactWays(ContactWays::Email),
        PermissionAnswer::Frequency(Frequency::Yearly),
    ] {
        enrolment.permissions.put(answer).unwrap();
    }
}

pub(super) fn enrolled() -> Enrolment {
    let mut enrolment = screened();
    sign(&mut enrolment, PARENT, 1);
    sign(&mut enrolment, CHILD, 1);
    allow(&mut enrolment);
    enrolment
}

#[test]
fn a_child_is_enrolled_step_by_step() {
    let (today, first) = (day("2026-06-01"), |_| 1);
    let mut enrolment = Enrolment::default();
    let next = |enrolment: &Enrolment| enrolment.next(&first, today);
    assert_eq!(next(&enrolment), Step::Screening(Question::ForWhom));
    enrolment = screened();
    assert_eq!(next(&enrolment), Step::Consent(PARENT, None));
    sign(&mut enrolment, PARENT, 1);
    assert_eq!(next(&enrolment), Step::Assent(CHILD, None));
    sign(&mut enrolment, CHILD, 1);
    assert_eq!(next(&enrolment), Step::Permissions(Permission::Research));
    assert!(!enrolment.is_in_use(today));
    allow(&mut enrolment);
    assert_eq!(next(&enrolment), Step::Enrolled);
    assert!(enrolment.is_in_use(today));
    // To allow more asks more.
    let more = PermissionAnswer::Research(ResearchScope::Any);
    enrolment.permissions.put(more).unwrap();
    assert_eq!(next(&enrolment), Step::Permissions(Permission::Commercial));
    for answer in [
        PermissionAnswer::Commercial(false),
        PermissionAnswer::WithoutEthicsApproval(false),
        PermissionAnswer::Region(Region::Country),
        PermissionAnswer::Ancestry(false),
        PermissionAnswer::Genetics(false),
        PermissionAnswer::Duration(Duration::NoEnd, today),
    ] {
        enrolment.permissions.put(answer).unwrap();
    }
    assert_eq!(next(&enrolment), Step::Enrolled);
}

#[test]
fn a_new_version_asks_again_and_ends_nothing() {
    let today = day("2026-06-01");
    let enrolment = enrolled();
    let second = |whom| if whom == PARENT { 2 } else { 1 };
    assert_eq!(
        enrolment.next(&second, today),
        Step::Consent(PARENT, Some(1))
    );
    assert!(enrolment.is_in_use(today));
    let mut again = enrolment;
    sign(&mut again, PARENT, 2);
    assert_eq!(again.next(&second, today), Step::Enrolled);
}

#[test]
fn a_child_who_grows_older_is_asked_in_other_words() {
    let first = |_| 1;
    let enrolment = enrolled();
    let at = |iso| enrolment.next(&first, day(iso));
    assert_eq!(at("2030-02-28"), Step::Enrolled);
    assert!(enrolment.takes_permissions(day("2030-03-01")));
    assert_eq!(at("2030-03-01"), Step::Assent(ADOLESCENT, None));
    assert!(enrolment.is_in_use(day("2030-03-01")));
}

#[test]
fn an_adult_decides_anew_and_nothing_is_used_until_then() {
    let first = |_| 1;
    let mut enrolment = enrolled();
    sign(&mut enrolment, ADOLESCENT, 1);
    assert_eq!(enrolment.next(&first, day("2035-02-28")), Step::Enrolled);
    assert_eq!(enrolment.next(&first, day("2035-03-01")), Step::Majority);
    assert!(enrolment.is_in_use(day("2035-02-28")));
    assert!(!enrolment.is_in_use(day("2035-03-01")));
    // Who was never enrolled as a child has nothing to decide anew.
    let obstacle = Step::NotEligible(Obstacle::ChildIsAdult);
    assert_eq!(screened().next(&first, day("2035-03-01")), obstacle);
}

#[test]
fn a_guardian_sees_nothing_of_an_adult_whatever_they_have_said_before() {
    let mut enrolment = enrolled();
    for grade in [
        None,
        Some(Withdrawal::NoContact),
        Some(Withdrawal::NoNewUse),
    ] {
        enrolment.withdrawn = grade;
        let step = enrolment.next(&|_| 1, day("2035-03-01"));
        assert_eq!(step, Step::Majority, "{grade:?}");
    }
}

#[test]
fn each_grade_of_withdrawal_goes_further() {
    let (today, first) = (day("2026-06-01"), |_| 1);
    let with = |grade| Enrolment {
        withdrawn: Some(grade),
        ..enrolled()
    };
    let quiet = with(Withdrawal::NoContact);
    assert_eq!(quiet.next(&first, today), Step::Enrolled);
    assert!(quiet.is_in_use(today) && !quiet.is_contacted(today));
    for grade in [Withdrawal::NoNewUse, Withdrawal::Deletion] {
        let ended = with(grade);
        assert_eq!(ended.next(&first, today), Step::Withdrawn(grade));
        assert!(!ended.is_in_use(today) && !ended.is_contacted(today));
    }
}
