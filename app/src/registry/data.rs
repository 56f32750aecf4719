//! Everything that the registry knows of a participant, to read, to print and to take home.

use domain::{
    registry::{
        Enrolment, EnrolmentPage, Step, Withdrawal,
        consent::Signature,
        screening::{Answer, Contact},
    },
    time::CalendarDate,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{enrolment_page::row, own_page::state, paths, words};
use crate::{
    page::{Column, way},
    ui::Moment,
};

/// What the page shows besides the enrolment itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DataView {
    /// What the participant is called where their name is not known.
    pub pseudonym: String,
    /// The day on which the enrolment was begun.
    pub begun_on: CalendarDate,
    /// What comes next.
    pub step: Step,
    /// The email address of the account, if that is how one is reached.
    pub email: Option<String>,
}

/// All of it, by parts.
#[component]
pub(super) fn OwnData(
    /// The random part of the addresses of the participant's pages.
    address: String,
    /// What is known.
    enrolment: Enrolment,
    /// The rest.
    data: DataView,
) -> impl IntoView {
    let DataView {
        pseudonym,
        begun_on,
        step,
        email,
    } = data;
    let links = vec![
        way("Back to this enrolment", paths::enrolment(&address)),
        way("All people you have enrolled", paths::ENROL),
    ];
    view! {
        <Column title="All data in the registry" links>
            <p>"This page has everything the registry knows. You can print it."</p>
            <section aria-labelledby="who-title">
                <h2 id="who-title">"The enrolment"</h2>
                <dl class="answers">
                    {row("Code", pseudonym, None)} {row("Started", begun_on.spelled(), None)}
                    {row("Where it is now", state(step).to_owned(), None)}
                </dl>
            </section>
            <Said enrolment=enrolment.clone() email/>
            <Signed signatures=enrolment.signatures.clone()/>
            <Allowed enrolment=enrolment.clone()/>
            <Left withdrawn=enrolment.withdrawn/>
            <Copies address has_history=enrolment.was_signed()/>
        </Column>
    }
}

/// The answers of step 1.
#[component]
fn Said(enrolment: Enrolment, email: Option<String>) -> impl IntoView {
    let screening = enrolment.screening;
    let for_whom = screening.for_whom();
    let rows: Vec<_> = screening
        .asked()
        .filter_map(|question| {
            let answer = screening.answer(question)?;
            let said = match (answer, &email) {
                (Answer::Contact(Contact::Email), Some(email)) => format!("By email: {email}"),
                _ => words::answer(answer),
            };
            Some(row(words::question(question, for_whom).0, said, None))
        })
        .collect();
    let none = if enrolment.withdrawn == Some(Withdrawal::Deletion) {
        "The answers are deleted."
    } else {
        "No questions are answered yet."
    };
    view! {
        <section aria-labelledby="answers-title">
            <h2 id="answers-title">"Answers"</h2>
            {list(rows, none)}
        </section>
    }
}

/// What was signed, and what the signature said.
#[component]
fn Signed(signatures: Vec<Signature>) -> impl IntoView {
    let items: Vec<_> = signatures
        .into_iter()
        .map(|signature| {
            let what = words::document(signature.whom);
            let document = paths::document(&signature);
            view! {
                <li>
                    <div>
                        <a href=document rel="external">
                            {format!("{what}, version {}", signature.version)}
                        </a>
                    </div>
                    <div>{signature.meaning.words()}</div>
                    <div class="soft">
                        {signature.name} ", " <Moment time=signature.signed_at/>
                    </div>
                </li>
            }
        })
        .collect();
    let list = if items.is_empty() {
        view! { <p>"Nothing is signed yet."</p> }.into_any()
    } else {
        view! { <ol class="topics">{items}</ol> }.into_any()
    };
    view! {
        <section aria-labelledby="signed-title">
            <h2 id="signed-title">"What was signed"</h2>
            {list}
        </section>
    }
}

/// What may be done, in words, and each answer.
#[component]
fn Allowed(enrolment: Enrolment) -> impl IntoView {
    let permissions = enrolment.permissions;
    let rows: Vec<_> = permissions
        .asked()
        .filter_map(|permission| {
            let answer = permissions.answer(permission)?;
            Some(row(permission.question(), words::permission(answer), None))
        })
        .collect();
    let summary = (!rows.is_empty() && enrolment.withdrawn.is_none())
        .then(|| view! { <p>{permissions.summary()}</p> });
    let left = enrolment.withdrawn >= Some(Withdrawal::NoNewUse);
    view! {
        <section aria-labelledby="permissions-title">
            <h2 id="permissions-title">
                {if left { "What was allowed" } else { "What is allowed" }}
            </h2>
            {summary}
            {list(rows, "No permissions are given yet.")}
        </section>
    }
}

/// Whether the agreement was taken back.
#[component]
fn Left(withdrawn: Option<Withdrawal>) -> impl IntoView {
    let told = match withdrawn {
        None => "The agreement was not taken back.".to_owned(),
        Some(grade) => format!("{}: {}", grade.label(), grade.words()),
    };
    view! {
        <section aria-labelledby="left-title">
            <h2 id="left-title">"Leaving the registry"</h2>
            <p>{told}</p>
        </section>
    }
}

/// What one can take home.
#[component]
fn Copies(address: String, has_history: bool) -> impl IntoView {
    let history = has_history.then(|| {
        view! {
            <li>
                <a href=paths::step(&address, EnrolmentPage::Ledger)>"History"</a>
                ": what was signed and decided, and when"
            </li>
        }
    });
    view! {
        <section aria-labelledby="copies-title">
            <h2 id="copies-title">"Take it with you"</h2>
            <ul>
                <li>
                    <a href=paths::data_file(&address) rel="external">
                        "Download the data"
                    </a>
                    ": a file for other health programs (FHIR R4, JSON)"
                </li>
                {history}
            </ul>
            <p class="soft">"Keep the file in a safe place. Anyone who opens it can read it."</p>
        </section>
    }
}

/// Questions with their answers, or that there are none.
fn list(rows: Vec<AnyView>, none: &'static str) -> AnyView {
    if rows.is_empty() {
        view! { <p>{none}</p> }.into_any()
    } else {
        view! { <dl class="answers">{rows}</dl> }.into_any()
    }
}
