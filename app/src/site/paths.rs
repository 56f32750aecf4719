//! The addresses of the site's own pages.

use domain::site::TextKind;

use crate::registry;

/// The first page.
pub const HOME: &str = "/";
/// Where data come from.
pub const SOURCES: &str = "/sources";
/// The icon in the tab.
pub const ICON: &str = "/favicon.svg";

/// What the addresses of all calls of one build begin with.
pub fn calls_of(build: &str) -> String {
    format!("{CALLS}{build}")
}

/// What the addresses of calls begin with that say of which build they are.
pub const CALLS: &str = "/build/";

/// The help.
pub const HELP: &str = "/help";

/// One of the site's texts.
pub fn text(kind: TextKind) -> &'static str {
    match kind {
        TextKind::About => "/about",
        TextKind::Privacy => "/privacy",
        TextKind::Accessibility => "/accessibility",
        TextKind::Help => HELP,
        TextKind::Registry => registry::paths::REGISTRY,
        TextKind::RegistryResearchers => registry::paths::RESEARCHERS,
    }
}
