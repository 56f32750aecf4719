//! The fields of the forms with which people write in discussions, and what is wrong with them.

use domain::{
    FieldError,
    community::{
        TopicAudience, check_content_note, check_deletion_reason, check_details, check_post,
        check_title,
    },
};
use serde::Deserialize;

use super::api;
use crate::{
    community::saved_drafts::wrong_draft,
    ui::form::{PageForm, wrong},
};

/// What is done with a text instead of publishing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PostAction {
    /// Show how it would look.
    Preview,
    /// Save it as a draft.
    Draft,
}

/// What is done with the text of a post instead of saving it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditPostAction {
    /// Show how it would look.
    Preview,
}

/// What is wrong with a content note.
pub(in crate::community) fn wrong_note(note: Option<&str>) -> Vec<FieldError> {
    wrong(check_content_note("content_note", note))
}

/// `/communities/{slug}/discussions/new`
#[derive(Clone, Debug, Deserialize)]
pub struct StartTopicFields {
    /// The condition's address.
    pub slug: String,
    /// What it is about.
    pub title: String,
    /// The first post.
    pub text: String,
    /// What readers are warned of before the first post.
    pub content_note: Option<String>,
    /// For whom it is.
    pub audience: TopicAudience,
    /// Whether its author is shown under an alias.
    pub anonymous: bool,
    /// The draft that it is made of, as it was shown.
    pub draft: Option<String>,
    /// What is done with it, if it is not published.
    pub action: Option<PostAction>,
}

impl PageForm for StartTopicFields {
    type Call = api::StartTopic;
    const KEYED: bool = true;

    fn check(&self) -> Vec<FieldError> {
        let mut found = match self.action {
            Some(PostAction::Draft) => {
                return wrong_draft(&self.title, &self.text, self.content_note.as_deref());
            }
            Some(PostAction::Preview) => Vec::new(),
            None => wrong(check_title("title", &self.title)),
        };
        found.extend(wrong(check_post("text", &self.text)));
        found.extend(wrong_note(self.content_note.as_deref()));
        found
    }
}

/// `/topics/{id}/{words}`: another post
#[derive(Clone, Debug, Deserialize)]
pub struct ReplyFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// Number of the post that it replies to.
    pub in_reply_to: Option<i64>,
    /// The post.
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

impl PageForm for ReplyFields {
    type Call = api::Reply;
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

/// `/topics/{id}/{words}/posts/{number}/edit`
#[derive(Clone, Debug, Deserialize)]
pub struct EditPostFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// The post.
    pub number: i64,
    /// The text that this builds on.
    pub version: i64,
    /// The text.
    pub text: String,
    /// What readers are warned of before it.
    pub content_note: Option<String>,
    /// What is done with it, if it is not published.
    pub action: Option<EditPostAction>,
}

impl PageForm for EditPostFields {
    type Call = api::EditPost;

    fn check(&self) -> Vec<FieldError> {
        // Whether there has to be one, the server says: the details of a question can be empty.
        let mut found = wrong(check_details("text", &self.text));
        found.extend(wrong_note(self.content_note.as_deref()));
        found
    }
}

/// `/topics/{id}/{words}/posts/{number}/delete`
#[derive(Clone, Debug, Deserialize)]
pub struct DeletePostFields {
    /// The topic.
    pub id: String,
    /// The words in its address.
    pub words: String,
    /// The post.
    pub number: i64,
    /// Why.
    pub reason: Option<String>,
}

impl PageForm for DeletePostFields {
    type Call = api::DeletePost;

    fn check(&self) -> Vec<FieldError> {
        // Whether there has to be one, the server says: the form does not know whose post it is.
        let reason = self.reason.as_deref().unwrap_or_default();
        wrong(check_deletion_reason("reason", reason, true))
    }
}
