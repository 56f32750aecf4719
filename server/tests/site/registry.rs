//! Enrolling in the registry, through the whole router and without a script.

use axum::http::StatusCode;

use crate::Site;

const ENROL: &str = "/registry/enrol";
const PASSWORD: &str = "four+gardens+without+a+fence";

impl Site {
    /// Sends a form of the registry, and returns where it leads.
    pub(crate) async fn enrols(&self, path: &str, cookie: &str, body: &str) -> String {
        let answer = self.send_body(path, cookie, body).await;
        let (status, text) = (answer.status, answer.markup());
        assert_eq!(status, StatusCode::SEE_OTHER, "{path} {body}: {text}");
        answer.header("location").to_owned()
    }

    pub(crate) async fn registry_page(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        page.markup()
    }

    /// An adult who has answered everything. Returns the random part of the address.
    pub(crate) async fn screened(&self, cookie: &str) -> String {
        let first = self
            .enrols(ENROL, cookie, "form=registry/begin-enrolment&key=k")
            .await;
        let at = first.split('/').nth(3).unwrap().to_owned();
        assert_eq!(first, format!("{ENROL}/{at}/for-whom"));
        for (question, answer, next) in [
            ("for-whom", "for-whom=myself", "/status"),
            ("status", "status=affected", "/condition"),
            ("condition", "condition=Canary+syndrome", "/birth-date"),
            (
                "birth-date",
                "birth-day=27&birth-month=3&birth-year=1984",
                "/country",
            ),
            ("country", "country=DE", "/contact"),
            (
                "contact",
                "contact=phone&phone=%2B49+30+901820",
                "/language",
            ),
            ("language", "language=en", "/other-registry"),
            (
                "other-registry",
                "other-registry=no&registry=",
                "/heard-from",
            ),
            ("heard-from", "heard-from=", ""),
        ] {
            let path = format!("{ENROL}/{at}/{question}");
            let page = self.registry_page(&path, cookie).await;
            assert!(page.contains("Step 1 of 3"), "{path}");
            let body =
                format!("form=registry/answer&participant={at}&question={question}&{answer}");
            let led = self.enrols(&path, cookie, &body).await;
            assert_eq!(led, format!("{ENROL}/{at}{next}"));
        }
        at
    }
}

#[tokio::test]
async fn an_adult_enrols_without_a_script() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let empty = site.registry_page(ENROL, &ada).await;
    assert!(empty.contains(">Start</button>"), "{empty}");
    let at = site.screened(&ada).await;
    let overview = site.registry_page(&format!("{ENROL}/{at}"), &ada).await;
    for told in ["27 March 1984", "Canary syndrome", "Germany", "/consent\""] {
        assert!(overview.contains(told), "{told}: {overview}");
    }
    // Back at a question, the answer is there.
    let path = format!("{ENROL}/{at}/birth-date");
    let again = site.registry_page(&path, &ada).await;
    assert!(again.contains("value=\"1984\""), "{again}");

    let consent = format!("{ENROL}/{at}/consent");
    let page = site.registry_page(&consent, &ada).await;
    assert!(page.contains("This is a template."), "{page}");
    let sign = |rest: &str| {
        format!(
            "form=registry/sign%23adult&participant={at}&whom=adult&version=1&name=Ada+Lovelace&{rest}"
        )
    };
    let wrong = sign(&format!("question-1=9&present={PASSWORD}"));
    let explained = site.send_body(&consent, &ada, &wrong).await;
    assert_eq!(explained.status, StatusCode::UNPROCESSABLE_ENTITY);
    let explained = explained.markup();
    assert!(explained.contains("value=\"Ada Lovelace\""), "{explained}");
    assert!(!explained.contains("four gardens"), "{explained}");
    let right = rightly(&page);
    let next = site
        .enrols(
            &consent,
            &ada,
            &sign(&format!("{right}&present={PASSWORD}")),
        )
        .await;
    assert_eq!(next, format!("{ENROL}/{at}/research"));
    let copy = site.registry_page(&consent, &ada).await;
    assert!(copy.contains("This page is your copy."), "{copy}");
    assert!(copy.contains("Ada Lovelace"));
    // What was signed belongs to the answers.
    let late = site
        .get_with(&format!("{ENROL}/{at}/status"), &[("cookie", &ada)])
        .await;
    assert_eq!(late.header("location"), format!("{ENROL}/{at}"));

    let mut path = next;
    for (permission, answer) in [
        ("research", "choice=none"),
        ("study-contact", "choice=no"),
        ("samples", "choice=no"),
        ("results", "choice=no"),
        ("matching", "choice=no"),
        ("other-registries", "choice=no"),
        ("organisations", "organisations=An+organisation"),
        ("contact-ways", "choice=email"),
        ("frequency", "choice=yearly"),
    ] {
        assert_eq!(path, format!("{ENROL}/{at}/{permission}"));
        site.registry_page(&path, &ada).await;
        let body = format!(
            "form=registry/set-permission&participant={at}&permission={permission}&{answer}"
        );
        path = site.enrols(&path, &ada, &body).await;
    }
    assert_eq!(path, format!("{ENROL}/{at}?done=permission"));
    let overview = site.registry_page(&path, &ada).await;
    assert!(overview.contains("You are enrolled"), "{overview}");
    assert!(overview.contains("Your data may not be used for research."));
    assert!(overview.contains("RS-"), "{overview}");

    let ledger = site
        .registry_page(&format!("{ENROL}/{at}/ledger"), &ada)
        .await;
    assert!(
        ledger.contains("Ada Lovelace signed the consent, version 1."),
        "{ledger}"
    );

    let leave = format!("{ENROL}/{at}/leave");
    let page = site.registry_page(&leave, &ada).await;
    assert!(page.contains("cannot be taken back"), "{page}");
    let body = format!("form=registry/withdraw&participant={at}&grade=deletion");
    let led = site.enrols(&leave, &ada, &body).await;
    let left = site.registry_page(&led, &ada).await;
    assert!(
        left.contains("Your answers, your contact details and your date of birth are deleted."),
        "{left}"
    );
    assert!(!left.contains("Canary syndrome"), "{left}");
    assert!(
        left.contains("Ada Lovelace"),
        "what was signed stays: {left}"
    );
}

