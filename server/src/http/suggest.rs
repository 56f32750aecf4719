//! `GET /api/search/suggest?q=`: names for what has been typed so far.

use axum::{
    Json,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{account::Actor, catalogue::Catalogue};
use serde::Deserialize;

use super::AppState;

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
        Err(error) => {
            let status = StatusCode::from_u16(error.status());
            (
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                error.to_string(),
            )
                .into_response()
        }
    }
}
