//! What the pages of a person's own settings get from the server, and what becomes of their forms.

use domain::account::{Activity, Device, Relation, Suspension};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::{
    moderation::ModerationView,
    paths,
    settings_forms::{
        AboutFields, AddressFields, DeleteFields, PasswordFields, SignOutDeviceFields,
        SignOutOthersFields,
    },
};
#[cfg(feature = "ssr")]
use crate::{
    account::{self, entering},
    context,
    ui::form::Done,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    account::{Country, EmailAddress, Password},
    policy::{Action, permit},
};

/// What the first page of the settings shows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that the person does here, and none excludes another"
)]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettingsView {
    /// Where email goes.
    pub email: String,
    /// How the person is connected with rare disease.
    pub relation: Option<Relation>,
    /// The two letters of where they live.
    pub country: Option<String>,
    /// Until when and why the account is suspended, if it is.
    pub suspension: Option<Suspension>,
    /// What was done with the account, the latest first.
    pub moderation: Vec<ModerationView>,
    /// Whether they manage the accounts of others.
    pub manages_accounts: bool,
    /// Whether they look at what waits, and decide about requests for communities.
    pub decides_requests: bool,
    /// Whether they decide about what is reported.
    pub decides_reports: bool,
    /// Whether they decide about texts that are held back.
    pub decides_held_texts: bool,
    /// Whether they are staff of the registry.
    pub is_registry_staff: bool,
    /// Whether they have a role that waits for their second factor.
    pub awaits_second_factor: bool,
}

/// Where one is signed in, and was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DevicesView {
    /// Browsers, the latest used first.
    pub devices: Vec<Device>,
    /// Sign-ins and sign-outs, the latest first.
    pub activity: Vec<Activity>,
}

/// A page with a form that asks for the current password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuardedPage {
    /// A new password.
    Password,
    /// A new email address.
    Address,
    /// The end of the account.
    Delete,
}

impl GuardedPage {
    /// Where it is.
    pub fn path(self) -> &'static str {
        match self {
            Self::Password => paths::PASSWORD,
            Self::Address => paths::ADDRESS,
            Self::Delete => paths::DELETE,
        }
    }
}

/// The account of who is signed in.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/settings-page")]
pub async fn read_settings() -> Result<Answer<SettingsView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let account = services.accounts.account(actor).await;
    Ok(
        account::for_members(account, paths::SETTINGS).map(|account| SettingsView {
            email: account.email.as_str().to_owned(),
            relation: account.relation,
            country: account.country.map(|country| country.code().to_owned()),
            suspension: account.suspension,
            moderation: account
                .moderation
                .into_iter()
                .map(ModerationView::for_owner)
                .collect(),
            manages_accounts: permit(actor, Action::LookAfterAccounts).is_ok(),
            decides_requests: permit(actor, Action::DecideRequests).is_ok(),
            decides_reports: permit(actor, Action::DecideReports).is_ok(),
            decides_held_texts: permit(actor, Action::DecideHeldTexts).is_ok(),
            is_registry_staff: permit(actor, Action::ReadRegistryDesk).is_ok(),
            awaits_second_factor: actor
                .member()
                .is_some_and(|member| member.awaits_second_factor),
        }),
    )
}

/// The email address of who is signed in, for a page that asks for their password.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/own-email")]
pub async fn read_own_email(page: GuardedPage) -> Result<Answer<String>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let account = services.accounts.account(actor).await;
    Ok(account::for_members(account, page.path()).map(|account| account.email.as_str().to_owned()))
}

/// Where one is signed in.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/devices-page")]
pub async fn read_devices() -> Result<Answer<DevicesView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let read: domain::Result<DevicesView> = async {
        Ok(DevicesView {
            devices: services.accounts.devices(actor).await?,
            activity: services.accounts.activity(actor).await?,
        })
    }
    .await;
    Ok(account::for_members(read, paths::DEVICES))
}

/// Saves what one says about oneself to nobody else.
#[server(prefix = "/api", endpoint = "account/about", input = Json)]
pub async fn save_about(posted: Posted<AboutFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let relation = Relation::from_name(&fields.relation);
            let country = Country::from_code(&fields.country);
            let accounts = &call.services.accounts;
            accounts.describe(call.actor(), relation, country).await?;
            Ok(Done::at(format!("{}?done=saved", paths::SETTINGS)))
        })
        .await
}

/// Sets a new password.
#[server(prefix = "/api", endpoint = "account/password", input = Json)]
pub async fn change_password(posted: Posted<PasswordFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let present = Password::new(fields.present);
            let password = Password::new(fields.password);
            let accounts = &call.services.accounts;
            let signed_in = accounts
                .change_password(call.actor(), call.client(), &present, &password)
                .await?;
            Ok(entering::opened(
                &call,
                signed_in,
                &format!("{}?done=password", paths::SETTINGS),
            ))
        })
        .await
}

/// Sends a link to a new email address.
#[server(prefix = "/api", endpoint = "account/address", input = Json)]
pub async fn change_address(posted: Posted<AddressFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let email = EmailAddress::parse("email", &fields.email)?;
            let present = Password::new(fields.present);
            let (client, submission) = (call.client(), call.submission());
            let accounts = &call.services.accounts;
            accounts
                .change_email(call.actor(), client, &present, &email, &submission)
                .await?;
            Ok(Done::at(format!("{}?done=mail", paths::ADDRESS)))
        })
        .await
}

/// Signs out on one device.
#[server(prefix = "/api", endpoint = "account/sign-out-device", input = Json)]
pub async fn sign_out_device(
    posted: Posted<SignOutDeviceFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let accounts = &call.services.accounts;
            accounts
                .sign_out_device(call.actor(), &fields.device)
                .await?;
            Ok(Done::at(format!("{}?done=signed-out", paths::DEVICES)))
        })
        .await
}

/// Signs out everywhere but here.
#[server(prefix = "/api", endpoint = "account/sign-out-others", input = Json)]
pub async fn sign_out_others(
    posted: Posted<SignOutOthersFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |SignOutOthersFields {}, call| {
            call.services.accounts.sign_out_others(call.actor()).await?;
            Ok(Done::at(format!("{}?done=signed-out", paths::DEVICES)))
        })
        .await
}

/// Deletes the account.
#[server(prefix = "/api", endpoint = "account/delete", input = Json)]
pub async fn delete_account(posted: Posted<DeleteFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let present = Password::new(fields.present);
            call.services
                .accounts
                .delete(call.actor(), &present, fields.posts)
                .await?;
            let path = format!("{}?done=deleted", paths::SIGN_IN);
            Ok(entering::closed(&call, &path))
        })
        .await
}
