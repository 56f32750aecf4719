//! One post on the page of its topic.

use domain::community::{Deletion, Post, TopicAudience};
use leptos::prelude::*;

use super::{post_content::PostContent, post_form::ReplyForm};
use crate::{
    community::paths,
    ui::{Date, form::Offers},
};

/// A post.
#[component]
pub(super) fn OnePost(
    /// The post.
    post: Post,
    /// Id of its topic.
    id: String,
    /// The words in the topic's address.
    words: String,
    /// For whom the topic is.
    audience: TopicAudience,
    /// Whether the reader may reply.
    may_write: bool,
    /// Whether the reader may delete it, though it is not theirs.
    moderates: bool,
    /// Who is offered while a mention is typed.
    offers: Offers,
) -> impl IntoView {
    let number = post.number;
    let reply = (may_write && post.is_shown()).then(|| {
        view! {
            <details class="reply">
                <summary>"Reply"<span class="unseen">{format!(" to post {number}")}</span></summary>
                <ReplyForm id=id.clone() words=words.clone() to=Some(number) audience offers/>
            </details>
        }
        .into_any()
    });
    let path = Some(paths::post(&id, &words, number));
    let may_edit = post.own && may_write;
    view! {
        <li id=format!("post-{number}")>
            <article aria-label=format!("Post {number}")>
                <PostContent post id words path may_edit may_react=may_write moderates reply/>
            </article>
        </li>
    }
}

/// That somebody leads the community in which they write.
#[component]
pub(in crate::community) fn LeaderMark() -> impl IntoView {
    view! { <b class="mark">"Leader"</b> }
}

/// What is left of a post that was deleted.
#[component]
pub(in crate::community) fn Deleted(deletion: Deletion) -> impl IntoView {
    let who = if deletion.by_author {
        "Deleted by its author, "
    } else {
        "Deleted by a moderator, "
    };
    let reason = (!deletion.reason.is_empty()).then(|| {
        view! { " Reason: " <q>{deletion.reason}</q> }
    });
    view! {
        <p class="deleted">
            {who} <Date time=deletion.at/> "." {reason}
        </p>
    }
}
