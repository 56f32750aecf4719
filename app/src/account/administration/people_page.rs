//! `/admin/people`

use domain::account::People;
use leptos::prelude::*;

use super::api::{self, PeopleView, RecordView};
use crate::{
    account::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::Pager,
};

/// The list of accounts.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let (q, show) = (use_query_value("q"), use_query_value("show"));
    let after = use_query_value("after");
    let words = move || q().unwrap_or_default();
    let people = move || People::from_name(&show().unwrap_or_default());
    let data = page_data(
        move || (words(), people().as_str(), after()),
        |(words, people, after)| api::read_people(words, People::from_name(people), after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let (words, people) = (untrack(words), untrack(people));
                let continued = untrack(after).is_some();
                view! { <Accounts list words people continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Accounts(list: PeopleView, words: String, people: People, continued: bool) -> impl IntoView {
    let PeopleView { accounts, next } = list;
    let first = continued.then(|| paths::admin_people(&words, people, None));
    let next = next.map(|after| paths::admin_people(&words, people, Some(&after)));
    let table = if accounts.is_empty() {
        view! { <p>"No accounts found."</p> }.into_any()
    } else {
        view! { <Table accounts/> }.into_any()
    };
    let links = vec![
        way("Limit on lists of members", paths::ADMIN_MEMBER_LISTS),
        way("Settings", paths::SETTINGS),
    ];
    view! {
        <Column title="Accounts" links>
            <div>
                <Filter words people/>
                {table}
                <Pager first next/>
            </div>
        </Column>
    }
}

#[component]
fn Filter(words: String, people: People) -> impl IntoView {
    let options = People::ALL
        .map(|choice| {
            let selected = choice == people;
            let label = match choice {
                People::All => "Everyone",
                People::Suspended => "Suspended",
                People::WithRoles => "With a role",
            };
            view! {
                <option value=choice.as_str() selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="form filter" method="get" action=paths::ADMIN_PEOPLE>
            <div class="field">
                <label for="words">"Name, email or handle"</label>
                <input id="words" name="q" type="text" value=words autocomplete="off"/>
            </div>
            <div class="field">
                <label for="show">"Show"</label>
                <select id="show" name="show">
                    {options}
                </select>
            </div>
            <button class="button" type="submit">
                "Search"
            </button>
        </form>
    }
}

#[component]
fn Table(accounts: Vec<RecordView>) -> impl IntoView {
    let rows = accounts
        .into_iter()
        .map(|record| view! { <Row record/> })
        .collect_view();
    view! {
        <div class="scroll people" role="region" aria-label="Accounts" tabindex="0">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Roles"</th>
                        <th scope="col">"Email"</th>
                        <th scope="col">"Joined"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(record: RecordView) -> impl IntoView {
    let path = paths::admin_person(&record.handle);
    let roles = record.roles_spelled();
    view! {
        <tr>
            <td>
                <a href=path>{record.name}</a>
            </td>
            <td>{record.suspended.then_some("Suspended")}</td>
            <td>{roles}</td>
            <td>{record.email}</td>
            <td class="date">
                <time datetime=record.joined.iso>{record.joined.spelled}</time>
            </td>
        </tr>
    }
}
