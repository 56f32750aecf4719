//! The community beside a condition: joining it, leaving it, who is in it and who leads it.

use domain::{
    SafeHtml,
    community::{CommunityLeaders, ConditionFollow, Leader},
    policy::Audience,
};
use leptos::prelude::*;

use super::{
    leaders::LeaderList,
    membership::{Join, LeaveFields, Place},
    notifications::FollowCondition,
    paths,
};
use crate::{
    profile, trials,
    ui::{
        Prose,
        form::{Form, Hidden, Submit},
    },
};

/// The community of a condition.
#[component]
pub fn CommunityCard(
    /// The condition's address.
    slug: String,
    /// Its name.
    condition: String,
    /// For whom the reader's membership is; nothing where they have not joined.
    membership: Option<Audience>,
    /// Whether the reader follows the page; nothing where they are not signed in.
    #[prop(optional_no_strip)]
    following: Option<bool>,
    /// Who leads it, and what it says to who has joined.
    leaders: CommunityLeaders,
) -> impl IntoView {
    let what = ConditionFollow::Page;
    let follow =
        following.map(|following| view! { <FollowCondition slug=slug.clone() what following/> });
    let CommunityLeaders {
        leaders,
        welcome,
        may_lead,
    } = leaders;
    let lead = may_lead.then(|| {
        let path = paths::lead(&slug);
        view! { <p><a href=path>"Tools for leaders"</a></p> }
    });
    let members = profile::paths::members(&slug, None);
    let news = paths::feed(&slug, None, None);
    let discussions = paths::discussions(&slug, None);
    let questions = paths::questions(&slug, None);
    let resources = paths::resources(&slug, None, None);
    let trials = trials::paths::trials(&slug);
    let own = match membership {
        Some(audience) => view! { <Joined slug condition audience/> }.into_any(),
        None => view! { <Join slug place=Place::Condition/> }.into_any(),
    };
    view! {
        <section class="card community" id="community" aria-labelledby="community-title">
            <h2 id="community-title">"Community"</h2>
            {own}
            {welcome.map(|html| view! { <Welcome html/> })}
            {follow}
            <p>
                <a href=news>"What is new"</a>
            </p>
            <p>
                <a href=discussions>"Discussions"</a>
            </p>
            <p>
                <a href=questions>"Questions"</a>
            </p>
            <p>
                <a href=resources>"Resources"</a>
            </p>
            <p>
                <a href=trials>"Clinical trials"</a>
            </p>
            <p>
                <a href=members>"Meet members"</a>
            </p>
            {lead}
            <LeadersOfCommunity leaders/>
        </section>
    }
}

#[component]
fn Welcome(html: SafeHtml) -> impl IntoView {
    view! {
        <div class="welcome">
            <h3>"Welcome"</h3>
            <Prose html class="prose"/>
        </div>
    }
}

/// Who leads a community; nothing where nobody does.
#[component]
pub fn LeadersOfCommunity(
    /// Who.
    leaders: Vec<Leader>,
) -> impl IntoView {
    (!leaders.is_empty()).then(|| {
        let leaders = leaders.into_iter().map(|leader| (leader, None)).collect();
        view! {
            <h3>"Community leaders"</h3>
            <LeaderList leaders/>
        }
    })
}

#[component]
fn Joined(slug: String, condition: String, audience: Audience) -> impl IntoView {
    let seen = match audience {
        Audience::OnlyMe => "Only you can see that you joined.",
        Audience::Communities => "Its members can see that you joined.",
        Audience::Members => "All members can see that you joined.",
        Audience::Everyone => "Everyone can see that you joined.",
    };
    view! {
        <p>"You are in this community. " {seen}</p>
        <p>
            <a href=paths::OWN>"Change who can see it"</a>
        </p>
        <Form<LeaveFields>>
            <Hidden name="slug" value=slug/>
            <Hidden name="place" value=Place::Condition.as_str()/>
            <Submit label="Leave" quiet=true about=condition/>
        </Form<LeaveFields>>
    }
}
