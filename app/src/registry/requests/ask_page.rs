//! `/registry/researchers/ask`: researchers write to the staff of the registry.

use domain::registry::OutsideRegistry;
use leptos::prelude::*;

use super::{api, forms::AskRegistryFields};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    registry::{outside::Visit, paths},
    ui::form::{Buttons, Form, Input, LongText, Submit},
};

/// For researchers, with an account or without.
#[component]
pub fn AskRegistryPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_ask_page());
    let view = |outside| match outside {
        Some(registry) => view! { <Elsewhere registry/> }.into_any(),
        None => view! { <Ask/> }.into_any(),
    };
    // What was sent needs nothing more from the server.
    move || match done() {
        Some(_) => view! { <Sent/> }.into_any(),
        None => view! { <Page data view/> }.into_any(),
    }
}

fn links() -> Vec<crate::ui::Link> {
    vec![way("For researchers", paths::RESEARCHERS)]
}

#[component]
fn Elsewhere(registry: OutsideRegistry) -> impl IntoView {
    let asked = format!(
        "People enrol in {}, on another site. Ask the staff of that registry.",
        registry.name
    );
    let words = format!("Visit {}", registry.name);
    view! {
        <Column title="Write to the registry" links=links()>
            <p>{asked}</p>
            <Visit registry words/>
        </Column>
    }
}

#[component]
fn Sent() -> impl IntoView {
    view! {
        <Column title="We have your request" links=links()>
            <p>
                "The staff of the registry will read it and answer by email. If you do not hear from us, check your spam folder, then write again."
            </p>
        </Column>
    }
}

#[component]
fn Ask() -> impl IntoView {
    view! {
        <Column title="Write to the registry" links=links()>
            <p>
                "Ask us about a study, or tell us what you plan. Do not write anything about single patients. Only the staff of the registry read this. We delete it a year after we have dealt with it."
            </p>
            <Form<AskRegistryFields>>
                <Input name="name" label="Your name" required=true autocomplete="name"/>
                <Input
                    name="organisation"
                    label="Organisation"
                    hint="For example your university, hospital or company."
                    required=true
                    autocomplete="organization"
                />
                <Input
                    name="email"
                    label="Email address"
                    hint="We answer to this address, and use it for nothing else."
                    kind="email"
                    required=true
                    autocomplete="email"
                />
                <LongText
                    name="text"
                    label="What do you want to find out?"
                    hint="Say which conditions, which data and about how many people."
                    required=true
                />
                <Buttons>
                    <Submit label="Send"/>
                </Buttons>
            </Form<AskRegistryFields>>
        </Column>
    }
}
