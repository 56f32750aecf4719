//! The fields of the forms with which a text is written, and what is wrong with them.

use domain::{
    FieldError,
    wiki::{SectionKind, check_agreed, check_draft, check_line, check_marks, check_text},
};
use serde::Deserialize;

use super::api::writing::texts;
use crate::ui::form::{PageForm, wrong};

/// What is done with a text instead of saving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditAction {
    /// Keep it as a draft.
    Draft,
    /// Show how it would look.
    Preview,
}

/// `/communities/{slug}/sections/{kind}/edit`, for sections that are texts
#[derive(Clone, Debug, Deserialize)]
pub struct EditFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// The revision that the text builds on.
    pub base: Option<i64>,
    /// The draft as which this page keeps it.
    pub draft: Option<String>,
    /// The draft that the page began with.
    pub grown_from: Option<String>,
    /// The text.
    pub text: String,
    /// What was changed.
    pub summary: Option<String>,
    /// Whether everyone who is named agrees.
    pub agreed: bool,
    /// What is done with it, if it is not saved.
    pub action: Option<EditAction>,
}

impl PageForm for EditFields {
    type Call = texts::EditText;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        // A draft and a preview may be two versions that have not been combined.
        if self.action.is_some() {
            return wrong(check_draft("text", self.kind, &self.text));
        }
        let mut found = wrong(check_marks("text", &self.text));
        if found.is_empty() {
            found = wrong(check_text("text", self.kind, &self.text));
        }
        let summary = self.summary.as_deref().unwrap_or_default();
        found.extend(wrong(check_line("summary", summary)));
        found.extend(wrong(check_agreed(self.kind, self.agreed)));
        found
    }
}

/// The same page: deletes the draft
#[derive(Clone, Debug, Deserialize)]
pub struct DropDraftFields {
    /// The condition's address.
    pub slug: String,
    /// The section.
    pub kind: SectionKind,
    /// The draft as which this page keeps the text.
    pub draft: Option<String>,
    /// The draft that the page began with.
    pub grown_from: Option<String>,
}

impl PageForm for DropDraftFields {
    type Call = texts::DropDraft;
}
