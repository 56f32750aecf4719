//! What is shown when there is nothing to show.

use domain::{Error, site::TextKind};
use leptos::prelude::*;

use super::{PageHead, set_head};
use crate::{
    catalogue::{self, PageSearch},
    site,
    ui::form::answered_state,
};

/// The fields of long texts, which cost work.
const LONG: [&str; 4] = ["text", "description", "about", "reason"];

/// While data is on its way: keeps the page's place.
pub fn loading() -> AnyView {
    view! { <main id="main" class="page wrap" tabindex="-1" aria-busy="true"></main> }.into_any()
}

/// Whatever is at an address that the table of routes does not name.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    refused(&Error::NotFound)
}

/// The page for an error of a service, with the status that says the same.
pub fn refused(error: &Error) -> AnyView {
    set_status(error.status());
    match error {
        Error::NotFound if !long_texts().is_empty() => gone(None),
        Error::NotFound => {
            head("Page not found");
            view! {
                <main id="main" class="page wrap" tabindex="-1">
                    <h1 tabindex="-1">"Page not found"</h1>
                    <p class="lede">
                        "There is no page at this address. It may have moved, or the address may have a small mistake."
                    </p>
                    <PageSearch query=String::new()/>
                    <p>
                        "You can look for the condition by name, see "
                        <a href=catalogue::paths::CONDITIONS>"conditions A to Z"</a> ", or go to the "
                        <a href=site::paths::HOME>"first page"</a> "."
                    </p>
                </main>
            }
            .into_any()
        }
        Error::Internal { reference } => {
            head("Something went wrong on our side");
            let reference = reference.clone();
            view! {
                <main id="main" class="page wrap" tabindex="-1">
                    <h1 tabindex="-1">"Something went wrong on our side"</h1>
                    <p class="lede">"It is not your doing. Wait a minute, then try again."</p>
                    <p class="soft">
                        "If it happens again, " <a href=site::paths::text(TextKind::Help)>"tell us"</a> " this number: "
                        <code>{reference}</code>
                    </p>
                    <HadWritten/>
                </main>
            }
            .into_any()
        }
        other => plain("Please try again", other.to_string()),
    }
}

/// A page that has another address now: without a script, what was written for it would be lost on
/// the way. `None` where nothing was.
pub(super) fn moved_away(path: &str) -> Option<AnyView> {
    if long_texts().is_empty() {
        return None;
    }
    set_status(Error::NotFound.status());
    Some(gone(Some(path.to_owned())))
}

/// What a text was written for is not there any more, or is at a path now.
fn gone(path: Option<String>) -> AnyView {
    let title = "This page is not there any more";
    head(title);
    let there = path.map(|path| {
        view! {
            <p>
                <a href=path>"Go to the new address of this page"</a>
            </p>
        }
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{title}</h1>
            <div class="errors" role="alert" tabindex="-1">
                <p>
                    "Nothing was saved: the page has been removed, or has another address now. What you had written is below. Copy it, so that it is not lost."
                </p>
            </div>
            {there}
            <HadWritten/>
            <p>
                <a href=catalogue::paths::CONDITIONS>"Conditions A to Z"</a>
            </p>
        </main>
    }
    .into_any()
}

/// The form that this page is the answer to, where the page does not have it any more: why it was
/// refused, and what was written. Without a script both would be lost.
#[component]
pub fn Unsent(
    /// The names of the forms that the page has.
    present: Vec<&'static str>,
) -> impl IntoView {
    let state = answered_state().filter(|state| {
        let name = state.form.split('#').next().unwrap_or_default();
        !present.contains(&name)
    });
    state.map(|state| {
        let errors = state.errors.into_iter().map(|error| error.message);
        let messages: Vec<String> = state.refusal.into_iter().chain(errors).collect();
        let messages = (!messages.is_empty()).then(|| {
            let messages = messages
                .into_iter()
                .map(|message| view! { <p>{message}</p> })
                .collect_view();
            view! {
                <div class="errors" role="alert" tabindex="-1">
                    {messages}
                </div>
            }
        });
        view! {
            {messages}
            <HadWritten/>
        }
    })
}

/// The long texts of the form that this page is the answer to.
#[component]
fn HadWritten() -> impl IntoView {
    let texts = long_texts();
    (!texts.is_empty()).then(|| {
        let texts = texts
            .into_iter()
            .map(|text| view! { <pre class="diff">{text}</pre> })
            .collect_view();
        view! {
            <h2>"What you had written"</h2>
            {texts}
        }
    })
}

fn long_texts() -> Vec<String> {
    let Some(state) = answered_state() else {
        return Vec::new();
    };
    LONG.into_iter()
        .filter_map(|name| state.value(name))
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let status = http::StatusCode::from_u16(status);
        response.set_status(status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}

/// The browser could not reach the server.
pub fn unreachable_server() -> AnyView {
    plain(
        "No connection",
        "We could not reach the server. Check your connection, then try again.".to_owned(),
    )
}

fn plain(title: &str, message: String) -> AnyView {
    head(title);
    let title = title.to_owned();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{title}</h1>
            <p class="lede">{message}</p>
            <HadWritten/>
            <p><a class="button" href="" rel="external">"Try again"</a></p>
        </main>
    }
    .into_any()
}

fn head(title: &str) {
    set_head(PageHead {
        title: title.to_owned(),
        ..PageHead::default()
    });
}
