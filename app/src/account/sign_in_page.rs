//! `/sign-in`

use leptos::prelude::*;

use super::{
    api::{self, SignInView},
    fields::{EmailInput, PasswordInput},
    forms::SignInFields,
    paths,
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where one signs in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let (next, done) = (use_query_value("next"), use_query_value("done"));
    let data = page_data(next, api::read_sign_in);
    view! {
        <Page
            data
            view=move |data| {
                let done = done();
                view! { <SignIn data done/> }.into_any()
            }
        />
    }
}

#[component]
fn SignIn(data: SignInView, done: Option<String>) -> impl IntoView {
    let waits = data.kept.is_some();
    let notice = match done.as_deref() {
        Some("address") => Some("Your new address is confirmed."),
        Some("deleted") => Some("Your account is deleted."),
        _ if waits => Some("Sign in to continue. What you entered is kept."),
        _ => None,
    };
    let links = vec![
        way("I have forgotten my password", paths::FORGOTTEN_PASSWORD),
        way("I have no account: join", paths::JOIN),
    ];
    view! {
        <Column title="Sign in" notice=notice.map(str::to_owned) links>
            // The page of the form that waits comes back: the browser loads it.
            <Form<SignInFields> plain=waits action=paths::SIGN_IN>
                <EmailInput autocomplete="username"/>
                <PasswordInput/>
                <Hidden name="next" value=data.next/>
                <Hidden name="kept" value=data.kept.unwrap_or_default()/>
                <Buttons>
                    <Submit label="Sign in"/>
                </Buttons>
            </Form<SignInFields>>
        </Column>
    }
}
