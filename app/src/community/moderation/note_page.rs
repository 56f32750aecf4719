//! `/topics/{id}/{words}/posts/{number}/note`: where moderators and leaders put a content note before what
//! somebody else has written.

use domain::community::Noting;
use leptos::prelude::*;

use super::{api, forms::ContentNoteFields};
use crate::{
    community::{
        discussions::{PostBody, post_form::NoteInput},
        paths,
    },
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where the content note of a post is set.
#[component]
pub fn NotePage() -> impl IntoView {
    let (id, words, number) = (use_part("id"), use_part("words"), use_part("number"));
    let data = page_data(
        move || (id(), words(), number().parse().unwrap_or_default()),
        |(id, words, number)| api::read_noting(id, words, number),
    );
    view! { <Page data view=|view| view! { <Note view/> }.into_any()/> }
}

#[component]
fn Note(view: Noting) -> impl IntoView {
    let Noting { topic, post } = view;
    let number = post.number;
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::post_of(&topic, number),
    )];
    let value = post.content_note.clone().unwrap_or_default();
    let hint = if post.note_set {
        "A few words, for example “mentions death”. Leave it empty to remove the note."
    } else {
        "A few words, for example “mentions death”. Readers see them first, and open the post if they want to."
    };
    view! {
        <Column title=format!("Content note for post {number}") links>
            <p>
                "The person who wrote the post is told, and cannot remove the note. They do not see who added it."
            </p>
            <PostBody html=post.html content_note=post.content_note class="seen prose"/>
            <Form<ContentNoteFields>>
                <Hidden name="id" value=topic.id/>
                <Hidden name="number" value=number.to_string()/>
                <NoteInput value hint/>
                <Buttons>
                    <Submit label="Save"/>
                </Buttons>
            </Form<ContentNoteFields>>
        </Column>
    }
}
