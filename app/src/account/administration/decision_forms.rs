//! The forms by which administrators and moderators warn and suspend. What they say differs.

use std::marker::PhantomData;

use domain::account::SuspensionLength;
use leptos::prelude::*;

use crate::ui::form::{Buttons, Choice, Form, Hidden, Input, PageForm, Submit};

/// Warns whose handle it is.
#[component]
pub fn WarnForm<F: PageForm>(
    handle: String,
    /// What it does.
    text: &'static str,
    /// What to bear in mind about the reason.
    hint: &'static str,
    #[prop(optional)] fields: PhantomData<F>,
) -> impl IntoView {
    let _ = fields;
    view! {
        <Form<F> heading="Warn" text>
            <Hidden name="handle" value=handle/>
            <Reason hint/>
            <Buttons>
                <Submit label="Warn"/>
            </Buttons>
        </Form<F>>
    }
}

/// Suspends whose handle it is.
#[component]
pub fn SuspendForm<F: PageForm>(
    handle: String,
    /// What it does.
    text: &'static str,
    /// For how long it can be.
    lengths: &'static [SuspensionLength],
    /// What to bear in mind about the reason.
    hint: &'static str,
    #[prop(optional)] fields: PhantomData<F>,
) -> impl IntoView {
    let _ = fields;
    let options = lengths
        .iter()
        .map(|length| (length.as_str().to_owned(), length.label().to_owned()))
        .collect::<Vec<_>>();
    view! {
        <Form<F> heading="Suspend" text danger=true>
            <Hidden name="handle" value=handle/>
            <Choice
                name="length"
                label="For how long?"
                options
                value=SuspensionLength::Week.as_str()
                required=true
            />
            <Reason hint/>
            <Buttons>
                <Submit label="Suspend" danger=true/>
            </Buttons>
        </Form<F>>
    }
}

/// Why. The person sees it.
#[component]
pub fn Reason(hint: &'static str) -> impl IntoView {
    view! { <Input name="reason" label="Reason" hint required=true/> }
}
