//! Other names below the heading of a condition or a family.

use domain::catalogue::{Synonym, is_older_name};
use leptos::prelude::*;

/// The first other names that are not older ones, and how many more there are.
#[component]
pub(super) fn AlsoCalled(
    synonyms: Vec<Synonym>,
    /// How many names there is room for.
    shown: usize,
    /// Where all of them are, if they are somewhere.
    #[prop(optional)]
    all: Option<&'static str>,
) -> impl IntoView {
    let current = synonyms
        .iter()
        .filter(|synonym| !is_older_name(&synonym.name));
    let names: Vec<_> = current
        .take(shown)
        .map(|synonym| synonym.name.as_str())
        .collect();
    let more = synonyms.len() - names.len();
    let all = all.filter(|_| more > 0);
    let names = (!names.is_empty()).then(|| format!(" {} ", names.join(", ")));
    names.map(|names| {
        view! {
            <p class="also">
                <b>"Also called"</b>
                {names}
                {all.map(|all| view! { <a href=all>{format!("+ {more} more")}</a> })}
            </p>
        }
    })
}
