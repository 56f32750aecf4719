//! A date that people know by heart.

use domain::time::CalendarDate;
use leptos::prelude::*;

use super::controls::Around;

/// A day of the calendar, as three numbers (GOV.UK Design System, "Date input"): a calendar to look
/// through would take many presses to the year in which somebody was born.
#[component]
pub fn DateInput(
    /// What errors name.
    name: &'static str,
    /// The fields of day, month and year.
    parts: [&'static str; 3],
    /// The question.
    #[prop(into)]
    label: String,
    /// What helps to answer it.
    #[prop(optional, into)]
    hint: String,
    /// The present answer.
    #[prop(optional_no_strip)]
    value: Option<CalendarDate>,
) -> impl IntoView {
    let around = Around::new(name, label, hint, true);
    let [day, month, year] = value.map_or_else(Default::default, CalendarDate::numbers);
    let inputs = [
        (parts[0], "Day", day, "bday-day"),
        (parts[1], "Month", month, "bday-month"),
        (parts[2], "Year", year, "bday-year"),
    ]
    .into_iter()
    .enumerate()
    .map(|(place, (field, words, present, autocomplete))| {
        let value = around.form.value(field, present);
        // Links in the summary of what is wrong lead to the first.
        let id = if place == 0 {
            around.id.clone()
        } else {
            around.form.id(field)
        };
        view! {
            <div class="part">
                <label for=id.clone()>{words}</label>
                <input
                    id=id
                    name=field
                    type="text"
                    inputmode="numeric"
                    maxlength="4"
                    value=value
                    autocomplete=autocomplete
                    aria-required="true"
                    aria-invalid=around.invalid()
                />
            </div>
        }
    })
    .collect_view();
    view! {
        <fieldset class="field calendar-date" role="group" aria-describedby=around.described()>
            <legend>{around.label.clone()}</legend>
            {around.hint()}
            {around.error()}
            <div class="parts">{inputs}</div>
        </fieldset>
    }
}
