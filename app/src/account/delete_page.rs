//! `/settings/delete`

use leptos::prelude::*;

use super::{
    fields::PasswordInput,
    paths,
    settings_api::{self as api, GuardedPage},
    settings_forms::DeleteFields,
};
use crate::{
    page::{Column, Page, page_data, way},
    ui::form::{Buttons, Form, Submit, Tick, Username},
};

/// Where an account ends.
#[component]
pub fn DeletePage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_own_email(GuardedPage::Delete));
    view! { <Page data view=|email| view! { <Delete email/> }.into_any()/> }
}

#[component]
fn Delete(email: String) -> impl IntoView {
    let links = vec![way("Settings", paths::SETTINGS)];
    view! {
        <Column title="Delete your account" links>
            <p>
                "We remove your email address, your name and everything else about you immediately, and sign you out everywhere. What you wrote about conditions stays on the site, without your name. If you have enrolled anyone in the patient registry, the answers are erased; what was signed and allowed is kept, encrypted, as the consent says. You cannot undo this."
            </p>
            <Form<DeleteFields> danger=true>
                <Username value=email/>
                <PasswordInput name="present" label="Current password"/>
                <Tick
                    name="posts"
                    label="Also erase what I wrote in discussions"
                    hint="Otherwise it stays without your name, and no one can delete it later."
                />
                <Buttons>
                    <Submit label="Delete my account" danger=true/>
                </Buttons>
            </Form<DeleteFields>>
        </Column>
    }
}
