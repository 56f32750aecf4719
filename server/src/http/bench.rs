//! Constant bytes to measure pages against; only `rareshare bench-target` serves them.

use axum::{Router, extract::Query, http::header, response::IntoResponse, routing::get};
use serde::Deserialize;

#[derive(Deserialize)]
struct Size {
    bytes: usize,
}

/// As many bytes as a page has, at most a megabyte.
async fn constant(Query(size): Query<Size>) -> impl IntoResponse {
    static BYTES: [u8; 1 << 20] = [b'x'; 1 << 20];
    let size = size.bytes.min(BYTES.len());
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        axum::body::Bytes::from_static(&BYTES[..size]),
    )
}

pub(super) fn behind_the_stack<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/bench/constant", get(constant))
}

pub(super) fn bare() -> Router {
    Router::new().route("/bench/bare", get(constant))
}
