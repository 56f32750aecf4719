//! Questions to experts: topics of a kind of their own. How they are read ([`reading`]), asked and
//! answered (here, by what writes topics and posts), and declined ([`declining`]).

mod declining;
mod reading;

use async_trait::async_trait;
use domain::{
    Result,
    account::{Actor, Submission},
    catalogue::Resolved,
    community::{
        Answering, AnswersAs, AnswersPage, PostDraft, QuestionDraft, QuestionList, QuestionThread,
        Questions, Starting, TopicKind, TopicLine,
    },
    policy::{Action, permit},
};

use super::{
    CommunityStore,
    discussions::{
        publishing::{About, NewTopic},
        reading::Topic,
    },
    forbidden, not_joined,
    saved_drafts::{Sending, Spot},
};
use crate::changes;

impl CommunityStore {
    /// The question with an id, if it is for who asks.
    async fn readable_question(&self, actor: Actor, id: &str) -> Result<Topic> {
        self.readable(actor, id).await?.of(TopicKind::Question)
    }

    pub(super) async fn ask_question(
        &self,
        actor: Actor,
        slug: &str,
        draft: QuestionDraft,
        sending: Sending<'_>,
    ) -> Result<String> {
        let member = Self::person(actor, Action::AskQuestions)?;
        let draft = draft.check()?;
        let topic = NewTopic {
            kind: TopicKind::Question,
            title: draft.title,
            text: draft.details,
            audience: draft.audience,
            anonymous: draft.anonymous,
            content_note: draft.content_note,
        };
        self.start_topic(actor, member, slug, topic, sending).await
    }

    pub(super) async fn add_answer(
        &self,
        actor: Actor,
        id: &str,
        draft: PostDraft,
        sending: Sending<'_>,
    ) -> Result<i64> {
        let member = Self::person(actor, Action::WritePosts)?;
        let draft = draft.check()?;
        let topic = self.readable_question(actor, id).await?;
        let answers_as = AnswersAs::of(actor, topic.joined, topic.own).ok_or_else(not_joined)?;
        // Whatever else an expert answers is marked: what is not would tell who has asked.
        let is_expert = permit(actor, Action::AnswerAsExpert).is_ok();
        if topic.alias.is_some() && topic.own && !draft.anonymous && is_expert {
            return Err(forbidden(
                "you have asked this without your name. Add to it without your name, too.",
            ));
        }
        if draft.anonymous && answers_as == AnswersAs::Expert {
            return Err(forbidden("experts answer under their names."));
        }
        let about = About {
            in_reply_to: None,
            answers_as: Some(answers_as),
            anonymous: draft.anonymous,
            content_note: draft.content_note,
        };
        self.put_post(actor, member, (topic, about), draft.text, sending)
            .await
    }
}

#[async_trait]
impl Questions for CommunityStore {
    async fn questions(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<QuestionList>> {
        permit(actor, Action::ReadDiscussions)?;
        self.question_list(actor, slug, after).await
    }

    async fn question(&self, actor: Actor, id: &str, page: AnswersPage) -> Result<QuestionThread> {
        permit(actor, Action::ReadDiscussions)?;
        changes::of_topic(id, self.question_page(actor, id, page)).await
    }

    async fn asking(&self, actor: Actor, slug: &str) -> Result<Resolved<Starting>> {
        Self::person(actor, Action::AskQuestions)?;
        self.before_writing(actor, slug, Some(TopicKind::Question))
            .await
    }

    async fn similar(&self, actor: Actor, slug: &str, title: &str) -> Result<Vec<TopicLine>> {
        Self::person(actor, Action::AskQuestions)?;
        self.questions_like(actor, slug, title).await
    }

    async fn ask(
        &self,
        actor: Actor,
        slug: &str,
        draft: QuestionDraft,
        submission: &Submission,
    ) -> Result<String> {
        self.ask_question(actor, slug, draft, submission.into())
            .await
    }

    async fn answering(&self, actor: Actor, id: &str) -> Result<Answering> {
        Self::person(actor, Action::WritePosts)?;
        let topic = self.readable_question(actor, id).await?;
        Ok(Answering {
            draft: self.draft_at(actor, Spot::Adds(topic.id)).await?,
            audience: topic.line.audience,
            answers_as: AnswersAs::of(actor, topic.joined, topic.own),
            locked: topic.lock_for(actor),
            declined: topic.declined.is_some(),
            waits: topic.joined && self.has_to_wait(actor, topic.condition_id).await?,
            topic: topic.link(),
        })
    }

    async fn answer(
        &self,
        actor: Actor,
        id: &str,
        text: &str,
        content_note: Option<&str>,
        anonymous: bool,
        submission: &Submission,
    ) -> Result<i64> {
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            anonymous,
            content_note: content_note.map(str::to_owned),
        };
        self.add_answer(actor, id, draft, submission.into()).await
    }

    async fn decline(&self, actor: Actor, id: &str, reason: &str) -> Result<()> {
        Self::person(actor, Action::DeclineQuestions)?;
        self.decline_question(actor, id, reason).await
    }

    async fn reopen(&self, actor: Actor, id: &str) -> Result<()> {
        Self::person(actor, Action::DeclineQuestions)?;
        self.reopen_question(actor, id).await
    }
}
