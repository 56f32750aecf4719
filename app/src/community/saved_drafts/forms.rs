//! The fields of the form with which a draft is deleted, and what is wrong with those that are saved.

use domain::{FieldError, community::check_draft_text};
use serde::Deserialize;

use super::api;
#[cfg(feature = "ssr")]
use crate::community::paths;
use crate::{
    community::discussions::forms::wrong_note,
    ui::form::{PageForm, wrong},
};

/// What is wrong with a draft.
pub(in crate::community) fn wrong_draft(
    title: &str,
    text: &str,
    note: Option<&str>,
) -> Vec<FieldError> {
    let mut found = wrong(check_draft_text(title, text));
    found.extend(wrong_note(note));
    found
}

/// On which page a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftForm {
    /// Where a discussion is started.
    Start,
    /// Where a question is asked.
    Ask,
    /// Where a reply is written.
    Reply,
    /// Where an answer is written.
    Answer,
    /// The list of one's drafts.
    List,
}

impl DraftForm {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Ask => "ask",
            Self::Reply => "reply",
            Self::Answer => "answer",
            Self::List => "list",
        }
    }

    /// Its address. `of` is the slug of the community or the id of the topic.
    #[cfg(feature = "ssr")]
    pub(super) fn path(self, of: &str, words: &str) -> String {
        match self {
            Self::Start => paths::start(of),
            Self::Ask => paths::ask(of),
            Self::Reply => paths::reply(of, words),
            Self::Answer => paths::answer_question(of, words),
            Self::List => format!("{}?done=deleted", paths::SAVED_DRAFTS),
        }
    }
}

/// Where something is written, and `/settings/drafts`: deletes a draft
#[derive(Clone, Debug, Deserialize)]
pub struct DeleteDraftFields {
    /// The draft, as it was shown.
    pub draft: String,
    /// On which page.
    pub page: DraftForm,
    /// The slug of its community, or the id of its topic.
    pub of: Option<String>,
    /// The words in the topic's address.
    pub words: Option<String>,
}

impl PageForm for DeleteDraftFields {
    type Call = api::DeleteDraft;
}
