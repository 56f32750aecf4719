//! `/registry/enrol/{random}/consent` and `assent`: step 2, a document to read and to sign, and what was signed.

use domain::registry::{
    ChangedPart, DocumentToSign, ShownPart, ShownQuestion,
    consent::{DocumentFor, Meaning},
};
use leptos::prelude::*;

use super::{
    api::{self, DocumentView},
    forms::{QUESTION_FIELDS, SignFields},
    paths,
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Moment, Prose, Unified,
        form::{Buttons, Form, Hidden, Input, Radios, Submit, Username, after_forms},
    },
};

/// The consent of whoever enrols.
#[component]
pub fn ConsentPage() -> impl IntoView {
    page(false)
}

/// The assent of the child.
#[component]
pub fn AssentPage() -> impl IntoView {
    page(true)
}

fn page(assent: bool) -> impl IntoView {
    let address = use_part("random");
    // Whether it was another text when somebody signed.
    let changed = use_query_value("done");
    let data = page_data(address, move |address| {
        after_forms(api::read_document(address, assent))
    });
    let view = move |shown| {
        let changed = changed().is_some();
        view! { <SignDocument shown changed/> }.into_any()
    };
    view! { <Page data view/> }
}

#[component]
fn SignDocument(shown: DocumentView, changed: bool) -> impl IntoView {
    let DocumentView {
        address,
        document,
        email,
    } = shown;
    let notice = changed.then(|| {
        "The text changed while you were reading. Nothing was signed. Read it again, then sign."
            .to_owned()
    });
    let signed = document.is_signed();
    let title = match document.whom {
        DocumentFor::Consent(_) => "Consent",
        DocumentFor::Assent(_) => "For the child: do you want to take part?",
    };
    let links = vec![way("Back to this enrolment", paths::enrolment(&address))];
    let DocumentToSign {
        whom,
        version,
        language,
        template,
        parts,
        questions,
        signature,
        changed: differences,
    } = document;
    let template = template.then(|| {
        view! {
            <p class="notice">
                "This is a template. No ethics board has approved it: it shows how a consent works here, and is not for real research."
            </p>
        }
    });
    let parts = parts
        .into_iter()
        .map(|part| view! { <Part part/> })
        .collect_view();
    let below = match signature {
        Some(signature) if signed => view! {
            <section aria-labelledby="signature-title">
                <h2 id="signature-title">"Signature"</h2>
                <p>{signature.meaning.words()}</p>
                <p>
                    {signature.name} ", " <Moment time=signature.signed_at/>
                </p>
                <p>"This page is your copy. You can print it or save it."</p>
                <p>
                    <a class="button" href=paths::enrolment(&address)>
                        "Continue"
                    </a>
                </p>
            </section>
        }
        .into_any(),
        _ => view! { <Sign address whom version questions email/> }.into_any(),
    };
    let differences =
        (!differences.is_empty() && !signed).then(|| view! { <Changed changed=differences/> });
    view! {
        <Column title notice links>
            <p class="soft">{format!("Step 2 of 3. Version {version}.")}</p>
            {template}
            {differences}
            <div lang=language class="consent">{parts}</div>
            {below}
        </Column>
    }
}

#[component]
fn Part(part: ShownPart) -> impl IntoView {
    view! {
        <section>
            <h2>{part.heading}</h2>
            <Prose html=part.html/>
        </section>
    }
}

/// What reads otherwise than in the version that was signed.
#[component]
fn Changed(changed: Vec<ChangedPart>) -> impl IntoView {
    let parts = changed
        .into_iter()
        .map(|part| {
            view! {
                <h3>{part.heading}</h3>
                <Unified changes=part.changes/>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="changed-title">
            <h2 id="changed-title">"What has changed since it was signed"</h2>
            {parts}
        </section>
    }
}

#[component]
fn Sign(
    address: String,
    whom: DocumentFor,
    version: u32,
    questions: Vec<ShownQuestion>,
    email: String,
) -> impl IntoView {
    let meaning = Meaning::of(whom).words();
    let named = match whom {
        DocumentFor::Consent(_) => "Your full name",
        DocumentFor::Assent(_) => "The child’s name",
    };
    let hint = match whom {
        DocumentFor::Consent(_) => "It is your signature.",
        DocumentFor::Assent(_) => "The child types it, or says that you may.",
    };
    view! {
        <Form<SignFields>
            of=whom.as_str()
            heading="Check you have understood, then sign"
            text="If an answer is wrong, we explain it and you can try again."
        >
            <Hidden name="participant" value=address/>
            <Hidden name="whom" value=whom.as_str()/>
            <Hidden name="version" value=version.to_string()/>
            <Questions questions/>
            <p class="meaning">{meaning}</p>
            <Input name="name" label=named hint required=true autocomplete="name"/>
            <Username value=email/>
            <Input
                name="present"
                label="Your password"
                hint="We ask again so that no one else can sign for you."
                kind="password"
                required=true
                autocomplete="current-password"
            />
            <Buttons>
                <Submit label="Sign"/>
            </Buttons>
        </Form<SignFields>>
    }
}

/// The questions about a document.
#[component]
fn Questions(questions: Vec<ShownQuestion>) -> impl IntoView {
    questions
        .into_iter()
        .zip(QUESTION_FIELDS)
        .map(|(question, name)| {
            let options = question
                .answers
                .into_iter()
                .enumerate()
                .map(|(at, words)| (at.to_string(), words))
                .collect();
            view! { <Radios name label=question.question options/> }
        })
        .collect_view()
}
