//! `/search?q=`: what answers a query.

use domain::catalogue::{Matched, SEARCH_PAGE, SearchAnswer, SearchHit};
use leptos::prelude::*;

use super::PageSearch;
use super::{api, paths};
use crate::{
    community,
    page::{Page, PageHead, page_data, set_head, use_query_value},
    ui::Pager,
};

/// A page of search results.
#[component]
pub fn SearchPage() -> impl IntoView {
    let (query, from) = (use_query_value("q"), use_query_value("from"));
    let data = page_data(
        move || {
            let from = from().and_then(|from| from.parse().ok());
            (query().unwrap_or_default(), from.unwrap_or_default())
        },
        |(query, from)| api::find_conditions(query, from),
    );
    view! { <Page data view=|answer| view! { <Results answer/> }.into_any()/> }
}

#[component]
fn Results(answer: SearchAnswer) -> impl IntoView {
    let title = if answer.query.is_empty() {
        "Search".to_owned()
    } else {
        format!("Search: {}", answer.query)
    };
    // Results are no page of their own: not listed, not kept, no address to share.
    set_head(PageHead {
        title,
        ..PageHead::default()
    });
    let first = (answer.from > 0).then(|| paths::search(&answer.query, 0));
    let after = answer.from + SEARCH_PAGE;
    let next = (after < answer.total).then(|| paths::search(&answer.query, after));
    let count = count(&answer);
    let start_query = answer.query.clone();
    let nothing = answer.hits.is_empty() && !answer.query.is_empty();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Search"</h1>
            <PageSearch query=answer.query/>
            <p role="status">{count}</p>
            {if nothing {
                view! { <NothingFound query=start_query/> }.into_any()
            } else {
                view! {
                    <ol class="results">
                        {answer.hits.into_iter().map(|hit| view! { <Hit hit/> }).collect_view()}
                    </ol>
                }
                    .into_any()
            }}
            <Pager first next/>
        </main>
    }
}

/// What to do next: a wrong condition would be worse than none.
#[component]
fn NothingFound(query: String) -> impl IntoView {
    view! {
        <p>"We search the names and codes of conditions, not symptoms."</p>
        <h2>"What you can do next"</h2>
        <ul>
            <li>"Check the spelling, or enter only the name or its abbreviation."</li>
            <li>
                "Try another name for it. Letters from a clinic often have a code, such as ORPHA:29073 or C90.0: you can enter that too."
            </li>
            <li>
                "Look through " <a href=paths::CONDITIONS>"all conditions from A to Z"</a> " or "
                <a href=paths::FAMILIES>"by family"</a> "."
            </li>
            <li>
                "If we do not have your condition, you can "
                <a href=community::paths::start_community(&query)>"start a community"</a> " for it."
            </li>
            <li>
                "If you have symptoms but no diagnosis, talk to a doctor. We cannot tell you which condition it is."
            </li>
        </ul>
    }
}

fn count(answer: &SearchAnswer) -> String {
    let query = &answer.query;
    if query.is_empty() {
        return "Type the name of a condition or a code.".to_owned();
    }
    match (answer.total, answer.corrected) {
        (0, _) => format!("No results for “{query}”."),
        (_, true) => format!("No results for “{query}”. Did you mean one of these?"),
        (1, false) if answer.partial => {
            format!(
                "No exact match for “{query}”. 1 result has these words in its names or summary."
            )
        }
        (total, false) if answer.partial => format!(
            "No exact match for “{query}”. {total} results have these words in their names or summaries."
        ),
        (1, false) => format!("1 result for “{query}”."),
        (total, false) => format!("{total} results for “{query}”."),
    }
}

#[component]
fn Hit(hit: SearchHit) -> impl IntoView {
    let path = paths::hit(&hit);
    let kind = hit.is_family.then_some("Family of conditions");
    let matched = match hit.matched {
        Matched::Synonym(name) => Some(format!("Also called: {name}")),
        Matched::Code(code) => Some(format!("Code: {code}")),
        Matched::Name | Matched::Summary => None,
    };
    view! {
        <li>
            <h2>
                <a href=path>{hit.name}</a>
            </h2>
            {hit.summary.map(|summary| view! { <p>{summary}</p> })}
            {kind.map(|text| view! { <p class="soft">{text}</p> })}
            {matched.map(|text| view! { <p class="soft">{text}</p> })}
        </li>
    }
}
