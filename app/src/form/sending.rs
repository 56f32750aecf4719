//! Sending a form from a hydrated page. Without JavaScript the browser does.

use std::cell::{Cell, RefCell};

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement};

/// Leads to a path of this site.
type Go = Box<dyn Fn(&str)>;

thread_local! {
    /// Whether a form is on its way: a second click does nothing.
    static BUSY: Cell<bool> = const { Cell::new(false) };
    static GO: RefCell<Option<Go>> = RefCell::default();
}

/// Sends the forms of all pages from now on. `go` leads to a path of this site, also to the present
/// one.
pub(crate) fn listen(go: impl Fn(&str) + 'static) {
    GO.set(Some(Box::new(go)));
    super::suggesting::listen();
    super::writing::listen();
    let submit = Closure::<dyn Fn(Event)>::new(|event: Event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
            // The forms of the header are the browser's.
            .filter(|form| matches!(form.closest(".written"), Ok(Some(_))))
            // A form that looks something up is answered by an address, and of others a page
            // comes back.
            .filter(|form| form.method() == "post" && !form.has_attribute("data-plain"));
        let Some(form) = form else { return };
        event.prevent_default();
        // Which button: its name and value belong to what is sent.
        let action = event
            .dyn_ref::<web_sys::SubmitEvent>()
            .and_then(web_sys::SubmitEvent::submitter)
            .and_then(|button| button.get_attribute("value"));
        if !BUSY.replace(true) {
            leptos::task::spawn_local(async move {
                send(&form, action.as_deref()).await;
                BUSY.set(false);
            });
        }
    });
    let _ = document().add_event_listener_with_callback("submit", submit.as_ref().unchecked_ref());
    // It lives as long as the document.
    submit.forget();
}

async fn send(form: &HtmlFormElement, action: Option<&str>) {
    super::writing::stop();
    let path = form.get_attribute("action").unwrap_or_default();
    // Path, whether the document has become old, and the page where it was refused.
    match ask(form, &path, action).await {
        Some((path, false, _)) if !path.is_empty() => GO.with_borrow(|go| {
            if let Some(go) = go {
                go(&path);
            }
        }),
        Some((_, true, how)) if how == "plain" => {
            let _ = form.submit();
        }
        Some((path, true, _)) => {
            let _ = window().location().assign(&path);
        }
        Some((_, _, html)) => show(form, &html),
        None => {
            let words = "We could not reach the server, so nothing was sent. Check your connection, then try again.";
            if let Ok(errors) = document().create_element("div") {
                errors.set_class_name("errors");
                let _ = errors.set_attribute("role", "alert");
                let _ = errors.set_attribute("tabindex", "-1");
                errors.set_text_content(Some(words));
                if let Ok(Some(old)) = form.query_selector(".errors") {
                    old.remove();
                }
                let _ = form.insert_before(&errors, form.first_child().as_ref());
                focus(&errors);
            }
        }
    }
}

pub(super) async fn ask(
    form: &HtmlFormElement,
    path: &str,
    action: Option<&str>,
) -> Option<(String, bool, String)> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    if let Some(action) = action {
        data.append_with_str("action", action).ok()?;
    }
    let fields = if form.enctype() == "multipart/form-data" {
        JsValue::from(data)
    } else {
        // The constructor takes anything that yields pairs, which form data does.
        web_sys::UrlSearchParams::new_with_str_sequence_sequence(data.unchecked_ref())
            .ok()?
            .into()
    };
    let answer = gloo_net::http::Request::post(path)
        .header("accept", "application/json")
        .body(fields)
        .ok()?
        .send()
        .await
        .ok()?;
    serde_json::from_slice(&answer.binary().await.ok()?).ok()
}

/// Puts the forms in place that say what is wrong, with the passwords that were typed: the server
/// never sends them back.
fn show(form: &HtmlFormElement, html: &str) {
    let Ok(Some(forms)) = form.closest(".forms") else {
        return;
    };
    let passwords: Vec<(String, String)> = inputs(&forms)
        .map(|input| (input.id(), input.value()))
        .collect();
    forms.set_inner_html(html);
    for input in inputs(&forms) {
        if let Some((_, typed)) = passwords.iter().find(|(id, _)| *id == input.id()) {
            input.set_value(typed);
        }
    }
    if let Ok(Some(news)) = forms.query_selector(".errors, #preview, .notice") {
        focus(&news);
    }
}

fn inputs(forms: &Element) -> impl Iterator<Item = HtmlInputElement> + use<> {
    let found = forms.query_selector_all("input[type=password]").ok();
    let length = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..length).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
}

/// Once it stands.
fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>().cloned() {
        request_animation_frame(move || {
            let _ = element.focus();
        });
    }
}
