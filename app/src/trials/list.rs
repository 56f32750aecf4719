//! Trials in lists.

use domain::{
    time::PartialDate,
    trials::{Trial, spelled_phases},
};
use leptos::prelude::*;

use super::paths;

/// Countries that are named; of large studies the others are counted.
const NAMED: usize = 10;

/// A list of trials with all that is known of them.
#[component]
pub(super) fn Trials(trials: Vec<Trial>) -> impl IntoView {
    let items = trials
        .into_iter()
        .map(|trial| view! { <Whole trial/> })
        .collect_view();
    view! { <ol class="topics">{items}</ol> }
}

#[component]
fn Whole(trial: Trial) -> impl IntoView {
    let countries = spelled_countries(&trial.countries);
    let ages = trial.spelled_ages();
    let number = if trial.id.is_invented() {
        format!("{} (invented, in no register)", trial.id)
    } else {
        trial.id.to_string()
    };
    let facts = [
        ("Status", Some(trial.status.label().to_owned())),
        ("Kind", trial.study_type.map(|kind| kind.label().to_owned())),
        ("Phase", spelled_phases(&trial.phases)),
        ("Age", Some(ages)),
        ("Sex", trial.sex.map(|sex| sex.label().to_owned())),
        ("Countries", countries),
        ("Sponsor", trial.sponsor.clone()),
        ("Number", Some(number)),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(name, fact)| {
            fact.map(|fact| {
                view! {
                    <dt>{name}</dt>
                    <dd>{fact}</dd>
                }
            })
        })
        .collect_view();
    let updated = trial.updated;
    let id = trial.id.to_string();
    view! {
        <li id=id>
            <Title trial/>
            <dl class="facts">
                {facts} <dt>"Last update"</dt>
                <dd>
                    <Updated updated/>
                </dd>
            </dl>
        </li>
    }
}

#[component]
fn Title(trial: Trial) -> impl IntoView {
    // There is nothing to link to.
    if trial.id.is_invented() {
        return view! { <span class="title">{trial.title}</span> }.into_any();
    }
    view! {
        <a class="title" href=paths::study(&trial.id) rel="nofollow noopener external">
            {trial.title}
        </a>
    }
    .into_any()
}

#[component]
fn Updated(updated: Option<PartialDate>) -> impl IntoView {
    match updated {
        Some(date) => view! { <time datetime=date.to_string()>{date.spelled()}</time> }.into_any(),
        None => view! { "not known" }.into_any(),
    }
}

/// Countries in words, where there are any.
fn spelled_countries(countries: &[String]) -> Option<String> {
    let named = countries.len().min(NAMED);
    let more = countries.len() - named;
    let spelled = countries.get(..named)?.join(", ");
    match more {
        _ if spelled.is_empty() => None,
        0 => Some(spelled),
        1 => Some(format!("{spelled} and 1 more")),
        more => Some(format!("{spelled} and {more} more")),
    }
}

/// The first trials of a condition, on its page.
#[component]
pub fn NewTrials(
    /// The condition's address.
    slug: String,
    /// Its name.
    condition: String,
    /// A few of them.
    trials: Vec<Trial>,
) -> impl IntoView {
    let content = if trials.is_empty() {
        view! { <NoTrials condition/> }.into_any()
    } else {
        let items = trials
            .into_iter()
            .map(|trial| view! { <Brief trial/> })
            .collect_view();
        view! {
            <ol class="topics">{items}</ol>
            <p>
                <a href=paths::trials(&slug)>"All clinical trials"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="section" id="trials" aria-labelledby="trials-title">
            <h2 id="trials-title">"Clinical trials"</h2>
            {content}
        </section>
    }
}

#[component]
fn Brief(trial: Trial) -> impl IntoView {
    let status = trial.status.label();
    let ages = trial.spelled_ages();
    let places = spelled_countries(&trial.countries).map(|places| format!(" {places}."));
    let updated = trial.updated;
    let invented = trial
        .id
        .is_invented()
        .then_some(" Invented: in no register.");
    view! {
        <li>
            <Title trial/>
            <div class="soft">
                {format!("{status}. {ages}.")} {places} " Last update: " <Updated updated/> "."
                {invented}
            </div>
        </li>
    }
}

/// That there are none, and where to look.
#[component]
pub(super) fn NoTrials(
    /// The condition's name.
    condition: String,
) -> impl IntoView {
    view! {
        <p class="empty">
            "No trials are listed here yet. " <a href=paths::search(&condition) rel="external">
                {format!("Search ClinicalTrials.gov for {condition}")}
            </a> "."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_of_large_studies_are_counted() {
        let lands = |count: usize| -> Vec<String> {
            (1..=count).map(|number| format!("L{number}")).collect()
        };
        assert_eq!(spelled_countries(&lands(0)), None);
        assert_eq!(spelled_countries(&lands(2)).unwrap(), "L1, L2");
        assert!(spelled_countries(&lands(10)).unwrap().ends_with("L9, L10"));
        assert!(
            spelled_countries(&lands(11))
                .unwrap()
                .ends_with("L10 and 1 more")
        );
        assert!(
            spelled_countries(&lands(200))
                .unwrap()
                .ends_with("L10 and 190 more")
        );
    }
}
