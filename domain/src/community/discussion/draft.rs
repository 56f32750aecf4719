//! What people enter to write in a community, and what is wrong with it.

use serde::{Deserialize, Serialize};

use super::{
    TopicAudience, check_content_note,
    mention::{MENTIONS_MOST, count_mentioned},
};
use crate::{
    Error, Result,
    text::{check_one_line, check_reason, is_invisible, one_line, printable},
};

/// Fewest characters of a topic's title.
pub const TITLE_SHORTEST: usize = 5;
/// Most characters of a topic's title.
pub const TITLE_LONGEST: usize = 150;
/// Most characters of a post.
pub const POST_LONGEST: usize = 20_000;
/// Most characters of the reason for which a post is deleted.
pub const DELETION_REASON_LONGEST: usize = 500;

/// A new topic with its first post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicDraft {
    /// See [`check_title`].
    pub title: String,
    /// Markdown; see [`check_post`].
    pub text: String,
    /// For whom the topic is, with all that will be written there.
    pub audience: TopicAudience,
    /// Whether its author is shown under an alias.
    pub anonymous: bool,
    /// What readers are warned of before the first post; see [`check_content_note`].
    pub content_note: Option<String>,
}

impl TopicDraft {
    /// The topic as it is kept. [`Error::Invalid`] about `title`, `text` and `content_note`.
    pub fn check(self) -> Result<Self> {
        let title = check_title("title", &self.title);
        let text = check_post("text", &self.text);
        let note = check_content_note("content_note", self.content_note.as_deref());
        let (title, text, content_note) = all_of(title, text, note)?;
        Ok(Self {
            title,
            text,
            content_note,
            audience: self.audience,
            anonymous: self.anonymous,
        })
    }
}

/// A new post of a topic that is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDraft {
    /// Markdown; see [`check_post`].
    pub text: String,
    /// Number of the post that it replies to, if it is about one.
    pub in_reply_to: Option<i64>,
    /// Whether its author is shown under an alias.
    pub anonymous: bool,
    /// What readers are warned of before it; see [`check_content_note`].
    pub content_note: Option<String>,
}

impl PostDraft {
    /// The post as it is kept. [`Error::Invalid`] about `text` and `content_note`.
    pub fn check(self) -> Result<Self> {
        let text = check_post("text", &self.text);
        let note = check_content_note("content_note", self.content_note.as_deref());
        let (text, content_note, ()) = all_of(text, note, Ok(()))?;
        Ok(Self {
            text,
            content_note,
            ..self
        })
    }
}

/// Three checked values, or all that is wrong with them.
pub(in crate::community) fn all_of<A, B, C>(
    first: Result<A>,
    second: Result<B>,
    third: Result<C>,
) -> Result<(A, B, C)> {
    match (first, second, third) {
        (Ok(first), Ok(second), Ok(third)) => Ok((first, second, third)),
        (first, second, third) => {
            let mut fields = Vec::new();
            for error in [first.err(), second.err(), third.err()]
                .into_iter()
                .flatten()
            {
                match error {
                    Error::Invalid { fields: found } => fields.extend(found),
                    other => return Err(other),
                }
            }
            Err(Error::Invalid { fields })
        }
    }
}

/// The title of a topic as it is kept: one line, without blanks that do not show. `field` is the
/// form's.
pub fn check_title(field: &str, typed: &str) -> Result<String> {
    check_title_of("title", field, typed)
}

/// The same for what is called something else.
pub(in crate::community) fn check_title_of(what: &str, field: &str, typed: &str) -> Result<String> {
    let title = one_line(typed);
    let length = title.chars().count();
    if title.chars().any(is_invisible) {
        return Err(Error::invalid(
            field,
            format!("This {what} has hidden characters. Delete them, or type the {what} again."),
        ));
    }
    if !(TITLE_SHORTEST..=TITLE_LONGEST).contains(&length) {
        return Err(Error::invalid(
            field,
            format!(
                "Use {TITLE_SHORTEST} to {TITLE_LONGEST} characters for the {what}; this has {length}."
            ),
        ));
    }
    Ok(title)
}

/// The text of a post as it is kept. `field` is the form's.
pub fn check_post(field: &str, typed: &str) -> Result<String> {
    let text = printable(typed);
    let text = text.trim_end();
    let length = text.chars().count();
    if text
        .chars()
        .all(|sign| sign.is_whitespace() || is_invisible(sign))
    {
        return Err(Error::invalid(field, "Write something first."));
    }
    if length > POST_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {POST_LONGEST} characters; this has {length}."),
        ));
    }
    let mentioned = count_mentioned(text);
    if mentioned > MENTIONS_MOST {
        return Err(Error::invalid(
            field,
            format!("Mention at most {MENTIONS_MOST} people in a post; this mentions {mentioned}."),
        ));
    }
    Ok(text.to_owned())
}

/// The reason for which a post is deleted as it is kept: one line. Authors need not give one. `field`
/// is the form's.
pub fn check_deletion_reason(field: &str, typed: &str, own: bool) -> Result<String> {
    if own {
        return check_one_line(field, typed, DELETION_REASON_LONGEST);
    }
    let missing = "Say why. Everybody who reads the discussion sees it.";
    check_reason(field, typed, DELETION_REASON_LONGEST, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_one_line() {
        let title = |typed: &str| check_title("title", typed);
        assert_eq!(
            title("  Who  else\n has it? "),
            Ok("Who else has it?".into())
        );
        assert!(title(&"ä".repeat(TITLE_LONGEST)).is_ok());
        for bad in [
            "",
            "    a    ",
            "four",
            &"a".repeat(TITLE_LONGEST + 1),
            "a null \0 sign",
            "turned \u{202e}round",
            "\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}",
        ] {
            assert!(title(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn posts_have_an_end() {
        let post = |typed: &str| check_post("text", typed);
        assert_eq!(post("  One\r\ntwo\0.\n\n"), Ok("  One\ntwo.".into()));
        assert!(post(&"ä".repeat(POST_LONGEST)).is_ok());
        for bad in ["", " \n", "\0", "\u{200b}", &"a".repeat(POST_LONGEST + 1)] {
            assert!(post(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn posts_mention_few_people() {
        let post = |count: u32| {
            let names: Vec<_> = (0..count).map(|number| format!("@{number:010}")).collect();
            check_post("text", &names.join(" "))
        };
        assert!(post(10).is_ok());
        let Err(Error::Invalid { fields }) = post(11) else {
            panic!("it was accepted");
        };
        let words = "Mention at most 10 people in a post; this mentions 11.";
        assert_eq!(fields[0].message, words);
    }

    #[test]
    fn moderators_say_why() {
        let reason = |typed: &str, own| check_deletion_reason("reason", typed, own);
        assert_eq!(reason(" ", true), Ok(String::new()));
        assert_eq!(
            reason(" An \n advertisement", false),
            Ok("An advertisement".into())
        );
        assert!(reason(" ", false).is_err());
        assert!(reason("a\u{202e}b", true).is_err());
        assert!(reason(&"a".repeat(DELETION_REASON_LONGEST + 1), true).is_err());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let draft = TopicDraft {
            title: String::new(),
            text: String::new(),
            audience: TopicAudience::Everyone,
            anonymous: false,
            content_note: None,
        };
        let Err(Error::Invalid { fields }) = draft.check() else {
            panic!("it was accepted");
        };
        let fields: Vec<_> = fields.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["title", "text"]);
    }
}
