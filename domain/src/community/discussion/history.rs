//! The texts that a post has had, and what was changed from one to the next.

use serde::{Deserialize, Serialize};

use super::TopicLink;
use crate::{SafeHtml, text::Change, time::Timestamp};

/// The texts that a post has had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostHistory {
    /// In which topic.
    pub topic: TopicLink,
    /// Which post.
    pub number: i64,
    /// The present text first; the last fifty, where there are more.
    pub versions: Vec<PostVersion>,
}

/// A text of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostVersion {
    /// 1 for the text as it was first written.
    pub number: i64,
    /// As it is, or was, shown.
    pub html: SafeHtml,
    /// When it was saved.
    pub saved: Timestamp,
    /// What readers are warned of before it: its own note, or else that of the present text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_note: Option<String>,
    /// What its author changed; nothing of the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<PostChange>,
}

/// What an edit of a post changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostChange {
    /// In the text as it was written, word by word; empty where that is the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Change>,
    /// In the content note; empty where that is the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Change>,
    /// What readers are warned of before it: it shows parts of two texts, and is behind the note of
    /// either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_note: Option<String>,
}
