//! A child who becomes an adult: handing over, and going on as their legal representative.

use domain::{
    Error,
    account::{Actor, Token},
    mail::Letter,
    registry::{
        Enrolment, Former, HandOverLink, LedgerEvent, PARTICIPANTS_MOST, Registry, Step,
        Withdrawal,
        consent::DocumentFor,
        permissions::{Permission, PermissionAnswer},
        screening::{
            Answer, Assent, ConsentForm, Contact, ForWhom, Question, Relationship, Status,
        },
    },
    time::CalendarDate,
};

use crate::{
    bed::Bed,
    people::{email, field},
    registry::{ADULT, PARENT, own_answers, signing, sparing},
};

contract! {
    a_young_adult_takes_over_and_decides_anew,
    a_link_ends,
    of_two_who_take_over_one_does,
    whoever_looks_after_many_takes_nobody_over,
    a_guardian_goes_on_as_a_representative,
    what_a_guardian_took_back_is_not_the_adults,
    a_link_says_nothing_of_whom_it_is,
}

const ADOLESCENT: DocumentFor = DocumentFor::Assent(Assent::Adolescent);
const REPRESENTATIVE: DocumentFor = DocumentFor::Consent(ConsentForm::LegalRepresentative);
/// Days from when every test begins, 3 January 2026, to the eighteenth birthday.
pub(crate) const TO_MAJORITY: i64 = 57;

fn day(iso: &str) -> CalendarDate {
    CalendarDate::parse(iso).unwrap()
}

fn born() -> CalendarDate {
    day("2008-03-01")
}

/// What the children of these tests are answered for with.
pub(crate) fn answers() -> Vec<Answer> {
    let mut answers = own_answers();
    answers[0] = Answer::ForWhom(ForWhom::Child);
    answers.insert(1, Answer::Relationship(Relationship::Parent));
    answers[4] = Answer::BirthDate(born());
    answers
}

impl Bed {
    /// Somebody whose child of seventeen is enrolled.
    pub(crate) async fn guardian(&self, address: &str) -> (Actor, String) {
        let ada = self.enroller(address).await;
        let at = self.child_of(ada).await;
        (ada, at)
    }

    pub(crate) async fn child_of(&self, ada: Actor) -> String {
        let at = self.begins(ada).await;
        self.answers_all(ada, &at, answers()).await;
        self.sign(ada, &at, signing(PARENT, 1)).await.unwrap();
        self.sign(ada, &at, signing(ADOLESCENT, 1)).await.unwrap();
        assert_eq!(self.allows(ada, &at).await, Step::Enrolled);
        at
    }

    pub(crate) async fn link_of(&self, ada: Actor, at: &str) -> Token {
        let registry = self.storage.registry();
        registry.hand_over(ada, at, None).await.unwrap()
    }

    pub(crate) async fn takes_over(&self, who: Actor, token: &Token) -> domain::Result<String> {
        self.storage.registry().take_over(who, token, born()).await
    }

    pub(crate) fn today(&self) -> CalendarDate {
        CalendarDate::of(self.storage.database().now())
    }
}

