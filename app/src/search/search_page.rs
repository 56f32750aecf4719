//! `/search?q=`: what answers a query.

use domain::{
    catalogue::{SEARCH_PAGE, SearchAnswer},
    search::{SearchIn, TextHitGroup, TextHits},
};
use leptos::prelude::*;

use super::{
    api::{self, SearchView},
    paths::texts,
    text_form::TextForm,
    texts::{Group, Hits, Kinds},
};
use crate::{
    catalogue::{ConditionHit, PageSearch, paths},
    community,
    page::{Page, PageHead, page_data, set_head, use_query_value},
    ui::Pager,
};

/// A page of search results.
#[component]
pub fn SearchPage() -> impl IntoView {
    let (query, from) = (use_query_value("q"), use_query_value("from"));
    let (within, community) = (use_query_value("in"), use_query_value("community"));
    let after = use_query_value("after");
    let data = page_data(
        move || {
            let from = from().and_then(|from| from.parse().ok());
            (
                (query().unwrap_or_default(), from.unwrap_or_default()),
                (within(), community(), after()),
            )
        },
        |((query, from), (within, community, after))| {
            api::find(query, from, within, community, after)
        },
    );
    view! {
        <Page
            data
            view=move |found| match found {
                SearchView::Conditions { answer, texts } => {
                    view! { <Conditions answer texts/> }.into_any()
                }
                SearchView::Texts { query, within, found } => {
                    let continued = untrack(after).is_some();
                    view! { <Texts query within found continued/> }.into_any()
                }
            }
        />
    }
}

/// Results are no page of their own: not listed, not kept, no address to share.
fn head(query: &str) {
    let title = if query.is_empty() {
        "Search".to_owned()
    } else {
        format!("Search: {query}")
    };
    set_head(PageHead {
        title,
        ..PageHead::default()
    });
}

#[component]
fn Conditions(answer: SearchAnswer, texts: Vec<TextHitGroup>) -> impl IntoView {
    head(&answer.query);
    let first = (answer.from > 0).then(|| paths::search(&answer.query, 0));
    let after = answer.from + SEARCH_PAGE;
    let next = (after < answer.total).then(|| paths::search(&answer.query, after));
    let count = count(&answer, !texts.is_empty());
    let asked = !answer.query.is_empty();
    let nothing = answer.hits.is_empty() && asked;
    let query = answer.query;
    let missing = query.clone();
    let kinds = asked.then(|| view! { <Kinds query=query.clone() present=None community=None/> });
    let groups = texts
        .into_iter()
        .map(|group| view! { <Group query=query.clone() group/> })
        .collect_view();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Search"</h1>
            <PageSearch query/>
            {kinds}
            <p role="status">{count}</p>
            {if nothing {
                view! { <NothingFound query=missing/> }.into_any()
            } else {
                view! {
                    <ol class="results" aria-label="Conditions">
                        {answer.hits.into_iter().map(|hit| view! { <ConditionHit hit/> }).collect_view()}
                    </ol>
                }
                    .into_any()
            }}
            <Pager first next/>
            {groups}
        </main>
    }
}

#[component]
fn Texts(query: String, within: SearchIn, found: TextHits, continued: bool) -> impl IntoView {
    head(&query);
    let TextHits {
        hits,
        next,
        community,
    } = found;
    let slug = community.as_ref().map(|community| community.slug.clone());
    let place = match &community {
        Some(community) => format!("{} of {}", in_words(within), community.name),
        None => in_words(within).to_owned(),
    };
    let status = match (query.is_empty(), hits.is_empty()) {
        (true, _) => format!("Type words to find in {place}."),
        (false, true) => format!("No results for “{query}” in {place}."),
        (false, false) => format!("Results for “{query}” in {place}."),
    };
    let first = continued.then(|| texts(&query, within, slug.as_deref(), None));
    let next = next.map(|after| texts(&query, within, slug.as_deref(), Some(&after)));
    let everywhere = community.map(|_| {
        let path = texts(&query, within, None, None);
        let words = format!("Search {} of all communities", in_words(within));
        view! {
            <p>
                <a href=path>{words}</a>
            </p>
        }
    });
    let advice = (hits.is_empty() && !query.is_empty()).then(|| {
        view! {
            <p>
                "All your words have to be in one text. Try fewer words, or other ones. “Quotation marks” keep words together."
            </p>
        }
    });
    let results = (!hits.is_empty()).then(|| view! { <Hits hits/> });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Search"</h1>
            <TextForm query=query.clone() within community=slug.clone() label=label(within)/>
            <Kinds query present=Some(within) community=slug/>
            <p role="status">{status}</p>
            {advice}
            {results}
            {everywhere}
            <Pager first next/>
        </main>
    }
}

fn in_words(within: SearchIn) -> &'static str {
    match within {
        SearchIn::Texts => "texts",
        SearchIn::Discussions => "discussions",
        SearchIn::Resources => "resources",
    }
}

fn label(within: SearchIn) -> &'static str {
    match within {
        SearchIn::Texts => "Search texts about conditions",
        SearchIn::Discussions => "Search discussions",
        SearchIn::Resources => "Search resources",
    }
}

/// What to do next: a wrong condition would be worse than none.
#[component]
fn NothingFound(query: String) -> impl IntoView {
    view! {
        <p>"Conditions are found by their names and codes, not symptoms."</p>
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

fn count(answer: &SearchAnswer, in_texts: bool) -> String {
    let query = &answer.query;
    if query.is_empty() {
        return "Type the name of a condition or a code.".to_owned();
    }
    match (answer.total, answer.corrected) {
        (0, _) if in_texts => {
            format!("No results for “{query}” among the names of conditions. See the texts below.")
        }
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
