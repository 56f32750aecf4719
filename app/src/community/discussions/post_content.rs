//! What is in the article of a post, wherever it is shown: who wrote it, its text, and what its reader can
//! do with it; or what is left of it.

use domain::community::{Post, ReportSubject};
use leptos::prelude::*;

use super::{
    post::{Deleted, LeaderMark},
    post_body::PostBody,
};
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

/// The content of a post.
#[component]
pub(in crate::community) fn PostContent(
    /// The post.
    post: Post,
    /// Id of its topic.
    id: String,
    /// The words in the topic's address.
    words: String,
    /// What stands before its author.
    #[prop(optional_no_strip)]
    before: Option<AnyView>,
    /// Its address, where it is not the page's.
    #[prop(optional_no_strip)]
    path: Option<String>,
    /// Whether the reader may edit it.
    may_edit: bool,
    /// Whether the reader may react to what others write.
    may_react: bool,
    /// Whether the reader may delete and hide it, though it is not theirs.
    moderates: bool,
    /// Where the reader replies to it.
    #[prop(optional_no_strip)]
    reply: Option<AnyView>,
) -> impl IntoView {
    let Post {
        number,
        author,
        alias,
        html,
        written,
        edited,
        in_reply_to,
        own,
        deleted,
        hidden,
        content_note,
        note_set,
        may_note,
        reactions,
        by_leader,
        muted,
        ..
    } = post;
    let reply_to = in_reply_to.map(|to| {
        let path = paths::post(&id, &words, to);
        view! { <a href=path>{format!("In reply to post {to}")}</a> }
    });
    let may_delete = own || moderates;
    if deleted.is_some() || hidden.is_some() {
        let gone = deleted.is_some();
        let left = match (deleted, hidden) {
            (Some(deletion), _) => view! { <Deleted deletion/> }.into_any(),
            (None, Some(hidden)) => view! { <HiddenPost hidden html own moderates/> }.into_any(),
            (None, None) => ().into_any(),
        };
        let may_delete = may_delete && !gone;
        let acts = (may_delete || moderates).then(|| {
            view! { <PostActs id words number may_edit=false may_delete moderates/> }
        });
        return view! {
            <p class="soft">{format!("Post {number}, ")} <Moment time=written/> ". " {reply_to}</p>
            {left}
            {acts}
        }
        .into_any();
    }
    let edited = edited.map(|time| {
        let path = paths::post_history(&id, &words, number);
        view! { <a href=path>"Edited " <Date time/></a> }
    });
    let time = match path {
        Some(path) => view! { <a href=path><Moment time=written/></a> }.into_any(),
        None => view! { <Moment time=written/> }.into_any(),
    };
    let name = author.name.clone();
    let others = (!own).then(|| {
        let subject = ReportSubject::Post {
            topic: id.clone(),
            number,
        };
        let mute = muted.map(|muted| {
            let (id, words, name) = (id.clone(), words.clone(), name.clone());
            view! { <MuteLink id words number name muted/> " " }
        });
        view! {
            {mute}
            <ReportLink subject about=format!("post {number}")/>
        }
    });
    let look_up = alias.filter(|_| moderates).map(|number| {
        let id = id.clone();
        view! { <LookUp id number/> }
    });
    let note = may_note.then(|| {
        let path = paths::note(&id, &words, number);
        view! {
            <a href=path>"Content note"<span class="unseen">{format!(" for post {number}")}</span></a>
        }
    });
    let note_set = note_set.then(|| {
        view! { <p class="soft">"A moderator or leader added this content note:"</p> }
    });
    let (post_id, post_words) = (id.clone(), words.clone());
    let may_react = may_react && !own;
    view! {
        <Folded muted=muted == Some(true) name>
            <p class="soft">
                {before} <b>
                    <AuthorName author/>
                </b> {by_leader.then(|| view! { " " <LeaderMark/> })} ", " {time} ". " {reply_to} " "
                {edited}
            </p>
            {note_set}
            <PostBody html content_note/>
            <ReactionLine reactions id words number may_react/>
            <PostActs id=post_id words=post_words number may_edit may_delete moderates>
                {note}
                " "
                {others}
                " "
                {look_up}
            </PostActs>
            {reply}
        </Folded>
    }
    .into_any()
}

/// What its reader may do with a post.
#[component]
fn PostActs(
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
    /// What else they may do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
    view! { <div class="acts">{edit} {delete} {moderate} {children.map(|children| children())}</div> }
}
