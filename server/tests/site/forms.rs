//! The mechanism of forms, without JavaScript and with it.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};

use crate::{
    Answer, Site,
    account::{PASSWORD, cookie, joining, signing_in},
};

impl Answer {
    /// What a function answered.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    /// The value of a hidden field, without its markup.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let rest = text.split(&format!("name=\"{name}\" value=\"")).nth(1);
        let value = rest.and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().replace("&amp;", "&")
    }
}

/// The form `/settings/profile` with this text.
pub(crate) fn profile(about: &str) -> Vec<(&str, &str)> {
    vec![
        ("form", "profile/change"),
        ("name", "Ada"),
        ("name-audience", "members"),
        ("about", about),
        ("about-audience", "members"),
        ("listed-audience", "only-me"),
    ]
}

#[tokio::test]
async fn a_refused_form_comes_back_filled_in() {
    let site = Site::open().await;
    let nasty = "\"><script>alert(1)</script>\0\u{202e}";
    let form = [
        ("form", "account/join"),
        ("key", "k-1"),
        ("email", nasty),
        ("name", nasty),
        ("password", "tiny secret"),
        ("relation", "king"),
        ("condition", nasty),
        ("country", "XX"),
    ];
    let plain = site.send_with("/join?done=mail", &form, &[]).await;
    assert_eq!(plain.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(plain.header("cache-control"), "private, no-cache");
    let text = plain.text();
    assert!(text.contains("<title>Error: Join"));
    assert_eq!(plain.hidden("key"), "k-1", "the key stays");
    assert!(text.contains("autofocus"));
    assert_eq!(text.matches("class=\"error\"").count(), 5);
    assert!(text.contains("&quot;&gt;&lt;script&gt;alert(1)"), "{text}");
    assert!(!text.contains("<script>alert"));
    assert!(!text.contains("tiny secret"), "no password comes back");
    // The same for a hydrated page, which has all of it already but what is wrong.
    let hydrated = site.call("account/join", "", &form).await;
    assert_eq!(hydrated.status, StatusCode::OK);
    assert_eq!(hydrated.header("cache-control"), "no-store");
    assert!(!hydrated.text().contains("tiny secret"));
    let state = &hydrated.json()["Shown"];
    assert_eq!(state["form"], "account/join");
    assert_eq!(state["key"], "k-1");
    let wrong: Vec<&Value> = state["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| &error["field"])
        .collect();
    assert_eq!(wrong, ["email", "name", "password", "age", "terms"]);
    for error in state["errors"].as_array().unwrap() {
        let message = error["message"].as_str().unwrap();
        assert!(
            text.matches(message).count() >= 2,
            "above and at it: {message}"
        );
    }
}

#[tokio::test]
async fn a_field_that_was_not_sent_is_asked_for() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    let missing = site
        .send(
            "/settings",
            &member,
            &[("form", "account/about"), ("relation", "")],
        )
        .await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = missing.text();
    assert!(text.contains("href=\"#about-country\"") && text.contains("This answer is missing."));
    let odd = [("form", "community/leave"), ("slug", "x"), ("slug", "y")];
    let odd = site.send("/settings/communities", &member, &odd).await;
    assert!(!odd.status.is_server_error());
    let mut unknown = profile("");
    unknown[2].1 = "the-king";
    let unknown = site.send("/settings/profile", &member, &unknown).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains("Choose one of the answers."));
}

#[tokio::test]
async fn a_tick_counts_by_its_presence() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    let ticked = "name=\"search-engines\" type=\"checkbox\" value=\"yes\" checked";
    for (sent, is_set) in [(Some("yes"), true), (None, false), (Some(""), true)] {
        let mut form = profile("");
        form.extend(sent.map(|value| ("search-engines", value)));
        let saved = site.send("/settings/profile", &member, &form).await;
        assert_eq!(saved.header("location"), "/settings/profile?done=saved");
        let cookie = [("cookie", member.as_str())];
        let page = site.get_with("/settings/profile", &cookie).await;
        assert_eq!(page.text().contains(ticked), is_set, "{sent:?}");
    }
}

#[tokio::test]
async fn a_form_that_counts_once_needs_its_key() {
    let site = Site::open().await;
    let mut form = joining("ada@example.org");
    form.retain(|(name, _)| *name != "key");
    let asked = site.send("/join", "", &form).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = asked.text();
    assert!(
        text.contains("Check what you entered, then send it."),
        "{text}"
    );
    assert!(
        text.contains("value=\"ada@example.org\""),
        "nothing is lost"
    );
    assert!(!text.contains(PASSWORD));
    let key = asked.hidden("key");
    assert!(!key.is_empty());
    let outbox = site.storage.outbox();
    assert!(outbox.take().await.unwrap().is_none(), "nothing was done");
    form.push(("key", &key));
    for _ in 0..2 {
        let joined = site.send("/join", "", &form).await;
        assert_eq!(joined.header("location"), "/join?done=mail");
    }
    let hydrated = site.call("account/join", "", &form).await.json();
    let done = json!({ "Done": { "path": "/join?done=mail", "reload": false } });
    assert_eq!(hydrated, done, "sent by both ways, it still is the same");
    site.link().await;
    assert!(outbox.take().await.unwrap().is_none(), "one letter");
}

