//! How a page gets its data, and what is shown until they are there or when there are none.

use std::{any::Any, marker::PhantomData, pin::Pin, sync::Arc};

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::{use_params_map, use_url};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    any_data::{AnyData, PageJson},
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
#[derive(Debug)]
pub struct PageResource<T> {
    resource: AnyResource,
    data: PhantomData<fn() -> T>,
}

impl<T> Clone for PageResource<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PageResource<T> {}

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
    let resource = any_resource(
        Box::new(move || Arc::new(source())),
        Box::new(move |source| {
            let source: &dyn Any = source;
            // What the other closure has made.
            let fetched = source.downcast_ref::<S>().cloned().map(&fetch);
            Box::pin(async move {
                match fetched {
                    Some(fetched) => fetched.await.map(|answer| answer.map(AnyData::new)),
                    None => Ok(Answer::Outdated),
                }
            })
        }),
    );
    PageResource {
        resource,
        data: PhantomData,
    }
}

type AnyResource = Resource<Loaded<AnyData>, PageJson>;
type View = Arc<dyn Fn(&AnyData) -> Option<AnyView> + Send + Sync>;
type Fetch =
    Box<dyn Fn(&dyn Source) -> Pin<Box<dyn Future<Output = Loaded<AnyData>> + Send>> + Send + Sync>;

fn any_resource(
    source: Box<dyn Fn() -> Arc<dyn Source> + Send + Sync>,
    fetch: Fetch,
) -> AnyResource {
    let refresh = Refresh::of_page();
    Resource::new_with_options(
        move || Key {
            source: source(),
            refreshed: refresh.count(),
        },
        move |key| fetch(key.source.as_ref()),
        false,
    )
}

/// What data are fetched for, without its type.
trait Source: Any + Send + Sync {
    fn is(&self, other: &dyn Source) -> bool;
}

impl<S: PartialEq + Send + Sync + 'static> Source for S {
    fn is(&self, other: &dyn Source) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<S>() == Some(self)
    }
}

#[derive(Clone)]
struct Key {
    source: Arc<dyn Source>,
    refreshed: u32,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.refreshed == other.refreshed && self.source.is(other.source.as_ref())
    }
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
    any_page(
        data.resource,
        Arc::new(move |data| data.get::<T>().map(&view)),
    )
}

fn any_page(data: AnyResource, view: View) -> AnyView {
    let path = use_url();
    // What was typed on one page must not stay in the fields of the next, which may be alike.
    let shown = StoredValue::new((String::new(), false));
    view! {
        <Transition fallback=loading>
            {move || {
                let view = Arc::clone(&view);
                Suspend::new(async move {
                    let data = data.await;
                    #[cfg(feature = "ssr")]
                    pass_once().await;
                    let page = match data {
                        Ok(Answer::Found(data)) => view(&data).unwrap_or_else(unreachable_server),
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
    .into_any()
}

/// Pending once. Before it renders, Leptos looks what a page waits for (`dry_resolve`), and drops the
/// view where there is nothing: every page would be made twice.
#[cfg(feature = "ssr")]
async fn pass_once() {
    let mut passed = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut passed, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
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
    #[cfg(feature = "ssr")]
    if let Some(slot) = use_context::<super::HeadSlot>() {
        slot.put_read(name);
    }
    let url = use_url();
    move || url.with(|url| query_value(url.search(), name))
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
