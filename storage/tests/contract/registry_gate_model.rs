//! What participants say, at random, and what it means: written down a second time from the questions and
//! answers, and without the code that decides.

use std::collections::HashMap;

use domain::{
    account::Country,
    registry::{
        Withdrawal,
        permissions::{
            ContactWays, Duration, Frequency, Permission, PermissionAnswer, Purpose, Region,
            ResearchScope, Study, StudyScope,
        },
    },
    time::CalendarDate,
};
use proptest::{prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};

pub(crate) const CONDITIONS: [&str; 3] = ["alpha-disease", "beta-disease", "gamma-disease"];
/// The first three are in the European Economic Area or Switzerland.
pub(crate) const COUNTRIES: [&str; 5] = ["DE", "FR", "CH", "US", "BR"];
pub(crate) const EUROPE: [&str; 3] = ["DE", "FR", "CH"];
pub(crate) const ORGANISATIONS: [&str; 2] = ["First organisation", "Second organisation"];

pub(crate) fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

/// Somebody as they are said to be.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Of a child; an adult has none that matters.
    pub(crate) child_born: Option<CalendarDate>,
    pub(crate) condition: Option<&'static str>,
    pub(crate) country: &'static str,
}

/// What the test knows of a participant.
pub(crate) struct Known {
    pub(crate) person: Person,
    pub(crate) address: String,
    pub(crate) pseudonym: String,
    pub(crate) said: HashMap<&'static str, PermissionAnswer>,
    pub(crate) withdrawn: Option<Withdrawal>,
}

impl Known {
    fn yes(&self, permission: Permission) -> bool {
        use PermissionAnswer as To;
        matches!(
            self.said.get(permission.as_str()),
            Some(
                To::Commercial(true)
                    | To::WithoutEthicsApproval(true)
                    | To::Ancestry(true)
                    | To::Genetics(true)
                    | To::StudyContact(true)
                    | To::Samples(true)
                    | To::Results(true)
                    | To::Matching(true)
                    | To::OtherRegistries(true)
            )
        )
    }

    fn scope(&self) -> ResearchScope {
        match self.said.get("research") {
            Some(PermissionAnswer::Research(scope)) => *scope,
            _ => ResearchScope::None,
        }
    }

    fn is_reachable(&self) -> bool {
        let ways = self.said.get("contact-ways");
        matches!(ways, Some(PermissionAnswer::ContactWays(ways)) if *ways != ContactWays::None)
    }

    /// Every question that their answers leave to be asked has an answer.
    fn has_answered_all(&self) -> bool {
        let research = self.scope() != ResearchScope::None;
        let asks = self.yes(Permission::StudyContact) || self.yes(Permission::Samples);
        Permission::ALL.into_iter().all(|permission| {
            let is_asked = match permission.as_str() {
                "commercial" | "without-ethics-approval" | "region" => research || asks,
                "ancestry" | "genetics" | "duration" => research,
                "frequency" => self.is_reachable(),
                _ => true,
            };
            !is_asked || self.said.contains_key(permission.as_str())
        })
    }

    /// By whom and where it is done.
    fn accepts(&self, study: &Study) -> bool {
        let home = country(self.person.country);
        let europe = EUROPE.map(country);
        let all = |is_in: &dyn Fn(&Country) -> bool| {
            !study.countries.is_empty() && study.countries.iter().all(is_in)
        };
        let there = match self.said.get("region") {
            Some(PermissionAnswer::Region(Region::Everywhere)) => true,
            Some(PermissionAnswer::Region(Region::Country)) => all(&|at| *at == home),
            Some(PermissionAnswer::Region(Region::Europe)) => {
                all(&|at| *at == home || europe.contains(at))
            }
            _ => false,
        };
        let company = !study.commercial || self.yes(Permission::Commercial);
        let approved = study.ethics_approval || self.yes(Permission::WithoutEthicsApproval);
        there && company && approved
    }

    fn is_about(&self, scope: ResearchScope, study: &Study) -> bool {
        let own = |one: &String| Some(one.as_str()) == self.person.condition;
        match scope {
            ResearchScope::None => false,
            ResearchScope::OwnCondition => matches!(
                &study.scope,
                StudyScope::Conditions(all) if !all.is_empty() && all.iter().all(own)
            ),
            ResearchScope::Health => study.scope != StudyScope::Other,
            ResearchScope::Any => true,
        }
    }

    fn has_time(&self, today: CalendarDate) -> bool {
        match self.said.get("duration") {
            Some(PermissionAnswer::Duration(Duration::NoEnd, _)) => true,
            Some(PermissionAnswer::Duration(Duration::FiveYears, since)) => {
                today < since.years_later(5)
            }
            Some(PermissionAnswer::Duration(Duration::TenYears, since)) => {
                today < since.years_later(10)
            }
            _ => false,
        }
    }

