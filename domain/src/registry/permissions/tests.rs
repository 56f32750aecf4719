use proptest::prelude::*;

use super::*;
use crate::account::Country;

fn day(iso: &str) -> CalendarDate {
    CalendarDate::parse(iso).unwrap()
}

fn today() -> CalendarDate {
    day("2026-11-27")
}

fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

/// Somebody in Germany with multiple myeloma.
fn participant() -> Participant<'static> {
    Participant {
        condition: Some("multiple-myeloma"),
        country: country("DE"),
    }
}

/// Of their own condition, in Germany, by a university, with an ethics committee's approval.
fn study() -> Study {
    Study {
        scope: StudyScope::Conditions(vec!["multiple-myeloma".to_owned()]),
        commercial: false,
        ethics_approval: true,
        countries: vec![country("DE")],
        ancestry: false,
        genetics: false,
    }
}

fn permissions(answers: impl IntoIterator<Item = PermissionAnswer>) -> Permissions {
    let mut permissions = Permissions::default();
    for answer in answers {
        permissions.put(answer).unwrap();
    }
    permissions
}

/// The least with which that study may use their data.
fn least() -> Vec<PermissionAnswer> {
    vec![
        PermissionAnswer::Research(ResearchScope::OwnCondition),
        PermissionAnswer::Region(Region::Country),
        PermissionAnswer::Duration(Duration::FiveYears, today()),
    ]
}

fn may_use(permissions: &Permissions, study: &Study) -> bool {
    permissions.allow(Purpose::Research(study), participant(), today())
}

#[test]
fn what_was_not_answered_is_a_no() {
    let study = study();
    for purpose in purposes(&study, "Myeloma Help") {
        assert!(
            !Permissions::default().allow(purpose, participant(), today()),
            "{purpose:?}"
        );
    }
    assert!(may_use(&permissions(least()), &study));
    for missing in 0..least().len() {
        let mut answers = least();
        answers.remove(missing);
        assert!(!may_use(&permissions(answers), &study), "{missing}");
    }
}

#[test]
fn each_limit_refuses_what_it_is_about() {
    let studies = [
        (
            PermissionAnswer::Research(ResearchScope::Health),
            Study {
                scope: StudyScope::Health,
                ..study()
            },
        ),
        (
            PermissionAnswer::Research(ResearchScope::Any),
            Study {
                scope: StudyScope::Other,
                ..study()
            },
        ),
        (
            PermissionAnswer::Commercial(true),
            Study {
                commercial: true,
                ..study()
            },
        ),
        (
            PermissionAnswer::WithoutEthicsApproval(true),
            Study {
                ethics_approval: false,
                ..study()
            },
        ),
        (
            PermissionAnswer::Ancestry(true),
            Study {
                ancestry: true,
                ..study()
            },
        ),
        (
            PermissionAnswer::Genetics(true),
            Study {
                genetics: true,
                ..study()
            },
        ),
        (
            PermissionAnswer::Region(Region::Europe),
            Study {
                countries: vec![country("DE"), country("FR")],
                ..study()
            },
        ),
        (
            PermissionAnswer::Region(Region::Everywhere),
            Study {
                countries: vec![country("US")],
                ..study()
            },
        ),
        (
            PermissionAnswer::Region(Region::Everywhere),
            Study {
                countries: Vec::new(),
                ..study()
            },
        ),
    ];
    for (answer, study) in studies {
        assert!(!may_use(&permissions(least()), &study), "{study:?}");
        let wider = permissions(least().into_iter().chain([answer]));
        assert!(may_use(&wider, &study), "{study:?}");
    }
}

#[test]
fn research_about_other_conditions_is_not_about_ones_own() {
    let other = |conditions: &[&str]| Study {
        scope: StudyScope::Conditions(conditions.iter().map(|slug| (*slug).to_owned()).collect()),
        ..study()
    };
    for conditions in [
        &["wilson-disease"][..],
        &["multiple-myeloma", "wilson-disease"],
        &[],
    ] {
        assert!(
            !may_use(&permissions(least()), &other(conditions)),
            "{conditions:?}"
        );
    }
    let unnamed = Participant {
        condition: None,
        ..participant()
    };
    let study = study();
    assert!(!permissions(least()).allow(Purpose::Research(&study), unnamed, today()));
}

#[test]
fn a_permission_ends_on_its_day() {
    let five = permissions(least());
    let on = |iso| five.allow(Purpose::Research(&study()), participant(), day(iso));
    assert!(on("2031-11-26"));
    assert!(!on("2031-11-27"));
}

