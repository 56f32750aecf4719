//! What search engines are told: `robots.txt` and a sitemap index (sitemaps.org). Only pages with
//! human content are listed.

use std::fmt::Write as _;

use app::{catalogue, trials};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    account::Actor,
    catalogue::{Catalogue, SitemapEntry},
    site::{SiteIdentity, TextKind},
    trials::Trials,
};

use super::{AppState, refused::status_of, seal::ForEverybody};

/// Far below the protocol's limit of 50,000 addresses a file.
const PART: u64 = 10_000;

pub(super) async fn robots(State(state): State<AppState>) -> impl IntoResponse {
    let SiteIdentity {
        public_url: origin,
        demonstration,
        ..
    } = state.site.identity();
    let text = if *demonstration {
        // What is invented would be found beside what is known.
        "User-agent: *\nDisallow: /\n".to_owned()
    } else {
        format!(
            "User-agent: *\nDisallow: /search\nDisallow: /api/\n\nSitemap: {origin}/sitemap.xml\n"
        )
    };
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}

fn xml(body: String) -> Response {
    let kind = "application/xml; charset=utf-8";
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    response.extensions_mut().insert(ForEverybody);
    response
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(super) async fn index(State(state): State<AppState>) -> Response {
    let origin = &state.site.identity().public_url;
    let mut body = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    let _ = writeln!(
        body,
        "<sitemap><loc>{origin}/sitemaps/site.xml</loc></sitemap>"
    );
    for pages in Pages::ALL {
        let mut part = 0;
        loop {
            let entries = match pages.part(&state, part).await {
                Ok(entries) => entries,
                Err(error) => return status_of(&error).into_response(),
            };
            let Some(newest) = entries.iter().map(|entry| entry.updated.as_str()).max() else {
                break;
            };
            part += 1;
            let name = pages.name();
            let _ = writeln!(
                body,
                "<sitemap><loc>{origin}/sitemaps/{name}-{part}.xml</loc><lastmod>{newest}</lastmod></sitemap>"
            );
        }
    }
    body.push_str("</sitemapindex>\n");
    xml(body)
}

pub(super) async fn part(State(state): State<AppState>, Path(file): Path<String>) -> Response {
    let origin = &state.site.identity().public_url;
    let mut body = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    if file == "site.xml" {
        storage::changes::never_changes();
        let texts = TextKind::ALL.map(app::site::paths::text);
        let pages = ["/", "/conditions", "/conditions/families", "/sources"];
        for path in pages.into_iter().chain(texts) {
            let _ = writeln!(body, "<url><loc>{origin}{path}</loc></url>");
        }
    } else {
        let Some((pages, number)) = Pages::of_file(&file) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let entries = match pages.part(&state, number).await {
            Ok(entries) if entries.is_empty() => return StatusCode::NOT_FOUND.into_response(),
            Ok(entries) => entries,
            Err(error) => return status_of(&error).into_response(),
        };
        for entry in entries {
            let _ = writeln!(
                body,
                "<url><loc>{origin}{}</loc><lastmod>{}</lastmod></url>",
                pages.path(&entry.slug),
                entry.updated
            );
        }
    }
    body.push_str("</urlset>\n");
    xml(body)
}

/// What there is one of for each of many conditions.
#[derive(Clone, Copy)]
enum Pages {
    Conditions,
    Trials,
}

impl Pages {
    const ALL: [Self; 2] = [Self::Conditions, Self::Trials];

    fn name(self) -> &'static str {
        match self {
            Self::Conditions => "conditions",
            Self::Trials => "trials",
        }
    }

    fn path(self, slug: &str) -> String {
        match self {
            Self::Conditions => catalogue::paths::condition(slug),
            Self::Trials => trials::paths::trials(slug),
        }
    }

    /// Which part a file is, the first being 0.
    fn of_file(file: &str) -> Option<(Self, u64)> {
        let (name, number) = file.strip_suffix(".xml")?.rsplit_once('-')?;
        let pages = Self::ALL.into_iter().find(|pages| pages.name() == name)?;
        Some((pages, number.parse::<u64>().ok()?.checked_sub(1)?))
    }

    async fn part(self, state: &AppState, number: u64) -> domain::Result<Vec<SitemapEntry>> {
        let storage = &state.storage;
        match self {
            Self::Conditions => {
                storage
                    .catalogue()
                    .sitemap(Actor::Visitor, number, PART)
                    .await
            }
            Self::Trials => storage.trials().sitemap(Actor::Visitor, number, PART).await,
        }
    }
}
