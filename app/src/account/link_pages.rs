//! `/confirm/{token}`, `/new-password/{token}` and `/new-address/{token}`: where the links of emails
//! lead.

use leptos::prelude::*;

use super::{
    api,
    fields::{NewPasswordInput, PasswordInput},
    forms::{ConfirmFields, NewAddressFields, NewPasswordFields, Purpose},
    paths,
};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit, Username},
};

/// An account begins.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    view! {
        <LinkPage
            purpose=Purpose::Join
            again=("Join again", paths::JOIN)
            view=|token, email| view! { <Confirm token email/> }.into_any()
        />
    }
}

/// A new password.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    view! {
        <LinkPage
            purpose=Purpose::Recover
            again=("Ask for another link", paths::FORGOTTEN_PASSWORD)
            view=|token, email| view! { <NewPassword token email/> }.into_any()
        />
    }
}

/// A new address.
#[component]
pub fn NewAddressPage() -> impl IntoView {
    view! {
        <LinkPage
            purpose=Purpose::ChangeEmail
            again=("Settings", paths::SETTINGS)
            view=|token, email| view! { <NewAddress token email/> }.into_any()
        />
    }
}

/// The page of a link, or the one that says that the link is not good.
#[component]
fn LinkPage(
    purpose: Purpose,
    again: (&'static str, &'static str),
    view: fn(String, String) -> AnyView,
) -> impl IntoView {
    let token = use_part("token");
    let data = page_data(token, move |token| api::read_link(purpose, token));
    let view = move |email: Option<String>| match email {
        Some(email) => view(untrack(token), email),
        None => view! { <NotGood again/> }.into_any(),
    };
    view! { <Page data view/> }
}

#[component]
fn NotGood(again: (&'static str, &'static str)) -> impl IntoView {
    let links = vec![way(again.0, again.1), way("Sign in", paths::SIGN_IN)];
    view! {
        <Column title="This link does not work any more" links>
            <p>
                "It has been used, or it is too old, or a part of it is missing. If you have just used it, all is well."
            </p>
        </Column>
    }
}

#[component]
fn Confirm(token: String, email: String) -> impl IntoView {
    let links = vec![way("I have forgotten it: join again", paths::JOIN)];
    view! {
        <Column title="Confirm your address" links>
            <p>"Enter the password that you chose when you joined. Then you are signed in."</p>
            <Form<ConfirmFields>>
                <Hidden name="token" value=token/>
                <Username value=email/>
                <PasswordInput/>
                <Buttons>
                    <Submit label="Confirm and sign in"/>
                </Buttons>
            </Form<ConfirmFields>>
        </Column>
    }
}

#[component]
fn NewPassword(token: String, email: String) -> impl IntoView {
    view! {
        <Column title="Choose a new password">
            <p>"You will be signed out everywhere else."</p>
            <Form<NewPasswordFields>>
                <Hidden name="token" value=token/>
                <Username value=email/>
                <NewPasswordInput/>
                <Buttons>
                    <Submit label="Set the password"/>
                </Buttons>
            </Form<NewPasswordFields>>
        </Column>
    }
}

#[component]
fn NewAddress(token: String, email: String) -> impl IntoView {
    view! {
        <Column title="Confirm your new address">
            <p>{format!("From now on our email goes to {email}, and you sign in with it.")}</p>
            <Form<NewAddressFields>>
                <Hidden name="token" value=token/>
                <Buttons>
                    <Submit label="Use this address"/>
                </Buttons>
            </Form<NewAddressFields>>
        </Column>
    }
}
