//! Pages and server functions, rendered by Leptos.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    App,
    context::{Services, Visit},
    form::{Returned, Shown},
    page::HeadSlot,
    shell::shell,
    ui::form::{Answered, Definition},
};
use axum::{
    Router,
    body::Body,
    extract::MatchedPath,
    http::{Request, Response, request::Parts},
    response::IntoResponse,
    routing::{MethodFilter, MethodRouter, get, on, post},
};
use leptos::prelude::*;
use leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context;

use super::{AppState, forms, legacy_forms};

/// The last row of the table of routes: what no other row names.
const REST: &str = "/{*any}";

/// What the address of each page is answered with.
pub(super) struct Pages {
    functions: MethodRouters,
    table: MethodRouters,
    answer: MethodRouter,
}

type MethodRouters = Vec<(String, MethodRouter)>;

impl Pages {
    pub(super) fn new(state: &AppState) -> Self {
        // Leptos spawns what a page waits for; a second call changes nothing.
        let _ = any_spawner::Executor::init_tokio();
        let services = Services {
            accounts: state.storage.accounts(),
            catalogue: state.storage.catalogue(),
            profiles: state.storage.profiles(),
            wiki: state.storage.wiki(),
            revisions: state.storage.wiki(),
            entries: state.storage.wiki(),
            site: Arc::clone(&state.site),
        };
        let context = {
            let services = services.clone();
            move || {
                provide_context(services.clone());
                let Some(parts) = use_context::<Parts>() else {
                    return;
                };
                if let Some(visit) = parts.extensions.get::<Visit>() {
                    provide_context(visit.clone());
                }
                if let Some(slot) = parts.extensions.get::<HeadSlot>() {
                    if let Some(path) = parts.extensions.get::<MatchedPath>() {
                        slot.put_route(path.as_str());
                    }
                    provide_context(slot.clone());
                }
                if let Some(shown) = parts.extensions.get::<Shown>() {
                    provide_context(shown.clone());
                }
                if let Some(returned) = parts.extensions.get::<Returned>() {
                    provide_context(returned.clone());
                }
                if let Some(answered) = parts.extensions.get::<Answered>() {
                    provide_context(answered.clone());
                }
            }
        };
        let bundle = state.assets.bundle.clone();
        let document = move || shell(&bundle);
        let server_functions = {
            let context = context.clone();
            move |request: Request<Body>| {
                let context = context.clone();
                async move {
                    leptos_axum::handle_server_fns_with_context(context, request)
                        .await
                        .into_response()
                }
            }
        };
        let table = generate_route_list_with_exclusions_and_ssg_and_context(
            App,
            Some(vec![REST.to_owned()]),
            context.clone(),
        )
        .0;
        let page = leptos_axum::render_app_async_with_context(context, document);
        let form = {
            let page = page.clone();
            move |request: Request<Body>| {
                let (services, page) = (services.clone(), page.clone());
                async move {
                    let answer = legacy_forms::receive(&services, request).await;
                    shown(answer, page).await
                }
            }
        };
        let mut of_pages: BTreeMap<&str, Vec<Definition>> = BTreeMap::new();
        for (path, form) in app::routes::forms() {
            of_pages.entry(path).or_default().push(form);
        }
        let sent_to = |path: &str| {
            let definitions: Arc<[Definition]> = of_pages.get(path)?.clone().into();
            let (services, page) = (services.clone(), page.clone());
            Some(post(move |request: Request<Body>| async move {
                let answer = forms::receive(&definitions, &services, request).await;
                shown(answer, page).await
            }))
        };
        Self {
            // By their names: any other address below /api is none, like elsewhere.
            functions: leptos::server_fn::axum::server_fn_paths()
                .filter_map(|(path, method)| {
                    let method = MethodFilter::try_from(method).ok()?;
                    Some((path.to_owned(), on(method, server_functions.clone())))
                })
                .collect(),
            table: table
                .iter()
                .filter(|route| route.path() != REST)
                .map(|route| {
                    let reading = get(page.clone());
                    let answer = match sent_to(route.path()) {
                        Some(sending) => reading.merge(sending),
                        None => reading,
                    };
                    (route.path().to_owned(), answer)
                })
                .collect(),
            answer: get(page.clone()).post(form),
        }
    }

    /// The server functions, and a page for every address that nothing else answers.
    pub(super) fn routes(&self) -> Router<AppState> {
        let mut router = Router::new();
        for (path, answer) in self.functions.iter().chain(&self.table) {
            router = router.route(path, answer.clone().with_state(()));
        }
        router.fallback_service(self.answer.clone())
    }

    /// The pages that files can be sent to.
    pub(super) fn with_files(&self) -> Router {
        Router::new().route("/settings/picture", self.answer.clone())
    }
}

/// The answer to a form: itself, or a page with its status.
async fn shown<Rendering>(
    answer: forms::Answer,
    page: impl Fn(Request<Body>) -> Rendering,
) -> Response<Body>
where
    Rendering: Future<Output = Response<Body>>,
{
    match answer {
        forms::Answer::Response(response) => response,
        forms::Answer::Page(request, status) => {
            let mut response = page(*request).await;
            if response.status().is_success() {
                *response.status_mut() = status;
            }
            response
        }
    }
}
