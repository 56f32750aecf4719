//! A child who becomes an adult: pages and forms of handing over, without a script.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::http::StatusCode;
use domain::{
    account::{Country, Password, Submission},
    community::ResourceLanguage,
    registry::{
        Former, Registry, Signing,
        consent::DocumentFor,
        screening::{
            Answer as To, Assent, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry,
            Relationship, Status,
        },
    },
    time::{CalendarDate, Clock, Timestamp},
};

use crate::{Noon, Site};

const ENROL: &str = "/registry/enrol";
const PASSWORD: &str = "four gardens without a fence";

/// Noon, and so many days later.
#[derive(Default)]
struct Days(AtomicI64);

impl Clock for Days {
    fn now(&self) -> Timestamp {
        Timestamp(Noon.now().0 + self.0.load(Ordering::Relaxed) * 86_400_000_000)
    }
}

impl Site {
    /// Enrols a child who is an adult on 25 November 2026. Returns the address.
    async fn child(&self, cookie: &str) -> String {
        let (registry, ada) = (self.storage.registry(), self.actor(cookie).await);
        let submission = Submission {
            key: "child".to_owned(),
            body: String::new(),
        };
        let at = registry.begin_enrolment(ada, &submission).await.unwrap();
        for answer in [
            To::ForWhom(ForWhom::Child),
            To::Relationship(Relationship::Parent),
            To::Status(Status::Affected),
            To::Condition(ConditionAnswer::Described("Canary syndrome".to_owned())),
            To::BirthDate(CalendarDate::parse("2008-11-25").unwrap()),
            To::Country(Country::from_code("DE").unwrap()),
            To::Contact(Contact::Email),
            To::Language(ResourceLanguage::ENGLISH),
            To::OtherRegistry(OtherRegistry::No),
            To::HeardFrom(None),
        ] {
            registry
                .answer(ada, &at, answer, Former::unknown())
                .await
                .unwrap();
        }
        for whom in [
            DocumentFor::Consent(ConsentForm::ParentOrGuardian),
            DocumentFor::Assent(Assent::Adolescent),
        ] {
            let documents = server::consent::templates().unwrap();
            let document = documents.into_iter().find(|one| one.whom == whom).unwrap();
            let answers = document.questions.iter().map(|one| Some(one.right));
            let signing = Signing {
                whom,
                version: document.version,
                answers: answers.collect(),
                name: "Ada Canary".to_owned(),
                present: Password::new(PASSWORD),
            };
            registry.sign(ada, &at, signing).await.unwrap();
        }
        at
    }
}

