//! Pages and server functions, rendered by Leptos.

use std::sync::Arc;

use app::{context::Services, shell::shell, ui::HeadSlot};
use axum::{
    Router,
    body::Body,
    http::{Request, request::Parts},
    response::IntoResponse,
    routing::{MethodFilter, get, on},
};
use domain::account::Actor;
use leptos::prelude::*;

use super::AppState;

/// The server functions, and a page for every address that nothing else answers.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    // Leptos spawns what a page waits for; a second call changes nothing.
    let _ = any_spawner::Executor::init_tokio();
    let services = Services {
        catalogue: state.storage.catalogue(),
        wiki: state.storage.wiki(),
        site: Arc::clone(&state.site),
    };
    let context = move || {
        provide_context(services.clone());
        provide_context(Actor::Visitor);
        if let Some(slot) =
            use_context::<Parts>().and_then(|parts| parts.extensions.get::<HeadSlot>().cloned())
        {
            provide_context(slot);
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
    router.fallback_service(get(page))
}
