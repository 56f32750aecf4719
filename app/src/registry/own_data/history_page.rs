//! `/registry/me`: all that has happened with everybody whom one has enrolled.

use domain::registry::EnrolmentPage;
use leptos::prelude::*;

use super::{
    api::{self, HistoryView},
    ledger_page,
};
use crate::{
    page::{Column, Page, page_data, way},
    registry::{paths, words::title},
    ui::{Moment, form::after_forms},
};

/// Everything of everybody, the newest first.
#[component]
pub fn OwnHistoryPage() -> impl IntoView {
    let data = page_data(|| (), |()| after_forms(api::read_history()));
    view! { <Page data view=|history| view! { <History history/> }.into_any()/> }
}

#[component]
fn History(history: HistoryView) -> impl IntoView {
    let HistoryView { people, lines } = history;
    let links = vec![
        way("All people you have enrolled", paths::ENROL),
        way("About the patient registry", paths::REGISTRY),
    ];
    let named = |at: usize| {
        let person = people.get(at)?;
        Some(view! {
            <a href=paths::enrolment(&person.address)>
                {title(person)} ", code " {person.pseudonym.clone()}
            </a>
            ", "
        })
    };
    let items: Vec<_> = lines
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <div>{ledger_page::line(&line.line.what)}</div>
                    <div class="soft">
                        {named(line.of)} <Moment time=line.line.at/>
                    </div>
                </li>
            }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p>"Nothing has happened yet. What is signed or decided is listed here."</p> }
            .into_any()
    } else {
        view! { <ol class="topics">{items}</ol> }.into_any()
    };
    let copies: Vec<_> = people
        .iter()
        .map(|person| {
            let data = paths::step(&person.address, EnrolmentPage::Data);
            view! {
                <li>
                    <a href=data>{title(person)} ", code " {person.pseudonym.clone()}</a>
                </li>
            }
        })
        .collect();
    let copies = (!copies.is_empty()).then(|| {
        view! {
            <section aria-labelledby="data-title">
                <h2 id="data-title">"All data of each person"</h2>
                <ul>{copies}</ul>
            </section>
        }
    });
    view! {
        <Column title="Full history" links>
            <p>
                "Everything that was signed and decided for the people you have enrolled, newest first. If researchers or the staff of the registry see the data of one of them, you will see it here too."
            </p>
            {list}
            {copies}
        </Column>
    }
}
