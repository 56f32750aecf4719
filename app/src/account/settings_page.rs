//! `/settings`

use domain::{account::Relation, text::sentence_case};
use leptos::prelude::*;

use super::{
    fields::{CountryChoice, RelationChoice},
    moderation::ModerationList,
    paths,
    second_factor::SECOND_FACTOR_FIRST,
    settings_api::{self as api, SettingsView},
    settings_forms::AboutFields,
};
use crate::{
    community,
    page::{Column, Page, page_data, use_query_value, way},
    profile, registry,
    ui::{
        Link,
        form::{Buttons, Form, Submit},
    },
    wiki,
};

/// A person's own account, and the ways to all that they control.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_settings());
    view! {
        <Page
            data
            view=move |settings| {
                let done = done();
                view! { <Settings settings done/> }.into_any()
            }
        />
    }
}

#[component]
fn Settings(settings: SettingsView, done: Option<String>) -> impl IntoView {
    let links = links(&settings);
    let notice = match done.as_deref() {
        Some("saved") => Some("Saved.".to_owned()),
        Some("password") => Some("Your password is changed.".to_owned()),
        Some("address") => Some("Your new address is confirmed.".to_owned()),
        Some("begun") => Some("Your email address is confirmed. Welcome.".to_owned()),
        _ => match settings.suspension {
            Some(suspension) => Some(format!(
                "You can read and change your settings, but you cannot write. {}",
                sentence_case(&suspension.spelled())
            )),
            None if settings.awaits_second_factor => Some(SECOND_FACTOR_FIRST.to_owned()),
            None => None,
        },
    };
    let moderation = settings.moderation;
    let moderation = (!moderation.is_empty()).then(|| {
        view! {
            <div>
                <h2>"Decisions about your account"</h2>
                <ModerationList moderation/>
                <p>
                    <a href=community::paths::DECISIONS>"Read the decisions about you, or appeal"</a>
                </p>
            </div>
        }
    });
    let relation = settings.relation.map_or("", Relation::as_str);
    let country = settings.country.unwrap_or_default();
    view! {
        <Column title="Settings" notice links>
            <Form<AboutFields> heading="About you" text="Only you can see these answers.">
                <RelationChoice value=relation/>
                <CountryChoice value=country/>
                <Buttons>
                    <Submit label="Save"/>
                </Buttons>
            </Form<AboutFields>>
            {moderation}
        </Column>
    }
}

fn links(settings: &SettingsView) -> Vec<Link> {
    let mut links = vec![
        way("Your profile", profile::paths::OWN),
        way("Your picture", profile::paths::PICTURE),
        way("Your communities", community::paths::OWN),
        way(
            "Email about notifications",
            community::paths::NOTIFICATION_MAIL,
        ),
        way("Decisions about you", community::paths::DECISIONS),
        way("Your drafts", community::paths::SAVED_DRAFTS),
        way("Muted people", community::paths::MUTED),
        way("Your reports", community::paths::OWN_REPORTS),
        way("What others see", profile::paths::WHAT_OTHERS_SEE),
        way(format!("Email address: {}", settings.email), paths::ADDRESS),
        way("Change your password", paths::PASSWORD),
        way("Two-step sign-in", paths::SECOND_FACTOR),
        way("Where you are signed in", paths::DEVICES),
        way("Delete your account", paths::DELETE),
    ];
    if settings.manages_accounts {
        links.push(way("Manage accounts", paths::ADMIN_PEOPLE).outside_router());
    }
    if settings.decides_requests {
        links.push(way("What is waiting", community::paths::ADMIN_WAITING).outside_router());
        links.push(way("Appeals", community::paths::ADMIN_APPEALS).outside_router());
        links.push(
            way("Requests for communities", community::paths::ADMIN_REQUESTS).outside_router(),
        );
    }
    if settings.decides_reports {
        links.push(way("Reports", community::paths::ADMIN_REPORTS).outside_router());
    }
    if settings.is_registry_staff {
        links.push(way("Registry desk", registry::paths::DESK).outside_router());
    }
    if settings.decides_held_texts {
        links.push(way("Texts held back", wiki::paths::HELD_TEXTS).outside_router());
    }
    links
}
