//! `/start`: first, whether there is the community already.

use domain::catalogue::SearchAnswer;
use leptos::prelude::*;

use crate::{
    catalogue::{self, ConditionHit, find_conditions},
    community::paths,
    page::{Column, Page, PageHead, page_data, use_query_value, way},
};

/// Where a community is looked for before it is asked for.
#[component]
pub fn StartCommunityPage() -> impl IntoView {
    let query = use_query_value("q");
    let data = page_data(
        move || query().unwrap_or_default(),
        |query| find_conditions(query, 0),
    );
    view! { <Page data view=|answer| view! { <Start answer/> }.into_any()/> }
}

#[component]
fn Start(answer: SearchAnswer) -> impl IntoView {
    let asked = !answer.query.is_empty();
    let head = PageHead {
        title: "Start a community".to_owned(),
        description: "Look for the community of a rare condition, or ask for a new one.".to_owned(),
        canonical: (!asked).then(|| paths::START_COMMUNITY.to_owned()),
        ..PageHead::default()
    };
    let links = vec![
        way("Communities", paths::COMMUNITIES),
        way("All conditions from A to Z", catalogue::paths::CONDITIONS),
    ];
    let request = paths::request_community(&answer.query);
    let found = answer.hits.len();
    let told = asked.then(|| match found {
        0 => format!("No results for “{}”.", answer.query),
        1 => "1 condition has a name like this. Is it the one?".to_owned(),
        _ => "These conditions have names like this. Is it one of them?".to_owned(),
    });
    let hits = (found > 0).then(|| {
        let hits = answer
            .hits
            .into_iter()
            .map(|hit| view! { <ConditionHit hit/> });
        view! { <ol class="results">{hits.collect_view()}</ol> }
    });
    let next = asked.then(|| {
        let words = if found == 0 {
            "Ask for a new community"
        } else {
            "None of these: ask for a new community"
        };
        view! {
            <p>
                <a class="button" href=request>
                    {words}
                </a>
            </p>
        }
    });
    view! {
        <Column title="Start a community" head links>
            <p>
                "Every condition in our catalogue already has a community that you can join. Look for yours first: it may exist under another name."
            </p>
            <form class="form filter" method="get" action=paths::START_COMMUNITY>
                <div class="field">
                    <label for="start-q">"Name or code of the condition"</label>
                    <input
                        id="start-q"
                        name="q"
                        type="search"
                        value=answer.query
                        autocomplete="off"
                        maxlength="200"
                    />
                </div>
                <button class="button" type="submit">
                    "Look for it"
                </button>
            </form>
            <div>
                {told.map(|told| view! { <p role="status">{told}</p> })}
                {hits}
                {next}
            </div>
        </Column>
    }
}
