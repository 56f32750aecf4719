//! Forms that other sites send in a person's name (cross-site request forgery) do nothing.
//!
//! Every request that may change something has to come from a page of ours, by the headers that a
//! page cannot forge:
//!
//! | `Sec-Fetch-Site` | `Origin` | |
//! |---|---|---|
//! | `same-origin` | ours, `null` or absent | let through |
//! | `same-origin` | another | refused: they contradict each other |
//! | `same-site`, `cross-site`, `none`, anything else | any | refused |
//! | absent (a browser from before 2023) | ours | let through |
//! | absent | another, `null` or absent | refused |
//!
//! Ours is the site's public address, and the one under which it was reached if that is on the same
//! protocol: a page that came over http is none of a site on https, or the other way round.
//!
//! One address is exempt: `POST /unsubscribe/{token}`, which mail programs send from wherever they are (RFC
//! 8058). Nobody acts there in a person's name: the session is not looked at, and whoever has the token
//! can do one thing, which is to end the letters in which it was. It takes plain forms and forms with
//! files.
//!
//! `null` is what Firefox sends from our own pages for people who have switched referrers off.
//! Besides, the body must be what forms send, and a form with files only where one is taken, so that
//! no other kind of content is ever read. The session's cookie is `SameSite=Lax`, which is a second wall.

use std::{collections::HashSet, sync::LazyLock};

use app::community::paths::is_unsubscribe;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::AppState;

/// Lets through what reads, and what our own pages send.
pub(super) async fn our_own(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let by_letter = *request.method() == Method::POST && is_unsubscribe(path);
    if !by_letter && !is_ours(request.headers(), &state.site.identity().public_url) {
        return refuse(
            StatusCode::FORBIDDEN,
            "This was not sent from a page of this site, so nothing was done. \
             Open the page here and send it again.",
        );
    }
    let takes = Takes {
        json: path.starts_with("/api/"),
        files: by_letter || WITH_FILES.contains(path),
    };
    if !takes.what_is_sent(request.headers()) {
        return refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Only forms can be sent here.",
        );
    }
    next.run(request).await
}

fn refuse(status: StatusCode, words: &'static str) -> Response {
    (status, words).into_response()
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let origin = headers
        .get(header::ORIGIN)
        .map(axum::http::HeaderValue::as_bytes);
    let same = |origin: &[u8]| {
        // The site's own name, or the one under which it was reached: a page of an attacker has
        // neither, whatever it sends.
        let host = headers
            .get(header::HOST)
            .map(axum::http::HeaderValue::as_bytes);
        origin.eq_ignore_ascii_case(public_url.as_bytes())
            || host.is_some_and(|host| is_reached(origin, host, public_url))
    };
    match headers
        .get("sec-fetch-site")
        .map(axum::http::HeaderValue::as_bytes)
    {
        Some(b"same-origin") => origin.is_none_or(|origin| origin == b"null" || same(origin)),
        Some(_) => false,
        None => origin.is_some_and(same),
    }
}

/// Whether a page came from this host over the protocol that the site is on. Anybody on the way can
/// answer for http: a page that came so is not one of a site on https, unless it came from this very
/// machine.
fn is_reached(origin: &[u8], host: &[u8], public_url: &str) -> bool {
    let protocol = |of: &[u8]| of.starts_with(b"https://");
    let rest = origin
        .strip_prefix(b"https://")
        .or_else(|| origin.strip_prefix(b"http://"));
    rest == Some(host)
        && (protocol(origin) == protocol(public_url.as_bytes())
            || (!protocol(origin) && is_this_machine(host)))
}

/// Whether a host, with or without a port, is one that nobody else can be.
fn is_this_machine(host: &[u8]) -> bool {
    let Ok(host) = std::str::from_utf8(host) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    name == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The addresses of pages and server functions that take files.
static WITH_FILES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    app::routes::forms()
        .into_iter()
        .filter(|(_, form)| form.files)
        .flat_map(|(path, form)| [path, form.path])
        .collect()
});

/// What can be sent to an address besides plain forms.
#[derive(Clone, Copy)]
struct Takes {
    /// The calls of server functions.
    json: bool,
    /// Forms with files.
    files: bool,
}

impl Takes {
    fn what_is_sent(self, headers: &HeaderMap) -> bool {
        headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .is_some_and(|kind| {
                let is = |name| kind.trim().eq_ignore_ascii_case(name);
                is("application/x-www-form-urlencoded")
                    || (self.json && is("application/json"))
                    || (self.files && is("multipart/form-data"))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_another_protocol_is_not_ours() {
        let ours = |public_url: &str, host: &str, origin: &str| {
            let headers = HeaderMap::from_iter([
                (header::HOST, host.parse().unwrap()),
                (header::ORIGIN, origin.parse().unwrap()),
            ]);
            is_ours(&headers, public_url)
        };
        for (public_url, host, origin, expected) in [
            ("http://a.example", "a.example", "http://a.example", true),
            ("http://a.example", "a.example", "https://a.example", false),
            ("https://a.example", "a.example", "https://a.example", true),
            ("https://a.example", "a.example", "http://a.example", false),
            ("https://a.example", "b.example", "https://b.example", true),
            ("https://a.example", "b.example", "http://b.example", false),
            (
                "https://a.example",
                "127.0.0.1:3000",
                "http://127.0.0.1:3000",
                true,
            ),
            ("https://a.example", "[::1]:3000", "http://[::1]:3000", true),
            ("https://a.example", "localhost", "http://localhost", true),
            (
                "http://127.0.0.1:3000",
                "127.0.0.1:3000",
                "https://127.0.0.1:3000",
                false,
            ),
            (
                "http://127.0.0.1:3000",
                "localhost:3000",
                "http://localhost:3000",
                true,
            ),
            (
                "https://a.example",
                "127.0.0.1.b.example",
                "http://127.0.0.1.b.example",
                false,
            ),
        ] {
            assert_eq!(
                ours(public_url, host, origin),
                expected,
                "{public_url} {host} {origin}"
            );
        }
    }
}
