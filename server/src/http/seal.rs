//! Sealing a page: its head is put in, its inline scripts are hashed into a strict Content Security
//! Policy, and the finished bytes get an entity tag. Hashes and not nonces, so that the bytes are
//! the same for everybody and can be kept.

use std::borrow::Cow;

use app::page::{HEAD_MARK, PageHead};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Response, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    site::SiteIdentity,
    text::{printable, shorten},
};
use http_body_util::BodyExt;
use memchr::memmem::Finder;
use sha2::{Digest, Sha256};

use super::observe::REQUEST_ID;
use crate::{bundle::hex, page_cache::FinishedPage};

/// Headers of every answer. The policy is that of an answer without scripts.
pub(super) fn security_headers(secure: bool) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = vec![
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        // With no-referrer older browsers send `Origin: null` and forms break.
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static(
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
            ),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
        ),
    ];
    if secure {
        headers.push((
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        ));
    }
    headers
}

pub(super) fn is_page(response: &Response<Body>) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether the client already has this version (RFC 9110, 13.1.2: weak comparison).
pub(super) fn matches(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let Some(have) = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    have.split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == "*" || tag.as_bytes() == etag.as_bytes())
}

/// Buffers and finishes a page. `None` if its body breaks off.
pub(super) async fn finish(
    response: Response<Body>,
    head: Option<PageHead>,
    identity: &SiteIdentity,
    security: &[(HeaderName, HeaderValue)],
) -> Option<FinishedPage> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.ok()?.to_bytes();
    let html = std::str::from_utf8(&body).ok()?;
    let (html, policy) = assemble(html, head.as_ref(), identity);
    let etag = entity_tag(html.as_bytes())?;
    let mut headers = parts.headers;
    headers.remove(header::CONTENT_LENGTH);
    headers.remove(header::TRANSFER_ENCODING);
    // One request's, while the page may answer many.
    headers.remove(REQUEST_ID);
    for (name, value) in security {
        headers.insert(name, value.clone());
    }
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_str(&policy).ok()?,
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept-encoding, cookie"),
    );
    Some(FinishedPage::new(headers, etag, Bytes::from(html)))
}

/// Left with an answer that is no page, and the same for everybody who asks for its path: it gets an
/// entity tag, and may be kept.
#[derive(Clone, Copy)]
pub(super) struct ForEverybody;

/// Buffers and finishes such an answer. `None` if its body breaks off.
pub(super) async fn finish_data(
    response: Response<Body>,
    security: &[(HeaderName, HeaderValue)],
) -> Option<FinishedPage> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.ok()?.to_bytes();
    let mut headers = parts.headers;
    for name in [
        header::CONTENT_LENGTH,
        header::TRANSFER_ENCODING,
        REQUEST_ID,
    ] {
        headers.remove(name);
    }
    for (name, value) in security {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Some(FinishedPage::new(headers, entity_tag(&body)?, body))
}

/// A strong one, of the bytes.
fn entity_tag(bytes: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{}\"", hex(&Sha256::digest(bytes)[..12]))).ok()
}

