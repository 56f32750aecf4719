//! What a visitor can ask is kept or cheap, however it is asked.

use axum::http::StatusCode;

use crate::{Answer, Site};

const PAGE: &str = "/communities/multiple-myeloma";

impl Answer {
    /// Whether it was there already: what is made carries the number of its request.
    fn is_kept(&self) -> bool {
        !self.headers.contains_key("x-request-id")
    }
}

#[tokio::test]
async fn a_cookie_that_is_no_token_is_no_session() {
    let site = Site::open().await;
    let long = "a".repeat(44);
    for cookie in ["", "x", "%", long.as_str(), "\"quoted\""] {
        let cookie = format!("__Host-session={cookie}");
        let asked = [("cookie", cookie.as_str())];
        // Also where it is the first that anybody asks.
        let path = format!(
            "/communities/{}",
            ["wilson-disease", "cystinosis"][cookie.len() % 2]
        );
        site.get_with(&path, &asked).await;
        for answer in [site.get_with(&path, &asked).await, site.get(&path).await] {
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.is_kept(), "{cookie}");
            assert_eq!(answer.header("cache-control"), "public, no-cache");
            assert_eq!(answer.header("set-cookie"), "");
        }
    }
}

#[tokio::test]
async fn a_token_that_opens_nothing_gets_the_kept_page() {
    let site = Site::open().await;
    let cookie = format!("__Host-session={}", "a".repeat(43));
    // Whoever has one may be the first to ask as well.
    site.get_with(PAGE, &[("cookie", &cookie)]).await;
    let visitor = site.get(PAGE).await;
    assert!(visitor.is_kept());
    assert_eq!(visitor.header("set-cookie"), "", "it is nobody else's");
    let answer = site.get_with(PAGE, &[("cookie", &cookie)]).await;
    assert!(answer.is_kept());
    assert_eq!(answer.body, visitor.body);
    // The cookie goes, and so this answer is theirs alone.
    assert!(answer.header("set-cookie").starts_with("__Host-session=;"));
    assert_eq!(answer.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn who_is_signed_in_never_gets_a_visitors_page() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    site.get(PAGE).await;
    for path in [PAGE, "/communities/multiple-myeloma?utm_source=x"] {
        let answer = site.get_with(path, &[("cookie", &member)]).await;
        assert!(!answer.is_kept(), "{path}");
        assert!(answer.text().contains("Ada"), "{path}");
        assert!(site.get(path).await.is_kept());
        assert!(!site.get(path).await.text().contains("Ada"));
    }
}

#[tokio::test]
async fn unknown_names_of_a_query_make_no_page() {
    let site = Site::open().await;
    // The first who asks does not choose under which address it is kept.
    let first = site.get(&format!("{PAGE}?utm_source=x&after=y")).await;
    assert_eq!(first.status, StatusCode::OK);
    let canonical = format!("<link rel=\"canonical\" href=\"https://rareshare.example{PAGE}\">");
    assert!(first.text().contains(&canonical));
    for query in [
        "",
        "?",
        "?utm_source=y",
        "?letter=b",
        "?x",
        "?%00=%ff",
        "?after=cystinosis",
    ] {
        let answer = site.get(&format!("{PAGE}{query}")).await;
        assert!(answer.is_kept(), "{query}");
        assert_eq!(answer.body, first.body, "{query}");
    }
}

#[tokio::test]
async fn known_names_of_a_query_are_pages_of_their_own() {
    let site = Site::open().await;
    let all = site.get("/conditions").await;
    let of_letter = site.get("/conditions?letter=w").await;
    assert_ne!(all.body, of_letter.body);
    for same in [
        "/conditions?letter=w",
        "/conditions?x=1&letter=w",
        "/conditions?letter=%77&x",
    ] {
        let answer = site.get(same).await;
        assert!(answer.is_kept(), "{same}");
        assert_eq!(answer.body, of_letter.body, "{same}");
    }
    let after = site.get("/conditions?after=cystinosis&letter=c").await;
    let same = site.get("/conditions?letter=c&after=cystinosis").await;
    assert!(same.is_kept() && same.body == after.body && same.body != all.body);
    // What no page calls its own is made each time, and does not stay.
    for path in [
        "/conditions?letter=%22",
        "/conditions?after=",
        "/search?q=a",
        "/search?q=b",
    ] {
        for _ in 0..2 {
            assert!(!site.get(path).await.is_kept(), "{path}");
        }
    }
}

#[tokio::test]
async fn what_programs_ask_is_kept() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    for path in [
        "/sitemap.xml",
        "/sitemaps/site.xml",
        "/sitemaps/conditions-1.xml",
        "/communities/wilson-disease/history.atom",
        "/communities/wilson-disease/sections/cause/history.atom",
        "/communities/wilson-disease.md",
        "/api/conditions/wilson-disease",
        "/api/openapi.json",
        "/.well-known/security.txt",
    ] {
        let first = site.get(&format!("{path}?x=1")).await;
        assert_eq!(first.status, StatusCode::OK, "{path}");
        let tag = first.header("etag").to_owned();
        let again = site.get_with(path, &[("accept-encoding", "br")]).await;
        assert!(again.is_kept(), "{path}");
        assert_eq!(again.header("content-encoding"), "br", "{path}");
        assert_eq!(again.header("content-type"), first.header("content-type"));
        let have = site.get_with(path, &[("if-none-match", &tag)]).await;
        assert_eq!(have.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(have.body.is_empty(), "{path}");
        let member = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(member.body, first.body, "{path}");
        assert_eq!(
            member.header("cache-control"),
            "private, no-cache",
            "{path}"
        );
        for header in ["x-content-type-options", "content-security-policy"] {
            assert_ne!(again.header(header), "", "{path}");
        }
    }
    // Until something changes.
    site.edit(&cookie, "Copper stays.", "", "").await;
    let path = "/communities/wilson-disease.md";
    assert!(!site.get(path).await.is_kept());
    assert!(site.get(path).await.text().contains("Copper stays."));
}

#[tokio::test]
async fn a_comparison_is_made_once() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "A text.", "", "").await;
    let page = "/communities/wilson-disease/sections/cause";
    let number = site.newest_cause().await;
    let path = format!("{page}/compare?from={number}&to={number}");
    assert_eq!(site.get(&path).await.status, StatusCode::OK);
    assert!(site.get(&format!("{path}&x=1")).await.is_kept());
}

#[tokio::test]
async fn programs_find_what_they_look_for_by_themselves() {
    let site = Site::open().await;
    let security = site.get("/.well-known/security.txt").await;
    assert_eq!(security.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        security.text(),
        "Contact: mailto:security@rareshare.example\nExpires: 2027-05-22T00:00:00Z\n\
         Preferred-Languages: en\n\
         Canonical: https://rareshare.example/.well-known/security.txt\n"
    );
    let password = site.get("/.well-known/change-password").await;
    assert_eq!(password.status, StatusCode::SEE_OTHER);
    assert_eq!(password.header("location"), "/settings/password");
    let nothing = "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200";
    assert_eq!(site.get(nothing).await.status, StatusCode::NOT_FOUND);
}
