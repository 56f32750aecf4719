//! `/settings/notifications`: which notifications you also get by email.

use domain::community::{MailChoices, MailFrequency, MailGroup};
use leptos::prelude::*;

use super::{api, forms::NotificationMailFields};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    profile::saved,
    ui::form::{Buttons, Choice, Form, Submit},
};

/// Which notifications you also get by email.
#[component]
pub fn NotificationMailPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_mail_choices());
    view! {
        <Page
            data
            view=move |choices| {
                let notice = saved(done());
                view! { <Choices choices notice/> }.into_any()
            }
        />
    }
}

#[component]
fn Choices(choices: MailChoices, notice: Option<String>) -> impl IntoView {
    let links = vec![
        way("Notifications", paths::NOTIFICATIONS),
        way("Settings", account::paths::SETTINGS),
    ];
    view! {
        <Column title="Email about notifications" notice links>
            <p>
                "You find all notifications on this site. Choose which ones you also want to know of by email. Our email says how many there are, and nothing about health, people or communities."
            </p>
            <p>
                "“At once” means within two minutes, and not more than one email in 15 minutes. “Once a day” means at the time of day when you joined, if there is something new. What you have read by then is left out."
            </p>
            <Form<NotificationMailFields>>
                {MailGroup::ALL
                    .into_iter()
                    .map(|group| view! { <Frequency group choices/> })
                    .collect_view()}
                <Buttons>
                    <Submit label="Save"/>
                </Buttons>
            </Form<NotificationMailFields>>
        </Column>
    }
}

#[component]
fn Frequency(group: MailGroup, choices: MailChoices) -> impl IntoView {
    let options = MailFrequency::ALL
        .map(|frequency| (frequency.as_str().to_owned(), frequency.label().to_owned()))
        .to_vec();
    view! {
        <Choice
            name=group.as_str()
            label=group.label()
            options
            value=choices.of(group).as_str()
            required=true
        />
    }
}
