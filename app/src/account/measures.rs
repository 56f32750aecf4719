//! What was done with an account, as administrators see it, and the person whose account it is.

use domain::{account::Role, time::Day};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use domain::account::TakenMeasure;

/// One thing that was done with an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MeasureView {
    /// The day.
    pub taken: Day,
    /// Name of the measure, as in [`Measure::as_str`](domain::account::Measure::as_str).
    pub kind: String,
    /// The role that it is about.
    pub role: Option<Role>,
    /// Why.
    pub reason: String,
    /// By whom. The person whose account it is does not read that.
    pub by: Option<String>,
}

#[cfg(feature = "ssr")]
impl MeasureView {
    /// As the person sees it whose account it is.
    pub(super) fn for_owner(measure: TakenMeasure) -> Self {
        Self {
            taken: measure.taken.into(),
            kind: measure.kind,
            role: measure.role,
            reason: measure.reason,
            by: None,
        }
    }

    /// As administrators see it.
    pub(super) fn for_administrators(measure: TakenMeasure) -> Self {
        let by = measure
            .by
            .clone()
            .unwrap_or_else(|| "the operator".to_owned());
        Self {
            by: Some(by),
            ..Self::for_owner(measure)
        }
    }
}

/// What was done, when and why.
#[component]
pub(super) fn MeasureList(measures: Vec<MeasureView>) -> impl IntoView {
    if measures.is_empty() {
        return view! { <p>"None so far."</p> }.into_any();
    }
    let measures = measures
        .into_iter()
        .map(|measure| view! { <OneMeasure measure/> })
        .collect_view();
    view! { <ul class="measures">{measures}</ul> }.into_any()
}

#[component]
fn OneMeasure(measure: MeasureView) -> impl IntoView {
    let deed = deed(&measure.kind, measure.role);
    let by = measure.by.map(|by| format!(" by {by}"));
    view! {
        <li>
            <time datetime=measure.taken.iso>{measure.taken.spelled}</time> ": " {deed} {by} ". "
            <q>{measure.reason}</q>
        </li>
    }
}

fn deed(kind: &str, role: Option<Role>) -> String {
    let role = role.map_or("", Role::label);
    match kind {
        "grant" => format!("given the role “{role}”"),
        "revoke" => format!("removed from the role “{role}”"),
        "suspend" => "suspended".to_owned(),
        "restore" => "restored".to_owned(),
        other => other.to_owned(),
    }
}
