//! What whoever enrolled somebody can take home, and the documents that people sign:
//!
//! | address | what |
//! |---|---|
//! | `/registry/enrol/{random}/data.json` | all that the registry knows of a participant, as a FHIR R4 bundle |
//! | `/registry/enrol/{random}/ledger.json` | their rows of the registry's log, with their hashes |
//! | `/registry/documents/{whom}/{language}/{version}` | a document that is or was up, to the letter |

mod fhir;
mod ledger;

use app::context::RequestContext;
use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    Error, Result,
    account::Accounts,
    catalogue::{Catalogue, Code, Resolved},
    registry::{
        OwnData, Registry,
        consent::DocumentFor,
        screening::{Answer, ConditionAnswer, Question},
    },
};
use serde_json::Value;

use self::fhir::Participant;
use super::{AppState, refused::status_of};

/// One person's own.
const NO_STORE: (HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
/// A document, which everybody may read.
const PUBLIC: (HeaderName, HeaderValue) = (
    header::CACHE_CONTROL,
    HeaderValue::from_static("public, no-cache"),
);

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/registry/enrol/{random}/data.json", get(data))
        .route("/registry/enrol/{random}/ledger.json", get(ledger_rows))
        .route(
            "/registry/documents/{whom}/{language}/{version}",
            get(document),
        )
}

async fn data(
    State(state): State<AppState>,
    Extension(request_context): Extension<RequestContext>,
    Path(random): Path<String>,
) -> Response {
    // The type of FHIR in JSON, as the standard names it.
    match bundle(&state, &request_context, &random).await {
        Ok(bundle) => download(&bundle, "application/fhir+json", "data.json"),
        Err(error) => refused(&error),
    }
}

async fn bundle(state: &AppState, request_context: &RequestContext, random: &str) -> Result<Value> {
    let actor = request_context.actor;
    let data = state.storage.registry().own_data(actor, random).await?;
    let email = state.storage.accounts().account(actor).await?.email;
    let codes = codes(state, request_context, &data).await;
    Ok(Participant {
        data: &data,
        email: email.as_str(),
        codes: &codes,
        site: &state.site.identity().public_url,
        now: state.storage.database().now(),
    }
    .bundle())
}

/// The codes of the condition, where it is one of the catalogue and still there.
async fn codes(state: &AppState, request_context: &RequestContext, data: &OwnData) -> Vec<Code> {
    let screening = &data.own.enrolment.screening;
    let Some(Answer::Condition(ConditionAnswer::Listed(link))) =
        screening.answer(Question::Condition)
    else {
        return Vec::new();
    };
    let (catalogue, actor) = (state.storage.catalogue(), request_context.actor);
    let mut slug = link.slug.clone();
    // A condition that was moved has another address, and its codes there.
    for _ in 0..2 {
        match catalogue.condition(actor, &slug).await {
            Ok(Resolved::Here(condition)) => return condition.codes,
            Ok(Resolved::Moved { slug: now }) => slug = now,
            Err(_) => break,
        }
    }
    Vec::new()
}

async fn ledger_rows(
    State(state): State<AppState>,
    Extension(request_context): Extension<RequestContext>,
    Path(random): Path<String>,
) -> Response {
    let registry = state.storage.registry();
    match registry.own_data(request_context.actor, &random).await {
        Ok(data) => {
            let copy = ledger::copy(&data, state.storage.database().now());
            download(&copy, "application/json", "history.json")
        }
        Err(error) => refused(&error),
    }
}

async fn document(
    State(state): State<AppState>,
    Extension(request_context): Extension<RequestContext>,
    Path((whom, language, version)): Path<(String, String, String)>,
) -> Response {
    match published(&state, &request_context, &whom, &language, &version).await {
        Ok(text) => {
            let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
            ([(header::CONTENT_TYPE, kind), PUBLIC], text).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// What is signed, to the letter.
async fn published(
    state: &AppState,
    request_context: &RequestContext,
    whom: &str,
    language: &str,
    version: &str,
) -> Result<String> {
    let whom = DocumentFor::from_name(whom).ok_or(Error::NotFound)?;
    let version = version.parse().map_err(|_| Error::NotFound)?;
    if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(Error::NotFound);
    }
    let (registry, actor) = (state.storage.registry(), request_context.actor);
    let document = registry.published(actor, whom, language, version).await?;
    Ok(document.signed_text())
}

fn download(content: &Value, kind: &'static str, name: &str) -> Response {
    let mut text = serde_json::to_vec_pretty(content).unwrap_or_default();
    text.push(b'\n');
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(NO_STORE.0, NO_STORE.1);
    let attached = format!("attachment; filename=\"{name}\"");
    if let Ok(attached) = HeaderValue::from_str(&attached) {
        headers.insert(header::CONTENT_DISPOSITION, attached);
    }
    response
}

fn refused(error: &Error) -> Response {
    (status_of(error), [NO_STORE]).into_response()
}
