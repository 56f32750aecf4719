//! `/take-over/{token}`: where a link leads by which somebody takes over.

use domain::registry::{HandOverLink, screening::Question};
use leptos::prelude::*;

use super::{api, forms::TakeOverFields};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    registry::paths,
    ui::form::{Buttons, DateInput, Form, Hidden, Submit},
};

/// The page of a link.
#[component]
pub fn TakeOverPage() -> impl IntoView {
    let token = use_part("token");
    let data = page_data(token, api::read_hand_over_link);
    let view = move |link: Option<HandOverLink>| match link {
        Some(HandOverLink::Open) => view! { <TakeOver token=untrack(token)/> }.into_any(),
        Some(HandOverLink::Own) => view! { <Own/> }.into_any(),
        None => view! { <NotGood/> }.into_any(),
    };
    view! { <Page data view/> }
}

#[component]
fn NotGood() -> impl IntoView {
    let links = vec![way("Who you have enrolled", paths::ENROL)];
    view! {
        <Column title="This link does not work any more" links>
            <p>
                "It has been used, or it is too old, or there is a newer one. Ask whoever gave it to you for a new link. If you have just used it, all is well."
            </p>
        </Column>
    }
}

#[component]
fn Own() -> impl IntoView {
    let links = vec![way("Who you have enrolled", paths::ENROL)];
    view! {
        <Column title="This link is for someone else" links>
            <p>
                "You made this link for the person you enrolled. Give it to them. They open it with an account of their own."
            </p>
        </Column>
    }
}

#[component]
fn TakeOver(token: String) -> impl IntoView {
    let links = vec![way("About the patient registry", paths::REGISTRY)];
    view! {
        <Column title="Take over your enrolment" links>
            <p>
                "Someone enrolled you in the patient registry and has decided for you until now. With this link, you decide from now on."
            </p>
            <ul>
                <li>"Only you will see your answers here. They will not."</li>
                <li>"You read the consent, and sign it if you want to take part."</li>
                <li>"What they allowed does not count any more. You decide about everything."</li>
                <li>"Until then, no one new gets your data. You can also leave at any time."</li>
            </ul>
            <Form<TakeOverFields>>
                <TakeOverControls token/>
            </Form<TakeOverFields>>
        </Column>
    }
}

#[component]
fn TakeOverControls(token: String) -> impl IntoView {
    view! {
        <Hidden name="token" value=token/>
        <DateInput
            name=Question::BirthDate.as_str()
            parts=["birth-day", "birth-month", "birth-year"]
            label="When were you born?"
            hint="We check that this is about you. After three wrong dates, the link ends."
            value=None
        />
        <Buttons>
            <Submit label="Take over"/>
        </Buttons>
    }
}
