//! A condition that somebody names in a form, by any of its names.

use domain::catalogue::SearchHit;
use leptos::{ev, prelude::*};

use super::search_form::{matched, suggest};
use crate::ui::{
    Asking,
    form::{Input, use_form},
};

/// A field for a condition. Names are offered while one types; without JavaScript the server says
/// which names come near.
#[component]
pub fn ConditionInput(
    /// The question.
    label: &'static str,
    /// Whether it must be answered.
    #[prop(optional)]
    required: bool,
    /// The present answer.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let list = format!("{}-names", use_form().id("condition"));
    let hits = RwSignal::new(Vec::<SearchHit>::new());
    let asking = Asking::idle();
    let typed = move |event: ev::Event| {
        // The form may have gone when the answer comes.
        suggest(asking, &event_target_value(&event), move |found| {
            hits.try_set(found);
        });
    };
    view! {
        <div on:input=typed>
            <Input
                name="condition"
                label
                value
                hint="Its whole name or a code, for example “Multiple myeloma” or “ORPHA:29073”."
                required
                autocomplete="off"
                list=list.clone()
            />
            <datalist id=list>
                {move || {
                    hits.get()
                        .into_iter()
                        .filter(|hit| !hit.is_family)
                        .map(|hit| {
                            // Browsers only offer what contains what was typed, the label included.
                            view! { <option value=hit.name label=matched(&hit.matched)></option> }
                        })
                        .collect_view()
                }}
            </datalist>
        </div>
    }
}
