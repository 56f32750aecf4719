//! The outermost service: finished pages from the cache, and one set of headers on every answer.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header},
};
use futures_core::future::BoxFuture;
use tower::Service;

use app::{
    page::{CachePolicy, HeadSlot},
    site::paths::CALLS,
};

use super::{AppState, metrics::METRICS, observe::REQUEST_ID, seal, session::Cookies};
use crate::page_cache::FinishedPage;

/// Which encoding a client prefers of those we have (RFC 9110, 12.5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Brotli,
}

impl Encoding {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let Some(accepted) = headers.get(header::ACCEPT_ENCODING) else {
            return Self::Identity;
        };
        let accepted = accepted.as_bytes();
        let takes = |name: &[u8]| {
            accepted.split(|byte| *byte == b',').any(|part| {
                let mut pieces = part.split(|byte| *byte == b';');
                let coding = pieces.next().unwrap_or_default().trim_ascii();
                let refused = pieces.any(|piece| {
                    matches!(
                        piece.trim_ascii(),
                        b"q=0" | b"q=0.0" | b"q=0.00" | b"q=0.000"
                    )
                });
                coding.eq_ignore_ascii_case(name) && !refused
            })
        };
        if takes(b"br") {
            Self::Brotli
        } else if takes(b"gzip") {
            Self::Gzip
        } else {
            Self::Identity
        }
    }
}

/// The site behind its page cache.
#[derive(Clone, Debug)]
pub struct Front {
    inner: Router,
    state: Arc<AppState>,
    /// Headers of every answer that does not say otherwise.
    headers: Arc<Vec<(HeaderName, HeaderValue)>>,
    cookies: Cookies,
}

impl Front {
    pub(super) fn new(inner: Router, state: AppState) -> Self {
        let public_url = &state.site.identity().public_url;
        let secure = public_url.starts_with("https://");
        Self {
            inner,
            cookies: Cookies::new(public_url),
            headers: Arc::new(seal::security_headers(secure)),
            state: Arc::new(state),
        }
    }

    /// Whether the request may be answered with, and fill, the cache of pages for visitors.
    fn is_visitors_read(&self, request: &Request<Body>) -> bool {
        matches!(*request.method(), Method::GET | Method::HEAD)
            && !self.cookies.has_session(request.headers())
    }

    /// A call of a server function says of which build the page is that calls. The rest of its address
    /// is the function's.
    fn is_of_this_build(&self, request: &mut Request<Body>) -> bool {
        let address = request
            .uri()
            .path_and_query()
            .map_or("", |address| address.as_str());
        let Some(called) = address.strip_prefix(CALLS) else {
            return true;
        };
        let build = self.state.assets.bundle.script.as_ref();
        let function = build
            .and_then(|script| called.strip_prefix(script.build.as_str()))
            .filter(|function| function.starts_with("/api/"));
        match function.and_then(|function| function.parse().ok()) {
            Some(uri) => {
                *request.uri_mut() = uri;
                true
            }
            None => false,
        }
    }

    /// What reads as "outdated" whatever was called.
    fn outdated(&self) -> Response<Body> {
        let mut response = Response::new(Body::from("\"Outdated\""));
        let headers = response.headers_mut();
        headers.extend(self.headers.iter().cloned());
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// A kept page, if the request is one that a visitor's browser or a crawler makes.
    fn kept(&self, request: &Request<Body>) -> Option<Response<Body>> {
        if !self.is_visitors_read(request) {
            return None;
        }
        let address = request.uri().path_and_query()?.as_str();
        let epoch = self.state.storage.database().epoch().site();
        let page = self.state.pages.get(address, epoch)?;
        METRICS.cache_hits.increment(1);
        Some(respond(
            &page,
            request.headers(),
            request.method() == Method::HEAD,
        ))
    }
}

/// A finished page in the encoding that the client takes, or "not modified".
fn respond(page: &FinishedPage, asked: &HeaderMap, head_only: bool) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.headers_mut() = page.headers.clone();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, page.etag.clone());
    if seal::matches(asked, &page.etag) {
        headers.remove(header::CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    let (bytes, encoding) = match Encoding::of(asked) {
        Encoding::Brotli => (page.brotli(), Some("br")),
        Encoding::Gzip => (page.gzip(), Some("gzip")),
        Encoding::Identity => (page.identity.clone(), None),
    };
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    *response.body_mut() = Body::from(if head_only { Bytes::new() } else { bytes });
    response
}

type Answer = Result<Response<Body>, Infallible>;

/// Ready at once from the cache, or on its way.
pub enum Answering {
    /// A kept page.
    Kept(Ready<Answer>),
    /// From the router.
    Made(BoxFuture<'static, Answer>),
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Answering").finish_non_exhaustive()
    }
}

impl Future for Answering {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        match self.get_mut() {
            Self::Kept(answer) => Pin::new(answer).poll(context),
            Self::Made(answer) => answer.as_mut().poll(context),
        }
    }
}

