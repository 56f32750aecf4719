//! A text in Markdown, with buttons for its marks. They need a script, and the style shows them only
//! where scripts run.

use leptos::prelude::*;

use super::{
    controls::{TextControl, text_field},
    offers::{Offers, OffersBelow},
};

/// What a button says, and what it puts before and behind what is selected.
const MARKS: [(&str, &str, &str); 6] = [
    ("Bold", "**", "**"),
    ("Italic", "*", "*"),
    ("Heading", "### ", ""),
    ("List", "- ", ""),
    ("Link", "[", "](https://)"),
    ("Cite", "[@", "]"),
];

/// A field for a text in Markdown.
#[component]
pub fn MarkdownEditor(
    /// The field.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The present text.
    #[prop(optional, into)]
    value: String,
    /// Lines that show at once.
    #[prop(default = 16)]
    rows: u8,
    /// Whether it can cite references, which only sections have.
    #[prop(default = true)]
    cites: bool,
    /// Whether there has to be one.
    #[prop(default = true)]
    required: bool,
    /// Who is offered while a mention is typed.
    #[prop(optional)]
    offers: Offers,
) -> impl IntoView {
    let tools = move |control| {
        let buttons = MARKS
            .into_iter()
            .filter(|(words, ..)| cites || *words != "Cite")
            .map(|(words, before, after)| {
                view! {
                    <button class="plain" type="button" on:click=move |_| mark(control, before, after)>
                        {words}
                    </button>
                }
            })
            .collect_view();
        view! {
            <div class="toolbar" role="group" aria-label="Formatting">
                {buttons}
            </div>
        }
        .into_any()
    };
    let below = |control, typed| {
        (!offers.0.is_empty())
            .then(|| view! { <OffersBelow offers control typed/> })
            .into_any()
    };
    text_field(name, label, hint, value, required, rows, (tools, below))
}

/// Puts marks around what is selected.
#[cfg(feature = "hydrate")]
fn mark(control: TextControl, before: &str, after: &str) {
    let Some(field) = control.get_untracked() else {
        return;
    };
    let position = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    let (start, end) = (
        position(field.selection_start()),
        position(field.selection_end()),
    );
    // Positions are UTF-16 units, as the field counts.
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let part = |from: usize, to: usize| {
        text.get(from..to)
            .map(String::from_utf16_lossy)
            .unwrap_or_default()
    };
    let (head, selected, tail) = (
        part(0, start as usize),
        part(start as usize, end as usize),
        part(end as usize, text.len()),
    );
    field.set_value(&[head.as_str(), before, &selected, after, &tail].concat());
    // The marks are ASCII.
    let shift = u32::try_from(before.len()).unwrap_or_default();
    let _ = field.set_selection_range(start + shift, end + shift);
    let _ = field.focus();
}

#[cfg(not(feature = "hydrate"))]
fn mark(control: TextControl, before: &str, after: &str) {
    let _ = (control, before, after);
}
