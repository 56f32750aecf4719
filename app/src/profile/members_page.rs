//! `/communities/{slug}/members`: the members of a community who want others to find them.

use domain::profile::{Listed, MemberList};
use leptos::prelude::*;

use super::{Portrait, api, paths};
use crate::{
    account, catalogue,
    community::{CommunityTab, CommunityTabs, LeaderList},
    page::{Column, Page, member_name, page_data, use_part, use_query_value, way},
    ui::Pager,
};

/// A page of a community's members.
#[component]
pub fn MembersPage() -> impl IntoView {
    let (slug, after) = (use_part("slug"), use_query_value("after"));
    let data = page_data(
        move || (slug(), after()),
        |(slug, after)| api::read_members(slug, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <Members list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Members(list: MemberList, continued: bool) -> impl IntoView {
    let MemberList {
        leaders,
        condition,
        members,
        next,
    } = list;
    let path = paths::members(&condition.slug, None);
    let signed_in = member_name().is_some();
    let links = vec![
        way(
            format!("Back to {}", condition.name),
            catalogue::paths::condition(&condition.slug),
        ),
        if signed_in {
            way("Choose whether you are listed", paths::OWN)
        } else {
            way("Sign in to see more", account::paths::sign_in(&path))
        },
    ];
    let next = next.map(|handle| paths::members(&condition.slug, Some(&handle)));
    let leaders = (!leaders.is_empty()).then(|| {
        let leaders = leaders.into_iter().map(|leader| (leader, None)).collect();
        view! {
            <section aria-labelledby="leaders-title">
                <h2 id="leaders-title">"Community leaders"</h2>
                <LeaderList leaders/>
            </section>
        }
    });
    view! {
        <Column title=format!("Members: {}", condition.name) links>
            <CommunityTabs slug=condition.slug.clone() here=CommunityTab::Members/>
            <p>
                {format!(
                    "People in the community of {} who want others to find them. Each of them chose who can see it.",
                    condition.name,
                )}
            </p>
            {leaders}
            {(!signed_in)
                .then(|| view! { <p>"Most people are listed for other members only."</p> })}
            <div>
                {members
                    .is_empty()
                    .then(|| view! { <p>"There is no one to show here yet."</p> })}
                <ul class="members">
                    {members
                        .into_iter()
                        .map(|member| view! { <OneMember member/> })
                        .collect_view()}
                </ul>
                <Pager first=continued.then_some(path) next/>
            </div>
        </Column>
    }
}

#[component]
fn OneMember(member: Listed) -> impl IntoView {
    let Listed {
        handle,
        name,
        picture,
    } = member;
    let path = paths::member(&handle);
    view! {
        <li>
            <Portrait handle picture/>
            <a href=path>{name}</a>
        </li>
    }
}
