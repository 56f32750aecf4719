//! What the pages of communities get from the server, and what becomes of their forms.

use domain::{
    SafeHtml,
    catalogue::ConditionLink,
    community::{Post, PostHistory, PostText, RecentTopics, TopicLink, TopicList, TopicPage},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::forms::{
    DeletePostFields, EditPostFields, JoinCommunityFields, LeaveFields, ReplyFields,
    StartTopicFields,
};
#[cfg(feature = "ssr")]
use super::{
    forms::{JoinedFrom, PostAction},
    paths,
};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
};
#[cfg(feature = "ssr")]
use crate::{
    account, context,
    ui::form::{Call, Done},
};
#[cfg(feature = "ssr")]
use domain::{
    Error, Result as DomainResult,
    catalogue::Resolved,
    community::{PostDraft, TopicDraft, topic_words},
};

/// What the page shows on which a discussion is started.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StartView {
    /// Whose community.
    pub condition: ConditionLink,
    /// Whether the reader has joined it.
    pub joined: bool,
}

/// What the page shows on which a post is deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeleteView {
    /// In which topic.
    pub topic: TopicLink,
    /// Which post.
    pub post: Post,
}

/// What a text is answered with that has not been published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PostPreview {
    /// How it would look.
    pub html: SafeHtml,
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

/// A page of the discussions of all communities.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/recent")]
pub async fn read_recent(after: Option<String>) -> Result<Answer<RecentTopics>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let topics = services.discussions.recent(actor, after.as_deref());
    Ok(Answer::of(topics.await))
}

/// What somebody has to know who starts a discussion.
#[server(input = GetUrl, prefix = "/api", endpoint = "community/new-topic")]
pub async fn read_start(slug: String) -> Result<Answer<StartView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    if actor.member().is_none() {
        let next = account::paths::sign_in(&paths::start(&slug));
        return Ok(Answer::elsewhere(next));
    }
    let list = services.discussions.topics(actor, &slug, None).await;
    Ok(
        Answer::resolved(list, paths::start).map(|list| StartView {
            condition: list.condition,
            joined: list.joined,
        }),
    )
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
        Ok(page) if page.line.words != words => {
            Answer::moved(paths::topic(&page.line.id, &page.line.words, after))
        }
        page => Answer::of(page),
    })
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
    Ok(for_members(post, &paths::edit_post(&id, &words, number)))
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
) -> Result<Answer<DeleteView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let path = paths::delete_post(&id, &words, number);
    if actor.member().is_none() {
        return Ok(Answer::elsewhere(account::paths::sign_in(&path)));
    }
    let page = services
        .discussions
        .topic(actor, &id, Some(number.saturating_sub(1)))
        .await;
    Ok(Answer::of(page.and_then(|page| {
        let post = page.posts.into_iter().find(|post| post.number == number);
        let post = post.filter(|post| post.deleted.is_none());
        let post = post.ok_or(Error::NotFound)?;
        if !post.own && !page.moderates {
            return Err(Error::Forbidden {
                reason: "this post is by someone else.".to_owned(),
            });
        }
        let topic = TopicLink {
            id: page.line.id,
            words: page.line.words,
            title: page.line.title,
            condition: page.condition,
        };
        Ok(DeleteView { topic, post })
    })))
}

/// For the page at a path, which is for people who are signed in.
#[cfg(feature = "ssr")]
fn for_members<T>(result: DomainResult<T>, path: &str) -> Answer<T> {
    match result {
        Err(Error::Unauthenticated) => Answer::elsewhere(account::paths::sign_in(path)),
        result => Answer::of(result),
    }
}

/// Joins a community.
#[server(prefix = "/api", endpoint = "community/join", input = Json)]
pub async fn join_community(
    posted: Posted<JoinCommunityFields>,
) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let JoinCommunityFields { slug, from, topic } = fields;
            let memberships = &call.services.memberships;
            memberships.join(call.actor(), &slug).await?;
            Ok(Done::at(match (from, topic) {
                (JoinedFrom::Topic, Some(id)) => {
                    let page = call.services.discussions.topic(call.actor(), &id, None);
                    let line = page.await?.line;
                    paths::topic(&line.id, &line.words, None)
                }
                (JoinedFrom::Discussions, _) => paths::discussions(&slug, None),
                (JoinedFrom::Start, _) => paths::start(&slug),
                (JoinedFrom::Condition | JoinedFrom::Topic, _) => paths::community(&slug),
            }))
        })
        .await
}

/// Leaves a community.
#[server(prefix = "/api", endpoint = "community/leave", input = Json)]
pub async fn leave(posted: Posted<LeaveFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |LeaveFields { slug }, call| {
            let memberships = &call.services.memberships;
            memberships.leave(call.actor(), &slug).await?;
            Ok(Done::at(paths::community(&slug)))
        })
        .await
}

/// Starts a discussion, or shows how its first post would look.
#[server(prefix = "/api", endpoint = "community/start", input = Json)]
pub async fn start_topic(posted: Posted<StartTopicFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let StartTopicFields {
                slug,
                title,
                text,
                audience,
                action,
            } = fields;
            if action == Some(PostAction::Preview) {
                return preview(&call, &text).await;
            }
            let words = topic_words(&title);
            let draft = TopicDraft {
                title,
                text,
                audience,
            };
            let discussions = &call.services.discussions;
            let started = discussions.start(call.actor(), &slug, draft, &call.submission());
            Ok(Done::at(paths::topic(&started.await?, &words, None)))
        })
        .await
}

/// Adds a post to a discussion, or shows how it would look.
#[server(prefix = "/api", endpoint = "community/reply", input = Json)]
pub async fn reply(posted: Posted<ReplyFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let ReplyFields {
                id,
                words,
                in_reply_to,
                text,
                action,
            } = fields;
            if action == Some(PostAction::Preview) {
                return preview(&call, &text).await;
            }
            let draft = PostDraft { text, in_reply_to };
            let discussions = &call.services.discussions;
            let number = discussions.reply(call.actor(), &id, draft, &call.submission());
            Ok(Done::at(paths::post(&id, &words, number.await?)))
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
                words,
                number,
                version,
                text,
                action,
            } = fields;
            if action == Some(PostAction::Preview) {
                return preview(&call, &text).await;
            }
            let discussions = &call.services.discussions;
            discussions
                .edit_post(call.actor(), &id, number, version, &text)
                .await?;
            Ok(Done::at(paths::post(&id, &words, number)))
        })
        .await
}

/// Deletes a post.
#[server(prefix = "/api", endpoint = "community/delete-post", input = Json)]
pub async fn delete_post(posted: Posted<DeletePostFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let DeletePostFields {
                id,
                words,
                number,
                reason,
            } = fields;
            let reason = reason.unwrap_or_default();
            let discussions = &call.services.discussions;
            discussions
                .delete_post(call.actor(), &id, number, &reason)
                .await?;
            Ok(Done::at(paths::post(&id, &words, number)))
        })
        .await
}

#[cfg(feature = "ssr")]
async fn preview(call: &Call, text: &str) -> DomainResult<Done> {
    let discussions = &call.services.discussions;
    let html = discussions.preview(call.actor(), text).await?;
    Done::show(&PostPreview { html })
}
