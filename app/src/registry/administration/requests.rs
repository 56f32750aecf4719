//! What researchers ask, on the desk.

use domain::registry::{RegistryRequest, RequestList};
use leptos::prelude::*;

use super::forms::CloseRequestFields;
use crate::{
    registry::paths,
    ui::{
        Moment, Pager,
        form::{Buttons, Form, Hidden, Submit},
    },
};

#[component]
pub(super) fn Requests(
    /// A page of them.
    list: RequestList,
    /// Whether they are closed.
    closed: bool,
    /// Whether there is a page before.
    continued: bool,
) -> impl IntoView {
    let RequestList { requests, next } = list;
    let (told, empty, other) = if closed {
        (
            "Closed requests, the most recently closed first. We delete each one a year after it was closed.",
            "No closed requests.",
            "Open requests",
        )
    } else {
        (
            "Open requests, the oldest first. Answer by email, then close the request here.",
            "No open requests.",
            "Closed requests",
        )
    };
    let empty = requests.is_empty().then(|| view! { <p>{empty}</p> });
    let first = continued.then(|| paths::desk_requests(closed, None));
    let next = next.map(|next| paths::desk_requests(closed, Some(&next)));
    let items = requests
        .into_iter()
        .map(|request| view! { <Request request/> })
        .collect_view();
    view! {
        <section aria-labelledby="requests-title">
            <h2 id="requests-title">"Requests from researchers"</h2>
            <p>{told}</p>
            {empty}
            <ol class="topics">{items}</ol>
            <Pager first next/>
            <p>
                <a href=paths::desk_requests(!closed, None)>{other}</a>
            </p>
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
