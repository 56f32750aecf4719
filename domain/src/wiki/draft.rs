//! Texts that somebody has begun and not saved.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

use super::Edit;

/// Most drafts that somebody has of one section at a time.
pub const MOST_DRAFTS: u64 = 20;

/// Which of its author's drafts of a section a text is. Every page on which a text is edited has a
/// draft of its own, so that two tabs do not overwrite each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLink {
    /// Ten random characters; empty where a text has no draft of its own.
    pub id: String,
    /// The draft that the page began with, in the state that it showed; empty where it began with
    /// the current text. Whoever has changed that draft since keeps it.
    pub grown_from: String,
}

/// A text that somebody has begun and not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// The text and what it builds on.
    pub edit: Edit,
    /// When it was kept.
    pub kept: Timestamp,
}

/// A draft that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherDraft {
    /// Names it among those of its author and section.
    pub id: String,
    /// When it was kept.
    pub kept: Timestamp,
}
