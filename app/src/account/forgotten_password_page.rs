//! `/forgotten-password`

use leptos::prelude::*;

use super::{fields::EmailInput, forms::ForgottenPasswordFields, paths};
use crate::{
    page::{Column, use_query_value, way},
    ui::form::{Buttons, Form, Submit},
};

/// For those who have forgotten their password.
#[component]
pub fn ForgottenPasswordPage() -> impl IntoView {
    let done = use_query_value("done");
    move || match done() {
        Some(_) => view! { <Sent/> }.into_any(),
        None => view! { <Ask/> }.into_any(),
    }
}

#[component]
fn Sent() -> impl IntoView {
    let links = vec![way("Try another address", paths::FORGOTTEN_PASSWORD)];
    view! {
        <Column title="Check your email" links>
            <p>
                "If the address has an account, an email with a link is on its way. The link works for one hour."
            </p>
        </Column>
    }
}

#[component]
fn Ask() -> impl IntoView {
    view! {
        <Column title="Forgotten password" links=vec![way("Sign in", paths::SIGN_IN)]>
            <p>"We send you a link with which you can choose a new one."</p>
            <Form<ForgottenPasswordFields>>
                <EmailInput/>
                <Buttons>
                    <Submit label="Send the link"/>
                </Buttons>
            </Form<ForgottenPasswordFields>>
        </Column>
    }
}
