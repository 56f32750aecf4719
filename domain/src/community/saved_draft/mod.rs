//! Drafts of posts: what somebody has begun to write in a community, kept for them alone, so that they
//! can go on with it on another device.

mod service;

use serde::{Deserialize, Serialize};

use super::{POST_LONGEST, TITLE_LONGEST, TopicKind, TopicLink, check_content_note};
use crate::{
    Error, Result,
    catalogue::ConditionLink,
    text::{one_line, printable},
    time::Timestamp,
};

pub use service::SavedDrafts;

/// Most drafts of posts that one person has at a time.
pub const SAVED_DRAFTS_MOST: u64 = 20;

/// Where what somebody has begun to write will be. There is one draft for each place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftPlace {
    /// A discussion in the community with this slug.
    Discussion(String),
    /// A question in the community with this slug.
    Question(String),
    /// The discussion or question with this id.
    Topic(String),
}

/// What is kept of a post that is not finished. Not whether its author would show their name, so that
/// nothing says beforehand who writes without one; and not for whom it would be, which is chosen when it
/// is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftText {
    /// Of what begins a topic; else empty.
    pub title: String,
    /// Markdown.
    pub text: String,
    /// What readers would be warned of before it.
    pub content_note: Option<String>,
    /// Number of the post that it would reply to.
    pub in_reply_to: Option<i64>,
}

impl DraftText {
    /// The text as it is kept: it need not be complete. [`Error::Invalid`] about `title`, `text` and
    /// `content_note`.
    pub fn check(self) -> Result<Self> {
        let (title, text) = check_draft_text(&self.title, &self.text)?;
        Ok(Self {
            title,
            text,
            content_note: check_content_note("content_note", self.content_note.as_deref())?,
            in_reply_to: self.in_reply_to,
        })
    }
}

/// Title and text of a draft as they are kept. There is something in one of them, and neither is longer
/// than what can be published. [`Error::Invalid`] about `title` and `text`.
pub fn check_draft_text(title: &str, text: &str) -> Result<(String, String)> {
    let title = one_line(&printable(title));
    let text = printable(text).trim_end().to_owned();
    let (title_length, text_length) = (title.chars().count(), text.chars().count());
    if title_length > TITLE_LONGEST {
        return Err(Error::invalid(
            "title",
            format!("Use at most {TITLE_LONGEST} characters; this has {title_length}."),
        ));
    }
    if text_length > POST_LONGEST {
        return Err(Error::invalid(
            "text",
            format!("Use at most {POST_LONGEST} characters; this has {text_length}."),
        ));
    }
    if title.is_empty() && text.trim().is_empty() {
        return Err(Error::invalid("text", "Write something first."));
    }
    Ok((title, text))
}

/// A draft, for its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraft {
    /// Ten random characters, others each time it is saved: whoever names them has seen just this text.
    pub version: String,
    /// What is kept.
    pub content: DraftText,
    /// When it was saved.
    pub saved: Timestamp,
}

/// What became of a draft that somebody wanted to save.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftSaving {
    /// It is saved as this version.
    Saved(String),
    /// Nothing was saved: in another tab or on another device this other text was saved since. Whoever
    /// names its version puts theirs in its place.
    Differs(SavedDraft),
}

/// Where the draft of a list belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SavedDraftPlace {
    /// It would begin a topic.
    Begins {
        /// Of which kind.
        kind: TopicKind,
        /// In whose community.
        condition: ConditionLink,
    },
    /// It would be in a topic; nothing where that is not for its owner any more.
    Adds(Option<TopicLink>),
}

/// A draft in the list of its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedDraftLine {
    /// Where it belongs.
    pub place: SavedDraftPlace,
    /// The draft.
    pub draft: SavedDraft,
}

/// What became of a post that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Published {
    /// It waits until a leader of the community with this slug has read it.
    Waits(String),
    /// It began the topic with this id.
    Topic(String),
    /// It is the post with this number.
    Post(i64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_need_not_be_complete() {
        let kept = |title: &str, text: &str| check_draft_text(title, text);
        assert_eq!(
            kept(" Who \n", " One\r\ntwo\n\n"),
            Ok(("Who".to_owned(), " One\ntwo".to_owned()))
        );
        assert!(kept("W", "").is_ok());
        assert!(kept(&"a".repeat(TITLE_LONGEST), &"ä".repeat(POST_LONGEST)).is_ok());
        for (title, text) in [
            ("", " \n"),
            ("", "\0"),
            (&"a".repeat(TITLE_LONGEST + 1), "Text"),
            ("", &"a".repeat(POST_LONGEST + 1)),
        ] {
            assert!(kept(title, text).is_err());
        }
    }
}
