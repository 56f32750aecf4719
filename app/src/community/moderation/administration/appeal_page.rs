//! `/admin/appeals/{id}`

use domain::community::{AppealObstacle, AppealState, AppealToDecide};
use leptos::prelude::*;

use super::{
    super::{
        decision_page::paragraphs,
        words::{action_words, appeal_words},
    },
    api,
    forms::{KeepDecisionFields, LiftDecisionFields},
};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Date, Prose,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
    wiki::AuthorName,
};

/// An appeal, and what can be decided about it.
#[component]
pub fn DecideAppealPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("id"), api::read_appeal);
    view! {
        <Page
            data
            view=move |appeal| {
                let done = untrack(done).is_some();
                view! { <Decide appeal done/> }.into_any()
            }
        />
    }
}

#[component]
fn Decide(appeal: AppealToDecide, done: bool) -> impl IntoView {
    let AppealToDecide {
        id,
        appeal,
        kind,
        reason,
        taken,
        by,
        lifted,
        post,
        html,
        account,
        obstacle,
    } = appeal;
    let notice = done.then(|| "Decided. The person gets a notification.".to_owned());
    let mut links = vec![way("All appeals", paths::admin_appeals(false, None))];
    if let Some(post) = &post {
        let title = format!("Post {} in “{}”", post.number, post.topic.title);
        links.insert(0, way(title, paths::post_of(&post.topic, post.number)));
        let path = paths::moderate_post(&post.topic.id, post.number);
        links.insert(1, way("What was done with it", path));
    }
    let account = account.map(|author| {
        view! { <p>"It is about the account of " <AuthorName author/> "."</p> }
    });
    let by = by.unwrap_or_else(|| "someone else".to_owned());
    let lifted = lifted.map(|time| view! { <p>"It ended on " <Date time/> "."</p> });
    let text = html.map(|html| {
        view! {
            <details>
                <summary>"Read the hidden text"</summary>
                <Prose html class="prose"/>
            </details>
        }
    });
    let answer = (!appeal.answer.is_empty()).then(|| view! { <p><q>{appeal.answer}</q></p> });
    let forms = match obstacle {
        _ if appeal.state != AppealState::Waiting => None,
        Some(AppealObstacle::TookDecision) => Some(
            view! {
                <p>
                    "You have taken this decision, so someone else decides about the appeal. If there is no other moderator, ask the operator of this site to appoint one."
                </p>
            }
            .into_any(),
        ),
        Some(AppealObstacle::Concerned) => Some(
            view! { <p>"This is about you, so someone else decides about the appeal."</p> }
                .into_any(),
        ),
        None => Some(view! { <Forms id/> }.into_any()),
    };
    view! {
        <Column title="Appeal" notice links>
            <div>
                <p>
                    <b class="mark">{appeal_words(appeal.state)}</b> " Sent on "
                    <Date time=appeal.made/> "."
                </p>
                {answer}
                {paragraphs(&appeal.words)}
            </div>
            <section aria-labelledby="decision-title">
                <h2 id="decision-title">"The decision"</h2>
                <p>
                    <b>{action_words(&kind)}</b> ", " <Date time=taken/> {format!(", by {by}. ")}
                    <q>{reason}</q>
                </p>
                {account}
                {lifted}
                {text}
            </section>
            {forms}
        </Column>
    }
}

#[component]
fn Forms(id: String) -> impl IntoView {
    let other = id.clone();
    view! {
        <Form<LiftDecisionFields>
            heading="Undo the decision"
            text="What was hidden, locked or moved is as before, and a suspension ends."
        >
            <Hidden name="id" value=id/>
            <Words/>
            <Buttons>
                <Submit label="Undo decision"/>
            </Buttons>
        </Form<LiftDecisionFields>>
        <Form<KeepDecisionFields> heading="Keep the decision">
            <Hidden name="id" value=other/>
            <Words/>
            <Buttons>
                <Submit label="Keep decision"/>
            </Buttons>
        </Form<KeepDecisionFields>>
    }
}

#[component]
fn Words() -> impl IntoView {
    view! {
        <Input name="words" label="Why?" hint="One line. The person who appealed sees it." required=true/>
    }
}
