//! `/sign-in`

use leptos::prelude::*;

use super::{
    api::{self, SignInStep, SignInView},
    fields::{CodeInput, EmailInput, PasswordInput},
    forms::{CodeFields, SignInFields},
    paths,
};
use crate::{
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, FormState, Hidden, PageForm, Submit, use_found},
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

/// The step that a form of this page was answered with.
fn next_step(state: &FormState) -> Option<SignInView> {
    let is_code = state.form == CodeFields::name();
    if !is_code && state.form != SignInFields::name() {
        return None;
    }
    if let Some(result) = &state.result {
        return serde_json::from_slice(result.as_bytes()).ok();
    }
    let value = |name| state.value(name).unwrap_or_default().to_owned();
    is_code.then(|| SignInView {
        next: value("next"),
        kept: Some(value("kept")).filter(|kept| !kept.is_empty()),
        step: SignInStep::Code {
            begun: value("begun"),
        },
    })
}

#[component]
fn SignIn(data: SignInView, done: Option<String>) -> impl IntoView {
    let found = use_found(next_step);
    let (data, done) = (StoredValue::new(data), StoredValue::new(done));
    move || {
        let done = done.get_value();
        match found.try_get().flatten() {
            Some(SignInView {
                next,
                kept,
                step: SignInStep::Code { begun },
            }) => view! { <Code begun next kept/> }.into_any(),
            Some(data) => view! { <WithPassword data done/> }.into_any(),
            None => view! { <WithPassword data=data.get_value() done/> }.into_any(),
        }
    }
}

#[component]
fn WithPassword(data: SignInView, done: Option<String>) -> impl IntoView {
    let waits = data.kept.is_some();
    let notice = match done.as_deref() {
        _ if data.step == SignInStep::Again => {
            Some("That took too long, or too many codes were wrong. Enter your password again.")
        }
        Some("address") => Some("Your new address is confirmed."),
        Some("deleted") => Some("Your account is deleted."),
        Some("password") => Some("Your password is changed. Sign in with it, and with a code."),
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

#[component]
fn Code(begun: String, next: String, kept: Option<String>) -> impl IntoView {
    view! {
        <Column title="Enter your code">
            <p tabindex="-1" data-news="">
                "Your password is right. Now enter the code that your app shows. If you do not have your phone, use a recovery code."
            </p>
            <Form<CodeFields> plain=kept.is_some() action=paths::SIGN_IN>
                <Hidden name="begun" value=begun/>
                <CodeInput/>
                <Hidden name="next" value=next/>
                <Hidden name="kept" value=kept.unwrap_or_default()/>
                <Buttons>
                    <Submit label="Sign in"/>
                </Buttons>
            </Form<CodeFields>>
        </Column>
    }
}
