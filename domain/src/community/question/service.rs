use async_trait::async_trait;

use super::{Answering, AnswersPage, QuestionDraft, QuestionList, QuestionThread};
use crate::{
    Result,
    account::{Actor, Submission},
    catalogue::Resolved,
    community::{Starting, TopicLine},
};

/// Questions to experts.
///
/// A condition is named by its slug, a question by its id, an answer by its number. A question that is
/// not for who asks is answered as if it were not there: [`Error::NotFound`](crate::Error::NotFound).
/// Answers are posts: they are edited and deleted, and their versions read, by
/// [`Discussions`](crate::community::Discussions).
#[async_trait]
pub trait Questions: Send + Sync {
    /// Questions of a community, the one with the last answer first, after the one with an id.
    async fn questions(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<QuestionList>>;

    /// A question with a page of its answers.
    async fn question(&self, actor: Actor, id: &str, page: AnswersPage) -> Result<QuestionThread>;

    /// What somebody has to know who wants to ask.
    async fn asking(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>>;

    /// A few questions of the community that share words with this one, those that share most first.
    async fn similar(&self, actor: Actor, slug: &str, title: &str) -> Result<Vec<TopicLine>>;

    /// Asks, and returns the question's id. Who asks has joined the community, else
    /// [`Error::Forbidden`](crate::Error::Forbidden). [`Error::Invalid`](crate::Error::Invalid) about
    /// `title` and `text`.
    async fn ask(
        &self,
        actor: Actor,
        slug: &str,
        draft: QuestionDraft,
        submission: &Submission,
    ) -> Result<String>;

    /// What somebody has to know who wants to answer.
    async fn answering(&self, actor: Actor, id: &str) -> Result<Answering>;

    /// Answers, and returns the answer's number. Experts may everywhere, others where they have joined;
    /// else, and where the question was declined, [`Error::Forbidden`](crate::Error::Forbidden). Experts
    /// are never anonymous.
    /// [`Error::Invalid`](crate::Error::Invalid) about `text` and `content_note`.
    async fn answer(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        content_note: Option<&str>,
        anonymous: bool,
        submission: &Submission,
    ) -> Result<i64>;

    /// Declines a question, and says why. Where it is declined already nothing changes. One that an
    /// expert has answered is [`Error::Forbidden`](crate::Error::Forbidden).
    /// [`Error::Invalid`](crate::Error::Invalid) about `reason`.
    async fn decline(&self, actor: Actor, id: &str, reason: &str) -> Result<()>;

    /// Opens a declined question again. Where it is open that is no error.
    async fn reopen(&self, actor: Actor, id: &str) -> Result<()>;
}
