//! What whoever enrolled somebody takes home: as rows of the log, and to read. As FHIR: see `registry_fhir`.

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    account::{Actor, Country, Password, Submission},
    catalogue::ConditionLink,
    community::ResourceLanguage,
    registry::{
        Former, Registry, Signing, Withdrawal,
        consent::{Document, DocumentFor},
        permissions::{ContactWays, Duration, Frequency, PermissionAnswer, Region, ResearchScope},
        screening::{
            Answer as Said, Assent, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry,
            Relationship, Status,
        },
    },
    time::CalendarDate,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Site, account::PASSWORD};

const ENROL: &str = "/registry/enrol";
fn myeloma() -> ConditionAnswer {
    ConditionAnswer::Listed(ConditionLink {
        slug: "multiple-myeloma".to_owned(),
        name: "Multiple myeloma".to_owned(),
    })
}

/// The answers of step 1 by somebody who enrols for whom is said.
fn answers(
    for_whom: (ForWhom, Option<Relationship>),
    (status, condition): (Status, ConditionAnswer),
    born: &str,
) -> Vec<Said> {
    let (for_whom, relationship) = for_whom;
    let contact = if for_whom == ForWhom::Myself {
        Contact::Phone("+49 30 901820".to_owned())
    } else {
        Contact::Email
    };
    let rest = [
        Said::Status(status),
        Said::Condition(condition),
        Said::BirthDate(CalendarDate::parse(born).unwrap()),
        Said::Country(Country::from_code("DE").unwrap()),
        Said::Contact(contact),
        Said::Language(ResourceLanguage::from_code("fr").unwrap()),
        Said::OtherRegistry(OtherRegistry::Yes("Another registry".to_owned())),
        Said::HeardFrom(None),
    ];
    std::iter::once(Said::ForWhom(for_whom))
        .chain(relationship.map(Said::Relationship))
        .chain(rest)
        .collect()
}

/// Much is allowed, and not everything.
fn generous(today: CalendarDate) -> Vec<PermissionAnswer> {
    use PermissionAnswer as To;
    vec![
        To::Research(ResearchScope::Health),
        To::StudyContact(true),
        To::Samples(false),
        To::Commercial(false),
        To::WithoutEthicsApproval(false),
        To::Region(Region::Europe),
        To::Ancestry(false),
        To::Genetics(true),
        To::Duration(Duration::FiveYears, today),
        To::Results(true),
        To::Matching(true),
        To::OtherRegistries(false),
        To::Organisations(vec!["An organisation".to_owned()]),
        To::ContactWays(ContactWays::Email),
        To::Frequency(Frequency::Yearly),
    ]
}

/// Who enrols, and the participants of theirs by what they are.
pub(crate) struct Family {
    pub(crate) site: Site,
    cookie: String,
    actor: Actor,
    /// What each is, and the random part of their addresses.
    pub(crate) people: Vec<(&'static str, String)>,
}

impl Family {
    pub(crate) async fn enrolled() -> Self {
        let site = Site::open().await;
        let cookie = site.member("ada@example.org", "Ada").await;
        let actor = site.actor(&cookie).await;
        let mut family = Self {
            site,
            cookie,
            actor,
            people: Vec::new(),
        };
        family.enrols_all().await;
        family
    }

    async fn enrols_all(&mut self) {
        let itself = (ForWhom::Myself, None);
        let adult = DocumentFor::Consent(ConsentForm::Adult);
        let affected = || (Status::Affected, myeloma());
        let said = answers(itself, affected(), "1984-03-27");
        self.enrols("adult", said, &[adult], true).await;

        let parent = (ForWhom::Child, Some(Relationship::Parent));
        let unnamed = (Status::Undiagnosed, ConditionAnswer::None);
        let said = answers(parent, unnamed, "2017-03-01");
        let documents = [
            DocumentFor::Consent(ConsentForm::ParentOrGuardian),
            DocumentFor::Assent(Assent::Child),
        ];
        self.enrols("child", said, &documents, true).await;

        let carrier = DocumentFor::Consent(ConsentForm::Carrier);
        let said = answers(itself, (Status::Carrier, myeloma()), "1990-01-01");
        self.enrols("carrier", said, &[carrier], true).await;

        let executor = (ForWhom::Deceased, Some(Relationship::Executor));
        let described = ConditionAnswer::Described("A name of their own".to_owned());
        let said = answers(executor, (Status::Suspected, described), "1950-12-31");
        let kin = DocumentFor::Consent(ConsentForm::NextOfKin);
        self.enrols("deceased", said, &[kin], true).await;

        for (name, grade) in [
            ("silent", Withdrawal::NoContact),
            ("withdrawn", Withdrawal::NoNewUse),
            ("deleted", Withdrawal::Deletion),
        ] {
            let said = answers(parent, affected(), "2024-05-05");
            self.enrols(name, said, &documents[..1], true).await;
            let registry = self.site.storage.registry();
            let left = registry.withdraw(self.actor, self.of(name), grade).await;
            left.unwrap();
        }
        let said = vec![Said::ForWhom(ForWhom::Myself)];
        self.enrols("begun", said, &[], false).await;
        self.enrols("blank", Vec::new(), &[], false).await;
    }

