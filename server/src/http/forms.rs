//! Forms: carried out, they lead on to a page; refused, the page that they came from is shown again
//! as it was filled in. A hydrated page gets the same as JSON.

use app::{
    context::{Services, Visit},
    form::{Fields, Outcome, Returned, Sent, submit},
    routes::Question,
    ui::HeadSlot,
};
use axum::{
    Json,
    body::Body,
    http::{HeaderValue, Method, Request, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use domain::Error;
use http_body_util::BodyExt;

/// What became of it: where to go, or the request for the page that shows what is wrong.
pub(super) enum Answer {
    Response(Response<Body>),
    Again(Box<Request<Body>>, StatusCode),
}

pub(super) async fn receive(services: &Services, request: Request<Body>) -> Answer {
    let (parts, body) = request.into_parts();
    let Ok(body) = body.collect().await else {
        // Only the limit breaks a body off that has not broken off by itself.
        return Answer::Response(
            (
                StatusCode::PAYLOAD_TOO_LARGE,
                "This is more than can be sent at once. Go back and shorten it.",
            )
                .into_response(),
        );
    };
    let path = parts.uri.path().to_owned();
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return Answer::Response(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    if let Some(question) = Question::of(&path) {
        if !question.takes_forms() {
            let reading = [(header::ALLOW, "GET, HEAD")];
            return Answer::Response((StatusCode::METHOD_NOT_ALLOWED, reading).into_response());
        }
        if let Some(slot) = parts.extensions.get::<HeadSlot>() {
            slot.put_route(question.route(), question.keeping());
        }
    }
    let fields = Fields::read(&body.to_bytes());
    let hydrated = parts
        .headers
        .get(header::ACCEPT)
        .is_some_and(|kind| kind == "application/json");
    match submit(services, &visit, &path, &fields).await {
        Outcome::Done { path, reload } if hydrated => told((path, reload, String::new())),
        Outcome::Done { path, .. } => Answer::Response(see(&path)),
        Outcome::Refused(error) if hydrated => {
            let returned = Returned { fields, error };
            told(returned.sent(services, &visit, &path).await)
        }
        Outcome::Refused(error) => again(parts, Returned { fields, error }),
    }
}

/// For a hydrated page. A refusal is no failed response, which browsers log to the console.
fn told(sent: Sent) -> Answer {
    let nobody = [(header::CACHE_CONTROL, "no-store")];
    Answer::Response((nobody, Json(sent)).into_response())
}

/// "See other": the browser fetches the page by GET, and reloading it sends nothing again.
fn see(path: &str) -> Response<Body> {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // Paths of ours are ASCII.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, location);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn again(mut parts: Parts, returned: Returned) -> Answer {
    let status = match returned.error {
        // The page says so itself.
        Error::NotFound => StatusCode::OK,
        ref error => {
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
        }
    };
    parts.method = Method::GET;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    // Without the query: what it says was done is not what has just been refused.
    if let Ok(uri) = parts.uri.path().parse() {
        parts.uri = uri;
    }
    parts.extensions.insert(returned);
    Answer::Again(Box::new(Request::from_parts(parts, Body::empty())), status)
}
