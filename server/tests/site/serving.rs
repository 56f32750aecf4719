use axum::http::{Request, StatusCode};
use domain::{
    account::Actor,
    catalogue::{Catalogue, Resolved},
    wiki::SectionKind,
};

use crate::{Site, words::words};

const PAGE: &str = "/communities/multiple-myeloma";

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::open().await;
    for path in [
        PAGE,
        "/no-such-page",
        "/api/search/suggest?q=a",
        "/api/site/overview",
        "/robots.txt",
        "/orpha/29073",
        "/favicon.svg",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer
                .header("strict-transport-security")
                .starts_with("max-age="),
            "{path}"
        );
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("nonce-"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_inline_script_is_allowed_by_its_hash_and_nothing_else() {
    let site = Site::open().await;
    let page = site.get(PAGE).await;
    let html = page.text();
    let inline = html
        .split("<script")
        .skip(1)
        .filter(|script| !script.starts_with(" type=\"application/ld+json\""))
        .count();
    assert_eq!(
        page.header("content-security-policy")
            .matches("'sha256-")
            .count(),
        inline
    );
    assert!(!html.contains(" nonce=") && !html.contains(" style="));
    assert!(!html.contains(" onclick") && !html.contains("javascript:"));
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let site = Site::open().await;
    let first = site.get(PAGE).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'));
    for _ in 0..2 {
        let again = site.get_with(PAGE, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert!(again.body.is_empty());
    }
    let weak = format!("\"other\", W/{tag}");
    let again = site.get_with(PAGE, &[("if-none-match", &weak)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let other = site.get_with(PAGE, &[("if-none-match", "\"other\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn the_kept_page_is_the_rendered_page() {
    let site = Site::open().await;
    let rendered = site.get(PAGE).await;
    let kept = site.get(PAGE).await;
    assert_eq!(rendered.body, kept.body);
    // Only the rendered answer is one request's own.
    assert!(!kept.headers.contains_key("x-request-id"));
    let with_cookie = site.get_with(PAGE, &[("cookie", "a=b")]).await;
    assert_eq!(rendered.body, with_cookie.body);
}

#[tokio::test]
async fn pages_are_compressed_as_the_client_takes_them() {
    let site = Site::open().await;
    let plain = site.get(PAGE).await;
    let brotli = site
        .get_with(PAGE, &[("accept-encoding", "gzip, br")])
        .await;
    assert_eq!(brotli.header("content-encoding"), "br");
    assert!(brotli.body.len() * 3 < plain.body.len());
    let gzip = site.get_with(PAGE, &[("accept-encoding", "gzip")]).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut read = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&gzip.body[..]);
    std::io::Read::read_to_string(&mut decoder, &mut read).unwrap();
    assert_eq!(read, plain.text());
    assert!(plain.header("vary").contains("accept-encoding"));
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let site = Site::open().await;
    for path in [PAGE, "/no-such-page", "/robots.txt"] {
        let get = site.get(path).await;
        let request = Request::head(path).body(axum::body::Body::empty()).unwrap();
        let head = site.ask(request).await;
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn an_edit_is_on_the_very_next_page() {
    let site = Site::open().await;
    let before = site.get(PAGE).await;
    let found = site
        .storage
        .catalogue()
        .condition(Actor::Operator, "multiple-myeloma")
        .await;
    let Ok(Resolved::Here(condition)) = found else {
        panic!("{found:?}");
    };
    for number in 0..5 {
        let text = format!("Edit number {number}.");
        site.write(&condition.slug, SectionKind::Cause, &text).await;
        let after = site.get(PAGE).await;
        assert_ne!(before.header("etag"), after.header("etag"));
        let text = words(&after.text());
        assert!(text.contains(&format!("Edit number {number}.")));
        assert!(text.contains("Written by the community, 23 November 2026."));
    }
}

#[tokio::test]
async fn texts_do_not_travel_twice() {
    let site = Site::open().await;
    let html = site.get("/communities/cystic-fibrosis").await.text();
    let data = site
        .get("/api/catalogue/condition?slug=cystic-fibrosis")
        .await
        .text();
    // The data for hydration goes without the markup that stands on the page; the data for a page
    // that the browser builds has it.
    assert!(data.contains("<p>"));
    let scripts: String = html.split("<script>").skip(1).collect();
    assert!(
        !scripts.contains("<p>") && !scripts.contains("\\u003cp>"),
        "{scripts}"
    );
}

#[tokio::test]
async fn the_style_is_immutable() {
    let site = Site::open().await;
    let html = site.get("/").await.text();
    let href = html
        .split("<link rel=\"stylesheet\" href=\"")
        .nth(1)
        .unwrap();
    let href = href.split('"').next().unwrap();
    let style = site.get_with(href, &[("accept-encoding", "br")]).await;
    assert_eq!(style.status, StatusCode::OK);
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
    assert_eq!(style.header("content-encoding"), "br");
    assert_eq!(
        site.get("/assets/none.css").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        site.get("/assets/..%2f..%2fCargo.toml").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_page_of_another_build_is_told_so() {
    let site = Site::open().await;
    for path in [
        "/build/000000000000/api/catalogue/families",
        "/build/x/communities/wilson-disease",
        "/build/",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.text(), "\"Outdated\"", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'")
        );
    }
}

#[tokio::test]
async fn files_of_a_former_bundle_are_still_there() {
    let site = Site::open().await;
    let folder = site.folder.path().join("assets");
    std::fs::create_dir_all(&folder).unwrap();
    let script = "export const former = 1;".repeat(100);
    let compressed = server::bundle::brotli(script.as_bytes(), 9);
    std::fs::write(folder.join("frontend-0123456789abcdef.js.br"), &compressed).unwrap();
    let path = "/assets/frontend-0123456789abcdef.js";
    for (accepted, encoding, length) in [
        ("br", "br", compressed.len()),
        ("gzip", "", script.len()),
        ("identity", "", script.len()),
    ] {
        let answer = site.get_with(path, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{accepted}");
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.body.len(), length, "{accepted}");
        assert!(answer.header("content-type").starts_with("text/javascript"));
        assert!(answer.header("cache-control").contains("immutable"));
    }
    assert_eq!(
        site.get("/assets/frontend-0123456789abcdef.js.br")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}
