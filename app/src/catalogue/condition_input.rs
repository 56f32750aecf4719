//! A condition that somebody names in a form, by any of its names.

use domain::catalogue::SearchHit;
use leptos::prelude::*;

use super::search_form::matched;
use crate::ui::form::{Input, use_form};

/// A field for a condition. Names are offered while one types; without JavaScript the server says
/// which names come near.
#[component]
pub fn ConditionInput(
    /// The question.
    label: &'static str,
    /// Whether it must be answered.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let list = format!("{}-names", use_form().id("condition"));
    let hits = RwSignal::new(Vec::<SearchHit>::new());
    let latest = StoredValue::new(String::new());
    view! {
        <div on:input=move |event| suggest(hits, latest, event_target_value(&event))>
            <Input
                name="condition"
                label
                hint="Its whole name or a code, for example “Multiple myeloma” or “ORPHA:29073”."
                required
                autocomplete="off"
                list=list.clone()
            />
            <datalist id=list>
                {move || {
                    hits.get()
                        .into_iter()
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

#[cfg(feature = "hydrate")]
fn suggest(hits: RwSignal<Vec<SearchHit>>, latest: StoredValue<String>, typed: String) {
    latest.set_value(typed.clone());
    leptos::task::spawn_local(async move {
        let found = super::search_form::suggestions(&typed, None).await;
        // Of several answers only that to what is typed now; and the form may have gone.
        let current = latest.try_with_value(|latest| *latest == typed);
        if let (Some(found), Some(true)) = (found, current) {
            hits.try_set(found);
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn suggest(hits: RwSignal<Vec<SearchHit>>, latest: StoredValue<String>, typed: String) {
    let _ = (hits, latest, typed);
}
