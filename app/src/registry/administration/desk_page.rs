//! `/admin/registry`

use domain::registry::{AccessDetails, AccessLine};
use leptos::prelude::*;

use super::{
    api::{self, DeskView},
    forms::FindParticipantFields,
    requests::Requests,
};
use crate::{
    account,
    page::{Column, Page, page_data, way},
    registry::paths,
    ui::{
        Moment,
        form::{Buttons, Form, Input, Submit},
    },
    wiki::AuthorName,
};

/// Where staff find a participant, and see who of them has looked at whom.
#[component]
pub fn RegistryDeskPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_desk());
    view! { <Page data view=|shown| view! { <Desk shown/> }.into_any()/> }
}

#[component]
fn Desk(shown: DeskView) -> impl IntoView {
    let DeskView { accesses, requests } = shown;
    let links = vec![way("Settings", account::paths::SETTINGS)];
    view! {
        <Column title="Registry desk" links>
            <Form<FindParticipantFields> heading="Find a participant">
                <Input
                    name="code"
                    label="Code of the participant"
                    hint="For example RS-4H7K2M9X01. Capital letters, spaces and hyphens do not matter."
                    required=true
                    autocomplete="off"
                />
                <Buttons>
                    <Submit label="Find"/>
                </Buttons>
            </Form<FindParticipantFields>>
            <section aria-labelledby="accesses-title">
                <h2 id="accesses-title">"Who has looked at contact details"</h2>
                <p>"In the last 90 days, by all staff, newest first. At most 100 are shown."</p>
                <Accesses lines=accesses/>
            </section>
            <Requests requests/>
        </Column>
    }
}

#[component]
fn Accesses(lines: Vec<AccessLine>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p>"No one."</p> }.into_any();
    }
    let lines = lines
        .into_iter()
        .map(|line| {
            let AccessLine {
                pseudonym,
                on,
                details,
            } = line;
            let told = match details {
                Some(details) => view! { <Details details/> }.into_any(),
                None => view! {
                    <div class="soft">{on.spelled()} ". The key to who it was and why is lost."</div>
                }
                .into_any(),
            };
            view! {
                <li>
                    <a class="title" href=paths::desk_participant(&pseudonym)>
                        {pseudonym.clone()}
                    </a>
                    {told}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="topics">{lines}</ol> }.into_any()
}

#[component]
fn Details(details: AccessDetails) -> impl IntoView {
    let AccessDetails {
        at,
        by,
        reason,
        state,
    } = details;
    view! {
        <div>
            <q>{reason}</q>
        </div>
        <div class="soft">
            <AuthorName author=by fallback="A deleted account"/>
            ", "
            <Moment time=at/>
            ". "
            {state.label()}
            "."
        </div>
    }
}
