//! `/members/{handle}`: a profile.

use domain::community::ReportSubject;
use leptos::prelude::*;

use super::{
    api::{self, MemberView},
    details::{self, Details},
    paths,
};
use crate::{
    account, community,
    page::{Column, Page, PageHead, page_data, use_part, way},
};

/// A profile, as far as it is for the reader.
#[component]
pub fn MemberPage() -> impl IntoView {
    let data = page_data(use_part("handle"), api::read_member);
    view! { <Page data view=|member| view! { <Member member/> }.into_any()/> }
}

#[component]
fn Member(member: MemberView) -> impl IntoView {
    let MemberView { profile, moderates } = member;
    let title = details::name(&profile);
    let head = PageHead {
        title: title.clone(),
        description: format!("{title} is a member here."),
        canonical: Some(paths::member(&profile.handle)),
        index: profile.for_search_engines,
        ..PageHead::default()
    };
    let own = profile.own;
    let mention = format!("@{}", profile.handle);
    let links = if own {
        vec![
            way("Change your profile", paths::OWN),
            way("What others see", paths::WHAT_OTHERS_SEE),
        ]
    } else {
        let handle = profile.handle.clone();
        let report = community::paths::report(&ReportSubject::Member { handle });
        let report = community::may_report().then(|| way("Report this profile", report));
        let moderate = moderates.then(|| {
            let path = account::paths::admin_member(&profile.handle);
            way("Warn or suspend this member", path).outside_router()
        });
        report.into_iter().chain(moderate).collect()
    };
    view! {
        <Column title head links>
            {own.then(|| view! { <p>"This is your own profile, with everything on it."</p> })}
            <Details profile/>
            <p class="soft">"To mention this member in a discussion, write " <code>{mention}</code> "."</p>
        </Column>
    }
}
