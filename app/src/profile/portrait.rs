//! A picture beside a name.

use leptos::prelude::*;

use super::paths;

/// A member's picture, or the place where it would be. The name stands beside it.
#[component]
pub fn Portrait(
    /// Whose.
    handle: String,
    /// Version of the picture, if there is one.
    #[prop(optional_no_strip)]
    picture: Option<String>,
) -> impl IntoView {
    match picture {
        Some(version) => {
            let path = paths::picture(&handle, &version);
            view! { <img src=path alt="" width="48" height="48" loading="lazy"/> }.into_any()
        }
        None => view! { <span class="blank" aria-hidden="true"></span> }.into_any(),
    }
}
