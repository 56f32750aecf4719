//! The outermost service: finished pages from the cache, and one set of headers on every answer.

use std::{
    borrow::Cow,
    convert::Infallible,
    future::{Ready, ready},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header},
};
use domain::account::Accounts;
use futures_core::future::BoxFuture;
use storage::changes::{self, Reads};
use tower::Service;

use app::{
    page::{CachePolicy, HeadSlot},
    routes::kept_address,
    site::paths::CALLS,
};

use super::{
    AppState,
    finished::respond,
    metrics::METRICS,
    observe::REQUEST_ID,
    seal,
    session::{Asking, Cookies},
    spare::Spare,
};
/// For the one browser that asked, which asks again.
const PRIVATE: &str = "private, no-cache";

/// The site behind its page cache.
#[derive(Clone, Debug)]
pub struct Front {
    inner: Router,
    state: Arc<AppState>,
    /// Headers of every answer that does not say otherwise.
    headers: Arc<Vec<(HeaderName, HeaderValue)>>,
    cookies: Cookies,
    /// Where pages for visitors are made; where everything else is if there is nothing.
    spare: Option<Arc<Spare>>,
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
            spare: None,
        }
    }

    /// The same, with threads of its own for what visitors ask and no cache has.
    #[must_use]
    pub fn giving_way(self, spare: Spare) -> Self {
        Self {
            spare: Some(Arc::new(spare)),
            ..self
        }
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

    /// A kept page, for a request that a visitor's browser or a crawler makes.
    fn kept(&self, request: &Request<Body>) -> Option<Response<Body>> {
        let (address, _) = address(request);
        let database = self.state.storage.database();
        let page = self
            .state
            .pages
            .get(&address, database.changes(), database.now())?;
        METRICS.cache_hits.increment(1);
        Some(respond(
            &page,
            request.headers(),
            request.method() == Method::HEAD,
        ))
    }
}

/// Whether the request only reads.
fn reads(request: &Request<Body>) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

/// Under which address the answer is kept, and which names its query has there.
fn address(request: &Request<Body>) -> (Cow<'_, str>, &'static [&'static str]) {
    kept_address(request.uri().path(), request.uri().query())
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
        if reads(&request)
            && self.cookies.session_token(request.headers()).is_none()
            && let Some(response) = self.kept(&request)
        {
            return Answering::Kept(ready(Ok(response)));
        }
        let front = self.clone();
        Answering::Made(Box::pin(async move { Ok(front.make(request).await) }))
    }
}

impl Front {
    async fn make(self, mut request: Request<Body>) -> Response<Body> {
        let mut visitors = reads(&request);
        let mut ended = false;
        if visitors && let Some(token) = self.cookies.session_token(request.headers()) {
            // Anybody can make up a token: one that opens nothing costs this look and no page.
            let found = self.state.storage.accounts().authenticate(&token).await;
            ended = found == Ok(None);
            visitors = ended;
            if ended && let Some(response) = self.kept(&request) {
                return self.without_session(response);
            }
            request.extensions_mut().insert(Asking(found));
        }
        let making = self.clone().answer(request, visitors);
        let response = match self.spare.as_deref().filter(|_| visitors) {
            Some(spare) => spare.run(making).await.unwrap_or_else(broken_off),
            None => making.await,
        };
        if ended {
            return self.without_session(response);
        }
        response
    }

    /// The answer of the router, sealed.
    async fn answer(mut self, mut request: Request<Body>, visitors: bool) -> Response<Body> {
        let slot = HeadSlot::default();
        request.extensions_mut().insert(slot.clone());
        let head_only = request.method() == Method::HEAD;
        let (address, names) = address(&request);
        let address = address.into_owned();
        let asked = request.headers().clone();
        if head_only {
            // The page is made whole, so that its headers are those of GET.
            *request.method_mut() = Method::GET;
        }
        let storage = self.state.storage.clone();
        let making = self.inner.call(request);
        let (Ok(response), reads) = if visitors {
            changes::recording(storage.database().changes(), making).await
        } else {
            (making.await, Reads::default())
        };
        let for_everybody = response.extensions().get::<seal::ForEverybody>().is_some();
        let mut response = if seal::is_page(&response) {
            self.seal(
                response,
                &slot,
                &asked,
                (&address, names),
                (reads, visitors, head_only),
            )
            .await
        } else if for_everybody && response.status() == StatusCode::OK {
            self.seal_data(response, &asked, &address, (reads, visitors, head_only))
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

    /// The answer for a visitor whose cookie opens nothing any more: it is taken away.
    fn without_session(&self, mut response: Response<Body>) -> Response<Body> {
        let headers = response.headers_mut();
        headers.extend(
            self.cookies
                .end_session()
                .map(|cookie| (header::SET_COOKIE, cookie)),
        );
        if headers
            .get(header::CACHE_CONTROL)
            .is_some_and(|keeping| keeping.as_bytes().starts_with(b"public"))
        {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
        }
        response
    }

    /// What is no page and the same for everybody who asks for its path.
    async fn seal_data(
        &self,
        response: Response<Body>,
        asked: &HeaderMap,
        address: &str,
        (reads, visitors, head_only): (Reads, bool, bool),
    ) -> Response<Body> {
        let id = response.headers().get(REQUEST_ID).cloned();
        let Some(data) = seal::finish_data(response, &self.headers).await else {
            return broken_off();
        };
        let data = Arc::new(data);
        self.state.pages.put(address, &data, reads);
        let mut response = respond(&data, asked, head_only);
        if let Some(id) = id {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        if !visitors {
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
        }
        response
    }

    async fn seal(
        &self,
        response: Response<Body>,
        slot: &HeadSlot,
        asked: &HeaderMap,
        (address, names): (&str, &[&str]),
        (reads, visitors, head_only): (Reads, bool, bool),
    ) -> Response<Body> {
        let status = response.status();
        let id = response.headers().get(REQUEST_ID).cloned();
        let head = slot.take();
        let keeping = match slot.policy() {
            CachePolicy::NoStore => Some("no-store"),
            CachePolicy::Private => Some(PRIVATE),
            // A page that greets somebody, also where their cookie has just been taken away.
            CachePolicy::Shared
                if !visitors || response.headers().contains_key(header::SET_COOKIE) =>
            {
                Some(PRIVATE)
            }
            CachePolicy::Shared => None,
        };
        let canonical = head.as_ref().and_then(|head| head.canonical.clone());
        let Some(page) =
            seal::finish(response, head, self.state.site.identity(), &self.headers).await
        else {
            return broken_off();
        };
        let page = Arc::new(page);
        // Only an address that the page calls its own: made-up queries cannot fill the cache.
        if status == StatusCode::OK
            && visitors
            && keeping.is_none()
            && canonical.as_deref() == Some(address)
            && slot.reads_only(names)
        {
            self.state.pages.put(address, &page, reads);
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

/// The body broke off: what there is of it is no answer.
fn broken_off() -> Response<Body> {
    let mut response = Response::new(Body::from("Something went wrong. Please try again."));
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