#[test]
fn who_allows_no_use_can_still_be_asked_about_studies_of_their_condition() {
    let asked = permissions([
        PermissionAnswer::Research(ResearchScope::None),
        PermissionAnswer::StudyContact(true),
        PermissionAnswer::Region(Region::Country),
        PermissionAnswer::ContactWays(ContactWays::Email),
    ]);
    let study = study();
    assert!(
        asked.asks(Permission::Commercial),
        "companies do most trials"
    );
    assert!(!asked.asks(Permission::Duration));
    assert!(!may_use(&asked, &study));
    assert!(asked.allow(Purpose::StudyContact(&study), participant(), today()));
    let health = Study {
        scope: StudyScope::Health,
        ..study
    };
    assert!(!asked.allow(Purpose::StudyContact(&health), participant(), today()));
}

#[test]
fn nobody_is_asked_who_cannot_be_reached() {
    let silent = permissions(least().into_iter().chain([
        PermissionAnswer::StudyContact(true),
        PermissionAnswer::Results(true),
        PermissionAnswer::Matching(true),
        PermissionAnswer::ContactWays(ContactWays::None),
    ]));
    let study = study();
    for purpose in [
        Purpose::StudyContact(&study),
        Purpose::Results,
        Purpose::Matching,
    ] {
        assert!(
            !silent.allow(purpose, participant(), today()),
            "{purpose:?}"
        );
    }
    assert!(!silent.asks(Permission::Frequency));
}

#[test]
fn data_go_to_the_organisations_that_are_named_alone() {
    let named = permissions([PermissionAnswer::Organisations(vec![
        " Myeloma  Help ".to_owned(),
        String::new(),
        "Myeloma Help".to_owned(),
    ])]);
    let shared = |name| named.allow(Purpose::Organisation(name), participant(), today());
    assert!(shared("Myeloma Help"));
    assert!(!shared("Myeloma"));
    assert!(!shared(""));
    let many = (0..=ORGANISATIONS_MOST)
        .map(|number| format!("Number {number}"))
        .collect();
    assert!(
        Permissions::default()
            .put(PermissionAnswer::Organisations(many))
            .is_err()
    );
}

#[test]
fn the_summary_says_what_is_allowed() {
    assert_eq!(
        Permissions::default().summary(),
        "Your data may not be used for research. \
         We may not ask you to take part in studies or for samples. \
         We do not share your data with other registries or with patient organisations. \
         We contact you only about your own consent."
    );
    let asked = permissions([
        PermissionAnswer::Research(ResearchScope::None),
        PermissionAnswer::StudyContact(true),
        PermissionAnswer::Region(Region::Country),
        PermissionAnswer::ContactWays(ContactWays::Email),
    ]);
    assert_eq!(
        asked.summary(),
        "Your data may not be used for research. Studies may not be by companies. \
         A study may be done only in your country. An ethics committee has to approve a study first. \
         We may ask you to take part in a study, and you can say no each time. \
         We do not share your data with other registries or with patient organisations. \
         We may reach you by email, at most once a year."
    );
    let all = permissions([
        PermissionAnswer::Research(ResearchScope::Health),
        PermissionAnswer::StudyContact(true),
        PermissionAnswer::Samples(true),
        PermissionAnswer::Commercial(false),
        PermissionAnswer::WithoutEthicsApproval(false),
        PermissionAnswer::Region(Region::Europe),
        PermissionAnswer::Ancestry(false),
        PermissionAnswer::Genetics(true),
        PermissionAnswer::Duration(Duration::TenYears, today()),
        PermissionAnswer::Results(true),
        PermissionAnswer::Matching(false),
        PermissionAnswer::OtherRegistries(true),
        PermissionAnswer::Organisations(vec!["Myeloma Help".to_owned()]),
        PermissionAnswer::ContactWays(ContactWays::Both),
        PermissionAnswer::Frequency(Frequency::Quarterly),
    ]);
    assert_eq!(all.next(), None);
    assert_eq!(
        all.summary(),
        "Your data may be used for research about health, until 27 November 2036. \
         Companies may not do this research. It may be done in your country and in Europe. \
         An ethics committee has to approve it first. Your data may be used with your genetic results. \
         Your data may not be used to study where people’s ancestors came from. \
         We may ask you to take part in a study or for blood or other samples, and you can say no each time. \
         We tell you if research finds something about your own health. \
         We may share your data with other registries and Myeloma Help. \
         We may reach you by email or phone, at most four times a year."
    );
}

#[test]
fn questions_are_found_by_their_names() {
    for permission in Permission::ALL {
        assert_eq!(Permission::from_name(permission.as_str()), Some(permission));
    }
}

fn purposes<'a>(study: &'a Study, organisation: &'a str) -> [Purpose<'a>; 7] {
    [
        Purpose::Research(study),
        Purpose::StudyContact(study),
        Purpose::Samples(study),
        Purpose::Results,
        Purpose::Matching,
        Purpose::OtherRegistry,
        Purpose::Organisation(organisation),
    ]
}