    async fn enrols(
        &mut self,
        name: &'static str,
        said: Vec<Said>,
        documents: &[DocumentFor],
        allows: bool,
    ) {
        let registry = self.site.storage.registry();
        let submission = Submission {
            key: name.to_owned(),
            body: String::new(),
        };
        let begun = registry.begin_enrolment(self.actor, &submission).await;
        let at = begun.unwrap();
        for answer in said {
            registry
                .answer(self.actor, &at, answer, Former::unknown())
                .await
                .unwrap();
        }
        let texts = server::consent::templates().unwrap();
        for whom in documents {
            let text = texts.iter().find(|text| text.whom == *whom).unwrap();
            self.signs(&at, text).await;
        }
        let today = CalendarDate::of(self.site.storage.database().now());
        for answer in generous(today).into_iter().filter(|_| allows) {
            let put = registry.set_permission(self.actor, &at, answer, None).await;
            put.unwrap();
        }
        self.people.push((name, at));
    }

    pub(crate) async fn signs(&self, at: &str, text: &Document) {
        let signing = Signing {
            whom: text.whom,
            version: text.version,
            answers: text.questions.iter().map(|one| Some(one.right)).collect(),
            name: match text.whom {
                DocumentFor::Assent(_) => "Byron".to_owned(),
                DocumentFor::Consent(_) => "Ada Lovelace".to_owned(),
            },
            present: Password::new(PASSWORD),
        };
        let registry = self.site.storage.registry();
        registry.sign(self.actor, at, signing).await.unwrap();
    }

    /// The random part of the addresses of one of them.
    pub(crate) fn of(&self, name: &str) -> &str {
        let found = self.people.iter().find(|(known, _)| *known == name);
        &found.unwrap().1
    }

