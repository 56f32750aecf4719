//! The foot of every page.

use domain::site::TextKind;
use leptos::prelude::*;

use super::paths;
use crate::community;

/// What is true of every page, and the ways to the pages about the site.
#[component]
pub fn Footer() -> impl IntoView {
    let [about, privacy, accessibility, help, registry] = [
        TextKind::About,
        TextKind::Privacy,
        TextKind::Accessibility,
        TextKind::Help,
        TextKind::Registry,
    ]
    .map(paths::text);
    view! {
        <footer class="site-footer wrap">
            <p>
                "This is information, not medical advice. In an emergency call your local emergency number."
            </p>
            <nav aria-label="More of this site">
                <ul>
                    <li><a href=community::paths::COMMUNITIES>"Communities"</a></li>
                    <li><a href=community::paths::DISCUSSIONS>"Discussions"</a></li>
                    <li><a href=community::paths::LEADERS>"Community leaders"</a></li>
                    <li><a href=community::paths::START_COMMUNITY>"Start a community"</a></li>
                    <li><a href=registry>"Patient registry"</a></li>
                    <li><a href=about>"About"</a></li>
                    <li><a href=paths::SOURCES>"Sources"</a></li>
                    <li><a href=privacy>"Privacy"</a></li>
                    <li><a href=accessibility>"Accessibility"</a></li>
                    <li><a href=help>"Help"</a></li>
                </ul>
            </nav>
        </footer>
    }
}
