//! `/communities/{slug}/resources/{id}`: what becomes of a suggestion, for its author and for whoever
//! decides.

use domain::community::{Resource, ResourceState};
use leptos::prelude::*;

use super::{
    api,
    fields::ResourceInputs,
    forms::{
        ApproveResourceFields, DeclineResourceFields, RemoveResourceFields, WithdrawResourceFields,
    },
    list::{About, Reason, state_words},
};
use crate::{
    community::paths,
    page::{Column, Page, Unsent, page_data, use_part, use_query_value, way},
    ui::{
        Date,
        form::{Buttons, Form, Hidden, Input, PageForm, Submit},
    },
};

/// What becomes of a suggestion.
#[component]
pub fn ResourcePage() -> impl IntoView {
    let (slug, id, done) = (use_part("slug"), use_part("id"), use_query_value("done"));
    let data = page_data(
        move || (slug(), id()),
        |(slug, id)| api::read_resource(slug, id),
    );
    view! {
        <Page
            data
            view=move |resource| {
                let done = untrack(done).is_some();
                view! { <WholeResource resource done/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeResource(
    /// What is shown.
    resource: Resource,
    /// Whether it has just been suggested.
    done: bool,
) -> impl IntoView {
    let Resource {
        condition,
        line,
        state,
        reason,
        own,
        may_decide,
        may_remove,
    } = resource;
    let title = format!("Resource: {}", line.title);
    let notice = (done && state == ResourceState::Waiting).then(|| {
        "Thank you. Your suggestion is waiting for review. You can read the decision on the page of resources.".to_owned()
    });
    let links = vec![way(
        format!("Resources: {}", condition.name),
        paths::resources(&condition.slug, None, None),
    )];
    let (slug, id, since) = (condition.slug, line.id.clone(), line.since);
    let mut present = Vec::new();
    if may_decide {
        present.extend([ApproveResourceFields::name(), DeclineResourceFields::name()]);
    }
    if own && state == ResourceState::Waiting {
        present.push(WithdrawResourceFields::name());
    }
    if may_remove {
        present.push(RemoveResourceFields::name());
    }
    let decide = may_decide.then(|| {
        let (slug, id, line) = (slug.clone(), id.clone(), line.clone());
        view! { <Decide slug id line/> }
    });
    let withdraw = (own && state == ResourceState::Waiting).then(|| {
        let (slug, id) = (slug.clone(), id.clone());
        view! {
            <Form<WithdrawResourceFields>
                heading="Take it back"
                danger=true
                text="Your suggestion is erased for good."
            >
                <Hidden name="slug" value=slug/>
                <Hidden name="id" value=id/>
                <Buttons>
                    <Submit label="Withdraw suggestion" danger=true/>
                </Buttons>
            </Form<WithdrawResourceFields>>
        }
    });
    let remove = may_remove.then(|| {
        view! {
            <Form<RemoveResourceFields> heading="Remove from the list" danger=true>
                <Hidden name="slug" value=slug/>
                <Hidden name="id" value=id/>
                <Why/>
                <Buttons>
                    <Submit label="Remove resource" danger=true/>
                </Buttons>
            </Form<RemoveResourceFields>>
        }
    });
    view! {
        <Column title notice links>
            <div class="topics">
                <About line/>
                <p class="soft">{state_words(state)} <Date time=since/> "."</p>
                <Reason reason/>
            </div>
            <Unsent present/>
            {decide}
            {withdraw}
            {remove}
        </Column>
    }
}

#[component]
fn Decide(slug: String, id: String, line: domain::community::ResourceLine) -> impl IntoView {
    let (other_slug, other_id) = (slug.clone(), id.clone());
    view! {
        <Form<ApproveResourceFields>
            heading="Approve"
            text="Open the link first. Correct what is wrong here: it is listed as you leave it."
        >
            <Hidden name="slug" value=slug/>
            <Hidden name="id" value=id/>
            <ResourceInputs present=line/>
            <Buttons>
                <Submit label="Approve"/>
            </Buttons>
        </Form<ApproveResourceFields>>
        <Form<DeclineResourceFields> heading="Decline" danger=true>
            <Hidden name="slug" value=other_slug/>
            <Hidden name="id" value=other_id/>
            <Why/>
            <Buttons>
                <Submit label="Decline" danger=true/>
            </Buttons>
        </Form<DeclineResourceFields>>
    }
}

#[component]
fn Why() -> impl IntoView {
    view! {
        <Input
            name="reason"
            label="Why?"
            hint="One line. The member who suggested it can read this."
            required=true
        />
    }
}
