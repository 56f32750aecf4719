//! Questions with their answers.

use leptos::prelude::*;

/// A question with its answer, and where it is changed.
pub(super) fn row(asked: &'static str, answer: String, change: Option<String>) -> AnyView {
    let change = change.map(|path| {
        view! {
            " "
            <a href=path>
                "Change"
                <span class="unseen">{format!(": {asked}")}</span>
            </a>
        }
    });
    view! {
        <div>
            <dt>{asked}</dt>
            <dd>{answer} {change}</dd>
        </div>
    }
    .into_any()
}

/// Questions with their answers, or that there are none.
pub(super) fn list(rows: Vec<AnyView>, none: &'static str) -> AnyView {
    if rows.is_empty() {
        view! { <p>{none}</p> }.into_any()
    } else {
        view! { <dl class="answers">{rows}</dl> }.into_any()
    }
}
