//! The gate: no purpose gets a participant who does not allow it, whatever they have said before.
//!
//! Random participants say random things through the service; what the gate returns is compared with what
//! [`registry_gate_model`](crate::registry_gate_model) says.

use std::collections::HashMap;

use domain::{
    account::Actor,
    catalogue::ConditionLink,
    community::ResourceLanguage,
    registry::{
        Registry, Withdrawal,
        consent::DocumentFor,
        permissions::{
            ContactWays, Duration, Frequency, Permission, PermissionAnswer, Purpose, Region,
            ResearchScope, Study, StudyScope,
        },
        screening::{
            Answer, Assent, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry,
            Relationship, Status,
        },
    },
    time::CalendarDate,
};
use proptest::{sample::select, test_runner::TestRunner};
use storage::{DatabaseKind, registry::Content};

use crate::{
    bed::Bed,
    registry::signing,
    registry_gate_model::{
        CONDITIONS, Known, ORGANISATIONS, Person, any_answer, any_person, any_study, country, pick,
        purposes,
    },
};

contract! {
    no_purpose_gets_whom_it_may_not_have,
    what_changes_holds_at_the_next_read,
    a_purpose_gets_what_it_needs,
}

impl Bed {
    /// Somebody who has signed what there is to sign.
    async fn takes_part(&self, actor: Actor, person: Person) -> Known {
        let address = self.begins(actor).await;
        let condition = match person.condition {
            Some(slug) => ConditionAnswer::Listed(ConditionLink {
                slug: slug.to_owned(),
                name: slug.to_owned(),
            }),
            None => ConditionAnswer::Described("A name of their own".to_owned()),
        };
        let (for_whom, relationship) = match person.child_born {
            Some(_) => (ForWhom::Child, Some(Relationship::Parent)),
            None => (ForWhom::Myself, None),
        };
        let adult = CalendarDate::parse("1984-03-27").unwrap();
        let answers = std::iter::once(Answer::ForWhom(for_whom))
            .chain(relationship.map(Answer::Relationship))
            .chain([
                Answer::Status(Status::Affected),
                Answer::Condition(condition),
                Answer::BirthDate(person.child_born.unwrap_or(adult)),
                Answer::Country(country(person.country)),
                Answer::Contact(Contact::Phone("+49 30 901820".to_owned())),
                Answer::Language(ResourceLanguage::ENGLISH),
                Answer::OtherRegistry(OtherRegistry::No),
                Answer::HeardFrom(None),
            ]);
        self.answers_all(actor, &address, answers.collect()).await;
        let age = person.child_born.and_then(|born| born.age_on(self.today()));
        let documents: Vec<DocumentFor> = match age {
            None => vec![DocumentFor::Consent(ConsentForm::Adult)],
            Some(age) => [
                Some(DocumentFor::Consent(ConsentForm::ParentOrGuardian)),
                Assent::of_age(age).map(DocumentFor::Assent),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        for whom in documents {
            self.sign(actor, &address, signing(whom, 1)).await.unwrap();
        }
        let own = self.enrolment(actor, &address).await.unwrap();
        Known {
            person,
            address,
            pseudonym: own.pseudonym,
            said: HashMap::new(),
            withdrawn: None,
        }
    }

    /// Says something, which is counted if it was taken.
    async fn says(&self, actor: Actor, known: &mut Known, answer: PermissionAnswer) {
        let registry = self.storage.registry();
        let put = registry.set_permission(actor, &known.address, answer.clone(), None);
        match put.await {
            Ok(_) => {
                known.said.insert(answer.permission().as_str(), answer);
            }
            // A question that is not asked, somebody who has left, an adult.
            Err(error) => assert_eq!(error.status(), 403, "{error}"),
        }
    }

    async fn leaves(&self, actor: Actor, known: &mut Known, grade: Withdrawal) {
        let registry = self.storage.registry();
        match registry.withdraw(actor, &known.address, grade).await {
            Ok(_) => known.withdrawn = known.withdrawn.max(Some(grade)),
            Err(error) => assert_eq!(error.status(), 403, "{error}"),
        }
    }

    async fn permitted(&self, purpose: Purpose<'_>) -> Vec<String> {
        let registry = self.storage.registry();
        let all = registry.permitted(purpose).await.unwrap();
        all.iter().map(|one| one.pseudonym().to_owned()).collect()
    }

    /// How many the gate returns for all purposes of a study, and that they are those who allow it.
    async fn compares(&self, people: &[Known], study: &Study) -> usize {
        let mut found = 0;
        for purpose in purposes(study) {
            let mut expected: Vec<String> = people
                .iter()
                .filter(|known| known.allows(purpose, self.today()))
                .map(|known| known.pseudonym.clone())
                .collect();
            expected.sort();
            assert_eq!(self.permitted(purpose).await, expected, "{purpose:?}");
            found += expected.len();
        }
        found
    }
}

async fn no_purpose_gets_whom_it_may_not_have(bed: Bed) {
    // Over a socket each read costs more.
    let (people_most, rounds): (usize, usize) = match bed.kind() {
        DatabaseKind::Sqlite => (8, 36),
        DatabaseKind::Postgres => (5, 12),
    };
    let mut runner = TestRunner::deterministic();
    let ada = bed.enroller("ada@example.org").await;
    let mut people = Vec::new();
    for _ in 0..people_most {
        let person = pick(&mut runner, &any_person());
        let mut known = bed.takes_part(ada, person).await;
        for permission in Permission::ALL {
            let answer = pick(&mut runner, &any_answer(permission, bed.today()));
            bed.says(ada, &mut known, answer).await;
        }
        people.push(known);
    }
    let mut found = 0;
    for round in 0..rounds {
        let study = pick(&mut runner, &any_study());
        found += bed.compares(&people, &study).await;
        // Something changes, and the next read is another.
        let at = pick(&mut runner, &(0..people_most));
        let known = &mut people[at];
        if pick(&mut runner, &(0..20)) == 0 {
            let grade = pick(&mut runner, &select(Withdrawal::ALL.to_vec()));
            bed.leaves(ada, known, grade).await;
        } else {
            let permission = pick(&mut runner, &select(Permission::ALL.to_vec()));
            let answer = pick(&mut runner, &any_answer(permission, bed.today()));
            bed.says(ada, known, answer).await;
        }
        // Half of them answer what else is asked then.
        for permission in Permission::ALL.into_iter().filter(|_| round % 2 == 0) {
            if !known.said.contains_key(permission.as_str()) {
                let answer = pick(&mut runner, &any_answer(permission, bed.today()));
                bed.says(ada, known, answer).await;
            }
        }
        found += bed.compares(&people, &study).await;
        // Half a year after each third round: somebody grows up, something runs out.
        if round % 3 == 2 {
            bed.days_pass(183);
            bed.compares(&people, &study).await;
        }
        bed.seconds_pass(1_200);
    }
    assert!(found > 2 * rounds, "the gate returned {found}");
}

/// Which everything may be done for.
fn everything() -> Study {
    Study {
        scope: StudyScope::Conditions(vec![CONDITIONS[0].to_owned()]),
        commercial: false,
        ethics_approval: true,
        countries: vec![country("DE")],
        ancestry: false,
        genetics: false,
    }
}

/// Somebody for whom that is so.
async fn allowing(bed: &Bed, actor: Actor, child_born: Option<CalendarDate>) -> Known {
    use PermissionAnswer as To;
    let person = Person {
        child_born,
        condition: Some(CONDITIONS[0]),
        country: "DE",
    };
    let mut known = bed.takes_part(actor, person).await;
    for answer in [
        To::Research(ResearchScope::OwnCondition),
        To::StudyContact(true),
        To::Samples(true),
        To::Commercial(false),
        To::WithoutEthicsApproval(false),
        To::Region(Region::Country),
        To::Ancestry(false),
        To::Genetics(false),
        To::Duration(Duration::FiveYears, bed.today()),
        To::Results(true),
        To::Matching(true),
        To::OtherRegistries(true),
        To::Organisations(vec![ORGANISATIONS[0].to_owned()]),
        To::ContactWays(ContactWays::Phone),
        To::Frequency(Frequency::Quarterly),
    ] {
        let before = known.said.len();
        bed.says(actor, &mut known, answer).await;
        assert_eq!(known.said.len(), before + 1);
    }
    known
}

async fn what_changes_holds_at_the_next_read(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let study = everything();
    let research = Purpose::Research(&study);
    let mut known = allowing(&bed, ada, None).await;
    let all = purposes(&study).len() - 2;
    let people = std::slice::from_ref(&known);
    assert_eq!(bed.compares(people, &study).await, all);
    // A permission.
    let no = PermissionAnswer::Research(ResearchScope::None);
    bed.says(ada, &mut known, no).await;
    assert!(bed.permitted(research).await.is_empty());
    assert_eq!(bed.permitted(Purpose::StudyContact(&study)).await.len(), 1);
    let own = PermissionAnswer::Research(ResearchScope::OwnCondition);
    bed.says(ada, &mut known, own).await;
    assert_eq!(bed.permitted(research).await, [known.pseudonym.as_str()]);
    // The time.
    bed.days_pass(5 * 366);
    assert!(bed.permitted(research).await.is_empty());
    assert_eq!(bed.permitted(Purpose::Results).await.len(), 1);
    let longer = PermissionAnswer::Duration(Duration::NoEnd, bed.today());
    bed.says(ada, &mut known, longer).await;
    assert_eq!(bed.permitted(research).await.len(), 1);
    // Each grade of leaving.
    bed.leaves(ada, &mut known, Withdrawal::NoContact).await;
    assert!(bed.permitted(Purpose::Results).await.is_empty());
    assert_eq!(bed.permitted(research).await.len(), 1);
    bed.leaves(ada, &mut known, Withdrawal::NoNewUse).await;
    assert!(bed.permitted(research).await.is_empty());
    assert!(bed.permitted(Purpose::OtherRegistry).await.is_empty());

    // Growing up, within a year from now.
    let grace = bed.enroller("grace@example.org").await;
    let born = CalendarDate::new(bed.today().year() - 17, 1, 1);
    let known = allowing(&bed, grace, born).await;
    assert_eq!(bed.permitted(research).await, [known.pseudonym.as_str()]);
    bed.days_pass(366);
    assert!(bed.permitted(research).await.is_empty());
    assert!(bed.permitted(Purpose::Matching).await.is_empty());
}

async fn a_purpose_gets_what_it_needs(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let known = allowing(&bed, ada, None).await;
    let study = everything();
    let registry = bed.storage.registry();
    for purpose in purposes(&study) {
        let all = registry.permitted(purpose).await.unwrap();
        let Some(one) = all.first() else {
            assert!(matches!(purpose, Purpose::Organisation(_)), "{purpose:?}");
            continue;
        };
        assert_eq!(one.pseudonym(), known.pseudonym);
        match (purpose, one.content()) {
            (
                Purpose::Research(_) | Purpose::OtherRegistry | Purpose::Organisation(_),
                Content::Record(record),
            ) => {
                assert_eq!((record.birth_year, record.country), (1984, country("DE")));
                assert_eq!(record.status, Status::Affected);
            }
            (
                Purpose::StudyContact(_) | Purpose::Samples(_) | Purpose::Results,
                Content::Reach(reach),
            )
            | (Purpose::Matching, Content::Match(_, reach)) => {
                assert_eq!(reach.ways, ContactWays::Phone);
                assert_eq!(reach.frequency, Frequency::Quarterly);
                assert_eq!(reach.language, ResourceLanguage::ENGLISH);
            }
            (purpose, content) => panic!("{purpose:?} gets {content:?}"),
        }
    }
    // Who was only begun is nobody's.
    bed.begins(ada).await;
    assert_eq!(bed.permitted(Purpose::OtherRegistry).await.len(), 1);
}
