//! Addresses of aliases.

/// Aliases, for who may look up whose they are.
pub const ADMIN_ALIASES: &str = "/admin/aliases";

/// An alias of a topic, for who may look up whose it is.
pub fn admin_alias(topic: &str, number: i64) -> String {
    format!("{ADMIN_ALIASES}/{topic}/{number}")
}
