//! What researchers ask, on the desk.

use domain::registry::RegistryRequest;
use leptos::prelude::*;

use super::forms::CloseRequestFields;
use crate::ui::{
    Moment,
    form::{Buttons, Form, Hidden, Submit},
};

#[component]
pub(super) fn Requests(requests: Vec<RegistryRequest>) -> impl IntoView {
    let empty = requests.is_empty().then(|| view! { <p>"None so far."</p> });
    let items = requests
        .into_iter()
        .map(|request| view! { <Request request/> })
        .collect_view();
    view! {
        <section aria-labelledby="requests-title">
            <h2 id="requests-title">"Requests from researchers"</h2>
            <p>"Open ones first, the oldest at the top. Answer by email, then close the request here."</p>
            {empty}
            <ol class="topics">{items}</ol>
        </section>
    }
}

#[component]
fn Request(request: RegistryRequest) -> impl IntoView {
    let RegistryRequest {
        id,
        name,
        organisation,
        email,
        text,
        sent,
        closed,
    } = request;
    let state = if closed.is_some() { "Closed" } else { "Open" };
    let close = closed
        .is_none()
        .then(|| view! { <Close id name=name.clone()/> });
    view! {
        <li>
            <b>{name}</b>
            ", "
            {organisation}
            <pre class="diff">{text}</pre>
            <div class="soft">{email} ", " <Moment time=sent/> ". " {state} "."</div>
            {close}
        </li>
    }
}

#[component]
fn Close(id: String, name: String) -> impl IntoView {
    view! {
        <Form<CloseRequestFields> of=id.clone()>
            <Hidden name="id" value=id/>
            <Buttons>
                <Submit label="Close request" quiet=true about=name/>
            </Buttons>
        </Form<CloseRequestFields>>
    }
}
