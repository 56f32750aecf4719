//! `/topics/{id}/{words}/posts/{number}/delete`: where a post is deleted.

use domain::community::Deleting;
use leptos::prelude::*;

use super::{api, forms::DeletePostFields, post_body::PostBody};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Input, Submit},
};

/// Where a post is deleted.
#[component]
pub fn DeletePostPage() -> impl IntoView {
    let (id, words, number) = (use_part("id"), use_part("words"), use_part("number"));
    let data = page_data(
        move || (id(), words(), number().parse().unwrap_or_default()),
        |(id, words, number)| api::read_post_to_delete(id, words, number),
    );
    view! { <Page data view=|view| view! { <Delete view/> }.into_any()/> }
}

#[component]
fn Delete(view: Deleting) -> impl IntoView {
    let Deleting { topic, post } = view;
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::post_of(&topic, post.number),
    )];
    let hint = format!(
        "One line. Everyone who reads the {} sees it.",
        topic.kind.as_str()
    );
    view! {
        <Column title="Delete this post" links>
            <PostBody html=post.html content_note=post.content_note class="seen prose"/>
            <Form<DeletePostFields>
                danger=true
                text="The text and its earlier versions are erased for good. A line stays that says when it was deleted and why."
            >
                <Hidden name="id" value=topic.id/>
                <Hidden name="words" value=topic.words/>
                <Hidden name="number" value=post.number.to_string()/>
                <Input
                    name="reason"
                    label="Why?"
                    hint
                    required=!post.own
                />
                <Buttons>
                    <Submit label="Delete post" danger=true/>
                </Buttons>
            </Form<DeletePostFields>>
        </Column>
    }
}
