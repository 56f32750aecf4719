use proptest::prelude::*;

use super::*;
use crate::{catalogue::ConditionLink, registry::age_of_majority};

fn day(iso: &str) -> CalendarDate {
    CalendarDate::parse(iso).unwrap()
}

fn today() -> CalendarDate {
    day("2026-11-27")
}

fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

fn myeloma() -> ConditionAnswer {
    ConditionAnswer::Listed(ConditionLink {
        slug: "multiple-myeloma".to_owned(),
        name: "Multiple myeloma".to_owned(),
    })
}

/// All that is asked of whoever enrols themselves.
fn own() -> Vec<Answer> {
    vec![
        Answer::ForWhom(ForWhom::Myself),
        Answer::Status(Status::Affected),
        Answer::Condition(myeloma()),
        Answer::BirthDate(day("1970-04-04")),
        Answer::Country(country("DE")),
        Answer::Contact(Contact::Email),
        Answer::Language(ResourceLanguage::ENGLISH),
        Answer::OtherRegistry(OtherRegistry::No),
        Answer::HeardFrom(None),
    ]
}

fn answered(answers: impl IntoIterator<Item = Answer>) -> Screening {
    let mut screening = Screening::default();
    for answer in answers {
        screening.put(answer, today()).unwrap();
    }
    screening
}

/// What is asked of an adult, with some answers in the place of theirs.
fn with(others: impl IntoIterator<Item = Answer>) -> Screening {
    answered(own().into_iter().chain(others))
}

fn outcome(others: impl IntoIterator<Item = Answer>) -> Outcome {
    with(others).outcome(today()).unwrap()
}

fn needed(consent: ConsentForm) -> Outcome {
    Outcome::Eligible(Needed {
        consent,
        assent: None,
        majority: None,
    })
}

#[test]
fn an_adult_answers_one_question_after_the_other() {
    let mut screening = Screening::default();
    for answer in own() {
        assert_eq!(screening.outcome(today()), None);
        assert_eq!(screening.next(), Some(answer.question()));
        screening.put(answer, today()).unwrap();
    }
    assert_eq!(screening.next(), None);
    assert_eq!(screening.progress(), (9, 9));
    assert_eq!(screening.outcome(today()), Some(needed(ConsentForm::Adult)));
}

#[test]
fn the_consent_form_depends_on_who_it_is_for() {
    assert_eq!(
        outcome([Answer::Status(Status::Carrier)]),
        needed(ConsentForm::Carrier)
    );
    assert_eq!(
        outcome([
            Answer::ForWhom(ForWhom::Adult),
            Answer::Relationship(Relationship::PowerOfAttorney),
        ]),
        needed(ConsentForm::LegalRepresentative)
    );
    assert_eq!(
        outcome([
            Answer::ForWhom(ForWhom::Deceased),
            Answer::Relationship(Relationship::Sibling),
        ]),
        needed(ConsentForm::NextOfKin)
    );
}

#[test]
fn a_child_is_asked_in_words_for_its_age() {
    let of = |born| {
        outcome([
            Answer::ForWhom(ForWhom::Child),
            Answer::Relationship(Relationship::Parent),
            Answer::BirthDate(day(born)),
        ])
    };
    let child = |assent, majority| {
        Outcome::Eligible(Needed {
            consent: ConsentForm::ParentOrGuardian,
            assent,
            majority: Some(day(majority)),
        })
    };
    assert_eq!(of("2019-11-28"), child(None, "2037-11-28"));
    assert_eq!(of("2019-11-27"), child(Some(Assent::Child), "2037-11-27"));
    assert_eq!(of("2013-11-28"), child(Some(Assent::Child), "2031-11-28"));
    assert_eq!(
        of("2013-11-27"),
        child(Some(Assent::Adolescent), "2031-11-27")
    );
    assert_eq!(
        of("2008-11-28"),
        child(Some(Assent::Adolescent), "2026-11-28")
    );
    assert_eq!(
        of("2008-11-27"),
        Outcome::NotEligible(Obstacle::ChildIsAdult)
    );
}

#[test]
fn majority_is_that_of_the_country() {
    let born = Answer::BirthDate(day("2007-06-01"));
    assert_eq!(outcome([born.clone()]), needed(ConsentForm::Adult));
    assert_eq!(
        outcome([born, Answer::Country(country("TH"))]),
        Outcome::NotEligible(Obstacle::OwnMinor)
    );
}

#[test]
fn who_cannot_take_part_is_asked_nothing_more() {
    let screening = answered([
        Answer::ForWhom(ForWhom::Adult),
        Answer::BirthDate(day("2020-01-01")),
        Answer::Country(country("FR")),
    ]);
    assert!(screening.next().is_some());
    assert_eq!(
        screening.outcome(today()),
        Some(Outcome::NotEligible(Obstacle::AdultIsMinor))
    );
}

#[test]
fn an_answer_that_is_no_choice_any_more_is_asked_for_again() {
    let mut screening = with([Answer::Status(Status::Carrier)]);
    screening
        .put(Answer::ForWhom(ForWhom::Deceased), today())
        .unwrap();
    assert_eq!(screening.next(), Some(Question::Relationship));
    assert_eq!(screening.answer(Question::Status), None);
    // It comes back with what it depends on.
    screening
        .put(Answer::ForWhom(ForWhom::Myself), today())
        .unwrap();
    assert_eq!(
        screening.answer(Question::Status),
        Some(&Answer::Status(Status::Carrier))
    );
}

