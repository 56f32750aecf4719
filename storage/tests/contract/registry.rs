//! Enrolling: step by step, and for whom it is.

use domain::{
    Error, Result,
    account::{Actor, Country},
    community::ResourceLanguage,
    registry::{
        Enrolment, Former, OwnEnrolment, Registry, Signing, Step, Withdrawal,
        consent::{Document, DocumentFor, Element, Part, TeachBack},
        permissions::{
            ContactWays, Frequency, Permission, PermissionAnswer, Region, ResearchScope,
        },
        screening::{
            Answer, Assent, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry,
            Question, Relationship, Status,
        },
    },
    text::Change,
    time::CalendarDate,
};

use crate::{
    bed::Bed,
    people::{PASSWORD, field, password, submission},
};

contract! {
    an_adult_enrols_in_three_steps,
    a_child_is_enrolled_and_asked,
    nobody_reaches_the_participants_of_others,
    what_is_signed_is_the_text_that_was_read,
    nothing_is_signed_without_understanding_name_and_password,
    what_is_sent_twice_counts_once,
    a_document_that_is_up_does_not_change,
}

pub(crate) const ADULT: DocumentFor = DocumentFor::Consent(ConsentForm::Adult);
pub(crate) const PARENT: DocumentFor = DocumentFor::Consent(ConsentForm::ParentOrGuardian);
const CHILD: DocumentFor = DocumentFor::Assent(Assent::Child);

pub(crate) fn document(whom: DocumentFor, version: u32) -> Document {
    let part = |element: &Element| Part {
        element: *element,
        heading: format!("About {}", element.as_str()),
        text: format!("It is so, in version {version}."),
    };
    let question = |number| TeachBack {
        question: format!("Is it so? ({number})"),
        answers: vec!["No".to_owned(), "Yes".to_owned()],
        right: 1,
        explanation: "It is so.".to_owned(),
    };
    Document {
        whom,
        version,
        language: "en".to_owned(),
        template: true,
        proof_years: None,
        parts: Element::required(whom).iter().map(part).collect(),
        questions: vec![question(1), question(2)],
    }
}

pub(crate) fn own_answers() -> Vec<Answer> {
    vec![
        Answer::ForWhom(ForWhom::Myself),
        Answer::Status(Status::Affected),
        Answer::Condition(ConditionAnswer::Described("Canary syndrome".to_owned())),
        Answer::BirthDate(CalendarDate::parse("1984-03-27").unwrap()),
        Answer::Country(Country::from_code("DE").unwrap()),
        Answer::Contact(Contact::Phone("+49 30 90182077".to_owned())),
        Answer::Language(ResourceLanguage::ENGLISH),
        Answer::OtherRegistry(OtherRegistry::Yes("Canary registry".to_owned())),
        Answer::HeardFrom(None),
    ]
}

pub(crate) fn signing(whom: DocumentFor, version: u32) -> Signing {
    Signing {
        whom,
        version,
        answers: vec![Some(1), Some(1)],
        name: "Ada Canary Lovelace".to_owned(),
        present: password(PASSWORD),
    }
}

pub(crate) fn sparing() -> Vec<PermissionAnswer> {
    vec![
        PermissionAnswer::Research(ResearchScope::None),
        PermissionAnswer::StudyContact(false),
        PermissionAnswer::Samples(false),
        PermissionAnswer::Results(false),
        PermissionAnswer::Matching(false),
        PermissionAnswer::OtherRegistries(false),
        PermissionAnswer::Organisations(vec!["Canary organisation".to_owned()]),
        PermissionAnswer::ContactWays(ContactWays::Email),
        PermissionAnswer::Frequency(Frequency::Yearly),
    ]
}

impl Bed {
    /// Somebody with a password, where all documents are up.
    pub(crate) async fn enroller(&self, address: &str) -> Actor {
        let first = DocumentFor::ALL.map(|whom| document(whom, 1));
        let wrong = self.storage.registry().put_up(&first).await;
        assert_eq!(wrong, Ok(Vec::new()));
        let signed_in = self.member(address).await;
        self.actor(&signed_in).await
    }

