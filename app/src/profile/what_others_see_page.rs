//! `/settings/what-others-see`: your profile through the eyes of others.

use domain::profile::Profile;
use leptos::prelude::*;

use super::{
    Onlooker, api,
    details::{self, Details},
    paths,
};
use crate::{
    account,
    page::{Column, Page, page_data, use_query_value, way},
};

/// Your own profile as others see it.
#[component]
pub fn WhatOthersSeePage() -> impl IntoView {
    let name = use_query_value("by");
    let by = move || Onlooker::from_name(name().as_deref());
    let data = page_data(by, api::read_preview);
    view! {
        <Page
            data
            view=move |profile| {
                let by = untrack(by);
                view! { <WhatOthersSee profile by/> }.into_any()
            }
        />
    }
}

#[component]
fn WhatOthersSee(profile: Profile, by: Onlooker) -> impl IntoView {
    let links = vec![
        way("Your own view", paths::member(&profile.handle)),
        way("Your profile", paths::OWN),
        way("Settings", account::paths::SETTINGS),
    ];
    let choices = Onlooker::ALL
        .map(|onlooker| {
            let path = paths::what_others_see(onlooker.as_str());
            let current = (onlooker == by).then_some("page");
            view! {
                <li>
                    <a href=path aria-current=current>
                        {onlooker.label()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Column title="What others see" links>
            <div>
                <nav class="choices" aria-label="View as">
                    <ul>{choices}</ul>
                </nav>
                <div class="seen">
                    <Seen profile by/>
                </div>
            </div>
        </Column>
    }
}

#[component]
fn Seen(profile: Profile, by: Onlooker) -> impl IntoView {
    if by == Onlooker::SearchEngine && !profile.for_search_engines {
        view! {
            <p>
                "Search engines are asked to leave your profile out, so they show nothing of it. You can change that in your profile."
            </p>
        }
        .into_any()
    } else if profile.is_empty() {
        view! { <p>"Nothing. For them there is no page about you."</p> }.into_any()
    } else {
        view! {
            <p class="name">{details::name(&profile)}</p>
            <Details profile/>
        }
        .into_any()
    }
}
