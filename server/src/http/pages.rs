//! Pages and server functions, rendered by Leptos.

use std::sync::{Arc, LazyLock};

use app::{App, context::Services, shell::shell, ui::HeadSlot};
use axum::{
    Router,
    body::Body,
    http::{Request, request::Parts},
    response::IntoResponse,
    routing::get,
};
use domain::account::Actor;
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};

use super::AppState;

/// Made once: while Leptos walks the routes, no resource in the whole process loads.
static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// One route for each page, the server functions, and a page for every other address.
pub(super) fn routes(state: &AppState) -> Router<AppState> {
    let options = LeptosOptions::builder().output_name("rareshare").build();
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
    Router::new()
        .leptos_routes_with_context(&options, ROUTES.clone(), context.clone(), document.clone())
        .fallback(leptos_axum::render_app_async_with_context(
            context, document,
        ))
        .route("/api/{*function}", get(server_functions))
        .with_state(options)
}
