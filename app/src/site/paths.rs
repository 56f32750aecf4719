//! The addresses of the site's own pages.

use domain::site::TextKind;

/// The first page.
pub const HOME: &str = "/";
/// Where data come from.
pub const SOURCES: &str = "/sources";
/// The icon in the tab.
pub const ICON: &str = "/favicon.svg";

/// One of the site's texts.
pub fn text(kind: TextKind) -> &'static str {
    match kind {
        TextKind::About => "/about",
        TextKind::Privacy => "/privacy",
        TextKind::Accessibility => "/accessibility",
        TextKind::Help => "/help",
    }
}
