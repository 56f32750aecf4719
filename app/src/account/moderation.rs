//! What was done with an account, as administrators see it, and the person whose account it is.

use domain::{
    account::Role,
    time::{Day, Timestamp},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use domain::account::ModerationRecord;

/// One thing that was done with an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ModerationView {
    /// The day.
    pub taken: Day,
    /// Name of the action, as in [`ModerationAction::as_str`](domain::account::ModerationAction::as_str).
    pub kind: String,
    /// The role that it is about.
    pub role: Option<Role>,
    /// Why.
    pub reason: String,
    /// When it ends by itself, where it does.
    pub until: Option<Timestamp>,
    /// By whom. The person whose account it is does not read that.
    pub by: Option<String>,
}

#[cfg(feature = "ssr")]
impl ModerationView {
    /// As the person sees it whose account it is.
    pub(super) fn for_owner(action: ModerationRecord) -> Self {
        Self {
            taken: action.taken.into(),
            kind: action.kind,
            role: action.role,
            reason: action.reason,
            until: action.until,
            by: None,
        }
    }

    /// As administrators see it.
    pub(super) fn for_administrators(action: ModerationRecord) -> Self {
        let by = action
            .by
            .clone()
            .unwrap_or_else(|| "the operator".to_owned());
        Self {
            by: Some(by),
            ..Self::for_owner(action)
        }
    }
}

/// What was done, when and why.
#[component]
pub(super) fn ModerationList(moderation: Vec<ModerationView>) -> impl IntoView {
    if moderation.is_empty() {
        return view! { <p>"None so far."</p> }.into_any();
    }
    let moderation = moderation
        .into_iter()
        .map(|action| view! { <ModerationItem action/> })
        .collect_view();
    view! { <ul class="moderation">{moderation}</ul> }.into_any()
}

#[component]
fn ModerationItem(action: ModerationView) -> impl IntoView {
    let words = moderation_words(&action.kind, action.role, action.until);
    let by = action.by.map(|by| format!(" by {by}"));
    view! {
        <li>
            <time datetime=action.taken.iso>{action.taken.spelled}</time> ": " {words} {by} ". "
            <q>{action.reason}</q>
        </li>
    }
}

/// What was done with an account, in words.
pub fn moderation_words(kind: &str, role: Option<Role>, until: Option<Timestamp>) -> String {
    let role = role.map_or("", Role::label);
    match kind {
        "grant" => format!("given the role “{role}”"),
        "revoke" => format!("removed from the role “{role}”"),
        "warn" => "warned".to_owned(),
        "suspend" => until.map_or_else(
            || "suspended".to_owned(),
            |until| format!("suspended until {}", until.spelled_with_time()),
        ),
        "restore" => "restored".to_owned(),
        "end-sessions" => "signed out everywhere".to_owned(),
        "reset-second-factor" => "two-step sign-in turned off".to_owned(),
        other => other.to_owned(),
    }
}
