use axum::http::StatusCode;
use domain::Error;

/// The status that says what a service said no with, where no page says it.
pub(super) fn status_of(error: &Error) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
