//! Header, footer and the way back up.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{HeaderSearch, member_name, site_name};

#[component]
pub fn Header() -> impl IntoView {
    let path = use_location().pathname;
    let current =
        move |prefix: &'static str| move || path.with(|path| path == prefix).then_some("page");
    view! {
        <a class="skip" href="#main" rel="external">"Skip to the text"</a>
        <p id="announcer" class="unseen" role="status"></p>
        <header class="site-header wrap">
            <a class="brand" href="/">
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <circle cx="12" cy="13" r="8"></circle>
                    <circle cx="20" cy="19" r="8"></circle>
                </svg>
                {site_name()}
            </a>
            <HeaderSearch/>
            <nav aria-label="Site">
                <ul>
                    <li><a href="/conditions" aria-current=current("/conditions")>"Conditions"</a></li>
                    <li class="rest"><a href="/about" aria-current=current("/about")>"About"</a></li>
                    <li class="rest"><a href="/help" aria-current=current("/help")>"Help"</a></li>
                </ul>
            </nav>
            {account_menu()}
        </header>
    }
}

/// The ways in, or what a member has. Plain HTML: it works before and without hydration.
fn account_menu() -> AnyView {
    match member_name() {
        None => view! {
            <nav aria-label="Account">
                <ul>
                    <li><a href="/sign-in">"Sign in"</a></li>
                    <li class="rest"><a href="/join">"Join"</a></li>
                </ul>
            </nav>
        }
        .into_any(),
        Some(name) => view! {
            <nav aria-label="Account">
                <details class="account">
                    <summary><span>{name}</span></summary>
                    <ul>
                        <li><a href="/settings/profile">"Your profile"</a></li>
                        <li><a href="/proposals">"Proposals"</a></li>
                        <li><a href="/settings">"Settings"</a></li>
                        <li>
                            <form method="post" action="/sign-out">
                                <button class="plain" type="submit">"Sign out"</button>
                            </form>
                        </li>
                    </ul>
                </details>
            </nav>
        }
        .into_any(),
    }
}

#[component]
pub fn Footer() -> impl IntoView {
    view! {
        <footer class="site-footer wrap">
            <p>
                "This is information, not medical advice. In an emergency call your local emergency number."
            </p>
            <nav aria-label="About this site">
                <ul>
                    <li><a href="/about">"About"</a></li>
                    <li><a href="/sources">"Sources"</a></li>
                    <li><a href="/privacy">"Privacy"</a></li>
                    <li><a href="/accessibility">"Accessibility"</a></li>
                    <li><a href="/help">"Help"</a></li>
                </ul>
            </nav>
        </footer>
    }
}

/// The steps above a page, each with its path, and the page's own name.
#[component]
pub fn Crumbs(steps: Vec<(String, String)>, here: String) -> impl IntoView {
    view! {
        <nav class="crumbs wrap" aria-label="You are here">
            <ol>
                {steps
                    .into_iter()
                    .map(|(name, path)| view! { <li><a href=path>{name}</a></li> })
                    .collect_view()}
                <li><span aria-current="page">{here}</span></li>
            </ol>
        </nav>
    }
}
