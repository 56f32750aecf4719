//! Two steps of signing in through the whole router, without a browser.

use axum::http::StatusCode;
use domain::account::{Accounts, Actor, ModerationAction, Role};
use serde_json::Value;

use crate::{
    Answer, Site,
    account::{PASSWORD, code_of, signing_in},
};

const ADA: &str = "ada@example.org";
const PAGE: &str = "/settings/second-factor";

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .to_owned()
}

/// What stands in the first `<code>` of a page.
fn codes(page: &str) -> Vec<String> {
    page.split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .map(str::to_owned)
        .collect()
}

fn session(answer: &Answer) -> Option<String> {
    answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find(|cookie| cookie.starts_with("__Host-session="))
        .and_then(|cookie| cookie.split(';').next())
        .map(str::to_owned)
}

impl Site {
    async fn own_page(&self, cookie: &str) -> Answer {
        self.get_with(PAGE, &[("cookie", cookie)]).await
    }

    /// Sets it up by its page: the key for the app and the recovery codes.
    async fn sets_up(&self, cookie: &str) -> (String, Vec<String>) {
        let form = [
            ("form", "account/second-factor-begin"),
            ("present", PASSWORD),
        ];
        let begun = self.send(PAGE, cookie, &form).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
        let page = self.own_page(cookie).await;
        assert_eq!(page.header("cache-control"), "no-store");
        let page = page.markup();
        assert!(page.contains("class=\"qr-code\""), "{page}");
        assert!(page.contains("href=\"otpauth://totp/RareShare:ada%40example%2Eorg?secret="));
        let key = codes(&page)[0].clone();
        let code = code_of(&key, -1);
        let set_up = [("form", "account/second-factor-set-up"), ("code", &code)];
        let shown = self.send(PAGE, cookie, &set_up).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
        assert_eq!(shown.header("cache-control"), "no-store");
        (key, codes(&shown.markup()))
    }
}

#[tokio::test]
async fn it_is_set_up_and_asked_for_without_a_script() {
    let site = Site::open().await;
    let cookie = site.member(ADA, "Ada").await;
    let visitor = site.get(PAGE).await;
    assert_eq!(
        visitor.header("location"),
        "/sign-in?next=%2Fsettings%2Fsecond%2Dfactor"
    );
    let (key, recovery) = site.sets_up(&cookie).await;
    assert_eq!(recovery.len(), 10, "{recovery:?}");
    // Shown this once.
    let page = site.own_page(&cookie).await.markup();
    assert!(
        page.contains("Two-step sign-in has been on since"),
        "{page}"
    );
    assert!(page.contains("You have 10 recovery codes left."), "{page}");
    assert!(codes(&page).is_empty(), "{page}");

    let mut fields = signing_in(ADA, PASSWORD);
    for field in &mut fields {
        if field.0 == "next" {
            field.1 = "/conditions";
        }
    }
    let first = site.send("/sign-in", "", &fields).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(session(&first), None, "a password alone opens nothing");
    let page = first.markup();
    assert!(
        page.contains("Enter your code") && !page.contains(PASSWORD),
        "{page}"
    );
    let begun = hidden(&page, "begun");
    assert_eq!(hidden(&page, "next"), "/conditions");
    let enter = |code: String, begun: String| {
        let site = &site;
        async move {
            let fields = [
                ("form", "account/sign-in-code"),
                ("begun", &begun),
                ("code", &code),
                ("next", "/conditions"),
                ("kept", "text=What+I+wrote"),
            ];
            site.send("/sign-in", "", &fields).await
        }
    };
    // A wrong one leads to the same step, with what waits.
    let wrong = enter("000 000".to_owned(), begun.clone()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.markup();
    assert!(page.contains("This code is not right."), "{page}");
    assert_eq!(hidden(&page, "begun"), begun);
    assert_eq!(hidden(&page, "kept"), "text=What+I+wrote");
    assert!(!page.contains("000 000"), "{page}");
    let odd = enter("1234".to_owned(), begun.clone()).await;
    assert!(odd.markup().contains("This is not a code."));
    // Whatever is made up leads back to the password, and nothing typed is lost.
    for nonsense in ["", "x", &"a".repeat(43)] {
        let again = enter(code_of(&key, 0), nonsense.to_owned()).await;
        assert_eq!(session(&again), None);
        let page = again.markup();
        assert!(page.contains("Enter your password again."), "{page}");
        assert_eq!(hidden(&page, "kept"), "text=What+I+wrote");
    }
    let fields = [
        ("form", "account/sign-in-code"),
        ("begun", &begun),
        ("code", &code_of(&key, 0)),
        ("next", "/conditions"),
        ("kept", ""),
    ];
    let right = site.send("/sign-in", "", &fields).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(right.header("location"), "/conditions");
    let opened = session(&right).unwrap();
    let settings = site.get_with("/settings", &[("cookie", &opened)]).await;
    assert_eq!(settings.status, StatusCode::OK);
}

#[tokio::test]
async fn a_hydrated_page_goes_through_the_same_steps() {
    let site = Site::open().await;
    let cookie = site.member(ADA, "Ada").await;
    let secret = site.set_up_second_factor(site.actor(&cookie).await).await;
    let fields = signing_in(ADA, PASSWORD);
    let answer = site.call("account/sign-in", "", &fields).await;
    let answer: Value = serde_json::from_slice(&answer.body).unwrap();
    let result = answer["Shown"]["result"].as_str().unwrap();
    let step: Value = serde_json::from_str(result).unwrap();
    let begun = step["step"]["Code"]["begun"].as_str().unwrap();
    let code = code_of(&secret, 0);
    let fields = [
        ("begun", begun),
        ("code", &code),
        ("next", ""),
        ("kept", ""),
    ];
    let right = site.call("account/sign-in-code", "", &fields).await;
    assert!(session(&right).is_some(), "{}", right.text());
    assert_eq!(right.text(), r#"{"Done":{"path":"/","reload":true}}"#);
    let again = site.call("account/sign-in-code", "", &fields).await;
    assert_eq!(session(&again), None, "{}", again.text());
}

#[tokio::test]
async fn whoever_has_a_role_is_led_to_setting_it_up() {
    let site = Site::open().await;
    let cookie = site.member(ADA, "Ada").await;
    let accounts = site.storage.accounts();
    let grant = ModerationAction::Grant(Role::Moderator);
    let granted = accounts.moderate(Actor::Operator, ADA, grant, "Test").await;
    granted.unwrap();
    let read = async |path: &str| site.get_with(path, &[("cookie", &cookie)]).await;
    let edit = read("/communities/wilson-disease/sections/cause/edit").await;
    assert_eq!(edit.status, StatusCode::FORBIDDEN);
    assert!(
        edit.markup().contains("your role needs two-step sign-in"),
        "{}",
        edit.text()
    );
    assert_eq!(
        read("/admin/held-texts").await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        read("/settings")
            .await
            .markup()
            .contains("Your role needs two-step sign-in.")
    );
    let signed_in = site.send("/sign-in", "", &signing_in(ADA, PASSWORD)).await;
    assert_eq!(signed_in.header("location"), PAGE);
    site.sets_up(&session(&signed_in).unwrap()).await;
    let cookie = session(&signed_in).unwrap();
    let read = async |path: &str| site.get_with(path, &[("cookie", &cookie)]).await;
    assert_eq!(read("/admin/held-texts").await.status, StatusCode::OK);
    let edit = read("/communities/wilson-disease/sections/cause/edit").await;
    assert_eq!(edit.status, StatusCode::OK);
}
