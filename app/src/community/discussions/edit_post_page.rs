//! `/topics/{id}/{words}/posts/{number}/edit`: where a post is edited.

use domain::community::{PostText as Text, TopicKind};
use leptos::prelude::*;

use super::{
    api,
    forms::EditPostFields,
    post_form::{ChangedElsewhere, ContentNote, PostText, Previewed},
};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where a post is edited.
#[component]
pub fn EditPostPage() -> impl IntoView {
    let (id, words, number) = (use_part("id"), use_part("words"), use_part("number"));
    let data = page_data(
        move || (id(), words(), number().parse().unwrap_or_default()),
        |(id, words, number)| api::read_own_post(id, words, number),
    );
    view! { <Page data view=|text| view! { <Edit text/> }.into_any()/> }
}

#[component]
fn Edit(text: Text) -> impl IntoView {
    let Text {
        topic,
        number,
        version,
        text,
        content_note,
        set_note,
    } = text;
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::post_of(&topic, number),
    )];
    // The details of a question can be empty.
    let required = topic.kind == TopicKind::Discussion || number > 1;
    let who = format!(
        "Everyone who reads the {} can see that you edited it, and the earlier text.",
        topic.kind.as_str()
    );
    let set_note = set_note.map(|note| {
        view! {
            <p>
                "A moderator or a leader of the community added a content note to this post: " <q>{note}</q>
                ". Only they can change it."
            </p>
        }
    });
    view! {
        <Column title="Edit your post" links>
            <p>{who}</p>
            {set_note}
            <Form<EditPostFields>>
                <Previewed/>
                <ChangedElsewhere/>
                <Hidden name="id" value=topic.id/>
                <Hidden name="words" value=topic.words/>
                <Hidden name="number" value=number.to_string()/>
                <Hidden name="version" value=version.to_string()/>
                <PostText label="Your text" value=text required/>
                <ContentNote value=content_note.unwrap_or_default()/>
                <Buttons>
                    <Submit label="Save"/>
                    <Submit label="Preview" action="preview"/>
                </Buttons>
            </Form<EditPostFields>>
        </Column>
    }
}
