//! `/topics/{id}/{words}/reply`: where a reply is written, for browsers without a script, and for a reply
//! that waits until somebody has signed in.

use domain::community::{Replying, SavedDraft};
use leptos::prelude::*;

use super::{api, offered::offered, post_body::PostBody, post_form::ReplyForm};
use crate::{
    community::{
        first_posts::Waits,
        membership::{Join, Place},
        moderation::Locked,
        paths,
        saved_drafts::{Begun, DeleteDraft, DraftForm, DraftLink, begun_again},
    },
    page::{Column, Page, Unsent, page_data, use_part, use_query_value, way},
    ui::form::answered_state,
};

/// Where a reply is written.
#[component]
pub fn ReplyPage() -> impl IntoView {
    let (id, words, to) = (use_part("id"), use_part("words"), use_query_value("to"));
    // What came back says by itself what it replies to.
    let answered = answered_state().and_then(|state| state.value("in_reply_to").map(str::to_owned));
    let to = move || answered.clone().or_else(to)?.parse::<i64>().ok();
    let asked = to.clone();
    let data = page_data(
        move || (id(), words(), to()),
        |(id, words, to)| api::read_reply(id, words, to),
    );
    view! {
        <Page
            data
            view=move |reply| {
                let asked = untrack(&asked);
                view! { <Reply reply asked/> }.into_any()
            }
        />
    }
}

#[component]
fn Reply(
    reply: Replying,
    /// Number of the post that its address names.
    asked: Option<i64>,
) -> impl IntoView {
    let Replying {
        topic,
        audience,
        post,
        joined,
        locked,
        waits,
        draft,
    } = reply;
    // A draft about another post has a page of its own.
    let is_here = |draft: &SavedDraft| asked.is_none() || draft.content.in_reply_to == asked;
    let elsewhere = draft.as_ref().filter(|draft| joined && !is_here(draft));
    let elsewhere = elsewhere.map(|draft| {
        let path = paths::reply(&topic.id, &topic.words);
        view! { <DraftLink saved=draft.saved path/> }
    });
    let draft = draft.filter(|draft| joined && locked.is_none() && is_here(draft));
    let notice = begun_again(draft.as_ref());
    let offers = offered(&post);
    let to = post.as_ref().map(|post| post.number);
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        match to {
            Some(to) => paths::post(&topic.id, &topic.words, to),
            None => paths::topic(&topic.id, &topic.words, None),
        },
    )];
    let post = post.map(|post| {
        view! {
            <h2>{format!("Post {}", post.number)}</h2>
            <PostBody html=post.html content_note=post.content_note class="seen prose"/>
        }
    });
    let form = if let Some(reason) = locked {
        let kind = topic.kind;
        view! {
            <Unsent present=Vec::new()/>
            <Locked kind reason/>
        }
        .into_any()
    } else if joined {
        let begun = Begun::new(draft);
        let version = begun.version;
        let (of, words) = (topic.id.clone(), topic.words.clone());
        view! {
            <ReplyForm id=topic.id words=topic.words to audience offers begun/>
            <DeleteDraft version page=DraftForm::Reply of words/>
        }
        .into_any()
    } else {
        let text = "Join this community to reply. ";
        view! {
            <Unsent present=Vec::new()/>
            <Join slug=topic.condition.slug place=Place::Topic topic=topic.id text/>
        }
        .into_any()
    };
    view! {
        <Column title="Write a reply" notice links>
            {elsewhere}
            {post}
            <Waits waits/>
            {form}
        </Column>
    }
}
