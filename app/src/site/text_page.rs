//! `/about`, `/privacy`, `/accessibility`, `/help`: texts of the project or of the operator.

use domain::site::{SiteText, TextKind};
use leptos::prelude::*;

use super::api;
use crate::{
    answer,
    ui::{PageHead, set_head},
};

/// The page of one text.
pub fn text_page(kind: TextKind) -> AnyView {
    let resource = Resource::new(
        || (),
        move |()| async move {
            let answer = api::text(kind).await;
            answer.map(|answer| {
                answer.map(|mut text| {
                    if cfg!(feature = "ssr") {
                        text.html.on_page();
                    }
                    (kind, text)
                })
            })
        },
    );
    answer::show(resource, text)
}

fn text((kind, text): (TextKind, SiteText)) -> AnyView {
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
