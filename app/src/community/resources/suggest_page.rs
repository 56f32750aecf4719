//! `/communities/{slug}/resources/new`: where a resource is suggested.

use domain::community::Starting;
use leptos::prelude::*;

use super::{api, fields::ResourceInputs, forms::SuggestResourceFields};
use crate::{
    catalogue,
    community::{
        membership::{Join, Place},
        paths,
    },
    page::{Column, Page, Unsent, page_data, use_part, way},
    ui::form::{Buttons, Form, Hidden, Submit},
};

/// Where a resource is suggested.
#[component]
pub fn SuggestPage() -> impl IntoView {
    let data = page_data(use_part("slug"), api::read_suggest);
    view! { <Page data view=|start| view! { <Suggest start/> }.into_any()/> }
}

#[component]
fn Suggest(start: Starting) -> impl IntoView {
    let Starting {
        condition, joined, ..
    } = start;
    let (slug, name) = (condition.slug, condition.name);
    let links = vec![
        way(
            format!("Resources: {name}"),
            paths::resources(&slug, None, None),
        ),
        way(name, catalogue::paths::condition(&slug)),
    ];
    let form = if joined {
        let text = "A leader of the community or a moderator checks it before it is listed. The list does not say who suggested it. Do not suggest your own pages that sell something.";
        view! {
            <Form<SuggestResourceFields> text>
                <Hidden name="slug" value=slug/>
                <ResourceInputs/>
                <Buttons>
                    <Submit label="Suggest resource"/>
                </Buttons>
            </Form<SuggestResourceFields>>
        }
        .into_any()
    } else {
        let text = "Join this community to suggest a resource. ";
        view! {
            <Unsent present=Vec::new()/>
            <Join slug place=Place::Suggest text/>
        }
        .into_any()
    };
    view! { <Column title="Suggest a resource" links>{form}</Column> }
}
