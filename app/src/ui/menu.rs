//! A menu is a `<details>`: it opens and closes without us, and closes more easily with us.

use leptos::{ev, html::Details, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Closes the menu by a click on whatever is not its opener, and by Escape.
pub fn close_elsewhere(menu: NodeRef<Details>) {
    let open_menu = move || {
        let menu = menu.try_get_untracked().flatten()?;
        menu.open().then_some(menu)
    };
    let click = window_event_listener(ev::click, move |event| {
        let Some(menu) = open_menu() else {
            return;
        };
        let on = event.target().and_then(|on| on.dyn_into::<Element>().ok());
        let summary = on.and_then(|on| on.closest("summary").ok().flatten());
        if !summary.is_some_and(|summary| menu.contains(Some(&summary))) {
            menu.set_open(false);
        }
    });
    let key = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape"
            && let Some(menu) = open_menu()
        {
            menu.set_open(false);
            // What had the focus may be gone with the menu.
            let summary = menu.query_selector("summary").ok().flatten();
            if let Some(summary) =
                summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok())
            {
                let _ = summary.focus();
            }
        }
    });
    on_cleanup(move || {
        click.remove();
        key.remove();
    });
}
