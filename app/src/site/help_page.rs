//! `/help`: what people ask about the site, and what of it has certain words.

use domain::site::HelpAnswer;
use leptos::prelude::*;

use super::{api, paths};
use crate::{
    page::{Page, PageHead, page_data, set_head, use_query_value},
    ui::Prose,
};

/// What people ask about the site.
#[component]
pub fn HelpPage() -> impl IntoView {
    let query = use_query_value("q");
    let data = page_data(move || query().unwrap_or_default(), api::read_help);
    view! { <Page data view=|answer| view! { <Help answer/> }.into_any()/> }
}

#[component]
fn Help(answer: HelpAnswer) -> impl IntoView {
    let HelpAnswer { text, query, found } = answer;
    let asked = !query.is_empty();
    set_head(PageHead {
        title: text.title.clone(),
        description: text.description,
        canonical: (!asked).then(|| paths::HELP.to_owned()),
        index: !asked,
        ..PageHead::default()
    });
    let told = asked.then(|| {
        let words = match found {
            0 => format!("Nothing here has all of the words “{query}”. Try fewer or other words."),
            1 => format!("1 answer for “{query}”."),
            _ => format!("{found} answers for “{query}”."),
        };
        view! {
            <p role="status">{words} " " <a href=paths::HELP>"Show all of the help"</a></p>
        }
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="prose">
                <h1 tabindex="-1">{text.title}</h1>
                <form class="form filter" role="search" aria-label="Help" method="get" action=paths::HELP>
                    <div class="field">
                        <label for="help-q">"What do you need help with?"</label>
                        <input
                            id="help-q"
                            name="q"
                            type="search"
                            value=query
                            autocomplete="off"
                            maxlength="200"
                        />
                    </div>
                    <button class="button" type="submit">
                        "Search help"
                    </button>
                </form>
                {told}
                <Prose html=text.html/>
            </div>
        </main>
    }
}
