//! `/start/request`: where a community is asked for.

use domain::community::CommunityRequest;
use leptos::prelude::*;

use super::{api, forms::RequestCommunityFields, request::state_words};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Date,
        form::{Buttons, Form, Input, LongText, Submit, Tick},
    },
};

/// Where a community is asked for.
#[component]
pub fn RequestPage() -> impl IntoView {
    let name = use_query_value("name");
    let data = page_data(|| (), |()| api::read_own_requests());
    view! {
        <Page
            data
            view=move |own| {
                let name = untrack(name).unwrap_or_default();
                view! { <Ask own name/> }.into_any()
            }
        />
    }
}

#[component]
fn Ask(own: Vec<CommunityRequest>, name: String) -> impl IntoView {
    let links = vec![way("Look for it again", paths::START_COMMUNITY)];
    let own = (!own.is_empty()).then(|| view! { <Own own/> });
    view! {
        <Column title="Ask for a new community" links>
            <Form<RequestCommunityFields>
                text="A moderator looks at every request. You get an email when it is decided. Only you and moderators can see your request."
            >
                <Input
                    name="name"
                    label="Name of the condition"
                    hint="As doctors write it. One condition only."
                    value=name
                    autocomplete="off"
                    required=true
                />
                <LongText
                    name="why"
                    label="Why should there be a community?"
                    hint="A few sentences: what the condition is, and who would join. Do not write about other people's health."
                    required=true
                    rows=5
                />
                <LongText
                    name="links"
                    label="Where can we read about this condition?"
                    hint="Up to 5 links, one on each line."
                    rows=3
                />
                <Tick
                    name="leads"
                    label="I would like to lead this community"
                    hint="If we accept, you join it, and we invite you. You can still say no."
                />
                <Buttons>
                    <Submit label="Send request"/>
                </Buttons>
            </Form<RequestCommunityFields>>
            {own}
        </Column>
    }
}

#[component]
fn Own(own: Vec<CommunityRequest>) -> impl IntoView {
    let items = own
        .into_iter()
        .map(|request| {
            view! {
                <li>
                    <a class="title" href=paths::own_request(&request.id)>
                        {request.name}
                    </a>
                    <div class="soft">
                        {state_words(request.state)} ". Sent on " <Date time=request.made/> "."
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="own-title">
            <h2 id="own-title">"Your requests"</h2>
            <ol class="topics">{items}</ol>
        </section>
    }
}
