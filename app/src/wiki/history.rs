//! What was written before.

use domain::{
    Error, Result,
    policy::{Action, permit},
    time::Timestamp,
    wiki::{Author, Comparison, History, Origin, Revision, RevisionText, Saved, SectionKind},
};
use leptos::prelude::*;

use super::{
    edit::{agreement, beside, unified},
    pages::{compare_path, condition_path, edit_path, history_path, revision_path, section_path},
};
use crate::{
    answer::Answer,
    context::{Services, Visit},
    form::{Field, Fields, Form, FormPage, Outcome, written},
    ui,
};

/// A name with the way to the profile, as far as it is for who reads.
pub(super) fn by(author: &Author) -> AnyView {
    by_or(author, "a member")
}

/// The same with a word for those whose name is not.
pub(super) fn by_or(author: &Author, nobody: &'static str) -> AnyView {
    match (&author.name, &author.handle) {
        (Some(name), Some(handle)) => {
            let path = format!("/members/{handle}");
            view! { <a href=path>{name.clone()}</a> }.into_any()
        }
        (Some(name), None) => view! { <span>{name.clone()}</span> }.into_any(),
        (None, _) => view! { <span>{nobody}</span> }.into_any(),
    }
}

fn origin(origin: &Origin) -> AnyView {
    match origin {
        Origin::Starter => view! { <span>"the RareShare project"</span> }.into_any(),
        Origin::Imported(source) => {
            view! { <span>{format!("imported from {source}")}</span> }.into_any()
        }
        Origin::Person(author) => by(author),
    }
}

pub(super) fn moment(time: Timestamp) -> AnyView {
    let clock = time.rfc3339();
    // The day for people, the minute behind it: two changes of a day are told apart.
    let words = format!("{}, {} UTC", time.spelled(), &clock[11..16]);
    view! { <time datetime=clock.clone()>{words}</time> }.into_any()
}

pub(super) async fn history(
    services: &Services,
    visit: &Visit,
    slug: &str,
    kind: Option<SectionKind>,
    before: Option<i64>,
) -> Answer<FormPage> {
    let path = move |slug: &str| match kind {
        Some(kind) => history_path(slug, kind),
        None => format!("/communities/{slug}/history"),
    };
    let history = services
        .revisions
        .history(visit.actor, slug, kind, before)
        .await;
    Answer::resolved(history, path).map(|history| list(&history, before.is_some(), &path(slug)))
}

fn list(history: &History, further: bool, path: &str) -> FormPage {
    let slug = &history.condition.slug;
    let name = &history.condition.name;
    let rows = history
        .revisions
        .iter()
        .enumerate()
        .map(|(index, revision)| row(history, index, revision))
        .collect_view();
    let empty = history
        .revisions
        .is_empty()
        .then(|| view! { <p>"Nothing has been written yet."</p> });
    let pages = ui::pager(
        further.then(|| path.to_owned()),
        history.next.map(|next| format!("{path}?before={next}")),
    );
    let list = view! { <ol class="history">{rows}</ol> };
    // Two revisions are compared with a plain form, which needs no script.
    let list = match history.kind {
        Some(kind) if history.revisions.len() > 1 => {
            let action = format!("/communities/{slug}/sections/{}/compare", kind.as_str());
            view! {
                <form method="get" action=action>
                    <p class="hint">"Choose an older and a newer text to see what changed."</p>
                    {list}
                    <button class="button second" type="submit">"Compare the two"</button>
                </form>
            }
            .into_any()
        }
        _ => list.into_any(),
    };
    let content = written(view! {
        {empty}
        {list}
        {pages}
    });
    let (title, mut links) = match history.kind {
        Some(kind) => (
            format!("History: {} of {name}", kind.title()),
            vec![
                ("Edit this section".to_owned(), edit_path(slug, kind)),
                (
                    "History of all sections".to_owned(),
                    format!("/communities/{slug}/history"),
                ),
            ],
        ),
        None => (format!("History: {name}"), vec![]),
    };
    links.insert(0, (name.clone(), condition_path(slug)));
    links.push(("As a feed (Atom)".to_owned(), format!("{path}.atom")));
    FormPage {
        title,
        content: Some(content),
        links,
        canonical: (!further).then(|| path.to_owned()),
        ..FormPage::default()
    }
}

fn row(history: &History, index: usize, revision: &Revision) -> AnyView {
    let slug = &history.condition.slug;
    let path = revision_path(slug, revision.number);
    let choose = history
        .kind
        .filter(|_| history.revisions.len() > 1)
        .map(|_| {
            let number = revision.number.to_string();
            let label = |which: &str| format!("{which} text: {}", revision.saved.rfc3339());
            view! {
                <span class="choose">
                    <label>
                        <input
                            type="radio"
                            name="from"
                            value=number.clone()
                            aria-label=label("Older")
                            checked=index == 1
                        />
                        "Older"
                    </label>
                    <label>
                        <input
                            type="radio"
                            name="to"
                            value=number
                            aria-label=label("Newer")
                            checked=index == 0
                        />
                        "Newer"
                    </label>
                </span>
            }
        });
    let section = history
        .kind
        .is_none()
        .then(|| view! { <b>{revision.kind.title()}</b> ": " });
    let summary =
        (!revision.summary.is_empty()).then(|| view! { <q>{revision.summary.clone()}</q> });
    let restored = revision.restores.map(|number| {
        let path = revision_path(slug, number);
        view! { <span>"Restored from " <a href=path>"an earlier text"</a> "."</span> }
    });
    let head = revision
        .is_head
        .then(|| view! { <b class="mark">"On the page now"</b> });
    let reviewed = revision.reviewed.map(|day| {
        view! { <b class="mark">"Reviewed on " {day.spelled()}</b> }
    });
    view! {
        <li>
            {choose}
            <div>
                {section} <a href=path>{moment(revision.saved)}</a>
                <div>
                    {origin(&revision.origin)} " " {summary} " " {restored} " " {head} " " {reviewed}
                </div>
            </div>
        </li>
    }
    .into_any()
}

