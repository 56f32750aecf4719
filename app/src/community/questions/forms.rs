//! The fields of the forms with which people ask, answer and decline, and what is wrong with them.

use domain::{
    FieldError,
    community::{TopicAudience, check_decline_reason, check_details, check_post, check_question},
};
use serde::Deserialize;

use super::api;
use crate::{
    community::{
        discussions::forms::{PostAction, wrong_note},
        saved_drafts::wrong_draft,
    },
    ui::form::{PageForm, wrong},
};

/// What is done with a question instead of asking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskAction {
    /// Show the questions that are like it.
    Continue,
    /// Show how the details would look.
    Preview,
    /// Save it as a draft.
    Draft,
}

/// `/communities/{slug}/questions/new`: first the question, then the rest.
#[derive(Clone, Debug, Deserialize)]
pub struct AskFields {
    /// The condition's address.
    pub slug: String,
    /// The question in one line.
    pub title: String,
    /// What else there is to say.
    pub text: Option<String>,
    /// What readers are warned of before it.
    pub content_note: Option<String>,
    /// For whom it is; not sent by the first step.
    pub audience: Option<TopicAudience>,
    /// Whether who asks is shown under an alias.
    pub anonymous: bool,
    /// The draft that it is made of, as it was shown.
    pub draft: Option<String>,
    /// What is done with it, if it is not asked.
    pub action: Option<AskAction>,
}

impl PageForm for AskFields {
    type Call = api::Ask;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let text = self.text.as_deref().unwrap_or_default();
        match self.action {
            Some(AskAction::Continue) => wrong(check_question("title", &self.title)),
            Some(AskAction::Preview) => wrong(check_post("text", text)),
            Some(AskAction::Draft) => wrong_draft(&self.title, text, self.content_note.as_deref()),
            None => {
                let mut found = wrong(check_question("title", &self.title));
                found.extend(wrong(check_details("text", text)));
                found.extend(wrong_note(self.content_note.as_deref()));
                found
            }
        }
    }
}

/// `/questions/{id}/{words}/answer`
#[derive(Clone, Debug, Deserialize)]
pub struct AnswerFields {
    /// The question.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// The answer.
    pub text: String,
    /// Whether its author is shown under an alias.
    pub anonymous: bool,
    /// What readers are warned of before it.
    pub content_note: Option<String>,
    /// The draft that it is made of, as it was shown.
    pub draft: Option<String>,
    /// What is done with it, if it is not published.
    pub action: Option<PostAction>,
}

impl PageForm for AnswerFields {
    type Call = api::AnswerQuestion;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        if self.action == Some(PostAction::Draft) {
            return wrong_draft("", &self.text, self.content_note.as_deref());
        }
        let mut found = wrong(check_post("text", &self.text));
        found.extend(wrong_note(self.content_note.as_deref()));
        found
    }
}

/// `/questions/{id}/{words}`: not for an expert to answer.
#[derive(Clone, Debug, Deserialize)]
pub struct DeclineQuestionFields {
    /// The question.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// Why.
    pub reason: String,
}

impl PageForm for DeclineQuestionFields {
    type Call = api::DeclineQuestion;

    fn check(&self) -> Vec<FieldError> {
        wrong(check_decline_reason("reason", &self.reason))
    }
}

/// `/questions/{id}/{words}`: it is, after all.
#[derive(Clone, Debug, Deserialize)]
pub struct ReopenQuestionFields {
    /// The question.
    pub id: String,
    /// The words in its address.
    pub words: String,
}

impl PageForm for ReopenQuestionFields {
    type Call = api::ReopenQuestion;
}
