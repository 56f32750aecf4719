//! What a text was answered with that has not been published: a preview, or the version of someone
//! else.

use domain::wiki::{Preview, Readability};
use leptos::prelude::*;

use super::api::writing::texts::EditResult;
use crate::ui::{Prose, Unified, form::use_form};

/// The grade that texts aim at.
const AIM: u8 = 8;

/// Above the fields of a text: what it was answered with.
#[component]
pub(super) fn EditResults(
    /// Whether there is a draft; each of these results has made one.
    has_draft: RwSignal<bool>,
) -> impl IntoView {
    let form = use_form();
    Effect::new(move |_| {
        if form.result::<EditResult>().is_some() {
            has_draft.try_set(true);
        }
    });
    move || {
        form.result().map(|result| match result {
            EditResult::Draft => view! { <DraftSaved/> }.into_any(),
            EditResult::Preview(preview) => view! { <Previewed preview/> }.into_any(),
            EditResult::Collision { theirs } => view! { <OtherVersion theirs/> }.into_any(),
        })
    }
}

#[component]
fn DraftSaved() -> impl IntoView {
    view! {
        <p class="notice" role="status" tabindex="-1">
            "Draft saved. You will find it here again."
        </p>
    }
}

#[component]
fn OtherVersion(theirs: String) -> impl IntoView {
    view! {
        <details>
            <summary>"The other version, as it is on the page now"</summary>
            <pre class="diff">{theirs}</pre>
        </details>
    }
}

#[component]
fn Previewed(preview: Preview) -> impl IntoView {
    let Preview {
        html,
        readability,
        changes,
    } = preview;
    view! {
        <section class="seen" aria-labelledby="preview">
            <h2 id="preview" tabindex="-1" data-news="">
                "Preview"
            </h2>
            <Prose html class="prose"/>
        </section>
        <p class="notice" role="status">
            "This is not on the page yet. We have saved it as a draft."
        </p>
        <Reading readability/>
        <details>
            <summary>"What you changed"</summary>
            <Unified changes/>
        </details>
    }
}

/// How hard a text is to read.
#[component]
fn Reading(readability: Readability) -> impl IntoView {
    let Readability { grade, hardest } = readability;
    let Some(grade) = grade else {
        return view! { <p class="soft">"Too short to say how hard it is to read."</p> }.into_any();
    };
    let words = if grade <= AIM {
        format!("It reads at school grade {grade}. That is good: aim for 6 to {AIM}.")
    } else {
        format!(
            "It reads at school grade {grade}. Aim for 6 to {AIM}: shorter sentences, plainer words."
        )
    };
    let hard = (!hardest.is_empty()).then(|| {
        let sentences = hardest
            .into_iter()
            .map(|(sentence, grade)| {
                view! { <li><q>{sentence}</q> {format!(" (grade {grade})")}</li> }
            })
            .collect_view();
        view! {
            <p>"The hardest sentences:"</p>
            <ul>{sentences}</ul>
        }
    });
    view! {
        <p>{words}</p>
        {hard}
    }
    .into_any()
}
