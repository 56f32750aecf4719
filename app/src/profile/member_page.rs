//! `/members/{handle}`: a profile.

use domain::{community::ReportSubject, profile::Profile};
use leptos::prelude::*;

use super::{
    api,
    details::{self, Details},
    paths,
};
use crate::{
    community,
    page::{Column, Page, PageHead, page_data, use_part, way},
};

/// A profile, as far as it is for the reader.
#[component]
pub fn MemberPage() -> impl IntoView {
    let data = page_data(use_part("handle"), api::read_member);
    view! { <Page data view=|profile| view! { <Member profile/> }.into_any()/> }
}

#[component]
fn Member(profile: Profile) -> impl IntoView {
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
        community::may_report()
            .then(|| way("Report this profile", report))
            .into_iter()
            .collect()
    };
    view! {
        <Column title head links>
            {own.then(|| view! { <p>"This is your own profile, with everything on it."</p> })}
            <Details profile/>
            <p class="soft">"To mention this member in a discussion, write " <code>{mention}</code> "."</p>
        </Column>
    }
}
