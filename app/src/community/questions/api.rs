//! What the pages of questions get from the server, and what becomes of their forms.

use domain::community::{Answering, QuestionList, QuestionThread, Starting, TopicLine};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::forms::AskAction;
use super::forms::{AnswerFields, AskFields, DeclineQuestionFields, ReopenQuestionFields};
#[cfg(feature = "ssr")]
use crate::{
    account,
    community::{
        discussions::{api::preview, forms::PostAction},
        paths,
        saved_drafts::api::{publish, save},
    },
    context,
    ui::form::Done,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    community::{
        AnswersPage, DraftPlace, DraftText, FirstPostDraft, PostDraft, QuestionDraft, TopicKind,
    },
};

/// What the first step of asking is answered with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SimilarQuestions {
    /// Questions of the community that share words with this one.
    pub similar: Vec<TopicLine>,
}

/// A page of the questions of a condition's community.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/questions")]
pub async fn read_questions(
    slug: String,
    after: Option<String>,
) -> Result<Answer<QuestionList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let list = services.questions.questions(actor, &slug, after.as_deref());
    Ok(Answer::resolved(list.await, |slug| {
        paths::questions(slug, None)
    }))
}

/// A question with a page of its answers: behind the answer `after`, or the one with `answer` on it.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/question")]
pub async fn read_question(
    id: String,
    words: String,
    after: Option<i64>,
    answer: Option<i64>,
) -> Result<Answer<QuestionThread>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let page = match (after, answer) {
        (None, None) => AnswersPage::First,
        (Some(after), _) => AnswersPage::After(after),
        (None, Some(answer)) => AnswersPage::With(answer),
    };
    Ok(match services.questions.question(actor, &id, page).await {
        Ok(page) if page.line.words != words => {
            let (id, words) = (&page.line.id, &page.line.words);
            Answer::moved(match (after, answer) {
                (None, Some(answer)) => paths::with_answer(id, words, answer),
                (after, _) => paths::question(id, words, after),
            })
        }
        page => Answer::of(page),
    })
}

/// What somebody has to know who asks.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/new-question")]
pub async fn read_ask(slug: String) -> Result<Answer<Starting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(match services.questions.asking(actor, &slug).await {
        Err(Error::Unauthenticated) => account::to_sign_in(&paths::ask(&slug)),
        asking => Answer::resolved(asking, paths::ask),
    })
}

/// What somebody has to know who answers.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/answer-page")]
pub async fn read_answering(id: String, words: String) -> Result<Answer<Answering>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let answering = services.questions.answering(actor, &id).await;
    Ok(account::for_members(
        answering,
        &paths::answer_question(&id, &words),
    ))
}

/// Asks, or shows the questions that are like it, or how the details would look, or saves a draft.
#[server(prefix = "/api", endpoint = "community/ask", input = Json)]
pub async fn ask(posted: Posted<AskFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let AskFields {
                slug,
                title,
                text,
                content_note,
                audience,
                anonymous,
                draft,
                action,
            } = fields;
            let text = text.unwrap_or_default();
            let questions = &call.services.questions;
            let audience = match (action, audience) {
                (Some(AskAction::Preview), _) => return preview(&call, &text).await,
                (Some(AskAction::Draft), _) => {
                    let content = DraftText {
                        title,
                        text,
                        content_note,
                        in_reply_to: None,
                    };
                    let place = DraftPlace::Question(slug);
                    return save(&call, place, draft.as_deref(), content).await;
                }
                (Some(AskAction::Continue), _) | (None, None) => {
                    let similar = questions.similar(call.actor(), &slug, &title).await?;
                    return Done::show(&SimilarQuestions { similar });
                }
                (None, Some(audience)) => audience,
            };
            let words = TopicKind::Question.words(&title);
            let question = QuestionDraft {
                title,
                details: text,
                audience,
                anonymous,
                content_note,
            };
            let post = FirstPostDraft::Question(slug, question);
            publish(&call, post, draft.as_deref(), &words).await
        })
        .await
}

/// Answers a question, or shows how the answer would look, or saves it as a draft.
#[server(prefix = "/api", endpoint = "community/answer", input = Json)]
pub async fn answer_question(posted: Posted<AnswerFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let AnswerFields {
                id,
                words,
                text,
                anonymous,
                content_note,
                draft,
                action,
            } = fields;
            match action {
                Some(PostAction::Preview) => return preview(&call, &text).await,
                Some(PostAction::Draft) => {
                    let content = DraftText {
                        text,
                        content_note,
                        ..DraftText::default()
                    };
                    let place = DraftPlace::Topic(id);
                    return save(&call, place, draft.as_deref(), content).await;
                }
                None => {}
            }
            let post = PostDraft {
                text,
                in_reply_to: None,
                anonymous,
                content_note,
            };
            let post = FirstPostDraft::Answer(id, post);
            publish(&call, post, draft.as_deref(), &words).await
        })
        .await
}

/// Declines a question.
#[server(prefix = "/api", endpoint = "community/decline-question", input = Json)]
pub async fn decline_question(
    posted: Posted<DeclineQuestionFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |DeclineQuestionFields { id, words, reason }, call| {
            let questions = &call.services.questions;
            questions.decline(call.actor(), &id, &reason).await?;
            Ok(Done::at(paths::question(&id, &words, None)))
        })
        .await
}

/// Opens a declined question again.
#[server(prefix = "/api", endpoint = "community/reopen-question", input = Json)]
pub async fn reopen_question(
    posted: Posted<ReopenQuestionFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |ReopenQuestionFields { id, words }, call| {
            let questions = &call.services.questions;
            questions.reopen(call.actor(), &id).await?;
            Ok(Done::at(paths::question(&id, &words, None)))
        })
        .await
}
