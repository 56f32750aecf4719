//! Pages and server functions, rendered by Leptos.

use std::sync::Arc;

use app::{
    context::{Services, Visit},
    form::{Returned, Shown},
    shell::shell,
    ui::HeadSlot,
};
use axum::{
    Router,
    body::Body,
    http::{Request, request::Parts},
    response::IntoResponse,
    routing::{MethodFilter, MethodRouter, get, on},
};
use leptos::prelude::*;

use super::{AppState, forms};

/// What the address of each page is answered with.
pub(super) struct Pages {
    functions: MethodRouters,
    answer: MethodRouter,
}

type MethodRouters = Vec<(&'static str, MethodRouter)>;

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
                    provide_context(slot.clone());
                }
                if let Some(shown) = parts.extensions.get::<Shown>() {
                    provide_context(shown.clone());
                }
                if let Some(returned) = parts.extensions.get::<Returned>() {
                    provide_context(returned.clone());
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
        let page = leptos_axum::render_app_async_with_context(context, document);
        let form = {
            let page = page.clone();
            move |request: Request<Body>| {
                let (services, page) = (services.clone(), page.clone());
                async move {
                    match forms::receive(&services, request).await {
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
            }
        };
        Self {
            // By their names: any other address below /api is none, like elsewhere.
            functions: leptos::server_fn::axum::server_fn_paths()
                .filter_map(|(path, method)| {
                    let method = MethodFilter::try_from(method).ok()?;
                    Some((path, on(method, server_functions.clone())))
                })
                .collect(),
            answer: get(page).post(form),
        }
    }

    /// The server functions, and a page for every address that nothing else answers.
    pub(super) fn routes(&self) -> Router<AppState> {
        let mut router = Router::new();
        for (path, function) in &self.functions {
            router = router.route(path, function.clone().with_state(()));
        }
        router.fallback_service(self.answer.clone())
    }

    /// The pages that files can be sent to.
    pub(super) fn with_files(&self) -> Router {
        Router::new().route("/settings/picture", self.answer.clone())
    }
}
