//! `/communities/{slug}/questions/new`: where a question is asked. First it is compared with those that
//! are there, then its person says more.

use domain::community::{DraftText, Starting, TopicAudience, TopicLine};
use leptos::prelude::*;
use serde::de::IgnoredAny;

use super::{
    answer_form::Safety,
    api::{self, SimilarQuestions},
    forms::AskFields,
    list::Questions,
};
use crate::{
    catalogue,
    community::{
        aliases::Anonymously,
        discussions::post_form::{ContentNote, PostText, Previewed, SHOWS_MEMBERSHIP},
        first_posts::Waits,
        membership::{Join, Place},
        paths,
        saved_drafts::{Begun, DeleteDraft, DraftForm, DraftState, begun_again},
    },
    page::{Column, Page, Unsent, page_data, use_part, way},
    ui::form::{Buttons, Choice, Form, Hidden, Input, PageForm, Submit, answered_state, use_form},
};

/// Where a question is asked.
#[component]
pub fn AskPage() -> impl IntoView {
    let data = page_data(use_part("slug"), api::read_ask);
    view! { <Page data view=|start| view! { <WholeAsk start/> }.into_any()/> }
}

#[component]
fn WholeAsk(start: Starting) -> impl IntoView {
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
            format!("Questions to experts: {name}"),
            paths::questions(&slug, None),
        ),
        way(name, catalogue::paths::condition(&slug)),
    ];
    let form = if joined {
        let begun = Begun::new(draft);
        let version = begun.version;
        let of = slug.clone();
        view! {
            <Form<AskFields>>
                <DraftState version/>
                <Hidden name="slug" value=slug/>
                <Steps begun/>
            </Form<AskFields>>
            <DeleteDraft version page=DraftForm::Ask of/>
        }
        .into_any()
    } else {
        let text = "Join this community to ask a question. ";
        view! {
            <Unsent present=Vec::new()/>
            <Join slug place=Place::Ask text/>
        }
        .into_any()
    };
    view! {
        <Column title="Ask a question" notice links>
            <Safety/>
            <Waits waits/>
            {form}
        </Column>
    }
}

/// The question in one line, and once that was sent the rest.
#[component]
fn Steps(begun: Begun) -> impl IntoView {
    let form = use_form();
    let title = begun.content.title.clone();
    let is_draft = begun.content != DraftText::default();
    // The second step sends a text, if only an empty one.
    let sent = answered_state().is_some_and(|state| {
        state.form == AskFields::name() && state.values.iter().any(|(name, _)| name == "text")
    });
    let further = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or(is_draft || sent) || form.result::<IgnoredAny>().is_some()
    });
    view! {
        <Previewed/>
        {move || {
            form.result().map(|SimilarQuestions { similar }| view! { <Similar similar/> })
        }}
        <Input
            name="title"
            label="Your question"
            hint="One line that ends with a question mark. Ask about one thing."
            value=title
            required=true
        />
        {move || {
            if further.get() {
                view! { <Rest begun=begun.clone()/> }.into_any()
            } else {
                view! {
                    <Buttons>
                        <Submit label="Continue" action="continue" first=true/>
                    </Buttons>
                }
                .into_any()
            }
        }}
    }
}

/// Questions that may be the same.
#[component]
fn Similar(similar: Vec<TopicLine>) -> impl IntoView {
    let found = if similar.is_empty() {
        view! { <p>"There is no question like this yet. Say more below, then ask it."</p> }
            .into_any()
    } else {
        view! {
            <p>"These questions share words with yours. If none of them helps you, say more below, then ask it."</p>
            <Questions questions=similar/>
        }
        .into_any()
    };
    view! {
        <section class="seen" aria-labelledby="similar-title">
            <h2 id="similar-title" tabindex="-1" data-news="">
                "Is this already answered?"
            </h2>
            {found}
        </section>
    }
}

#[component]
fn Rest(begun: Begun) -> impl IntoView {
    let note = begun.note();
    let options = TopicAudience::ALL
        .map(|audience| (audience.as_str().to_owned(), audience.label().to_owned()))
        .to_vec();
    view! {
        <PostText label="Details" hint=SHOWS_MEMBERSHIP value=begun.content.text required=false/>
        <ContentNote value=note/>
        <Choice
            name="audience"
            label="Who can read it?"
            hint="You cannot change this later. Anyone can join a community, and experts can answer what they can read. Moderators can read everything."
            options
            value=TopicAudience::Members.as_str()
            required=true
        />
        <Anonymously/>
        <Buttons>
            <Submit label="Ask question"/>
            <Submit label="Preview" action="preview"/>
            <Submit label="Save draft" action="draft"/>
        </Buttons>
    }
}
