//! `/registry/enrol/{random}/data`: everything that the registry knows of a participant, to read, to print and to take home.

use domain::registry::{
    Enrolment, EnrolmentPage, Withdrawal,
    consent::Signature,
    screening::{Answer, Contact},
};
use leptos::prelude::*;

use super::api::{self, DataView};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    registry::{
        answers::{list, row},
        paths, words,
    },
    ui::{Moment, form::after_forms},
};

/// All of it, by parts.
#[component]
pub fn OwnDataPage() -> impl IntoView {
    let address = use_part("random");
    let data = page_data(address, |address| after_forms(api::read_data(address)));
    view! { <Page data view=|data| view! { <OwnData data/> }.into_any()/> }
}

#[component]
fn OwnData(data: DataView) -> impl IntoView {
    let DataView {
        address,
        pseudonym,
        begun_on,
        enrolment,
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
                    {row("Where it is now", words::state(step).to_owned(), None)}
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
        Some(grade) => format!("{}: {}", grade.label(), grade.done()),
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
