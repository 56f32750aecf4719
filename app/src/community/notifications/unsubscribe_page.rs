//! `/unsubscribe/{token}`: where the link of an email about notifications leads. It is the same for
//! whoever opens it, signed in or not.

use leptos::prelude::*;

use super::{
    api::{self, Unsubscribed},
    forms::UnsubscribeFields,
};
use crate::{
    community::paths,
    page::{Column, Page, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit, use_form},
};

/// Where email about notifications is turned off.
#[component]
pub fn UnsubscribePage() -> impl IntoView {
    let token = use_part("token");
    let data = page_data(token, api::read_unsubscribe);
    let view = move |good: bool| {
        if good {
            let token = untrack(token);
            view! { <Unsubscribe token/> }.into_any()
        } else {
            view! { <NotGood/> }.into_any()
        }
    };
    view! { <Page data view/> }
}

#[component]
fn NotGood() -> impl IntoView {
    let links = vec![way("Email about notifications", paths::NOTIFICATION_MAIL)];
    view! {
        <Column title="This link does not work any more" links>
            <p>
                "It is too old, or a part of it is missing. Sign in to choose which email you get."
            </p>
        </Column>
    }
}

#[component]
fn Unsubscribe(token: String) -> impl IntoView {
    let links = vec![way("Choose which email you get", paths::NOTIFICATION_MAIL)];
    view! {
        <Column title="Email about notifications" links>
            <Form<UnsubscribeFields>>
                <Hidden name="token" value=token/>
                <TurnOff/>
            </Form<UnsubscribeFields>>
        </Column>
    }
}

/// The button, or that it was pressed.
#[component]
fn TurnOff() -> impl IntoView {
    let form = use_form();
    move || {
        match form.result() {
        Some(Unsubscribed {}) => view! {
            <p class="notice" role="status" tabindex="-1" data-news="">
                "Done. You get no more email about notifications. You still find them on this site."
            </p>
        }
        .into_any(),
        None => view! {
            <p>
                "This turns off all email about replies to you, posts that mention you, and discussions, communities and pages that you follow. You still find your notifications on this site."
            </p>
            <Buttons>
                <Submit label="Turn off this email"/>
            </Buttons>
        }
        .into_any(),
    }
    }
}
