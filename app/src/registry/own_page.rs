//! `/registry/enrol`: whom one has enrolled, and where one begins.

use domain::registry::{PARTICIPANTS_MOST, Step};
use leptos::prelude::*;

use super::{
    api::{self, EnrolmentLine},
    forms::BeginEnrolmentFields,
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
            view=move |lines| {
                let notice = done()
                    .filter(|done| done == "deleted")
                    .map(|_| "The answers are deleted.".to_owned());
                view! { <List lines notice/> }.into_any()
            }
        />
    }
}

/// How far an enrolment is, in a few words.
pub(super) fn state(step: Step) -> &'static str {
    match step {
        Step::Screening(_) => "Step 1 of 3: questions",
        Step::NotEligible(_) => "Cannot take part",
        Step::Consent(_, None) | Step::Assent(_, None) => "Step 2 of 3: consent",
        Step::Consent(_, Some(_)) | Step::Assent(_, Some(_)) => "The consent has changed",
        Step::Permissions(_) => "Step 3 of 3: permissions",
        Step::Enrolled => "Enrolled",
        Step::Majority => "Now an adult",
        Step::Withdrawn(_) => "Has left",
    }
}

/// Whom it is about. A guardian is told nothing of an adult, and of who has left nothing is known.
pub(super) fn title(line: &EnrolmentLine) -> &'static str {
    match (line.for_whom, line.step) {
        (None, Step::Majority | Step::Withdrawn(_)) => "A former enrolment",
        (None, Step::Consent(..)) => "An adult you represent",
        (for_whom, _) => words::whom(for_whom),
    }
}

#[component]
fn List(lines: Vec<EnrolmentLine>, notice: Option<String>) -> impl IntoView {
    let mut links = vec![way("About the patient registry", paths::REGISTRY)];
    if !lines.is_empty() {
        links.insert(0, way("Everything that has happened", paths::HISTORY));
    }
    let begin = match (lines.is_empty(), lines.len() < PARTICIPANTS_MOST) {
        (true, _) => Some("Start"),
        (false, true) => Some("Enrol another person"),
        (false, false) => None,
    };
    let intro = lines.is_empty().then(|| {
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
                        {title(&line)}
                    </a>
                    <div class="soft">{state(line.step)} ". Code: " {line.pseudonym}</div>
                    {line
                        .adult_on
                        .map(|day| {
                            view! {
                                <div class="soft">
                                    {format!("An adult from {} on.", day.spelled())}
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
            {begin
                .map(|label| {
                    view! {
                        <Form<BeginEnrolmentFields>>
                            <Buttons>
                                <Submit label/>
                            </Buttons>
                        </Form<BeginEnrolmentFields>>
                    }
                })}
        </Column>
    }
}
