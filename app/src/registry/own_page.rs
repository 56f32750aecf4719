//! `/registry/enrol`: whom one has enrolled, and where one begins.

use domain::registry::PARTICIPANTS_MOST;
use leptos::prelude::*;

use super::{
    api::{self, EnrolmentsView},
    forms::BeginEnrolmentFields,
    outside::Visit,
    paths, words,
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, Submit, after_forms},
};

/// Whom one has enrolled.
#[component]
pub fn OwnEnrolmentsPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| after_forms(api::read_enrolments()));
    view! {
        <Page
            data
            view=move |enrolments| {
                let notice = done()
                    .filter(|done| done == "deleted")
                    .map(|_| "The answers are deleted.".to_owned());
                view! { <List enrolments notice/> }.into_any()
            }
        />
    }
}

#[component]
fn List(enrolments: EnrolmentsView, notice: Option<String>) -> impl IntoView {
    let EnrolmentsView {
        people: lines,
        outside,
    } = enrolments;
    let mut links = vec![way("About the patient registry", paths::REGISTRY)];
    if !lines.is_empty() {
        links.insert(0, way("Full history", paths::HISTORY));
    }
    let begin = match (lines.is_empty(), lines.len() < PARTICIPANTS_MOST) {
        (true, _) => Some("Start"),
        (false, true) => Some("Enrol another person"),
        (false, false) => None,
    };
    let intro = (lines.is_empty() && outside.is_none()).then(|| {
        view! {
            <p>
                "Enrolling takes three steps: a few questions, the consent, and your permissions. It takes about half an hour. We save each answer, so you can stop at any time and go on later, on this or another device."
            </p>
        }
    });
    let items: Vec<_> = lines
        .into_iter()
        .map(|line| {
            view! {
                <li>
                    <a class="title" href=paths::enrolment(&line.address)>
                        {words::title(&line)}
                    </a>
                    <div class="soft">{words::state(line.step)} ". Code: " {line.pseudonym}</div>
                    {line
                        .adult_on
                        .map(|day| {
                            view! {
                                <div class="soft">
                                    {format!("Becomes an adult on {}.", day.spelled())}
                                </div>
                            }
                        })}
                </li>
            }
        })
        .collect();
    let list = (!items.is_empty()).then(|| view! { <ul class="topics">{items}</ul> });
    view! {
        <Column title="Take part in the patient registry" notice links>
            {intro}
            {list}
            {match outside {
                Some(registry) => {
                    view! {
                        <p>"New people enrol in a registry on another site."</p>
                        <Visit registry/>
                    }
                        .into_any()
                }
                None => begin.map(|label| view! { <Begin label/> }).into_any(),
            }}
        </Column>
    }
}

#[component]
fn Begin(label: &'static str) -> impl IntoView {
    view! {
        <Form<BeginEnrolmentFields>>
            <Buttons>
                <Submit label/>
            </Buttons>
        </Form<BeginEnrolmentFields>>
    }
}
