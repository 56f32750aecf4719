//! `/admin/held-texts/{id}`

use domain::{text::sentence_case, wiki::HeldText};
use leptos::prelude::*;

use super::{
    api,
    forms::{AttachFields, DiscardFields, ShowFields},
};
use crate::{
    catalogue::{self, ConditionInput},
    page::{Column, Page, page_data, use_part, way},
    ui::{
        Prose,
        form::{Buttons, Form, Hidden, Submit},
    },
    wiki::paths,
};

/// A text that waits, and what can be decided about it.
#[component]
pub fn HeldTextPage() -> impl IntoView {
    let data = page_data(use_part("id"), api::read_text);
    view! { <Page data view=move |text| view! { <Held text/> }.into_any()/> }
}

#[component]
fn Held(text: HeldText) -> impl IntoView {
    let HeldText {
        id,
        condition,
        subject,
        source,
        year,
        url,
        reason,
        damage,
        sections,
        ..
    } = text;
    let links = vec![
        way("All texts held back", paths::HELD_TEXTS),
        way(
            condition.name.clone(),
            catalogue::paths::condition(&condition.slug),
        ),
    ];
    let damage = (!damage.is_empty()).then(|| view! { ": " <q>{damage}</q> });
    let source = format!("{source}, {year}");
    let source = if url.is_empty() {
        source.into_any()
    } else {
        view! { <a href=url rel="external">{source}</a> }.into_any()
    };
    let sections = sections
        .into_iter()
        .map(|(kind, html)| {
            view! {
                <section>
                    <h2>{kind.title()}</h2>
                    <Prose html class="prose"/>
                </section>
            }
        })
        .collect_view();
    let (to_show, to_attach) = (id.clone(), id.clone());
    let show = format!("Show it with {}", condition.name);
    let filed = format!("It was filed under {}.", condition.name);
    view! {
        <Column title=format!("Held back: {subject}") links>
            <div>
                <p>{filed} " Source: " {source} "."</p>
                <p>
                    <b class="mark">{sentence_case(reason.spelled())}</b>
                    {damage}
                </p>
                {sections}
            </div>
            <Form<ShowFields>
                heading="Show it"
                text="Only if the whole text is about this condition. What people have written is not replaced."
            >
                <Hidden name="id" value=to_show/>
                <Buttons>
                    <Submit label=show/>
                </Buttons>
            </Form<ShowFields>>
            <Form<AttachFields> heading="Show it with another condition">
                <Hidden name="id" value=to_attach/>
                <ConditionInput label="Which condition is it about?" required=true/>
                <Buttons>
                    <Submit label="Show it there"/>
                </Buttons>
            </Form<AttachFields>>
            <Form<DiscardFields>
                heading="Discard it"
                text="It is never shown, also not after later imports."
                danger=true
            >
                <Hidden name="id" value=id/>
                <Buttons>
                    <Submit label="Discard it" danger=true/>
                </Buttons>
            </Form<DiscardFields>>
        </Column>
    }
}
