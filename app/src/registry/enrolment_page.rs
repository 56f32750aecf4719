//! `/registry/enrol/{random}`: how far somebody's enrolment is, and all that was said.

use domain::registry::{
    Enrolment, EnrolmentPage, OwnEnrolment, Step, Withdrawal,
    consent::{DocumentFor, Signature},
    screening::ForWhom,
};
use leptos::prelude::*;

use super::{
    answers::row,
    api,
    forms::DiscardEnrolmentFields,
    hand_over::{HandOver, Represent, adult_soon},
    paths, words,
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Submit, after_forms},
    },
};

/// How far somebody's enrolment is.
#[component]
pub fn EnrolmentOverviewPage() -> impl IntoView {
    let address = use_part("random");
    let done = use_query_value("done");
    let data = page_data(address, |address| after_forms(api::read_enrolment(address)));
    view! {
        <Page
            data
            view=move |own| {
                let done = done();
                view! { <Overview own done/> }.into_any()
            }
        />
    }
}

#[component]
fn Overview(own: OwnEnrolment, done: Option<String>) -> impl IntoView {
    let OwnEnrolment {
        address,
        pseudonym,
        enrolment,
        step,
        today,
        hidden,
        hands_over,
    } = own;
    let for_whom = enrolment.screening.for_whom();
    let title = match (step, for_whom) {
        (Step::Enrolled, Some(ForWhom::Myself)) => "You are enrolled".to_owned(),
        (Step::Enrolled, _) => "This person is enrolled".to_owned(),
        (Step::Majority | Step::Withdrawn(_), None) => "A former enrolment".to_owned(),
        (Step::Consent(..), None) => "Enrolment: an adult you represent".to_owned(),
        (_, Some(ForWhom::Myself)) => "Your enrolment".to_owned(),
        (_, None) => "Enrolment".to_owned(),
        (_, for_whom) => format!("Enrolment: {}", words::whom(for_whom).to_lowercase()),
    };
    let notice = match done.as_deref() {
        Some("signed") => Some("Signed. You can read and print what you have signed below."),
        Some("left") => Some("Done. This applies from now on."),
        Some("taken-over") => {
            Some("Done. You decide from now on, and only you see this. Check the answers below.")
        }
        Some("represented") => Some("Saved. Next, read the consent and sign it."),
        Some("permission") => Some("Saved. Your new permissions apply now."),
        _ => None,
    };
    let links = vec![
        way("All people you have enrolled", paths::ENROL),
        way("About the patient registry", paths::REGISTRY),
    ];
    let may_leave =
        enrolment.was_signed() && !hidden && enrolment.withdrawn != Some(Withdrawal::Deletion);
    let leave = may_leave.then(|| {
        let path = paths::step(&address, EnrolmentPage::Leave);
        view! { <p><a href=path>"Leave the registry"</a></p> }
    });
    let ledger = enrolment.was_signed().then(|| {
        let path = paths::step(&address, EnrolmentPage::Ledger);
        view! { <p><a href=path>"History"</a></p> }
    });
    let data = (!hidden).then(|| {
        let path = paths::step(&address, EnrolmentPage::Data);
        view! { <p><a href=path>"All data in the registry"</a></p> }
    });
    let discard = (!enrolment.was_signed() && !hidden)
        .then(|| view! { <Discard participant=address.clone()/> });
    let soon = adult_soon(&enrolment, today).map(|soon| view! { <p>{soon}</p> });
    let hand_over = hands_over.then(|| view! { <HandOver address=address.clone()/> });
    let represent =
        (step == Step::Majority).then(|| view! { <Represent address=address.clone()/> });
    view! {
        <Column title notice=notice.map(str::to_owned) links>
            {soon}
            <Next step hidden address=address.clone() enrolment=enrolment.clone() pseudonym/>
            <Answers address=address.clone() enrolment=enrolment.clone()/>
            <Signatures
                address=address.clone()
                signatures=enrolment.signatures.clone()
                former=enrolment.former
            />
            <Permissions address enrolment/>
            {hand_over}
            {represent}
            {ledger}
            {data}
            {leave}
            {discard}
        </Column>
    }
}

