//! `/search?q=`: what answers a query.

use domain::catalogue::{Matched, SEARCH_PAGE, SearchAnswer, SearchHit};
use leptos::prelude::*;
use leptos_router::location::Url;

use crate::ui::{self, PageHead, PageSearch, set_head};

pub(crate) fn results(answer: SearchAnswer) -> AnyView {
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
    let path = |from: usize| format!("/search?q={}&from={from}", Url::escape(&answer.query));
    let first = (answer.from > 0).then(|| format!("/search?q={}", Url::escape(&answer.query)));
    let after = answer.from + SEARCH_PAGE;
    let next = (after < answer.total).then(|| path(after));
    let count = summary_line(&answer);
    let nothing = answer.hits.is_empty() && !answer.query.is_empty();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">"Search"</h1>
            <PageSearch query=answer.query.clone()/>
            <p role="status">{count}</p>
            {nothing
                .then(|| {
                    view! {
                        <p>
                            "Check the spelling, try another name or a code such as ORPHA:29073, or see "
                            <a href="/conditions">"all conditions from A to Z"</a> "."
                        </p>
                    }
                })}
            <ol class="results">{answer.hits.into_iter().map(hit).collect_view()}</ol>
            {ui::pager(first, next)}
        </main>
    }
    .into_any()
}

fn summary_line(answer: &SearchAnswer) -> String {
    let query = &answer.query;
    if query.is_empty() {
        return "Type the name of a condition or a code.".to_owned();
    }
    match (answer.total, answer.corrected) {
        (0, _) => format!("No condition fits “{query}”."),
        (_, true) => format!("No exact match. Showing names that are close to “{query}”."),
        (1, false) => format!("1 condition fits “{query}”."),
        (total, false) => format!("{total} conditions fit “{query}”."),
    }
}

fn hit(hit: SearchHit) -> impl IntoView {
    let matched = match hit.matched {
        Matched::Synonym(name) => Some(format!("Also called: {name}")),
        Matched::Code(code) => Some(format!("Code: {code}")),
        Matched::Name | Matched::Summary => None,
    };
    view! {
        <li>
            <h2>
                <a href=format!("/communities/{}", hit.slug)>{hit.name}</a>
            </h2>
            {hit.summary.map(|summary| view! { <p>{summary}</p> })}
            {matched.map(|text| view! { <p class="soft">{text}</p> })}
        </li>
    }
}