#[tokio::test]
async fn a_hydrated_page_gets_what_the_browser_would() {
    let site = Site::open().await;
    site.member("ada@example.org", "Ada").await;
    let wrong = signing_in("ada@example.org", "four gardens with a fence");
    let refused = site.call("account/sign-in", "", &wrong).await;
    assert_eq!(refused.status, StatusCode::OK, "browsers log what is not");
    assert!(refused.json()["Shown"]["errors"][0]["message"].is_string());
    assert_eq!(cookie(&refused, "__Host-session"), None);
    let mut right = signing_in("ada@example.org", PASSWORD);
    right[3].1 = "/settings/devices";
    let opened = site.call("account/sign-in", "", &right).await;
    let done = json!({ "Done": { "path": "/settings/devices", "reload": true } });
    assert_eq!(opened.json(), done);
    let session = cookie(&opened, "__Host-session").unwrap();
    let session = format!("__Host-session={session}");
    let page = site.get_with("/settings", &[("cookie", &session)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let ended = site.call("account/sign-out", &session, &[]).await;
    assert_eq!(
        ended.json(),
        json!({ "Done": { "path": "/", "reload": true } })
    );
    assert_eq!(cookie(&ended, "__Host-session").as_deref(), Some(""));
    assert_eq!(ended.header("clear-site-data"), "\"cache\", \"storage\"");
    let again = site.call("profile/change", &session, &profile("")).await;
    assert_eq!(again.json(), "SignedOut");
}

#[tokio::test]
async fn a_form_of_another_page_is_none_of_this_one() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    for (path, form) in [
        ("/join", signing_in("ada@example.org", PASSWORD)),
        ("/settings/picture", profile("")),
        ("/settings", vec![("form", "about")]),
        ("/settings", vec![]),
    ] {
        let answer = site.send(path, &member, &form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(
            answer
                .text()
                .contains("There is no such form on this page.")
        );
    }
    // Of several alike, which one is said behind the name.
    let which = [("form", "account/sign-out-device#x"), ("device", "x")];
    let answer = site.send("/settings/devices", &member, &which).await;
    assert_eq!(
        answer.header("location"),
        "/settings/devices?done=signed-out"
    );
}

#[tokio::test]
async fn odd_forms_are_answered_in_words() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    for path in [
        "/join",
        "/sign-in",
        "/sign-out",
        "/forgotten-password",
        "/settings",
        "/settings/password",
        "/settings/address",
        "/settings/devices",
        "/settings/delete",
        "/settings/profile",
        "/settings/picture",
        "/settings/communities",
        "/settings/what-others-see",
        "/admin/people",
        "/confirm/xyz",
        &format!("/confirm/{}", "a".repeat(43)),
        &format!("/new-password/{}", "a".repeat(43)),
        &format!("/new-address/{}", "a".repeat(43)),
    ] {
        for body in [
            "",
            "form",
            "form=&form=x",
            "%00=%ff%fe&form=%00",
            "=&=&=",
            "form=account/sign-out-others&form=account/sign-out",
            "form=account/join#&form=#account/join",
        ] {
            for cookie in [
                "",
                "__Host-session=x",
                &format!("{member}x"),
                "__Host-session=",
                "=; ;",
            ] {
                let answer = site.send_body(path, cookie, body).await;
                assert!(
                    !answer.status.is_server_error(),
                    "{path} {body} {cookie}: {}",
                    answer.status
                );
            }
        }
    }
    let long = format!("form=account/join&name={}", "x".repeat(1_100_000));
    let refused = site.send_body("/join", "", &long).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let refused = site.call("account/join", "", &[("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let settings = site.get_with("/settings", &[("cookie", &member)]).await;
    assert!(settings.status.is_success());
}

/// What is not what browsers send to a function.
const ODD_CALLS: [&str; 14] = [
    "",
    "{",
    "null",
    "[]",
    "{}",
    "\"posted\"",
    "{\"posted\":null}",
    "{\"posted\":1}",
    "{\"posted\":{}}",
    "{\"posted\":[\"form\"]}",
    "{\"posted\":[[\"form\"]]}",
    "{\"posted\":[[\"form\",\"x\",\"y\"]]}",
    "{\"posted\":[[\"form\",1]]}",
    "posted=x&token=%00%ff&purpose=",
];

#[tokio::test]
async fn no_odd_call_of_a_function_is_a_fault() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    let deep = format!("{{\"posted\":{}", "[".repeat(100_000));
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        let request = |uri: &str, kind: &str, body: &[u8]| {
            Request::builder()
                .method(method.clone())
                .uri(uri)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", kind)
                .header("cookie", &member)
                .body(Body::from(body.to_owned()))
                .unwrap()
        };
        let mut answers = Vec::new();
        for query in [
            "",
            "?",
            "?x",
            "?slug=%00&handle=%FF&kind=%ff&number=x&from=-1&to=&query=%f0&page=&value=%00&by=king",
            "?slug=a&slug=b&from=99999999999999999999&to=1&kind=cause&system=ORPHA&value=",
            "?slug[0]=a&kind[x]=b&query[][][]=c",
        ] {
            let uri = format!("{path}{query}");
            answers.push(site.ask(request(&uri, "application/json", b"")).await);
        }
        for body in ODD_CALLS.into_iter().chain([deep.as_str()]) {
            for kind in ["application/json", "application/x-www-form-urlencoded"] {
                answers.push(site.ask(request(path, kind, body.as_bytes())).await);
            }
        }
        answers.push(
            site.ask(request(path, "application/json", b"\xff\xfe"))
                .await,
        );
        for answer in answers {
            assert!(
                !answer.status.is_server_error(),
                "{path}: {} {}",
                answer.status,
                answer.text()
            );
        }
    }
}
