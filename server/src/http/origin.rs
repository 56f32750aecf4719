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
//! `null` is what Firefox sends from our own pages for people who have switched referrers off.
//! Besides, the body must be what forms send, and a form with files only where one is taken, so that
//! no other kind of content is ever read. The session's cookie is `SameSite=Lax`, which is a second wall.

use std::{collections::HashSet, sync::LazyLock};

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
    if !is_ours(request.headers(), &state.site.identity().public_url) {
        return refuse(
            StatusCode::FORBIDDEN,
            "This was not sent from a page of this site, so nothing was done. \
             Open the page here and send it again.",
        );
    }
    let path = request.uri().path();
    let takes = Takes {
        json: path.starts_with("/api/"),
        files: WITH_FILES.contains(path),
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
            || [b"http://".as_slice(), b"https://"].iter().any(|scheme| {
                origin
                    .strip_prefix(*scheme)
                    .is_some_and(|rest| Some(rest) == host)
            })
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
