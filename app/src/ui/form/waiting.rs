//! Forms that are sent while their person goes on: one after the other, again and again until the server has
//! answered. They are kept in memory alone.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    task::{Poll, Waker},
    time::Duration,
};

use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*, task::spawn_local};
use leptos_router::NavigateOptions;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlFormElement;

use super::{
    FormState, Outcome, Pairs,
    browser::{as_document, fields, hide, send, send_as_page},
};
use crate::ui::Refresh;

/// How long the first pause is after a try that did not reach the server. Each is twice the one before.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a form waits for the page after it to be painted.
const BEHIND: Duration = Duration::from_millis(50);

/// Pauses do not get longer than this one times two to this power.
const LONGEST: u32 = 4;

/// What leads to another page.
type Navigate = Box<dyn Fn(&str, NavigateOptions)>;

/// A form on its way.
pub(super) struct Waiting {
    /// Of its server function.
    pub(super) function: &'static str,
    pub(super) pairs: Pairs,
    /// The address of its page.
    pub(super) page: String,
    /// Leads its person back to it, where the server says no.
    pub(super) navigate: Navigate,
    pub(super) refresh: Refresh,
}

/// How it stands with what is on its way.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Quiet,
    NotSaved,
    SignedOut,
    SavedAfterAll,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Whether the first of them is being sent.
    sending: bool,
    /// How often the server was not reached since it last was.
    failed: u32,
    pause: Option<TimeoutHandle>,
    /// Who wants to know when nothing is on its way.
    wakers: Vec<Waker>,
    listeners: Vec<WindowListenerHandle>,
    /// The page of what the server said no to, and what it said.
    refused: Option<(String, FormState)>,
    refusals: u32,
    state: ArcRwSignal<State>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// What is said of it, below a form whose page does not wait.
pub(super) fn words() -> &'static str {
    let state = QUEUE.with_borrow(|queue| queue.state.clone());
    match state.get() {
        State::Quiet => "",
        State::NotSaved => "Not saved yet. Trying again. Keep this page open.",
        State::SignedOut => {
            "Not saved yet: you are signed out. Sign in on another tab, and keep this page open."
        }
        State::SavedAfterAll => "Everything is saved.",
    }
}

/// How often the server has said no: what a page has counted on does not hold then.
pub(super) fn refusals() -> u32 {
    QUEUE.with_borrow(|queue| queue.refusals)
}

/// What the server has said to the form of this name on this page, to be shown once.
pub(super) fn refused(page: &str, name: &str) -> Option<FormState> {
    QUEUE.with_borrow_mut(|queue| {
        let is_it = |(at, state): &mut (String, FormState)| at == page && state.form == name;
        queue.refused.take_if(is_it).map(|(_, state)| state)
    })
}

/// Done once nothing is on its way: what is read from the server then has it. `false` where the server is not
/// reached.
pub async fn all_sent() -> bool {
    poll_fn(|context| {
        QUEUE.with_borrow_mut(|queue| {
            if queue.waiting.is_empty() || queue.failed > 0 {
                return Poll::Ready(queue.waiting.is_empty());
            }
            queue.wakers.push(context.waker().clone());
            Poll::Pending
        })
    })
    .await
}

/// Sends a form as soon as those before it are sent.
pub(super) fn send_later(form: Waiting) {
    QUEUE.with_borrow_mut(|queue| {
        if queue.waiting.is_empty() {
            queue.listeners = vec![
                // Whoever closes the page now would lose what they have answered.
                window_event_listener(ev::beforeunload, |event| event.prevent_default()),
                window_event_listener(ev::online, |_| try_now()),
            ];
            queue.state.set(State::Quiet);
        }
        queue.waiting.push_back(form);
    });
    // The next page comes first.
    set_timeout(try_now, BEHIND);
}

fn try_now() {
    let form = QUEUE.with_borrow_mut(|queue| {
        if queue.sending {
            return None;
        }
        if let Some(pause) = queue.pause.take() {
            pause.clear();
        }
        let form = queue.waiting.front()?;
        let sent = (form.function, fields(&form.pairs));
        queue.sending = true;
        Some(sent)
    });
    let Some((function, body)) = form else {
        return;
    };
    spawn_local(async move {
        match send(function, body).await {
            None => tries_again(State::NotSaved),
            Some(Outcome::Shown(state)) if state.again => tries_again(State::NotSaved),
            Some(Outcome::SignedOut) if several() => tries_again(State::SignedOut),
            Some(Outcome::Outdated) => send_as_documents().await,
            Some(outcome) => answered(outcome),
        }
    });
}

