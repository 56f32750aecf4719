//! What is new while a page is open: the server tells that there is something (Server-Sent Events), and
//! the page says so without moving. What it is, the page fetches as ever.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Refresh;

/// What the server tells of what a page watches. Never a text, never a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LiveMessage {
    /// How many there are since the message before.
    pub new: u64,
    /// Of a list that is only added to: how many there are in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// There is more than was counted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reload: bool,
    /// There will be nothing more for who listens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub end: bool,
}

/// How one gets to see what is new.
#[derive(Clone, Debug)]
pub enum Show {
    /// The page is fetched again, and the part with this id gets the focus.
    Here(String),
    /// It is on the page at this path.
    At(String),
}

/// Says how much is new, with a way to see it.
#[component]
pub fn LiveNews(
    /// The address that tells of it.
    watch: String,
    /// The place in the log from which on it is to tell.
    #[prop(optional_no_strip)]
    after: Option<String>,
    /// How many are shown of a list that is only added to.
    #[prop(optional)]
    shown: Option<u64>,
    /// How one gets to see it.
    show: Show,
    /// What is said behind "1".
    one: &'static str,
    /// What is said behind a larger number.
    many: &'static str,
) -> impl IntoView {
    let new = RwSignal::new(0_u64);
    let reload = RwSignal::new(false);
    let tell = move |message: LiveMessage| {
        match (message.total, shown) {
            (Some(total), Some(shown)) => new.set(total.saturating_sub(shown)),
            _ => new.update(|new| *new += message.new),
        }
        if message.reload {
            reload.set(true);
        }
    };
    #[cfg(feature = "hydrate")]
    stream::listen(watch, after, tell);
    #[cfg(not(feature = "hydrate"))]
    let _ = (watch, after, tell);
    let refresh = Refresh::of_page();
    let way = move |count: u64| {
        let words = if count == 1 { "Show it" } else { "Show them" };
        match show.clone() {
            Show::At(path) => view! { <a href=path>{words}</a> }.into_any(),
            Show::Here(part) => {
                let fetch = move |_| {
                    #[cfg(feature = "hydrate")]
                    super::focus_after_refresh(part.clone());
                    #[cfg(not(feature = "hydrate"))]
                    let _ = &part;
                    refresh.done();
                };
                view! {
                    <button type="button" on:click=fetch>
                        {words}
                    </button>
                }
                .into_any()
            }
        }
    };
    let notice = move || {
        let count = new.get();
        let words = match (reload.get(), count) {
            (false, 0) => return None,
            (true, _) => "There is more that is new. ".to_owned(),
            (false, 1) => format!("1 {one}. "),
            (false, count) => format!("{count} {many}. "),
        };
        Some(view! { <p class="notice">{words} {way(count)}</p> })
    };
    view! { <div role="status">{notice}</div> }
}

/// A stream of events, as long as the page can be seen.
#[cfg(feature = "hydrate")]
mod stream {
    use std::{cell::RefCell, rc::Rc, time::Duration};

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{EventSource, MessageEvent, VisibilityState};

    use super::LiveMessage;
    use crate::ui::is_online;

    /// The first pause before it is tried again, and the longest, in milliseconds.
    const PAUSES: (u32, u32) = (2_000, 120_000);

