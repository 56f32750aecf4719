//! Lists of links.

use leptos::prelude::*;

/// A link of a list.
#[derive(Clone, Debug)]
pub struct Link {
    words: String,
    path: String,
    outside_router: bool,
}

impl Link {
    /// A link to a page.
    pub fn new(words: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            path: path.into(),
            outside_router: false,
        }
    }

    /// To what the router does not know, such as a plain page or a feed: the browser loads it.
    #[must_use]
    pub fn outside_router(self) -> Self {
        Self {
            outside_router: true,
            ..self
        }
    }
}

/// A list of links; nothing where there are none.
#[component]
pub fn Links(
    /// The links.
    links: Vec<Link>,
    /// The list's class.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let items = links
            .into_iter()
            .map(|link| {
                let rel = link.outside_router.then_some("external");
                view! { <li><a href=link.path rel=rel>{link.words}</a></li> }
            })
            .collect_view();
        view! { <ul class=class>{items}</ul> }
    })
}

/// The ways to the first and to the next page of a list.
#[component]
pub fn Pager(
    /// Path of the first page, where this is not it.
    first: Option<String>,
    /// Path of the next page.
    next: Option<String>,
) -> impl IntoView {
    (first.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pager" aria-label="Pages">
                {first.map(|path| view! { <a href=path>"First page"</a> })}
                {next.map(|path| view! { <a class="button" rel="next" href=path>"Next page"</a> })}
            </nav>
        }
    })
}
