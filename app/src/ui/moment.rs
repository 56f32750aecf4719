//! Moments and days, for people and for programs.

use domain::time::Timestamp;
use leptos::prelude::*;

/// A moment. The day is for people, the minute behind it tells two changes of one day apart.
#[component]
pub fn Moment(time: Timestamp) -> impl IntoView {
    let clock = time.rfc3339();
    let words = format!("{}, {} UTC", time.spelled(), &clock[11..16]);
    view! { <time datetime=clock>{words}</time> }
}

/// The day of a moment.
#[component]
pub fn Date(time: Timestamp) -> impl IntoView {
    view! { <time datetime=time.iso_date()>{time.spelled()}</time> }
}
