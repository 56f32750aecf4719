//! What people enter to suggest a resource, and what is wrong with it.

use serde::{Deserialize, Serialize};

use super::{ResourceKind, ResourceLanguage, check_link};
use crate::{
    Error, FieldError, Result,
    text::{check_reason, is_invisible, one_line},
    time::{PartialDate, Timestamp},
};

/// Fewest characters of a resource's title that can be seen.
pub const RESOURCE_TITLE_SHORTEST: usize = 3;
/// Most characters of a resource's title.
pub const RESOURCE_TITLE_LONGEST: usize = 150;
/// Most characters of a description.
pub const DESCRIPTION_LONGEST: usize = 600;
/// Most characters of the reason for which a resource is declined or removed.
pub const RESOURCE_REASON_LONGEST: usize = 500;

/// A resource as it is suggested or approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceDraft {
    /// See [`check_resource_title`].
    pub title: String,
    /// Where it is; see [`check_link`].
    pub link: String,
    /// See [`check_description`].
    pub description: String,
    /// When it was published, which is in the past.
    pub date: Option<PartialDate>,
    /// What it is.
    pub kind: ResourceKind,
    /// In which language it is.
    pub language: ResourceLanguage,
}

impl ResourceDraft {
    /// The resource as it is kept. [`Error::Invalid`] about `title`, `link`, `description` and `date`.
    pub fn check(self, now: Timestamp) -> Result<Self> {
        let mut wrong = Vec::new();
        let checked = Self {
            title: or_wrong(check_resource_title("title", &self.title), &mut wrong),
            link: or_wrong(check_link("link", &self.link), &mut wrong),
            description: or_wrong(
                check_description("description", &self.description),
                &mut wrong,
            ),
            ..self
        };
        if checked.date.is_some_and(|date| date.is_after(now)) {
            wrong.push(FieldError {
                field: "date".to_owned(),
                message: "This date is in the future. Enter when it was published.".to_owned(),
            });
        }
        if wrong.is_empty() {
            Ok(checked)
        } else {
            Err(Error::Invalid { fields: wrong })
        }
    }
}

/// The value, or what is wrong with it beside what else is.
fn or_wrong(checked: Result<String>, wrong: &mut Vec<FieldError>) -> String {
    checked.unwrap_or_else(|error| {
        if let Error::Invalid { fields } = error {
            wrong.extend(fields);
        }
        String::new()
    })
}

/// The title of a resource as it is kept: one line. `field` is the form's.
pub fn check_resource_title(field: &str, typed: &str) -> Result<String> {
    let title = one_line(typed);
    if title.chars().any(is_invisible) {
        return Err(unseen(field));
    }
    let length = title.chars().count();
    let visible = title.chars().filter(|sign| !shows_nothing(*sign)).count();
    if visible < RESOURCE_TITLE_SHORTEST || length > RESOURCE_TITLE_LONGEST {
        return Err(Error::invalid(
            field,
            format!(
                "Use {RESOURCE_TITLE_SHORTEST} to {RESOURCE_TITLE_LONGEST} characters for the title; this has {length}."
            ),
        ));
    }
    Ok(title)
}

/// Blanks, and the joiners of Persian and Indian scripts.
fn shows_nothing(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{200c}' | '\u{200d}')
}

/// The description of a resource as it is kept: one paragraph of plain text, or nothing. `field` is the
/// form's.
pub fn check_description(field: &str, typed: &str) -> Result<String> {
    let text = one_line(typed);
    if text.chars().any(is_invisible) {
        return Err(unseen(field));
    }
    let length = text.chars().count();
    if length > DESCRIPTION_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {DESCRIPTION_LONGEST} characters; this has {length}."),
        ));
    }
    Ok(text)
}

/// The date that was typed, or that there is none. `field` is the form's.
pub fn check_date(field: &str, typed: &str) -> Result<Option<PartialDate>> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    PartialDate::parse(typed).map(Some).ok_or_else(|| {
        Error::invalid(
            field,
            "Enter a year, a month or a day, for example 2024, 2024-05 or 2024-05-17.",
        )
    })
}

/// The reason for which a resource is declined or removed, as it is kept: one line. `field` is the
/// form's.
pub fn check_resource_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. The member who suggested it can read this.";
    check_reason(field, typed, RESOURCE_REASON_LONGEST, missing)
}

fn unseen(field: &str) -> Error {
    Error::invalid(
        field,
        "This has hidden characters. Delete them, or type it again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_one_line_that_can_be_seen() {
        let title = |typed: &str| check_resource_title("title", typed);
        assert_eq!(title("  A  guide\n"), Ok("A guide".to_owned()));
        assert!(title(&"ä".repeat(RESOURCE_TITLE_LONGEST)).is_ok());
        for bad in [
            "",
            "ab",
            "a \u{200d} b",
            "turned \u{202e}round",
            "a null \0 sign",
            &"a".repeat(RESOURCE_TITLE_LONGEST + 1),
        ] {
            assert!(title(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn descriptions_are_short_or_nothing() {
        let text = |typed: &str| check_description("description", typed);
        assert_eq!(text(" \n"), Ok(String::new()));
        assert_eq!(text("One\r\n\r\ntwo."), Ok("One two.".to_owned()));
        assert!(text(&"ä".repeat(DESCRIPTION_LONGEST)).is_ok());
        for bad in ["\u{200b}", "a\0b", &"a".repeat(DESCRIPTION_LONGEST + 1)] {
            assert!(text(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn reasons_are_given() {
        let reason = |typed: &str| check_resource_reason("reason", typed);
        assert_eq!(reason(" An \n ad"), Ok("An ad".to_owned()));
        for bad in ["", " ", "a\u{202e}b", &"a".repeat(501)] {
            assert!(reason(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let draft = ResourceDraft {
            title: "x".to_owned(),
            link: "x".to_owned(),
            description: "\u{200b}".to_owned(),
            date: check_date("date", "2027").unwrap(),
            kind: ResourceKind::Guide,
            language: ResourceLanguage::ENGLISH,
        };
        let Err(Error::Invalid { fields }) = draft.check(Timestamp(1_767_398_400_000_000)) else {
            panic!("it was accepted");
        };
        let fields: Vec<_> = fields.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["title", "link", "description", "date"]);
        assert_eq!(check_date("date", " "), Ok(None));
        assert!(check_date("date", "soon").is_err());
    }
}
