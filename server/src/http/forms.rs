//! Forms: carried out, they lead on to a page; refused, the page that they came from is shown again
//! as it was filled in. A hydrated page gets the same as JSON.

use app::{
    account::sign_in_path,
    context::{Services, Visit},
    form::{Fields, Kept, Outcome, Returned, Sent, Shown, signing_in, submit},
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

use super::upload;

/// What became of it: where to go, or the request for the page that is shown instead.
pub(super) enum Answer {
    Response(Response<Body>),
    Page(Box<Request<Body>>, StatusCode),
}

pub(super) async fn receive(services: &Services, request: Request<Body>) -> Answer {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return Answer::Response(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let question = Question::of(&path).filter(|question| question.is_for(visit.actor));
    if let Some(question) = &question {
        if !question.takes_forms() {
            let reading = [(header::ALLOW, "GET, HEAD")];
            return Answer::Response((StatusCode::METHOD_NOT_ALLOWED, reading).into_response());
        }
        if let Some(slot) = parts.extensions.get::<HeadSlot>() {
            slot.put_route(question.route(), question.keeping());
        }
    }
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .filter(|kind| kind.to_ascii_lowercase().starts_with("multipart/"));
    let has_files = kind.is_some();
    let fields = match kind {
        Some(_) if visit.name.is_none() => {
            upload::discard(body).await;
            Fields::default()
        }
        Some(kind) => match upload::read(kind, body).await {
            Ok(fields) => fields,
            Err(upload::Unreadable::TooLarge) => return too_large(),
            Err(upload::Unreadable::Malformed) => {
                let words = "This form arrived damaged. Go back and send it again.";
                return Answer::Response((StatusCode::BAD_REQUEST, words).into_response());
            }
        },
        None => match body.collect().await {
            Ok(body) => Fields::read(&body.to_bytes()),
            // Only the limit breaks a body off that has not broken off by itself.
            Err(_) => return too_large(),
        },
    };
    // With a wrong password, what waited goes on waiting.
    let visit = Visit {
        kept: fields.carried(),
        ..visit
    };
    let hydrated = parts
        .headers
        .get(header::ACCEPT)
        .is_some_and(|kind| kind == "application/json");
    let outcome = match question {
        // Files are not kept, and the page says nothing else.
        Some(_) if has_files && visit.name.is_none() => Outcome::Done {
            path: sign_in_path(&path),
            reload: true,
        },
        Some(question) => submit(services, &visit, &question, &fields).await,
        None => Outcome::Refused(Error::NotFound),
    };
    match outcome {
        Outcome::Done { path, reload } if hydrated => told((path, reload, String::new())),
        Outcome::Done { path, .. } => Answer::Response(see(&path)),
        Outcome::Refused(error) if hydrated => {
            let error = Some(error);
            let returned = Returned { fields, error };
            told(returned.sent(services, &visit, &path).await)
        }
        Outcome::Refused(error) => {
            let status = status(&error);
            let error = Some(error);
            page(
                parts,
                &path,
                visit,
                status,
                Some(Returned { fields, error }),
            )
        }
        Outcome::Page(shown) if hydrated => told(Shown(*shown).sent()),
        Outcome::Page(shown) => {
            let mut parts = parts;
            parts.extensions.insert(Shown(*shown));
            page(parts, &path, visit, StatusCode::OK, None)
        }
        Outcome::SignedOut => {
            let visit = Visit {
                kept: Some(fields.kept(&path)),
                ..visit
            };
            if hydrated {
                told(signing_in(services, &visit).await)
            } else {
                page(parts, "/sign-in", visit, StatusCode::UNAUTHORIZED, None)
            }
        }
        Outcome::Resumed(kept) => resume(services, parts, visit, kept).await,
    }
}

/// A form that waited for its person, filled in as it was, on its own page.
async fn resume(services: &Services, parts: Parts, visit: Visit, kept: Kept) -> Answer {
    // The session that has just been opened; its cookie goes out with this answer.
    let opened = visit.session.opened();
    let viewer = match &opened {
        Some(token) => services.accounts.authenticate(token).await.unwrap_or(None),
        None => None,
    };
    let Some(viewer) = viewer else {
        return Answer::Response(see(&kept.path));
    };
    let visit = Visit {
        actor: viewer.actor,
        name: Some(viewer.name),
        ..visit
    };
    let returned = Returned {
        fields: Fields::read(kept.body.as_bytes()),
        error: None,
    };
    page(parts, &kept.path, visit, StatusCode::OK, Some(returned))
}

fn too_large() -> Answer {
    let words = "This is more than can be sent at once. Go back and shorten it.";
    Answer::Response((StatusCode::PAYLOAD_TOO_LARGE, words).into_response())
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

fn status(error: &Error) -> StatusCode {
    match error {
        // The page says so itself.
        Error::NotFound => StatusCode::OK,
        error => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// The page at a path, as if it had been asked for, with what is to be shown on it.
fn page(
    mut parts: Parts,
    path: &str,
    visit: Visit,
    status: StatusCode,
    returned: Option<Returned>,
) -> Answer {
    parts.method = Method::GET;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    // Without the query: what it says was done is not what has just been refused.
    if let Ok(uri) = path.parse() {
        parts.uri = uri;
    }
    parts.extensions.insert(visit);
    if let Some(returned) = returned {
        parts.extensions.insert(returned);
    }
    Answer::Page(Box::new(Request::from_parts(parts, Body::empty())), status)
}
