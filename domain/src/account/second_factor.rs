//! A second factor beside the password: a code that an app on the person's phone makes of a shared
//! secret and the time (TOTP, RFC 6238), and recovery codes for when the phone is lost.

use std::{fmt, time::Duration};

use async_trait::async_trait;

use super::{Actor, Password, Roles};
use crate::{Error, Result, time::Timestamp};

/// Recovery codes that a person gets at once.
pub const RECOVERY_CODES: usize = 10;
/// Digits of a recovery code: 80 random bits, which nobody finds out from a hash.
pub const RECOVERY_CODE_DIGITS: usize = 16;
/// Digits of a code from an app.
pub const TIME_CODE_DIGITS: usize = 6;
/// The code has to come this long after the password.
pub const SIGN_IN_BEGUN_FOR: Duration = Duration::from_mins(10);
/// The first code has to come this long after the secret was shown.
pub const SET_UP_BEGUN_FOR: Duration = Duration::from_hours(1);

/// Whether somebody with these roles has to have a second factor: with every one of them they act on
/// what others wrote, or see what others do not.
pub fn needs_second_factor(roles: Roles) -> bool {
    roles.iter().next().is_some()
}

/// A code as it was typed, made comparable. Does not show in logs.
#[derive(Clone, PartialEq, Eq)]
pub enum SecondFactorCode {
    /// From an app: [`TIME_CODE_DIGITS`] decimal digits.
    Time(String),
    /// A recovery code: [`RECOVERY_CODE_DIGITS`] digits of Crockford's base32 in lower case.
    Recovery(String),
}

impl SecondFactorCode {
    /// What was typed, whatever spaces and hyphens are in it. `field` is the form's.
    pub fn parse(field: &str, typed: &str) -> Result<Self> {
        let digits: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–'))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if digits.is_empty() {
            return Err(Error::invalid(field, "Enter the code from your app."));
        }
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        if digits.len() == TIME_CODE_DIGITS && is_number {
            return Ok(Self::Time(digits));
        }
        if digits.len() == RECOVERY_CODE_DIGITS
            && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            // Letters that are taken for digits (Crockford, "Base 32").
            return Ok(Self::Recovery(
                digits.replace('o', "0").replace(['i', 'l'], "1"),
            ));
        }
        Err(Error::invalid(
            field,
            "This is not a code. The app shows six digits; a recovery code has sixteen letters and digits.",
        ))
    }
}

impl fmt::Debug for SecondFactorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecondFactorCode(…)")
    }
}

/// Where a person stands with their second factor.
#[derive(Clone, PartialEq, Eq)]
pub enum SecondFactor {
    /// There is none.
    Off,
    /// The secret is for the app, and the first code has not come.
    Begun {
        /// In base32 (RFC 4648, 6), as apps read it.
        secret: String,
    },
    /// Signing in takes a code.
    On {
        /// Since when.
        since: Timestamp,
        /// Recovery codes that are left.
        recovery_codes: u32,
    },
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecondFactor(…)")
    }
}

/// Setting up a second factor, and its end.
///
/// Each code counts once, and wrong ones are slowed down ([`Error::TooMany`]). A code that does not fit
/// is [`Error::Invalid`] about `code`, a wrong password about `present`.
#[async_trait]
pub trait SecondFactors: Send + Sync {
    /// Where who asks stands.
    async fn second_factor(&self, actor: Actor) -> Result<SecondFactor>;

    /// Makes a secret, in place of one that was begun before. [`Error::Conflict`] where one is in use.
    async fn begin(&self, actor: Actor, present: &Password) -> Result<()>;

    /// Sets the second factor up with the first code of the app, ends all other sessions, and gives
    /// the recovery codes. [`Error::NotFound`] where nothing was begun, or too long ago.
    async fn set_up(&self, actor: Actor, code: &SecondFactorCode) -> Result<Vec<String>>;

    /// Gives new recovery codes in place of the old ones.
    async fn new_recovery_codes(
        &self,
        actor: Actor,
        present: &Password,
        code: &SecondFactorCode,
    ) -> Result<Vec<String>>;

    /// Turns it off.
    async fn turn_off(
        &self,
        actor: Actor,
        present: &Password,
        code: &SecondFactorCode,
    ) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Role;

    #[test]
    fn codes_are_read_as_people_type_them() {
        let time = |digits: &str| Ok(SecondFactorCode::Time(digits.to_owned()));
        let recovery = |digits: &str| Ok(SecondFactorCode::Recovery(digits.to_owned()));
        for (typed, expected) in [
            ("123456", time("123456")),
            (" 123 456\n", time("123456")),
            ("123-456", time("123456")),
            ("0123-4567-89ab-cdef", recovery("0123456789abcdef")),
            ("0123 4567 89AB CDEF", recovery("0123456789abcdef")),
            ("O123–4567–89AB–CDIL", recovery("0123456789abcd11")),
        ] {
            assert_eq!(SecondFactorCode::parse("code", typed), expected, "{typed}");
        }
        for typed in [
            "",
            " - ",
            "12345",
            "1234567",
            "１２３４５６",
            "12345a",
            "0123-4567-89ab-cde",
        ] {
            assert!(SecondFactorCode::parse("code", typed).is_err(), "{typed}");
        }
        let code = SecondFactorCode::parse("code", "123456");
        assert_eq!(format!("{code:?}"), "Ok(SecondFactorCode(…))");
    }

    #[test]
    fn whoever_has_a_role_needs_one() {
        assert!(!needs_second_factor(Roles::default()));
        for role in Role::ALL {
            assert!(needs_second_factor(Roles::from_iter([role])), "{role:?}");
        }
    }
}
