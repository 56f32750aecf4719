//! Lists of links.

use leptos::prelude::*;

/// A list of links, each with its words and its path; nothing where there are none.
#[component]
pub fn Links(
    /// Words and path of each.
    links: Vec<(String, String)>,
    /// The list's class.
    #[prop(optional)]
    class: Option<&'static str>,
) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let items = links
            .into_iter()
            .map(|(words, path)| {
                // Plain pages are documents of their own, and feeds are no pages at all.
                let plain = ["/admin/", "/staff/"]
                    .iter()
                    .any(|area| path.starts_with(area));
                let rel = (plain || path.ends_with("/history.atom")).then_some("external");
                view! { <li><a href=path rel=rel>{words}</a></li> }
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
