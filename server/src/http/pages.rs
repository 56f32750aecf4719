//! Pages and server functions, rendered by Leptos.

use std::{pin::Pin, sync::Arc};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use app::{
    context::{RequestContext, Services},
    page::{HeadSlot, ShownAt},
    routes::{App, PlainApp, action_of_plain_page},
    shell::{is_there_for, plain_shell, shell},
    ui::form::{Answered, Definition},
};
use axum::{
    Router,
    body::Body,
    extract::MatchedPath,
    http::{HeaderValue, Method, Request, Response, StatusCode, header, request::Parts},
    response::IntoResponse,
    routing::{MethodFilter, MethodRouter, get, on},
};
use domain::policy::Action;
use leptos::prelude::*;
use leptos_axum::{
    generate_route_list_with_exclusions_and_ssg_and_context, render_app_async_with_context,
};

use storage::changes;

use super::{AppState, forms, unsubscribe, upload};

/// The last row of the table of routes: what no other row names.
const REST: &str = "/{*any}";

/// What the addresses of pages and server functions are answered with.
pub(super) struct Pages {
    /// Of the pages and functions that take files, which may be larger and slower.
    with_files: Vec<(String, MethodRouter)>,
    others: Vec<(String, MethodRouter)>,
    /// Of every address that nothing else answers.
    rest: MethodRouter,
}

/// Carries out what Leptos spawns while it makes a page: what is read there belongs to the page.
struct Recording;

impl CustomExecutor for Recording {
    fn spawn(&self, task: PinnedFuture<()>) {
        tokio::spawn(changes::inherit(task));
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(changes::inherit(task));
    }

    fn poll_local(&self) {}
}

impl Pages {
    pub(super) fn new(state: &AppState) -> Self {
        // A second call changes nothing.
        let _ = Executor::init_custom_executor(Recording);
        let services = services(state);
        let context = {
            let services = services.clone();
            move || provide(&services)
        };
        let forms = app::routes::forms();
        let plain_pages = table(PlainApp, context.clone());
        let mut pages = Self {
            with_files: Vec::new(),
            others: Vec::new(),
            rest: MethodRouter::new(),
        };

        // By their names: any other address below /api is none, like elsewhere. No script sends the
        // forms of plain pages, so that their functions are none either.
        let is_of_plain_page = |function: &str| {
            forms.iter().any(|(page, form)| {
                form.path == function && plain_pages.iter().any(|plain| plain == page)
            })
        };
        for (path, method) in leptos::server_fn::axum::server_fn_paths() {
            let Ok(method) = MethodFilter::try_from(method) else {
                continue;
            };
            if is_of_plain_page(path) {
                continue;
            }
            let context = context.clone();
            let services = services.clone();
            let files = forms
                .iter()
                .map(|(_, form)| *form)
                .find(|form| form.path == path && form.files);
            let answer = on(method, move |request: Request<Body>| async move {
                let mut response = match files {
                    Some(form) if upload::is_multipart(request.headers()) => {
                        forms::receive_files(form, &services, request).await
                    }
                    _ => called(context, request).await,
                };
                // What a page fetches is kept no longer than the page.
                response
                    .headers_mut()
                    .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            });
            pages.add(path, answer, files.is_some());
        }

        let bundle = state.assets.bundle.clone();
        let page = render_app_async_with_context(context.clone(), move || shell(&bundle));
        let page = counted(&services, page);
        let bundle = state.assets.bundle.clone();
        for path in table(App, context.clone()) {
            let sent = Sent::to(&path, &forms, &services, None);
            pages.add_page(&path, page.clone(), page.clone(), sent);
        }
        for path in plain_pages {
            let needed = action_of_plain_page(&path);
            let bundle = bundle.clone();
            let shell = move || plain_shell(&bundle, needed);
            let plain = render_app_async_with_context(context.clone(), shell);
            let plain = counted(&services, plain);
            let sent = Sent::to(&path, &forms, &services, Some(needed));
            pages.add_page(&path, plain, page.clone(), sent);
        }

        // Something sent to no page at all is answered like a look at it.
        pages.rest = get(page.clone()).post(move |mut request: Request<Body>| {
            *request.method_mut() = Method::GET;
            page(request)
        });
        pages
    }

