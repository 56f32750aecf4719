//! Arriving at a page inside the browser: title, announcement, focus, and where one had read.

use std::{cell::RefCell, collections::HashMap};

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, closure::Closure};

#[derive(Default)]
struct Journey {
    /// Address of the page on screen.
    here: String,
    /// How far each address had been scrolled when it was left.
    scrolled: HashMap<String, f64>,
    /// Whether the next page is reached by back or forward.
    returning: bool,
    started: bool,
}

thread_local! {
    static JOURNEY: RefCell<Journey> = RefCell::default();
}

fn address() -> String {
    let location = window().location();
    format!(
        "{}{}",
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default()
    )
}

fn scroll_position() -> f64 {
    window().page_y_offset().unwrap_or_default()
}

/// Listens for scrolling and for back and forward. Once, when the first page hydrates.
fn start() {
    let scroll = Closure::<dyn Fn()>::new(|| {
        JOURNEY.with_borrow_mut(|journey| {
            let here = journey.here.clone();
            // Between two pages the browser scrolls on its own: that is not how far was read.
            if here == address() {
                journey.scrolled.insert(here, scroll_position());
            }
        });
    });
    let back = Closure::<dyn Fn()>::new(|| {
        JOURNEY.with_borrow_mut(|journey| journey.returning = journey.here != address());
    });
    let _ = window().add_event_listener_with_callback("scroll", scroll.as_ref().unchecked_ref());
    let _ = window().add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
    // They live as long as the page.
    scroll.forget();
    back.forget();
}

/// The page with this title is on screen, or will be with the next frame.
pub(super) fn arrived(title: &str) {
    let title = if title.is_empty() {
        "RareShare".to_owned()
    } else {
        format!("{title} · RareShare")
    };
    document().set_title(&title);
    let now = address();
    let (first, position) = JOURNEY.with_borrow_mut(|journey| {
        let first = !journey.started;
        journey.started = true;
        let returning = std::mem::take(&mut journey.returning);
        let position = returning
            .then(|| journey.scrolled.get(&now).copied())
            .flatten();
        journey.here = now;
        (first, position)
    });
    if first {
        start();
        return;
    }
    request_animation_frame(move || {
        if let Some(announcer) = document().get_element_by_id("announcer") {
            announcer.set_text_content(Some(&title));
        }
        let heading = document()
            .query_selector("main h1")
            .ok()
            .flatten()
            .and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(heading) = heading {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = heading.focus_with_options(&options);
        }
        if let Some(position) = position {
            window().scroll_to_with_x_and_y(0.0, position);
        }
    });
}
