//! Forms without JavaScript: carried out, they lead on to a page; else their page is shown again as
//! it was filled in. The functions are those that a hydrated page calls.

use app::{
    account,
    context::{PendingForm, RequestContext, Services},
    page::{HeadSlot, ShownAt},
    ui::form::{Answered, Definition, File, FormState, Outcome, Pairs},
};
use axum::{
    Json,
    body::Body,
    http::{HeaderValue, Method, Request, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use http_body_util::BodyExt;
use leptos::{prelude::*, reactive::computed::ScopedFuture};

use super::upload;

/// What became of it: where to go, or the request for the page that is shown instead.
pub(super) enum Answer {
    Response(Response<Body>),
    Page(Box<Request<Body>>, StatusCode),
    /// The same, and what is answered where that page leads elsewhere.
    PageOr(Box<Request<Body>>, StatusCode, Box<Answer>),
}

/// A form that was sent to the page of some forms.
pub(super) async fn receive(
    forms: &[Definition],
    services: &Services,
    request: Request<Body>,
) -> Answer {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let Some(request_context) = parts.extensions.get::<RequestContext>().cloned() else {
        return Answer::Response(StatusCode::INTERNAL_SERVER_ERROR.into_response());
    };
    // The page is about to say it, but what happens before it does is nobody's either.
    if let Some(slot) = parts.extensions.get::<HeadSlot>() {
        slot.put_policy(app::page::CachePolicy::NoStore);
    }
    let (pairs, files, _held) = match read(&parts, body, &request_context).await {
        Ok(read) => read,
        Err(unread) => return Answer::Response(unread.response()),
    };
    let name = value(&pairs, "form");
    let of_page = |form: &&Definition| Some(form.name) == name.split('#').next();
    let Some(form) = forms.iter().find(of_page).copied() else {
        let words =
            "There is no such form on this page. Go back, load the page again, then send it.";
        return Answer::Response((StatusCode::BAD_REQUEST, words).into_response());
    };
    // With a wrong password, what waited goes on waiting.
    let request_context = RequestContext {
        kept: carried(&pairs),
        ..request_context
    };
    match call(form, services, &request_context, pairs.clone(), files).await {
        Some(Outcome::Done { path, .. }) => Answer::Response(see(&path)),
        Some(Outcome::Shown(state)) => {
            let status = match state.status {
                // The page says so itself, with what was typed.
                404 => StatusCode::OK,
                status => StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
            };
            // Where the session has ended as well, the page leads to another; what was filled in
            // must not be lost on the way.
            let signed_out = request_context.name.is_none();
            let instead = signed_out
                .then(|| sign_in(parts.clone(), &request_context, &path, form.kept(&pairs)));
            match (
                page(parts, &path, request_context, status, Some(*state)),
                instead,
            ) {
                (Answer::Page(request, status), Some(instead)) => {
                    Answer::PageOr(request, status, Box::new(instead))
                }
                (answer, _) => answer,
            }
        }
        Some(Outcome::SignedOut) => sign_in(parts, &request_context, &path, form.kept(&pairs)),
        Some(Outcome::Resumed { path, body }) => {
            resume(services, parts, request_context, &path, &body).await
        }
        Some(Outcome::Outdated) | None => {
            Answer::Response(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

/// The page to sign in, which keeps what was filled in.
fn sign_in(parts: Parts, request_context: &RequestContext, path: &str, body: String) -> Answer {
    let request_context = RequestContext {
        kept: Some(PendingForm {
            path: path.to_owned(),
            body,
        }),
        ..request_context.clone()
    };
    let status = StatusCode::UNAUTHORIZED;
    page(
        parts,
        account::paths::SIGN_IN,
        request_context,
        status,
        None,
    )
}

/// A form with files that a hydrated page sends to the function itself.
pub(super) async fn receive_files(
    form: Definition,
    services: &Services,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Some(request_context) = parts.extensions.get::<RequestContext>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if request_context.name.is_none() {
        upload::discard(body).await;
        return Json(Outcome::SignedOut).into_response();
    }
    let (pairs, files, _held) = match read(&parts, body, &request_context).await {
        Ok(read) => read,
        Err(Unread::Later(_, words)) => {
            let state = FormState {
                form: form.name.to_owned(),
                refusal: Some(words.to_owned()),
                ..FormState::default()
            };
            return Json(Outcome::Shown(Box::new(state))).into_response();
        }
        Err(unread) => return unread.response(),
    };
    match call(form, services, &request_context, pairs, files).await {
        Some(outcome) => Json(outcome).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Runs the function of a form in a context of its own.
async fn call(
    form: Definition,
    services: &Services,
    request_context: &RequestContext,
    pairs: Pairs,
    files: Vec<(String, File)>,
) -> Option<Outcome> {
    let owner = Owner::new();
    let running = owner.with(|| {
        provide_context(services.clone());
        provide_context(request_context.clone());
        ScopedFuture::new(form.call(pairs, files))
    });
    let outcome = running.await;
    owner.unset_with_forced_cleanup();
    match outcome {
        Ok(outcome) => Some(outcome),
        Err(error) => {
            tracing::error!(form = form.name, %error, "a form's function failed");
            None
        }
    }
}

/// A form that was not read.
enum Unread {
    Answered(Response<Body>),
    /// Not now, and why.
    Later(StatusCode, &'static str),
}

impl Unread {
    fn response(self) -> Response<Body> {
        match self {
            Self::Answered(response) => response,
            Self::Later(status, words) => (status, words).into_response(),
        }
    }
}

/// The fields and files of a form, and what they take up.
async fn read(
    parts: &Parts,
    body: Body,
    request_context: &RequestContext,
) -> Result<(Pairs, Vec<(String, File)>, Option<upload::Held>), Unread> {
    let member = request_context.actor.member();
    match (upload::content_type(&parts.headers), member) {
        // Files are not kept, so there is nothing to read.
        (Some(_), None) => {
            upload::discard(body).await;
            let sign_in = account::paths::sign_in(parts.uri.path());
            Err(Unread::Answered(see(&sign_in)))
        }
        (Some(kind), Some(member)) => match upload::read(kind, body, member.account).await {
            Ok(read) => Ok((read.pairs, read.files, Some(read.held))),
            Err(upload::Unreadable::TooLarge) => Err(Unread::Answered(too_large())),
            Err(upload::Unreadable::OneAtATime) => Err(Unread::Later(
                StatusCode::TOO_MANY_REQUESTS,
                "Other files of yours are still on their way. Wait until they have arrived, then go back and send this one again.",
            )),
            Err(upload::Unreadable::Busy) => Err(Unread::Later(
                StatusCode::SERVICE_UNAVAILABLE,
                "Many people are sending files at the moment. Go back and send this one again in a minute.",
            )),
            Err(upload::Unreadable::Malformed) => {
                let words = "This form arrived damaged. Go back and send it again.";
                Err(Unread::Answered(
                    (StatusCode::BAD_REQUEST, words).into_response(),
                ))
            }
        },
        (None, _) => match body.collect().await {
            Ok(body) => Ok((pairs(&body.to_bytes()), Vec::new(), None)),
            // Only the limit breaks a body off that has not broken off by itself.
            Err(_) => Err(Unread::Answered(too_large())),
        },
    }
}

/// From `application/x-www-form-urlencoded`; what is not UTF-8 becomes replacement characters, and
/// line breaks are those of the browser's own script.
fn pairs(body: &[u8]) -> Pairs {
    form_urlencoded::parse(body)
        .map(|(name, value)| (name.into_owned(), value.replace("\r\n", "\n")))
        .collect()
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(field, _)| field == name)
        .map_or("", |(_, value)| value.as_str())
}

/// What waits for its person to sign in, where this is the form by which they do.
fn carried(pairs: &[(String, String)]) -> Option<PendingForm> {
    let body = value(pairs, "kept");
    (!body.is_empty()).then(|| PendingForm {
        path: value(pairs, "next").to_owned(),
        body: body.to_owned(),
    })
}

/// A form that waited for its person, filled in as it was, on its own page: they look at it and send
/// it.
async fn resume(
    services: &Services,
    parts: Parts,
    request_context: RequestContext,
    path: &str,
    body: &str,
) -> Answer {
    // The session that has just been opened; its cookie goes out with this answer.
    let opened = request_context.session.opened();
    let viewer = match &opened {
        Some(token) => services.accounts.authenticate(token).await.unwrap_or(None),
        None => None,
    };
    let Some(viewer) = viewer else {
        return Answer::Response(see(path));
    };
    let request_context = RequestContext {
        actor: viewer.actor,
        name: Some(viewer.name),
        kept: None,
        ..request_context
    };
    let values = pairs(body.as_bytes());
    let key = value(&values, "key");
    let state = FormState {
        form: value(&values, "form").to_owned(),
        key: (!key.is_empty()).then(|| key.to_owned()),
        notice: Some("You are signed in again. Check what you entered, then send it.".to_owned()),
        values: values
            .iter()
            .filter(|(name, _)| name != "form" && name != "key")
            .cloned()
            .collect(),
        ..FormState::default()
    };
    page(parts, path, request_context, StatusCode::OK, Some(state))
}

fn too_large() -> Response<Body> {
    let words = "This is more than can be sent at once. Go back and shorten it.";
    (StatusCode::PAYLOAD_TOO_LARGE, words).into_response()
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

/// The page at a path, as if it had been asked for, with what is to be shown on it.
fn page(
    mut parts: Parts,
    path: &str,
    request_context: RequestContext,
    status: StatusCode,
    state: Option<FormState>,
) -> Answer {
    parts.method = Method::GET;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    // Without the query: what it says was done is not what has just been refused.
    if parts.uri.path() != path {
        parts.extensions.insert(ShownAt(path.to_owned()));
    }
    if let Ok(uri) = path.parse() {
        parts.uri = uri;
    }
    parts.extensions.insert(request_context);
    if let Some(state) = state {
        parts.extensions.insert(Answered(state));
    }
    Answer::Page(Box::new(Request::from_parts(parts, Body::empty())), status)
}
