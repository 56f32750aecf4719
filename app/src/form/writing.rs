//! What helps somebody who writes a long text: buttons for the marks of Markdown, and a draft that is
//! kept while they type. Without JavaScript there is a button that keeps it.

use std::{cell::RefCell, time::Duration};

use leptos::prelude::{TimeoutHandle, document, set_timeout_with_handle};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, HtmlFormElement, HtmlTextAreaElement};

use super::sending;

/// A draft is kept when nothing was typed for this long.
const PAUSE: Duration = Duration::from_secs(2);

thread_local! {
    static WAITING: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
}

/// What is typed is on its way, and need not be kept.
pub(super) fn stop() {
    if let Some(waiting) = WAITING.take() {
        waiting.clear();
    }
}

/// Looks after all such fields from now on.
pub(super) fn listen() {
    on("click", |target| {
        if let Some(before) = target.get_attribute("data-before") {
            let after = target.get_attribute("data-after").unwrap_or_default();
            let _ = mark(target, &before, &after);
        }
    });
    on("input", |target| {
        let form = target
            .closest("form[data-keeps]")
            .ok()
            .flatten()
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            keep_soon(form);
        }
    });
}

fn on(event: &str, act: impl Fn(&Element) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(target) = target {
            act(&target);
        }
    });
    let _ = document().add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    // It lives as long as the document.
    listener.forget();
}

/// Puts marks around what is selected in the field of a button.
fn mark(button: &Element, before: &str, after: &str) -> Option<()> {
    let field = document()
        .get_element_by_id(&button.get_attribute("data-for")?)?
        .dyn_into::<HtmlTextAreaElement>()
        .ok()?;
    let start = field.selection_start().ok()??;
    let end = field.selection_end().ok()??;
    // Positions are UTF-16 units, as the field counts.
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let part = |from: u32, to: u32| {
        text.get(from as usize..to as usize)
            .map(String::from_utf16_lossy)
            .unwrap_or_default()
    };
    let length = u32::try_from(text.len()).ok()?;
    let (head, selected, tail) = (part(0, start), part(start, end), part(end, length));
    field.set_value(&[head.as_str(), before, &selected, after, &tail].concat());
    let shift = u32::try_from(before.encode_utf16().count()).ok()?;
    let _ = field.set_selection_range(start + shift, end + shift);
    let _ = field.focus();
    Some(())
}

fn keep_soon(form: HtmlFormElement) {
    let timer = set_timeout_with_handle(
        move || {
            // Sent, or left behind by a navigation.
            if !form.is_connected() {
                return;
            }
            leptos::task::spawn_local(async move {
                let path = form.get_attribute("action").unwrap_or_default();
                let _ = sending::ask(&form, &path, Some("draft")).await;
            });
        },
        PAUSE,
    );
    stop();
    WAITING.set(timer.ok());
}
