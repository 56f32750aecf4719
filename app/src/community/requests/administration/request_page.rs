//! `/admin/requests/{id}`

use domain::community::RequestToDecide;
use leptos::prelude::*;

use super::{
    super::request::{Made, state_words},
    api,
    forms::{AcceptRequestFields, DeclineRequestFields, MergeRequestFields},
};
use crate::{
    catalogue::{self, ConditionInput},
    community::paths,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{
        Date,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
    wiki::AuthorName,
};

/// A request, and what can be decided about it.
#[component]
pub fn DecideRequestPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("id"), api::read_request);
    view! {
        <Page
            data
            view=move |request| {
                let done = untrack(done).is_some();
                view! { <Decide request done/> }.into_any()
            }
        />
    }
}

#[component]
fn Decide(request: RequestToDecide, done: bool) -> impl IntoView {
    let RequestToDecide {
        request,
        by,
        may_decide,
        may_merge,
    } = request;
    let notice = done.then(|| "Decided. The member gets an email.".to_owned());
    let title = format!("Request: {}", request.name);
    let mut links = vec![
        way(
            format!("Search for “{}”", request.name),
            catalogue::paths::search(&request.name, 0),
        ),
        way("All requests", paths::admin_requests(false, None)),
    ];
    if let Some(condition) = &request.condition {
        links.insert(
            0,
            way(
                condition.name.clone(),
                catalogue::paths::condition(&condition.slug),
            ),
        );
    }
    let (id, name, state) = (request.id.clone(), request.name.clone(), request.state);
    let (made, words) = (request.made, request.words.clone());
    let words = (!words.is_empty()).then(|| view! { <p><q>{words}</q></p> });
    let accept = may_decide.then(|| {
        let id = id.clone();
        view! {
            <Form<AcceptRequestFields>
                heading="Accept"
                text="This makes a new condition that no catalogue has. Search for it first, by other names too."
            >
                <Hidden name="id" value=id/>
                <Input name="name" label="Name of the condition" value=name required=true/>
                <Words/>
                <Buttons>
                    <Submit label="Accept"/>
                </Buttons>
            </Form<AcceptRequestFields>>
        }
    });
    let merge = (may_decide || may_merge).then(|| {
        let id = id.clone();
        let text = if may_merge {
            "Its discussions, members, leaders and resources move there, and its address leads there."
        } else {
            "The member is told which one it is."
        };
        view! {
            <Form<MergeRequestFields> heading="It exists already" text>
                <Hidden name="id" value=id/>
                <ConditionInput label="Which condition is it?" required=true/>
                <Words/>
                <Buttons>
                    <Submit label="Merge"/>
                </Buttons>
            </Form<MergeRequestFields>>
        }
    });
    let decline = may_decide.then(|| {
        view! {
            <Form<DeclineRequestFields> heading="Decline" danger=true>
                <Hidden name="id" value=id/>
                <Words/>
                <Buttons>
                    <Submit label="Decline" danger=true/>
                </Buttons>
            </Form<DeclineRequestFields>>
        }
    });
    view! {
        <Column title notice links>
            <div>
                <p>
                    <b class="mark">{state_words(state)}</b> " Sent by " <AuthorName author=by/>
                    " on " <Date time=made/> "."
                </p>
                {words}
                <Made request/>
            </div>
            {accept}
            {merge}
            {decline}
        </Column>
    }
}

#[component]
fn Words() -> impl IntoView {
    view! {
        <Input
            name="words"
            label="What do you want to tell the member?"
            hint="One line. They will see this."
            required=true
        />
    }
}
