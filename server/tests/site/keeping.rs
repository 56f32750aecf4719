//! What was filled in when the session had ended.

use axum::http::StatusCode;
use domain::profile::Profiles;

use crate::{
    Site,
    account::{PASSWORD, cookie, signing_in},
    forms::profile,
};

#[tokio::test]
async fn what_was_filled_in_outlasts_the_session() {
    let site = Site::open().await;
    site.member("ada@example.org", "Ada").await;
    let form = profile("Written for an hour & \"kept\" <b>");
    let signed_out = site.send("/settings/profile", "", &form).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    let waits = "Sign in to continue. What you entered is kept.";
    assert!(signed_out.text().contains(waits));
    let (next, kept) = (signed_out.hidden("next"), signed_out.hidden("kept"));
    assert_eq!(next, "/settings/profile");
    assert!(kept.contains("Written+for+an+hour"), "{kept}");
    let with = |password: &'static str| {
        let mut form = signing_in("ada@example.org", password);
        form[3].1 = &next;
        form[4].1 = &kept;
        form
    };
    // A wrong password at first loses nothing.
    let wrong = with("five gardens with a fence");
    let refused = site.send("/sign-in", "", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains(waits));
    assert_eq!(
        (refused.hidden("next"), refused.hidden("kept")),
        (next.clone(), kept.clone())
    );
    let resumed = site.send("/sign-in", "", &with(PASSWORD)).await;
    assert_eq!(resumed.status, StatusCode::OK);
    assert!(resumed.headers.contains_key("set-cookie"), "signed in");
    assert_eq!(resumed.header("cache-control"), "no-store");
    let page = resumed.markup();
    assert!(page.contains("You are signed in again"));
    assert!(
        page.contains("Written for an hour &amp; \"kept\" &lt;b>"),
        "{page}"
    );
    assert!(page.contains("<summary><span>Ada</span></summary>"));
    let profiles = site.storage.profiles();
    let session = cookie(&resumed, "__Host-session").unwrap();
    let actor = site.actor(&format!("__Host-session={session}")).await;
    let own = profiles.own(actor).await;
    assert_eq!(own.unwrap().about, "", "it is offered, not done");
    // Where the page is hydrated, it is told, and lets the browser send the form.
    let hydrated = site.call("profile/change", "", &form).await;
    assert_eq!(hydrated.json(), "SignedOut");
}

#[tokio::test]
async fn what_is_wrong_outlasts_the_session_as_well() {
    let site = Site::open().await;
    let long = "long ".repeat(1_001);
    let refused = site.send("/settings/profile", "", &profile(&long)).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.hidden("kept").contains("long+long"));
}

#[tokio::test]
async fn who_is_signed_in_is_not_asked_to_sign_in() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    // Their page leads elsewhere, for another reason.
    for (path, form, to) in [
        ("/join", vec![("form", "account/join")], "/settings"),
        ("/sign-in", vec![("form", "account/sign-in")], "/"),
    ] {
        let answer = site.send(path, &member, &form).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{path}");
        assert_eq!(answer.header("location"), to);
    }
}

#[tokio::test]
async fn no_password_waits_with_a_form() {
    let site = Site::open().await;
    let secret = "a password that was typed";
    for (path, form) in [
        (
            "/settings/address",
            vec![
                ("form", "account/address"),
                ("key", "k"),
                ("email", "new@example.org"),
                ("present", secret),
            ],
        ),
        (
            "/settings/password",
            vec![
                ("form", "account/password"),
                ("present", secret),
                ("password", secret),
            ],
        ),
        (
            "/settings/delete",
            vec![("form", "account/delete"), ("present", secret)],
        ),
    ] {
        let signed_out = site.send(path, "", &form).await;
        assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED, "{path}");
        let text = signed_out.text();
        assert!(
            !text.contains(secret) && !text.contains("a+password"),
            "{path}"
        );
        let email = signed_out
            .hidden("kept")
            .contains("email=new%40example.org");
        assert_eq!(email, path == "/settings/address");
    }
}

#[tokio::test]
async fn what_waits_leads_to_pages_of_this_site_alone() {
    let site = Site::open().await;
    site.member("ada@example.org", "Ada").await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/nowhere",
    ] {
        let mut form = signing_in("ada@example.org", PASSWORD);
        form[3].1 = next;
        form[4].1 = "form=%00&x=%ff&key=<script>alert(1)</script>";
        let resumed = site.send("/sign-in", "", &form).await;
        assert!(!resumed.status.is_server_error(), "{next}");
        assert_eq!(resumed.header("location"), "", "{next}");
        assert!(!resumed.text().contains("<script>alert"), "{next}");
        form[4].1 = "";
        let led = site.send("/sign-in", "", &form).await;
        let to = if next == "/nowhere" { next } else { "/" };
        assert_eq!(led.header("location"), to);
    }
}
