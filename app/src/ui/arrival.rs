//! Arriving at a page inside the browser: address, title, announcement, focus, and where one had
//! read.

use std::{cell::RefCell, collections::HashMap, time::Duration};

use leptos::prelude::{
    document, provide_context, request_animation_frame, set_timeout, use_context, window,
};
use leptos_router::location::{BrowserUrl, LocationProvider};
use wasm_bindgen::{JsCast, closure::Closure};

#[derive(Default)]
struct Journey {
    /// Completes a navigation: until then the address bar still shows the page before.
    router: Option<BrowserUrl>,
    /// Address of the page on screen.
    here: String,
    /// How far each address had been scrolled when it was left.
    scrolled: HashMap<String, f64>,
    /// Whether the next page is reached by back or forward.
    returning: bool,
    started: bool,
    /// Id of the part that gets the focus when the page has been fetched again.
    part: Option<String>,
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

/// Listens for scrolling and for back and forward. Once, inside of the router and before its routes.
pub fn begin_journey() {
    JOURNEY.with_borrow_mut(|journey| {
        journey.router = use_context::<BrowserUrl>();
        journey.here = address();
    });
    // The routes would complete a navigation as soon as they know the page; it is complete when its
    // data are there. So they get another location to complete.
    if let Ok(unused) = BrowserUrl::new() {
        provide_context(unused);
    }
    let scroll = Closure::<dyn Fn()>::new(|| {
        JOURNEY.with_borrow_mut(|journey| {
            let here = journey.here.clone();
            // Between two pages the browser scrolls on its own: that is not how far was read.
            if here == address() {
                let position = window().page_y_offset().unwrap_or_default();
                journey.scrolled.insert(here, position);
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

/// Whether the page that is about to be shown is reached by back or forward.
pub fn is_returning() -> bool {
    JOURNEY.with_borrow(|journey| journey.returning)
}

/// The page is about to be fetched again because somebody wants to see what is new in the part with
/// this id.
pub fn focus_after_refresh(part: String) {
    JOURNEY.with_borrow_mut(|journey| journey.part = Some(part));
}

/// The page on screen is left, wherever to.
pub fn leave() {
    JOURNEY.with_borrow_mut(|journey| journey.here.clear());
}

/// The data of the page with this title is there, and the page is about to be.
pub fn arrived(title: String) {
    let first = JOURNEY.with_borrow_mut(|journey| {
        if let Some(router) = &journey.router {
            router.ready_to_complete();
        }
        !std::mem::replace(&mut journey.started, true)
    });
    if first {
        // The server has set the title, and the reader is reading.
        return;
    }
    // By the next frame the page stands and the address bar shows where.
    request_animation_frame(move || settle(title));
}

fn settle(title: String) {
    let now = address();
    let (position, same, wanted) = JOURNEY.with_borrow_mut(|journey| {
        let returning = std::mem::take(&mut journey.returning);
        let same = journey.here == now;
        journey.here.clone_from(&now);
        let position = returning
            .then(|| journey.scrolled.get(&now).copied())
            .flatten();
        (position, same, journey.part.take())
    });
    if same {
        document().set_title(&title);
        // The page was fetched again after a form: whoever filled it in goes on where they are.
        if let Some(part) = wanted.and_then(|id| part_of_page(&id)) {
            focus_part(&part);
        }
        return;
    }
    // An address may name a part of its page.
    let part = window().location().hash().unwrap_or_default();
    let part = part.strip_prefix('#').and_then(part_of_page);
    let at_top = position.is_none() && part.is_none();
    let finish = move || {
        match (position, part) {
            (None, Some(part)) => focus_part(&part),
            (position, _) => {
                focus_heading();
                if let Some(position) = position {
                    window().scroll_to_with_x_and_y(0.0, position);
                }
            }
        }
        tell(&title);
    };
    if at_top {
        // The page is painted first: a focus has it laid out once more, and a slow phone takes its time.
        set_timeout(finish, Duration::ZERO);
    } else {
        finish();
    }
}

/// In the title, and to whoever cannot see it.
fn tell(title: &str) {
    document().set_title(title);
    if let Some(announcer) = document().get_element_by_id("announcer") {
        announcer.set_text_content(Some(title));
    }
}

fn focus_heading() {
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
}

fn part_of_page(id: &str) -> Option<web_sys::HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn focus_part(part: &web_sys::HtmlElement) {
    let _ = part.set_attribute("tabindex", "-1");
    let _ = part.focus();
    part.scroll_into_view();
}

/// What the server has written into the head for the browser to find.
pub fn meta(name: &str) -> Option<String> {
    let found = document().query_selector(&format!("meta[name='{name}']"));
    found.ok().flatten()?.get_attribute("content")
}

/// Whether the browser has a connection at all.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Loads a page of the site as a document of its own.
pub fn load_document(address: &str) {
    let _ = window().location().assign(address);
}
