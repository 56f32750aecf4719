//! One section, in each of its shapes: text, names, tips, references, or nothing yet.

use domain::{
    catalogue::{Condition, Scope, Synonym},
    time::Day,
    wiki::{Citation, ListedReference, Provenance, Section, SectionKind, Tip, WikiPage},
};
use leptos::{
    either::{Either, EitherOf5},
    prelude::*,
};

/// The section as it stands on the condition's page.
pub fn section(kind: SectionKind, condition: &Condition, wiki: &WikiPage) -> impl IntoView + use<> {
    let text = wiki.section(kind).filter(|_| kind.is_text());
    let mut empty = false;
    let content = match (kind, text) {
        (_, Some(section)) => EitherOf5::A(text_with_provenance(section, &condition.slug)),
        (SectionKind::Synonyms, _) if !condition.synonyms.is_empty() => {
            EitherOf5::B(names(&condition.synonyms))
        }
        (SectionKind::Tips, _) if !wiki.tips.is_empty() => {
            EitherOf5::C(tips(&wiki.tips, &condition.slug))
        }
        (SectionKind::References, _) if !wiki.references.is_empty() => {
            EitherOf5::D(references(&wiki.references))
        }
        _ => {
            empty = true;
            EitherOf5::E(view! { <p>{kind.placeholder(&condition.name)}</p> })
        }
    };
    let ways = ways(kind, &condition.slug, empty);
    let id = kind.as_str();
    let title_id = format!("{id}-title");
    let labelled = title_id.clone();
    view! {
        <section id=id class=empty.then_some("empty") aria-labelledby=labelled>
            <h2 id=title_id>{kind.title()}</h2>
            {content}
            {ways}
        </section>
    }
}

/// What can be done with a section.
fn ways(kind: SectionKind, slug: &str, empty: bool) -> impl IntoView + use<> {
    let path = format!("/communities/{slug}/sections/{}", kind.as_str());
    let edit = match (empty, kind.is_text()) {
        (true, true) => "Add it",
        (true, false) => "Add the first",
        (false, true) => "Edit",
        (false, false) => "Add or change",
    };
    let history = (!empty).then(|| {
        view! {
            <a href=format!("{path}/history")>
                "History" <span class="unseen">{format!(" of {}", kind.title())}</span>
            </a>
        }
    });
    view! {
        <div class="section-ways">
            <a href=format!("{path}/edit")>
                {edit} <span class="unseen">{format!(": {}", kind.title())}</span>
            </a>
            {history}
        </div>
    }
}

