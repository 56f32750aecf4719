//! A request id, a count, and one log line for what the page cache did not answer. The line names
//! the route and not the address: addresses here name diseases.

use std::time::Instant;

use app::page::HeadSlot;
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use super::metrics::METRICS;

/// Names a request in the log. Kept pages carry none.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(super) async fn observe(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let slot = request.extensions().get::<HeadSlot>().cloned();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let id = storage::random_id();
    let mut response = next.run(request).await;
    let status = response.status();
    let page = slot.as_ref().and_then(HeadSlot::route);
    let route = page
        .as_deref()
        .or(matched.as_ref().map(MatchedPath::as_str))
        .unwrap_or("(none)");
    METRICS.answered(status);
    METRICS.seconds.record(began.elapsed().as_secs_f64());
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    if status.is_server_error() {
        tracing::error!(request = id, %method, route, status = status.as_u16(), milliseconds, "answered");
    } else {
        tracing::debug!(request = id, %method, route, status = status.as_u16(), milliseconds, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
