//! What moderators and the people concerned enter, and what is wrong with it.

use crate::{
    Error, Result,
    text::{check_one_line, is_invisible, printable},
};

/// Most characters of why something is done with a post, and of what becomes of an appeal.
pub const MODERATION_REASON_LONGEST: usize = 500;
/// Most characters of an appeal.
pub const APPEAL_LONGEST: usize = 2_000;

/// Why something is done with a post or a topic, as it is kept: one line. `field` is the form's.
pub fn check_moderation_reason(field: &str, typed: &str) -> Result<String> {
    one_line_for_the_person(field, typed, "Say why. The person who wrote it reads this.")
}

/// What who decides about an appeal says, as it is kept: one line. `field` is the form's.
pub fn check_appeal_answer(field: &str, typed: &str) -> Result<String> {
    one_line_for_the_person(field, typed, "Say why. The person who appealed reads this.")
}

fn one_line_for_the_person(field: &str, typed: &str, missing: &str) -> Result<String> {
    let words = check_one_line(field, typed, MODERATION_REASON_LONGEST)?;
    if words.is_empty() {
        return Err(Error::invalid(field, missing));
    }
    Ok(words)
}

/// Why a decision is wrong, as it is kept: plain text. `field` is the form's.
pub fn check_appeal(field: &str, typed: &str) -> Result<String> {
    let text = printable(typed);
    let text = text.trim();
    let length = text.chars().count();
    if text
        .chars()
        .all(|sign| sign.is_whitespace() || is_invisible(sign))
    {
        return Err(Error::invalid(
            field,
            "Say why you think that the decision is wrong.",
        ));
    }
    if length > APPEAL_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {APPEAL_LONGEST} characters; this has {length}."),
        ));
    }
    Ok(text.to_owned())
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
