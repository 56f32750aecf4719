//! Controls that several forms of an account have.

use domain::account::{Country, PASSWORD_SHORTEST, Relation};
use leptos::prelude::*;

use crate::ui::form::{Choice, Input};

/// An email address.
#[component]
pub(super) fn EmailInput(
    #[prop(default = "Email address")] label: &'static str,
    #[prop(optional, into)] hint: String,
    #[prop(default = "email")] autocomplete: &'static str,
) -> impl IntoView {
    view! { <Input name="email" label hint kind="email" required=true autocomplete/> }
}

/// The password that one has.
#[component]
pub(super) fn PasswordInput(
    #[prop(default = "password")] name: &'static str,
    #[prop(default = "Password")] label: &'static str,
) -> impl IntoView {
    view! { <Input name label kind="password" required=true autocomplete="current-password"/> }
}

/// A password that is chosen now.
#[component]
pub(super) fn NewPasswordInput(
    #[prop(default = "New password")] label: &'static str,
) -> impl IntoView {
    let hint =
        format!("At least {PASSWORD_SHORTEST} characters. Four or five unrelated words work well.");
    view! {
        <Input
            name="password"
            label
            hint
            kind="password"
            required=true
            autocomplete="new-password"
        />
    }
}

/// The second of two steps.
#[component]
pub(super) fn CodeInput(
    #[prop(default = "Code")] label: &'static str,
    #[prop(default = "Six digits from your app, or a recovery code.")] hint: &'static str,
) -> impl IntoView {
    view! { <Input name="code" label hint required=true autocomplete="one-time-code"/> }
}

const RATHER_NOT: &str = "I would rather not say";

/// How somebody is connected with rare disease.
#[component]
pub(super) fn RelationChoice(#[prop(optional, into)] value: String) -> impl IntoView {
    let mut options = vec![(String::new(), RATHER_NOT.to_owned())];
    options.extend(
        Relation::ALL.map(|relation| (relation.as_str().to_owned(), relation.label().to_owned())),
    );
    view! { <Choice name="relation" label="What brings you here?" options value/> }
}

/// Where somebody lives.
#[component]
pub(super) fn CountryChoice(#[prop(optional, into)] value: String) -> impl IntoView {
    let mut options = vec![(String::new(), RATHER_NOT.to_owned())];
    options.extend(
        Country::all().map(|country| (country.code().to_owned(), country.name().to_owned())),
    );
    view! { <Choice name="country" label="Country" options value autocomplete="country"/> }
}