    pub(crate) async fn begins(&self, actor: Actor) -> String {
        let key = submission(&uuid::Uuid::new_v4().to_string());
        let registry = self.storage.registry();
        registry.begin_enrolment(actor, &key).await.unwrap()
    }

    pub(crate) async fn answers_all(
        &self,
        actor: Actor,
        address: &str,
        answers: Vec<Answer>,
    ) -> Step {
        let mut step = Step::Screening(Question::ForWhom);
        for answer in answers {
            let registry = self.storage.registry();
            step = registry
                .answer(actor, address, answer, Former::unknown())
                .await
                .unwrap();
        }
        step
    }

    pub(crate) async fn allows(&self, actor: Actor, address: &str) -> Step {
        let mut step = Step::Permissions(Permission::Research);
        for answer in sparing() {
            let registry = self.storage.registry();
            step = registry
                .set_permission(actor, address, answer, None)
                .await
                .unwrap();
        }
        step
    }

    pub(crate) async fn enrolment(&self, actor: Actor, address: &str) -> Result<OwnEnrolment> {
        self.storage.registry().enrolment(actor, address).await
    }

    pub(crate) async fn sign(&self, actor: Actor, address: &str, signing: Signing) -> Result<Step> {
        self.storage.registry().sign(actor, address, signing).await
    }

    /// An adult who is enrolled.
    pub(crate) async fn enrolled(&self, address: &str) -> (Actor, String) {
        let ada = self.enroller(address).await;
        let at = self.begins(ada).await;
        self.answers_all(ada, &at, own_answers()).await;
        self.sign(ada, &at, signing(ADULT, 1)).await.unwrap();
        assert_eq!(self.allows(ada, &at).await, Step::Enrolled);
        (ada, at)
    }
}

async fn an_adult_enrols_in_three_steps(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let at = bed.begins(ada).await;
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert_eq!(own.step, Step::Screening(Question::ForWhom));
    for (number, answer) in own_answers().into_iter().enumerate() {
        let registry = bed.storage.registry();
        let step = registry
            .answer(ada, &at, answer, Former::unknown())
            .await
            .unwrap();
        match own_answers().get(number + 1) {
            Some(next) => assert_eq!(step, Step::Screening(next.question())),
            None => assert_eq!(step, Step::Consent(ADULT, None)),
        }
    }
    // On another device, nothing is lost.
    let own = bed.second().await.enrolment(ada, &at).await.unwrap();
    for answer in own_answers() {
        let kept = own.enrolment.screening.answer(answer.question());
        assert_eq!(kept, Some(&answer));
    }
    let registry = bed.storage.registry();
    let early = registry
        .set_permission(ada, &at, PermissionAnswer::Samples(true), None)
        .await;
    assert_eq!(early.unwrap_err().status(), 403);

    let shown = registry.document(ada, &at, ADULT).await.unwrap();
    assert_eq!((shown.version, shown.is_signed()), (1, false));
    let step = bed.sign(ada, &at, signing(ADULT, 1)).await;
    assert_eq!(step, Ok(Step::Permissions(Permission::Research)));
    let shown = registry.document(ada, &at, ADULT).await.unwrap();
    assert!(shown.is_signed());
    assert_eq!(shown.parts.len(), document(ADULT, 1).parts.len());
    let signature = shown.signature.unwrap();
    assert_eq!(signature.name, "Ada Canary Lovelace");
    assert_eq!(signature.signed_at, bed.storage.database().now());

    assert_eq!(bed.allows(ada, &at).await, Step::Enrolled);
    let today = CalendarDate::of(bed.storage.database().now());
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert!(own.enrolment.is_in_use(today));
    assert!(own.pseudonym.starts_with("RS-"));
    // What was signed belongs to these answers.
    let late = registry
        .answer(ada, &at, Answer::Status(Status::Carrier), Former::unknown())
        .await;
    assert_eq!(late.unwrap_err().status(), 403);
    // A permission changes at once.
    let more = PermissionAnswer::Research(ResearchScope::Any);
    let step = registry.set_permission(ada, &at, more, None).await;
    assert_eq!(step, Ok(Step::Permissions(Permission::Commercial)));
    let all = registry.enrolments(ada).await.unwrap();
    assert_eq!(all.len(), 1);
    assert!(!all[0].enrolment.is_in_use(today));
}

