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
    browser::{Sent, fields, hide, send, send_as_page, urlencoded},
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
    /// Whether another document is on its way: what is sent now would take its place.
    leaving: bool,
    state: ArcRwSignal<State>,
}

impl Queue {
    /// Who wants to know that nothing is on its way, where that is so.
    fn settles(&mut self, done: bool) -> Vec<Waker> {
        if !self.waiting.is_empty() {
            return Vec::new();
        }
        for listener in self.listeners.drain(..) {
            listener.remove();
        }
        if self.state.get_untracked() != State::Quiet {
            self.state.set(if done {
                State::SavedAfterAll
            } else {
                State::Quiet
            });
        }
        std::mem::take(&mut self.wakers)
    }
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

/// Whether anything is on its way.
pub(super) fn is_waiting() -> bool {
    QUEUE.with_borrow(|queue| !queue.waiting.is_empty())
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
            // Its page was not shown.
            queue.refused = None;
        }
        queue.waiting.push_back(form);
    });
    // The next page comes first.
    set_timeout(try_now, BEHIND);
}

fn try_now() {
    let form = QUEUE.with_borrow_mut(|queue| {
        if queue.sending || queue.leaving {
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
            Some(Outcome::Outdated) => send_all_as_pages().await,
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
        let done = matches!(outcome, Outcome::Done { .. });
        if let Some(form) = form.as_ref().filter(|_| done) {
            // What was refused on this page is answered anew.
            queue.refused.take_if(|(at, _)| *at == form.page);
        }
        (form, queue.settles(done))
    });
    if let Some(form) = form {
        match outcome {
            // Only signing in resumes anything.
            Outcome::Done { .. } | Outcome::Resumed { .. } => {}
            Outcome::Shown(state) => lead_back(form, *state),
            // What was answered waits on the server until its person has signed in again, and the page
            // that comes back goes on from there.
            Outcome::SignedOut | Outcome::Outdated => leave_with(&form),
        }
    }
    for waker in wakers {
        waker.wake();
    }
    try_now();
}

/// The path of the page on screen.
fn here() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Whether the page on screen belongs to that of a form.
fn is_near(form: &Waiting) -> bool {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    folder(&here()) == folder(&form.page)
}

/// Shows the page of a form that the server has said no to, if its person is still near: elsewhere it is asked
/// again when they come back.
fn lead_back(form: Waiting, state: FormState) {
    let near = is_near(&form);
    QUEUE.with_borrow_mut(|queue| {
        queue.refusals += 1;
        // Of several the first: what was answered after it builds on it. Of one page the last: what was chosen
        // on it then.
        let is_page = |(at, _): &(String, FormState)| *at == form.page;
        if near && queue.refused.as_ref().is_none_or(is_page) {
            queue.refused = Some((form.page.clone(), state));
        }
    });
    if here() == form.page {
        form.refresh.done();
    } else if near {
        (form.navigate)(&form.page, NavigateOptions::default());
    }
}

/// To a server that has been replaced, all are sent as without a script, in their order. Who is near then gets the
/// new page: of the first one that the server says no to, or else of the last.
async fn send_all_as_pages() {
    let near = QUEUE.with_borrow(|queue| queue.waiting.front().is_some_and(is_near));
    let mut refused: Option<Waiting> = None;
    while let Some((page, body)) = next_as_page(near && refused.is_none()) {
        match send_as_page(&page, body).await {
            Some(Sent::Done) => drop(sent()),
            Some(Sent::Refused) => {
                let form = sent();
                refused = refused.or(form);
            }
            Some(Sent::SignedOut) => return begins_again(refused, State::SignedOut),
            None => return begins_again(refused, State::NotSaved),
        }
    }
    let wakers = QUEUE.with_borrow_mut(|queue| {
        queue.sending = false;
        queue.failed = 0;
        queue.refusals += u32::from(refused.is_some());
        if near {
            refused = refused.take().or_else(|| queue.waiting.pop_front());
        }
        queue.settles(refused.is_none())
    });
    for waker in wakers {
        waker.wake();
    }
    if let Some(form) = refused.filter(|_| near) {
        leave_with(&form);
    }
}

/// The form that is first, as it is sent to its page: all of them, or all but the last.
fn next_as_page(but_the_last: bool) -> Option<(String, Option<JsValue>)> {
    QUEUE.with_borrow(|queue| {
        let several = queue.waiting.len() > usize::from(but_the_last);
        let form = queue.waiting.front().filter(|_| several)?;
        Some((form.page.clone(), urlencoded(&form.pairs)))
    })
}

fn sent() -> Option<Waiting> {
    QUEUE.with_borrow_mut(|queue| queue.waiting.pop_front())
}

/// After a pause, with what the server has said no to so far: the page that says why has not come yet.
fn begins_again(refused: Option<Waiting>, state: State) {
    QUEUE.with_borrow_mut(|queue| {
        if let Some(form) = refused {
            queue.waiting.push_front(form);
        }
    });
    tries_again(state);
}

/// Sends a form as the browser does, which brings its page.
fn leave_with(form: &Waiting) {
    // It would ask whether to leave.
    let listeners = QUEUE.with_borrow_mut(|queue| {
        queue.waiting.clear();
        queue.leaving = true;
        std::mem::take(&mut queue.listeners)
    });
    for listener in listeners {
        listener.remove();
    }
    // Somebody who comes back may find this document as they left it.
    window_event_listener_untyped("pageshow", |_| {
        QUEUE.with_borrow_mut(|queue| queue.leaving = false);
        try_now();
    });
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
