//! The browser's entry point.

use any_spawner::Executor;
use leptos::{mount, tachys::dom::body, task};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered. Runs when the module is initialised.
#[wasm_bindgen(start)]
pub fn start() {
    app::ui::name_build();
    app::ui::correct_address();
    app::ui::leave_links_until_hydrated();
    // An error would say that there is an executor already.
    let _ = Executor::init_wasm_bindgen();
    task::spawn_local(async {
        // Waits for the chunk of the page, where it has one.
        let page = mount::hydrate_from_async(body(), app::App).await;
        page.forget();
        app::ui::set_hydrated();
    });
}
