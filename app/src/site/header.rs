//! The head of every page.

use domain::site::TextKind;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::paths;
use crate::{
    account::{self, SignOutButton},
    catalogue::{self, HeaderSearch},
    community::{self, Unread},
    page::{is_demonstration, member_name, site_name},
    profile, registry, wiki,
};

/// Brand, search, the ways through the site, and the account.
#[component]
pub fn Header() -> impl IntoView {
    let path = use_location().pathname;
    let current = move |of: &'static str| move || path.with(|path| path == of).then_some("page");
    let (conditions, discussions) = (catalogue::paths::CONDITIONS, community::paths::DISCUSSIONS);
    let [about, help] = [TextKind::About, TextKind::Help].map(paths::text);
    view! {
        <a class="skip" href="#main" rel="external">"Skip to the text"</a>
        <p id="announcer" class="unseen" role="status"></p>
        {is_demonstration()
            .then(|| {
                view! {
                    <aside class="demonstration wrap" aria-label="Demonstration">
                        <p>"This is a demonstration. All people and conversations are invented."</p>
                    </aside>
                }
            })}
        <header class="site-header wrap">
            <a class="brand" href=paths::HOME>
                <svg viewBox="0 0 32 32" aria-hidden="true">
                    <circle cx="12" cy="13" r="8"></circle>
                    <circle cx="20" cy="19" r="8"></circle>
                </svg>
                {site_name()}
            </a>
            <HeaderSearch/>
            <nav aria-label="Site">
                <ul>
                    <li><a href=conditions aria-current=current(conditions)>"Conditions"</a></li>
                    <li class="rest"><a href=discussions aria-current=current(discussions)>"Discussions"</a></li>
                    <li class="rest"><a href=about aria-current=current(about)>"About"</a></li>
                    <li class="rest"><a href=help aria-current=current(help)>"Help"</a></li>
                </ul>
            </nav>
            {match member_name() {
                Some(name) => view! { <AccountMenu name/> }.into_any(),
                None => view! { <WaysIn/> }.into_any(),
            }}
        </header>
    }
}

#[component]
fn WaysIn() -> impl IntoView {
    view! {
        <nav aria-label="Account">
            <ul>
                <li><a href=account::paths::SIGN_IN>"Sign in"</a></li>
                <li class="rest"><a href=account::paths::JOIN>"Join"</a></li>
            </ul>
        </nav>
    }
}

/// What a member has. It works before and without hydration.
#[component]
fn AccountMenu(name: String) -> impl IntoView {
    let unread = Unread::of_page();
    let menu = NodeRef::new();
    #[cfg(feature = "hydrate")]
    crate::ui::close_elsewhere(menu);
    view! {
        <nav aria-label="Account">
            <details class="account" node_ref=menu>
                <summary><span>{name}</span></summary>
                <ul>
                    <li><a href=profile::paths::OWN>"Your profile"</a></li>
                    <li><a href=community::paths::FEED>"Feed"</a></li>
                    <li><a href=community::paths::OWN>"Your communities"</a></li>
                    <li>
                        <a href=community::paths::NOTIFICATIONS>{move || unread.label()}</a>
                    </li>
                    <li><a href=registry::paths::ENROL>"Patient registry"</a></li>
                    <li><a href=wiki::paths::PROPOSALS>"Proposals"</a></li>
                    <li><a href=account::paths::SETTINGS>"Settings"</a></li>
                    <li>
                        <SignOutButton/>
                    </li>
                </ul>
            </details>
        </nav>
    }
}
