//! The shape of pages that are one column.

use leptos::prelude::*;

use super::{PageHead, set_head};
use crate::ui::{Link, Links};

/// Characters from which on a heading at full size would fill a phone's screen.
pub const LONG: usize = 60;

/// A page of one column: heading, what has just been done, its content, and the ways on. It has no
/// address that search engines should list; pages that have one set their head themselves.
#[component]
pub fn Column(
    /// Heading and title.
    #[prop(into)]
    title: String,
    /// What has just been done, if anything.
    #[prop(optional_no_strip)]
    notice: Option<String>,
    /// The ways on.
    #[prop(optional)]
    links: Vec<Link>,
    /// Title, description and address, where there is more to say than the title.
    #[prop(optional)]
    head: Option<PageHead>,
    children: Children,
) -> impl IntoView {
    set_head(head.unwrap_or_else(|| PageHead {
        title: title.clone(),
        ..PageHead::default()
    }));
    let long = (title.chars().count() > LONG).then_some("long");
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="forms">
                <h1 tabindex="-1" class=long>{title}</h1>
                {notice
                    .map(|notice| {
                        view! {
                            <p class="notice" role="status" tabindex="-1">
                                {notice}
                            </p>
                        }
                    })}
                {children()}
                <Links class="links" links/>
            </div>
        </main>
    }
}

/// A way on.
pub fn way(words: impl Into<String>, path: impl Into<String>) -> Link {
    Link::new(words, path)
}
