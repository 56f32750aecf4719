//! `/join`

use domain::site::TextKind;
use leptos::prelude::*;

use super::{
    api,
    fields::{CountryChoice, EmailInput, NewPasswordInput, RelationChoice},
    forms::JoinFields,
    paths,
};
use crate::{
    catalogue::ConditionInput,
    page::{Column, Page, page_data, use_query_value, way},
    site,
    ui::form::{Buttons, Form, Input, Submit, Tick},
};

/// Where an account begins.
#[component]
pub fn JoinPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_join());
    view! {
        <Page
            data
            view=move |()| {
                match done() {
                    Some(_) => view! { <Sent/> }.into_any(),
                    None => view! { <Join/> }.into_any(),
                }
            }
        />
    }
}

#[component]
fn Sent() -> impl IntoView {
    view! {
        <Column title="Check your email" links=vec![way("Join again", paths::JOIN)]>
            <p>"We have sent you an email with a link. Open it to begin. The link works for 24 hours."</p>
            <p>"Nothing there after some minutes? Check your spam folder, or join again."</p>
        </Column>
    }
}

#[component]
fn Join() -> impl IntoView {
    let links = vec![
        way("I have an account: sign in", paths::SIGN_IN),
        way("Privacy", site::paths::text(TextKind::Privacy)),
    ];
    view! {
        <Column title="Join" links>
            <p>
                "You can read without an account. With one you can write, meet others, and take part in research. Other members see the name that you choose, and nothing else about you unless you show it."
            </p>
            <Form<JoinFields>>
                <EmailInput hint="Nobody else sees it."/>
                <Input
                    name="name"
                    label="Name to show"
                    hint="Other members see it. It need not be your real name."
                    required=true
                    autocomplete="nickname"
                />
                <NewPasswordInput label="Password"/>
                <RelationChoice/>
                <ConditionInput label="The condition that brings you here"/>
                <CountryChoice/>
                <Tick name="age" label="I am at least 13 years old"/>
                <Tick
                    name="terms"
                    label="I have read how my data is treated, and agree to it"
                    hint="It is on the page “Privacy”, at the foot of every page."
                />
                <Buttons>
                    <Submit label="Join"/>
                </Buttons>
            </Form<JoinFields>>
        </Column>
    }
}
