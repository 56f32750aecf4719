//! Two texts that changed the same words: the marks around them, and what may be left of those.

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

use super::TEXT_LONGEST;

/// Before the author's own lines.
pub const MARK_MINE: &str = "<<<<<<< your text";
/// Between the author's lines and the other ones.
pub const MARK_BETWEEN: &str = "=======";
/// Behind the other lines.
pub const MARK_THEIRS: &str = ">>>>>>> the other text";

/// Longest text that can be kept as a draft or looked at, in bytes: two texts of a section with marks
/// around them. Only a text of [`TEXT_LONGEST`] can be saved.
pub const DRAFT_LONGEST: usize = 2 * TEXT_LONGEST + 1_000;

/// Two texts that changed the same words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collision {
    /// Number of the revision that came in between.
    pub head: i64,
    /// Its text.
    pub theirs: String,
    /// Both texts in one, with marks around the lines that both have changed. Not longer than
    /// [`DRAFT_LONGEST`].
    pub merged: String,
    /// Whether everything that came in between is by the same person, in another tab or window.
    pub own: bool,
}

/// Whether a line is left that can only be a mark, in any of the forms that such marks have: seven
/// signs, with or without words behind them.
pub fn has_marks(text: &str) -> bool {
    ["<<<<<<<", ">>>>>>>", "|||||||"]
        .iter()
        .any(|signs| text.lines().any(|line| is_mark(line, signs)))
}

/// How many lines look like [`MARK_BETWEEN`]. It also underlines a heading in Markdown, so such a line
/// is a mark only where a text comes from a collision.
pub fn middle_marks(text: &str) -> usize {
    text.lines()
        .filter(|line| is_mark(line, MARK_BETWEEN))
        .count()
}

fn is_mark(line: &str, signs: &str) -> bool {
    line.trim()
        .strip_prefix(signs)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Marks are for the author of a text, and not for its page. `field` is the form's.
pub fn check_marks(field: &str, text: &str) -> Result<()> {
    if has_marks(text) {
        return Err(marks_left(field));
    }
    Ok(())
}

/// The same for a text that comes from a collision: `MARK_BETWEEN` stands in it more often than in
/// the texts that collided.
pub fn check_middle_marks(field: &str, text: &str, before: usize) -> Result<()> {
    if middle_marks(text) > before {
        return Err(marks_left(field));
    }
    Ok(())
}

fn marks_left(field: &str) -> Error {
    Error::invalid(
        field,
        format!(
            "The text still has markers of two versions: a line that begins with “<<<<<<<”, “{MARK_BETWEEN}”, “|||||||” or “>>>>>>>”. Combine the lines and delete the markers. If the line belongs to a heading, start the heading with ### instead."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_marks_is_recognised() {
        for left in [
            MARK_MINE,
            MARK_THEIRS,
            "<<<<<<<",
            ">>>>>>> ",
            "|||||||",
            "||||||| base",
            "  <<<<<<< your text",
        ] {
            let text = format!("Mine.\n{left}\nTheirs.");
            assert!(check_marks("text", &text).is_err(), "{left:?}");
            assert!(has_marks(&text.replace('\n', "\r\n")), "{left:?}");
        }
        for text in [
            "p <<<<<<< q",
            "<<<<<<<<",
            "> > a quote",
            "|a|b|",
            "Outlook\n=======",
        ] {
            assert!(check_marks("text", text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn an_underlined_heading_is_no_mark() {
        assert_eq!(middle_marks("Mine.\n=======\nTheirs."), 1);
        assert_eq!(middle_marks("Outlook\n======\n\n========"), 0);
        assert!(check_middle_marks("text", "Outlook\n=======", 1).is_ok());
        assert!(check_middle_marks("text", "Outlook\n=======\nB\n=======", 1).is_err());
    }
}
