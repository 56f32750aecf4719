//! `/questions/{id}/{words}/answer`: where an answer is written, for browsers without a script, and for an
//! answer that waits until somebody has signed in.

use domain::community::Answering;
use leptos::prelude::*;

use super::{
    answer_form::{AnswerForm, Safety, heading},
    api,
};
use crate::{
    community::{
        first_posts::Waits,
        membership::{Join, Place},
        moderation::Locked,
        paths,
        saved_drafts::{Begun, DeleteDraft, DraftForm, begun_again},
    },
    page::{Column, Page, Unsent, page_data, use_part, way},
};

/// Where an answer is written.
#[component]
pub fn AnswerPage() -> impl IntoView {
    let (id, words) = (use_part("id"), use_part("words"));
    let data = page_data(
        move || (id(), words()),
        |(id, words)| api::read_answering(id, words),
    );
    view! { <Page data view=|answering| view! { <WriteAnswer answering/> }.into_any()/> }
}

#[component]
fn WriteAnswer(answering: Answering) -> impl IntoView {
    let Answering {
        topic,
        audience,
        answers_as,
        declined,
        locked,
        waits,
        draft,
    } = answering;
    let draft = draft.filter(|_| answers_as.is_some() && !declined && locked.is_none());
    let notice = begun_again(draft.as_ref());
    let title = answers_as.map_or("Answer a question", heading);
    let links = vec![way(
        format!("Back to “{}”", topic.title),
        paths::question(&topic.id, &topic.words, None),
    )];
    let kind = topic.kind;
    let form = match (locked, answers_as) {
        (Some(reason), _) => view! {
            <Unsent present=Vec::new()/>
            <Locked kind reason/>
        }
        .into_any(),
        (None, Some(_)) if declined => view! {
            <Unsent present=Vec::new()/>
            <p>"This question was declined, so it cannot be answered."</p>
        }
        .into_any(),
        (None, Some(answers_as)) => {
            let begun = Begun::new(draft);
            let version = begun.version;
            let (of, words) = (topic.id.clone(), topic.words.clone());
            view! {
                <AnswerForm id=topic.id words=topic.words answers_as audience begun/>
                <DeleteDraft version page=DraftForm::Answer of words/>
            }
            .into_any()
        }
        (None, None) => {
            let text = "Join this community to add your experience. ";
            view! {
                <Unsent present=Vec::new()/>
                <Join slug=topic.condition.slug place=Place::Topic topic=topic.id text/>
            }
            .into_any()
        }
    };
    view! {
        <Column title notice links>
            <p>
                <b>{topic.title}</b>
            </p>
            <Safety/>
            <Waits waits/>
            {form}
        </Column>
    }
}
