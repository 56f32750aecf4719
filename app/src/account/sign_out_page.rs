//! `/sign-out`

use leptos::prelude::*;

use super::{api, forms::SignOutFields, paths};
use crate::{
    page::{Column, Page, page_data},
    ui::form::{Buttons, Form, PageForm, Submit},
};

/// Where one signs out.
#[component]
pub fn SignOutPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_sign_out());
    view! {
        <Page
            data
            view=|name| {
                view! {
                    <Column title="Sign out">
                        <p>{format!("You are signed in as {name}.")}</p>
                        <Form<SignOutFields>>
                            <Buttons>
                                <Submit label="Sign out"/>
                            </Buttons>
                        </Form<SignOutFields>>
                    </Column>
                }
                    .into_any()
            }
        />
    }
}

/// Signs out, from any page. The whole document changes, so the browser loads the next one.
#[component]
pub fn SignOutButton() -> impl IntoView {
    view! {
        <form method="post" action=paths::SIGN_OUT>
            <input type="hidden" name="form" value=SignOutFields::name()/>
            <button class="plain" type="submit">
                "Sign out"
            </button>
        </form>
    }
}
