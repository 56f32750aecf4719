//! Going on before the server has answered, where the page knows what comes next.

use domain::Result;
use leptos::prelude::*;

/// What a page knows of a form that is sent: where it leads. `None` says that only the server knows;
/// [`domain::Error::Invalid`] what is wrong.
pub type Ahead<F> = Callback<F, Result<Option<String>>>;

/// What a server function that reads returns.
type Read<T> = std::result::Result<T, ServerFnError>;

/// Reads something that the forms on their way may change: once they are sent.
pub async fn after_forms<T>(read: impl Future<Output = Read<T>>) -> Read<T> {
    #[cfg(feature = "hydrate")]
    if !super::waiting::all_sent().await {
        return Err(ServerFnError::Request(String::new()));
    }
    read.await
}

/// Whether a form is on its way whose page did not wait for it: it would be lost with the document.
#[cfg(feature = "hydrate")]
pub fn is_waiting() -> bool {
    super::waiting::is_waiting()
}

/// How often the server has said no to a form whose page did not wait for it: what the page has counted on
/// does not hold then.
pub fn refusals() -> u32 {
    #[cfg(feature = "hydrate")]
    return super::waiting::refusals();
    #[cfg(not(feature = "hydrate"))]
    0
}

/// What is said of what is on its way.
#[component]
pub(super) fn Saving() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    let words = super::waiting::words;
    #[cfg(not(feature = "hydrate"))]
    let words = || "";
    view! {
        <p class="saving" role="status">
            {words}
        </p>
    }
}
