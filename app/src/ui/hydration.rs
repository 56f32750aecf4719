//! What the browser does before and after it takes over the page that the server rendered.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};

use super::meta;

/// Attribute of the root element once the whole page listens.
const HYDRATED: &str = "data-hydrated";

/// The answer to a form can be a page of another address than the form was sent to: to sign in, or
/// the page of a form that waited. The address bar is to show that address, and the router to find
/// that page. Before hydration.
pub fn correct_address() {
    if let Some(address) = meta("address")
        && let Ok(history) = window().history()
    {
        let state = wasm_bindgen::JsValue::NULL;
        let _ = history.replace_state_with_url(&state, "", Some(&address));
    }
}

/// Until the whole page listens, its links are the browser's: the router hears clicks before it can
/// follow them, and where a chunk is missing it never can. Before hydration.
pub fn leave_links_until_hydrated() {
    let pass = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a").ok().flatten());
        let root = document().document_element();
        if link.is_some() && root.is_some_and(|root| !root.has_attribute(HYDRATED)) {
            event.stop_propagation();
        }
    });
    // Before the router hears of it.
    let _ = window().add_event_listener_with_callback_and_bool(
        "click",
        pass.as_ref().unchecked_ref(),
        true,
    );
    pass.forget();
}

/// The whole page listens now: for style and tests, which cannot know it otherwise.
pub fn set_hydrated() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(HYDRATED, "");
    }
}

/// Says with every call of a server function which build calls, so that a page that was opened before
/// an update is not misunderstood. Before hydration.
pub fn name_build() {
    if let Some(prefix) = meta("calls") {
        // Once for each document.
        let _ = server_fn::client::try_set_server_url(Box::leak(prefix.into_boxed_str()));
    }
}