    /// A page that is `read` as it is, and where something was sent to it and nothing is there for who
    /// sent it, is `missing`.
    fn add_page<Read, Missing, Rendering>(
        &mut self,
        path: &str,
        read: Read,
        missing: Missing,
        sent: Option<Sent>,
    ) where
        Read: Fn(Request<Body>) -> Rendering + Clone + Send + Sync + 'static,
        Missing: Fn(Request<Body>) -> Rendering + Clone + Send + Sync + 'static,
        Rendering: Future<Output = Response<Body>> + Send + 'static,
    {
        let mut answer = get(read.clone());
        let files = sent.as_ref().is_some_and(Sent::has_files);
        if let Some(sent) = sent {
            answer = answer.post(move |mut request: Request<Body>| async move {
                if unsubscribe::is_by_letter(&request) {
                    request = match unsubscribe::as_form(request).await {
                        Ok(request) => request,
                        Err(response) => return response,
                    };
                }
                if sent.is_for(&request) {
                    let answer = forms::receive(&sent.forms, &sent.services, request).await;
                    shown(answer, read).await
                } else {
                    *request.method_mut() = Method::GET;
                    missing(request).await
                }
            });
        }
        self.add(path, answer, files);
    }

    fn add(&mut self, path: &str, answer: MethodRouter, files: bool) {
        let rows = if files {
            &mut self.with_files
        } else {
            &mut self.others
        };
        rows.push((path.to_owned(), answer));
    }

    /// The pages and server functions, and a page for every address that nothing else answers.
    pub(super) fn routes(&self) -> Router<AppState> {
        let mut router = Router::new();
        for (path, answer) in &self.others {
            router = router.route(path, answer.clone().with_state(()));
        }
        router.fallback_service(self.rest.clone())
    }

    /// The pages and server functions that take files.
    pub(super) fn with_files(&self) -> Router {
        let mut router = Router::new();
        for (path, answer) in &self.with_files {
            router = router.route(path, answer.clone());
        }
        router
    }
}

/// Pages that say in their head how many notifications are unread. Nothing else asks: neither functions
/// nor files nor feeds. A visitor has none, and a page is shown all the same where the database cannot
/// answer.
fn counted<Rendering>(
    services: &Services,
    page: impl Fn(Request<Body>) -> Rendering + Clone + Send + Sync + 'static,
) -> impl Fn(Request<Body>) -> BoxFuture + Clone + Send + Sync + 'static
where
    Rendering: Future<Output = Response<Body>> + Send + 'static,
{
    let notifications = Arc::clone(&services.notifications);
    move |mut request: Request<Body>| {
        let (page, notifications) = (page.clone(), Arc::clone(&notifications));
        Box::pin(async move {
            let context = request.extensions_mut().get_mut::<RequestContext>();
            if let Some(context) = context.filter(|context| context.actor.member().is_some()) {
                let unread = notifications.unread(context.actor).await;
                context.unread = unread.unwrap_or_default();
            }
            page(request).await
        })
    }
}

type BoxFuture = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

/// The paths of a table of routes, but for the last row of all.
fn table<View: IntoView + 'static>(
    app: fn() -> View,
    context: impl Fn() + Clone + Send + 'static,
) -> Vec<String> {
    let exclusions = Some(vec![REST.to_owned()]);
    let (routes, _) =
        generate_route_list_with_exclusions_and_ssg_and_context(app, exclusions, context);
    routes
        .iter()
        .map(|route| route.path().to_owned())
        .filter(|path| path != REST)
        .collect()
}

/// The forms that can be sent to a page.
#[derive(Clone)]
struct Sent {
    forms: Arc<[Definition]>,
    services: Services,
    /// What one must be allowed to do for the page to be there; nothing for most.
    needed: Option<Action>,
}