    struct Open {
        source: EventSource,
        _message: Closure<dyn Fn(MessageEvent)>,
        _error: Closure<dyn Fn()>,
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.source.set_onmessage(None);
            self.source.set_onerror(None);
            self.source.close();
        }
    }

    struct Stream {
        watch: String,
        /// The last event that has come. The browser would send it by itself, but not after it was
        /// hidden.
        after: Option<String>,
        open: Option<Open>,
        retry: Option<TimeoutHandle>,
        failures: u32,
        /// There is nothing more to come, or the page is left.
        over: bool,
        tell: Rc<dyn Fn(LiveMessage)>,
    }

    type Shared = Rc<RefCell<Stream>>;

    /// Listens until the page is left.
    pub(super) fn listen(
        watch: String,
        after: Option<String>,
        tell: impl Fn(LiveMessage) + 'static,
    ) {
        let stream = Rc::new(RefCell::new(Stream {
            watch,
            after,
            open: None,
            retry: None,
            failures: 0,
            over: false,
            tell: Rc::new(tell),
        }));
        let handles = ["visibilitychange", "pagehide", "pageshow", "online"].map(|name| {
            let stream = Rc::clone(&stream);
            window_event_listener_untyped(name, move |_| {
                if name == "pagehide" || !is_visible() {
                    close(&stream);
                } else {
                    open(&stream);
                }
            })
        });
        let kept = StoredValue::new_local(Some((Rc::clone(&stream), handles)));
        Owner::on_cleanup(move || {
            if let Some((stream, handles)) = kept.try_update_value(Option::take).flatten() {
                stream.borrow_mut().over = true;
                close(&stream);
                for handle in handles {
                    handle.remove();
                }
            }
        });
        // When the page is complete: what it needs itself comes first.
        Effect::new(move |_| {
            if let Some(Some(stream)) =
                kept.try_with_value(|kept| kept.as_ref().map(|(stream, _)| Rc::clone(stream)))
            {
                open(&stream);
            }
        });
    }

    fn is_visible() -> bool {
        document().visibility_state() == VisibilityState::Visible
    }

    fn close(stream: &Shared) {
        let mut stream = stream.borrow_mut();
        stream.open = None;
        if let Some(retry) = stream.retry.take() {
            retry.clear();
        }
    }

    fn open(stream: &Shared) {
        let address = {
            let stream = stream.borrow();
            let busy = stream.open.is_some() || stream.retry.is_some();
            if stream.over || busy || !is_visible() || !is_online() {
                return;
            }
            match &stream.after {
                Some(after) => format!("{}&after={after}", stream.watch),
                None => stream.watch.clone(),
            }
        };
        let Ok(source) = EventSource::new(&address) else {
            return;
        };
        let on_message = {
            let stream = Rc::clone(stream);
            Closure::<dyn Fn(MessageEvent)>::new(move |event| received(&stream, &event))
        };
        let on_error = {
            let stream = Rc::clone(stream);
            // It may have been refused, which browsers never try again, or cut off, which all who
            // listen would try again at once: so we do that ourselves.
            Closure::<dyn Fn()>::new(move || failed(&stream))
        };
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        stream.borrow_mut().open = Some(Open {
            source,
            _message: on_message,
            _error: on_error,
        });
    }

    fn received(stream: &Shared, event: &MessageEvent) {
        let message: Option<LiveMessage> = event
            .data()
            .as_string()
            .and_then(|text| serde_json::from_str(&text).ok());
        let id = event.last_event_id();
        let tell = {
            let mut stream = stream.borrow_mut();
            stream.failures = 0;
            if !id.is_empty() {
                stream.after = Some(id);
            }
            Rc::clone(&stream.tell)
        };
        let Some(message) = message else {
            return;
        };
        if message.end {
            stream.borrow_mut().over = true;
            close(stream);
        }
        if !message.end || message.reload {
            tell(message);
        }
    }

    fn failed(stream: &Shared) {
        let pause = {
            let mut stream = stream.borrow_mut();
            stream.open = None;
            let (first, longest) = PAUSES;
            let pause = first
                .saturating_mul(1 << stream.failures.min(6))
                .min(longest);
            stream.failures += 1;
            pause
        };
        // Between half and one and a half of it, so that not all who listened come at once.
        let half = pause / 2;
        let jitter = js_sys::Math::random() * f64::from(pause);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between nothing and a pause"
        )]
        let wait = Duration::from_millis(u64::from(half) + jitter as u64);
        let again = Rc::clone(stream);
        let retry = set_timeout_with_handle(
            move || {
                again.borrow_mut().retry = None;
                open(&again);
            },
            wait,
        );
        stream.borrow_mut().retry = retry.ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_there_is_and_nothing_else() {
        for (message, text) in [
            (
                LiveMessage {
                    new: 1,
                    ..LiveMessage::default()
                },
                r#"{"new":1}"#,
            ),
            (
                LiveMessage {
                    total: Some(7),
                    ..LiveMessage::default()
                },
                r#"{"new":0,"total":7}"#,
            ),
            (
                LiveMessage {
                    end: true,
                    ..LiveMessage::default()
                },
                r#"{"new":0,"end":true}"#,
            ),
            (LiveMessage::default(), r#"{"new":0}"#),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), text);
            let read: LiveMessage = serde_json::from_str(text).unwrap();
            assert_eq!(read, message);
        }
    }
}
