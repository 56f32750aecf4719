//! `/communities/{slug}/revisions/{number}`: one text as it was saved.

use domain::wiki::{Origin, Revision};
use leptos::prelude::*;

use super::{
    api::reading::{self, RevisionView},
    author::OriginName,
    paths,
    restore_form::RestoreForm,
};
use crate::{
    page::{Column, Page, page_data, use_part, use_query_value, way},
    ui::{Date, Link, Moment, Prose},
};

/// One revision.
#[component]
pub fn RevisionPage() -> impl IntoView {
    let (slug, number, done) = (
        use_part("slug"),
        use_part("number"),
        use_query_value("done"),
    );
    let data = page_data(
        move || (slug(), number()),
        |(slug, number)| reading::read_revision(slug, number),
    );
    view! {
        <Page
            data
            view=move |found| {
                let reviewed = untrack(done).as_deref() == Some("reviewed");
                view! { <WholeRevision found reviewed/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeRevision(
    /// What is shown.
    found: RevisionView,
    /// Whether the reader has just reviewed it.
    reviewed: bool,
) -> impl IntoView {
    let links = ways(&found);
    let RevisionView {
        condition,
        revision,
        html,
        can_restore,
        ..
    } = found;
    let (kind, number) = (revision.kind, revision.number);
    let title = format!(
        "{} of {}: version of {}",
        kind.title(),
        condition.name,
        revision.saved.spelled()
    );
    let notice = reviewed.then(|| "Thank you. Your review is on the page.".to_owned());
    let slug = condition.slug;
    view! {
        <Column title notice links>
            <About revision/>
            <h2 class="unseen">"The text"</h2>
            <Prose html class="seen prose"/>
            {can_restore.then(|| view! { <RestoreForm slug number kind/> })}
        </Column>
    }
}

/// When, by whom and why it was saved, and whether it is on the page.
#[component]
fn About(revision: Revision) -> impl IntoView {
    let by = match revision.origin {
        Origin::Imported(_) => ", ",
        Origin::Starter | Origin::Person(_) => " by ",
    };
    let state = if revision.is_head {
        "This is the current version."
    } else {
        "This is an earlier version. It is not on the page now."
    };
    let summary = (!revision.summary.is_empty())
        .then(|| view! { <p>"What changed: " <q>{revision.summary}</q></p> });
    let reviewed = revision
        .reviewed
        .map(|time| view! { <p>"Reviewed by an expert on " <Date time/> "."</p> });
    view! {
        <p>
            "Saved on " <Moment time=revision.saved/> {by} <OriginName origin=revision.origin/> ". "
            {state}
        </p>
        {summary}
        {reviewed}
    }
}

fn ways(found: &RevisionView) -> Vec<Link> {
    let RevisionView {
        condition,
        revision,
        ..
    } = found;
    let (slug, kind, number) = (&condition.slug, revision.kind, revision.number);
    let mut links = vec![
        way(
            format!("{}: {}", condition.name, kind.title()),
            paths::section(slug, kind),
        ),
        way(
            "History of this section",
            paths::history(slug, Some(kind), None),
        ),
    ];
    if let Some(before) = found.before {
        links.push(way(
            "See what changed",
            paths::compare(slug, kind, before, number),
        ));
    }
    if found.can_review {
        links.push(way(
            "Review this version as an expert",
            paths::review(slug, number),
        ));
    }
    if found.can_protect {
        links.push(way("Protect this section", paths::protect(slug, kind)));
    }
    links
}