    async fn json(&self, name: &str, file: &str) -> Value {
        let path = format!("{ENROL}/{}/{file}", self.of(name));
        let answer = self.site.get_with(&path, &[("cookie", &self.cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let attached = answer.header("content-disposition");
        assert!(attached.starts_with("attachment"), "{attached}");
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub(crate) async fn bundle(&self, name: &str) -> Value {
        self.json(name, "data.json").await
    }

    async fn page(&self, path: &str) -> String {
        let page = self.site.get_with(path, &[("cookie", &self.cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        page.markup()
    }
}

/// Makes a hash again, as the file says that it is made.
fn hash_of(participant: &str, row: &Value) -> String {
    let bytes = |hex: &str| -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
            .collect()
    };
    let sealed = STANDARD.decode(row["sealed"].as_str().unwrap()).unwrap();
    let mut hash = Sha256::new();
    hash.update(b"rareshare registry event 1\0");
    hash.update(bytes(row["before"].as_str().unwrap()));
    hash.update(row["number"].as_u64().unwrap().to_be_bytes());
    hash.update((participant.len() as u64).to_be_bytes());
    hash.update(participant.as_bytes());
    hash.update((sealed.len() as u64).to_be_bytes());
    hash.update(&sealed);
    format!("{:x}", hash.finalize())
}

#[tokio::test]
async fn a_copy_of_the_history_can_be_checked() {
    let family = Family::enrolled().await;
    let mut numbers = Vec::new();
    for (name, _) in &family.people {
        let copy = family.json(name, "ledger.json").await;
        let participant = copy["participant"].as_str().unwrap();
        for row in copy["rows"].as_array().unwrap() {
            assert_eq!(row["hash"], hash_of(participant, row), "{name}: {row}");
            numbers.push(row["number"].as_u64().unwrap());
        }
    }
    // Each row is its participant's alone, and none is missing.
    numbers.sort_unstable();
    let (all, broken) = family.site.storage.registry().verify().await.unwrap();
    assert!(broken.is_none());
    assert_eq!(numbers, (1..=all).collect::<Vec<u64>>());
    let copy = family.json("child", "ledger.json").await;
    let first = &copy["rows"][0];
    assert_eq!(first["what"], "Ada Lovelace signed the consent, version 1.");
    assert_eq!(first["event"]["signed"]["whom"], "parent-or-guardian");
    let copy = family.json("blank", "ledger.json").await;
    assert_eq!(copy["rows"], json!([]));
}

#[tokio::test]
async fn nobody_downloads_the_data_of_others() {
    let family = Family::enrolled().await;
    let grace = family.site.member("grace@example.org", "Grace").await;
    for file in ["data.json", "ledger.json"] {
        let path = format!("{ENROL}/{}/{file}", family.of("adult"));
        let visitor = family.site.get(&path).await;
        assert_eq!(visitor.status, StatusCode::UNAUTHORIZED, "{path}");
        let mut answers = Vec::new();
        for path in [path, format!("{ENROL}/0000000000/{file}")] {
            let answer = family.site.get_with(&path, &[("cookie", &grace)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            answers.push(answer.body);
        }
        assert_eq!(answers[0], answers[1]);
    }
    for path in [
        "/registry/documents/adult/en/99",
        "/registry/documents/adult/en/-1",
        "/registry/documents/adult/e%00/1",
        "/registry/documents/nobody/en/1",
    ] {
        let answer = family.site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn all_data_are_on_one_page() {
    let family = Family::enrolled().await;
    let page = async |name: &str, end: &str| {
        let path = format!("{ENROL}/{}{end}", family.of(name));
        family.page(&path).await
    };
    let overview = page("adult", "").await;
    let path = format!("{ENROL}/{}/data", family.of("adult"));
    assert!(overview.contains(&format!("href=\"{path}\"")), "{overview}");
    let adult = page("adult", "/data").await;
    for told in [
        "RS-",
        "23 November 2026",
        "27 March 1984",
        "Multiple myeloma",
        "Yes: Another registry",
        "+49 30 901820",
        "Ada Lovelace",
        "I have read this, I have understood it, and I agree to take part.",
        "Your data may be used for research about health, until 23 November 2031.",
        "Any research about health",
        "The agreement was not taken back.",
        "/registry/documents/adult/en/1",
        "/data.json",
        "/ledger\"",
    ] {
        assert!(adult.contains(told), "{told}: {adult}");
    }
    let child = page("child", "/data").await;
    for told in ["By email: ada@example.org", "Byron", "I am a parent"] {
        assert!(child.contains(told), "{told}: {child}");
    }
    let deleted = page("deleted", "/data").await;
    assert!(deleted.contains("The answers are deleted."), "{deleted}");
    assert!(deleted.contains("Delete the data"), "{deleted}");
    assert!(deleted.contains("What was allowed"), "{deleted}");
    let blank = page("blank", "/data").await;
    for told in [
        "No questions are answered yet.",
        "Nothing is signed yet.",
        "No permissions are given yet.",
    ] {
        assert!(blank.contains(told), "{told}: {blank}");
    }
    let history = page("adult", "/ledger").await;
    assert!(history.contains("/ledger.json\""), "{history}");

    let grace = family.site.member("grace@example.org", "Grace").await;
    let strange = family.site.get_with(&path, &[("cookie", &grace)]).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    assert!(!strange.text().contains("Lovelace"));
}

#[tokio::test]
async fn everything_that_has_happened_is_on_one_page() {
    let family = Family::enrolled().await;
    let list = family.page(ENROL).await;
    assert!(list.contains("href=\"/registry/me\""), "{list}");
    let history = family.page("/registry/me").await;
    for (name, _) in &family.people {
        let path = format!("href=\"{ENROL}/{}/data\"", family.of(name));
        assert!(history.contains(&path), "{name}: {history}");
    }
    for told in [
        "Ada Lovelace signed the consent, version 1.",
        "Byron signed the assent of the child, version 1.",
        "Asked for no more contact.",
        "Stopped all new use.",
        "Deleted the data.",
        "Yourself",
        "A former enrolment",
    ] {
        assert!(history.contains(told), "{told}: {history}");
    }
    // One line for each row of the log.
    let (rows, _) = family.site.storage.registry().verify().await.unwrap();
    let list = history.split("<ol class=\"topics\">").nth(1).unwrap();
    let list = list.split("</ol>").next().unwrap();
    assert_eq!(list.matches("<li>").count() as u64, rows);

    let grace = family.site.member("grace@example.org", "Grace").await;
    let empty = family
        .site
        .get_with("/registry/me", &[("cookie", &grace)])
        .await;
    assert!(empty.markup().contains("Nothing has happened yet."));
    assert!(!empty.text().contains("Lovelace"));
    let visitor = family.site.get("/registry/me").await;
    assert_eq!(visitor.header("location"), "/sign-in?next=%2Fregistry%2Fme");
}