async fn a_child_is_enrolled_and_asked(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let first = bed.begins(ada).await;
    let second = bed.begins(ada).await;
    assert_ne!(first, second);
    let mut answers = own_answers();
    answers[0] = Answer::ForWhom(ForWhom::Child);
    answers.insert(1, Answer::Relationship(Relationship::Parent));
    answers[4] = Answer::BirthDate(CalendarDate::parse("2017-03-01").unwrap());
    assert_eq!(
        bed.answers_all(ada, &first, answers).await,
        Step::Consent(PARENT, None)
    );
    // The other child is another participant.
    let other = bed.enrolment(ada, &second).await.unwrap();
    assert_eq!(other.step, Step::Screening(Question::ForWhom));
    let early = bed.sign(ada, &first, signing(CHILD, 1)).await;
    assert_eq!(early, Ok(Step::Consent(PARENT, None)), "nothing is signed");
    let step = bed.sign(ada, &first, signing(PARENT, 1)).await;
    assert_eq!(step, Ok(Step::Assent(CHILD, None)));
    let adult = bed.sign(ada, &first, signing(ADULT, 1)).await;
    assert_eq!(adult, Err(Error::NotFound), "it is not asked of them");
    let step = bed.sign(ada, &first, signing(CHILD, 1)).await;
    assert_eq!(step, Ok(Step::Permissions(Permission::Research)));
    assert_eq!(bed.allows(ada, &first).await, Step::Enrolled);
    // Fourteen years later the child decides.
    bed.days_pass(14 * 366);
    let own = bed.enrolment(ada, &first).await.unwrap();
    assert_eq!(own.step, Step::Majority);
    assert_eq!(own.enrolment, Enrolment::default());
    let registry = bed.storage.registry();
    let set = registry.set_permission(ada, &first, PermissionAnswer::Samples(true), None);
    assert_eq!(set.await.unwrap_err().status(), 403);
    let read = registry.document(ada, &first, PARENT).await;
    assert_eq!(read.unwrap_err().status(), 403);
    let signed = bed.sign(ada, &first, signing(PARENT, 1)).await;
    assert_eq!(signed.unwrap_err().status(), 403);
}

async fn nobody_reaches_the_participants_of_others(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let grace = bed.enroller("grace@example.org").await;
    let registry = bed.storage.registry();
    assert_eq!(registry.enrolments(grace).await.unwrap(), Vec::new());
    for address in [at.as_str(), "no-such-one", "", "\0"] {
        let missing = Err(Error::NotFound);
        assert_eq!(
            bed.enrolment(grace, address).await.map(drop),
            missing.clone()
        );
        let answer = Answer::ForWhom(ForWhom::Myself);
        let answered = registry
            .answer(grace, address, answer, Former::unknown())
            .await;
        assert_eq!(answered.map(drop), missing.clone());
        let document = registry.document(grace, address, ADULT).await;
        assert_eq!(document.map(drop), missing.clone());
        let signed = bed.sign(grace, address, signing(ADULT, 1)).await;
        assert_eq!(signed.map(drop), missing.clone());
        let answer = PermissionAnswer::Samples(true);
        let set = registry.set_permission(grace, address, answer, None).await;
        assert_eq!(set.map(drop), missing.clone());
        let read = registry.ledger(grace, address).await;
        assert_eq!(read.map(drop), missing.clone());
        let left = registry.withdraw(grace, address, Withdrawal::Deletion);
        assert_eq!(left.await.map(drop), missing.clone());
        let discarded = registry.discard_enrolment(grace, address).await;
        assert_eq!(discarded, missing);
    }
    assert_eq!(bed.enrolment(ada, &at).await.unwrap().step, Step::Enrolled);
}