async fn a_young_adult_takes_over_and_decides_anew(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let registry = bed.storage.registry();
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert!(!own.hands_over && !own.hidden);
    let early = registry.hand_over(ada, &at, None).await;
    assert_eq!(early.unwrap_err().status(), 403);

    bed.days_pass(TO_MAJORITY);
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert_eq!(own.step, Step::Majority);
    assert!(own.hands_over && own.hidden);
    bed.letters().await;
    let to = email("young@example.org");
    let token = registry.hand_over(ada, &at, Some(to)).await.unwrap();
    let letter = Letter::HandOver {
        token: token.expose().to_owned(),
    };
    let expected = vec![("young@example.org".to_owned(), letter)];
    assert!(bed.letters().await == expected);
    let link = registry.hand_over_link(ada, &token).await;
    assert_eq!(link, Ok(HandOverLink::Own));
    let oneself = bed.takes_over(ada, &token).await;
    assert_eq!(oneself.unwrap_err().status(), 403);

    let young = bed.enroller("young@example.org").await;
    let link = registry.hand_over_link(young, &token).await;
    assert_eq!(link, Ok(HandOverLink::Open));
    let wrong = registry.take_over(young, &token, day("2008-03-02")).await;
    assert_eq!(field(wrong), "birth-date");
    let new = bed.takes_over(young, &token).await.unwrap();
    assert_ne!(new, at);
    // The guardian sees nothing, the link is used, and the former address is nobody's.
    assert_eq!(registry.enrolments(ada).await, Ok(Vec::new()));
    for (who, address) in [(ada, &at), (ada, &new), (young, &at)] {
        let read = bed.enrolment(who, address).await;
        assert_eq!(read, Err(Error::NotFound));
        let ledger = registry.ledger(who, address).await;
        assert_eq!(ledger, Err(Error::NotFound));
    }
    let again = bed.takes_over(young, &token).await;
    assert_eq!(again, Err(Error::NotFound));

    let own = bed.enrolment(young, &new).await.unwrap();
    assert_eq!(own.step, Step::Screening(Question::Contact));
    assert_eq!(own.enrolment.screening.for_whom(), Some(ForWhom::Myself));
    assert_eq!(
        (own.enrolment.signatures.len(), own.enrolment.former),
        (2, 2)
    );
    assert!(!own.hands_over && !own.hidden && !own.enrolment.is_in_use(bed.today()));
    for answer in [
        Answer::ForWhom(ForWhom::Child),
        Answer::BirthDate(day("1984-03-27")),
    ] {
        let settled = registry
            .answer(young, &new, answer, Former::unknown())
            .await;
        assert_eq!(settled.unwrap_err().status(), 403);
    }
    // The others can be put right.
    let status = Answer::Status(Status::Suspected);
    let step = registry
        .answer(young, &new, status, Former::unknown())
        .await;
    assert_eq!(step, Ok(Step::Screening(Question::Contact)));
    let contact = Answer::Contact(Contact::Email);
    let step = registry
        .answer(young, &new, contact, Former::unknown())
        .await;
    assert_eq!(step, Ok(Step::Consent(ADULT, None)));
    let samples = PermissionAnswer::Samples(true);
    let early = registry.set_permission(young, &new, samples, None).await;
    assert_eq!(early.unwrap_err().status(), 403);
    // What was signed for them is there to be read, and there is something to keep: no trace is deleted.
    let signed = registry.document(young, &new, PARENT).await.unwrap();
    assert!(signed.is_signed());
    let discarded = registry.discard_enrolment(young, &new).await;
    assert_eq!(discarded.unwrap_err().status(), 403);
    let step = bed.sign(young, &new, signing(ADULT, 1)).await;
    assert_eq!(step, Ok(Step::Permissions(Permission::Research)));
    assert_eq!(bed.allows(young, &new).await, Step::Enrolled);
    let own = bed.enrolment(young, &new).await.unwrap();
    assert!(own.enrolment.is_in_use(bed.today()));

    let ledger = registry.ledger(young, &new).await.unwrap();
    let decided = sparing().len();
    assert_eq!(ledger.len(), 2 + decided + 1 + 1 + decided);
    assert_eq!(ledger[decided + 1].what, LedgerEvent::HandedOver);
    let first = &ledger.last().unwrap().what;
    assert!(matches!(first, LedgerEvent::Signed { whom, .. } if *whom == PARENT));
    let (rows, broken) = registry.verify().await.unwrap();
    assert_eq!(
        (usize::try_from(rows).unwrap(), broken),
        (ledger.len(), None)
    );
}

async fn a_link_ends(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let young = bed.enroller("young@example.org").await;
    bed.days_pass(TO_MAJORITY);
    let registry = bed.storage.registry();
    // By another one.
    let first = bed.link_of(ada, &at).await;
    let second = bed.link_of(ada, &at).await;
    let link = registry.hand_over_link(young, &first).await;
    assert_eq!(link, Err(Error::NotFound));
    // By the third wrong date; one that is sent again counts once.
    for (date, left) in [
        ("2008-01-03", "2 more times"),
        ("2008-01-03", "2 more times"),
        ("2008-01-04", "once more"),
        ("2008-01-05", "does not work any more"),
    ] {
        let wrong = registry.take_over(young, &second, day(date)).await;
        let Err(Error::Invalid { fields }) = wrong else {
            panic!("{wrong:?}");
        };
        assert!(fields[0].message.contains(left), "{fields:?}");
    }
    let late = bed.takes_over(young, &second).await;
    assert_eq!(late, Err(Error::NotFound));
    // By time.
    let third = bed.link_of(ada, &at).await;
    bed.days_pass(14);
    bed.storage.sweep().await.unwrap();
    let link = registry.hand_over_link(young, &third).await;
    assert_eq!(link, Ok(HandOverLink::Open));
    bed.days_pass(1);
    let link = registry.hand_over_link(young, &third).await;
    assert_eq!(link, Err(Error::NotFound));
    bed.storage.sweep().await.unwrap();
    let number = "SELECT count(*) FROM registry_hand_over";
    assert_eq!(bed.number(number).await, 0);
    // There are not any number of them: each can be a letter.
    let mut refused = None;
    for _ in 0..20 {
        refused = registry.hand_over(ada, &at, None).await.err();
    }
    assert!(
        matches!(refused, Some(Error::LimitReached { .. })),
        "{refused:?}"
    );
}

