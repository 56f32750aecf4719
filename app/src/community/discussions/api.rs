//! What the pages of discussions get from the server, and what becomes of their forms.

use domain::{
    SafeHtml,
    community::{
        Deleting, PostHistory, PostText, RecentTopics, Replying, Starting, TopicList, TopicPage,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::{DeletePostFields, EditPostFields, ReplyFields, StartTopicFields};
#[cfg(feature = "ssr")]
use super::forms::{EditPostAction, PostAction};
#[cfg(feature = "ssr")]
use crate::{
    account,
    community::{
        paths,
        saved_drafts::api::{publish, save},
    },
    context,
    ui::form::{Call, Done},
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use domain::{
    Error, Result as DomainResult,
    community::{DraftPlace, DraftText, FirstPostDraft, PostDraft, TopicDraft, topic_words},
};

/// What a text is answered with that has not been published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostPreview {
    /// How it would look.
    pub html: SafeHtml,
}

/// What an edit is answered with where the post was changed in another tab.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostConflict {
    /// The text that is saved.
    pub saved: String,
}

/// A page of the discussions of a condition's community.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/discussions")]
pub async fn read_discussions(
    slug: String,
    after: Option<String>,
) -> Result<Answer<TopicList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let topics = &services.discussions;
    let list = topics.topics(actor, &slug, after.as_deref()).await;
    Ok(Answer::resolved(list, |slug| {
        paths::discussions(slug, None)
    }))
}

#[cfg(feature = "ssr")]
const CHANGED_ELSEWHERE: &str = "You changed this post in another tab or window. Nothing is lost: the text that was saved there is below. If you save again, yours takes its place.";

/// A page of the discussions of all communities.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/recent")]
pub async fn read_recent(after: Option<String>) -> Result<Answer<RecentTopics>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let topics = services.discussions.recent(actor, after.as_deref());
    Ok(Answer::of(topics.await))
}

/// What somebody has to know who starts a discussion.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/new-topic")]
pub async fn read_start(slug: String) -> Result<Answer<Starting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let starting = services.discussions.starting(actor, &slug).await;
    Ok(match starting {
        Err(Error::Unauthenticated) => account::to_sign_in(&paths::start(&slug)),
        starting => Answer::resolved(starting, paths::start),
    })
}

/// A page of a topic.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/topic")]
pub async fn read_topic(
    id: String,
    words: String,
    after: Option<i64>,
) -> Result<Answer<TopicPage>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    Ok(match services.discussions.topic(actor, &id, after).await {
        Ok(page) if page.line.question.is_some() => Answer::moved(paths::of_line(&page.line)),
        Ok(page) if page.line.words != words => {
            Answer::moved(paths::topic(&page.line.id, &page.line.words, after))
        }
        page => Answer::of(page),
    })
}

/// What somebody has to know who replies.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/reply-page")]
pub async fn read_reply(
    id: String,
    words: String,
    to: Option<i64>,
) -> Result<Answer<Replying>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let terms = services.discussions.replying(actor, &id, to).await;
    Ok(account::for_members(terms, &paths::reply(&id, &words)))
}

/// A post of one's own, to edit it.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/own-post")]
pub async fn read_own_post(
    id: String,
    words: String,
    number: i64,
) -> Result<Answer<PostText>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let post = services.discussions.own_post(actor, &id, number).await;
    Ok(account::for_members(
        post,
        &paths::edit_post(&id, &words, number),
    ))
}

/// The texts that a post has had.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/post-history")]
pub async fn read_post_history(
    id: String,
    number: i64,
) -> Result<Answer<PostHistory>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let versions = services.discussions.versions(actor, &id, number);
    Ok(Answer::of(versions.await))
}

/// A post, to delete it.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/post-to-delete")]
pub async fn read_post_to_delete(
    id: String,
    words: String,
    number: i64,
) -> Result<Answer<Deleting>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let post = services.discussions.deleting(actor, &id, number).await;
    Ok(account::for_members(
        post,
        &paths::delete_post(&id, &words, number),
    ))
}

