//! What people enter to ask and to decline, and what is wrong with it.

use serde::{Deserialize, Serialize};

use crate::{
    Result,
    community::{
        TopicAudience, check_content_note, check_post,
        discussion::{all_of, check_title_of},
    },
    text::check_reason,
};

/// Most characters of the reason for which a question is declined.
pub const DECLINE_REASON_LONGEST: usize = 300;

/// A new question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionDraft {
    /// The question itself; see [`check_question`].
    pub title: String,
    /// Markdown; see [`check_details`].
    pub details: String,
    /// For whom it is, with all answers.
    pub audience: TopicAudience,
    /// Whether who asks is shown under an alias.
    pub anonymous: bool,
    /// What readers are warned of before the details; see [`check_content_note`].
    pub content_note: Option<String>,
}

impl QuestionDraft {
    /// The question as it is kept. [`Error::Invalid`] about `title`, `text` and `content_note`.
    pub fn check(self) -> Result<Self> {
        let title = check_question("title", &self.title);
        let details = check_details("text", &self.details);
        let note = check_content_note("content_note", self.content_note.as_deref());
        let (title, details, content_note) = all_of(title, details, note)?;
        Ok(Self {
            title,
            details,
            content_note,
            audience: self.audience,
            anonymous: self.anonymous,
        })
    }
}

/// The question in one line as it is kept. `field` is the form's.
pub fn check_question(field: &str, typed: &str) -> Result<String> {
    check_title_of("question", field, typed)
}

/// What else there is to say as it is kept: nothing, or a text as in a post. `field` is the form's.
pub fn check_details(field: &str, typed: &str) -> Result<String> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    check_post(field, typed)
}

/// The reason for which a question is declined as it is kept: one line. `field` is the form's.
pub fn check_decline_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. Everyone who can read the question sees it.";
    check_reason(field, typed, DECLINE_REASON_LONGEST, missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_question_is_one_line_and_may_say_more() {
        let draft = |title: &str, details: &str| QuestionDraft {
            title: title.to_owned(),
            details: details.to_owned(),
            audience: TopicAudience::Everyone,
            anonymous: false,
            content_note: None,
        };
        let kept = draft(" May I \n swim? ", " \n").check();
        assert_eq!(kept, Ok(draft("May I swim?", "")));
        let kept = draft("May I swim?", "In *cold* water.\n").check();
        assert_eq!(kept, Ok(draft("May I swim?", "In *cold* water.")));
        let Err(Error::Invalid { fields }) = draft("So?", "\u{200b}").check() else {
            panic!("it was accepted");
        };
        let fields: Vec<_> = fields.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["title", "text"]);
    }

    #[test]
    fn who_declines_says_why() {
        let reason = |typed: &str| check_decline_reason("reason", typed);
        assert_eq!(
            reason(" This needs \n your own doctor. "),
            Ok("This needs your own doctor.".into())
        );
        for bad in [
            "",
            " \n",
            "a\u{202e}b",
            &"a".repeat(DECLINE_REASON_LONGEST + 1),
        ] {
            assert!(reason(bad).is_err(), "{bad:?}");
        }
    }
}