/// Whether others wait behind the one that is being sent.
fn several() -> bool {
    QUEUE.with_borrow(|queue| queue.waiting.len() > 1)
}

fn tries_again(state: State) {
    let wakers = QUEUE.with_borrow_mut(|queue| {
        queue.sending = false;
        let pause = PAUSE * 2_u32.pow(queue.failed.min(LONGEST));
        queue.failed += 1;
        queue.pause = set_timeout_with_handle(try_now, pause).ok();
        queue.state.set(state);
        std::mem::take(&mut queue.wakers)
    });
    for waker in wakers {
        waker.wake();
    }
}

fn answered(outcome: Outcome) {
    let (form, wakers) = QUEUE.with_borrow_mut(|queue| {
        queue.sending = false;
        queue.failed = 0;
        let form = queue.waiting.pop_front();
        let mut wakers = Vec::new();
        if queue.waiting.is_empty() {
            for listener in queue.listeners.drain(..) {
                listener.remove();
            }
            wakers = std::mem::take(&mut queue.wakers);
            if queue.state.get_untracked() != State::Quiet {
                let done = matches!(outcome, Outcome::Done { .. });
                queue.state.set(if done {
                    State::SavedAfterAll
                } else {
                    State::Quiet
                });
            }
        }
        (form, wakers)
    });
    if let Some(form) = form {
        match outcome {
            // Only signing in resumes anything.
            Outcome::Done { .. } | Outcome::Resumed { .. } => {}
            Outcome::Shown(state) => lead_back(form, *state),
            // What was answered waits on the server until its person has signed in again, and the page
            // that comes back goes on from there. Of what is outdated `try_now` has taken care.
            Outcome::SignedOut | Outcome::Outdated => send_as_document(&form),
        }
    }
    for waker in wakers {
        waker.wake();
    }
    try_now();
}

/// Shows the page of a form that the server has said no to, if its person is still near: elsewhere it is asked
/// again when they come back.
fn lead_back(form: Waiting, state: FormState) {
    let here = window().location().pathname().unwrap_or_default();
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let near = folder(&here) == folder(&form.page);
    QUEUE.with_borrow_mut(|queue| {
        queue.refusals += 1;
        // Of several the first: what was answered after it builds on it. Of one page the last: what was chosen
        // on it then.
        let is_page = |(at, _): &(String, FormState)| *at == form.page;
        if near && queue.refused.as_ref().is_none_or(is_page) {
            queue.refused = Some((form.page.clone(), state));
        }
    });
    if here == form.page {
        form.refresh.done();
    } else if near {
        (form.navigate)(&form.page, NavigateOptions::default());
    }
}

/// To a server that has been replaced, all are sent as without a script, in their order. The last one brings the
/// new page.
async fn send_as_documents() {
    while let Some((page, body)) = before_the_last() {
        match send_as_page(&page, body).await {
            Some(true) => {
                QUEUE.with_borrow_mut(|queue| queue.waiting.pop_front());
            }
            // Its page says what is wrong. What was answered after it builds on it.
            Some(false) => break,
            None => return tries_again(State::NotSaved),
        }
    }
    let form = QUEUE.with_borrow_mut(|queue| {
        queue.sending = false;
        queue.waiting.pop_front()
    });
    if let Some(form) = form {
        send_as_document(&form);
    }
}

/// The first form that waits, with its page, where others wait behind it.
fn before_the_last() -> Option<(String, Option<JsValue>)> {
    QUEUE.with_borrow(|queue| {
        let form = queue.waiting.front().filter(|_| queue.waiting.len() > 1)?;
        Some((form.page.clone(), as_document(&form.pairs)))
    })
}

fn send_as_document(form: &Waiting) {
    // It would ask whether to leave.
    let listeners = QUEUE.with_borrow_mut(|queue| {
        queue.waiting.clear();
        std::mem::take(&mut queue.listeners)
    });
    for listener in listeners {
        listener.remove();
    }
    let made = document().create_element("form").ok();
    let Some(element) = made.and_then(|made| made.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    element.set_method("post");
    element.set_action(&form.page);
    for (name, value) in &form.pairs {
        hide(&element, name, value);
    }
    if let Some(body) = document().body() {
        let _ = body.append_child(&element);
        let _ = element.submit();
    }
}
