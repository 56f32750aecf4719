//! `/settings/address`

use leptos::prelude::*;

use super::{
    fields::{EmailInput, PasswordInput},
    paths,
    settings_api::{self as api, GuardedPage},
    settings_forms::AddressFields,
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, Submit},
};

/// Where one changes one's email address.
#[component]
pub fn AddressPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_own_email(GuardedPage::Address));
    view! {
        <Page
            data
            view=move |email| {
                match done() {
                    Some(_) => view! { <Sent/> }.into_any(),
                    None => view! { <Change email/> }.into_any(),
                }
            }
        />
    }
}

#[component]
fn Sent() -> impl IntoView {
    let links = vec![way("Settings", paths::SETTINGS)];
    view! {
        <Column title="Check your email" links>
            <p>
                "We have sent a link to your new address. Open it within 24 hours to start using that address here."
            </p>
        </Column>
    }
}

#[component]
fn Change(email: String) -> impl IntoView {
    let links = vec![way("Settings", paths::SETTINGS)];
    view! {
        <Column title="Change your email address" links>
            <p>{format!("Your email address is {email}.")}</p>
            <Form<AddressFields>>
                <EmailInput label="New email address"/>
                <PasswordInput name="present" label="Current password"/>
                <Buttons>
                    <Submit label="Send the link"/>
                </Buttons>
            </Form<AddressFields>>
        </Column>
    }
}
