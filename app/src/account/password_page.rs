//! `/settings/password`

use leptos::prelude::*;

use super::{
    fields::{NewPasswordInput, PasswordInput},
    paths,
    settings_api::{self as api, GuardedPage},
    settings_forms::PasswordFields,
};
use crate::{
    page::{Column, Page, page_data, way},
    ui::form::{Buttons, Form, Submit, Username},
};

/// Where one changes one's password.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_own_email(GuardedPage::Password));
    view! { <Page data view=|email| view! { <Change email/> }.into_any()/> }
}

#[component]
fn Change(email: String) -> impl IntoView {
    let links = vec![way("Settings", paths::SETTINGS)];
    view! {
        <Column title="Change your password" links>
            <p>"You will be signed out everywhere else."</p>
            <Form<PasswordFields>>
                <Username value=email/>
                <PasswordInput name="present" label="Current password"/>
                <NewPasswordInput/>
                <Buttons>
                    <Submit label="Change password"/>
                </Buttons>
            </Form<PasswordFields>>
        </Column>
    }
}
