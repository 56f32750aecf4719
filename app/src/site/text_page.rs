//! `/about`, `/privacy`, `/accessibility`, `/help`: texts of the project or of the operator.

use domain::site::{SiteText, TextKind};
use leptos::prelude::*;

use crate::ui::{PageHead, set_head};

pub(crate) fn text(kind: TextKind, text: SiteText) -> AnyView {
    set_head(PageHead {
        title: text.title.clone(),
        description: text.description,
        canonical: Some(format!("/{}", kind.as_str())),
        index: true,
        ..PageHead::default()
    });
    view! {
        <main id="main" class="page wrap" tabindex="-1">
            <div class="prose">
                <h1 tabindex="-1">{text.title}</h1>
                <div inner_html=text.html.as_str().to_owned()></div>
            </div>
        </main>
    }
    .into_any()
}
