//! `/admin/registry/{pseudonym}`

use domain::{
    account::Country,
    registry::{
        DeskParticipant, Identity, OpenAccess, SignedDocument, Withdrawal, screening::Contact,
    },
    time::CalendarDate,
};
use leptos::prelude::*;

use super::{
    api,
    forms::{BreakGlassFields, CloseAccessFields},
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value, way},
    registry::paths,
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
};

/// How far a participant is, and who they are while an access is open.
#[component]
pub fn ParticipantPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("pseudonym"), api::read_participant);
    view! {
        <Page
            data
            view=move |participant| {
                let closed = untrack(done).as_deref() == Some("closed");
                view! { <Participant participant closed/> }.into_any()
            }
        />
    }
}

#[component]
fn Participant(participant: DeskParticipant, closed: bool) -> impl IntoView {
    let code = participant.pseudonym.clone();
    let notice = (closed && participant.access.is_none())
        .then(|| "Access is closed. You do not see who it is any more.".to_owned());
    let has_identity = participant.has_identity;
    let access = participant.access.clone();
    let who = match access {
        Some(access) => view! { <Open code=code.clone() access/> }.into_any(),
        None if has_identity => view! { <BreakGlass code=code.clone()/> }.into_any(),
        None => view! {
            <section aria-labelledby="identity-title">
                <h2 id="identity-title">"Who it is"</h2>
                <p>"The name and the contact details were deleted. No one can see them any more."</p>
            </section>
        }
        .into_any(),
    };
    let links = vec![way("Registry desk", paths::DESK)];
    view! {
        <Column title=code notice links>
            <State participant/>
            {who}
        </Column>
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

#[component]
fn State(participant: DeskParticipant) -> impl IntoView {
    let DeskParticipant {
        begun,
        state,
        withdrawn,
        signed,
        is_contacted,
        is_in_use,
        ..
    } = participant;
    let withdrawn = withdrawn.map_or("No", |grade| match grade {
        Withdrawal::NoContact => "Yes: no more contact",
        Withdrawal::NoNewUse => "Yes: no contact and no new use",
        Withdrawal::Deletion => "Yes: the data were deleted",
    });
    view! {
        <section aria-labelledby="state-title">
            <h2 id="state-title">"State"</h2>
            <dl class="facts">
                <dt>"Started"</dt>
                <dd>{begun.spelled()}</dd>
                <dt>"Step"</dt>
                <dd>{state.label()}</dd>
                <dt>"Consent taken back"</dt>
                <dd>{withdrawn}</dd>
                <dt>"May be contacted"</dt>
                <dd>{yes_or_no(is_contacted)}</dd>
                <dt>"Data in use"</dt>
                <dd>{yes_or_no(is_in_use)}</dd>
            </dl>
            <h3>"What was signed"</h3>
            <Signed signed/>
        </section>
    }
}

#[component]
fn Signed(signed: Vec<SignedDocument>) -> impl IntoView {
    if signed.is_empty() {
        return view! { <p>"Nothing so far."</p> }.into_any();
    }
    let items = signed
        .into_iter()
        .map(|document| {
            let what = if document.is_assent {
                "Assent"
            } else {
                "Consent"
            };
            view! {
                <li>
                    {format!("{what}, version {}, ", document.version)}
                    <Moment time=document.at/>
                </li>
            }
        })
        .collect_view();
    view! { <ul>{items}</ul> }.into_any()
}

#[component]
fn BreakGlass(code: String) -> impl IntoView {
    view! {
        <Form<BreakGlassFields>
            heading="See who it is"
            text="Only do this if you cannot help without it. You will see the name and the contact details for one hour. The participant gets an email and can read your reason. Other staff see it too."
        >
            <Hidden name="participant" value=code/>
            <Input
                name="reason"
                label="Why do you need to know?"
                hint="One line of 10 to 500 characters. Do not write anything about health."
                required=true
                autocomplete="off"
            />
            <Input
                name="code"
                label="Code"
                hint="Six digits from your app, or a recovery code. Each code works once."
                required=true
                autocomplete="one-time-code"
            />
            <Buttons>
                <Submit label="Show for one hour" danger=true/>
            </Buttons>
        </Form<BreakGlassFields>>
    }
}

#[component]
fn Open(code: String, access: OpenAccess) -> impl IntoView {
    let OpenAccess { expires, identity } = access;
    let shown = match identity {
        Some(identity) => view! { <Who identity/> }.into_any(),
        None => view! {
            <p>"The name and the contact details were deleted. No one can see them any more."</p>
        }
        .into_any(),
    };
    view! {
        <section aria-labelledby="identity-title">
            <h2 id="identity-title">"Who it is"</h2>
            {shown}
            <p>
                "You see this until " <Moment time=expires/>
                ". Do not tell anyone who does not need to know."
            </p>
        </section>
        <Form<CloseAccessFields>>
            <Hidden name="participant" value=code/>
            <Buttons>
                <Submit label="Close access"/>
            </Buttons>
        </Form<CloseAccessFields>>
    }
}

const UNKNOWN: &str = "Not given";

#[component]
fn Who(identity: Identity) -> impl IntoView {
    let Identity {
        name,
        contact,
        email,
        birth_date,
        country,
        relationship,
    } = identity;
    let or_unknown = |given: Option<String>| given.unwrap_or_else(|| UNKNOWN.to_owned());
    let contact = match (contact, email) {
        (Some(Contact::Phone(number)), _) => format!("By phone: {number}"),
        (Some(Contact::Email), Some(address)) => format!("By email: {address}"),
        _ => UNKNOWN.to_owned(),
    };
    view! {
        <dl class="facts">
            <dt>"Signed by"</dt>
            <dd>{or_unknown(name)}</dd>
            <dt>"Contact"</dt>
            <dd>{contact}</dd>
            <dt>"Date of birth"</dt>
            <dd>{or_unknown(birth_date.map(CalendarDate::spelled))}</dd>
            <dt>"Country"</dt>
            <dd>{country.map_or(UNKNOWN, Country::name)}</dd>
            {relationship
                .map(|relationship| {
                    view! {
                        <dt>"Relationship, in their words"</dt>
                        <dd>{relationship.label()}</dd>
                    }
                })}
        </dl>
    }
}
