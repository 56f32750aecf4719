//! What new people are told before they write.

use leptos::prelude::*;

/// That what somebody writes is not seen at once, if it is not.
#[component]
pub(in crate::community) fn Waits(
    /// Whether it waits.
    waits: bool,
) -> impl IntoView {
    waits.then(|| {
        view! {
            <p class="note">
                "Welcome. A leader of this community reads your first post before others can see it. Once it is published, your next posts are shown at once."
            </p>
        }
    })
}