fn text_with_provenance(section: &Section, slug: &str) -> impl IntoView + use<> {
    let (by, source, date, after, checked) = match section.provenance.clone() {
        Provenance::Imported { source, year, url } => (
            "Imported from ".to_owned(),
            Some((url, source)),
            None,
            format!(", {year}, "),
            "not reviewed.",
        ),
        Provenance::Starter { date } => {
            written("Written by the RareShare project, ".to_owned(), date)
        }
        Provenance::Person { name, date } => match name {
            Some(name) => written(format!("Written by {name}, "), date),
            None => written("Written by the community, ".to_owned(), date),
        },
    };
    let review = section.review.clone().map(|note| {
        let changed = note.older.map(|older| {
            let path = format!(
                "/communities/{slug}/sections/{}/compare?from={older}&to={}",
                section.kind.as_str(),
                section.revision
            );
            view! {
                <span class="unreviewed">"The text is newer. "</span>
                <a href=path>"See what changed"</a>
            }
        });
        let by = note.by.unwrap_or_else(|| "an expert".to_owned());
        let due = if note.overdue {
            view! {
                <span class="unreviewed">{format!("Overdue since {}. ", note.due.spelled)}</span>
            }
        } else {
            view! { <span class="next">{format!("Next review due {}. ", note.due.spelled)}</span> }
        };
        view! {
            <p class="provenance">
                {format!("Reviewed by {by}, ")}
                <time datetime=note.day.iso>{note.day.spelled}</time> ". " {due}
                "Ties to products or firms: " <q>{note.interests}</q> " " {changed}
            </p>
        }
    });
    // What a review says takes the place of saying that there is none.
    let checked = review
        .is_none()
        .then(|| view! { <span class="unreviewed">{checked}</span> });
    let source = source.map(|(url, name)| view! { <a href=url rel="external">{name}</a> });
    let date = date.map(|day| view! { <time datetime=day.iso>{day.spelled}</time> });
    view! {
        <div inner_html=section.html.as_str().to_owned()></div>
        <p class="provenance">
            {by} {source} {date} {after} {checked}
        </p>
        {review}
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

fn names(synonyms: &[Synonym]) -> impl IntoView + use<> {
    let names = synonyms
        .iter()
        .map(|synonym| {
            let scope = match synonym.scope {
                Scope::Exact => None,
                Scope::Narrow => Some("a part of it"),
                Scope::Broad => Some("wider name"),
                Scope::Related => Some("related name"),
            };
            view! {
                <li>
                    {synonym.name.clone()} {scope.map(|scope| view! { " " <small>{scope}</small> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="names">{names}</ul> }
}

fn tips(tips: &[Tip], slug: &str) -> impl IntoView + use<> {
    let tips = tips
        .iter()
        .map(|tip| {
            let people = match tip.helped {
                0 => None,
                1 => Some("Helped one person".to_owned()),
                more => Some(format!("Helped {more} people")),
            };
            let people = people.map(|people| view! { <span>{people}</span> });
            let path = format!("/communities/{slug}/sections/tips/entries/{}", tip.id);
            let (value, words) = if tip.mine {
                ("no", "It did not help me")
            } else {
                ("yes", "This helped me")
            };
            view! {
                <div id=format!("tip-{}", tip.id)>
                    <dt>{tip.name.clone()}</dt>
                    <dd inner_html=tip.html.as_str().to_owned()></dd>
                    <dd class="helped">
                        {people}
                        <form method="post" action=path>
                            <input type="hidden" name="form" value="helped"/>
                            <input type="hidden" name="helped" value=value/>
                            <button class="plain" type="submit">
                                {words} <span class="unseen">{format!(": {}", tip.name)}</span>
                            </button>
                        </form>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="tips">{tips}</dl> }
}

fn references(references: &[ListedReference]) -> impl IntoView + use<> {
    let entries = references
        .iter()
        .map(|listed| {
            let id = format!("reference-{}", listed.reference.key);
            let entry = match &listed.hidden {
                // It keeps its number: texts may cite it.
                Some(reason) => {
                    let words = format!("Hidden: {reason}");
                    Either::Left(view! { <span class="soft">{words}</span> })
                }
                None => Either::Right(work(listed)),
            };
            view! { <li id=id>{entry} {cited(&listed.cited)}</li> }
        })
        .collect_view();
    view! { <ol class="references">{entries}</ol> }
}

fn work(listed: &ListedReference) -> impl IntoView + use<> {
    let reference = &listed.reference;
    let title = view! { <cite>{reference.title.clone()}</cite> };
    let title = match reference.href() {
        Some(href) => Either::Left(view! { <a href=href rel="external">{title}</a> }),
        None => Either::Right(title),
    };
    let year = reference.year.map(|year| year.to_string());
    let isbn = reference.isbn.as_ref().map(|isbn| format!("ISBN {isbn}"));
    let place = [reference.source.clone(), year, isbn]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let place = match place.as_str() {
        "" => ".".to_owned(),
        place => format!(". {place}."),
    };
    view! { {title} {place} }
}

/// The ways back to where it is cited.
fn cited(places: &[Citation]) -> impl IntoView + use<> {
    let links = places
        .iter()
        .enumerate()
        .map(|(index, citation)| {
            let href = format!("#{}", citation.anchor);
            let same = |other: &&Citation| other.place == citation.place;
            let place = match places[..index].iter().filter(same).count() {
                0 => citation.place.clone(),
                before => format!("{} ({})", citation.place, before + 1),
            };
            view! { <a href=href rel="external">{place}</a> " " }
        })
        .collect_view();
    (!places.is_empty()).then(|| view! { <div class="cited">"Cited in " {links}</div> })
}
