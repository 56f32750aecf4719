//! What readers are warned of before they read a post.

use crate::{Error, Result, text::check_one_line};

/// Most characters of a content note.
pub const CONTENT_NOTE_LONGEST: usize = 60;

/// Content notes that forms offer.
pub const CONTENT_NOTE_SUGGESTIONS: [&str; 4] = [
    "mentions death",
    "mentions suicide",
    "medical pictures or detail",
    "mentions pregnancy loss",
];

/// A content note as it is kept: one line, or none where nothing is typed. `field` is the form's.
pub fn check_content_note(field: &str, typed: Option<&str>) -> Result<Option<String>> {
    let note = check_one_line(field, typed.unwrap_or_default(), CONTENT_NOTE_LONGEST)?;
    if !note.is_empty() && !note.chars().any(char::is_alphanumeric) {
        return Err(Error::invalid(
            field,
            "Say in a few words what the post is about, for example “mentions death”.",
        ));
    }
    Ok((!note.is_empty()).then_some(note))
}

/// What stands for a text with a content note where only a part of texts is shown.
pub fn content_note(note: &str) -> String {
    format!("Content note: {note}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_note_is_a_short_line_or_none() {
        let note = |typed: &str| check_content_note("content_note", Some(typed));
        assert_eq!(check_content_note("content_note", None), Ok(None));
        assert_eq!(note(" \n"), Ok(None));
        assert_eq!(
            note(" mentions \n death "),
            Ok(Some("mentions death".into()))
        );
        assert!(note(&"ä".repeat(CONTENT_NOTE_LONGEST)).is_ok());
        for bad in [
            "???",
            "a\u{202e}b",
            "\u{200b}",
            &"a".repeat(CONTENT_NOTE_LONGEST + 1),
        ] {
            assert!(note(bad).is_err(), "{bad:?}");
        }
        for offered in CONTENT_NOTE_SUGGESTIONS {
            assert_eq!(note(offered), Ok(Some(offered.to_owned())));
        }
    }
}
