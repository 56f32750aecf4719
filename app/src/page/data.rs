//! How a page gets its data, and what is shown until they are there or when there are none.

use leptos::{either::Either, prelude::*, server::codee};
use leptos_router::hooks::{use_params_map, use_url};
use serde::{Serialize, de::DeserializeOwned};

use domain::SafeHtml;

use super::{
    loading,
    refused::{moved_away, refused},
    unreachable_server,
};
use crate::{
    answer::{Answer, Loaded, Location},
    ui::{Refresh, query_value},
};

/// The data of a page: rendered on the server, sent along for hydration, fetched anew when the
/// address changes.
pub type PageResource<T> = Resource<Loaded<T>, PageJson>;

/// The data that a server function gives for what `source` reads from the address. They are fetched
/// again when a form of the page has been carried out.
pub fn page_data<S, T, Fetched>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fetched + Send + Sync + 'static,
) -> PageResource<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    Fetched: Future<Output = Loaded<T>> + Send + 'static,
{
    let refresh = Refresh::of_page();
    Resource::new_with_options(
        move || (source(), refresh.count()),
        move |(source, _)| fetch(source),
        false,
    )
}

/// Shows a page once its data are there; until then the page before stays on screen.
#[component]
pub fn Page<T>(
    /// The data.
    data: PageResource<T>,
    /// What is shown of them.
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let path = use_url();
    // What was typed on one page must not stay in the fields of the next, which may be alike.
    let shown = StoredValue::new((String::new(), false));
    view! {
        <Transition fallback=loading>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    let page = match data.await {
                        Ok(Answer::Found(data)) => view(data),
                        // Not where it only leads to signing in: what was written is kept there.
                        Ok(Answer::Moved(Location { path, permanent })) => permanent
                            .then(|| moved_away(&path))
                            .flatten()
                            .unwrap_or_else(|| moved(&path, permanent)),
                        Ok(Answer::Refused(error)) => refused(&error),
                        Ok(Answer::Outdated) => outdated(path),
                        Err(_) => unreachable_server(),
                    };
                    let path = path.read_untracked().path().to_owned();
                    let odd = shown
                        .try_update_value(|(before, odd)| {
                            if *before != path {
                                *before = path;
                                *odd = !*odd;
                            }
                            *odd
                        })
                        .unwrap_or_default();
                    if odd { Either::Left(page) } else { Either::Right(page) }
                })
            }}
        </Transition>
    }
}

/// A part of the path, as the table of routes names it: `slug` of `/communities/:slug`.
pub fn use_part(name: &'static str) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let params = use_params_map();
    move || params.with(|params| params.get(name).unwrap_or_default())
}

/// A value of the address's query. Read from the query as it was sent: the router's own map decodes
/// twice, and "%2541" would become "A".
pub fn use_query_value(
    name: &'static str,
) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
    let url = use_url();
    move || url.with(|url| query_value(url.search(), name))
}

/// JSON for the data of a page that has been rendered: without the texts that stand on it.
///
/// It reads from bytes, as server functions do. The usual codec of resources reads from `&str`, which
/// would put a second copy of every deserialiser into the bundle.
#[derive(Clone, Copy, Debug)]
pub struct PageJson;

impl<T: Serialize> codee::Encoder<T> for PageJson {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        SafeHtml::left_out(|| serde_json::to_string(value))
    }
}

impl<T: DeserializeOwned> codee::Decoder<T> for PageJson {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(value: &str) -> Result<T, Self::Error> {
        serde_json::from_slice(value.as_bytes())
    }
}

#[cfg(feature = "ssr")]
fn moved(path: &str, permanent: bool) -> AnyView {
    use http::{HeaderValue, StatusCode, header};
    let response = expect_context::<leptos_axum::ResponseOptions>();
    // Paths here are made of slugs and codes, which are ASCII.
    if let Ok(location) = HeaderValue::from_str(path) {
        response.set_status(if permanent {
            StatusCode::MOVED_PERMANENTLY
        } else {
            StatusCode::FOUND
        });
        response.insert_header(header::LOCATION, location);
    }
    loading()
}

#[cfg(not(feature = "ssr"))]
fn moved(path: &str, _permanent: bool) -> AnyView {
    let navigate = leptos_router::hooks::use_navigate();
    let options = leptos_router::NavigateOptions {
        replace: true,
        ..Default::default()
    };
    // It may lead back to the page that was on screen: one arrives there all the same.
    #[cfg(feature = "hydrate")]
    crate::ui::leave();
    navigate(path, options);
    loading()
}

/// The server has another build than this page: it gives the whole page anew. What stands there stays
/// until then.
#[cfg(feature = "hydrate")]
fn outdated(url: ReadSignal<leptos_router::location::Url>) -> AnyView {
    load_address(url);
    loading()
}

/// Loads what the router is on its way to as a document of its own.
#[cfg(feature = "hydrate")]
pub(super) fn load_address(url: ReadSignal<leptos_router::location::Url>) {
    let address = url.with_untracked(|url| match url.search() {
        "" => url.path().to_owned(),
        query => format!("{}?{query}", url.path()),
    });
    crate::ui::load_document(&address);
}

#[cfg(not(feature = "hydrate"))]
fn outdated(_url: ReadSignal<leptos_router::location::Url>) -> AnyView {
    loading()
}
