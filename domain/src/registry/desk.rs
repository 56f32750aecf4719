//! The desk of the registry's staff: how far a participant is, and who they are for as long as staff have said
//! why they need to know ("break-glass").

use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{
    Step, Withdrawal,
    screening::{Contact, Relationship},
};
use crate::{
    Error, Result,
    account::{Actor, Country, SecondFactorCode},
    text::check_reason,
    time::{CalendarDate, Timestamp},
    wiki::Author,
};

/// Fewest characters of the reason for which staff look at who somebody is.
pub const ACCESS_REASON_SHORTEST: usize = 10;
/// Most of them.
pub const ACCESS_REASON_LONGEST: usize = 500;
/// For how long they then see it.
pub const ACCESS_LASTS: Duration = Duration::from_hours(1);
/// For how long staff see who of them has looked.
pub const ACCESSES_SHOWN_FOR: Duration = Duration::from_hours(90 * 24);
/// Lines on one page of that list.
pub const ACCESSES_SHOWN: usize = 20;

/// What the code of every participant begins with.
pub const PSEUDONYM_PREFIX: &str = "RS-";
/// Digits of the code behind it, of Crockford's base32.
const PSEUDONYM_DIGITS: usize = 10;

/// The code of a participant as it is kept, from what somebody has read aloud or typed: with the letters in front
/// or without, in capitals or not, with blanks and hyphens anywhere. `None` where it can be no code.
///
/// ```
/// use domain::registry::pseudonym_of;
/// assert_eq!(pseudonym_of(" rs-4h7k 2m9x0q").as_deref(), Some("RS-4H7K2M9X0Q"));
/// assert_eq!(pseudonym_of("RS-4H7K"), None);
/// ```
pub fn pseudonym_of(typed: &str) -> Option<String> {
    let signs: String = typed
        .chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '‐' | '‑' | '–'))
        .map(|sign| sign.to_ascii_uppercase())
        .take(PSEUDONYM_PREFIX.len() + PSEUDONYM_DIGITS)
        .collect();
    let letters = PSEUDONYM_PREFIX.trim_end_matches('-');
    let digits = match signs.strip_prefix(letters) {
        // A code may itself begin with these letters.
        Some(rest) if rest.len() == PSEUDONYM_DIGITS => rest,
        _ => &signs,
    };
    let is_code = digits.len() == PSEUDONYM_DIGITS
        && digits.bytes().all(|digit| digit.is_ascii_alphanumeric());
    // Letters that are taken for digits (Crockford, "Base 32").
    let read = || digits.replace('O', "0").replace(['I', 'L'], "1");
    is_code.then(|| format!("{PSEUDONYM_PREFIX}{}", read()))
}

/// The reason as it is kept: one line that says something. `field` is the form's.
pub fn check_access_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why you need to know. The participant will read this.";
    let reason = check_reason(field, typed, ACCESS_REASON_LONGEST, missing)?;
    if reason.chars().count() < ACCESS_REASON_SHORTEST {
        return Err(Error::invalid(
            field,
            format!(
                "Use at least {ACCESS_REASON_SHORTEST} characters. The participant will read this."
            ),
        ));
    }
    Ok(reason)
}

/// How far a participant is. Says nothing of what they have answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParticipantState {
    /// A question of step 1 is open.
    ScreeningOpen,
    /// They cannot take part in this way.
    NotEligible,
    /// A consent is to be signed, for the first time or in a newer version.
    ConsentOpen,
    /// The child has to agree.
    AssentOpen,
    /// A question of step 3 is open.
    PermissionsOpen,
    /// They take part.
    Enrolled,
    /// A child has become an adult, and has to decide.
    Adult,
    /// They have left.
    Withdrawn,
}

impl From<Step> for ParticipantState {
    fn from(step: Step) -> Self {
        match step {
            Step::Screening(_) => Self::ScreeningOpen,
            Step::NotEligible(_) => Self::NotEligible,
            Step::Consent(..) => Self::ConsentOpen,
            Step::Assent(..) => Self::AssentOpen,
            Step::Permissions(_) => Self::PermissionsOpen,
            Step::Enrolled => Self::Enrolled,
            Step::Majority => Self::Adult,
            Step::Withdrawn(_) => Self::Withdrawn,
        }
    }
}

impl ParticipantState {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::ScreeningOpen => "Step 1 of 3: questions are open",
            Self::NotEligible => "Cannot take part",
            Self::ConsentOpen => "Step 2 of 3: consent to sign",
            Self::AssentOpen => "Step 2 of 3: the child has to agree",
            Self::PermissionsOpen => "Step 3 of 3: permissions are open",
            Self::Enrolled => "Enrolled",
            Self::Adult => "An adult now, who has to decide",
            Self::Withdrawn => "Has left",
        }
    }
}

/// That a document was signed. Neither by whom nor which of the consents it is: that would be an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedDocument {
    /// Whether it is the assent of a child.
    pub is_assent: bool,
    /// In which version.
    pub version: u32,
    /// When.
    pub at: Timestamp,
}

/// Who a participant is, and how staff reach whoever enrolled them. What was not answered yet is not there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The name below the consent.
    pub name: Option<String>,
    /// How to reach them.
    pub contact: Option<Contact>,
    /// The address of the account, where that is the way to reach them.
    pub email: Option<String>,
    /// When they were born.
    pub birth_date: Option<CalendarDate>,
    /// Where they live.
    pub country: Option<Country>,
    /// By what right somebody acts for them; nothing for who acts for themselves.
    pub relationship: Option<Relationship>,
}