impl Service<Request<Body>> for Front {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Answering {
        METRICS.requests.increment(1);
        if !self.is_of_this_build(&mut request) {
            return Answering::Kept(ready(Ok(self.outdated())));
        }
        if let Some(response) = self.kept(&request) {
            return Answering::Kept(ready(Ok(response)));
        }
        let front = self.clone();
        Answering::Made(Box::pin(async move { Ok(front.make(request).await) }))
    }
}

impl Front {
    async fn make(mut self, mut request: Request<Body>) -> Response<Body> {
        let epoch = self.state.storage.database().epoch().site();
        let slot = HeadSlot::default();
        request.extensions_mut().insert(slot.clone());
        let visitors = self.is_visitors_read(&request);
        let head_only = request.method() == Method::HEAD;
        let address = request.uri().path_and_query().map(ToString::to_string);
        let asked = request.headers().clone();
        if head_only {
            // The page is made whole, so that its headers are those of GET.
            *request.method_mut() = Method::GET;
        }
        let Ok(response) = self.inner.call(request).await;
        let mut response = if seal::is_page(&response) {
            self.seal(
                response,
                &slot,
                &asked,
                address.as_deref(),
                (epoch, visitors, head_only),
            )
            .await
        } else if head_only {
            response.map(|_| Body::empty())
        } else {
            response
        };
        // What a page fetches of a person's own is kept no longer than the page.
        if (!visitors || slot.policy() != CachePolicy::Shared)
            && !response.headers().contains_key(header::CACHE_CONTROL)
        {
            let nobody = HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, nobody);
        }
        for (name, value) in self.headers.iter() {
            if !response.headers().contains_key(name) {
                response.headers_mut().insert(name, value.clone());
            }
        }
        response
    }

    async fn seal(
        &self,
        response: Response<Body>,
        slot: &HeadSlot,
        asked: &HeaderMap,
        address: Option<&str>,
        (began, visitors, head_only): (i64, bool, bool),
    ) -> Response<Body> {
        let status = response.status();
        let id = response.headers().get(REQUEST_ID).cloned();
        let head = slot.take();
        let keeping = match slot.policy() {
            CachePolicy::NoStore => Some("no-store"),
            CachePolicy::Private => Some("private, no-cache"),
            // A page that greets somebody, also where their cookie has just been taken away.
            CachePolicy::Shared
                if !visitors || response.headers().contains_key(header::SET_COOKIE) =>
            {
                Some("private, no-cache")
            }
            CachePolicy::Shared => None,
        };
        let canonical = head.as_ref().and_then(|head| head.canonical.clone());
        let Some(page) =
            seal::finish(response, head, self.state.site.identity(), &self.headers).await
        else {
            // The body broke off: what there is of it is no page.
            let mut response = Response::new(Body::from("Something went wrong. Please try again."));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return response;
        };
        let page = Arc::new(page);
        // Only an address that the page calls its own: made-up queries cannot fill the cache.
        if status == StatusCode::OK
            && visitors
            && keeping.is_none()
            && address.is_some()
            && canonical.as_deref() == address
        {
            let epoch = self.state.storage.database().epoch().site();
            self.state
                .pages
                .put(address.unwrap_or_default(), &page, began, epoch);
        }
        let mut response = if status == StatusCode::OK {
            respond(&page, asked, head_only)
        } else {
            // An error or a redirect is not "not modified", whatever the client has kept.
            let mut asked = asked.clone();
            asked.remove(header::IF_NONE_MATCH);
            let mut response = respond(&page, &asked, head_only);
            *response.status_mut() = status;
            response.headers_mut().remove(header::ETAG);
            response
        };
        if let Some(id) = id {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        if let Some(keeping) = keeping {
            let keeping = HeaderValue::from_static(keeping);
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, keeping);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_encoding_that_is_taken() {
        for (accepted, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip, br;q=0", Encoding::Gzip),
            ("GZIP;q=0.5", Encoding::Gzip),
            ("identity", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            let headers = HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_str(accepted).unwrap(),
            )]);
            assert_eq!(Encoding::of(&headers), expected, "{accepted}");
        }
    }
}
