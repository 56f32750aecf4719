//! `/settings/conditions`: the conditions on your profile, and who sees them there.

use domain::{catalogue::ConditionLink, policy::Audience, profile::OwnCondition};
use leptos::prelude::*;

use super::{
    api,
    forms::{AddConditionFields, ChangeConditionFields, RemoveConditionFields},
    paths,
    settings::{AudienceChoice, saved, ways},
};
use crate::{
    catalogue::ConditionInput,
    page::{Column, Page, page_data, use_query_value, way},
    ui::form::{Buttons, Form, Hidden, Submit, Tick},
};

/// The conditions on your own profile.
#[component]
pub fn OwnConditionsPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_own_conditions());
    view! {
        <Page
            data
            view=move |conditions| {
                let notice = saved(done());
                view! { <OwnConditions conditions notice/> }.into_any()
            }
        />
    }
}

#[component]
fn OwnConditions(conditions: Vec<OwnCondition>, notice: Option<String>) -> impl IntoView {
    let first = conditions.is_empty();
    let heading = if first {
        "Add a condition"
    } else {
        "Add another condition"
    };
    let links = ways(vec![way("Your profile", paths::OWN)]);
    // A function, so that saving builds all forms anew: where one has gone, what was chosen in
    // another would else be found in the one that takes its place.
    let forms = move || {
        conditions
            .iter()
            .cloned()
            .map(|own| view! { <OneCondition own/> })
            .collect_view()
    };
    view! {
        <Column title="Your conditions" notice links>
            <p>
                "Add conditions that you have, or that someone you care for has. Only you can see them unless you choose otherwise. You are in the community of a condition once you show it to its members at least."
            </p>
            {forms}
            <Form<AddConditionFields> heading>
                <ConditionInput label="Condition" required=true/>
                <ConditionAudience value=Audience::OnlyMe/>
                <MainTick checked=first/>
                <Buttons>
                    <Submit label="Add condition"/>
                </Buttons>
            </Form<AddConditionFields>>
        </Column>
    }
}

#[component]
fn OneCondition(own: OwnCondition) -> impl IntoView {
    let ConditionLink { slug, name } = own.condition;
    let (audience, home) = (own.audience, own.home);
    let remove = format!("Remove {name}");
    let (change_of, remove_of, removed) = (slug.clone(), slug.clone(), slug.clone());
    view! {
        <Form<ChangeConditionFields> of=change_of heading=name>
            <Hidden name="slug" value=slug/>
            <ConditionAudience value=audience/>
            <MainTick checked=home/>
            <Buttons>
                <Submit label="Save"/>
            </Buttons>
        </Form<ChangeConditionFields>>
        <Form<RemoveConditionFields> of=remove_of danger=true>
            <Hidden name="slug" value=removed/>
            <Buttons>
                <Submit label=remove danger=true/>
            </Buttons>
        </Form<RemoveConditionFields>>
    }
}

#[component]
fn ConditionAudience(value: Audience) -> impl IntoView {
    view! { <AudienceChoice label="Who sees that you have added it?" value/> }
}

#[component]
fn MainTick(checked: bool) -> impl IntoView {
    view! {
        <Tick
            name="home"
            label="This is my main condition"
            hint="Your main condition. We show it first."
            checked
        />
    }
}
