//! One post on the page of its topic.

use domain::community::{Deletion, Post, ReportSubject, TopicAudience};
use leptos::prelude::*;

use super::{post_body::PostBody, post_form::ReplyForm};
use crate::{
    community::{
        ReportLink,
        aliases::LookUp,
        moderation::HiddenPost,
        muting::{Folded, MuteLink},
        paths,
        reactions::ReactionLine,
    },
    ui::{Date, Moment},
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
        alias,
        hidden,
        content_note,
        reactions,
        by_leader,
        muted,
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
                    <PostActs id words number may_edit=false may_delete=false moderates/>
                </article>
            </li>
        }
        .into_any();
    }
    if let Some(hidden) = hidden {
        let may_delete = own || moderates;
        return view! {
            <li id=anchor>
                <article aria-label=format!("Post {number}")>
                    <p class="soft">
                        {format!("Post {number}, ")} <Moment time=written/> ". " {reply_to}
                    </p>
                    <HiddenPost hidden html own moderates/>
                    <PostActs id words number may_edit=false may_delete moderates/>
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
    let name = author.name.clone();
    let report = (!own).then(|| report_post(&id, number));
    let mute = {
        let (id, words, name) = (id.clone(), words.clone(), name.clone());
        muted.map(|muted| view! { <MuteLink id words number name muted/> }.into_any())
    };
    let given = {
        let (id, words, may_react) = (id.clone(), words.clone(), may_write && !own);
        view! { <ReactionLine reactions id words number may_react/> }
    };
    view! {
        <li id=anchor>
            <article aria-label=format!("Post {number}")>
                <Folded muted=muted == Some(true) name>
                    <p class="soft">
                        <b>
                            <AuthorName author/>
                        </b> {by_leader.then(|| view! { " " <LeaderMark/> })} ", " <a href=path>
                            <Moment time=written/>
                        </a> ". " {reply_to} " " {edited}
                    </p>
                    <PostBody html content_note/>
                    {given}
                    <PostActs
                        id
                        words
                        number
                        may_edit
                        may_delete
                        moderates
                        report
                        mute
                        alias=alias.filter(|_| moderates)
                    />
                    {reply}
                </Folded>
            </article>
        </li>
    }
    .into_any()
}

/// That somebody leads the community in which they write.
#[component]
pub(in crate::community) fn LeaderMark() -> impl IntoView {
    view! { <b class="mark">"Leader"</b> }
}

/// The way to report a post of somebody else.
pub(in crate::community) fn report_post(topic: &str, number: i64) -> AnyView {
    let subject = ReportSubject::Post {
        topic: topic.to_owned(),
        number,
    };
    view! { <ReportLink subject about=format!("post {number}")/> }.into_any()
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
    /// Whether the reader may hide it.
    moderates: bool,
    /// The way to mute its author.
    #[prop(optional_no_strip)]
    mute: Option<AnyView>,
    /// The alias that it was written under, where the reader may look up whose that is.
    #[prop(optional_no_strip)]
    alias: Option<i64>,
    /// The way to report it.
    #[prop(optional_no_strip)]
    report: Option<AnyView>,
) -> impl IntoView {
    let look_up = alias.map(|number| view! { <LookUp id=id.clone() number/> });
    let edit = may_edit.then(|| {
        let path = paths::edit_post(&id, &words, number);
        view! { <a href=path>"Edit"<span class="unseen">{format!(" post {number}")}</span></a> }
    });
    let delete = may_delete.then(|| {
        let path = paths::delete_post(&id, &words, number);
        view! { <a href=path>"Delete"<span class="unseen">{format!(" post {number}")}</span></a> }
    });
    // A plain page, which the router does not know.
    let moderate = moderates.then(|| {
        let path = paths::moderate_post(&id, number);
        view! {
            <a href=path rel="external">
                "Moderate"
                <span class="unseen">{format!(" post {number}")}</span>
            </a>
        }
    });
    view! { <div class="acts">{edit} {delete} {mute} {report} {moderate} {look_up}</div> }
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
