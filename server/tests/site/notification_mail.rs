//! Email about notifications, how it is ended, and what people follow of conditions.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    account::Token,
    community::{MailChoices, Notifications},
    mail::Letter,
    time::{Clock, Timestamp},
    wiki::SectionKind,
};
use storage::{MasterKey, Storage};

use crate::{Answer, Noon, Site, addresses::LINK, sendings::FORMS};

const FORM: &str = "application/x-www-form-urlencoded";
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// Two days after all else.
struct Later;

impl Clock for Later {
    fn now(&self) -> Timestamp {
        Timestamp(Noon.now().0 + 2 * 86_400_000_000)
    }
}

impl Site {
    /// The token of the one letter about notifications that is due two days later.
    async fn letter(&self) -> String {
        let url = format!("sqlite:{}", self.folder.path().join("test.db").display());
        let later = Storage::open(&url, Arc::new(Later), MasterKey::new(&[1; 32]));
        let later = later.await.unwrap();
        assert_eq!(later.communities().write_letters().await, Ok(1));
        let outbox = later.outbox();
        while let Some(outgoing) = outbox.take().await.unwrap() {
            outbox.remove(outgoing.id).await.unwrap();
            if let Letter::Notifications { token, .. } = outgoing.letter {
                assert_eq!(outgoing.recipient.as_str(), "ada@example.org");
                return token;
            }
        }
        panic!("there is no letter");
    }

    /// What a mail program sends, from wherever it is.
    async fn one_click(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        kind: &str,
        body: &str,
    ) -> Answer {
        let mut request = Request::post(path).header("content-type", kind);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }
}

fn parts(name: &str, value: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n--XX--\r\n")
}