/// Starts a discussion, or shows how its first post would look, or saves it as a draft.
#[server(prefix = "/api", endpoint = "community/start", input = Json)]
pub async fn start_topic(posted: Posted<StartTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let StartTopicFields {
                slug,
                title,
                text,
                content_note,
                audience,
                anonymous,
                draft,
                action,
            } = fields;
            match action {
                Some(PostAction::Preview) => return preview(&call, &text).await,
                Some(PostAction::Draft) => {
                    let content = DraftText {
                        title,
                        text,
                        content_note,
                        in_reply_to: None,
                    };
                    let place = DraftPlace::Discussion(slug);
                    return save(&call, place, draft.as_deref(), content).await;
                }
                None => {}
            }
            let words = topic_words(&title);
            let topic = TopicDraft {
                title,
                text,
                audience,
                anonymous,
                content_note,
            };
            let post = FirstPostDraft::Discussion(slug, topic);
            publish(&call, post, draft.as_deref(), &words).await
        })
        .await
}

/// Adds a post to a discussion, or shows how it would look, or saves it as a draft.
#[server(prefix = "/api", endpoint = "community/reply", input = Json)]
pub async fn reply(posted: Posted<ReplyFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ReplyFields {
                id,
                words,
                in_reply_to,
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
                        title: String::new(),
                        text,
                        content_note,
                        in_reply_to,
                    };
                    let place = DraftPlace::Topic(id);
                    return save(&call, place, draft.as_deref(), content).await;
                }
                None => {}
            }
            let post = PostDraft {
                text,
                in_reply_to,
                anonymous,
                content_note,
            };
            let post = FirstPostDraft::Reply(id, post);
            publish(&call, post, draft.as_deref(), &words).await
        })
        .await
}

/// Gives a post of one's own another text, or shows how it would look.
#[server(prefix = "/api", endpoint = "community/edit-post", input = Json)]
pub async fn edit_post(posted: Posted<EditPostFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let EditPostFields {
                id,
                number,
                version,
                text,
                content_note,
                action,
                ..
            } = fields;
            if action == Some(EditPostAction::Preview) {
                return preview(&call, &text).await;
            }
            let discussions = &call.services.discussions;
            let edited = discussions
                .edit_post(
                    call.actor(),
                    &id,
                    number,
                    version,
                    &text,
                    content_note.as_deref(),
                )
                .await;
            if edited == Err(Error::Conflict) {
                let newer = discussions.own_post(call.actor(), &id, number).await?;
                let shown = Done::show(&PostConflict { saved: newer.text })?;
                let replaced = vec![("version", newer.version.to_string())];
                return Ok(shown.in_place(replaced, CHANGED_ELSEWHERE));
            }
            Ok(Done::at(paths::post_of(&edited?, number)))
        })
        .await
}

/// Deletes a post.
#[server(prefix = "/api", endpoint = "community/delete-post", input = Json)]
pub async fn delete_post(posted: Posted<DeletePostFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let DeletePostFields {
                id, number, reason, ..
            } = fields;
            let reason = reason.unwrap_or_default();
            let discussions = &call.services.discussions;
            discussions
                .delete_post(call.actor(), &id, number, &reason)
                .await?;
            // Whoever has left may not see the discussion any more.
            let there = discussions.topic(call.actor(), &id, None).await;
            Ok(Done::at(match there {
                Ok(page) => paths::post_in(page.line.kind(), &id, &page.line.words, number),
                Err(_) => paths::DISCUSSIONS.to_owned(),
            }))
        })
        .await
}

/// How the text of a post would look.
#[cfg(feature = "ssr")]
pub(in crate::community) async fn preview(call: &Call, text: &str) -> DomainResult<Done> {
    let discussions = &call.services.discussions;
    let html = discussions.preview(call.actor(), text).await?;
    Done::show(&PostPreview { html })
}
