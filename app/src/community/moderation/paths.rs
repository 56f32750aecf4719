//! Addresses of what moderators do, and of decisions.

use crate::community::paths::{behind, narrowed};

/// What was decided about oneself.
pub const DECISIONS: &str = "/decisions";

/// Posts and topics, for moderators.
pub const ADMIN_TOPICS: &str = "/admin/topics";

/// Appeals, for who decides.
pub const ADMIN_APPEALS: &str = "/admin/appeals";

/// A page of what was decided about oneself.
pub fn decisions(after: Option<&str>) -> String {
    behind(DECISIONS.to_owned(), after)
}

/// A decision about oneself.
pub fn decision(id: &str) -> String {
    format!("{DECISIONS}/{id}")
}

/// A post and its topic, for moderators.
pub fn moderate_post(id: &str, number: i64) -> String {
    format!("{ADMIN_TOPICS}/{id}/posts/{number}")
}

/// A page of the appeals that wait, or that are decided.
pub fn admin_appeals(decided: bool, after: Option<&str>) -> String {
    let show = decided.then_some("decided");
    narrowed(ADMIN_APPEALS, &[("show", show), ("after", after)])
}

/// An appeal, for who decides.
pub fn admin_appeal(id: &str) -> String {
    format!("{ADMIN_APPEALS}/{id}")
}
