//! The way to report something.

use domain::community::ReportSubject;
use leptos::prelude::*;

use crate::{community::paths, page::member_name};

/// Whether the reader has an account: visitors report nothing.
pub fn may_report() -> bool {
    member_name().is_some()
}

/// A link to report something, for members.
#[component]
pub fn ReportLink(
    /// What.
    subject: ReportSubject,
    /// What tells it from others on the page, for those who do not see what is around it.
    #[prop(into)]
    about: String,
) -> impl IntoView {
    may_report().then(|| {
        view! {
            <a href=paths::report(&subject)>
                "Report" <span class="unseen">{format!(" {about}")}</span>
            </a>
        }
    })
}
