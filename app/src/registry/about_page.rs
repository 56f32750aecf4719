//! `/registry`: what the registry is, and the way in.

use domain::site::{SiteText, TextKind};
use leptos::prelude::*;

use super::paths;
use crate::{
    page::{Page, PageHead, page_data, set_head},
    site,
    ui::Prose,
};

/// What the registry is.
#[component]
pub fn RegistryPage() -> impl IntoView {
    let data = page_data(|| TextKind::Registry, site::read_text);
    view! { <Page data view=|text| view! { <About text/> }.into_any()/> }
}

#[component]
fn About(text: SiteText) -> impl IntoView {
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
                <p>
                    <a class="button" href=paths::ENROL>
                        "Take part"
                    </a>
                </p>
                <Prose html=text.html/>
                <p>
                    <a class="button" href=paths::ENROL>
                        "Take part"
                        <span class="unseen">" in the registry"</span>
                    </a>
                </p>
            </div>
        </main>
    }
}

/// What the page of a condition says of the registry.
#[component]
pub fn RegistrySection(
    /// The condition's name, as it stands in a sentence.
    condition: String,
) -> impl IntoView {
    let about = format!("Research into {condition} needs facts from the people who live with it.");
    view! {
        <section class="section" id="registry" aria-labelledby="registry-title">
            <h2 id="registry-title">"Patient registry"</h2>
            <p>{about} " You can give them in three steps, for yourself or for someone you care for:"</p>
            <ol>
                <li>"Answer a few questions."</li>
                <li>"Read what the registry does, and agree."</li>
                <li>"Decide what your data may be used for. You can change that at any time."</li>
            </ol>
            <p>
                <a href=paths::REGISTRY>"About the patient registry"</a>
            </p>
        </section>
    }
}
