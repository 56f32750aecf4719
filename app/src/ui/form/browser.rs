//! What happens in the browser: a form is checked while it is filled in, and sent without leaving
//! the page.

use std::{cell::Cell, time::Duration};

use domain::{Error, FieldError, Result as DomainResult};
use leptos::{
    ev::{self, Event, FocusEvent, SubmitEvent},
    prelude::*,
    task::spawn_local,
};
use leptos_router::hooks::{use_location, use_navigate};
use serde::Serialize;
use server_fn::ServerFn;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, RequestRedirect,
    ResponseType, SubmitEvent as WebSubmitEvent, UrlSearchParams,
};

use super::{
    Ahead, FormContext, Outcome, PageForm, Pairs, check,
    decode::decode,
    waiting::{Waiting, all_sent, send_later},
};
use crate::ui::Refresh;

/// What is said where there was no answer.
pub(super) const UNREACHABLE: &str =
    "We could not reach the server, so nothing was sent. Check your connection, then try again.";

/// What is typed is kept when nothing was typed for this long.
const PAUSE: Duration = Duration::from_secs(2);

/// What the browser needs to know of one form.
#[derive(Clone, Copy)]
pub(super) struct Client {
    path: &'static str,
    files: bool,
    check: fn(&[(String, String)]) -> Vec<FieldError>,
    ahead: Option<Callback<Pairs, DomainResult<Option<String>>>>,
}

impl Client {
    pub(super) fn of<F: PageForm>(ahead: Option<Ahead<F>>) -> Self {
        let ahead = ahead.map(|ahead| {
            Callback::new(move |pairs: Pairs| match decode::<F>(&pairs) {
                Ok(fields) => ahead.run(fields),
                Err(_) => Ok(None),
            })
        });
        Self {
            ahead,
            path: F::Call::PATH,
            files: F::FILES,
            check: check::<F>,
        }
    }
}

/// Whether a finger or a button of the mouse is down. A field is left as the press begins: a message
/// that came or went then would move what is pressed away from under it, and the press would do nothing.
#[derive(Clone, Copy)]
struct Press {
    is_down: StoredValue<bool>,
    /// The form and the field that was left meanwhile.
    left: StoredValue<Option<(HtmlFormElement, String)>, LocalStorage>,
}

impl Press {
    /// Watches for as long as the form is there. `tell` is called about a field that was left during a
    /// press, once that has done what it does.
    fn watch(tell: impl Fn(&HtmlFormElement, &str) + Copy + 'static) -> Self {
        let press = Self {
            is_down: StoredValue::new(false),
            left: StoredValue::new_local(None),
        };
        let ended = move |_| {
            press.is_down.try_set_value(false);
            // The click comes after the end of its press.
            set_timeout(
                move || {
                    let left = press.left.try_update_value(Option::take).flatten();
                    if let Some((element, field)) = left {
                        tell(&element, &field);
                    }
                },
                Duration::ZERO,
            );
        };
        let listeners = [
            window_event_listener(ev::pointerdown, move |_| {
                press.is_down.try_set_value(true);
            }),
            window_event_listener(ev::pointerup, ended),
            window_event_listener(ev::pointercancel, ended),
        ];
        on_cleanup(move || {
            for listener in listeners {
                listener.remove();
            }
        });
        press
    }

    /// Keeps a field for the end of the press, if there is one.
    fn keeps(self, element: &HtmlFormElement, field: &str) -> bool {
        let is_down = self.is_down.try_get_value().unwrap_or_default();
        if is_down {
            let left = Some((element.clone(), field.to_owned()));
            self.left.try_set_value(left);
        }
        is_down
    }
}

