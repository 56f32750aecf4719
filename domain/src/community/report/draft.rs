//! What people enter to report something, and what moderators say about it.

use serde::{Deserialize, Serialize};

use super::ReportReason;
use crate::{
    Error, FieldError, Result,
    text::{check_plain, check_reason},
};

/// Most characters of what who reports something says.
pub const REPORT_TEXT_LONGEST: usize = 2_000;
/// Most characters of a moderator's note.
pub const REPORT_NOTE_LONGEST: usize = 2_000;
/// Most characters of what moderators tell who reported something.
pub const REPORT_ANSWER_LONGEST: usize = 500;

/// A report as it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDraft {
    /// What is wrong.
    pub reason: ReportReason,
    /// More about it, in plain text. It may be empty, but not where the reason says nothing.
    pub text: String,
}

impl ReportDraft {
    /// The report as it is kept. [`Error::Invalid`] about `text`.
    pub fn check(self) -> Result<Self> {
        Ok(Self {
            text: check_report_text("text", &self.text, self.reason)?,
            reason: self.reason,
        })
    }

    /// What is wrong with it.
    pub fn wrong(&self) -> Vec<FieldError> {
        match check_report_text("text", &self.text, self.reason) {
            Err(Error::Invalid { fields }) => fields,
            _ => Vec::new(),
        }
    }
}

/// What who reports something says, as it is kept: plain text. `field` is the form's.
pub fn check_report_text(field: &str, typed: &str, reason: ReportReason) -> Result<String> {
    let text = check_plain(field, typed, REPORT_TEXT_LONGEST)?;
    if text.is_empty() && reason == ReportReason::Other {
        return Err(Error::invalid(field, "Say what is wrong."));
    }
    Ok(text)
}

/// A moderator's note as it is kept: plain text. `field` is the form's.
pub fn check_report_note(field: &str, typed: &str) -> Result<String> {
    let text = check_plain(field, typed, REPORT_NOTE_LONGEST)?;
    if text.is_empty() {
        return Err(Error::invalid(field, "Write a note."));
    }
    Ok(text)
}

/// What moderators tell who reported something, as it is kept: one line. `field` is the form's.
pub fn check_report_answer(field: &str, typed: &str) -> Result<String> {
    let missing = "Say what you have decided. Everyone who reported this can read it.";
    check_reason(field, typed, REPORT_ANSWER_LONGEST, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_more_only_where_its_reason_says_nothing() {
        let text = |typed: &str, reason| check_report_text("text", typed, reason);
        assert_eq!(text(" \u{200b}\n", ReportReason::Spam), Ok(String::new()));
        assert!(text(" \u{200b}\n", ReportReason::Other).is_err());
        assert_eq!(
            text(" One\r\n\r\ntwo. ", ReportReason::Other),
            Ok("One\n\ntwo.".to_owned())
        );
        assert!(text(&"ä".repeat(REPORT_TEXT_LONGEST), ReportReason::Spam).is_ok());
        assert!(text(&"ä".repeat(REPORT_TEXT_LONGEST + 1), ReportReason::Spam).is_err());
    }

    #[test]
    fn notes_and_answers_are_not_empty() {
        assert!(check_report_note("text", "\u{200b} ").is_err());
        assert_eq!(check_report_note("text", " a\nb "), Ok("a\nb".to_owned()));
        assert!(check_report_answer("answer", " ").is_err());
        assert_eq!(
            check_report_answer("answer", " We have \n deleted it. "),
            Ok("We have deleted it.".to_owned())
        );
        assert!(check_report_answer("answer", &"a".repeat(501)).is_err());
    }
}
