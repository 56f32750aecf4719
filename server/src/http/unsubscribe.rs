//! Letters about notifications are ended by one click (RFC 8058): what a mail program sends to
//! `/unsubscribe/{token}` is carried out as the form of that page.

use app::{
    community::{UnsubscribeFields, paths::is_unsubscribe},
    ui::form::PageForm,
};
use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
    response::IntoResponse,
};
use http_body_util::{BodyExt, Limited};

use super::upload;

/// Most bytes of what is sent.
const MOST: usize = 16 * 1024;

/// Whether it is sent to the page that a letter leads to.
pub(super) fn is_by_letter(request: &Request<Body>) -> bool {
    *request.method() == Method::POST && is_unsubscribe(request.uri().path())
}

/// The form of the page, whoever sent it: the page, or a mail program in either encoding.
pub(super) async fn as_form(request: Request<Body>) -> Result<Request<Body>, Response<Body>> {
    let refused = |status: StatusCode, words: &'static str| (status, words).into_response();
    let (mut parts, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MOST).collect().await else {
        return Err(refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            "This is more than can be sent here.",
        ));
    };
    let body = body.to_bytes();
    let pairs = match upload::content_type(&parts.headers) {
        Some(kind) => upload::fields(kind, body).await.unwrap_or_default(),
        None => form_urlencoded::parse(&body).into_owned().collect(),
    };
    let ends = |(name, value): &(String, String)| match name.as_str() {
        "List-Unsubscribe" => value == "One-Click",
        "form" => value == UnsubscribeFields::name(),
        _ => false,
    };
    if !pairs.iter().any(ends) {
        return Err(refused(
            StatusCode::BAD_REQUEST,
            "Nothing was changed. Open the link in your browser and press the button there.",
        ));
    }
    let token = parts.uri.path().rsplit('/').next().unwrap_or_default();
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("form", UnsubscribeFields::name())
        .append_pair("token", token)
        .finish();
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    parts.headers.remove(header::CONTENT_LENGTH);
    Ok(Request::from_parts(parts, Body::from(form)))
}
