//! `/communities/{slug}/revisions/{number}/review`: where an expert reviews a text.

use leptos::prelude::*;

use super::{
    api::writing::decisions::{self, ReviewView},
    decision_forms::ReviewFields,
    paths,
};
use crate::{
    page::{Column, Page, page_data, use_part, way},
    ui::{
        Prose,
        form::{Buttons, Form, Hidden, Input, Submit},
    },
};

/// A text, and the form with which an expert reviews it.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let (slug, number) = (use_part("slug"), use_part("number"));
    let data = page_data(
        move || (slug(), number()),
        |(slug, number)| decisions::read_review(slug, number),
    );
    view! { <Page data view=|found| view! { <Review found/> }.into_any()/> }
}

#[component]
fn Review(found: ReviewView) -> impl IntoView {
    let ReviewView {
        condition,
        kind,
        number,
        html,
    } = found;
    let title = format!("Review: {} of {}", kind.title(), condition.name);
    let slug = condition.slug;
    let links = vec![way("Back to the text", paths::revision(&slug, number))];
    view! {
        <Column title links>
            <p>
                "Read the whole text. Your review says that it is correct, as far as is known today. The next review is due in two years."
            </p>
            <Prose html class="seen prose"/>
            <Form<ReviewFields>>
                <Hidden name="slug" value=slug/>
                <Hidden name="number" value=number.to_string()/>
                <Input
                    name="interests"
                    label="Conflicts of interest"
                    hint="Your connections with products or companies that this text is about, in one line, or “None”. Everyone can see this."
                    required=true
                />
                <Buttons>
                    <Submit label="I have read it, and it is correct"/>
                </Buttons>
            </Form<ReviewFields>>
        </Column>
    }
}