pub(super) async fn revision(
    services: &Services,
    visit: &Visit,
    slug: &str,
    number: i64,
    done: Option<&str>,
) -> Result<FormPage> {
    let found = services
        .revisions
        .revision(visit.actor, slug, number)
        .await?;
    Ok(revision_page(found, visit, done))
}

fn revision_page(found: RevisionText, visit: &Visit, done: Option<&str>) -> FormPage {
    let RevisionText {
        condition,
        revision,
        before,
        html,
        ..
    } = found;
    let slug = &condition.slug;
    let kind = revision.kind;
    let may = |action| permit(visit.actor, action).is_ok();
    let mut links = vec![
        (
            format!("{}: {}", condition.name, kind.title()),
            section_path(slug, kind),
        ),
        (
            "History of this section".to_owned(),
            history_path(slug, kind),
        ),
    ];
    if let Some(before) = before {
        links.push((
            "What it changed".to_owned(),
            compare_path(slug, kind, before, revision.number),
        ));
    }
    if kind.is_text() && may(Action::ReviewSections) {
        links.push((
            "I have read this text as an expert".to_owned(),
            format!("{}/review", revision_path(slug, revision.number)),
        ));
    }
    if may(Action::ProtectSections) {
        links.push((
            "Protect this section".to_owned(),
            format!("/communities/{slug}/sections/{}/protect", kind.as_str()),
        ));
    }
    let forms = if !revision.is_head && may(Action::WriteSection) {
        vec![Form {
            name: "restore".to_owned(),
            heading: Some("Restore this text".to_owned()),
            text: Some(
                if kind.is_text() {
                    "It becomes the newest text. What stands on the page now stays in the history."
                } else {
                    "Its entries become as they were. Entries that were added since stay."
                }
                .to_owned(),
            ),
            fields: [Field {
                name: "summary".to_owned(),
                label: "Why?".to_owned(),
                hint: Some("One line for the history.".to_owned()),
                ..Field::default()
            }]
            .into_iter()
            .chain(agreement(kind, false))
            .collect(),
            button: "Restore it".to_owned(),
            key: Some(visit.key.clone()),
            ..Form::default()
        }]
    } else {
        vec![]
    };
    let state = if revision.is_head {
        "It stands on the page now."
    } else {
        "This is an earlier text. It does not stand on the page now."
    };
    let summary = (!revision.summary.is_empty())
        .then(|| view! { <p>"What changed: " <q>{revision.summary.clone()}</q></p> });
    let reviewed = revision
        .reviewed
        .map(|day| view! { <p>"Read by an expert on " {day.spelled()} "."</p> });
    let content = written(view! {
        <p>"Saved on " {moment(revision.saved)} " by " {origin(&revision.origin)} ". " {state}</p>
        {summary}
        {reviewed}
        <h2 class="unseen">"The text"</h2>
        <div class="seen prose" inner_html=html.as_str().to_owned()></div>
    });
    FormPage {
        title: format!(
            "{} of {}: text of {}",
            kind.title(),
            condition.name,
            revision.saved.spelled()
        ),
        notice: match done {
            Some("reviewed") => Some("Your review is on the page. Thank you.".to_owned()),
            Some("protection") => Some("Done.".to_owned()),
            _ => None,
        },
        content: Some(content),
        forms,
        links,
        ..FormPage::default()
    }
}

pub(super) async fn restore(
    services: &Services,
    visit: &Visit,
    slug: &str,
    number: i64,
    fields: &Fields,
) -> Result<Outcome> {
    let revisions = &services.revisions;
    let submission = fields.submission();
    let summary = (fields.get("summary"), fields.get("agreed") == "yes");
    let saved = revisions
        .restore(visit.actor, slug, number, summary, &submission)
        .await?;
    let kind = revisions
        .revision(visit.actor, slug, number)
        .await?
        .revision
        .kind;
    match saved {
        Saved::Published(_) | Saved::Unchanged => Ok(Outcome::done(section_path(slug, kind))),
        Saved::Proposed(id) => Ok(Outcome::done(format!("/proposals/{id}?done=made"))),
        // Somebody saved in this very moment: look at what they wrote first.
        Saved::Collided(_) => Err(Error::Conflict),
    }
}

pub(super) async fn compare(
    services: &Services,
    visit: &Visit,
    slug: &str,
    from: i64,
    to: i64,
) -> Result<FormPage> {
    let compared = services
        .revisions
        .compare(visit.actor, slug, from.min(to), from.max(to))
        .await?;
    Ok(compare_page(&compared))
}

fn compare_page(compared: &Comparison) -> FormPage {
    let Comparison {
        condition,
        from,
        to,
        changes,
    } = compared;
    let slug = &condition.slug;
    let kind = to.kind;
    let described = |revision: &Revision| {
        let path = revision_path(slug, revision.number);
        view! { <a href=path>{moment(revision.saved)}</a> ", " {origin(&revision.origin)} }
    };
    let content = written(view! {
        <p>"From " {described(from)} " to " {described(to)} "."</p>
        <div class="unified">{unified(changes)}</div>
        {beside(changes)}
    });
    FormPage {
        title: format!("What changed: {} of {}", kind.title(), condition.name),
        content: Some(content),
        links: vec![
            (condition.name.clone(), section_path(slug, kind)),
            (
                "History of this section".to_owned(),
                history_path(slug, kind),
            ),
        ],
        ..FormPage::default()
    }
}
