use leptos::prelude::*;

use super::{
    api::{self, SecondFactorView, State},
    forms::{BeginFields, RecoveryCodesFields, SetUpFields, TurnOffFields},
    qr_code::{QrCode, QrCodeImage},
};
use crate::{
    account::{
        fields::{CodeInput, PasswordInput},
        paths,
    },
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Date,
        form::{Buttons, Form, FormState, PageForm, Submit, Username, use_found},
    },
};

const TITLE: &str = "Two-step sign-in";

/// What somebody with a role reads until they have a second factor.
pub const SECOND_FACTOR_FIRST: &str = "Your role needs two-step sign-in. Until you set it up, you can read, but you cannot write or decide.";

/// Where one sets up a second factor, and turns it off.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_second_factor());
    view! {
        <Page
            data
            view=move |shown| {
                let done = done();
                view! { <Shown shown done/> }.into_any()
            }
        />
    }
}

/// The recovery codes that a form has made.
fn recovery_codes(state: &FormState) -> Option<Vec<String>> {
    let made = [SetUpFields::name(), RecoveryCodesFields::name()];
    if !made.contains(&state.form.as_str()) {
        return None;
    }
    serde_json::from_slice(state.result.as_ref()?.as_bytes()).ok()
}

#[component]
fn Shown(shown: SecondFactorView, done: Option<String>) -> impl IntoView {
    let codes = use_found(recovery_codes);
    let (shown, done) = (StoredValue::new(shown), StoredValue::new(done));
    move || {
        if let Some(codes) = codes.try_get().flatten() {
            return view! { <RecoveryCodes codes/> }.into_any();
        }
        let (shown, done) = (shown.get_value(), done.get_value());
        view! { <Stage shown done/> }.into_any()
    }
}

#[component]
fn RecoveryCodes(codes: Vec<String>) -> impl IntoView {
    let links = vec![way("I have kept them: go to settings", paths::SETTINGS).outside_router()];
    let codes = codes
        .into_iter()
        .map(|code| view! { <li><code>{code}</code></li> })
        .collect_view();
    view! {
        <Column title="Keep your recovery codes" links>
            <p tabindex="-1" data-news="">
                "Two-step sign-in is on. If you lose your phone, each of these codes signs you in once. We show them only now: print them, or save them in a password manager, not only on your phone."
            </p>
            <ul class="recovery-codes">{codes}</ul>
        </Column>
    }
}

#[component]
fn Stage(shown: SecondFactorView, done: Option<String>) -> impl IntoView {
    let SecondFactorView {
        email,
        is_awaited,
        state,
    } = shown;
    let notice = match (done.as_deref(), &state) {
        (Some("off"), State::Off) => Some("Two-step sign-in is off."),
        (Some("again"), State::Off) => Some("That took too long. Please start again."),
        _ if is_awaited => Some(SECOND_FACTOR_FIRST),
        _ => None,
    };
    let links = vec![way("Settings", paths::SETTINGS)];
    let stage = match state {
        State::Off => view! { <Off email/> }.into_any(),
        State::Begun {
            secret,
            address,
            code,
        } => view! { <Begun secret address code/> }.into_any(),
        State::On {
            since,
            recovery_codes,
        } => view! { <On email since recovery_codes/> }.into_any(),
    };
    view! {
        <Column title=TITLE notice=notice.map(str::to_owned) links>
            {stage}
        </Column>
    }
}

#[component]
fn Off(email: String) -> impl IntoView {
    view! {
        <p>
            "With two-step sign-in, your password is not enough to sign in: we also ask for a six-digit code from an app on your phone. Someone who finds out your password still cannot get in."
        </p>
        <p>
            "You need an app that makes such codes. Your password manager may be one; otherwise search your app store for “authenticator”."
        </p>
        <Form<BeginFields>>
            <Username value=email/>
            <PasswordInput name="present" label="Current password"/>
            <Buttons>
                <Submit label="Start"/>
            </Buttons>
        </Form<BeginFields>>
    }
}

#[component]
fn Begun(secret: String, address: String, code: QrCode) -> impl IntoView {
    view! {
        <p>"Two steps are left. They take a minute."</p>
        <div>
            <h2>"1. Add this site to your app"</h2>
            <p>"Scan this code with the app:"</p>
            <QrCodeImage code label="QR code for your app. The same key is below as text."/>
            <p>
                "If you are reading this on your phone, " <a href=address rel="external">"open the app"</a>
                ". You can also type this key into the app:"
            </p>
            <p class="secret">
                <code>{secret}</code>
            </p>
        </div>
        <Form<SetUpFields> heading="2. Enter the code that the app shows">
            <CodeInput label="Six-digit code" hint=""/>
            <Buttons>
                <Submit label="Turn on"/>
            </Buttons>
        </Form<SetUpFields>>
    }
}

#[component]
fn On(email: String, since: domain::time::Timestamp, recovery_codes: u32) -> impl IntoView {
    let left = match recovery_codes {
        0 => "You have no recovery codes left.".to_owned(),
        1 => "You have one recovery code left.".to_owned(),
        left => format!("You have {left} recovery codes left."),
    };
    let email_again = email.clone();
    view! {
        <p>"Two-step sign-in has been on since " <Date time=since/> ". " {left}</p>
        <Form<RecoveryCodesFields>
            heading="Get new recovery codes"
            text="Your old recovery codes will stop working."
        >
            <Username value=email/>
            <PasswordInput name="present" label="Current password"/>
            <CodeInput/>
            <Buttons>
                <Submit label="Get new codes"/>
            </Buttons>
        </Form<RecoveryCodesFields>>
        <Form<TurnOffFields>
            heading="Turn off two-step sign-in"
            text="To move to another phone, turn it off here, then set it up again."
            danger=true
        >
            <Username value=email_again/>
            <PasswordInput name="present" label="Current password"/>
            <CodeInput/>
            <Buttons>
                <Submit label="Turn off" danger=true/>
            </Buttons>
        </Form<TurnOffFields>>
    }
}