async fn what_is_signed_is_the_text_that_was_read(bed: Bed) {
    let (ada, at) = bed.enrolled("ada@example.org").await;
    let registry = bed.storage.registry();
    let mut second = [document(ADULT, 2)];
    for part in &mut second[0].parts[1..] {
        part.text = "It is so, in version 1.".to_owned();
    }
    assert_eq!(registry.put_up(&second).await, Ok(Vec::new()));
    // Another version asks again, and shows what was signed before.
    let step = bed.enrolment(ada, &at).await.unwrap().step;
    assert_eq!(step, Step::Consent(ADULT, Some(1)));
    let shown = registry.document(ada, &at, ADULT).await.unwrap();
    assert!(!shown.is_signed());
    assert_eq!((shown.version, shown.signature.unwrap().version), (2, 1));
    assert_eq!(shown.changed.len(), 1);
    assert!(
        shown.changed[0]
            .changes
            .contains(&Change::Added("2.".to_owned()))
    );
    let outdated = bed.sign(ada, &at, signing(ADULT, 1)).await;
    assert_eq!(outdated, Err(Error::Conflict));
    let step = bed.sign(ada, &at, signing(ADULT, 2)).await;
    assert_eq!(step, Ok(Step::Enrolled));
    let own = bed.enrolment(ada, &at).await.unwrap().enrolment;
    let versions: Vec<u32> = own.signatures.iter().map(|one| one.version).collect();
    assert_eq!(versions, [1, 2]);
}

async fn nothing_is_signed_without_understanding_name_and_password(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let at = bed.begins(ada).await;
    let early = bed.sign(ada, &at, signing(ADULT, 1)).await;
    assert_eq!(early, Err(Error::NotFound), "nothing is asked yet");
    bed.answers_all(ada, &at, own_answers()).await;
    for (change, wrong) in [
        (
            (|one| one.answers = vec![Some(1), Some(0)]) as fn(&mut Signing),
            "question-2",
        ),
        (|one| one.answers = Vec::new(), "question-1"),
        (|one| one.name = " ".to_owned(), "name"),
        (|one| one.present = password("not this one"), "present"),
    ] {
        let mut signing = signing(ADULT, 1);
        change(&mut signing);
        assert_eq!(field(bed.sign(ada, &at, signing).await), wrong);
    }
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert_eq!(own.step, Step::Consent(ADULT, None));
    assert!(bed.sign(ada, &at, signing(ADULT, 1)).await.is_ok());
}

async fn what_is_sent_twice_counts_once(bed: Bed) {
    let ada = bed.enroller("ada@example.org").await;
    let registry = bed.storage.registry();
    let at = registry
        .begin_enrolment(ada, &submission("k"))
        .await
        .unwrap();
    let again = registry.begin_enrolment(ada, &submission("k")).await;
    assert_eq!(again.as_ref(), Ok(&at));
    bed.answers_all(ada, &at, own_answers()).await;
    let (one, two) = tokio::join!(
        bed.sign(ada, &at, signing(ADULT, 1)),
        bed.sign(ada, &at, signing(ADULT, 1)),
    );
    let next = Ok(Step::Permissions(Permission::Research));
    assert_eq!((one, two), (next.clone(), next));
    let number = "SELECT count(*) FROM registry_event";
    assert_eq!(bed.number(number).await, 1);
    for answer in [
        PermissionAnswer::Samples(true),
        PermissionAnswer::Results(true),
        PermissionAnswer::Samples(true),
    ] {
        registry
            .set_permission(ada, &at, answer, None)
            .await
            .unwrap();
    }
    assert_eq!(bed.number(number).await, 3);
    let region = PermissionAnswer::Region(Region::Europe);
    assert!(
        registry
            .set_permission(ada, &at, region, None)
            .await
            .is_ok()
    );
    let ancestry = PermissionAnswer::Ancestry(true);
    let unasked = registry.set_permission(ada, &at, ancestry, None).await;
    assert_eq!(unasked.unwrap_err().status(), 403);
}

async fn a_document_that_is_up_does_not_change(bed: Bed) {
    let registry = bed.storage.registry();
    let mut changed = document(ADULT, 1);
    assert_eq!(registry.put_up(&[changed.clone()]).await, Ok(Vec::new()));
    assert_eq!(registry.put_up(&[changed.clone()]).await, Ok(Vec::new()));
    changed.parts[0].text.push('!');
    let wrong = registry.put_up(&[changed]).await.unwrap();
    assert!(wrong[0].contains("“adult”, version 1, en"), "{wrong:?}");
    assert_eq!(
        bed.number("SELECT count(*) FROM registry_document").await,
        1
    );
}
