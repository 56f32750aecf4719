//! `/admin/registry`

use domain::registry::{AccessDetails, AccessLine};
use leptos::prelude::*;

use super::{
    api::{self, DeskPart, DeskView},
    forms::FindParticipantFields,
    requests::Requests,
};
use crate::{
    account,
    page::{Column, Page, page_data, use_query_value, way},
    registry::paths,
    ui::{
        Moment, Pager,
        form::{Buttons, Form, Input, Submit},
    },
    wiki::AuthorName,
};

/// Where staff find a participant, and see who of them has looked at whom.
#[component]
pub fn RegistryDeskPage() -> impl IntoView {
    let (show, after) = (use_query_value("show"), use_query_value("after"));
    let looked_after = use_query_value("looked-after");
    let part = move || DeskPart {
        closed: show().as_deref() == Some("closed"),
        after: after(),
        looked_after: looked_after(),
    };
    let data = page_data(part, api::read_desk);
    view! {
        <Page
            data
            view=move |shown| {
                let part = untrack(part);
                view! { <Desk shown part/> }.into_any()
            }
        />
    }
}

#[component]
fn Desk(shown: DeskView, part: DeskPart) -> impl IntoView {
    let DeskView { accesses, requests } = shown;
    let links = vec![way("Settings", account::paths::SETTINGS)];
    let first = part.looked_after.map(|_| paths::desk_accesses(None));
    let next = accesses.next.map(|next| paths::desk_accesses(Some(&next)));
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
                <p>"In the last 90 days, by all staff, newest first."</p>
                <Accesses lines=accesses.lines/>
                <Pager first next/>
            </section>
            <Requests list=requests closed=part.closed continued=part.after.is_some()/>
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
