use axum::http::StatusCode;

use crate::{Site, percent, strings};

fn own() -> Vec<String> {
    let mut strings = strings::odd();
    strings.push("a".repeat(10_000));
    strings.push("é\u{301}".repeat(3_000));
    strings.push((1_u8..32).map(char::from).collect());
    strings
}

#[tokio::test]
async fn no_string_as_a_query_is_a_fault() {
    as_queries(&own()).await;
}

pub(crate) async fn as_queries(strings: &[String]) {
    let site = Site::open().await;
    for string in strings {
        let encoded = percent(string);
        for path in [
            format!("/search?q={encoded}"),
            format!("/api/search/suggest?q={encoded}"),
            format!("/api/search/results?query={encoded}&from=0"),
        ] {
            let answer = site.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{string:?} at {path}");
            // JSON is never read as markup (`nosniff`), pages are.
            if path.starts_with("/search") {
                assert!(!answer.text().contains("<script>alert"), "{string:?}");
            }
        }
    }
}

#[tokio::test]
async fn no_string_as_an_address_is_a_fault() {
    as_addresses(&own()).await;
}

pub(crate) async fn as_addresses(strings: &[String]) {
    let site = Site::open().await;
    for string in strings.iter().filter(|string| !string.is_empty()) {
        let encoded = percent(string);
        for path in [
            format!("/api/catalogue/condition?slug={encoded}"),
            format!("/communities/{encoded}"),
            format!("/conditions/families/{encoded}"),
            format!("/orpha/{encoded}"),
            format!("/{encoded}"),
        ] {
            let answer = site.get(&path).await;
            let known = [
                StatusCode::NOT_FOUND,
                StatusCode::MOVED_PERMANENTLY,
                StatusCode::OK,
            ];
            assert!(
                known.contains(&answer.status),
                "{string:?} at {path}: {}",
                answer.status
            );
            assert!(!answer.text().contains("<script>alert"), "{string:?}");
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_is_a_page_in_words() {
    let site = Site::open().await;
    for path in [
        "/communities/no-such-condition",
        "/conditions?letter=%C3%BC",
        "/conditions?letter=mm",
        "/conditions?after=no-such-condition",
        "/conditions?after=%00",
        "/conditions/families/no-such-family",
        "/orpha/999999999",
        "/orpha/abc",
        "/mondo/%00",
        "/no/such/page",
        "/wp-login.php",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let text = answer.text();
        assert!(
            text.contains("Page not found") && text.contains("noindex"),
            "{path}"
        );
    }
    for path in [
        "/search?q=x&from=99999999999999999999",
        "/search?q=myeloma&from=5000",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn no_write_is_reachable_by_another_method() {
    let site = Site::open().await;
    for path in [
        "/",
        "/communities/multiple-myeloma/history",
        "/api/search/results",
        "/search",
        "/members/x",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let request = axum::http::Request::builder()
                .method(method)
                .uri(path)
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::empty())
                .unwrap();
            let answer = site.ask(request).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn a_damaged_database_says_try_again_and_the_process_lives() {
    let site = Site::open().await;
    let connection = site.storage.database().readers().clone();
    connection.close().await.unwrap();
    let answer = site.get("/communities/cystic-fibrosis").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains("Please try again"));
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(
        site.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert!(site.folder.path().exists());
}
