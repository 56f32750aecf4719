//! The desk of the registry's staff, through the whole router.

use axum::http::StatusCode;
use domain::account::{Accounts, Actor, ModerationAction, Role};
use domain::registry::Registry;

use crate::{Answer, Site, account::code_of, percent};

const DESK: &str = "/admin/registry";
const REASON: &str = "They asked us to call";

impl Site {
    async fn visits_desk(&self, path: &str, cookie: &str) -> Answer {
        self.get_with(path, &[("cookie", cookie)]).await
    }

    /// A page of the desk: whole, without a script, and stored nowhere.
    async fn desk_page(&self, path: &str, cookie: &str) -> String {
        let page = self.visits_desk(path, cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        let markup = page.markup();
        assert!(!markup.contains("<script type=\"module\""), "{markup}");
        markup
    }

    /// Somebody with the role: the cookie. Their second factor is not set up yet.
    async fn hired(&self, address: &str) -> String {
        let cookie = self.member(address, "Hera").await;
        let grant = ModerationAction::Grant(Role::RegistryStaff);
        let accounts = self.storage.accounts();
        let granted = accounts.moderate(Actor::Operator, address, grant, "Works here");
        granted.await.unwrap();
        cookie
    }
}

fn breaks(code: &str, reason: &str, present: &str) -> String {
    let reason = percent(reason);
    format!("form=registry/break-glass&participant={code}&reason={reason}&code={present}")
}

#[tokio::test]
async fn staff_find_a_participant_and_say_why_they_look() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Adelheid").await;
    let at = site.screened(&ada).await;
    let actor = site.actor(&ada).await;
    let own = site.storage.registry().enrolment(actor, &at).await.unwrap();
    let (code, page) = (own.pseudonym.clone(), format!("{DESK}/{}", own.pseudonym));

    // Without the second factor the role is worth nothing.
    let hera = site.hired("hera@example.org").await;
    let root = site.member("root@example.org", "Root").await;
    site.grant("root@example.org", &root, Role::Administrator, "Runs it")
        .await;
    let nothing = site.visits_desk("/nowhere", &root).await;
    for cookie in ["", &ada, &hera, &root] {
        for path in [DESK, &page] {
            let hidden = site.visits_desk(path, cookie).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
            let body = breaks(&code, REASON, "123456");
            let sent = site.send_body(path, cookie, &body).await;
            assert_eq!(sent.status, StatusCode::NOT_FOUND, "POST {path}");
        }
    }
    let hidden = site.visits_desk(DESK, &root).await;
    assert!(
        hidden.body == nothing.body,
        "it looks like what is not there"
    );
    let settings = site.visits_desk("/settings", &root).await.text();
    assert!(!settings.contains(DESK));
    let secret = site.set_up_second_factor(site.actor(&hera).await).await;
    let settings = site.visits_desk("/settings", &hera).await.text();
    assert!(settings.contains(&format!("href=\"{DESK}\"")));

    let desk = site.desk_page(DESK, &hera).await;
    assert!(desk.contains("No one."), "{desk}");
    let find = |typed: &str| format!("form=registry/find-participant&code={}", percent(typed));
    let wrong = site.send_body(DESK, &hera, &find("RS-12 Ada")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = wrong.markup();
    assert!(told.contains("No participant has this code."), "{told}");
    assert!(told.contains("value=\"RS-12 Ada\""), "{told}");
    let typed = code.to_lowercase().replace('-', " ");
    let found = site.send_body(DESK, &hera, &find(&typed)).await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.markup());
    assert_eq!(found.header("location"), page);