#[test]
fn an_answer_to_a_question_that_is_not_asked_is_refused() {
    let mut screening = with([]);
    let refused = screening
        .put(Answer::Relationship(Relationship::Parent), today())
        .unwrap_err();
    assert_eq!(refused.status(), 403);
    assert_eq!(screening, with([]));
}

#[test]
fn only_who_has_no_diagnosis_can_name_no_condition() {
    let none = || Answer::Condition(ConditionAnswer::None);
    let mut affected = with([]);
    assert_eq!(affected.put(none(), today()).unwrap_err().status(), 422);
    let undiagnosed = with([Answer::Status(Status::Undiagnosed), none()]);
    assert_eq!(undiagnosed.next(), None);
    let mut diagnosed = undiagnosed;
    diagnosed
        .put(Answer::Status(Status::Affected), today())
        .unwrap();
    assert_eq!(diagnosed.next(), Some(Question::Condition));
}

#[test]
fn what_cannot_be_is_refused_in_words_and_changes_nothing() {
    let refused = |answer: Answer| {
        let mut screening = with([]);
        let error = screening.put(answer, today()).unwrap_err();
        assert_eq!(screening, with([]));
        match error {
            Error::Invalid { fields } => fields[0].message.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert!(refused(Answer::BirthDate(day("2026-11-28"))).contains("future"));
    assert!(refused(Answer::BirthDate(day("1870-01-01"))).contains("122 years"));
    assert!(
        refused(Answer::Contact(Contact::Phone("call me".to_owned()))).contains("phone number")
    );
    assert!(refused(Answer::OtherRegistry(OtherRegistry::Yes("  ".to_owned()))).contains("name"));
    assert!(
        refused(Answer::Condition(ConditionAnswer::Described(
            "\u{200b}".to_owned()
        )))
        .contains("line")
    );
}

#[test]
fn numbers_and_names_in_every_script_are_taken() {
    for number in ["+44 20 7946 0018", "(030) 901820", "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧"] {
        with([Answer::Contact(Contact::Phone(number.to_owned()))]);
    }
    for name in ["骨髄腫", "Миелома", "مرض نادر"] {
        with([Answer::Condition(ConditionAnswer::Described(
            name.to_owned(),
        ))]);
    }
}

#[test]
fn questions_are_found_by_their_names() {
    for question in Question::ALL {
        assert_eq!(Question::from_name(question.as_str()), Some(question));
    }
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let born = (1880u16..=2030, 1u8..=12, 1u8..=28)
        .prop_map(|(year, month, day)| CalendarDate::new(year, month, day).unwrap());
    let relationship = proptest::sample::select(
        ForWhom::ALL
            .iter()
            .flat_map(|for_whom| Relationship::of(*for_whom))
            .copied()
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        proptest::sample::select(&ForWhom::ALL[..]).prop_map(Answer::ForWhom),
        relationship.prop_map(Answer::Relationship),
        proptest::sample::select(Status::of(ForWhom::Myself)).prop_map(Answer::Status),
        proptest::sample::select(vec![
            myeloma(),
            ConditionAnswer::Described("as it is called here".to_owned()),
            ConditionAnswer::None,
        ])
        .prop_map(Answer::Condition),
        born.prop_map(Answer::BirthDate),
        proptest::sample::select(Country::all().collect::<Vec<_>>()).prop_map(Answer::Country),
        Just(Answer::Contact(Contact::Email)),
        Just(Answer::Language(ResourceLanguage::ENGLISH)),
        Just(Answer::OtherRegistry(OtherRegistry::Unsure)),
        Just(Answer::HeardFrom(Some(HeardFrom::Site))),
    ]
}

proptest! {
    /// However one goes back and forth: nobody can take part with a question open, no adult is enrolled
    /// as a child and no child as an adult, and what is stored comes back as it was.
    #[test]
    fn nobody_takes_part_who_cannot(answers in proptest::collection::vec(any_answer(), 0..60)) {
        let mut screening = Screening::default();
        for answer in answers {
            let before = screening.clone();
            let question = answer.question();
            if screening.put(answer, today()).is_err() {
                prop_assert_eq!(&screening, &before);
            } else {
                prop_assert!(screening.answer(question).is_some());
            }
        }
        let (asked, answered) = screening.progress();
        prop_assert_eq!(screening.next().is_none(), asked == answered);
        let (who, others) = screening.clone().parted();
        prop_assert_eq!(who.country(), screening.country());
        prop_assert_eq!((who.for_whom(), others.birth_date()), (None, None));
        let joined = others.joined(who);
        for question in Question::ALL {
            prop_assert_eq!(joined.answer(question), screening.answer(question));
        }
        let stored = serde_json::to_string(&screening).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Screening>(&stored).unwrap(), &screening);
        let Some(Outcome::Eligible(needed)) = screening.outcome(today()) else {
            return Ok(());
        };
        prop_assert_eq!(screening.next(), None);
        let age = screening.birth_date().and_then(|born| born.age_on(today())).unwrap();
        let of_age = age_of_majority(screening.country().unwrap());
        match needed.consent {
            ConsentForm::Adult | ConsentForm::Carrier | ConsentForm::LegalRepresentative => {
                prop_assert!(age >= of_age);
                prop_assert_eq!((needed.assent, needed.majority), (None, None));
            }
            ConsentForm::ParentOrGuardian => {
                prop_assert!(age < of_age);
                prop_assert_eq!(needed.assent.is_some(), age >= 7);
                prop_assert!(needed.majority.unwrap() > today());
            }
            ConsentForm::NextOfKin => prop_assert_eq!(needed.assent, None),
        }
    }
}
