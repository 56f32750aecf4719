//! `/communities/{slug}/sections/{kind}/history` and `/communities/{slug}/history`: what was written
//! before.

use domain::{
    catalogue::ConditionLink,
    community::ReportSubject,
    time::Timestamp,
    wiki::{History, Revision, SectionKind},
};
use leptos::prelude::*;

use super::{api::reading, author::OriginName, paths};
use crate::{
    catalogue, community,
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::{Date, Moment, Pager},
};

/// A page of the history of one section, or of all sections of a condition.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (slug, kind, before) = (
        use_part("slug"),
        use_part("kind"),
        use_query_value("before"),
    );
    let kind = move || Some(kind()).filter(|kind| !kind.is_empty());
    let before = move || before()?.parse::<i64>().ok();
    let data = page_data(
        move || (slug(), kind(), before()),
        |(slug, kind, before)| reading::read_history(slug, kind, before),
    );
    view! {
        <Page
            data
            view=move |history| {
                let further = untrack(before).is_some();
                view! { <WholeHistory history further/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeHistory(history: History, further: bool) -> impl IntoView {
    let History {
        condition: ConditionLink { slug, name },
        kind,
        revisions,
        next,
        ..
    } = history;
    let path = paths::history(&slug, kind, None);
    let title = match kind {
        Some(kind) => format!("History: {} of {name}", kind.title()),
        None => format!("History: {name}"),
    };
    let mut links = vec![way(name, catalogue::paths::condition(&slug))];
    if let Some(kind) = kind {
        links.push(way("Edit this section", paths::edit(&slug, kind)));
        links.push(way(
            "History of all sections",
            paths::history(&slug, None, None),
        ));
    }
    if let Some(kind) = kind.filter(|_| community::may_report() && !revisions.is_empty()) {
        let slug = slug.clone();
        let report = community::paths::report(&ReportSubject::Section { slug, kind });
        links.push(way("Report this section", report));
    }
    links.push(way("As a feed (Atom)", paths::history_feed(&slug, kind)).outside_router());
    let first = further.then(|| path.clone());
    let next = next.map(|next| paths::history(&slug, kind, Some(next)));
    let head = PageHead {
        title: title.clone(),
        canonical: (!further).then_some(path),
        feed: Some(paths::history_feed(&slug, kind)),
        ..PageHead::default()
    };
    let empty = revisions.is_empty();
    view! {
        <Column title links head>
            {empty.then(|| view! { <p>"Nothing has been written yet."</p> })}
            <Revisions slug kind revisions/>
            <Pager first next/>
        </Column>
    }
}

/// The list. Two revisions of one section can be chosen and compared, with a plain form: what answers
/// it is an address.
#[component]
fn Revisions(slug: String, kind: Option<SectionKind>, revisions: Vec<Revision>) -> impl IntoView {
    let compared = kind.filter(|_| revisions.len() > 1);
    let rows = revisions
        .into_iter()
        .enumerate()
        .map(|(index, revision)| {
            let (number, time) = (revision.number, revision.saved);
            let choice = compared.map(|_| view! { <Choice number time index/> });
            view! { <li>{choice} <Row slug=slug.clone() named=kind.is_none() revision/></li> }
        })
        .collect_view();
    let list = view! { <ol class="history">{rows}</ol> };
    match compared {
        Some(kind) => view! {
            <form method="get" action=paths::comparisons(&slug, kind)>
                <p class="hint">"Choose an older and a newer version to see what changed."</p>
                {list}
                <button class="button second" type="submit">
                    "Compare the two"
                </button>
            </form>
        }
        .into_any(),
        None => list.into_any(),
    }
}

/// Whether a revision is the older or the newer one of a comparison. The first two are chosen already.
#[component]
fn Choice(number: i64, time: Timestamp, index: usize) -> impl IntoView {
    let time = time.rfc3339();
    view! {
        <span class="choose">
            <label>
                <input
                    type="radio"
                    name="from"
                    value=number.to_string()
                    aria-label=format!("Older version: {time}")
                    checked=index == 1
                />
                "Older"
            </label>
            <label>
                <input
                    type="radio"
                    name="to"
                    value=number.to_string()
                    aria-label=format!("Newer version: {time}")
                    checked=index == 0
                />
                "Newer"
            </label>
        </span>
    }
}

/// One revision.
#[component]
fn Row(
    /// The condition's address.
    slug: String,
    /// Whether its section is named.
    named: bool,
    /// What is known of it.
    revision: Revision,
) -> impl IntoView {
    let section = named.then(|| view! { <b>{revision.kind.title()}</b> ": " });
    let summary = (!revision.summary.is_empty()).then(|| view! { <q>{revision.summary}</q> });
    let restored = revision.restores.map(|number| {
        let path = paths::revision(&slug, number);
        view! { <span>"Restored from " <a href=path>"an earlier version"</a> "."</span> }
    });
    let head = revision
        .is_head
        .then(|| view! { <b class="mark">"Current version"</b> });
    let reviewed = revision.reviewed.map(|time| {
        view! { <b class="mark">"Reviewed on " <Date time/></b> }
    });
    view! {
        <div>
            {section}
            <a href=paths::revision(&slug, revision.number)>
                <Moment time=revision.saved/>
            </a>
            <div>
                <OriginName origin=revision.origin/> " " {summary} " " {restored} " " {head} " "
                {reviewed}
            </div>
        </div>
    }
}
