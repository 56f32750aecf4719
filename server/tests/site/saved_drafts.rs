//! Drafts of posts, through the whole router: kept on one device, continued on another, published.

use axum::http::StatusCode;
use domain::community::{Memberships, TopicAudience};

use crate::Site;

const SLUG: &str = "wilson-disease";
const START: &str = "/communities/wilson-disease/discussions/new";
const ASK: &str = "/communities/wilson-disease/questions/new";
const DRAFTS: &str = "/settings/drafts";

impl Site {
    async fn insider(&self, address: &str, name: &str) -> String {
        let cookie = self.member(address, name).await;
        let actor = self.actor(&cookie).await;
        self.storage.communities().join(actor, SLUG).await.unwrap();
        cookie
    }

    async fn opens_page(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.markup()
    }
}

/// The value of a hidden field, in the form that writes and in the one that deletes alike.
fn hidden(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.unwrap().split('"').next().unwrap().to_owned()
}

fn start(page: &str, text: &str, more: &str) -> String {
    let (key, draft) = (hidden(page, "key"), hidden(page, "draft"));
    format!(
        "form=community/start&key={key}&draft={draft}&slug={SLUG}&title=A+walk&text={text}\
         &content_note=mentions+death&audience=everyone{more}"
    )
}

#[tokio::test]
async fn a_discussion_is_begun_on_one_device_and_published_from_another() {
    let site = Site::open().await;
    let ada = site.insider("ada@example.org", "Ada").await;
    let grace = site.insider("grace@example.org", "Grace").await;
    let empty = site.opens_page(START, &ada).await;
    assert!(empty.contains(">Save draft</button>") && !empty.contains("Delete draft"));
    let body = start(&empty, "A+finch+hides.", "&anonymous=yes&action=draft");
    let saved = site.send_body(START, &ada, &body).await;
    assert_eq!(saved.status, StatusCode::OK);
    let saved = saved.markup();
    assert!(
        saved.contains("Draft saved. Only you can see it."),
        "{saved}"
    );
    assert!(saved.contains("Delete draft") && saved.contains("\nA finch hides.</textarea>"));

    let page = site.opens_page(START, &ada).await;
    assert!(page.contains("You saved this draft on"), "{page}");
    assert!(page.contains("\nA finch hides.</textarea>"));
    assert!(page.contains("value=\"A walk\"") && page.contains("value=\"mentions death\""));
    // Nothing says beforehand who writes without a name.
    let tick = page.split("name=\"anonymous\"").nth(1).unwrap();
    assert!(
        !tick.split('>').next().unwrap().contains("checked"),
        "{page}"
    );
    assert_eq!(hidden(&saved, "draft"), hidden(&page, "draft"));
    let list = site.opens_page(DRAFTS, &ada).await;
    assert!(list.contains(&format!("<a href=\"{START}\">")), "{list}");
    assert!(list.contains("A finch hides."));
    for path in [START, DRAFTS, "/search?q=finch", "/discussions"] {
        assert!(
            !site.opens_page(path, &grace).await.contains("finch hides"),
            "{path}"
        );
    }
    for path in [
        "/api/community/drafts",
        "/api/community/new-topic?slug=wilson-disease",
    ] {
        let own = site.get_with(path, &[("cookie", &ada)]).await;
        assert!(own.text().contains("A finch hides."), "{path}");
        for cookie in [&grace, ""] {
            let other = site.get_with(path, &[("cookie", cookie)]).await;
            assert!(!other.text().contains("finch"), "{path}");
        }
    }

    let sent = site
        .send_body(START, &ada, &start(&page, "A+finch+sings.", "&anonymous="))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(sent.header("location").starts_with("/topics/"));
    assert!(
        site.opens_page(DRAFTS, &ada)
            .await
            .contains("You have no drafts.")
    );
    assert!(!site.opens_page(START, &ada).await.contains("finch"));
}

