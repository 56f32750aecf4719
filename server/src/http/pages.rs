//! Pages and server functions, rendered by Leptos.

use std::sync::Arc;

use app::{
    context::{Services, Visit},
    form::Returned,
    shell::shell,
    ui::HeadSlot,
};
use axum::{
    Router,
    body::Body,
    http::{Request, request::Parts},
    response::IntoResponse,
    routing::{MethodFilter, get, on},
};
use leptos::prelude::*;

use super::{AppState, forms};

/// The server functions, and a page for every address that nothing else answers.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    // Leptos spawns what a page waits for; a second call changes nothing.
    let _ = any_spawner::Executor::init_tokio();
    let services = Services {
        accounts: state.storage.accounts(),
        catalogue: state.storage.catalogue(),
        wiki: state.storage.wiki(),
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
    let mut router = Router::new();
    // By their names: any other address below /api is none, like elsewhere.
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        if let Ok(method) = MethodFilter::try_from(method) {
            router = router.route(path, on(method, server_functions.clone()));
        }
    }
    let form = {
        let page = page.clone();
        move |request: Request<Body>| {
            let (services, page) = (services.clone(), page.clone());
            async move {
                match forms::receive(&services, request).await {
                    forms::Answer::Response(response) => response,
                    forms::Answer::Again(request, status) => {
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
    router.fallback_service(get(page).post(form))
}