    let state = site.desk_page(&page, &hera).await;
    assert!(state.contains("Step 2 of 3: consent to sign"), "{state}");
    let answers = ["Canary", "1984", "Germany", "ada@example.org", "Adelheid"];
    for answer in answers {
        assert!(!state.contains(answer), "{answer}: {state}");
    }
    // What is refused keeps the reason, and never a code of a person's.
    let refused = site
        .send_body(&page, &hera, &breaks(&code, REASON, "000000"))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.header("cache-control"), "no-store");
    let refused = refused.markup();
    assert!(refused.contains("This code is not right."), "{refused}");
    assert!(
        refused.contains(&format!("value=\"{REASON}\"")),
        "{refused}"
    );
    assert!(!refused.contains("value=\"000000\""), "{refused}");
    let present = code_of(&secret, 0);
    for (reason, words) in [("", "Say why"), ("Because", "at least 10 characters")] {
        let body = breaks(&code, reason, &present);
        let refused = site.send_body(&page, &hera, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.markup().contains(words), "{reason}");
    }
    let opened = site
        .send_body(&page, &hera, &breaks(&code, REASON, &present))
        .await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.markup());
    assert_eq!(opened.header("location"), page);
    let shown = site.desk_page(&page, &hera).await;
    for told in ["27 March 1984", "Germany", ">Close access</button>"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(!shown.contains("Canary"), "{shown}");
    let list = site.desk_page(DESK, &hera).await;
    for told in [code.as_str(), REASON, "Hera", "Open"] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let ledger = site
        .visits_desk(&format!("/registry/enrol/{at}/ledger"), &ada)
        .await
        .markup();
    assert!(ledger.contains(REASON), "{ledger}");
    assert!(!ledger.contains("Hera"), "{ledger}");

    let body = format!("form=registry/close-access&participant={code}");
    let closed = site.send_body(&page, &hera, &body).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let shown = site.desk_page(closed.header("location"), &hera).await;
    assert!(shown.contains("Access is closed."), "{shown}");
    assert!(!shown.contains("1984"), "{shown}");
}

#[tokio::test]
async fn researchers_write_and_staff_close_it() {
    const ASK: &str = "/registry/researchers/ask";
    let site = Site::open().await;
    let page = site.visits_desk(ASK, "").await;
    assert_eq!(page.status, StatusCode::OK);
    let about = site.visits_desk("/registry/researchers", "").await;
    assert!(about.text().contains(&format!("href=\"{ASK}\"")));
    let wrong = "form=registry/ask&key=one&name=&organisation=&email=marie&text=How+many%3F";
    let refused = site.send_body(ASK, "", wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.markup();
    for told in ["Enter your name.", "Enter the name of your", "How many?"] {
        assert!(refused.contains(told), "{told}: {refused}");
    }
    let right = "form=registry/ask&key=one&name=Marie+%3Cb%3E&organisation=A+university&email=marie%40example.org&text=How+many%3F";
    let sent = site.send_body(ASK, "", right).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.markup());
    let sent = site.visits_desk(sent.header("location"), "").await;
    assert!(sent.markup().contains("We have your request"));

    let hera = site.hired("hera@example.org").await;
    site.set_up_second_factor(site.actor(&hera).await).await;
    let desk = site.desk_page(DESK, &hera).await;
    for told in [
        "Marie &lt;b&gt;",
        "A university",
        "marie@example.org",
        "How many?",
    ] {
        assert!(desk.contains(told), "{told}: {desk}");
    }
    let (_, form) = desk.split_once("registry/close-request#").unwrap();
    let id = form.split('"').next().unwrap();
    let body = format!("form=registry/close-request%23{id}&id={id}");
    let closed = site.send_body(DESK, &hera, &body).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.markup());
    let desk = site.desk_page(DESK, &hera).await;
    assert!(desk.contains("No open requests."), "{desk}");
    assert!(!desk.contains("How many?"), "{desk}");
    let path = format!("{DESK}?show=closed");
    assert!(desk.contains(&format!("href=\"{path}#requests-title\"")));
    let closed = site.desk_page(&path, &hera).await;
    assert!(closed.contains("How many?"), "{closed}");
    assert!(!closed.contains("registry/close-request"), "{closed}");
    // Behind one that is not there is no page.
    for query in ["after=0000000000", "looked-after=0000000000"] {
        let none = site.visits_desk(&format!("{DESK}?{query}"), &hera).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{query}");
    }
}
