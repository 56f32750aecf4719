//! What is known about a condition, for programs: as JSON with a description of it (`OpenAPI`), and
//! as Markdown.
//!
//! Everybody gets what a visitor reads, whoever asks: a copy of it belongs to nobody.

mod json;
mod markdown;
mod model;

use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{
    Error, Result,
    account::Actor,
    catalogue::{Catalogue, Condition, Resolved},
    text::is_slug,
    wiki::{Wiki, WikiDraft, WikiPage},
};
use utoipa::OpenApi;

use self::model::OpenCondition;
use super::{AppState, refused::status_of, seal};

/// All that is known about one condition.
struct Known {
    condition: Condition,
    wiki: WikiPage,
    texts: WikiDraft,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Open data of RareShare",
        version = "1",
        description = "What the pages of conditions show to everybody. Texts that carry the name of a source keep the licence of that source."
    ),
    paths(condition_json, condition_markdown)
)]
struct Description;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/openapi.json", get(description))
        .route("/api/conditions/{slug}", get(condition_json))
}

/// Answers `/communities/{slug}.md`, which the router cannot tell from `/communities/{slug}`.
pub(super) async fn with_markdown(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let slug = request
        .uri()
        .path()
        .strip_prefix("/communities/")
        .and_then(|rest| rest.strip_suffix(".md"))
        .filter(|slug| request.method() == Method::GET && is_slug(slug))
        .map(str::to_owned);
    match slug {
        Some(slug) => condition_markdown(&state, &slug).await,
        None => next.run(request).await,
    }
}

async fn description(State(state): State<AppState>) -> Response {
    let mut described = Description::openapi();
    described.servers = Some(vec![utoipa::openapi::Server::new(
        state.site.identity().public_url.clone(),
    )]);
    storage::changes::never_changes();
    let json = described.to_pretty_json().unwrap_or_default();
    kept("application/json", json.into_bytes())
}

/// One condition as JSON: names, codes, relatives, and its sections as Markdown and as HTML.
#[utoipa::path(
    get,
    path = "/api/conditions/{slug}",
    params(("slug" = String, Path, description = "Last part of the address of the page", example = "multiple-myeloma")),
    responses(
        (status = 200, description = "What is known", body = OpenCondition),
        (status = 308, description = "A former address; `Location` has the present one"),
        (status = 404, description = "There is no such condition"),
    )
)]
async fn condition_json(State(state): State<AppState>, Path(slug): Path<String>) -> Response {
    let origin = &state.site.identity().public_url;
    match known(&state, &slug).await {
        Ok(Resolved::Here(known)) => {
            let body = json::printable(&OpenCondition::of(known, origin)).unwrap_or_default();
            kept("application/json", body)
        }
        Ok(Resolved::Moved { slug }) => moved(&format!("/api/conditions/{slug}")),
        Err(error) => refused(&error),
    }
}

/// One condition as Markdown, with names, codes and references in TOML before the sections: the
/// format of the starter catalogue.
#[utoipa::path(
    get,
    path = "/communities/{slug}.md",
    params(("slug" = String, Path, description = "Last part of the address of the page", example = "multiple-myeloma")),
    responses(
        (status = 200, description = "What is known", body = String, content_type = "text/markdown"),
        (status = 308, description = "A former address; `Location` has the present one"),
        (status = 404, description = "There is no such condition"),
    )
)]
async fn condition_markdown(state: &AppState, slug: &str) -> Response {
    match known(state, slug).await {
        Ok(Resolved::Here(known)) => {
            let body = markdown::write(&known).into_bytes();
            kept("text/markdown; charset=utf-8", body)
        }
        Ok(Resolved::Moved { slug }) => moved(&format!("/communities/{slug}.md")),
        Err(error) => refused(&error),
    }
}

async fn known(state: &AppState, slug: &str) -> Result<Resolved<Known>> {
    let visitor = Actor::Visitor;
    let condition = match state.storage.catalogue().condition(visitor, slug).await? {
        Resolved::Here(condition) => condition,
        Resolved::Moved { slug } => return Ok(Resolved::Moved { slug }),
    };
    let id = condition.id.ok_or(Error::NotFound)?;
    let wiki = state.storage.wiki();
    Ok(Resolved::Here(Known {
        wiki: wiki.page(visitor, id).await?,
        texts: wiki.texts(visitor, id).await?,
        condition,
    }))
}

/// Anybody's program may read it, from any site; copies are asked for anew and cost nothing then.
fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    response
}

/// The front gives it an entity tag and keeps it.
fn kept(kind: &'static str, body: Vec<u8>) -> Response {
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    response.extensions_mut().insert(seal::ForEverybody);
    open(response)
}

fn moved(path: &str) -> Response {
    open(Redirect::permanent(path).into_response())
}

fn refused(error: &Error) -> Response {
    let told = Json(serde_json::json!({ "error": error.to_string() }));
    open((status_of(error), told).into_response())
}
