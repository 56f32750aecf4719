//! What the page of the second factor gets from the server, and what becomes of its forms.

use domain::time::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::{
    forms::{BeginFields, RecoveryCodesFields, SetUpFields, TurnOffFields},
    qr_code::QrCode,
};
#[cfg(feature = "ssr")]
use crate::{
    account::{self, paths},
    context,
    ui::form::Done,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::account::{Password, SecondFactor, SecondFactorCode};
#[cfg(feature = "ssr")]
use leptos_router::location::Url;

/// What the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SecondFactorView {
    /// Where email goes: which account a password manager knows.
    pub email: String,
    /// Whether the person has a role that waits for this.
    pub is_awaited: bool,
    /// How far they are.
    pub state: State,
}

/// How far somebody is with their second factor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum State {
    /// There is none.
    Off,
    /// The app is to learn the secret.
    Begun {
        /// The secret in groups of four letters and digits.
        secret: String,
        /// The address by which a device's own app learns it.
        address: String,
        /// The same for a camera.
        code: QrCode,
    },
    /// Signing in takes a code.
    On {
        /// Since when.
        since: Timestamp,
        /// Recovery codes that are left.
        recovery_codes: u32,
    },
}

/// What an app has to know, as most of them read it ("Key URI Format" of Google Authenticator).
#[cfg(feature = "ssr")]
fn key_uri(site: &str, email: &str, secret: &str) -> String {
    let (site, email) = (Url::escape(site), Url::escape(email));
    format!("otpauth://totp/{site}:{email}?secret={secret}&issuer={site}")
}

/// In groups of four, as people copy them.
#[cfg(feature = "ssr")]
fn in_groups(digits: &str, between: &str) -> String {
    let groups: Vec<String> = digits
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    groups.join(between)
}

/// How far who is signed in is with their second factor.
#[server(input = GetUrl, prefix = "/api", endpoint = "account/second-factor-page")]
pub async fn read_second_factor() -> Result<Answer<SecondFactorView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let read: domain::Result<SecondFactorView> = async {
        let email = services.accounts.account(actor).await?.email;
        let email = email.as_str().to_owned();
        let state = match services.second_factors.second_factor(actor).await? {
            SecondFactor::Off => State::Off,
            SecondFactor::Begun { secret } => {
                let address = key_uri(&services.site.identity().name, &email, &secret);
                State::Begun {
                    secret: in_groups(&secret, " "),
                    code: QrCode::of(&address)?,
                    address,
                }
            }
            SecondFactor::On {
                since,
                recovery_codes,
            } => State::On {
                since,
                recovery_codes,
            },
        };
        Ok(SecondFactorView {
            email,
            is_awaited: actor
                .member()
                .is_some_and(|member| member.awaits_second_factor),
            state,
        })
    }
    .await;
    Ok(account::for_members(read, paths::SECOND_FACTOR))
}

/// Shows recovery codes, this once.
#[cfg(feature = "ssr")]
fn show(codes: &[String]) -> domain::Result<Done> {
    let codes: Vec<String> = codes.iter().map(|code| in_groups(code, "-")).collect();
    Done::show(&codes)
}

/// Makes the secret for the app.
#[server(prefix = "/api", endpoint = "account/second-factor-begin", input = Json)]
pub async fn begin(posted: Posted<BeginFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let present = Password::new(fields.present);
            let second_factors = &call.services.second_factors;
            match second_factors.begin(call.actor(), &present).await {
                // Done in another tab: the page says that it is on.
                Ok(()) | Err(domain::Error::Conflict) => Ok(Done::at(paths::SECOND_FACTOR)),
                Err(error) => Err(error),
            }
        })
        .await
}

/// Turns it on with the first code. The recovery codes are shown, this once.
#[server(prefix = "/api", endpoint = "account/second-factor-set-up", input = Json)]
pub async fn set_up(posted: Posted<SetUpFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let code = SecondFactorCode::parse("code", &fields.code)?;
            let second_factors = &call.services.second_factors;
            match second_factors.set_up(call.actor(), &code).await {
                Ok(codes) => show(&codes),
                // Begun too long ago, or done in another tab: the page says which.
                Err(domain::Error::NotFound) => {
                    Ok(Done::at(format!("{}?done=again", paths::SECOND_FACTOR)))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Makes other recovery codes. They are shown, this once.
#[server(prefix = "/api", endpoint = "account/recovery-codes", input = Json)]
pub async fn replace_recovery_codes(
    posted: Posted<RecoveryCodesFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let present = Password::new(fields.present);
            let code = SecondFactorCode::parse("code", &fields.code)?;
            let second_factors = &call.services.second_factors;
            let codes = second_factors
                .new_recovery_codes(call.actor(), &present, &code)
                .await?;
            show(&codes)
        })
        .await
}

/// Turns it off.
#[server(prefix = "/api", endpoint = "account/second-factor-off", input = Json)]
pub async fn turn_off(posted: Posted<TurnOffFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let present = Password::new(fields.present);
            let code = SecondFactorCode::parse("code", &fields.code)?;
            let second_factors = &call.services.second_factors;
            second_factors
                .turn_off(call.actor(), &present, &code)
                .await?;
            Ok(Done::at(format!("{}?done=off", paths::SECOND_FACTOR)))
        })
        .await
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn apps_can_read_the_address() {
        assert_eq!(
            key_uri("Rare & Share", "ada+b@example.org", "JBSWY3DP"),
            "otpauth://totp/Rare%20%26%20Share:ada%2Bb%40example%2Eorg?secret=JBSWY3DP&issuer=Rare%20%26%20Share"
        );
        assert_eq!(in_groups("JBSWY3DPEH", " "), "JBSW Y3DP EH");
    }
}
