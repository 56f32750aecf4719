//! `/sources`: where data comes from, with the credit that its licences ask for.

use domain::catalogue::SourceRelease;
use leptos::prelude::*;

use super::{api, paths};
use crate::page::{Page, PageHead, page_data, set_head};

/// Every source that must be credited.
#[component]
pub fn SourcesPage() -> impl IntoView {
    let data = page_data(|| (), |()| api::read_sources());
    view! { <Page data view=|sources| view! { <Sources sources/> }.into_any()/> }
}

#[component]
fn Sources(sources: Vec<SourceRelease>) -> impl IntoView {
    set_head(PageHead {
        title: "Sources".to_owned(),
        description: "Where the names, codes and texts on this site come from.".to_owned(),
        canonical: Some(paths::SOURCES.to_owned()),
        index: true,
        ..PageHead::default()
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="prose">
                <h1 tabindex="-1">"Sources"</h1>
                <p class="lede">"Where the names, codes and texts on this site come from."</p>
                {sources
                    .into_iter()
                    .map(|source| {
                        view! {
                            <h2>{source.name}</h2>
                            <p>{source.attribution}</p>
                            <p class="soft">
                                {format!("Release {}, {}. ", source.release, source.licence)}
                                {(!source.url.is_empty())
                                    .then(|| {
                                        view! {
                                            <a href=source.url.clone() rel="external">
                                                {source.url.clone()}
                                            </a>
                                        }
                                    })}
                            </p>
                        }
                    })
                    .collect_view()}
            </div>
        </main>
    }
}