async fn of_two_who_take_over_one_does(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let young = bed.enroller("young@example.org").await;
    let other = bed.enroller("other@example.org").await;
    bed.days_pass(TO_MAJORITY);
    let token = bed.link_of(ada, &at).await;
    let (one, two) = tokio::join!(bed.takes_over(young, &token), bed.takes_over(other, &token));
    let refused = [&one, &two]
        .into_iter()
        .filter(|taken| **taken == Err(Error::NotFound));
    assert_eq!(refused.count(), 1, "{one:?} {two:?}");
    assert!(one.is_ok() || two.is_ok());
    let registry = bed.storage.registry();
    let mut held = 0;
    for who in [ada, young, other] {
        held += registry.enrolments(who).await.unwrap().len();
    }
    assert_eq!(held, 1);
}

async fn whoever_looks_after_many_takes_nobody_over(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let many = bed.enroller("many@example.org").await;
    for number in 0..PARTICIPANTS_MOST {
        if number == PARTICIPANTS_MOST / 2 {
            bed.days_pass(2);
        }
        bed.begins(many).await;
    }
    bed.days_pass(TO_MAJORITY);
    let token = bed.link_of(ada, &at).await;
    let full = bed.takes_over(many, &token).await;
    assert!(matches!(full, Err(Error::LimitReached { .. })), "{full:?}");
    // Nothing has moved, and the link is good for another account.
    assert!(bed.enrolment(ada, &at).await.is_ok());
    let young = bed.enroller("young@example.org").await;
    assert!(bed.takes_over(young, &token).await.is_ok());
}

async fn a_guardian_goes_on_as_a_representative(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let registry = bed.storage.registry();
    let right = Relationship::Guardian;
    let early = registry.represent(ada, &at, right).await;
    assert_eq!(early.unwrap_err().status(), 403);
    bed.days_pass(TO_MAJORITY);
    let parent = registry.represent(ada, &at, Relationship::Parent).await;
    assert_eq!(field(parent), "relationship");
    let before = bed.number("SELECT count(*) FROM registry_event").await;
    for _ in 0..2 {
        let step = registry.represent(ada, &at, right).await;
        assert_eq!(step, Ok(Step::Consent(REPRESENTATIVE, None)));
    }
    let after = bed.number("SELECT count(*) FROM registry_event").await;
    assert_eq!(after, before + 1);

    // Until they have signed, they see and change nothing.
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert!(own.hidden && own.hands_over);
    assert_eq!(own.enrolment, Enrolment::default());
    let hidden = [
        registry.ledger(ada, &at).await.map(drop),
        registry.document(ada, &at, PARENT).await.map(drop),
        registry
            .answer(ada, &at, Answer::Contact(Contact::Email), Former::unknown())
            .await
            .map(drop),
        registry
            .set_permission(ada, &at, PermissionAnswer::Samples(true), None)
            .await
            .map(drop),
        registry
            .withdraw(ada, &at, Withdrawal::NoNewUse)
            .await
            .map(drop),
        registry.discard_enrolment(ada, &at).await,
    ];
    for refused in hidden {
        assert_eq!(refused.unwrap_err().status(), 403);
    }
    let consent = registry.document(ada, &at, REPRESENTATIVE).await.unwrap();
    assert!(!consent.is_signed());
    let step = bed.sign(ada, &at, signing(REPRESENTATIVE, 1)).await;
    assert_eq!(step, Ok(Step::Permissions(Permission::Research)));
    let own = bed.enrolment(ada, &at).await.unwrap();
    assert_eq!(own.enrolment.screening.for_whom(), Some(ForWhom::Adult));
    assert!(!own.hidden && !own.enrolment.is_in_use(bed.today()));
    assert_eq!(bed.allows(ada, &at).await, Step::Enrolled);
    let ledger = registry.ledger(ada, &at).await.unwrap();
    let represented = LedgerEvent::Represented(right);
    assert!(ledger.iter().any(|line| line.what == represented));
    // An adult can take over from a representative at any time.
    let token = bed.link_of(ada, &at).await;
    let young = bed.enroller("young@example.org").await;
    let new = bed.takes_over(young, &token).await.unwrap();
    let own = bed.enrolment(young, &new).await.unwrap();
    assert_eq!(own.step, Step::Screening(Question::Contact));
    assert!(!own.enrolment.is_in_use(bed.today()));
    // And can leave before they have signed anything.
    let step = registry.withdraw(young, &new, Withdrawal::Deletion).await;
    assert_eq!(step, Ok(Step::Withdrawn(Withdrawal::Deletion)));
}

