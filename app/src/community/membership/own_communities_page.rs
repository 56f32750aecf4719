//! `/settings/communities`: the communities that you are in, and who sees that.

use domain::{catalogue::ConditionLink, community::Membership, policy::Audience};
use leptos::prelude::*;

use super::{
    api::{self, OwnCommunitiesView},
    forms::{AddCommunityFields, ChangeMembershipFields, LeaveFields, Place},
};
use crate::{
    catalogue::ConditionInput,
    community::leaders::OwnLeaderships,
    page::{Column, Page, page_data, use_query_value, way},
    profile::{self, AudienceChoice, saved, ways},
    ui::form::{Buttons, Form, Hidden, Submit, Tick},
};

/// The communities that you are in.
#[component]
pub fn OwnCommunitiesPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_own_communities());
    view! {
        <Page
            data
            view=move |own| {
                let notice = saved(done());
                view! { <OwnCommunities own notice/> }.into_any()
            }
        />
    }
}

#[component]
fn OwnCommunities(own: OwnCommunitiesView, notice: Option<String>) -> impl IntoView {
    let OwnCommunitiesView {
        memberships,
        leaderships,
    } = own;
    let first = memberships.is_empty();
    let heading = if first {
        "Join a community"
    } else {
        "Join another community"
    };
    let links = ways(vec![way("Your profile", profile::paths::OWN)]);
    // A function, so that saving builds all forms anew: where one has gone, what was chosen in
    // another would else be found in the one that takes its place.
    let forms = move || {
        memberships
            .iter()
            .cloned()
            .map(|own| view! { <OneCommunity own/> })
            .collect_view()
    };
    view! {
        <Column title="Your communities" notice links>
            <p>
                "Join the communities of conditions that you have, or that someone you care for has. Only you can see that unless you choose otherwise, or write something there. Other members can find you only if you let them see it."
            </p>
            {move || view! { <OwnLeaderships leaderships=leaderships.clone()/> }}
            {forms}
            <Form<AddCommunityFields> heading>
                <ConditionInput label="Condition" required=true/>
                <ConditionAudience value=Audience::OnlyMe/>
                <MainTick checked=first/>
                <Buttons>
                    <Submit label="Join community"/>
                </Buttons>
            </Form<AddCommunityFields>>
        </Column>
    }
}

#[component]
fn OneCommunity(own: Membership) -> impl IntoView {
    let ConditionLink { slug, name } = own.condition;
    let (audience, home) = (own.audience, own.home);
    let leave = format!("Leave {name}");
    let (change_of, leave_of, left) = (slug.clone(), slug.clone(), slug.clone());
    view! {
        <Form<ChangeMembershipFields> of=change_of heading=name>
            <Hidden name="slug" value=slug/>
            <ConditionAudience value=audience/>
            <MainTick checked=home/>
            <Buttons>
                <Submit label="Save"/>
            </Buttons>
        </Form<ChangeMembershipFields>>
        <Form<LeaveFields> of=leave_of danger=true>
            <Hidden name="slug" value=left/>
            <Hidden name="place" value=Place::Settings.as_str()/>
            <Buttons>
                <Submit label=leave danger=true/>
            </Buttons>
        </Form<LeaveFields>>
    }
}

#[component]
fn ConditionAudience(value: Audience) -> impl IntoView {
    view! { <AudienceChoice label="Who sees that you are in it?" value/> }
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
