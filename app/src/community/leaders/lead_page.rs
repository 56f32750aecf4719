//! `/communities/{slug}/lead`: what who leads a community works with.

use domain::community::{LeaderRecord, Leading};
use leptos::prelude::*;

use super::{
    api,
    forms::{AppointLeaderFields, EndLeadershipFields, WelcomeFields},
    outside_registry::OutsideRegistryForm,
};
use crate::{
    catalogue,
    community::paths,
    page::{Column, Page, page_data, use_part, use_query_value, way},
    profile,
    ui::{
        Date,
        form::{Buttons, Form, Hidden, Input, LongText, Submit},
    },
};

/// What who leads a community works with.
#[component]
pub fn LeadPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(use_part("slug"), api::read_lead);
    view! {
        <Page
            data
            view=move |leading| {
                let notice = told(done().as_deref());
                view! { <Tools leading notice/> }.into_any()
            }
        />
    }
}

fn told(done: Option<&str>) -> Option<String> {
    let words = match done? {
        "invited" => "Invited. They lead this community when they accept.",
        "saved" => "Saved.",
        "ended" => "Ended. They can read why in their settings.",
        _ => return None,
    };
    Some(words.to_owned())
}

#[component]
fn Tools(leading: Leading, notice: Option<String>) -> impl IntoView {
    let Leading {
        condition,
        leaders,
        welcome,
        registry,
        may_end,
    } = leading;
    let slug = condition.slug;
    let links = vec![
        way(condition.name.clone(), catalogue::paths::condition(&slug)),
        way(
            "Resources, and what waits for review",
            paths::resources(&slug, None, None),
        ),
        way("First posts that wait", paths::first_posts(&slug)),
        way("Discussions", paths::discussions(&slug, None)),
        way("Your communities", paths::OWN),
    ];
    let empty = leaders
        .is_empty()
        .then(|| view! { <p>"This community has no leader yet."</p> });
    let of = slug.clone();
    // A function, so that ending one builds all forms anew.
    let records = move || {
        leaders
            .iter()
            .cloned()
            .map(|record| view! { <Record record slug=of.clone() may_end/> })
            .collect_view()
    };
    let (welcome_slug, registry_slug, appoint_slug) = (slug.clone(), slug.clone(), slug);
    view! {
        <Column title=format!("Lead: {}", condition.name) notice links>
            <p>
                "Leaders read first posts, and approve and remove resources of this community. They pin up to three discussions, on the page of each. They write the welcome message, and say where people enrol in a registry."
            </p>
            <section aria-labelledby="leaders-title">
                <h2 id="leaders-title">"Leaders"</h2>
                {empty}
                {records}
            </section>
            <Form<WelcomeFields>
                heading="Welcome message"
                text="People who have joined read it on the page of the condition."
            >
                <Hidden name="slug" value=welcome_slug/>
                <LongText
                    name="text"
                    label="Message"
                    hint="At most 2,000 characters. You can use Markdown. Leave it empty for no message."
                    value=welcome
                />
                <Buttons>
                    <Submit label="Save message"/>
                </Buttons>
            </Form<WelcomeFields>>
            <OutsideRegistryForm slug=registry_slug registry/>
            <Form<AppointLeaderFields>
                heading="Invite a leader"
                text="Only members of this community who let all members or everyone see that they have joined. They decide whether they accept."
            >
                <Hidden name="slug" value=appoint_slug/>
                <Input
                    name="handle"
                    label="Handle"
                    hint="The last part of the address of their profile: /members/handle"
                    autocomplete="off"
                    required=true
                />
                <Buttons>
                    <Submit label="Invite"/>
                </Buttons>
            </Form<AppointLeaderFields>>
        </Column>
    }
}

#[component]
fn Record(record: LeaderRecord, slug: String, may_end: bool) -> impl IntoView {
    let LeaderRecord {
        id,
        handle,
        name,
        invited,
        counts,
        since,
    } = record;
    let state = match (invited, counts) {
        (true, _) => "Invited on ",
        (false, true) => "Leads since ",
        (false, false) => "Accepted, but not shown at the moment. Since ",
    };
    let path = profile::paths::member(&handle);
    let shown = name.clone().unwrap_or_else(|| handle.clone());
    let end = may_end.then(|| {
        let label = if invited { "End invitation" } else { "End leadership" };
        view! {
            <Form<EndLeadershipFields> of=id.clone() danger=true>
                <Hidden name="slug" value=slug/>
                <Hidden name="id" value=id/>
                <Input name="reason" label="Why?" hint="One line. They will see this." required=true/>
                <Buttons>
                    <Submit label danger=true about=shown.clone()/>
                </Buttons>
            </Form<EndLeadershipFields>>
        }
    });
    view! {
        <div>
            <p>
                <a href=path>{name.unwrap_or(handle)}</a> ". " {state} <Date time=since/> "."
            </p>
            {end}
        </div>
    }
}
