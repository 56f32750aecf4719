//! `/conditions`: all conditions from A to Z.

use domain::catalogue::{ConditionList, Letter};
use leptos::prelude::*;

use super::{api, paths, relatives::condition_links};
use crate::{
    community,
    page::{Page, PageHead, page_data, set_head, use_query_value},
    ui::{Links, Pager},
};

/// A page of the alphabetical list.
#[component]
pub fn ListPage() -> impl IntoView {
    let (letter, after) = (use_query_value("letter"), use_query_value("after"));
    let data = page_data(
        move || (letter(), after()),
        |(letter, after)| api::read_list(letter, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let letter = untrack(letter).as_deref().and_then(Letter::parse);
                let after = untrack(after);
                view! { <AtoZ list letter after/> }.into_any()
            }
        />
    }
}

#[component]
fn AtoZ(list: ConditionList, letter: Option<Letter>, after: Option<String>) -> impl IntoView {
    let title = match letter {
        Some(letter) => format!("Conditions: {}", letter.label()),
        None => "Conditions A to Z".to_owned(),
    };
    set_head(PageHead {
        title: title.clone(),
        description: "All rare conditions of the catalogue, from A to Z.".to_owned(),
        canonical: Some(paths::list(letter, after.as_deref())),
        index: after.is_none(),
        ..PageHead::default()
    });
    let first = list.continued.then(|| paths::list(letter, None));
    let next = list
        .next
        .as_deref()
        .map(|after| paths::list(letter, Some(after)));
    let empty = list.conditions.is_empty();
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <h1 tabindex="-1">{title}</h1>
            <p>
                "You can also " <a href=paths::FAMILIES>"browse by family"</a> ". Is yours missing? "
                <a href=community::paths::START_COMMUNITY>"Start a community"</a>
            </p>
            <nav class="letters" aria-label="Letters">
                <ul>
                    {Letter::all()
                        .map(|each| {
                            let current = (Some(each) == letter).then_some("page");
                            view! {
                                <li>
                                    <a href=paths::letter(each) aria-current=current>
                                        {each.label()}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </nav>
            {empty.then(|| view! { <p>"No condition begins with this letter."</p> })}
            <Links class="index" links=condition_links(list.conditions)/>
            <Pager first next/>
        </main>
    }
}
