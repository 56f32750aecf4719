//! `/decisions/{id}`: a decision about you, and your appeal.

use domain::{
    community::{Appeal, AppealState, Decision},
    time::Timestamp,
};
use leptos::prelude::*;

use super::{
    api,
    forms::AppealFields,
    words::{appeal_words, title_of, who_decided, words_are},
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Date,
        form::{Buttons, Form, Hidden, LongText, Submit},
    },
};

/// A decision about the reader.
#[component]
pub fn DecisionPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("id"), api::read_decision);
    view! {
        <Page
            data
            view=move |decision| {
                let done = done().is_some();
                view! { <Whole decision done/> }.into_any()
            }
        />
    }
}

#[component]
fn Whole(decision: Decision, done: bool) -> impl IntoView {
    let Decision {
        id,
        kind,
        reason,
        taken,
        lifted,
        post,
        moved,
        appeal,
        may_appeal_until,
    } = decision;
    let waits = appeal
        .as_ref()
        .is_some_and(|appeal| appeal.state == AppealState::Waiting);
    let notice = (done && waits).then(|| {
        "Thank you. Someone else looks at your appeal. You get a notification when it is decided."
            .to_owned()
    });
    let title = title_of(&kind, post.as_ref().map(|post| post.topic.kind));
    let mut links = vec![way("All decisions about you", paths::DECISIONS)];
    if let Some(post) = &post {
        let path = paths::post_of(&post.topic, post.number);
        let title = format!("Post {} in “{}”", post.number, post.topic.title);
        links.insert(0, way(title, path));
    }
    let moved = moved.map(|(from, to)| {
        view! {
            <p>
                "From the community of "
                <a href=catalogue::paths::condition(&from.slug)>{from.name.clone()}</a> " to that of "
                <a href=catalogue::paths::condition(&to.slug)>{to.name.clone()}</a> "."
            </p>
        }
    });
    let lifted = lifted.map(|time| {
        view! { <p>"This ended on " <Date time/> "."</p> }
    });
    let appeal = appeal.map(|appeal| view! { <Made appeal/> });
    let form = may_appeal_until.map(|until| view! { <AppealForm id until/> });
    view! {
        <Column title notice links>
            <div>
                <p>{who_decided(&kind)} <Date time=taken/> "."</p>
                <p>{words_are(&kind)} <q>{reason}</q></p>
                {moved}
                {lifted}
            </div>
            {appeal}
            {form}
        </Column>
    }
}

/// An appeal that was made.
#[component]
fn Made(appeal: Appeal) -> impl IntoView {
    let Appeal {
        words,
        made,
        state,
        answer,
        decided,
    } = appeal;
    let decided = decided.map(|time| {
        view! {
            <p>
                "Decided on " <Date time/> ": " <q>{answer}</q>
            </p>
        }
    });
    view! {
        <section aria-labelledby="appeal-title">
            <h2 id="appeal-title">"Your appeal"</h2>
            <p>
                <b class="mark">{appeal_words(state)}</b> " Sent on " <Date time=made/> "."
            </p>
            {decided}
            <h3>"What you wrote"</h3>
            {paragraphs(&words)}
        </section>
    }
}

/// Plain text in paragraphs.
pub(super) fn paragraphs(text: &str) -> impl IntoView + use<> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view()
}

#[component]
fn AppealForm(id: String, until: Timestamp) -> impl IntoView {
    view! {
        <section aria-labelledby="appeal-title">
            <h2 id="appeal-title">"Is this decision wrong?"</h2>
            <p>
                "You can appeal once, until " <Date time=until/>
                ". Someone who did not take the decision looks at it again. You can read the answer here."
            </p>
            <Form<AppealFields>>
                <Hidden name="id" value=id/>
                <LongText
                    name="words"
                    label="Why is it wrong?"
                    hint="A few sentences, at most 2,000 characters. Moderators read this."
                    required=true
                    rows=6
                />
                <Buttons>
                    <Submit label="Send appeal"/>
                </Buttons>
            </Form<AppealFields>>
        </section>
    }
}
