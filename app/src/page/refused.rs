//! What is shown when there is nothing to show.

use domain::{Error, site::TextKind};
use leptos::prelude::*;

use super::{PageHead, set_head};
use crate::{
    catalogue::{self, PageSearch},
    site,
};

/// While data is on its way: keeps the page's place.
pub fn loading() -> AnyView {
    view! { <main id="main" class="page wrap" tabindex="-1" aria-busy="true"></main> }.into_any()
}

/// The page for an error of a service, with the status that says the same.
pub fn refused(error: &Error) -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        let status = http::StatusCode::from_u16(error.status());
        response.set_status(status.unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
    }
    match error {
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
                </main>
            }
            .into_any()
        }
        other => plain("Please try again", other.to_string()),
    }
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
