//! What is typed into a plain field, and what is offered meanwhile. Browsers alone type: built for
//! anything else, nothing of this does anything.

use leptos::ev::SubmitEvent;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;
use serde::de::DeserializeOwned;
#[cfg(feature = "hydrate")]
use web_sys::AbortController;

/// What stands in the first field of the form that is being sent.
#[cfg(feature = "hydrate")]
pub fn first_field(event: &SubmitEvent) -> String {
    use wasm_bindgen::JsCast;
    event
        .target()
        .and_then(|form| form.dyn_into::<web_sys::Element>().ok())
        .and_then(|form| form.query_selector("input").ok().flatten())
        .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok())
        .map(|input| input.value())
        .unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
pub fn first_field(_event: &SubmitEvent) -> String {
    String::new()
}

/// Asks the server while somebody types; a newer question cancels an older one.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    #[cfg(feature = "hydrate")]
    running: StoredValue<Option<AbortController>, LocalStorage>,
}

#[cfg(feature = "hydrate")]
impl Asking {
    /// Nothing has been asked yet.
    pub fn idle() -> Self {
        Self {
            running: StoredValue::new_local(None),
        }
    }

    /// Nobody waits for the answer any more.
    pub fn stop(self) {
        self.running.update_value(|running| {
            if let Some(running) = running.take() {
                running.abort();
            }
        });
    }

    /// Asks at a path of this site for JSON, with one pair for a query. Without an answer, `then` is
    /// not called; with one, what asked may have left the page.
    pub fn ask<T: DeserializeOwned + 'static>(
        self,
        path: &'static str,
        query: (&'static str, String),
        then: impl FnOnce(T) + 'static,
    ) {
        self.stop();
        let Ok(controller) = AbortController::new() else {
            return;
        };
        let signal = controller.signal();
        self.running.set_value(Some(controller));
        leptos::task::spawn_local(async move {
            let answer = json(path, query, &signal).await;
            if let (Some(answer), false) = (answer, signal.aborted()) {
                then(answer);
            }
        });
    }
}

#[cfg(feature = "hydrate")]
async fn json<T: DeserializeOwned>(
    path: &str,
    (name, value): (&str, String),
    signal: &web_sys::AbortSignal,
) -> Option<T> {
    let answer = gloo_net::http::Request::get(path)
        .query([(name, value)])
        .abort_signal(Some(signal))
        .send()
        .await
        .ok()?;
    // As pages read their data: a second way would be a second deserialiser in the bundle.
    serde_json::from_slice(&answer.binary().await.ok()?).ok()
}

#[cfg(not(feature = "hydrate"))]
impl Asking {
    pub fn idle() -> Self {
        Self {}
    }

    pub fn stop(self) {
        let _ = self;
    }

    pub fn ask<T: DeserializeOwned + 'static>(
        self,
        path: &'static str,
        query: (&'static str, String),
        then: impl FnOnce(T) + 'static,
    ) {
        let _ = (self, path, query, then);
    }
}
