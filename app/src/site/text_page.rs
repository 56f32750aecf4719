//! `/about`, `/privacy`, `/accessibility`, `/registry/researchers`: texts of the project or of the operator.

use domain::site::{SiteText, TextKind};
use leptos::prelude::*;

use super::{api, paths};
use crate::{
    page::{Page, PageHead, page_data, set_head},
    ui::Prose,
};

/// One of the site's texts.
#[component]
pub fn TextPage(
    /// Which one.
    kind: TextKind,
) -> impl IntoView {
    let data = page_data(move || kind, api::read_text);
    view! { <Page data view=move |text| view! { <Text kind text/> }.into_any()/> }
}

#[component]
fn Text(kind: TextKind, text: SiteText) -> impl IntoView {
    set_head(PageHead {
        title: text.title.clone(),
        description: text.description,
        canonical: Some(paths::text(kind).to_owned()),
        index: true,
        ..PageHead::default()
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="prose">
                <h1 tabindex="-1">{text.title}</h1>
                <Prose html=text.html/>
            </div>
        </main>
    }
}