#[tokio::test]
async fn a_young_adult_takes_over_without_a_script() {
    let clock = Arc::new(Days::default());
    let site = Site::open_at(clock.clone()).await;
    let ada = site.member("ada@example.org", "Ada").await;
    let at = site.child(&ada).await;
    let overview = format!("{ENROL}/{at}");
    let before = site.registry_page(&overview, &ada).await;
    assert!(before.contains("On 25 November 2026 this child is an adult."));
    assert!(!before.contains("Hand over to them"), "{before}");
    let list = site.registry_page(ENROL, &ada).await;
    assert!(
        list.contains("Becomes an adult on 25 November 2026."),
        "{list}"
    );

    clock.0.store(3, Ordering::Relaxed);
    let page = site.registry_page(&overview, &ada).await;
    for told in [
        "This person is an adult now",
        "Hand over to them",
        "They cannot decide for themselves",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Canary") && !page.contains("Leave the registry"));
    let hand_over = |email: &str| format!("form=registry/hand-over&participant={at}&email={email}");
    let wrong = site.send_body(&overview, &ada, &hand_over("nobody")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.markup().contains("like name@example.org"));
    let made = site.send_body(&overview, &ada, &hand_over("")).await;
    assert_eq!(made.status, StatusCode::OK);
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.markup();
    let (_, rest) = made
        .split_once("https://rareshare.example/take-over/")
        .unwrap_or_else(|| panic!("no link: {made}"));
    let link = format!("/take-over/{}", &rest[..43]);
    let again = site.registry_page(&overview, &ada).await;
    assert!(!again.contains(&link), "it is shown once");

    let visitor = site.get(&link).await;
    assert!(
        visitor
            .header("location")
            .starts_with("/sign-in?next=%2Ftake")
    );
    let own = site.registry_page(&link, &ada).await;
    assert!(own.contains("This link is for someone else"), "{own}");
    let young = site.member("young@example.org", "Young").await;
    let page = site.registry_page(&link, &young).await;
    assert!(page.contains("Take over your enrolment"), "{page}");
    for nothing in ["Canary", &at, "November"] {
        assert!(!page.contains(nothing), "{nothing}: {page}");
    }
    let token = &rest[..43];
    let born = |year: &str| {
        format!(
            "form=registry/take-over&token={token}&birth-day=25&birth-month=11&birth-year={year}"
        )
    };
    let wrong = site.send_body(&link, &young, &born("2007")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = wrong.markup();
    assert!(wrong.contains("You can try 2 more times."), "{wrong}");
    let moved = site.send_body(&link, &young, &born("2008")).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.markup());
    let led = moved.header("location").to_owned();
    assert!(
        led.ends_with("?done=taken-over") && !led.contains(&at),
        "{led}"
    );
    let page = site.registry_page(&led, &young).await;
    for told in ["You decide from now on", "Canary syndrome", "/contact\""] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // Who it is about stays, the rest can be put right.
    let new = led.trim_end_matches("?done=taken-over");
    for (question, status) in [
        ("birth-date", StatusCode::FOUND),
        ("for-whom", StatusCode::FOUND),
        ("status", StatusCode::OK),
    ] {
        let path = format!("{new}/{question}");
        let page = site.get_with(&path, &[("cookie", &young)]).await;
        assert_eq!(page.status, status, "{path}");
    }
    let ledger = site.registry_page(&format!("{new}/ledger"), &young).await;
    assert!(
        ledger.contains("Taken over to an account of their own."),
        "{ledger}"
    );
    // The guardian is left with nothing, and the link with nobody.
    let list = site.registry_page(ENROL, &ada).await;
    assert!(list.contains(">Start</button>"), "{list}");
    for path in [overview.as_str(), new] {
        let page = site.get_with(path, &[("cookie", &ada)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let used = site.registry_page(&link, &young).await;
    assert!(used.contains("This link does not work any more"), "{used}");
}

#[tokio::test]
async fn a_guardian_goes_on_without_a_script() {
    let clock = Arc::new(Days::default());
    let site = Site::open_at(clock.clone()).await;
    let ada = site.member("ada@example.org", "Ada").await;
    let at = site.child(&ada).await;
    let overview = format!("{ENROL}/{at}");
    clock.0.store(2, Ordering::Relaxed);
    let represent = |rest: &str| format!("form=registry/represent&participant={at}{rest}");
    let unsure = represent("&relationship=guardian");
    let refused = site.send_body(&overview, &ada, &unsure).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.markup().contains("Confirm this to go on."));
    let sure = represent("&relationship=guardian&sure=yes");
    let done = site.send_body(&overview, &ada, &sure).await;
    assert_eq!(
        done.header("location"),
        format!("{overview}?done=represented")
    );
    let page = site.registry_page(&overview, &ada).await;
    assert!(page.contains("go on as the legal representative"), "{page}");
    assert!(page.contains("Hand over to them"), "they can still do that");
    assert!(!page.contains("Canary") && !page.contains("Delete these answers"));
    for hidden in ["contact", "ledger", "leave", "research", "assent"] {
        let path = format!("{overview}/{hidden}");
        let page = site.get_with(&path, &[("cookie", &ada)]).await;
        assert_eq!(page.header("location"), overview, "{path}");
    }
    let consent = site
        .registry_page(&format!("{overview}/consent"), &ada)
        .await;
    assert!(consent.contains("As they would, if I know it"), "{consent}");
}
