//! Drafts of several tabs, through the whole router.

use axum::http::StatusCode;

use crate::{Site, percent, writing::parts};

const EDIT: &str = "/communities/wilson-disease/sections/cause/edit";

#[tokio::test]
async fn what_another_tab_has_begun_is_still_offered() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "Most peple live with it.", "", "").await;
    let open = async || site.get_with(EDIT, &[("cookie", &cookie)]).await.text();
    let hidden = |page: &str, name: &str| -> String {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
        rest.unwrap().split('"').next().unwrap().to_owned()
    };
    let send = async |page: &str, text: &str, action: &str| {
        let fields = ["key", "base", "draft", "grown_from"]
            .map(|name| format!("&{name}={}", hidden(page, name)))
            .concat();
        let body = format!(
            "form=wiki/edit&{}{fields}&text={}&summary=&action={action}",
            parts(EDIT),
            percent(text)
        );
        site.send_body(EDIT, &cookie, &body).await
    };
    let (first, second) = (open().await, open().await);
    let typed = "Most peple live with it.\n\nAn hour of work.";
    assert_eq!(send(&second, typed, "draft").await.status, StatusCode::OK);
    let saved = send(&first, "Most people live with it.", "").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let again = open().await;
    assert!(again.contains("You began this text"), "{again}");
    assert!(again.contains("An hour of work."));
    // A third text: both are offered, one in the field and one by its link.
    let third = again.clone();
    let fourth = open().await;
    assert_eq!(send(&third, "Third.", "draft").await.status, StatusCode::OK);
    assert_eq!(
        send(&fourth, "Fourth.", "draft").await.status,
        StatusCode::OK
    );
    let both = open().await;
    assert!(both.contains("Your other drafts of this section"), "{both}");
    let link = format!("{EDIT}?draft=");
    let id = both.split(&link).nth(1).unwrap().split('"').next().unwrap();
    let other = site
        .get_with(&format!("{link}{id}"), &[("cookie", &cookie)])
        .await
        .text();
    for text in ["Third.", "Fourth."] {
        let in_field = |page: &str| page.contains(&format!("\n{text}</textarea>"));
        assert!(in_field(&both) != in_field(&other), "{text}");
    }
}

#[tokio::test]
async fn ones_own_text_from_another_tab_is_not_called_somebody_elses() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "One.", "", "").await;
    let page = site.get_with(EDIT, &[("cookie", &cookie)]).await.text();
    let base = page.split("name=\"base\" value=\"").nth(1).unwrap();
    let base = base.split('"').next().unwrap().to_owned();
    site.edit(&cookie, "Two.", "", "").await;
    let body = |text: &str| {
        let fields = parts(EDIT);
        format!("form=wiki/edit&{fields}&key={text}&base={base}&draft=mine&text={text}.&summary=")
    };
    let answer = site.send_body(EDIT, &cookie, &body("Three")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let text = answer.text();
    assert!(
        text.contains("You changed the same words in another tab"),
        "{text}"
    );
    assert!(!text.contains("Someone else"));
    let other = site.moderator("other@example.org").await;
    let answer = site.send_body(EDIT, &other, &body("Four")).await;
    assert!(
        answer
            .text()
            .contains("Someone else changed the same words")
    );
}
