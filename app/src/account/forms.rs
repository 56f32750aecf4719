//! The fields of the forms of an account, and what is wrong with them.

use domain::{
    Error, FieldError,
    account::{
        EmailAddress, LinkPurpose, Password, SecondFactorCode, check_password_length,
        display_name_shape,
    },
};
use serde::{Deserialize, Serialize};

use super::api;
use crate::ui::form::PageForm;

/// What a link in an email is for, as its page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Confirm an address.
    Join,
    /// Choose a new password.
    Recover,
    /// Confirm a new address.
    ChangeEmail,
}

impl From<Purpose> for LinkPurpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Join => Self::Join,
            Purpose::Recover => Self::Recover,
            Purpose::ChangeEmail => Self::ChangeEmail,
        }
    }
}

/// Collects what is wrong with several fields.
pub(super) fn wrong<T>(found: &mut Vec<FieldError>, checked: domain::Result<T>) -> Option<T> {
    match checked {
        Ok(value) => Some(value),
        Err(Error::Invalid { fields }) => {
            found.extend(fields);
            None
        }
        Err(_) => None,
    }
}

fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

pub(super) fn empty(field: &str, value: &str, message: &str) -> Option<FieldError> {
    value.trim().is_empty().then(|| error(field, message))
}

/// `/join`
#[derive(Clone, Debug, Deserialize)]
pub struct JoinFields {
    /// Where the link goes.
    pub email: String,
    /// The name that others see.
    pub name: String,
    /// The password they choose.
    pub password: String,
    /// How they are connected with rare disease.
    pub relation: String,
    /// The condition that brings them here.
    pub condition: String,
    /// Where they live.
    pub country: String,
    /// Whether they are old enough.
    pub age: bool,
    /// Whether they agree.
    pub terms: bool,
}

impl PageForm for JoinFields {
    type Call = api::Join;
    const SECRET: &'static [&'static str] = &["password"];
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        wrong(&mut found, EmailAddress::parse("email", &self.email));
        wrong(&mut found, display_name_shape("name", &self.name));
        let password = Password::new(&*self.password);
        wrong(&mut found, check_password_length("password", &password));
        if !self.age {
            found.push(error(
                "age",
                "You need to be at least 13 years old to join.",
            ));
        }
        if !self.terms {
            found.push(error(
                "terms",
                "Please read how your data is treated, and agree.",
            ));
        }
        found
    }
}

/// `/confirm/{token}`
#[derive(Clone, Debug, Deserialize)]
pub struct ConfirmFields {
    /// The link's.
    pub token: String,
    /// The password that they chose when they joined.
    pub password: String,
}

impl PageForm for ConfirmFields {
    type Call = api::Confirm;
    const SECRET: &'static [&'static str] = &["password"];

    fn check(&self) -> Vec<FieldError> {
        empty("password", &self.password, "Enter your password.")
            .into_iter()
            .collect()
    }
}

/// `/sign-in`
#[derive(Clone, Debug, Deserialize)]
pub struct SignInFields {
    /// Whose account.
    pub email: String,
    /// The password.
    pub password: String,
    /// Where to go on.
    pub next: String,
    /// A form that waits.
    pub kept: String,
}

impl PageForm for SignInFields {
    type Call = api::SignIn;
    const SECRET: &'static [&'static str] = &["password"];

    fn check(&self) -> Vec<FieldError> {
        empty("email", &self.email, "Enter your email address.")
            .into_iter()
            .collect()
    }
}

/// `/sign-in`: the second step.
#[derive(Clone, Debug, Deserialize)]
pub struct CodeFields {
    /// What the first step gave.
    pub begun: String,
    /// From an app, or a recovery code.
    pub code: String,
    /// Where to go on.
    pub next: String,
    /// A form that waits.
    pub kept: String,
}

impl PageForm for CodeFields {
    type Call = api::EnterCode;
    const SECRET: &'static [&'static str] = &["code"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        wrong(&mut found, SecondFactorCode::parse("code", &self.code));
        found
    }
}

/// `/sign-out`
#[derive(Clone, Debug, Deserialize)]
pub struct SignOutFields {}

impl PageForm for SignOutFields {
    type Call = api::SignOut;
}

/// `/forgotten-password`
#[derive(Clone, Debug, Deserialize)]
pub struct ForgottenPasswordFields {
    /// Where the link goes.
    pub email: String,
}

impl PageForm for ForgottenPasswordFields {
    type Call = api::ForgottenPassword;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        wrong(&mut found, EmailAddress::parse("email", &self.email));
        found
    }
}

/// `/new-password/{token}`
#[derive(Clone, Debug, Deserialize)]
pub struct NewPasswordFields {
    /// The link's.
    pub token: String,
    /// The new password.
    pub password: String,
}

impl PageForm for NewPasswordFields {
    type Call = api::NewPassword;
    const SECRET: &'static [&'static str] = &["password"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        let password = Password::new(&*self.password);
        wrong(&mut found, check_password_length("password", &password));
        found
    }
}

/// `/new-address/{token}`
#[derive(Clone, Debug, Deserialize)]
pub struct NewAddressFields {
    /// The link's.
    pub token: String,
}

impl PageForm for NewAddressFields {
    type Call = api::NewAddress;
}