/// Puts the head in its place and the scripts that Leptos writes after the document before the end
/// of the body, without their nonces. With the policy that lets these scripts run, and those that the
/// shell has written into the head: none that anything in between may have brought in.
fn assemble(html: &str, head: Option<&PageHead>, identity: &SiteIdentity) -> (String, String) {
    let mark = format!("<meta name=\"{HEAD_MARK}\">");
    let (before, rest) = html.split_once(mark.as_str()).unwrap_or(("", html));
    // Between and behind the last tags Leptos leaves empty comments.
    let (body, scripts) = rest.rsplit_once("</body>").unwrap_or((rest, ""));
    let scripts = scripts
        .find("<script")
        .map_or("", |start| &scripts[start..]);
    let mut page = String::with_capacity(html.len() + 2_048);
    page.push_str(before);
    if let Some(head) = head {
        write_head(&mut page, head, identity);
    }
    push_markup(&mut page, body);
    let of_shell = page.find("<body").unwrap_or_default();
    let of_leptos = page.len();
    let mut scripts = scripts;
    // `<script nonce="…">` becomes `<script>`; nothing else carries the attribute.
    while let Some(start) = scripts.find(" nonce=\"") {
        page.push_str(&scripts[..start]);
        let after = &scripts[start + 8..];
        scripts = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    page.push_str(scripts);
    let policy = policy(&[
        &printable(&page[..of_shell]),
        &printable(&page[of_leptos..]),
    ]);
    page.push_str("</body></html>");
    // Whoever it came from, a person, a file or an address.
    let page = match printable(&page) {
        Cow::Borrowed(_) => page,
        Cow::Owned(printable) => printable,
    };
    (page, policy)
}

/// Leptos marks the places that it finds again while it hydrates with `<!>`. Browsers read that as an
/// empty comment, validators as a mistake; this is one that both know. Texts have no bare `<`.
fn push_markup(page: &mut String, mut markup: &str) {
    let mark = Finder::new("<!>");
    while let Some(start) = mark.find(markup.as_bytes()) {
        page.push_str(&markup[..start]);
        page.push_str("<!---->");
        markup = &markup[start + 3..];
    }
    page.push_str(markup);
}

fn write_head(page: &mut String, head: &PageHead, identity: &SiteIdentity) {
    let title = escape(&PageHead::full_title(&head.title, &identity.name));
    let mut line = |parts: &[&str]| {
        for part in parts {
            page.push_str(part);
        }
    };
    line(&["<title>", &title, "</title>"]);
    if !head.description.is_empty() {
        let description = escape(&shorten(&head.description, 200));
        line(&["<meta name=\"description\" content=\"", &description, "\">"]);
        line(&[
            "<meta property=\"og:description\" content=\"",
            &description,
            "\">",
        ]);
    }
    if let Some(canonical) = &head.canonical {
        let url = escape(&format!("{}{canonical}", identity.public_url));
        line(&["<link rel=\"canonical\" href=\"", &url, "\">"]);
        line(&["<meta property=\"og:url\" content=\"", &url, "\">"]);
        line(&["<meta property=\"og:type\" content=\"article\">"]);
    }
    line(&["<meta property=\"og:title\" content=\"", &title, "\">"]);
    line(&[
        "<meta property=\"og:site_name\" content=\"",
        &escape(&identity.name),
        "\">",
    ]);
    if let Some(feed) = &head.feed {
        line(&[
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"What is new\" href=\"",
            &escape(feed),
            "\">",
        ]);
    }
    if !head.index || identity.demonstration {
        line(&["<meta name=\"robots\" content=\"noindex\">"]);
    }
    for data in &head.structured {
        // `<` is the only character that can end the element early.
        let json = data.to_string().replace('<', "\\u003c");
        line(&["<script type=\"application/ld+json\">", &json, "</script>"]);
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The policy that lets exactly the inline scripts of these parts of a page run, and our own module.
fn policy(parts: &[&str]) -> String {
    let mut sources = String::new();
    for part in parts {
        write_hashes(&mut sources, part);
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{sources}; style-src 'self'; \
         connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

fn write_hashes(sources: &mut String, html: &str) {
    let mut rest = html;
    let opening = Finder::new("<script");
    let closing = Finder::new("</script>");
    while let Some(start) = opening.find(rest.as_bytes()) {
        let Some(open) = rest[start..].find('>') else {
            break;
        };
        let tag = &rest[start..=start + open];
        let content = &rest[start + open + 1..];
        let Some(end) = closing.find(content.as_bytes()) else {
            break;
        };
        // Data blocks are not executed and need no leave.
        if !tag.contains("application/ld+json") && end > 0 {
            let hash = STANDARD.encode(Sha256::digest(&content.as_bytes()[..end]));
            sources.push_str(" 'sha256-");
            sources.push_str(&hash);
            sources.push('\'');
        }
        rest = &content[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> SiteIdentity {
        SiteIdentity {
            name: "RareShare".to_owned(),
            public_url: "https://example.org".to_owned(),
            demonstration: false,
            registry: None,
        }
    }

    fn sealed(head: &PageHead) -> (String, String) {
        let html = format!(
            "<html><head><meta name=\"{HEAD_MARK}\"></head><body><p>x nonce=\"kept\"</p></body><!></html><!>\
             <script nonce=\"abc\">one()</script><script nonce=\"abc\">two()</script>"
        );
        assemble(&html, Some(head), &identity())
    }

    #[test]
    fn scripts_move_into_the_body_without_nonces() {
        let (page, policy) = sealed(&PageHead::default());
        assert!(
            page.ends_with("<script>one()</script><script>two()</script></body></html>"),
            "{page}"
        );
        assert!(page.contains("x nonce=\"kept\""), "{page}");
        let hash = STANDARD.encode(Sha256::digest(b"one()"));
        assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
    }

    #[test]
    fn what_a_page_says_of_itself_is_escaped() {
        let (page, policy) = sealed(&PageHead {
            title: "</title><script>alert(1)</script>".to_owned(),
            description: "\"><script>alert(2)</script>".to_owned(),
            canonical: Some("/a?b=\"><script>".to_owned()),
            index: false,
            feed: Some("/\"><script>alert(4)</script>".to_owned()),
            structured: vec![serde_json::json!({"name": "</script><script>alert(3)</script>"})],
        });
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(page.contains("noindex"), "{page}");
        assert_eq!(policy.matches("sha256-").count(), 2);
    }

    #[test]
    fn marks_for_hydration_are_comments() {
        let html =
            format!("<html><head><meta name=\"{HEAD_MARK}\"></head><body>a<!>b<!><!></body>");
        let (page, _) = assemble(&html, None, &identity());
        assert!(
            page.contains("<body>a<!---->b<!----><!----></body>"),
            "{page}"
        );
    }

    #[test]
    fn data_blocks_get_no_leave_to_run() {
        let (_, policy) = sealed(&PageHead {
            structured: vec![serde_json::json!({"a": 1})],
            ..PageHead::default()
        });
        assert_eq!(policy.matches("sha256-").count(), 2);
    }

    #[test]
    fn a_script_that_a_text_has_brought_in_gets_no_leave_to_run() {
        for brought in [
            "<p><script>evil()</script></p>",
            "</body><script>evil()</script>",
            "</body></html><script nonce=\"abc\">evil()</script>",
            "<body><script>evil()</script>",
        ] {
            let html = format!(
                "<html><head><script type=\"module\">shell()</script><meta name=\"{HEAD_MARK}\"></head>\
                 <body>{brought}</body></html><script nonce=\"abc\">leptos()</script>"
            );
            let (_, policy) = assemble(&html, Some(&PageHead::default()), &identity());
            for (script, expected) in [("shell()", true), ("leptos()", true), ("evil()", false)] {
                let hash = STANDARD.encode(Sha256::digest(script));
                assert_eq!(policy.contains(&hash), expected, "{script}: {brought}");
            }
        }
    }
}
