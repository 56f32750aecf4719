//! What programs read of pages: feeds, and what search engines are told.

use axum::http::StatusCode;

use crate::Site;

#[tokio::test]
async fn histories_are_feeds() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "A text.", "Said <b> & \"why\"", "")
        .await;
    for path in [
        "/communities/wilson-disease/history.atom",
        "/communities/wilson-disease/sections/cause/history.atom",
    ] {
        let feed = site.get(path).await;
        assert_eq!(feed.status, StatusCode::OK, "{path}");
        let tag = feed.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{path}");
        let again = site.get_with(path, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(
            feed.header("content-type"),
            "application/atom+xml; charset=utf-8"
        );
        let text = feed.text();
        assert!(text.contains("Said &lt;b&gt; &amp;"), "{text}");
        assert!(text.contains("<updated>2026-11-23T12:00:00"), "{text}");
        assert!(text.contains("https://rareshare.example/communities/wilson-disease/revisions/"));
        assert!(
            text.contains("A member") && !text.contains("Quill"),
            "{text}"
        );
    }
    for path in [
        "/communities/nowhere/history.atom",
        "/communities/wilson-disease/sections/x/history.atom",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn pages_name_their_feeds() {
    let site = Site::open().await;
    let of = |feed: &str| {
        format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"What is new\" href=\"{feed}\">"
        )
    };
    for (path, feed) in [
        (
            "/communities/wilson-disease",
            "/communities/wilson-disease/history.atom",
        ),
        (
            "/communities/wilson-disease/history",
            "/communities/wilson-disease/history.atom",
        ),
        (
            "/communities/wilson-disease/sections/cause/history",
            "/communities/wilson-disease/sections/cause/history.atom",
        ),
    ] {
        assert!(site.get(path).await.text().contains(&of(feed)), "{path}");
        assert_eq!(site.get(feed).await.status, StatusCode::OK, "{feed}");
    }
}

#[tokio::test]
async fn a_feed_of_nothing_begins_with_its_condition() {
    let site = Site::open().await;
    site.bare_condition("Bare condition", "MONDO:9999901").await;
    let feed = site.get("/communities/bare-condition/history.atom").await;
    assert_eq!(feed.status, StatusCode::OK);
    let text = feed.text();
    assert!(!text.contains("<entry>"), "{text}");
    // The moment of the import, and not 1970.
    assert!(text.contains("<updated>2026-11-23T12:00:00"), "{text}");
}

#[tokio::test]
async fn what_is_not_known_is_no_null_for_search_engines() {
    let site = Site::open().await;
    site.bare_condition("Bare condition", "MONDO:9999902").await;
    for path in [
        "/communities/bare-condition",
        "/communities/multiple-myeloma",
    ] {
        let html = site.get(path).await.text();
        let mut blocks = html.split("<script type=\"application/ld+json\">").skip(1);
        let first = blocks.next().unwrap().split("</script>").next().unwrap();
        let told: serde_json::Value = serde_json::from_str(first).unwrap();
        assert_eq!(told["@type"], "MedicalWebPage");
        assert!(!first.contains("null"), "{first}");
    }
}
