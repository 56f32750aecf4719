//! `/topics/{id}/{words}/reply`: where a reply is written, for browsers without a script, and for a reply
//! that waits until somebody has signed in.

use domain::community::Replying;
use leptos::prelude::*;

use super::{api, offered::offered, post_body::PostBody, post_form::ReplyForm};
use crate::{
    community::{
        first_posts::Waits,
        membership::{Join, Place},
        moderation::Locked,
        paths,
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
    let data = page_data(
        move || (id(), words(), to()),
        |(id, words, to)| api::read_reply(id, words, to),
    );
    view! { <Page data view=|reply| view! { <Reply reply/> }.into_any()/> }
}

#[component]
fn Reply(reply: Replying) -> impl IntoView {
    let Replying {
        topic,
        audience,
        post,
        joined,
        locked,
        waits,
    } = reply;
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
        view! { <ReplyForm id=topic.id words=topic.words to audience offers/> }.into_any()
    } else {
        let text = "Join this community to reply. ";
        view! {
            <Unsent present=Vec::new()/>
            <Join slug=topic.condition.slug place=Place::Topic topic=topic.id text/>
        }
        .into_any()
    };
    view! {
        <Column title="Write a reply" links>
            {post}
            <Waits waits/>
            {form}
        </Column>
    }
}
