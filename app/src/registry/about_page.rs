//! `/registry`: what the registry is, and the way in.

use domain::registry::OutsideRegistry;
use leptos::prelude::*;

use super::{
    api::{AboutView, read_about},
    outside::Visit,
    paths,
};
use crate::{
    page::{Page, PageHead, page_data, set_head},
    ui::Prose,
};

/// What the registry is.
#[component]
pub fn RegistryPage() -> impl IntoView {
    let data = page_data(|| (), |()| read_about());
    view! { <Page data view=|about| view! { <About about/> }.into_any()/> }
}

#[component]
fn About(about: AboutView) -> impl IntoView {
    let AboutView { text, outside } = about;
    set_head(PageHead {
        title: text.title.clone(),
        description: text.description,
        canonical: Some(paths::REGISTRY.to_owned()),
        index: true,
        ..PageHead::default()
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="prose">
                <h1 tabindex="-1">{text.title}</h1>
                <TakePart outside=outside.clone()/>
                <Prose html=text.html/>
                <TakePart outside more=" in the registry"/>
            </div>
        </main>
    }
}

/// The way in, here or elsewhere.
#[component]
fn TakePart(
    /// Elsewhere.
    outside: Option<OutsideRegistry>,
    /// What is only read out.
    #[prop(optional)]
    more: Option<&'static str>,
) -> impl IntoView {
    if let Some(registry) = outside {
        return view! { <Visit registry/> }.into_any();
    }
    let more = more.map(|more| view! { <span class="unseen">{more}</span> });
    view! {
        <p>
            <a class="button" href=paths::ENROL>
                "Take part"
                {more}
            </a>
        </p>
    }
    .into_any()
}

/// What the page of a condition says of the registry.
#[component]
pub fn RegistrySection(
    /// The condition's name, as it stands in a sentence.
    condition: String,
    /// Where people with it enrol, unless it is here.
    outside: Option<OutsideRegistry>,
) -> impl IntoView {
    let about = format!("Research into {condition} needs facts from the people who live with it.");
    let way_in = match outside {
        Some(registry) => view! {
            <p>{about} " You can give them in a registry on another site."</p>
            <Visit registry/>
        }
        .into_any(),
        None => view! {
            <p>{about} " You can give them in three steps, for yourself or for someone you care for:"</p>
            <ol>
                <li>"Answer a few questions."</li>
                <li>"Read what the registry does, and agree."</li>
                <li>"Decide what your data may be used for. You can change that at any time."</li>
            </ol>
            <p>
                <a href=paths::REGISTRY>"About the patient registry"</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="section" id="registry" aria-labelledby="registry-title">
            <h2 id="registry-title">"Patient registry"</h2>
            {way_in}
        </section>
    }
}
