//! `/admin/held-texts`

use domain::{
    text::{is_slug, sentence_case},
    wiki::{HeldList, HeldText},
};
use leptos::prelude::*;

use super::api;
use crate::{
    account, catalogue,
    page::{Column, Page, page_data, use_query_value, way},
    ui::Pager,
    wiki::paths,
};

/// The texts that wait.
#[component]
pub fn HeldListPage() -> impl IntoView {
    let after = use_query_value("after");
    let (done, placed) = (use_query_value("done"), use_query_value("placed"));
    let condition = use_query_value("condition");
    let data = page_data(after, api::read_list);
    view! {
        <Page
            data
            view=move |list| {
                let further = untrack(after).is_some();
                let placed = untrack(placed).and_then(|placed| placed.parse().ok());
                let notice = untrack(done).map(|done| told(&done, placed.unwrap_or_default()));
                let shown_at = untrack(condition).filter(|slug| is_slug(slug));
                view! { <List list further notice shown_at/> }.into_any()
            }
        />
    }
}

fn told(done: &str, placed: usize) -> String {
    match (done, placed) {
        ("discarded", _) => "Discarded. It will not be held again.".to_owned(),
        (_, 0) => {
            "Nothing is shown: people or another source have written all its sections.".to_owned()
        }
        (_, 1) => "Done. 1 section is shown.".to_owned(),
        (_, placed) => format!("Done. {placed} sections are shown."),
    }
}

#[component]
fn List(
    list: HeldList,
    further: bool,
    notice: Option<String>,
    shown_at: Option<String>,
) -> impl IntoView {
    let first = further.then(|| paths::held_texts(None));
    let next = list
        .next
        .as_deref()
        .map(|next| paths::held_texts(Some(next)));
    let mut links = vec![way("Settings", account::paths::SETTINGS)];
    if let Some(slug) = shown_at.filter(|_| notice.is_some()) {
        links.insert(
            0,
            way("See the condition", catalogue::paths::condition(&slug)),
        );
    }
    let count = match list.waiting {
        0 => "No texts are held back.".to_owned(),
        1 => "1 text is held back.".to_owned(),
        count => format!("{count} texts are held back."),
    };
    let rows = list
        .texts
        .into_iter()
        .map(|text| view! { <Row text/> })
        .collect_view();
    view! {
        <Column title="Texts held back" notice links>
            <p>
                "These texts came with an import. They are not shown because they may be about something else, or because characters are missing from them. "
                {count}
            </p>
            <ol class="history">{rows}</ol>
            <Pager first next/>
        </Column>
    }
}

#[component]
fn Row(text: HeldText) -> impl IntoView {
    view! {
        <li>
            <div>
                <a href=paths::held_text(&text.id)>{text.subject}</a>
                <div>
                    {format!("Filed under {}. {}, {}. ", text.condition.name, text.source, text.year)}
                    <b class="mark">{sentence_case(text.reason.spelled())}</b>
                </div>
            </div>
        </li>
    }
}
