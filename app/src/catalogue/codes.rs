//! Codes of a condition in other systems, and where a code leads.

use domain::{
    catalogue::{Code, CodeSystem},
    wiki::SectionKind,
};
use leptos::{either::Either, prelude::*};

use super::api;
use crate::{
    page::{Page, page_data, use_part},
    wiki,
};

/// `/orpha/29073`, `/mondo/0009693`, `/omim/254500`: leads on to the condition.
#[component]
pub fn CodePage(
    /// Whose code.
    system: CodeSystem,
) -> impl IntoView {
    let value = use_part("value");
    let data = page_data(
        move || (system, value()),
        |(system, value)| api::read_code(system, value),
    );
    view! { <Page data view=|()| ().into_any()/> }
}

/// The codes of a condition or family, by system.
#[component]
pub(super) fn Codes(
    mut codes: Vec<Code>,
    /// The address of a condition, whose codes people may change.
    #[prop(optional)]
    slug: Option<String>,
) -> impl IntoView {
    let edit = slug.map(|slug| wiki::paths::edit(&slug, SectionKind::Synonyms));
    codes.sort_by_key(|code| code.system);
    view! {
        <section class="card" aria-labelledby="codes-title">
            <h2 id="codes-title">"Codes"</h2>
            <dl class="codes">
                {codes.chunk_by(|a, b| a.system == b.system).map(of_system).collect_view()}
            </dl>
            {edit
                .map(|edit| {
                    view! {
                        <p>
                            <a href=edit>"Add or change codes"</a>
                        </p>
                    }
                })}
        </section>
    }
}

fn of_system(codes: &[Code]) -> impl IntoView + use<> {
    let values = codes
        .iter()
        .map(|code| {
            let value = code.value.clone();
            let value = match code.url() {
                Some(url) => Either::Left(view! { <a href=url rel="external">{value}</a> }),
                None => Either::Right(value),
            };
            view! { <dd>{value}</dd> }
        })
        .collect_view();
    view! {
        <dt>{codes[0].system.prefix()}</dt>
        {values}
    }
}