#[tokio::test]
async fn letters_are_ended_by_one_click_in_either_encoding() {
    let multipart = parts("List-Unsubscribe", "One-Click");
    for (kind, body) in [
        (FORM, ONE_CLICK),
        ("multipart/form-data; boundary=XX", multipart.as_str()),
        ("Multipart/Form-Data; boundary=\"XX\"", &multipart),
    ] {
        let site = Site::open().await;
        let (ada, grace, _) = site.answered().await;
        let path = format!("/unsubscribe/{}", site.letter().await);
        let communities = site.storage.communities();
        let (ada, actor) = (ada.clone(), site.actor(&ada).await);
        // By whatever is sent but that, nothing happens.
        for wrong in [
            "",
            "List-Unsubscribe=Two",
            "form=community/mark-read",
            "a=b",
        ] {
            let answer = site.one_click(&path, &[], FORM, wrong).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        let broken = "multipart/form-data; boundary=YY";
        let answer = site.one_click(&path, &[], broken, &multipart).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let answer = site.one_click(&path, &[], FORM, &"a".repeat(20_000)).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        let chosen = communities.mail_choices(actor).await;
        assert_eq!(chosen, Ok(MailChoices::DEFAULT));
        // From another site, with whatever session, as often as one likes.
        let foreign = [
            ("origin", "https://mail.example"),
            ("sec-fetch-site", "cross-site"),
        ];
        let of_grace = [foreign[0], foreign[1], ("cookie", grace.as_str())];
        let of_nobody = [("cookie", "__Host-session=rubbish")];
        for headers in [&foreign[..], &of_grace, &of_nobody, &[]] {
            let answer = site.one_click(&path, headers, kind, body).await;
            assert_eq!(answer.status, StatusCode::OK, "{kind}");
            let text = answer.markup();
            assert!(
                text.contains("Done. You get no more email about notifications."),
                "{text}"
            );
            assert!(
                !text.contains("Grace") && !text.contains("Ada"),
                "it names nobody"
            );
            assert_eq!(
                answer.header("set-cookie"),
                "",
                "no cookie is read or written"
            );
            assert_eq!(answer.header("cache-control"), "no-store");
            let chosen = communities.mail_choices(actor).await;
            assert_eq!(chosen, Ok(MailChoices::NONE));
        }
        let grace = site.actor(&grace).await;
        let others = communities.mail_choices(grace).await;
        assert_eq!(others, Ok(MailChoices::DEFAULT));
        let page = site
            .get_with("/settings/notifications", &[("cookie", &ada)])
            .await;
        assert_eq!(
            page.markup()
                .matches("<option value=\"never\" selected")
                .count(),
            4
        );
    }
}

#[tokio::test]
async fn the_page_of_a_letter_asks_before_it_ends_them() {
    let site = Site::open().await;
    let (ada, grace, _) = site.answered().await;
    let token = site.letter().await;
    let path = format!("/unsubscribe/{token}");
    let actor = site.actor(&ada).await;
    for cookie in ["", &ada, &grace] {
        let page = site.get_with(&path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("cache-control"), "no-store");
        let text = page.markup();
        assert!(text.contains("Turn off this email</button>"), "{text}");
        assert!(
            !text.contains("Ada") && !text.contains("Grace"),
            "it names nobody"
        );
    }
    let chosen = site.storage.communities().mail_choices(actor).await;
    assert_eq!(
        chosen,
        Ok(MailChoices::DEFAULT),
        "reading it changes nothing"
    );
    // A link that is none is like one that is too old.
    let mut pages = Vec::new();
    for wrong in [LINK, "x", "%00", "a%20b"] {
        let wrong = format!("/unsubscribe/{wrong}");
        let page = site.get(&wrong).await;
        let sent = site.one_click(&wrong, &[], FORM, ONE_CLICK).await;
        for answer in [page, sent] {
            assert_eq!(answer.status, StatusCode::OK, "{wrong}");
            let text = answer.markup();
            assert!(text.contains("This link does not work any more"), "{text}");
            pages.push(text.contains("Turn off"));
        }
    }
    assert!(!pages.contains(&true));
    // The button, without a script.
    let button = format!("form=community/unsubscribe&key=&token={token}");
    let sent = site.send_body(&path, "", &button).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(sent.markup().contains("Done."));
    let chosen = site.storage.communities().mail_choices(actor).await;
    assert_eq!(chosen, Ok(MailChoices::NONE));
    assert!(Token::parse(&token).is_some());
}

#[tokio::test]
async fn no_other_address_takes_what_another_site_sends() {
    let site = Site::open().await;
    let (ada, _, _) = site.answered().await;
    let token = site.letter().await;
    let foreign = [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("cookie", ada.as_str()),
    ];
    let mut paths: Vec<String> = FORMS
        .iter()
        .filter(|form| form.name() != "community/unsubscribe")
        .map(|form| crate::addresses::address(form.route).to_owned())
        .chain(FORMS.iter().map(|form| format!("/api/{}", form.name())))
        .collect();
    for near in [
        "/unsubscribe",
        "/unsubscribe/",
        "/unsubscribe/a/b",
        "//unsubscribe/a",
    ] {
        paths.push(near.to_owned());
    }
    for path in paths {
        for (kind, body) in [
            (FORM, ONE_CLICK.to_owned()),
            (FORM, format!("form=community/unsubscribe&token={token}")),
            (
                "multipart/form-data; boundary=XX",
                parts("List-Unsubscribe", "One-Click"),
            ),
        ] {
            let answer = site.one_click(&path, &foreign, kind, &body).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    // Nor any other method there, nor any other content.
    for (method, kind) in [
        ("PUT", FORM),
        ("DELETE", FORM),
        ("POST", "application/json"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(format!("/unsubscribe/{token}"))
            .header("origin", "https://evil.example")
            .header("content-type", kind)
            .body(Body::from(ONE_CLICK))
            .unwrap();
        let status = site.ask(request).await.status.as_u16();
        assert!([403, 415].contains(&status), "{method} {kind}: {status}");
    }
}

#[tokio::test]
async fn people_choose_which_email_they_get() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let path = "/settings/notifications";
    let chosen = async || {
        let page = site.get_with(path, &[("cookie", &ada)]).await;
        let text = page.markup();
        ["at-once", "daily", "never"].map(|value| {
            let option = format!("<option value=\"{value}\" selected");
            text.matches(&option).count()
        })
    };
    assert_eq!(chosen().await, [0, 2, 2]);
    let choice =
        "form=community/choose-mail&replies=at-once&mentions=daily&topics=never&communities=daily";
    let sent = site.send_body(path, &ada, choice).await;
    assert_eq!(sent.header("location"), format!("{path}?done=saved"));
    assert_eq!(chosen().await, [1, 2, 1]);
    for wrong in ["replies=hourly", "replies=", "replies=%00"] {
        let body = choice.replace("replies=at-once", wrong);
        let sent = site.send_body(path, &ada, &body).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(chosen().await, [1, 2, 1]);
    for page in ["/settings", "/notifications"] {
        let text = site.get_with(page, &[("cookie", &ada)]).await.text();
        assert!(text.contains(&format!("href=\"{path}\"")), "{page}");
    }
}

#[tokio::test]
async fn a_page_and_a_community_are_followed_by_a_button() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let (condition, discussions) = (
        "/communities/wilson-disease",
        "/communities/wilson-disease/discussions",
    );
    for (path, what, begin, end, back) in [
        (
            condition,
            "page",
            "Follow this page",
            "Stop following this page",
            "#community",
        ),
        (
            discussions,
            "discussions",
            "Tell me about new discussions",
            "Stop telling me",
            "",
        ),
    ] {
        let shows = async |cookie: &str| {
            let text = site.get_with(path, &[("cookie", cookie)]).await.markup();
            [begin, end].map(|words| text.contains(&format!(">{words}</button>")))
        };
        assert_eq!(shows("").await, [false, false]);
        let visitor = site.get(path).await.text();
        assert!(!visitor.contains("follow-condition"));
        assert_eq!(shows(&ada).await, [true, false]);
        for (form, expected) in [
            ("follow-condition", [false, true]),
            ("stop-following-condition", [true, false]),
            ("follow-condition", [false, true]),
        ] {
            let body = format!("form=community/{form}&slug=wilson-disease&what={what}");
            let sent = site.send_body(path, &ada, &body).await;
            assert_eq!(sent.header("location"), format!("{path}{back}"));
            assert_eq!(shows(&ada).await, expected);
        }
        assert_eq!(
            site.get(path).await.text(),
            visitor,
            "visitors see none of it"
        );
        let body = format!("form=community/follow-condition&slug=wilson-disease&what={what}");
        let sent = site.send_body(path, "", &body).await;
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
        let sent = site
            .send_body(path, &ada, &body.replace(what, "trials"))
            .await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    site.write("wilson-disease", SectionKind::Cause, "Another cause.")
        .await;
    site.tell().await;
    let list = site
        .get_with("/notifications", &[("cookie", &ada)])
        .await
        .markup();
    assert!(
        list.contains("href=\"/communities/wilson-disease/history\""),
        "{list}"
    );
    assert!(list.contains("The text of a page that you follow has changed, "));
}
