//! Pages whose code the browser loads with the first of their kind.

use std::pin::Pin;

use leptos::{prelude::*, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;

type Loading<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A page in a chunk of the bundle. On the server it is a page as any other.
#[derive(Clone, Copy, Debug)]
pub struct LazyPage {
    load: fn() -> Loading<()>,
    view: fn() -> Loading<AnyView>,
}

impl LazyPage {
    /// Of what [`lazy!`](crate::lazy) makes of a page.
    pub fn new(load: fn() -> Loading<()>, view: fn() -> Loading<AnyView>) -> Self {
        Self { load, view }
    }
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        let Ok(view) = (self.view)().await else {
            without_chunk().await;
            return super::unreachable_server();
        };
        view
    }

    async fn preload(&self) {
        if (self.load)().await.is_err() {
            without_chunk().await;
        }
    }
}

/// A page for the table of routes, in the chunk of this name. Few chunks of many pages: what pages
/// have in common is sent once.
#[macro_export]
macro_rules! lazy {
    ($chunk:ident, $page:path) => {{
        use ::leptos::{prelude::*, wasm_split};
        #[wasm_split::wasm_split($chunk, wasm_split_path = wasm_split, fallible, preload(load))]
        fn view() -> Result<AnyView, wasm_split::SplitLoaderError> {
            Ok($page().into_any())
        }
        $crate::page::LazyPage::new(|| Box::pin(load()), || Box::pin(view()))
    }};
}

/// The chunk cannot be loaded. As after an update a month ago, the server gives the whole page: then
/// this never ends, and what is on screen stays until the page comes. It ends without a connection, and where a
/// new document would lose what is on its way to the server.
#[cfg(feature = "hydrate")]
async fn without_chunk() {
    let hydrating = Owner::current_shared_context().is_some_and(|shared| shared.during_hydration());
    // A page that has just come from the server works as it is.
    if !hydrating {
        if !crate::ui::is_online() || crate::ui::form::is_waiting() {
            return;
        }
        super::data::load_address(leptos_router::hooks::use_url());
    }
    std::future::pending::<()>().await;
}

/// Outside of the browser there is nothing to load.
#[cfg(not(feature = "hydrate"))]
fn without_chunk() -> impl Future<Output = ()> {
    std::future::ready(())
}
