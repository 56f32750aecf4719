//! `/sources`: where data comes from, with the credit that its licences ask for.

use domain::catalogue::SourceRelease;
use leptos::prelude::*;

use crate::ui::{PageHead, set_head};

pub(crate) fn sources(sources: Vec<SourceRelease>) -> AnyView {
    set_head(PageHead {
        title: "Sources".to_owned(),
        description: "Where the names, codes and texts on this site come from.".to_owned(),
        canonical: Some("/sources".to_owned()),
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
    .into_any()
}
