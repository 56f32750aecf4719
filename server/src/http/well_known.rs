//! Addresses that programs know by themselves (RFC 8615).

use app::account::paths::PASSWORD;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Timestamp;

use super::{AppState, seal::ForEverybody};

pub(super) const SECURITY: &str = "/.well-known/security.txt";
pub(super) const CHANGE_PASSWORD: &str = "/.well-known/change-password";

/// For how long what the file says is right, in days. Less than a year (RFC 9116, 2.5.5).
const DAYS: i64 = 180;
const DAY: i64 = 86_400 * 1_000_000;

/// Whom to tell about a weakness of the site (RFC 9116).
pub(super) async fn security(State(state): State<AppState>) -> Response {
    let Some(contact) = &state.security_contact else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let origin = &state.site.identity().public_url;
    let today = state.storage.database().now().0.div_euclid(DAY);
    storage::changes::never_changes();
    storage::changes::until(Timestamp((today + 1) * DAY));
    let expires = Timestamp((today + DAYS) * DAY).rfc3339();
    let text = format!(
        "Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\n\
         Canonical: {origin}{SECURITY}\n"
    );
    let kind = "text/plain; charset=utf-8";
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    response.extensions_mut().insert(ForEverybody);
    response
}

/// Where password managers send people (W3C, "A Well-Known URL for Changing Passwords").
pub(super) async fn change_password() -> Redirect {
    Redirect::to(PASSWORD)
}