/// An answer, and one that allows less.
fn any_step() -> impl Strategy<Value = (PermissionAnswer, PermissionAnswer)> {
    use PermissionAnswer as Answer;
    let yes_or_no = proptest::sample::select(vec![
        Answer::Commercial as fn(bool) -> Answer,
        Answer::WithoutEthicsApproval,
        Answer::Ancestry,
        Answer::Genetics,
        Answer::StudyContact,
        Answer::Samples,
        Answer::Results,
        Answer::Matching,
        Answer::OtherRegistries,
    ])
    .prop_map(|answer| (answer(true), answer(false)));
    let scopes = [
        ResearchScope::None,
        ResearchScope::OwnCondition,
        ResearchScope::Health,
        ResearchScope::Any,
    ];
    prop_oneof![
        4 => yes_or_no,
        1 => (0usize..4, 0usize..4).prop_map(move |(one, other)| (
            Answer::Research(scopes[one.max(other)]),
            Answer::Research(scopes[one.min(other)]),
        )),
        1 => (0usize..3, 0usize..3).prop_map(|(one, other)| (
            Answer::Region(Region::ALL[one.max(other)]),
            Answer::Region(Region::ALL[one.min(other)]),
        )),
        1 => (0usize..3, 0usize..3).prop_map(|(one, other)| (
            Answer::Duration(Duration::ALL[one.max(other)], day("2020-01-01")),
            Answer::Duration(Duration::ALL[one.min(other)], day("2020-01-01")),
        )),
        1 => Just((
            Answer::Organisations(vec!["Myeloma Help".to_owned()]),
            Answer::Organisations(Vec::new()),
        )),
        1 => Just((Answer::ContactWays(ContactWays::Both), Answer::ContactWays(ContactWays::None))),
    ]
}

fn any_study() -> impl Strategy<Value = Study> {
    let scope = prop_oneof![
        Just(StudyScope::Conditions(vec!["multiple-myeloma".to_owned()])),
        Just(StudyScope::Conditions(vec!["wilson-disease".to_owned()])),
        Just(StudyScope::Health),
        Just(StudyScope::Other),
    ];
    let countries = proptest::sample::subsequence(vec!["DE", "FR", "US"], 0..=3);
    (scope, countries, any::<[bool; 4]>()).prop_map(
        |(scope, countries, [commercial, ethics_approval, ancestry, genetics])| Study {
            scope,
            commercial,
            ethics_approval,
            countries: countries.into_iter().map(country).collect(),
            ancestry,
            genetics,
        },
    )
}

proptest! {
    /// Whatever else was answered: to allow less in one answer never allows more.
    #[test]
    fn a_stricter_answer_never_allows_more(
        steps in proptest::collection::vec(any_step(), 1..30),
        last in any_step(),
        study in any_study(),
    ) {
        let before = steps.into_iter().map(|(wider, _)| wider);
        let mut wide = permissions(before);
        let mut strict = wide.clone();
        wide.put(last.0).unwrap();
        strict.put(last.1).unwrap();
        for purpose in purposes(&study, "Myeloma Help") {
            let (more, less) = (
                wide.allow(purpose, participant(), today()),
                strict.allow(purpose, participant(), today()),
            );
            prop_assert!(more || !less, "{purpose:?}");
        }
    }

    /// The paragraph never says more or less than the gate.
    #[test]
    fn the_summary_agrees_with_the_gate(
        steps in proptest::collection::vec(any_step(), 0..30),
        study in any_study(),
    ) {
        let permissions = permissions(steps.into_iter().map(|(wider, _)| wider));
        let summary = permissions.summary();
        let allows = |purpose| permissions.allow(purpose, participant(), today());
        if allows(Purpose::Research(&study)) {
            prop_assert!(summary.starts_with("Your data may be used for"), "{}", summary);
            prop_assert!(!study.commercial || summary.contains("Companies may do"), "{}", summary);
        }
        if allows(Purpose::StudyContact(&study)) || allows(Purpose::Samples(&study)) {
            prop_assert!(summary.contains("We may ask you"), "{}", summary);
        }
        prop_assert_eq!(allows(Purpose::Results), summary.contains("We tell you if"));
        prop_assert_eq!(allows(Purpose::Matching), summary.contains("about each other"));
        prop_assert_eq!(
            allows(Purpose::OtherRegistry),
            summary.contains("We may share your data with other registries")
        );
        prop_assert_eq!(allows(Purpose::Organisation("Myeloma Help")), summary.contains("Myeloma Help"));
    }
}