    /// What they have said means that the purpose may have them.
    pub(crate) fn allows(&self, purpose: Purpose<'_>, today: CalendarDate) -> bool {
        let grown_up = self.person.child_born.map(|born| born.years_later(18));
        if self.withdrawn >= Some(Withdrawal::NoNewUse)
            || grown_up.is_some_and(|day| day <= today)
            || !self.has_answered_all()
        {
            return false;
        }
        let told = self.withdrawn.is_none() && self.is_reachable();
        let asked = |study: &Study| {
            let scope = match self.scope() {
                // Who lets nobody use their data can still hear of studies of their own condition.
                ResearchScope::None => ResearchScope::OwnCondition,
                scope => scope,
            };
            told && self.is_about(scope, study) && self.accepts(study)
        };
        match purpose {
            Purpose::Research(study) => {
                self.is_about(self.scope(), study)
                    && self.accepts(study)
                    && (self.yes(Permission::Ancestry) || !study.ancestry)
                    && (self.yes(Permission::Genetics) || !study.genetics)
                    && self.has_time(today)
            }
            Purpose::StudyContact(study) => self.yes(Permission::StudyContact) && asked(study),
            Purpose::Samples(study) => self.yes(Permission::Samples) && asked(study),
            Purpose::Results => self.yes(Permission::Results) && told,
            Purpose::Matching => self.yes(Permission::Matching) && told,
            Purpose::OtherRegistry => self.yes(Permission::OtherRegistries),
            Purpose::Organisation(name) => matches!(
                self.said.get("organisations"),
                Some(PermissionAnswer::Organisations(names)) if names.iter().any(|one| one == name)
            ),
        }
    }
}

pub(crate) fn any_person() -> impl Strategy<Value = Person> {
    let born = select(vec!["2017-03-01", "2009-06-30"]);
    (
        proptest::option::weighted(0.4, born),
        proptest::option::weighted(0.8, select(CONDITIONS.to_vec())),
        select(COUNTRIES.to_vec()),
    )
        .prop_map(|(born, condition, country)| Person {
            child_born: born.map(|born| CalendarDate::parse(born).unwrap()),
            condition,
            country,
        })
}

/// An answer to a question; more often yes than no, so that there is somebody to find.
pub(crate) fn any_answer(
    permission: Permission,
    today: CalendarDate,
) -> BoxedStrategy<PermissionAnswer> {
    use PermissionAnswer as To;
    let yes = || proptest::bool::weighted(0.75);
    match permission {
        Permission::Research => select(ResearchScope::ALL.to_vec())
            .prop_map(To::Research)
            .boxed(),
        Permission::Commercial => yes().prop_map(To::Commercial).boxed(),
        Permission::WithoutEthicsApproval => yes().prop_map(To::WithoutEthicsApproval).boxed(),
        Permission::Region => select(Region::ALL.to_vec()).prop_map(To::Region).boxed(),
        Permission::Ancestry => yes().prop_map(To::Ancestry).boxed(),
        Permission::Genetics => yes().prop_map(To::Genetics).boxed(),
        Permission::Duration => select(Duration::ALL.to_vec())
            .prop_map(move |duration| To::Duration(duration, today))
            .boxed(),
        Permission::StudyContact => yes().prop_map(To::StudyContact).boxed(),
        Permission::Samples => yes().prop_map(To::Samples).boxed(),
        Permission::Results => yes().prop_map(To::Results).boxed(),
        Permission::Matching => yes().prop_map(To::Matching).boxed(),
        Permission::OtherRegistries => yes().prop_map(To::OtherRegistries).boxed(),
        Permission::Organisations => proptest::sample::subsequence(ORGANISATIONS.to_vec(), 0..=2)
            .prop_map(|names| To::Organisations(names.into_iter().map(str::to_owned).collect()))
            .boxed(),
        Permission::ContactWays => select(ContactWays::ALL.to_vec())
            .prop_map(To::ContactWays)
            .boxed(),
        Permission::Frequency => select(Frequency::ALL.to_vec())
            .prop_map(To::Frequency)
            .boxed(),
    }
}

pub(crate) fn any_study() -> impl Strategy<Value = Study> {
    let conditions = proptest::sample::subsequence(CONDITIONS.to_vec(), 0..=2);
    let scope = prop_oneof![
        2 => conditions.prop_map(|slugs| {
            StudyScope::Conditions(slugs.into_iter().map(str::to_owned).collect())
        }),
        1 => Just(StudyScope::Health),
        1 => Just(StudyScope::Other),
    ];
    (
        scope,
        any::<[bool; 4]>(),
        proptest::sample::subsequence(COUNTRIES.to_vec(), 0..=2),
    )
        .prop_map(
            |(scope, [commercial, ethics_approval, ancestry, genetics], codes)| Study {
                scope,
                commercial,
                ethics_approval,
                countries: codes.into_iter().map(country).collect(),
                ancestry,
                genetics,
            },
        )
}

/// The purposes that a study has, and those that there are without one.
pub(crate) fn purposes(study: &Study) -> [Purpose<'_>; 9] {
    [
        Purpose::Research(study),
        Purpose::StudyContact(study),
        Purpose::Samples(study),
        Purpose::Results,
        Purpose::Matching,
        Purpose::OtherRegistry,
        Purpose::Organisation(ORGANISATIONS[0]),
        Purpose::Organisation(ORGANISATIONS[1]),
        Purpose::Organisation("An organisation that nobody names"),
    ]
}

pub(crate) fn pick<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).unwrap().current()
}