/// The right answers to the questions of the template for adults.
fn rightly(page: &str) -> String {
    let documents = server::consent::templates().unwrap();
    let adult = documents.iter().find(|one| one.whom.as_str() == "adult");
    let questions = &adult.unwrap().questions;
    for question in questions {
        let asked = question.question.split(['\'', '’']).next().unwrap();
        assert!(page.contains(asked), "{asked}");
    }
    let right = questions.iter().enumerate();
    let right: Vec<String> = right
        .map(|(at, question)| format!("question-{}={}", at + 1, question.right))
        .collect();
    right.join("&")
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_lost() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let at = site.screened(&ada).await;
    let refused = async |question: &str, answer: &str| {
        let path = format!("{ENROL}/{at}/{question}");
        let body = format!(
            "form=registry/answer%23{question}&participant={at}&question={question}&{answer}"
        );
        let answer = site.send_body(&path, &ada, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        answer.markup()
    };
    let page = refused("birth-date", "birth-day=31&birth-month=2&birth-year=1984").await;
    assert!(page.contains("Enter a day, a month and a year"), "{page}");
    assert!(page.contains("value=\"31\""), "{page}");
    let page = refused("birth-date", "birth-day=1&birth-month=1&birth-year=2084").await;
    assert!(page.contains("in the future"), "{page}");
    let page = refused("for-whom", "for-whom=nobody").await;
    assert!(page.contains("Choose one of the answers."), "{page}");
    let page = refused("status", "").await;
    assert!(page.contains("Choose one of the answers."), "{page}");
    let page = refused("contact", "contact=phone&phone=call+me").await;
    assert!(page.contains("Enter a phone number"), "{page}");
    let page = refused("condition", "condition=+").await;
    assert!(page.contains("Enter the name of the condition"), "{page}");
    let overview = site.registry_page(&format!("{ENROL}/{at}"), &ada).await;
    assert!(overview.contains("27 March 1984"), "{overview}");
    // A child cannot enrol by themselves, and reads what they can do.
    let path = format!("{ENROL}/{at}/birth-date");
    let body = format!(
        "form=registry/answer&participant={at}&question=birth-date&birth-day=1&birth-month=1&birth-year=2015"
    );
    let led = site.enrols(&path, &ada, &body).await;
    let page = site.registry_page(&led, &ada).await;
    assert!(page.contains("Ask a parent or guardian"), "{page}");
    let none = site
        .get_with(&format!("{ENROL}/{at}/consent"), &[("cookie", &ada)])
        .await;
    assert_eq!(none.header("location"), format!("{ENROL}/{at}"));
    // Sent twice, it is done.
    for _ in 0..2 {
        let body = format!("form=registry/discard-enrolment&participant={at}");
        let gone = site.enrols(&format!("{ENROL}/{at}"), &ada, &body).await;
        let page = site.registry_page(&gone, &ada).await;
        assert!(page.contains("The answers are deleted."), "{page}");
    }
}

#[tokio::test]
async fn an_enrolment_of_somebody_else_is_like_one_that_is_not_there() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let at = site.screened(&ada).await;
    for end in [
        "",
        "/for-whom",
        "/consent",
        "/research",
        "/ledger",
        "/leave",
    ] {
        let pages = [&at, "0000000000"].map(|address| format!("{ENROL}/{address}{end}"));
        let mut answers = Vec::new();
        for path in &pages {
            let page = site.get_with(path, &[("cookie", &grace)]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            let text = page.markup();
            assert!(!text.contains("Canary"), "{path}");
            answers.push(text);
        }
        assert_eq!(answers[0].len(), answers[1].len(), "{end}");
    }
    // Who enrols is on no other page of theirs.
    for path in [
        "/settings",
        "/settings/profile",
        "/",
        "/feed",
        "/communities/multiple-myeloma",
    ] {
        let page = site.get_with(path, &[("cookie", &ada)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let text = page.text();
        assert!(
            !text.contains("Canary syndrome") && !text.contains(&at),
            "{path}"
        );
    }
}

#[tokio::test]
async fn everybody_reads_what_the_registry_is() {
    let site = Site::open().await;
    for (path, told) in [
        ("/registry", "Who can take part"),
        ("/registry/researchers", "What we need from you"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(told), "{path}");
        assert!(site.get("/sitemaps/site.xml").await.text().contains(path));
    }
    let condition = site.get("/communities/multiple-myeloma").await;
    assert!(condition.text().contains("href=\"/registry\""));
    let visitor = site.get(ENROL).await;
    assert_eq!(
        visitor.header("location"),
        "/sign-in?next=%2Fregistry%2Fenrol"
    );
}
