//! `GET /members/{handle}/picture`: for whom it is, and nobody else.

use app::context::RequestContext;
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, profile::Profiles};

use super::{AppState, refused::status_of, seal};

/// The browser keeps it and asks each time whether it is still for this person.
const OWN_COPY: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(super) async fn picture(
    State(state): State<AppState>,
    Extension(request_context): Extension<RequestContext>,
    Path(handle): Path<String>,
    asked: HeaderMap,
) -> Response {
    let picture = match state
        .storage
        .profiles()
        .picture(request_context.actor, &handle)
        .await
    {
        Ok(picture) => picture,
        // The same whether there is none or none for who asks.
        Err(Error::NotFound) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return status_of(&error).into_response(),
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, OWN_COPY);
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", picture.version)) {
        if seal::matches(&asked, &tag) {
            headers.insert(header::ETAG, tag);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    (headers, picture.bytes).into_response()
}
