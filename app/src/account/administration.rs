//! Looking after other people's accounts. These pages come without a script; for who may not use
//! them they are like addresses that there is nothing at.

use std::collections::HashMap;

use domain::{
    Error, Result,
    account::{AccountList, AccountRecord, Measure, People, Role, Standing, TakenMeasure},
};
use leptos::prelude::*;

use crate::{
    answer::Answer,
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
    ui,
};

/// A page for administrators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdministrationPage {
    /// `/admin/people?q=&show=&after=`
    People {
        /// Part of a name or address, or a handle.
        words: String,
        /// Whom to show.
        people: People,
        /// Handle after which the page begins.
        after: Option<String>,
    },
    /// `/admin/people/{handle}?done=`
    Person {
        /// Whose account.
        handle: String,
        /// Whether a measure has just been taken.
        done: bool,
    },
}

impl AdministrationPage {
    /// The page at an address, if there is one.
    pub(crate) fn of(segments: &[&str], query: &HashMap<String, String>) -> Option<Self> {
        let text = |name: &str| query.get(name).cloned();
        Some(match segments {
            ["admin", "people"] => Self::People {
                words: text("q").unwrap_or_default(),
                people: People::from_name(&text("show").unwrap_or_default()),
                after: text("after"),
            },
            ["admin", "people", handle] => Self::Person {
                handle: (*handle).to_owned(),
                done: query.contains_key("done"),
            },
            _ => return None,
        })
    }

    /// The shape of the address, for logs.
    pub(crate) fn route(&self) -> &'static str {
        match self {
            Self::People { .. } => "/admin/people",
            Self::Person { .. } => "/admin/people/{handle}",
        }
    }
}

/// The page at an address.
pub(crate) async fn page(
    services: &Services,
    visit: &Visit,
    page: &AdministrationPage,
) -> Answer<FormPage> {
    let accounts = &services.accounts;
    Answer::of(match page {
        AdministrationPage::People {
            words,
            people,
            after,
        } => accounts
            .list(visit.actor, words, *people, after.as_deref())
            .await
            .map(|list| list_page(list, words, *people, after.is_some())),
        AdministrationPage::Person { handle, done } => {
            match accounts.find(visit.actor, handle).await {
                Ok(record) => accounts
                    .measures(visit.actor, &record.handle)
                    .await
                    .map(|measures| person(&record, measures, *done)),
                Err(error) => Err(error),
            }
        }
    })
}

/// Carries out the form of a page.
pub(crate) async fn administer(
    services: &Services,
    visit: &Visit,
    page: &AdministrationPage,
    fields: &Fields,
) -> Result<Outcome> {
    let AdministrationPage::Person { handle, .. } = page else {
        return Err(Error::NotFound);
    };
    let role = || {
        Role::from_name(fields.get("role")).ok_or_else(|| Error::invalid("role", "Choose a role."))
    };
    let measure = match fields.form() {
        "grant" => Measure::Grant(role()?),
        "revoke" => Measure::Revoke(role()?),
        "suspend" => Measure::Suspend,
        "restore" => Measure::Restore,
        _ => return Err(Error::NotFound),
    };
    let record = services
        .accounts
        .measure(visit.actor, handle, measure, fields.get("reason"))
        .await?;
    Ok(Outcome::done_anew(format!(
        "/admin/people/{}?done=measure",
        record.handle
    )))
}

fn roles(record: &AccountRecord) -> String {
    let names: Vec<&str> = record.roles.iter().map(Role::label).collect();
    names.join(", ")
}