async fn what_a_guardian_took_back_is_not_the_adults(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    let registry = bed.storage.registry();
    let step = registry.withdraw(ada, &at, Withdrawal::NoNewUse).await;
    assert_eq!(step, Ok(Step::Withdrawn(Withdrawal::NoNewUse)));
    bed.days_pass(TO_MAJORITY);
    let token = bed.link_of(ada, &at).await;
    let young = bed.enroller("young@example.org").await;
    let new = bed.takes_over(young, &token).await.unwrap();
    let own = bed.enrolment(young, &new).await.unwrap();
    assert_eq!(own.step, Step::Screening(Question::Contact));
    assert_eq!(own.enrolment.withdrawn, None);
    assert!(!own.enrolment.is_in_use(bed.today()));
    // A representative who deletes everything ends the link.
    let at = bed.represented_by(ada).await;
    let token = bed.link_of(ada, &at).await;
    let step = registry.withdraw(ada, &at, Withdrawal::Deletion).await;
    assert_eq!(step, Ok(Step::Withdrawn(Withdrawal::Deletion)));
    let link = registry.hand_over_link(young, &token).await;
    assert_eq!(link, Err(Error::NotFound));
    let again = registry.hand_over(ada, &at, None).await;
    assert_eq!(again.unwrap_err().status(), 403);
}

impl Bed {
    /// An adult whom somebody represents.
    async fn represented_by(&self, ada: Actor) -> String {
        let at = self.begins(ada).await;
        let mut all = own_answers();
        all[0] = Answer::ForWhom(ForWhom::Adult);
        all.insert(1, Answer::Relationship(Relationship::Guardian));
        self.answers_all(ada, &at, all).await;
        let step = self.sign(ada, &at, signing(REPRESENTATIVE, 1)).await;
        assert!(step.is_ok());
        at
    }
}

async fn a_link_says_nothing_of_whom_it_is(bed: Bed) {
    let (ada, at) = bed.guardian("ada@example.org").await;
    bed.days_pass(TO_MAJORITY);
    let registry = bed.storage.registry();
    let pseudonym = bed.enrolment(ada, &at).await.unwrap().pseudonym;
    let token = bed.link_of(ada, &at).await;
    let account = ada.member().unwrap().account.0;
    let everything = bed.everything_stored().await;
    let has = |canary: &str| {
        everything
            .windows(canary.len())
            .any(|bytes| bytes == canary.as_bytes())
    };
    assert!(has(&pseudonym) && !has(token.expose()) && !has(&at));

    // An address that was typed is in the letter alone.
    let to = email("canary.young@example.org");
    registry.hand_over(ada, &at, Some(to)).await.unwrap();
    registry.remind_of_majority().await.unwrap();
    let hexed = |column: &str| match bed.kind() {
        storage::DatabaseKind::Sqlite => format!("lower(hex({column}))"),
        storage::DatabaseKind::Postgres => format!("encode({column}, 'hex')"),
    };
    let row = format!(
        "SELECT name || ' ' || expires_on || ' ' || {} || ' ' || {} FROM registry_hand_over",
        hexed("token_hash"),
        hexed("sealed")
    );
    let mut rows = bed.texts(&row).await;
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].contains(" 2026-03-15 "),
        "a day, and no moment: {rows:?}"
    );
    rows.extend(bed.texts("SELECT name FROM registry_reminder").await);
    assert_eq!(rows.len(), 2);
    let hex = |text: &str| {
        let digits = text.bytes().map(|byte| format!("{byte:02x}"));
        digits.collect::<String>()
    };
    for canary in [
        "canary.young",
        &pseudonym,
        &account.to_string(),
        &account.simple().to_string(),
    ] {
        for row in &rows {
            assert!(
                !row.contains(canary) && !row.contains(&hex(canary)),
                "{row}"
            );
        }
    }
    let events = "SELECT count(*) FROM event WHERE kind LIKE '%registry%' OR kind LIKE '%hand%'";
    assert_eq!(bed.number(events).await, 0);
}
