//! One post on the page of its topic.

use domain::community::{Deletion, Post, TopicAudience};
use leptos::prelude::*;

use super::post_form::ReplyForm;
use crate::{
    community::paths,
    ui::{Date, Moment, Prose},
    wiki::AuthorName,
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
) -> impl IntoView {
    let Post {
        number,
        author,
        html,
        written,
        edited,
        in_reply_to,
        own,
        deleted,
        ..
    } = post;
    let anchor = format!("post-{number}");
    let path = paths::post(&id, &words, number);
    let reply_to = in_reply_to.map(|to| {
        let path = paths::post(&id, &words, to);
        view! { <a href=path>{format!("In reply to post {to}")}</a> }
    });
    if let Some(deletion) = deleted {
        return view! {
            <li id=anchor>
                <article aria-label=format!("Post {number}")>
                    <p class="soft">
                        {format!("Post {number}, ")} <Moment time=written/> ". " {reply_to}
                    </p>
                    <Deleted deletion/>
                </article>
            </li>
        }
        .into_any();
    }
    let edited = edited.map(|time| {
        let path = paths::post_history(&id, &words, number);
        view! { <a href=path>"Edited " <Date time/></a> }
    });
    let (may_edit, may_delete) = (own && may_write, own || moderates);
    let reply = may_write.then(|| {
        view! {
            <details class="reply">
                <summary>"Reply"<span class="unseen">{format!(" to post {number}")}</span></summary>
                <ReplyForm id=id.clone() words=words.clone() to=Some(number) audience/>
            </details>
        }
    });
    view! {
        <li id=anchor>
            <article aria-label=format!("Post {number}")>
                <p class="soft">
                    <b>
                        <AuthorName author/>
                    </b> ", " <a href=path>
                        <Moment time=written/>
                    </a> ". " {reply_to} " " {edited}
                </p>
                <Prose html class="prose"/>
                <PostActs id words number may_edit may_delete/>
                {reply}
            </article>
        </li>
    }
    .into_any()
}

/// What its reader may do with a post.
#[component]
pub(in crate::community) fn PostActs(
    /// Id of its topic.
    id: String,
    /// The words in the topic's address.
    words: String,
    /// The post.
    number: i64,
    /// Whether the reader may edit it.
    may_edit: bool,
    /// Whether the reader may delete it.
    may_delete: bool,
) -> impl IntoView {
    let edit = may_edit.then(|| {
        let path = paths::edit_post(&id, &words, number);
        view! { <a href=path>"Edit"<span class="unseen">{format!(" post {number}")}</span></a> }
    });
    let delete = may_delete.then(|| {
        let path = paths::delete_post(&id, &words, number);
        view! { <a href=path>"Delete"<span class="unseen">{format!(" post {number}")}</span></a> }
    });
    view! { <div class="acts">{edit} {delete}</div> }
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
