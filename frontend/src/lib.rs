//! The browser's entry point.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered. Runs when the module is initialised.
#[wasm_bindgen(start)]
pub fn start() {
    app::ui::name_build();
    app::ui::correct_address();
    // Waits for the chunk of the page, where it has one.
    leptos::mount::hydrate_lazy(app::App);
}
