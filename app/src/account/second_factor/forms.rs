//! The fields of the forms about a second factor, and what is wrong with them.

use domain::{FieldError, account::SecondFactorCode};
use serde::Deserialize;

use super::api;
use crate::{
    account::{forms::wrong, settings_forms::no_password},
    ui::form::PageForm,
};

fn no_password_or_code(present: &str, code: &str) -> Vec<FieldError> {
    let mut found = Vec::from_iter(no_password(present));
    wrong(&mut found, SecondFactorCode::parse("code", code));
    found
}

/// `/settings/second-factor`: begins.
#[derive(Clone, Debug, Deserialize)]
pub struct BeginFields {
    /// The password.
    pub present: String,
}

impl PageForm for BeginFields {
    type Call = api::Begin;
    const SECRET: &'static [&'static str] = &["present"];

    fn check(&self) -> Vec<FieldError> {
        Vec::from_iter(no_password(&self.present))
    }
}

/// `/settings/second-factor`: the first code.
#[derive(Clone, Debug, Deserialize)]
pub struct SetUpFields {
    /// From the app.
    pub code: String,
}

impl PageForm for SetUpFields {
    type Call = api::SetUp;
    const SECRET: &'static [&'static str] = &["code"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        wrong(&mut found, SecondFactorCode::parse("code", &self.code));
        found
    }
}

/// `/settings/second-factor`: other recovery codes.
#[derive(Clone, Debug, Deserialize)]
pub struct RecoveryCodesFields {
    /// The password.
    pub present: String,
    /// From the app, or a recovery code.
    pub code: String,
}

impl PageForm for RecoveryCodesFields {
    type Call = api::ReplaceRecoveryCodes;
    const SECRET: &'static [&'static str] = &["present", "code"];

    fn check(&self) -> Vec<FieldError> {
        no_password_or_code(&self.present, &self.code)
    }
}

/// `/settings/second-factor`: the end of it.
#[derive(Clone, Debug, Deserialize)]
pub struct TurnOffFields {
    /// The password.
    pub present: String,
    /// From the app, or a recovery code.
    pub code: String,
}

impl PageForm for TurnOffFields {
    type Call = api::TurnOff;
    const SECRET: &'static [&'static str] = &["present", "code"];

    fn check(&self) -> Vec<FieldError> {
        no_password_or_code(&self.present, &self.code)
    }
}
