//! The HTTP stack, from the outside in:
//!
//! | layer | why |
//! |---|---|
//! | [`listener`] | so many connections at once, in all and from a network; none waits for ever |
//! | [`front`] | answers from the page cache, seals pages, puts security headers on everything |
//! | `observe` | request id, metrics and one log line, without path parameters or query |
//! | panic | a fault of ours becomes a page and not a broken connection |
//! | [`session`] | who asks; writes the cookies |
//! | [`origin`] | what other sites send in a person's name does nothing |
//! | timeout, body limit | nobody holds the server with a slow or endless request; files get more of both |
//! | `open_data` | answers `/communities/{slug}.md`, which the router cannot tell from a page |
//! | router | pages, server functions, assets, sitemap, codes, health |

mod assets;
mod bench;
mod faults;
mod feeds;
mod finished;
mod forms;
pub mod front;
mod health;
pub mod listener;
pub mod live;
pub mod metrics;
mod observe;
mod open_data;
mod origin;
mod pages;
mod picture;
pub mod places;
mod refused;
mod registry;
mod seal;
mod session;
mod sitemap;
pub mod spare;
mod suggest;
mod unsubscribe;
mod upload;
mod well_known;

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
pub use live::Live;
pub use places::Places;
pub use session::Proxies;
pub use spare::Spare;

/// No form of ours carries more: a text of 100 kB, encoded, and once more where it is kept while its
/// person signs in again.
const MAX_BODY: usize = 1024 * 1024;
const MAX_TIME: Duration = Duration::from_secs(15);
/// What is larger than a file may be is read and thrown away up to here, so that it can be refused
/// in words.
const MAX_FILE: usize = 100 * 1024 * 1024;
/// For a picture of 10 MB over a slow telephone.
const MAX_FILE_TIME: Duration = Duration::from_mins(3);

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
    /// What tells open pages of news.
    pub live: Arc<Live>,
    /// Proxies whose word about the client's address counts.
    pub proxies: Proxies,
    /// Where people who find a weakness can tell of it, as a URI, if anywhere.
    pub security_contact: Option<String>,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AppState").finish_non_exhaustive()
    }
}

/// The whole site as one service.
pub fn site(state: AppState) -> Front {
    let router = stack(routes(&state), &state);
    Front::new(router, state)
}

/// The site with two more paths for the benchmark: `/bench/constant` behind the same stack and
/// `/bench/bare` outside of it.
pub fn bench_site(state: AppState, spare: Spare) -> Router {
    let router = routes(&state).merge(bench::behind_the_stack());
    let front = Front::new(stack(router, &state), state).giving_way(spare);
    bench::bare().fallback_service(front)
}

fn routes(state: &AppState) -> Router {
    let pages = pages::Pages::new(state);
    let files = within_limits(pages.with_files(), MAX_FILE, MAX_FILE_TIME);
    let others = Router::new()
        .merge(pages.routes())
        .merge(open_data::routes())
        .merge(registry::routes())
        .route("/communities/{slug}/history.atom", get(feeds::of_condition))
        .route(
            "/communities/{slug}/discussions.atom",
            get(feeds::of_discussions),
        )
        .route(
            "/communities/{slug}/questions.atom",
            get(feeds::of_questions),
        )
        .route(
            "/communities/{slug}/resources.atom",
            get(feeds::of_resources),
        )
        .route(
            "/communities/{slug}/sections/{kind}/history.atom",
            get(feeds::of_section),
        )
        .route("/communities/{slug}/feed.atom", get(feeds::of_community))
        .route("/live", get(live::live))
        .route("/members/{handle}/picture", get(picture::picture))
        .route("/assets/{*path}", get(assets::file))
        .route("/favicon.svg", get(assets::icon))
        .route("/favicon.ico", get(assets::icon))
        .route("/api/search/suggest", get(suggest::suggest))
        .route("/robots.txt", get(sitemap::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemaps/{file}", get(sitemap::part))
        .route(well_known::SECURITY, get(well_known::security))
        .route(
            well_known::CHANGE_PASSWORD,
            get(well_known::change_password),
        )
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .layer(from_fn_with_state(state.clone(), open_data::with_markdown))
        .with_state(state.clone());
    within_limits(others, MAX_BODY, MAX_TIME).merge(files)
}

fn within_limits(router: Router, body: usize, time: Duration) -> Router {
    router
        .layer(RequestBodyLimitLayer::new(body))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            time,
        ))
}

fn stack(router: Router, state: &AppState) -> Router {
    router
        .layer(from_fn_with_state(state.clone(), origin::our_own))
        .layer(from_fn_with_state(state.clone(), session::session))
        .layer(CatchPanicLayer::custom(faults::Page::new(state)))
        .layer(from_fn(observe::observe))
}