impl Sent {
    fn to(
        path: &str,
        forms: &[(&str, Definition)],
        services: &Services,
        needed: Option<Action>,
    ) -> Option<Self> {
        let forms: Arc<[Definition]> = forms
            .iter()
            .filter(|(page, _)| *page == path)
            .map(|(_, form)| *form)
            .collect();
        // What is sent to a plain page is answered in any case: for whom it is not there, nothing is.
        (needed.is_some() || !forms.is_empty()).then(|| Self {
            forms,
            services: services.clone(),
            needed,
        })
    }

    fn has_files(&self) -> bool {
        self.forms.iter().any(|form| form.files)
    }

    fn is_for(&self, request: &Request<Body>) -> bool {
        let request_context = request.extensions().get::<RequestContext>();
        self.needed.is_none_or(|needed| {
            request_context
                .is_some_and(|request_context| is_there_for(request_context.actor, needed))
        })
    }
}

fn services(state: &AppState) -> Services {
    Services {
        accounts: state.storage.accounts(),
        second_factors: state.storage.accounts(),
        memberships: state.storage.communities(),
        discussions: state.storage.communities(),
        aliases: state.storage.communities(),
        questions: state.storage.communities(),
        reactions: state.storage.communities(),
        first_posts: state.storage.communities(),
        muting: state.storage.communities(),
        saved_drafts: state.storage.communities(),
        notifications: state.storage.communities(),
        feeds: state.storage.communities(),
        resources: state.storage.communities(),
        leaders: state.storage.communities(),
        communities: state.storage.communities(),
        requests: state.storage.communities(),
        moderation: state.storage.communities(),
        reports: state.storage.communities(),
        catalogue: state.storage.catalogue(),
        trials: state.storage.trials(),
        profiles: state.storage.profiles(),
        registry: state.storage.registry(),
        registry_desk: state.storage.registry(),
        registry_requests: state.storage.registry(),
        texts: state.storage.texts(),
        wiki: state.storage.wiki(),
        revisions: state.storage.wiki(),
        entries: state.storage.wiki(),
        held_texts: state.storage.wiki(),
        site: Arc::clone(&state.site),
    }
}

/// What a page or server function finds in its context.
fn provide(services: &Services) {
    provide_context(services.clone());
    let Some(parts) = use_context::<Parts>() else {
        return;
    };
    if let Some(request_context) = parts.extensions.get::<RequestContext>() {
        provide_context(request_context.clone());
    }
    if let Some(slot) = parts.extensions.get::<HeadSlot>() {
        if let Some(path) = parts.extensions.get::<MatchedPath>() {
            slot.put_route(path.as_str());
        }
        provide_context(slot.clone());
    }
    if let Some(at) = parts.extensions.get::<ShownAt>() {
        provide_context(at.clone());
    }
    if let Some(answered) = parts.extensions.get::<Answered>() {
        provide_context(answered.clone());
    }
}

/// The answer of a function that a page calls.
async fn called(
    context: impl Fn() + Clone + Send + 'static,
    request: Request<Body>,
) -> Response<Body> {
    let mut response = leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response();
    // Whatever goes wrong behind a function is a value. What it cannot read no page of ours has sent.
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    response
}

/// The answer to a form: itself, or a page with its status.
async fn shown<Rendering>(
    answer: forms::Answer,
    page: impl Fn(Request<Body>) -> Rendering,
) -> Response<Body>
where
    Rendering: Future<Output = Response<Body>>,
{
    let (request, status, instead) = match answer {
        forms::Answer::Response(response) => return response,
        forms::Answer::Page(request, status) => (request, status, None),
        forms::Answer::PageOr(request, status, instead) => (request, status, Some(instead)),
    };
    let mut response = page(*request).await;
    if let Some(instead) = instead
        && response.status().is_redirection()
        && let forms::Answer::Page(request, unauthorized) = *instead
    {
        response = page(*request).await;
        *response.status_mut() = unauthorized;
    } else if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}