/// What comes next, and the way there.
#[component]
fn Next(
    step: Step,
    hidden: bool,
    address: String,
    enrolment: Enrolment,
    pseudonym: String,
) -> impl IntoView {
    let (asked, answered) = enrolment.screening.progress();
    let told: Vec<String> = match step {
        Step::Screening(_) => vec![format!(
            "Step 1 of 3: {answered} of {asked} questions are answered."
        )],
        Step::NotEligible(obstacle) => vec![
            obstacle.words().to_owned(),
            obstacle.way_on().to_owned(),
        ],
        Step::Consent(_, None) if hidden => vec![
            "You want to go on as the legal representative of this person, who is an adult now.".to_owned(),
            "Step 2 of 3: read what the registry does, and sign. You see the answers again once you have signed. Until then, no one new gets the data.".to_owned(),
        ],
        Step::Consent(_, None) => vec![
            "You can take part. Check your answers below.".to_owned(),
            "Step 2 of 3: read what the registry does, and sign.".to_owned(),
        ],
        Step::Assent(_, None) => vec![
            "Step 2 of 3: the child is asked, too. Read the next page together.".to_owned(),
        ],
        Step::Consent(_, Some(_)) | Step::Assent(_, Some(_)) => vec![
            "The text that was signed has a new version. Read what has changed, then sign again. Until then, what was agreed before still applies."
                .to_owned(),
        ],
        Step::Permissions(_) => vec![
            "Step 3 of 3: decide what the data may be used for.".to_owned(),
        ],
        Step::Enrolled => vec![
            format!("The code in the registry is {pseudonym}. Researchers see it in place of a name."),
            if enrolment.withdrawn.is_some() {
                Withdrawal::NoContact.done().to_owned()
            } else {
                "You do not have to do anything now. If a study fits and you have allowed it, the staff of the registry write to you.".to_owned()
            },
            "You can change every permission below at any time. It takes effect straight away.".to_owned(),
        ],
        Step::Majority => vec![
            "This person is an adult now, so you cannot see or change anything here any more.".to_owned(),
            "They decide for themselves whether they still take part. Until then, no one new gets their data.".to_owned(),
        ],
        Step::Withdrawn(grade) => vec![grade.done().to_owned()],
    };
    let told = told
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect_view();
    let way_on = EnrolmentPage::of(step).map(|page| {
        view! {
            <p>
                <a class="button" href=paths::step(&address, page)>
                    "Continue"
                </a>
            </p>
        }
    });
    view! { <div>{told} {way_on}</div> }
}

/// The answers of step 1.
#[component]
fn Answers(address: String, enrolment: Enrolment) -> impl IntoView {
    let for_whom = enrolment.screening.for_whom();
    let rows: Vec<_> = enrolment
        .screening
        .asked()
        .filter_map(|question| {
            let answer = enrolment.screening.answer(question)?;
            let (asked, _) = words::question(question, for_whom);
            let path = paths::step(&address, EnrolmentPage::Screening(question));
            let change = enrolment.takes(question).then_some(path);
            Some(row(asked, words::answer(answer), change))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="answers-title">
                <h2 id="answers-title">"Your answers"</h2>
                <dl class="answers">{rows}</dl>
            </section>
        }
    })
}

/// What was signed.
#[component]
fn Signatures(address: String, signatures: Vec<Signature>, former: usize) -> impl IntoView {
    let page_of = |whom| match whom {
        DocumentFor::Consent(_) => EnrolmentPage::Consent,
        DocumentFor::Assent(_) => EnrolmentPage::Assent,
    };
    let pages: Vec<_> = signatures
        .iter()
        .map(|signature| page_of(signature.whom))
        .collect();
    let items: Vec<_> = signatures
        .into_iter()
        .enumerate()
        .map(|(at, signature)| {
            let (what, page) = (words::document(signature.whom), page_of(signature.whom));
            let read = format!("{what}, version {}", signature.version);
            // The page shows the last one of its kind, and a consent that is asked for before any other.
            let another = at < former && page == EnrolmentPage::Consent;
            let read = if another || pages[at + 1..].contains(&page) {
                view! { <span>{read}</span> }.into_any()
            } else {
                let path = paths::step(&address, page);
                view! { <a href=path>{read}</a> }.into_any()
            };
            view! {
                <li>
                    {read} ": signed by " {signature.name} ", "
                    <Moment time=signature.signed_at/>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section aria-labelledby="signed-title">
                <h2 id="signed-title">"What was signed"</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

/// What may be done, in words, and each answer.
#[component]
fn Permissions(address: String, enrolment: Enrolment) -> impl IntoView {
    let permissions = enrolment.permissions;
    let left = enrolment.withdrawn >= Some(Withdrawal::NoNewUse);
    let summary = enrolment
        .withdrawn
        .is_none()
        .then(|| view! { <p>{permissions.summary()}</p> });
    let rows: Vec<_> = permissions
        .asked()
        .filter_map(|permission| {
            let answer = permissions.answer(permission)?;
            let path = paths::step(&address, EnrolmentPage::Permissions(permission));
            Some(row(
                permission.question(),
                words::permission(answer),
                (!left).then_some(path),
            ))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="permissions-title">
                <h2 id="permissions-title">
                    {if left { "What was allowed" } else { "What is allowed" }}
                </h2>
                {summary}
                <dl class="answers">{rows}</dl>
            </section>
        }
    })
}

#[component]
fn Discard(participant: String) -> impl IntoView {
    view! {
        <Form<DiscardEnrolmentFields>
            heading="Delete these answers"
            text="You have not signed anything yet. If you delete these answers, you cannot get them back."
            danger=true
        >
            <Hidden name="participant" value=participant/>
            <Buttons>
                <Submit label="Delete" danger=true/>
            </Buttons>
        </Form<DiscardEnrolmentFields>>
    }
}
