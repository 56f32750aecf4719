//! The fields of the forms of a person's own settings, and what is wrong with them.

use domain::{
    FieldError,
    account::{EmailAddress, Password, check_password_length},
};
use serde::Deserialize;

use super::{
    forms::{empty, wrong},
    settings_api as api,
};
use crate::ui::form::PageForm;

/// An open session alone is not enough for what takes an account over or ends it.
pub(super) fn no_password(present: &str) -> Option<FieldError> {
    empty("present", present, "Enter your current password.")
}

/// `/settings`
#[derive(Clone, Debug, Deserialize)]
pub struct AboutFields {
    /// How they are connected with rare disease.
    pub relation: String,
    /// Where they live.
    pub country: String,
}

impl PageForm for AboutFields {
    type Call = api::SaveAbout;
}

/// `/settings/password`
#[derive(Clone, Debug, Deserialize)]
pub struct PasswordFields {
    /// The password until now.
    pub present: String,
    /// The new one.
    pub password: String,
}

impl PageForm for PasswordFields {
    type Call = api::ChangePassword;
    const SECRET: &'static [&'static str] = &["present", "password"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::from_iter(no_password(&self.present));
        let password = Password::new(&*self.password);
        wrong(&mut found, check_password_length("password", &password));
        found
    }
}

/// `/settings/address`
#[derive(Clone, Debug, Deserialize)]
pub struct AddressFields {
    /// The new address.
    pub email: String,
    /// The password.
    pub present: String,
}

impl PageForm for AddressFields {
    type Call = api::ChangeAddress;
    const SECRET: &'static [&'static str] = &["present"];
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let mut found = Vec::new();
        wrong(&mut found, EmailAddress::parse("email", &self.email));
        found.extend(no_password(&self.present));
        found
    }
}

/// `/settings/devices`: one of the other devices.
#[derive(Clone, Debug, Deserialize)]
pub struct SignOutDeviceFields {
    /// Which: [`Device::id`](domain::account::Device::id).
    pub device: String,
}

impl PageForm for SignOutDeviceFields {
    type Call = api::SignOutDevice;
}

/// `/settings/devices`: all of the other devices.
#[derive(Clone, Debug, Deserialize)]
pub struct SignOutOthersFields {}

impl PageForm for SignOutOthersFields {
    type Call = api::SignOutOthers;
}

/// `/settings/delete`
#[derive(Clone, Debug, Deserialize)]
pub struct DeleteFields {
    /// The password.
    pub present: String,
    /// Whether what they wrote in discussions is erased, too.
    pub posts: bool,
}

impl PageForm for DeleteFields {
    type Call = api::DeleteAccount;
    const SECRET: &'static [&'static str] = &["present"];

    fn check(&self) -> Vec<FieldError> {
        Vec::from_iter(no_password(&self.present))
    }
}
