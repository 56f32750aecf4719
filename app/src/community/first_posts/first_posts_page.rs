//! `/communities/{slug}/first-posts`: what waits until a leader has read it, for who wrote it and who decides.

use domain::community::{FirstPost, FirstPostList, FirstPostPlace, TopicKind};
use leptos::prelude::*;

use super::{
    api,
    forms::{DeclineFirstPostFields, PublishFirstPostFields, WithdrawFirstPostFields},
};
use crate::{
    catalogue,
    community::{discussions::PostBody, paths},
    page::{Column, Page, Unsent, page_data, use_part, use_query_value, way},
    ui::{
        Moment,
        form::{Buttons, Form, Hidden, Input, PageForm, Submit},
    },
    wiki::AuthorName,
};

/// What waits until a leader has read it.
#[component]
pub fn FirstPostsPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("slug"), api::read_first_posts);
    view! {
        <Page
            data
            view=move |list| {
                let notice = told(done().as_deref());
                view! { <Lists list notice/> }.into_any()
            }
        />
    }
}

fn told(done: Option<&str>) -> Option<String> {
    let words = match done? {
        "waits" => {
            "Thank you. A leader of this community reads your first post before others can see it. It stays on this page until they have decided."
        }
        "published" => "Published.",
        "declined" => "Declined. Its author can read why.",
        "decided" => "Someone else has decided about this post, or its author has withdrawn it.",
        "withdrawn" => "Deleted.",
        _ => return None,
    };
    Some(words.to_owned())
}

#[component]
fn Lists(list: FirstPostList, notice: Option<String>) -> impl IntoView {
    let FirstPostList {
        condition,
        own,
        waiting,
        more,
    } = list;
    let slug = condition.slug;
    let links = vec![
        way(
            format!("Discussions: {}", condition.name),
            paths::discussions(&slug, None),
        ),
        way(condition.name, catalogue::paths::condition(&slug)),
    ];
    let mut present = Vec::new();
    if waiting.as_ref().is_some_and(|posts| !posts.is_empty()) {
        present.extend([
            PublishFirstPostFields::name(),
            DeclineFirstPostFields::name(),
        ]);
    }
    if !own.is_empty() {
        present.push(WithdrawFirstPostFields::name());
    }
    let to_decide = waiting.map(|posts| {
        let empty = posts
            .is_empty()
            .then(|| view! { <p class="empty">"No posts are waiting."</p> });
        let slug = slug.clone();
        let posts = move || {
            posts
                .iter()
                .cloned()
                .map(|post| view! { <ToDecide post slug=slug.clone()/> })
                .collect_view()
        };
        let more = more.then(|| view! { <p>"More posts are waiting. They come next."</p> });
        view! {
            <section aria-labelledby="waiting-title">
                <h2 id="waiting-title">"Waiting for you"</h2>
                <p>
                    "Publish what you would not take out of a discussion. If something has to change, decline the post and say what: its author can write it again."
                </p>
                {empty}
                {posts}
                {more}
            </section>
        }
    });
    let nothing = (own.is_empty() && to_decide.is_none())
        .then(|| view! { <p class="empty">"None of your posts are waiting here."</p> });
    let yours = (!own.is_empty()).then(|| {
        let posts = move || {
            own.iter()
                .cloned()
                .map(|post| view! { <Own post slug=slug.clone()/> })
                .collect_view()
        };
        view! {
            <section aria-labelledby="own-title">
                <h2 id="own-title">"Your posts"</h2>
                {posts}
            </section>
        }
    });
    view! {
        <Column title="First posts" notice links>
            <p>
                "A leader of the community reads the first post of a new member before others can see it. What is published is not here any more."
            </p>
            <Unsent present/>
            {nothing}
            {yours}
            {to_decide}
        </Column>
    }
}

/// What it is called, for headings and buttons.
fn title_of(place: &FirstPostPlace) -> String {
    match place {
        FirstPostPlace::Topic { title, .. } => title.clone(),
        FirstPostPlace::Post { topic, .. } => topic.title.clone(),
    }
}

/// Where it will be, by whom, and the text.
#[component]
fn Body(post: FirstPost) -> impl IntoView {
    let FirstPost {
        place,
        author,
        html,
        content_note,
        written,
        ..
    } = post;
    let (title, what) = match place {
        FirstPostPlace::Topic {
            kind,
            title,
            audience,
        } => {
            let what = match kind {
                TopicKind::Discussion => "New discussion, for: ",
                TopicKind::Question => "New question, for: ",
            };
            let what = view! { {what} {audience.label()} };
            (title.into_any(), what.into_any())
        }
        FirstPostPlace::Post { topic, in_reply_to } => {
            let path = match in_reply_to {
                Some(number) => paths::post_of(&topic, number),
                None => paths::of_topic(topic.kind, &topic.id, &topic.words, None),
            };
            let what = match topic.kind {
                TopicKind::Discussion => "Reply",
                TopicKind::Question => "Answer",
            };
            let to = in_reply_to.map(|number| format!(" to post {number}"));
            let title = view! { <a href=path>{topic.title}</a> };
            (title.into_any(), view! { {what} {to} }.into_any())
        }
    };
    let who = match author {
        Some(author) => view! { <AuthorName author fallback="A member"/> }.into_any(),
        None => "Without a name".into_any(),
    };
    view! {
        <h3>{title}</h3>
        <p class="soft">{what} ". " {who} ", " <Moment time=written/></p>
        <PostBody html content_note class="seen prose"/>
    }
}

#[component]
fn ToDecide(post: FirstPost, slug: String) -> impl IntoView {
    let (id, other_id) = (post.id.clone(), post.id.clone());
    let (of, other_of) = (post.id.clone(), post.id.clone());
    let about = title_of(&post.place);
    let (other_slug, other_about) = (slug.clone(), about.clone());
    view! {
        <article>
            <Body post/>
            <Form<PublishFirstPostFields> of>
                <Hidden name="slug" value=slug/>
                <Hidden name="id" value=id/>
                <Buttons>
                    <Submit label="Publish" about/>
                </Buttons>
            </Form<PublishFirstPostFields>>
            <Form<DeclineFirstPostFields> of=other_of danger=true>
                <Hidden name="slug" value=other_slug/>
                <Hidden name="id" value=other_id/>
                <Input name="reason" label="Why not?" hint="One line. They will see this." required=true/>
                <Buttons>
                    <Submit label="Decline" danger=true about=other_about/>
                </Buttons>
            </Form<DeclineFirstPostFields>>
        </article>
    }
}

#[component]
fn Own(post: FirstPost, slug: String) -> impl IntoView {
    let (id, of) = (post.id.clone(), post.id.clone());
    let about = title_of(&post.place);
    let (state, label) = match post.declined.clone() {
        Some(reason) => (
            view! { <p><b>"Not published. "</b> "Reason: " {reason}</p> }.into_any(),
            "Delete",
        ),
        None => (
            view! { <p><b>"Waiting for a leader."</b></p> }.into_any(),
            "Withdraw",
        ),
    };
    view! {
        <article>
            <Body post/>
            {state}
            <Form<WithdrawFirstPostFields> of>
                <Hidden name="slug" value=slug/>
                <Hidden name="id" value=id/>
                <Submit label quiet=true about/>
            </Form<WithdrawFirstPostFields>>
        </article>
    }
}
