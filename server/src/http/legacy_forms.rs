//! Forms: carried out, they lead on to a page; refused, the page that they came from is shown again
//! as it was filled in. A hydrated page gets the same as JSON.

use app::{
    account::{self, sign_in_path},
    context::{Services, Visit},
    form::{Fields, Outcome, Returned, Sent, Shown, sent_plainly, submit},
    page::HeadSlot,
    question::Question,
};
use axum::{
    Json,
    body::Body,
    http::{Request, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use domain::Error;
use http_body_util::BodyExt;

use super::{
    forms::{Answer, see, too_large},
    upload,
};

pub(super) async fn receive(services: &Services, request: Request<Body>) -> Answer {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return Answer::Response(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    let question = Question::of(&path);
    if let Some(question) = &question {
        if !question.takes_forms() {
            let reading = [(header::ALLOW, "GET, HEAD")];
            return Answer::Response((StatusCode::METHOD_NOT_ALLOWED, reading).into_response());
        }
        if let Some(slot) = parts.extensions.get::<HeadSlot>() {
            slot.put_route(question.route());
            slot.put_policy(question.policy());
        }
    }
    let kind = upload::content_type(&parts.headers);
    let has_files = kind.is_some();
    let fields = match kind {
        Some(_) if visit.name.is_none() => {
            upload::discard(body).await;
            Fields::default()
        }
        Some(kind) => match upload::read(kind, body).await {
            Ok((pairs, files)) => Fields::of_parts(pairs, files),
            Err(upload::Unreadable::TooLarge) => return Answer::Response(too_large()),
            Err(upload::Unreadable::Malformed) => {
                let words = "This form arrived damaged. Go back and send it again.";
                return Answer::Response((StatusCode::BAD_REQUEST, words).into_response());
            }
        },
        None => match body.collect().await {
            Ok(body) => Fields::read(&body.to_bytes()),
            // Only the limit breaks a body off that has not broken off by itself.
            Err(_) => return Answer::Response(too_large()),
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
                told(sent_plainly())
            } else {
                let path = account::paths::SIGN_IN;
                page(parts, path, visit, StatusCode::UNAUTHORIZED, None)
            }
        }
    }
}

/// A form that waited for its person, for a page of the old kind.
pub(super) fn resumed(body: &[u8]) -> Returned {
    Returned {
        fields: Fields::read(body),
        error: None,
    }
}

/// For a hydrated page. A refusal is no failed response, which browsers log to the console.
fn told(sent: Sent) -> Answer {
    let nobody = [(header::CACHE_CONTROL, "no-store")];
    Answer::Response((nobody, Json(sent)).into_response())
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
    if let Some(returned) = returned {
        parts.extensions.insert(returned);
    }
    super::forms::page(parts, path, visit, status, None)
}
