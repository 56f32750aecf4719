//! `/communities/{slug}/discussions/new`: where a discussion is started.

use domain::community::{SavedDraft, Starting, TopicAudience};
use leptos::prelude::*;

use super::{
    api,
    forms::StartTopicFields,
    post_form::{ContentNote, PostText, Previewed, SHOWS_MEMBERSHIP},
};
use crate::{
    catalogue,
    community::{
        aliases::Anonymously,
        first_posts::Waits,
        membership::{Join, Place},
        paths,
        saved_drafts::{Begun, DeleteDraft, DraftForm, DraftState, begun_again},
    },
    page::{Column, Page, Unsent, page_data, use_part, way},
    ui::form::{Buttons, Choice, Form, Hidden, Input, Submit},
};

/// Where a discussion is started.
#[component]
pub fn StartPage() -> impl IntoView {
    let data = page_data(use_part("slug"), api::read_start);
    view! { <Page data view=|start| view! { <Start start/> }.into_any()/> }
}

#[component]
fn Start(start: Starting) -> impl IntoView {
    let Starting {
        condition,
        joined,
        waits,
        draft,
    } = start;
    let notice = begun_again(draft.as_ref());
    let (slug, name) = (condition.slug, condition.name);
    let links = vec![
        way(
            format!("Discussions: {name}"),
            paths::discussions(&slug, None),
        ),
        way(name, catalogue::paths::condition(&slug)),
    ];
    let form = if joined {
        view! { <StartForm slug draft/> }.into_any()
    } else {
        let text = "Join this community to start a discussion. ";
        view! {
            <Unsent present=Vec::new()/>
            <Join slug place=Place::Start text/>
        }
        .into_any()
    };
    view! { <Column title="Start a discussion" notice links>
        <Waits waits/>
        {form}
    </Column> }
}

#[component]
fn StartForm(slug: String, draft: Option<SavedDraft>) -> impl IntoView {
    let begun = Begun::new(draft);
    let (note, version) = (begun.note(), begun.version);
    let of = slug.clone();
    let options = TopicAudience::ALL
        .map(|audience| (audience.as_str().to_owned(), audience.label().to_owned()))
        .to_vec();
    view! {
        <Form<StartTopicFields>>
            <Previewed/>
            <DraftState version/>
            <Hidden name="slug" value=slug/>
            <Input
                name="title"
                label="Title"
                hint="One line that says what it is about."
                value=begun.content.title
                required=true
            />
            <PostText label="Your text" hint=SHOWS_MEMBERSHIP value=begun.content.text/>
            <ContentNote value=note/>
            <Choice
                name="audience"
                label="Who can read it?"
                hint="You cannot change this later. Anyone can join a community, and moderators can read everything."
                options
                value=TopicAudience::Members.as_str()
                required=true
            />
            <Anonymously/>
            <Buttons>
                <Submit label="Start discussion"/>
                <Submit label="Preview" action="preview"/>
                <Submit label="Save draft" action="draft"/>
            </Buttons>
        </Form<StartTopicFields>>
        <DeleteDraft version page=DraftForm::Start of/>
    }
}