fn list_page(list: AccountList, words: &str, people: People, further: bool) -> FormPage {
    let AccountList { accounts, next } = list;
    let options = People::ALL
        .map(|choice| {
            let selected = choice == people;
            view! {
                <option value=choice.as_str() selected=selected>
                    {match choice {
                        People::All => "Everybody",
                        People::Suspended => "Who is suspended",
                        People::WithRoles => "Who has a role",
                    }}
                </option>
            }
        })
        .collect_view();
    let count = accounts.len();
    let rows = accounts
        .iter()
        .map(|record| {
            let path = format!("/admin/people/{}", record.handle);
            view! {
                <tr>
                    <td><a href=path>{record.name.clone()}</a></td>
                    <td>{standing(record.standing)}</td>
                    <td>{roles(record)}</td>
                    <td>{record.email.as_str().to_owned()}</td>
                    <td class="date">{moment(record.joined)}</td>
                </tr>
            }
        })
        .collect_view();
    let table = if count == 0 {
        view! { <p>"There is nobody like that."</p> }.into_any()
    } else {
        view! {
            <div class="scroll people" role="region" aria-label="Accounts" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Roles"</th>
                            <th scope="col">"Address"</th>
                            <th scope="col">"Joined"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let same = format!(
        "/admin/people?q={}&show={}",
        form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>(),
        people.as_str()
    );
    let content = written(view! {
        <form class="form filter" method="get" action="/admin/people">
            <div class="field">
                <label for="words">"Name, address or handle"</label>
                <input id="words" name="q" type="text" value=words.to_owned() autocomplete="off"/>
            </div>
            <div class="field">
                <label for="show">"Show"</label>
                <select id="show" name="show">{options}</select>
            </div>
            <button class="button" type="submit">"Show them"</button>
        </form>
        {table}
        {ui::pager(
            further.then(|| same.clone()),
            next.map(|handle| format!("{same}&after={handle}")),
        )}
    });
    FormPage {
        title: "Accounts".to_owned(),
        content: Some(content),
        links: vec![("Settings".to_owned(), "/settings".to_owned())],
        ..FormPage::default()
    }
}

fn moment(time: domain::time::Timestamp) -> impl IntoView {
    view! { <time datetime=time.iso_date()>{time.spelled()}</time> }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "",
        Standing::Suspended => "Suspended",
    }
}

fn person(record: &AccountRecord, measures: Vec<TakenMeasure>, done: bool) -> FormPage {
    let roles = roles(record);
    let content = written(view! {
        <dl class="facts">
            <dt>"Address"</dt>
            <dd>{record.email.as_str().to_owned()}</dd>
            <dt>"Handle"</dt>
            <dd>{record.handle.clone()}</dd>
            <dt>"Joined"</dt>
            <dd>{moment(record.joined)}</dd>
            <dt>"Roles"</dt>
            <dd>{if roles.is_empty() { "None".to_owned() } else { roles }}</dd>
            <dt>"State"</dt>
            <dd>
                {match record.standing {
                    Standing::Good => "In good standing",
                    Standing::Suspended => "Suspended",
                }}
            </dd>
        </dl>
        <h2>"What was done with this account"</h2>
        {measure_list(measures, true)}
    });
    FormPage {
        title: record.name.clone(),
        path: format!("/admin/people/{}", record.handle),
        notice: done.then(|| "Done.".to_owned()),
        content: Some(content),
        forms: measures_of(record),
        links: vec![("All accounts".to_owned(), "/admin/people".to_owned())],
        ..FormPage::default()
    }
}

/// What was done with an account, when and why; by whom only those read who look after accounts.
pub(super) fn measure_list(measures: Vec<TakenMeasure>, with_taker: bool) -> AnyView {
    if measures.is_empty() {
        return view! { <p>"Nothing."</p> }.into_any();
    }
    let rows = measures
        .into_iter()
        .map(|measure| {
            let by = with_taker
                .then(|| format!(" by {}", measure.by.as_deref().unwrap_or("the operator")));
            view! {
                <li>
                    {moment(measure.taken)} ": " {deed(&measure)} {by} ". "
                    <q>{measure.reason}</q>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="measures">{rows}</ul> }.into_any()
}

fn deed(measure: &TakenMeasure) -> String {
    let role = measure.role.map_or("", Role::label);
    match measure.kind.as_str() {
        "grant" => format!("given the role “{role}”"),
        "revoke" => format!("taken the role “{role}”"),
        "suspend" => "suspended".to_owned(),
        "restore" => "restored".to_owned(),
        other => other.to_owned(),
    }
}

/// What can be done with an account.
fn measures_of(record: &AccountRecord) -> Vec<Form> {
    let with_role = |name: &str, heading: &str, held: bool, button: &str| {
        let choices: Vec<(String, String)> = Role::ALL
            .into_iter()
            .filter(|role| record.roles.contains(*role) == held)
            .map(|role| (role.as_str().to_owned(), role.label().to_owned()))
            .collect();
        (!choices.is_empty()).then(|| Form {
            name: name.to_owned(),
            heading: Some(heading.to_owned()),
            fields: vec![
                Field {
                    name: "role".to_owned(),
                    label: "Role".to_owned(),
                    control: Control::Choice(choices),
                    required: true,
                    ..Field::default()
                },
                reason(),
            ],
            button: button.to_owned(),
            ..Form::default()
        })
    };
    let standing = match record.standing {
        Standing::Good => Form {
            name: "suspend".to_owned(),
            heading: Some("Suspend".to_owned()),
            text: Some(
                "They can read and control their account, but not write, and nobody else sees their profile.".to_owned(),
            ),
            fields: vec![reason()],
            button: "Suspend".to_owned(),
            danger: true,
            ..Form::default()
        },
        Standing::Suspended => Form {
            name: "restore".to_owned(),
            heading: Some("Restore".to_owned()),
            fields: vec![reason()],
            button: "Restore".to_owned(),
            ..Form::default()
        },
    };
    [
        with_role("grant", "Give a role", false, "Give the role"),
        with_role("revoke", "Take a role away", true, "Take the role away"),
        Some(standing),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn reason() -> Field {
    Field {
        name: "reason".to_owned(),
        label: "Reason".to_owned(),
        hint: Some("One line. The person sees it.".to_owned()),
        required: true,
        ..Field::default()
    }
}
