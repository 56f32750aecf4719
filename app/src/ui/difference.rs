//! What was changed in a text, word by word.

use domain::text::Change;
use leptos::prelude::*;

/// What was removed and what was added, in one text.
#[component]
pub fn Unified(changes: Vec<Change>) -> impl IntoView {
    let parts = changes
        .into_iter()
        .map(|change| match change {
            Change::Same(text) => view! { <span>{text}</span> }.into_any(),
            Change::Removed(text) => view! {
                <del>
                    <span class="unseen">"removed: "</span>
                    {text}
                </del>
            }
            .into_any(),
            Change::Added(text) => view! {
                <ins>
                    <span class="unseen">"added: "</span>
                    {text}
                </ins>
            }
            .into_any(),
        })
        .collect_view();
    view! { <div class="diff">{parts}</div> }
}

/// The older and the newer text next to each other, for wide screens.
#[component]
pub fn SideBySide(changes: Vec<Change>) -> impl IntoView {
    let side = |newer: bool| {
        changes
            .iter()
            .filter_map(|change| match change {
                Change::Same(text) => Some(view! { <span>{text.clone()}</span> }.into_any()),
                Change::Removed(text) => {
                    (!newer).then(|| view! { <del>{text.clone()}</del> }.into_any())
                }
                Change::Added(text) => {
                    newer.then(|| view! { <ins>{text.clone()}</ins> }.into_any())
                }
            })
            .collect_view()
    };
    view! {
        <div class="sides">
            <section aria-labelledby="older">
                <h2 id="older">"Older version"</h2>
                <div class="diff">{side(false)}</div>
            </section>
            <section aria-labelledby="newer">
                <h2 id="newer">"Newer version"</h2>
                <div class="diff">{side(true)}</div>
            </section>
        </div>
    }
}
