//! What the pages of an account get from the server, and what becomes of their forms.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    CodeFields, ConfirmFields, ForgottenPasswordFields, JoinFields, NewAddressFields,
    NewPasswordFields, SignInFields, SignOutFields,
};
#[cfg(feature = "ssr")]
use crate::{
    account::{entering, paths},
    context, site,
    ui::form::Done,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    account::{EmailAddress, Entered, LinkPurpose, Password, SecondFactorCode, Token},
};

/// What the page to sign in shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// Where to go on.
    pub next: String,
    /// A form that waits for its person, as it was filled in.
    pub kept: Option<String>,
    /// Which step.
    pub step: SignInStep,
}

/// How far somebody is with signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInStep {
    /// The password is to come.
    Password,
    /// It has to come again: the code took too long, or too many were wrong.
    Again,
    /// The password was right, and a code is to come.
    Code {
        /// Goes with the code.
        begun: String,
    },
}

/// Nobody who is signed in needs the page to sign in.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/sign-in-page")]
pub async fn read_sign_in(next: Option<String>) -> Result<Answer<SignInView>, ServerFnError> {
    let request_context = std::future::ready(context::request_context()).await;
    if request_context.name.is_some() {
        return Ok(Answer::elsewhere(entering::next_path(next.as_deref())));
    }
    Ok(Answer::Found(match request_context.kept {
        Some(kept) => SignInView {
            next: kept.path,
            kept: Some(kept.body),
            step: SignInStep::Password,
        },
        None => SignInView {
            next: next.unwrap_or_default(),
            kept: None,
            step: SignInStep::Password,
        },
    }))
}

/// Who is signed in has joined already.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/join-page")]
pub async fn read_join() -> Result<Answer<()>, ServerFnError> {
    let request_context = std::future::ready(context::request_context()).await;
    Ok(match request_context.name {
        Some(_) => Answer::elsewhere(paths::SETTINGS.to_owned()),
        None => Answer::Found(()),
    })
}

/// The name of who is signed in.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/sign-out-page")]
pub async fn read_sign_out() -> Result<Answer<String>, ServerFnError> {
    let request_context = std::future::ready(context::request_context()).await;
    Ok(match request_context.name {
        Some(name) => Answer::Found(name),
        None => Answer::elsewhere(site::paths::HOME.to_owned()),
    })
}

/// The address that the link of an email is about; `None` where the link is not good.
#[server(prefix = "/api", endpoint = "account/link")]
pub async fn read_link(
    purpose: super::forms::Purpose,
    token: String,
) -> Result<Answer<Option<String>>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let Some(token) = Token::parse(&token) else {
        return Ok(Answer::Refused(Error::NotFound));
    };
    let purpose = LinkPurpose::from(purpose);
    Ok(match services.accounts.link(actor, purpose, &token).await {
        Ok(email) => Answer::Found(Some(email.as_str().to_owned())),
        Err(Error::NotFound) => Answer::Found(None),
        Err(error) => Answer::Refused(error),
    })
}

/// Joins: sends an email with a link.
#[server(prefix = "/api", endpoint = "account/join", input = Json)]
pub async fn join(posted: Posted<JoinFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let join = entering::read_join(&call, &fields).await?;
            let accounts = &call.services.accounts;
            accounts
                .join(call.actor(), call.client(), join, &call.submission())
                .await?;
            Ok(Done::at(format!("{}?done=mail", paths::JOIN)))
        })
        .await
}

/// Confirms an address: the account begins.
#[server(prefix = "/api", endpoint = "account/confirm", input = Json)]
pub async fn confirm(posted: Posted<ConfirmFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let token = Token::parse(&fields.token).ok_or(Error::NotFound)?;
            let password = Password::new(fields.password);
            let accounts = &call.services.accounts;
            let signed_in = accounts
                .confirm(call.actor(), call.client(), &token, &password)
                .await?;
            Ok(entering::opened(
                &call,
                signed_in,
                &format!("{}?done=begun", paths::SETTINGS),
            ))
        })
        .await
}

/// Signs in.
#[server(prefix = "/api", endpoint = "account/sign-in", input = Json)]
pub async fn sign_in(posted: Posted<SignInFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let password = Password::new(fields.password);
            let accounts = &call.services.accounts;
            let entered = accounts
                .sign_in(call.actor(), call.client(), &fields.email, &password)
                .await?;
            match entered {
                Entered::SignedIn(signed_in) => {
                    entering::entered(&call, signed_in, &fields.next, fields.kept).await
                }
                Entered::CodeNeeded(begun) => {
                    let begun = begun.expose().to_owned();
                    entering::go_on(SignInStep::Code { begun }, fields.next, fields.kept)
                }
            }
        })
        .await
}

/// Signs in with the code that the password did not suffice without.
#[server(prefix = "/api", endpoint = "account/sign-in-code", input = Json)]
pub async fn enter_code(posted: Posted<CodeFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let code = SecondFactorCode::parse("code", &fields.code)?;
            let accounts = &call.services.accounts;
            let signed_in = match Token::parse(&fields.begun) {
                Some(begun) => {
                    accounts
                        .enter_code(call.actor(), call.client(), &begun, &code)
                        .await
                }
                None => Err(Error::NotFound),
            };
            match signed_in {
                Ok(signed_in) => {
                    entering::entered(&call, signed_in, &fields.next, fields.kept).await
                }
                Err(Error::NotFound) => {
                    entering::go_on(SignInStep::Again, fields.next, fields.kept)
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Signs out.
#[server(prefix = "/api", endpoint = "account/sign-out", input = Json)]
pub async fn sign_out(posted: Posted<SignOutFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |SignOutFields {}, call| {
            call.services.accounts.sign_out(call.actor()).await?;
            Ok(entering::closed(&call, site::paths::HOME))
        })
        .await
}

/// Sends a link with which a new password can be chosen.
#[server(prefix = "/api", endpoint = "account/forgotten-password", input = Json)]
pub async fn forgotten_password(
    posted: Posted<ForgottenPasswordFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let email = EmailAddress::parse("email", &fields.email)?;
            let accounts = &call.services.accounts;
            accounts
                .recover(call.actor(), call.client(), &email, &call.submission())
                .await?;
            Ok(Done::at(format!("{}?done=mail", paths::FORGOTTEN_PASSWORD)))
        })
        .await
}

/// Sets a new password by the link of an email.
#[server(prefix = "/api", endpoint = "account/new-password", input = Json)]
pub async fn new_password(posted: Posted<NewPasswordFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let token = Token::parse(&fields.token).ok_or(Error::NotFound)?;
            let password = Password::new(fields.password);
            let accounts = &call.services.accounts;
            let signed_in = accounts
                .reset(call.actor(), call.client(), &token, &password)
                .await?;
            Ok(match signed_in {
                Some(signed_in) => {
                    let path = format!("{}?done=password", paths::SETTINGS);
                    entering::opened(&call, signed_in, &path)
                }
                None => Done::anew(format!("{}?done=password", paths::SIGN_IN)),
            })
        })
        .await
}

/// Confirms a new address by the link of an email.
#[server(prefix = "/api", endpoint = "account/new-address", input = Json)]
pub async fn new_address(posted: Posted<NewAddressFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let token = Token::parse(&fields.token).ok_or(Error::NotFound)?;
            let accounts = &call.services.accounts;
            accounts.confirm_email(call.actor(), &token).await?;
            let page = match call.request_context.name {
                Some(_) => paths::SETTINGS,
                None => paths::SIGN_IN,
            };
            Ok(Done::at(format!("{page}?done=address")))
        })
        .await
}
