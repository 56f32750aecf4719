//! The fields of the forms with which somebody appeals and sets a content note, and what is wrong with
//! them.

use domain::{
    FieldError,
    community::{check_appeal, check_content_note},
};
use serde::Deserialize;

use super::api;
use crate::ui::form::{PageForm, wrong};

/// `/decisions/{id}`
#[derive(Clone, Debug, Deserialize)]
pub struct AppealFields {
    /// Which decision.
    pub id: String,
    /// Why it is wrong.
    pub words: String,
}

impl PageForm for AppealFields {
    type Call = api::Appeal;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_appeal("words", &self.words))
    }
}

/// `/topics/{id}/{words}/posts/{number}/note`
#[derive(Clone, Debug, Deserialize)]
pub struct ContentNoteFields {
    /// The topic.
    pub id: String,
    /// The post.
    pub number: i64,
    /// What readers are warned of; nothing to take a note off.
    pub content_note: Option<String>,
}

impl PageForm for ContentNoteFields {
    type Call = api::SetNote;

    fn check(&self) -> Vec<FieldError> {
        let note = self.content_note.as_deref();
        wrong(check_content_note("content_note", note))
    }
}
