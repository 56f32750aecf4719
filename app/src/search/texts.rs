//! Texts that were found.

use domain::search::{SearchIn, TextHit, TextHitGroup, TextPlace};
use leptos::prelude::*;

use super::paths;
use crate::{catalogue, ui::Date};

/// The ways to conditions, and to each kind of text.
#[component]
pub(super) fn Kinds(
    /// What was searched for.
    query: String,
    /// The kind that is shown, if it is not conditions.
    present: Option<SearchIn>,
    /// The one community that is searched.
    community: Option<String>,
) -> impl IntoView {
    let conditions = catalogue::paths::search(&query, 0);
    let current = present.is_none().then_some("page");
    let kinds = SearchIn::ALL
        .into_iter()
        .map(|within| {
            let path = paths::texts(&query, within, community.as_deref(), None);
            let current = (present == Some(within)).then_some("page");
            view! {
                <a href=path aria-current=current>
                    {within.label()}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="acts" aria-label="What to search">
            <a href=conditions aria-current=current>
                "Conditions"
            </a>
            {kinds}
        </nav>
    }
}

/// The first texts of a kind.
#[component]
pub(super) fn Group(query: String, group: TextHitGroup) -> impl IntoView {
    let TextHitGroup { within, hits, more } = group;
    let titled_by = format!("{}-title", within.as_str());
    let id = titled_by.clone();
    let heading = heading(within);
    let more = more.then(|| {
        let path = paths::texts(&query, within, None, None);
        view! {
            <p>
                <a href=path>"More " {heading.to_lowercase()}</a>
            </p>
        }
    });
    view! {
        <section aria-labelledby=titled_by>
            <h2 id=id>{heading}</h2>
            <ol class="results found">
                {hits
                    .into_iter()
                    .map(|hit| {
                        let (path, title) = (paths::hit(&hit), title_of(&hit));
                        view! {
                            <li>
                                <h3>
                                    <a href=path>{title}</a>
                                </h3>
                                <Around hit/>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
            {more}
        </section>
    }
}

/// A page of texts of one kind.
#[component]
pub(super) fn Hits(hits: Vec<TextHit>) -> impl IntoView {
    let hits = hits
        .into_iter()
        .map(|hit| {
            let (path, title) = (paths::hit(&hit), title_of(&hit));
            view! {
                <li>
                    <h2>
                        <a href=path>{title}</a>
                    </h2>
                    <Around hit/>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="results found">{hits}</ol> }
}

/// What texts of a kind are called above a list of them.
pub(super) fn heading(within: SearchIn) -> &'static str {
    match within {
        SearchIn::Texts => "Texts about conditions",
        other => other.label(),
    }
}

fn title_of(hit: &TextHit) -> String {
    match hit.place {
        TextPlace::Section { .. } => format!("{}: {}", hit.condition.name, hit.title),
        TextPlace::Post { .. } | TextPlace::Resource { .. } => hit.title.clone(),
    }
}

/// The text around what was found, and where and from when it is.
#[component]
fn Around(hit: TextHit) -> impl IntoView {
    let parts = hit
        .snippet
        .into_iter()
        .map(|part| {
            if part.marked {
                view! { <mark>{part.text}</mark> }.into_any()
            } else {
                part.text.into_any()
            }
        })
        .collect_view();
    let place = match hit.place {
        TextPlace::Section { .. } => String::new(),
        TextPlace::Post { .. } | TextPlace::Resource { .. } => {
            format!("{}, ", hit.condition.name)
        }
    };
    view! {
        <p>{parts}</p>
        <p class="soft">{place} <Date time=hit.date/></p>
    }
}
