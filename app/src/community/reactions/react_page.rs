//! `/topics/{id}/{words}/posts/{number}/react`: a post with its buttons, for browsers without a script
//! where a reaction did not come through, and for one that waits until its person has signed in.

use domain::community::Reacting;
use leptos::prelude::*;

use super::{api, line::ReactionLine};
use crate::{
    community::{discussions::PostBody, paths},
    page::{Column, Page, page_data, use_part, way},
};

/// Where somebody reacts to one post.
#[component]
pub fn ReactPage() -> impl IntoView {
    let (id, words, number) = (use_part("id"), use_part("words"), use_part("number"));
    let data = page_data(
        move || (id(), words(), number().parse().unwrap_or_default()),
        |(id, words, number)| api::read_reacting(id, words, number),
    );
    view! { <Page data view=|view| view! { <React view/> }.into_any()/> }
}

#[component]
fn React(view: Reacting) -> impl IntoView {
    let Reacting { topic, post } = view;
    let number = post.number;
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::post_of(&topic, number),
    )];
    view! {
        <Column title=format!("React to post {number}") links>
            <p>"Others see how many people gave each reaction, and never who they are."</p>
            <PostBody html=post.html content_note=post.content_note class="seen prose"/>
            <ReactionLine
                reactions=post.reactions
                id=topic.id
                words=topic.words
                number
                may_react=true
            />
        </Column>
    }
}
