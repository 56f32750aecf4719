//! `/communities/{slug}/sections/{kind}/compare`: what changed from one revision to another.

use domain::wiki::{Comparison, Revision};
use leptos::prelude::*;

use super::{api::reading, author::OriginName, paths};
use crate::{
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::{Moment, SideBySide, Unified},
};

/// Two revisions of a section, compared.
#[component]
pub fn ComparePage() -> impl IntoView {
    let (slug, kind) = (use_part("slug"), use_part("kind"));
    let (from, to) = (use_number("from"), use_number("to"));
    let data = page_data(
        move || (slug(), kind(), from(), to()),
        |(slug, kind, from, to)| reading::read_comparison(slug, kind, from, to),
    );
    view! {
        <Page data view=|comparison| view! { <WholeComparison comparison/> }.into_any()/>
    }
}

/// The number of a revision in the query; where there is none, one that no revision has.
fn use_number(name: &'static str) -> impl Fn() -> i64 + Copy + Send + Sync + 'static {
    let value = use_query_value(name);
    move || {
        value()
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    }
}

#[component]
fn WholeComparison(comparison: Comparison) -> impl IntoView {
    let Comparison {
        condition,
        from,
        to,
        changes,
    } = comparison;
    let slug = condition.slug;
    let kind = to.kind;
    let title = format!("What changed: {} of {}", kind.title(), condition.name);
    // Revisions never change, and comparing long texts is dear: the server keeps it.
    let head = PageHead {
        title: title.clone(),
        canonical: Some(paths::compare(&slug, kind, from.number, to.number)),
        ..PageHead::default()
    };
    let links = vec![
        way(condition.name, paths::section(&slug, kind)),
        way(
            "History of this section",
            paths::history(&slug, Some(kind), None),
        ),
    ];
    view! {
        <Column title links head>
            <p>
                "From " <Compared slug=slug.clone() revision=from/> " to "
                <Compared slug revision=to/> "."
            </p>
            <div class="unified">
                <Unified changes=changes.clone()/>
            </div>
            <SideBySide changes/>
        </Column>
    }
}

#[component]
fn Compared(slug: String, revision: Revision) -> impl IntoView {
    view! {
        <a href=paths::revision(&slug, revision.number)>
            <Moment time=revision.saved/>
        </a>
        ", "
        <OriginName origin=revision.origin/>
    }
}
