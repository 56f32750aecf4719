//! `/communities/{slug}/trials`: clinical trials about a condition.

use domain::{
    time::Timestamp,
    trials::{NctId, TrialList},
};
use leptos::prelude::*;

use super::{
    api,
    filter::Filter,
    list::{NoTrials, Trials},
    paths,
};
use crate::{
    catalogue,
    community::{CommunityTab, CommunityTabs},
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    site,
    ui::{Date, Pager},
};

/// A page of the trials of a condition.
#[component]
pub fn TrialsPage() -> impl IntoView {
    let slug = use_part("slug");
    let (status, country) = (use_query_value("status"), use_query_value("country"));
    let (age, after) = (use_query_value("age"), use_query_value("after"));
    let data = page_data(
        move || (slug(), status(), country(), age(), after()),
        |(slug, status, country, age, after)| api::read_trials(slug, status, country, age, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <WholeList list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeList(list: TrialList, continued: bool) -> impl IntoView {
    let head = head(&list, continued);
    let TrialList {
        condition,
        filter,
        trials,
        next,
        countries,
        read_at,
    } = list;
    let (slug, name) = (condition.slug, condition.name);
    let path = paths::filtered(&slug, &filter, None);
    let of_tabs = slug.clone();
    let next = next.as_ref().map(NctId::as_str);
    let next = next.map(|id| paths::filtered(&slug, &filter, Some(id)));
    let links = vec![
        way(
            format!("Back to {name}"),
            catalogue::paths::condition(&slug),
        ),
        way("All sources", site::paths::SOURCES),
    ];
    let none = trials.is_empty();
    let invented = trials.iter().any(|trial| trial.id.is_invented());
    let content = if none && filter.is_empty() && !continued {
        view! { <NoTrials condition=name.clone()/> }.into_any()
    } else {
        view! {
            <div>
                <Filter slug filter countries/>
                {none.then(|| view! { <p role="status">"No trials fit these filters."</p> })}
                <Trials trials/>
                <Pager first=continued.then_some(path) next/>
            </div>
        }
        .into_any()
    };
    let source = view! { <Source name=name.clone() read_at invented/> };
    view! {
        <Column title=format!("Clinical trials: {name}") head links>
            <CommunityTabs slug=of_tabs here=CommunityTab::Trials/>
            <p>
                "This is information, not medical advice. Talk to your doctor before you join a trial: they can tell you whether it could be right for you."
            </p>
            {content}
            {source}
        </Column>
    }
}

/// Where it is from.
#[component]
fn Source(
    /// The condition's name.
    name: String,
    /// When it was read there.
    read_at: Option<Timestamp>,
    /// Whether it is made up for a demonstration.
    invented: bool,
) -> impl IntoView {
    let search = view! {
        <a href=paths::search(&name) rel="external">
            {format!("search ClinicalTrials.gov for {name}")}
        </a>
    };
    if invented {
        return view! {
            <p class="source">
                "These trials are invented for the demonstration. They are in no register, and no one can take part. For real ones, "
                {search} "."
            </p>
        }
        .into_any();
    }
    let read = read_at.map(|time| {
        view! { "The details on this page were read there on " <Date time/> ". " }
    });
    view! {
        <p class="source">
            "Source: " <a href=paths::REGISTER rel="external">"ClinicalTrials.gov"</a>
            ", US National Library of Medicine. " {read}
            "Things may have changed since, and not every trial is listed here: " {search} "."
        </p>
    }
    .into_any()
}

fn head(list: &TrialList, continued: bool) -> PageHead {
    let (filter, name) = (&list.filter, &list.condition.name);
    // Any word could be sent as a country.
    let exists = filter.country.as_ref();
    let exists = exists.is_none_or(|country| list.countries.contains(country));
    PageHead {
        title: format!("Clinical trials: {name}"),
        description: format!(
            "Clinical trials about {name}: which are recruiting, for what ages, and in which countries."
        ),
        canonical: (exists && !continued)
            .then(|| paths::filtered(&list.condition.slug, filter, None)),
        index: filter.is_empty() && !continued && !list.trials.is_empty(),
        ..PageHead::default()
    }
}
