//! `GET /api/search/suggest?q=`: names for what has been typed so far.

use axum::{
    Json,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{account::Actor, catalogue::Catalogue};
use serde::Deserialize;

use super::{AppState, refused::status_of};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

pub(super) async fn suggest(State(state): State<AppState>, Query(asked): Query<Asked>) -> Response {
    match state
        .storage
        .catalogue()
        .suggest(Actor::Visitor, &asked.q)
        .await
    {
        Ok(hits) => ([(header::CACHE_CONTROL, "private, max-age=60")], Json(hits)).into_response(),
        Err(error) => (status_of(&error), error.to_string()).into_response(),
    }
}
