//! What moderators and the people concerned enter, and what is wrong with it.

use crate::{
    Error, Result,
    text::{check_plain, check_reason},
};

/// Most characters of why something is done with a post, and of what becomes of an appeal.
pub const MODERATION_REASON_LONGEST: usize = 500;
/// Most characters of an appeal.
pub const APPEAL_LONGEST: usize = 2_000;

/// Why something is done with a post or a topic, as it is kept: one line. `field` is the form's.
pub fn check_moderation_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. The person who wrote it reads this.";
    check_reason(field, typed, MODERATION_REASON_LONGEST, missing)
}

/// What who decides about an appeal says, as it is kept: one line. `field` is the form's.
pub fn check_appeal_answer(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. The person who appealed reads this.";
    check_reason(field, typed, MODERATION_REASON_LONGEST, missing)
}

/// Why a decision is wrong, as it is kept: plain text. `field` is the form's.
pub fn check_appeal(field: &str, typed: &str) -> Result<String> {
    let text = check_plain(field, typed, APPEAL_LONGEST)?;
    if text.is_empty() {
        let missing = "Say why you think that the decision is wrong.";
        return Err(Error::invalid(field, missing));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line() {
        for check in [check_moderation_reason, check_appeal_answer] {
            assert_eq!(check("reason", " An \n advert "), Ok("An advert".into()));
            assert!(check("reason", &"ä".repeat(MODERATION_REASON_LONGEST)).is_ok());
            let long = "a".repeat(MODERATION_REASON_LONGEST + 1);
            for bad in ["", " \n", "a\u{202e}b", long.as_str()] {
                assert!(check("reason", bad).is_err(), "{bad:?}");
            }
        }
    }

    #[test]
    fn an_appeal_is_a_few_sentences() {
        let appeal = |typed: &str| check_appeal("words", typed);
        assert_eq!(
            appeal(" It was\r\nno advert.\n"),
            Ok("It was\nno advert.".into())
        );
        assert!(appeal(&"ä".repeat(APPEAL_LONGEST)).is_ok());
        for bad in ["", " \n", "\u{200b}", &"a".repeat(APPEAL_LONGEST + 1)] {
            assert!(appeal(bad).is_err(), "{bad:?}");
        }
    }
}
