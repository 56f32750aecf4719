//! Choosing which trials are listed. A plain form: it works without JavaScript.

use domain::trials::{AgeGroup, Recruitment, TrialFilter};
use leptos::prelude::*;

use super::paths;

/// A choice of a filter: value and words.
type Choice = (String, String);

/// The form.
#[component]
pub(super) fn Filter(
    /// The condition's address.
    slug: String,
    /// What is chosen.
    filter: TrialFilter,
    /// The countries in which there are trials.
    countries: Vec<String>,
) -> impl IntoView {
    let statuses = Recruitment::ALL
        .map(|one| (one.as_str().to_owned(), one.label().to_owned()))
        .to_vec();
    let ages = AgeGroup::ALL
        .map(|age| (age.as_str().to_owned(), age.label().to_owned()))
        .to_vec();
    let mut places: Vec<Choice> = countries
        .into_iter()
        .map(|country| (country.clone(), country))
        .collect();
    // One in which there are none stays chosen.
    if let Some(country) = &filter.country
        && !places.iter().any(|(value, _)| value == country)
    {
        places.insert(0, (country.clone(), country.clone()));
    }
    let status = filter.recruitment.map(|one| one.as_str().to_owned());
    let age = filter.age.map(|age| age.as_str().to_owned());
    let all = (!filter.is_empty()).then(|| {
        view! {
            <p>
                <a href=paths::trials(&slug)>"Clear filters"</a>
            </p>
        }
    });
    view! {
        <form
            class="form filter"
            method="get"
            action=paths::trials(&slug)
            aria-label="Filter trials"
        >
            <Choose name="status" label="Status" any="Any status" choices=statuses chosen=status/>
            <Choose
                name="country"
                label="Country"
                any="Any country"
                choices=places
                chosen=filter.country
            />
            <Choose name="age" label="Age" any="Any age" choices=ages chosen=age/>
            <button class="button" type="submit">
                "Show trials"
            </button>
        </form>
        {all}
    }
}

#[component]
fn Choose(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Vec<Choice>,
    chosen: Option<String>,
) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|(value, words)| {
            let selected = chosen.as_ref() == Some(&value);
            view! {
                <option value=value selected=selected>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name autocomplete="off">
                <option value="">{any}</option>
                {options}
            </select>
        </div>
    }
}