/// What listens to a form: when it is sent, when a field is left, when something is typed.
pub(super) fn listeners(
    form: FormContext,
    plain: bool,
    autosave: Option<&'static str>,
) -> (
    impl Fn(SubmitEvent) + 'static,
    impl Fn(FocusEvent) + 'static,
    impl Fn(Event) + 'static,
) {
    let client = form.client.get_value();
    let navigate = use_navigate();
    let location = use_location();
    let refresh = Refresh::of_page();
    let waiting = StoredValue::new_local(Cell::new(None::<TimeoutHandle>));
    // The same until there is an answer: a second try after a broken connection counts once.
    let key = StoredValue::new(None::<String>);
    let stop = move || {
        let timer = waiting.try_with_value(Cell::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let submit = move |event: SubmitEvent| {
        if plain {
            return;
        }
        let Some(element) = form_of(&event) else {
            return;
        };
        event.prevent_default();
        if form.pending.get_untracked() {
            return;
        }
        stop();
        // Which button: its name and value belong to what is sent.
        let button = button_of(&event);
        let mut pairs = read(&element);
        pairs.retain(|(name, _)| name != "key");
        pairs.extend(button.clone());
        let mut errors = (client.check)(&pairs);
        let mut next = None;
        if let (true, Some(ahead)) = (errors.is_empty(), client.ahead) {
            match ahead.run(pairs.clone()) {
                Ok(path) => next = path,
                Err(Error::Invalid { fields }) => errors = fields,
                // The server says why.
                Err(_) => {}
            }
        }
        if !errors.is_empty() {
            form.errors.set(errors.clone());
            form.summary.set(errors);
            form.refusal.set(None);
            form.notice.set(None);
            focus_news(&element);
            return;
        }
        if let Some(next) = next {
            pairs.push(("key".to_owned(), new_key()));
            clear(form);
            send_later(Waiting {
                function: client.path,
                pairs,
                page: location.pathname.get_untracked(),
                navigate: Box::new(navigate.clone()),
                refresh,
            });
            // What is focused and taken out of the page makes the browser compute it once more.
            if let Some(focused) = document().active_element()
                && let Ok(focused) = focused.dyn_into::<HtmlElement>()
            {
                let _ = focused.blur();
            }
            navigate(&next, leptos_router::NavigateOptions::default());
            return;
        }
        let made = key.get_value().unwrap_or_else(new_key);
        key.set_value(Some(made.clone()));
        pairs.push(("key".to_owned(), made.clone()));
        form.pending.set(true);
        let navigate = navigate.clone();
        let pathname = location.pathname;
        spawn_local(async move {
            // What it builds on comes first.
            let outcome = if client.ahead.is_some() && !all_sent().await {
                None
            } else if client.files {
                send(client.path, with_files(&element, &made)).await
            } else {
                send(client.path, fields(&pairs)).await
            };
            // The form may have gone meanwhile.
            if form.pending.try_set(false).is_some() {
                return;
            }
            match outcome {
                Some(Outcome::Done { path, reload: true } | Outcome::Resumed { path, .. }) => {
                    let _ = window().location().assign(&path);
                }
                Some(Outcome::Done { path, .. }) => {
                    key.set_value(None);
                    clear(form);
                    element.reset();
                    let page = path.split(['?', '#']).next().unwrap_or_default();
                    if page == pathname.get_untracked() {
                        refresh.done();
                    }
                    navigate(&path, leptos_router::NavigateOptions::default());
                }
                Some(Outcome::Shown(state)) => {
                    key.set_value(state.key.clone());
                    for (name, value) in form.show(*state) {
                        replace(&element, &name, &value);
                    }
                    focus_news(&element);
                }
                Some(Outcome::SignedOut | Outcome::Outdated) => {
                    send_plainly(&element, button, &made);
                }
                None => {
                    form.summary.set(Vec::new());
                    form.refusal.set(Some(UNREACHABLE.to_owned()));
                    focus_news(&element);
                }
            }
        });
    };
    let tell = move |element: &HtmlFormElement, field: &str| {
        let found = (client.check)(&read(element));
        form.errors.try_update(|errors| {
            errors.retain(|error| error.field != field);
            errors.extend(found.into_iter().filter(|error| error.field == field));
        });
    };
    let press = Press::watch(tell);
    let leave = move |event: FocusEvent| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
            .and_then(|element| element.get_attribute("name"));
        let (Some(element), Some(field)) = (form_of(&event), field) else {
            return;
        };
        if !press.keeps(&element, &field) {
            tell(&element, &field);
        }
    };
    let typed = move |event: Event| {
        let (Some(action), Some(element)) = (autosave, form_of(&event)) else {
            return;
        };
        stop();
        let timer = set_timeout_with_handle(
            move || {
                let mut pairs = read(&element);
                pairs.push(("action".to_owned(), action.to_owned()));
                // A page that was reached inside the browser has none.
                pairs.push(("key".to_owned(), new_key()));
                spawn_local(async move {
                    let _ = send(client.path, fields(&pairs)).await;
                });
            },
            PAUSE,
        );
        waiting.try_with_value(|waiting| waiting.set(timer.ok()));
    };
    (submit, leave, typed)
}

/// The name and the value of the button that sends.
pub(super) fn button_of(event: &SubmitEvent) -> Option<(String, String)> {
    let button = event.dyn_ref::<WebSubmitEvent>()?.submitter()?;
    let name = button.get_attribute("name");
    let name = name.filter(|name| !name.is_empty())?;
    Some((name, button.get_attribute("value").unwrap_or_default()))
}

pub(super) fn form_of(event: &Event) -> Option<HtmlFormElement> {
    event
        .current_target()
        .and_then(|target| target.dyn_into().ok())
}

fn new_key() -> String {
    window()
        .crypto()
        .map(|crypto| crypto.random_uuid())
        .unwrap_or_default()
}

fn clear(form: FormContext) {
    form.errors.set(Vec::new());
    form.summary.set(Vec::new());
    form.refusal.set(None);
    form.notice.set(None);
    form.result.set(None);
}

/// What is filled in; files excepted.
pub(super) fn read(form: &HtmlFormElement) -> Pairs {
    let Ok(data) = FormData::new_with_form(form) else {
        return Pairs::new();
    };
    let data: JsValue = data.into();
    let Ok(Some(entries)) = js_sys::try_iter(&data) else {
        return Pairs::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let entry = entry.dyn_into::<js_sys::Array>().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// Fields as the server function reads them.
pub(super) fn fields(pairs: &Pairs) -> Option<JsValue> {
    #[derive(Serialize)]
    struct Arguments<'a> {
        posted: &'a Pairs,
    }
    serde_json::to_string(&Arguments { posted: pairs })
        .ok()
        .map(JsValue::from)
}

/// A form with its files as `multipart/form-data`.
fn with_files(form: &HtmlFormElement, key: &str) -> Option<JsValue> {
    let data = FormData::new_with_form(form).ok()?;
    data.set_with_str("key", key).ok()?;
    Some(data.into())
}

/// Calls the server function at a path. One function for all forms, which differ only in what is sent:
/// the call that `#[server]` makes would be in the bundle once for each.
pub(super) async fn send(path: &str, body: Option<JsValue>) -> Option<Outcome> {
    let address = format!("{}{path}", server_fn::client::get_server_url());
    let body = body?;
    let mut request = gloo_net::http::Request::post(&address).header("accept", "application/json");
    if body.is_string() {
        request = request.header("content-type", "application/json");
    }
    let answer = request.body(body).ok()?.send().await.ok()?;
    serde_json::from_slice(&answer.binary().await.ok()?).ok()
}

/// The fields as a form sends them without a script.
pub(super) fn urlencoded(pairs: &Pairs) -> Option<JsValue> {
    let data = UrlSearchParams::new().ok()?;
    for (name, value) in pairs {
        data.append(name, value);
    }
    Some(data.into())
}

/// What becomes of a form that is sent to its page.
pub(super) enum Sent {
    /// It leads on.
    Done,
    /// One has to sign in first.
    SignedOut,
    /// The page says why not.
    Refused,
}

/// Sends a form to its page, as without a script. `None` where the server is not reached, or is busy.
pub(super) async fn send_as_page(page: &str, body: Option<JsValue>) -> Option<Sent> {
    let request = gloo_net::http::Request::post(page).redirect(RequestRedirect::Manual);
    let answer = request.body(body?).ok()?.send().await.ok()?;
    match (answer.type_(), answer.status()) {
        (ResponseType::Opaqueredirect, _) => Some(Sent::Done),
        (_, 401) => Some(Sent::SignedOut),
        (_, 429 | 500..) => None,
        _ => Some(Sent::Refused),
    }
}

/// Lets the browser send the form: the page that comes back goes on from here.
pub(super) fn send_plainly(form: &HtmlFormElement, button: Option<(String, String)>, key: &str) {
    replace(form, "key", key);
    if let Some((name, value)) = button {
        hide(form, &name, &value);
    }
    let _ = form.submit();
}

/// Adds a hidden field.
pub(super) fn hide(form: &HtmlFormElement, name: &str, value: &str) {
    if let Ok(input) = document().create_element("input") {
        let _ = input.set_attribute("type", "hidden");
        let _ = input.set_attribute("name", name);
        let _ = input.set_attribute("value", value);
        let _ = form.append_child(&input);
    }
}

/// Sets what is in a field.
fn replace(form: &HtmlFormElement, name: &str, value: &str) {
    let selector = format!("[name=\"{name}\"]");
    let Ok(Some(element)) = form.query_selector(&selector) else {
        return;
    };
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    }
}

/// Moves the focus to what the form was answered with, once it is on the page: in the form, or in its
/// place.
pub(super) fn focus_news(form: &HtmlFormElement) {
    let form = form.clone();
    request_animation_frame(move || {
        let news = ".errors, .notice, [data-news]";
        let news = if form.is_connected() {
            form.query_selector(news)
        } else {
            document().query_selector(news)
        };
        if let Ok(Some(news)) = news
            && let Ok(news) = news.dyn_into::<HtmlElement>()
        {
            let _ = news.focus();
        }
    });
}
