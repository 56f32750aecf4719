//! What the pages share on which people choose what others see of them.

use domain::policy::Audience;
use leptos::prelude::*;

use super::paths;
use crate::{
    account,
    page::way,
    ui::{Link, form::Choice},
};

/// Who sees something.
#[component]
pub fn AudienceChoice(
    /// The field.
    #[prop(default = "audience")]
    name: &'static str,
    /// The question.
    label: &'static str,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The present answer.
    value: Audience,
) -> impl IntoView {
    let options = Audience::ALL
        .map(|audience| (audience.as_str().to_owned(), audience.label().to_owned()))
        .to_vec();
    view! { <Choice name label hint options value=value.as_str() required=true/> }
}

/// What a page says when it was led back to with `?done=`.
pub fn saved(done: Option<String>) -> Option<String> {
    done.map(|_| "Saved.".to_owned())
}

/// The ways on that each of the pages has, behind its own.
pub fn ways(own: Vec<Link>) -> Vec<Link> {
    let everywhere = vec![
        way("What others see", paths::WHAT_OTHERS_SEE),
        way("Settings", account::paths::SETTINGS),
    ];
    [own, everywhere].concat()
}