#[tokio::test]
async fn of_two_devices_neither_replaces_what_it_has_not_shown() {
    let site = Site::open().await;
    let ada = site.insider("ada@example.org", "Ada").await;
    let (phone, desk) = (
        site.opens_page(START, &ada).await,
        site.opens_page(START, &ada).await,
    );
    let body = start(&phone, "On+the+phone.", "&action=draft");
    // Sent twice, it is saved once.
    for _ in 0..2 {
        let saved = site.send_body(START, &ada, &body).await;
        assert_eq!(saved.status, StatusCode::OK);
    }
    let body = start(&desk, "At+the+desk.", "&action=draft");
    let refused = site.send_body(START, &ada, &body).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let refused = refused.markup();
    assert!(
        refused.contains("Not saved. You saved another draft here"),
        "{refused}"
    );
    assert!(refused.contains("\nAt the desk.</textarea>"));
    assert!(refused.contains("On the phone.</pre>"));
    // Its button would delete what they have typed together with it.
    assert!(!refused.contains("Delete draft"));
    assert!(site.opens_page(START, &ada).await.contains("On the phone."));
    let body = start(&refused, "At+the+desk.", "&action=draft");
    let saved = site.send_body(START, &ada, &body).await;
    assert_eq!(saved.status, StatusCode::OK);
    let page = site.opens_page(START, &ada).await;
    assert!(page.contains("\nAt the desk.</textarea>"));
    // What the phone publishes now leaves the other one.
    let sent = site.send_body(START, &ada, &start(&phone, "So.", "")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(site.opens_page(DRAFTS, &ada).await.contains("At the desk."));
    // It is deleted as it is shown, and where it is written one begins anew.
    let version = hidden(&page, "draft");
    let body = format!("form=community/delete-draft&draft={version}&page=start&of={SLUG}");
    let deleted = site.send_body(START, &ada, &body).await;
    assert_eq!(deleted.header("location"), START);
    assert!(!site.opens_page(START, &ada).await.contains("At the desk."));
}

#[tokio::test]
async fn a_question_is_continued_at_its_second_step() {
    let site = Site::open().await;
    let ada = site.insider("ada@example.org", "Ada").await;
    let page = site.opens_page(ASK, &ada).await;
    let key = hidden(&page, "key");
    let body = format!(
        "form=community/ask&key={key}&draft=&slug={SLUG}&title=May+I&text=A+wren+hides.\
         &content_note=&audience=everyone&action=draft"
    );
    let saved = site.send_body(ASK, &ada, &body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let page = site.opens_page(ASK, &ada).await;
    assert!(page.contains("value=\"May I\"") && page.contains("\nA wren hides.</textarea>"));
    assert!(page.contains("Ask question") && page.contains("Delete draft"));
    let (key, draft) = (hidden(&page, "key"), hidden(&page, "draft"));
    let body = format!(
        "form=community/ask&key={key}&draft={draft}&slug={SLUG}&title=May+I+walk?\
         &text=A+wren+sings.&content_note=&audience=everyone"
    );
    let sent = site.send_body(ASK, &ada, &body).await;
    assert!(
        sent.header("location").starts_with("/questions/"),
        "{}",
        sent.text()
    );
    assert!(
        site.opens_page(DRAFTS, &ada)
            .await
            .contains("You have no drafts.")
    );
}

#[tokio::test]
async fn a_reply_is_continued_where_it_replied() {
    let site = Site::open().await;
    let ada = site.insider("ada@example.org", "Ada").await;
    let grace = site.insider("grace@example.org", "Grace").await;
    let id = site.topic_of(&grace, SLUG, TopicAudience::Everyone).await;
    let (topic, path) = (
        format!("/topics/{id}/a-walk"),
        format!("/topics/{id}/a-walk/reply"),
    );
    let page = site.opens_page(&format!("{path}?to=1"), &ada).await;
    let body = |page: &str, more: &str| {
        let (key, draft) = (hidden(page, "key"), hidden(page, "draft"));
        format!(
            "form=community/reply%231&key={key}&draft={draft}&id={id}&words=a-walk&in_reply_to=1\
             &text=A+lark+hides.&content_note={more}"
        )
    };
    let saved = site
        .send_body(&path, &ada, &body(&page, "&action=draft"))
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let there = site.opens_page(&topic, &ada).await;
    let link = format!("<a href=\"{path}\">Continue your draft</a>");
    assert!(
        there.contains(&link) && !there.contains("lark hides"),
        "{there}"
    );
    for cookie in [&grace, ""] {
        let other = site.opens_page(&topic, cookie).await;
        assert!(!other.contains("Continue your draft"));
    }
    let page = site.opens_page(&path, &ada).await;
    assert!(page.contains("\nA lark hides.</textarea>"));
    assert_eq!(hidden(&page, "in_reply_to"), "1");
    let sent = site.send_body(&path, &ada, &body(&page, "")).await;
    assert_eq!(sent.header("location"), format!("{topic}#post-2"));
    assert!(
        !site
            .opens_page(&topic, &ada)
            .await
            .contains("Continue your draft")
    );
    assert!(
        site.opens_page(DRAFTS, &ada)
            .await
            .contains("You have no drafts.")
    );
}

#[tokio::test]
async fn a_draft_outlasts_the_session() {
    let site = Site::open().await;
    let ada = site.insider("ada@example.org", "Ada").await;
    let page = site.opens_page(START, &ada).await;
    let body = start(&page, "A+finch+hides.", "&action=draft");
    let ended = site.send_body(START, "", &body).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    assert!(
        ended.text().contains("A+finch+hides."),
        "it is kept in the page"
    );
    assert!(
        site.opens_page(DRAFTS, &ada)
            .await
            .contains("You have no drafts.")
    );
}
