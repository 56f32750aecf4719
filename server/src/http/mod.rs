//! The HTTP stack, from the outside in:
//!
//! | layer | why |
//! |---|---|
//! | [`front`] | answers from the page cache, seals pages, puts security headers on everything |
//! | `observe` | request id, metrics and one log line, without path parameters or query |
//! | panic | a fault of ours becomes a page and not a broken connection |
//! | [`session`] | who asks; writes the cookies |
//! | [`origin`] | what other sites send in a person's name does nothing |
//! | timeout, body limit | nobody holds the server with a slow or endless request |
//! | router | pages, server functions, assets, sitemap, codes, health |

mod assets;
mod bench;
mod faults;
mod forms;
pub mod front;
mod health;
pub mod listener;
pub mod metrics;
mod observe;
mod origin;
mod pages;
mod seal;
mod session;
mod sitemap;
mod suggest;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use domain::site::Site;
use storage::Storage;
use tower_http::{
    catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

use crate::{bundle::Assets, page_cache::PageCache};

pub use front::Front;
pub use session::Proxies;

/// No request of ours carries more yet.
const MAX_BODY: usize = 64 * 1024;
const MAX_TIME: Duration = Duration::from_secs(15);

/// What every handler can reach.
#[derive(Clone)]
pub struct AppState {
    /// The database and its services.
    pub storage: Storage,
    /// Identity and texts.
    pub site: Arc<dyn Site>,
    /// Bundle and style.
    pub assets: Assets,
    /// Finished pages.
    pub pages: PageCache,
    /// Proxies whose word about the client's address counts.
    pub proxies: Proxies,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AppState").finish_non_exhaustive()
    }
}

/// The whole site as one service.
pub fn site(state: AppState) -> Front {
    let router = within_limits(routes(&state), &state);
    Front::new(router, state)
}

/// The site with two more paths for the benchmark: `/bench/constant` behind the same stack and
/// `/bench/bare` outside of it.
pub fn bench_site(state: AppState) -> Router {
    let router = routes(&state).merge(bench::behind_the_stack());
    let front = Front::new(within_limits(router, &state), state);
    bench::bare().fallback_service(front)
}

fn routes(state: &AppState) -> Router {
    Router::new()
        .merge(pages::routes(state))
        .route("/assets/{*path}", get(assets::file))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .route("/api/search/suggest", get(suggest::suggest))
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemaps/{file}", get(sitemap::part))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(state.clone())
}

fn within_limits(router: Router, state: &AppState) -> Router {
    router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            MAX_TIME,
        ))
        .layer(from_fn_with_state(state.clone(), origin::our_own))
        .layer(from_fn_with_state(state.clone(), session::session))
        .layer(CatchPanicLayer::custom(faults::Page::new(state)))
        .layer(from_fn(observe::observe))
}
