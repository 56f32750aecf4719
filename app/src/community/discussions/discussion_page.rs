//! `/topics/{id}/{words}`: a discussion.

use domain::community::{TopicAudience, TopicKind, TopicPage, page_of};
use leptos::prelude::*;

use super::{api, offered::offered, post::OnePost, post_form::ReplyForm, topics::ForWhom};
use crate::{
    catalogue,
    community::{
        leaders::Pin,
        membership::{Join, Place},
        moderation::Locked,
        notifications::Follow,
        paths,
        saved_drafts::DraftLink,
    },
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::{LiveNews, Pager, Show},
};

/// A page of a discussion.
#[component]
pub fn DiscussionPage() -> impl IntoView {
    let (id, words, after) = (use_part("id"), use_part("words"), use_query_value("after"));
    let after = move || after()?.parse::<i64>().ok();
    let data = page_data(
        move || (id(), words(), after()),
        |(id, words, after)| api::read_topic(id, words, after),
    );
    view! {
        <Page
            data
            view=move |topic| {
                let after = untrack(after);
                view! { <Discussion topic after/> }.into_any()
            }
        />
    }
}

#[component]
fn Discussion(topic: TopicPage, after: Option<i64>) -> impl IntoView {
    let head = head(&topic, after);
    let TopicPage {
        line,
        condition,
        posts,
        next,
        joined,
        may_write,
        locked,
        moderates,
        following,
        pinned,
        draft_saved,
    } = topic;
    let offers = offered(&posts);
    let (id, words) = (line.id, line.words);
    let links = vec![
        way(
            format!("Discussions: {}", condition.name),
            paths::discussions(&condition.slug, None),
        ),
        way(
            condition.name.clone(),
            catalogue::paths::condition(&condition.slug),
        ),
    ];
    let first = after.map(|_| paths::topic(&id, &words, None));
    let next = next.map(|after| paths::topic(&id, &words, Some(after)));
    let audience = line.audience;
    let start = posts.first().map_or(1, |post| post.number).to_string();
    let (post_id, post_words, post_offers) = (id.clone(), words.clone(), offers.clone());
    // A function, so that another page builds all forms anew: what was typed below one post must not
    // be found below another.
    let posts = move || {
        posts
            .iter()
            .cloned()
            .map(|post| {
                let (id, words) = (post_id.clone(), post_words.clone());
                let offers = post_offers.clone();
                view! { <OnePost post id words audience may_write moderates offers/> }
            })
            .collect_view()
    };
    let follow = following.map(|following| {
        let kind = TopicKind::Discussion;
        view! { <Follow kind id=id.clone() words=words.clone() after following/> }
    });
    let live = {
        // Where the first post is that is not here yet.
        let coming = line.posts + 1;
        let show = if page_of(coming) == after {
            Show::Here(format!("post-{coming}"))
        } else {
            Show::At(paths::post(&id, &words, coming))
        };
        let shown = u64::try_from(line.posts).unwrap_or_default();
        let watch = paths::live_topic(&id);
        view! { <LiveNews watch shown show one="new reply" many="new replies"/> }
    };
    let pin = pinned.map(|pinned| view! { <Pin id=id.clone() words=words.clone() pinned/> });
    let (name, slug) = (condition.name, condition.slug);
    let is_locked = locked.is_some();
    let locked = locked.map(|reason| {
        let kind = TopicKind::Discussion;
        view! { <Locked kind reason/> }
    });
    let write = move || {
        if may_write {
            let offers = offers.clone();
            let draft = draft_saved.map(|saved| {
                let path = paths::reply(&id, &words);
                view! { <DraftLink saved path/> }
            });
            view! {
                <section aria-labelledby="reply-title">
                    <h2 id="reply-title">"Write a reply"</h2>
                    {draft}
                    <ReplyForm id=id.clone() words=words.clone() to=None audience offers/>
                </section>
            }
            .into_any()
        } else if is_locked {
            view! { <p>"Only moderators can reply while this discussion is locked."</p> }.into_any()
        } else if joined {
            view! { <p>"Your account cannot write at the moment. Your settings say why."</p> }
                .into_any()
        } else {
            let text = "Join this community to reply. ";
            view! { <Join slug=slug.clone() place=Place::Topic topic=id.clone() text/> }.into_any()
        }
    };
    view! {
        <Column title=line.title head links>
            <p class="soft">
                "In the community of " {name} ". " <ForWhom audience/>
            </p>
            {locked}
            {follow}
            {pin}
            <div>
                <ol class="posts" start=start>{posts}</ol>
                <Pager first next/>
            </div>
            {live}
            {write}
        </Column>
    }
}

fn head(topic: &TopicPage, after: Option<i64>) -> PageHead {
    let line = &topic.line;
    let is_public = line.audience == TopicAudience::Everyone && !line.deleted;
    PageHead {
        title: line.title.clone(),
        description: format!("A discussion in the community of {}.", topic.condition.name),
        canonical: Some(paths::topic(&line.id, &line.words, after)),
        index: is_public,
        #[cfg(feature = "ssr")]
        structured: if is_public {
            super::structured::discussion(topic, after)
        } else {
            Vec::new()
        },
        ..PageHead::default()
    }
}
