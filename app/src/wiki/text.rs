//! A text with where it comes from and who has reviewed it.

use domain::{
    time::Day,
    wiki::{Provenance, ReviewNote, Section, SectionKind},
};
use leptos::prelude::*;

use super::paths;
use crate::ui::Prose;

/// A section that is a text.
#[component]
pub(super) fn Text(section: Section, slug: String) -> impl IntoView {
    let Section {
        kind,
        html,
        provenance,
        revision,
        review,
    } = section;
    // What a review says takes the place of saying that there is none.
    let reviewed = review.is_some();
    view! {
        <Prose html/>
        <Source provenance reviewed/>
        {review.map(|review| view! { <Reviewed review kind revision slug/> })}
    }
}

#[component]
fn Source(provenance: Provenance, reviewed: bool) -> impl IntoView {
    let (by, source, date, after, checked) = match provenance {
        Provenance::Imported {
            source,
            year,
            url,
            incomplete,
        } => (
            "Imported from ".to_owned(),
            Some((url, source)),
            None,
            if incomplete {
                format!(", {year}. Characters may be missing: please read the original. ")
            } else {
                format!(", {year}. ")
            },
            "Not reviewed.",
        ),
        Provenance::Starter { date } => {
            written("Written by the RareShare project, ".to_owned(), date)
        }
        Provenance::Person { name, date } => match name {
            Some(name) => written(format!("Written by {name}, "), date),
            None => written("Written by the community, ".to_owned(), date),
        },
    };
    let checked = (!reviewed).then(|| view! { <span class="unreviewed">{checked}</span> });
    let source = source.map(|(url, name)| view! { <a href=url rel="external">{name}</a> });
    let date = date.map(|day| view! { <time datetime=day.iso>{day.spelled}</time> });
    view! {
        <p class="provenance">
            {by} {source} {date} {after} {checked}
        </p>
    }
}

/// Who, a link, when, what follows, and how far it was checked.
type Said = (
    String,
    Option<(String, String)>,
    Option<Day>,
    String,
    &'static str,
);

fn written(by: String, date: Day) -> Said {
    (
        by,
        None,
        Some(date),
        ". ".to_owned(),
        "Not reviewed by an expert yet.",
    )
}

#[component]
fn Reviewed(review: ReviewNote, kind: SectionKind, revision: i64, slug: String) -> impl IntoView {
    let changed = review.older.map(|older| {
        view! {
            <span class="unreviewed">"The text is newer. "</span>
            <a href=paths::compare(&slug, kind, older, revision)>"See what changed"</a>
        }
    });
    let by = review.by.unwrap_or_else(|| "an expert".to_owned());
    let due = if review.overdue {
        view! { <span class="unreviewed">{format!("Overdue since {}. ", review.due.spelled)}</span> }
    } else {
        view! { <span class="next">{format!("Next review due {}. ", review.due.spelled)}</span> }
    };
    view! {
        <p class="provenance">
            {format!("Reviewed by {by}, ")}
            <time datetime=review.day.iso>{review.day.spelled}</time> ". " {due}
            "Conflicts of interest: " <q>{review.interests}</q> " " {changed}
        </p>
    }
}
