//! Your own invitations and leaderships, on the page of your communities.

use domain::community::{LeadershipObstacle, LeadershipState, OwnLeadership};
use leptos::prelude::*;

use super::forms::{
    AcceptInvitationFields, DeclineInvitationFields, DescribeLeaderFields, StepDownFields,
};
use crate::{
    account,
    community::paths,
    profile,
    ui::{
        Date,
        form::{Buttons, Form, Hidden, LongText, Submit},
    },
};

/// Your own invitations and leaderships.
#[component]
pub(in crate::community) fn OwnLeaderships(leaderships: Vec<OwnLeadership>) -> impl IntoView {
    leaderships
        .into_iter()
        .map(|own| match own.state {
            LeadershipState::Invited => view! { <Invitation own/> }.into_any(),
            LeadershipState::Leading => view! { <Leadership own/> }.into_any(),
            _ => view! { <Past own/> }.into_any(),
        })
        .collect_view()
}

#[component]
fn Words(value: String) -> impl IntoView {
    view! {
        <LongText
            name="words"
            label="What would you like to say about yourself?"
            hint="A few sentences, at most 500 characters. Everyone can read this."
            value
            rows=4
        />
    }
}

#[component]
fn Invitation(own: OwnLeadership) -> impl IntoView {
    let (of, id) = (own.id.clone(), own.id.clone());
    let (decline_of, declined) = (own.id.clone(), own.id);
    let (about, other) = (own.condition.name.clone(), own.condition.name.clone());
    let heading = format!("You are invited to lead: {}", own.condition.name);
    let needs = (!own.obstacles.is_empty()).then(|| view! { <NeedsSecondFactor/> });
    view! {
        <section>
            <Form<AcceptInvitationFields>
                of
                heading
                text="Your name, picture and words will be shown to everyone on this community's page. Everyone will also see on your profile that you are in this community."
            >
                <Hidden name="id" value=id/>
                <Words value=own.words/>
                <Buttons>
                    <Submit label="Accept and be shown" about/>
                </Buttons>
            </Form<AcceptInvitationFields>>
            <Form<DeclineInvitationFields> of=decline_of>
                <Hidden name="id" value=declined/>
                <Submit label="Decline invitation" quiet=true about=other/>
            </Form<DeclineInvitationFields>>
            {needs}
        </section>
    }
}

#[component]
fn NeedsSecondFactor() -> impl IntoView {
    view! {
        <p>
            "Leaders need two-step sign-in: until you set it up, you are not shown as a leader and cannot use a leader's tools. "
            <a href=account::paths::SECOND_FACTOR>"Set up two-step sign-in"</a>
        </p>
    }
}

#[component]
fn Leadership(own: OwnLeadership) -> impl IntoView {
    let (of, id) = (own.id.clone(), own.id.clone());
    let (step_of, stepped) = (own.id.clone(), own.id);
    let (about, other) = (own.condition.name.clone(), own.condition.name.clone());
    let heading = format!("You lead: {}", own.condition.name);
    let tools = own
        .obstacles
        .is_empty()
        .then(|| view! { <p><a href=paths::lead(&own.condition.slug)>"Tools for leaders"</a></p> });
    let obstacles = own
        .obstacles
        .into_iter()
        .map(|obstacle| match obstacle {
            LeadershipObstacle::SecondFactor => view! { <NeedsSecondFactor/> }.into_any(),
            LeadershipObstacle::Name => view! {
                <p>
                    "You are not shown as a leader and cannot use a leader's tools, because your name is not for everyone. "
                    <a href=profile::paths::OWN>"Change who sees your name"</a>
                </p>
            }
                .into_any(),
            LeadershipObstacle::Membership => view! {
                <p>
                    "You are not shown as a leader and cannot use a leader's tools, because not everyone can see that you are in this community. Change it below."
                </p>
            }
                .into_any(),
        })
        .collect_view();
    view! {
        <section>
            <Form<DescribeLeaderFields> of heading>
                <Hidden name="id" value=id/>
                <Words value=own.words/>
                <Buttons>
                    <Submit label="Save words" about/>
                </Buttons>
            </Form<DescribeLeaderFields>>
            {obstacles}
            {tools}
            <Form<StepDownFields> of=step_of>
                <Hidden name="id" value=stepped/>
                <Submit label="Step down as leader" quiet=true about=other/>
            </Form<StepDownFields>>
        </section>
    }
}

#[component]
fn Past(own: OwnLeadership) -> impl IntoView {
    view! {
        <p>
            {format!("Your role or invitation as a leader of {} ended on ", own.condition.name)}
            <Date time=own.since/> ". " <q>{own.reason}</q>
        </p>
    }
}