// Nobody may find it in a log.
impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Identity(…)")
    }
}

/// An access that is open for who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAccess {
    /// Until when.
    pub expires: Timestamp,
    /// Who it is; nothing once that is deleted.
    pub identity: Option<Identity>,
}

/// A participant, as staff see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskParticipant {
    /// Their code.
    pub pseudonym: String,
    /// The day on which the enrolment was begun.
    pub begun: CalendarDate,
    /// How far they are.
    pub state: ParticipantState,
    /// How far they have taken their agreement back.
    pub withdrawn: Option<Withdrawal>,
    /// What was signed, the oldest first.
    pub signed: Vec<SignedDocument>,
    /// Whether they may be contacted about anything but their own consent.
    pub is_contacted: bool,
    /// Whether their data may be used for anything new.
    pub is_in_use: bool,
    /// Whether who they are and what they have answered is still there.
    pub has_identity: bool,
    /// The access that is open for who asks.
    pub access: Option<OpenAccess>,
}

/// Whether an access still shows anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessState {
    /// It does.
    Open,
    /// It was closed.
    Closed,
    /// Its time has run out.
    Expired,
}

impl AccessState {
    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Closed => "Closed",
            Self::Expired => "Expired",
        }
    }
}

/// That staff have looked at who a participant is, for other staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLine {
    /// The participant's code.
    pub pseudonym: String,
    /// The day.
    pub on: CalendarDate,
    /// The rest; nothing where the key to it is lost.
    pub details: Option<AccessDetails>,
}

/// Who has looked, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessDetails {
    /// When.
    pub at: Timestamp,
    /// Who; nobody once the account is deleted.
    pub by: Author,
    /// Why.
    pub reason: String,
    /// Whether they still can.
    pub state: AccessState,
}

/// A page of who has looked at whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessList {
    /// The last first.
    pub lines: Vec<AccessLine>,
    /// Behind which of them the next page begins, where there is one.
    pub next: Option<String>,
}

/// The desk of the registry's staff. To everybody else it is as if it was not there
/// ([`Error::NotFound`]). What is looked up is counted, so that nobody goes through codes.
#[async_trait]
pub trait RegistryDesk: Send + Sync {
    /// The code of a participant as it is kept, from what was typed. [`Error::Invalid`] about `code` where there
    /// is no such participant.
    async fn find_participant(&self, actor: Actor, typed: &str) -> Result<String>;

    /// A participant, by their code; who they are only while an access of this member is open.
    async fn participant(&self, actor: Actor, pseudonym: &str) -> Result<DeskParticipant>;

    /// Lets this member see who a participant is for [`ACCESS_LASTS`]. The participant gets an email, and reads the
    /// reason in their ledger. [`Error::Invalid`] about `reason` and `code`, a code of the second factor that is
    /// used up; wrong ones are slowed down ([`Error::TooMany`]). [`Error::Forbidden`] where it is deleted.
    /// Nothing more happens where it is open already.
    async fn open_access(
        &self,
        actor: Actor,
        pseudonym: &str,
        reason: &str,
        code: &SecondFactorCode,
    ) -> Result<()>;

    /// Ends the access of this member at once.
    async fn close_access(&self, actor: Actor, pseudonym: &str) -> Result<()>;

    /// A page of who has looked at whom in the last days, the last first, behind the one of an id.
    async fn accesses(&self, actor: Actor, after: Option<&str>) -> Result<AccessList>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_type_them() {
        for typed in [
            "RS-4H7K2M9X01",
            "rs-4h7k2m9x01",
            " RS 4H7K 2M9X 01 ",
            "4h7k–2m9x–01",
            "RS-4H7K2M9XOL",
        ] {
            let code = pseudonym_of(typed);
            assert_eq!(code.as_deref(), Some("RS-4H7K2M9X01"), "{typed}");
        }
        // A code that begins with the two letters itself.
        assert_eq!(pseudonym_of("RS4H7K2M9X").as_deref(), Some("RS-RS4H7K2M9X"));
        for typed in [
            "",
            "RS-",
            "RS-4H7K2M9X0",
            "RS-4H7K2M9X012",
            "RS-4H7K2M9X0'",
            "Ada",
        ] {
            assert_eq!(pseudonym_of(typed), None, "{typed}");
        }
    }

    #[test]
    fn nobody_is_looked_at_without_a_reason() {
        let reason = |typed: &str| check_access_reason("reason", typed);
        assert_eq!(
            reason(" They asked \n us to call "),
            Ok("They asked us to call".to_owned())
        );
        for typed in ["", "  ", "a call", &"a".repeat(ACCESS_REASON_LONGEST + 1)] {
            assert!(reason(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_state_says_nothing_of_answers() {
        use crate::registry::screening::{Obstacle, Question};
        for question in Question::ALL {
            let state = ParticipantState::from(Step::Screening(question));
            assert_eq!(state, ParticipantState::ScreeningOpen);
        }
        let barred = ParticipantState::from(Step::NotEligible(Obstacle::ChildIsAdult));
        assert_eq!(barred.label(), "Cannot take part");
    }

    #[test]
    fn who_somebody_is_reaches_no_log() {
        let identity = Identity {
            name: Some("Ada Lovelace".to_owned()),
            contact: Some(Contact::Email),
            email: Some("ada@example.org".to_owned()),
            birth_date: None,
            country: None,
            relationship: None,
        };
        assert_eq!(format!("{identity:?}"), "Identity(…)");
    }
}
