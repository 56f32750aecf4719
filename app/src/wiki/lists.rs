//! Sections that are lists: all entries, and how they are added.

use domain::{
    Error, Result,
    catalogue::{CodeSystem, Scope, Synonym},
    wiki::{EntryChange, EntryList, Item, Reference, Saved, SectionKind},
};
use leptos::prelude::*;

use super::{
    edit::protection_words,
    guide::guide,
    pages::{condition_path, edit_path, entry_path, history_path},
};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
};

pub(super) async fn list(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    done: Option<&str>,
) -> Result<FormPage> {
    let list = services.entries.list(visit.actor, slug, kind).await?;
    let forms = blank(kind)
        .into_iter()
        .map(|(name, heading, fields)| Form {
            name: name.to_owned(),
            heading: Some(heading.to_owned()),
            fields,
            button: if list.publishes {
                "Add it"
            } else {
                "Propose it"
            }
            .to_owned(),
            key: Some(visit.key.clone()),
            ..Form::default()
        })
        .collect();
    Ok(FormPage {
        title: format!("Edit: {} of {}", kind.title(), list.condition.name),
        notice: match done {
            Some("saved") => Some("Done. It is on the page now.".to_owned()),
            Some("hidden") => {
                Some("Done. It is off the page now, and still in this list.".to_owned())
            }
            _ => None,
        },
        text: told(&list),
        content: Some(entries(&list)),
        forms,
        links: links(&list),
        ..FormPage::default()
    })
}

/// The forms with which entries are added, by their names.
fn blank(kind: SectionKind) -> Vec<(&'static str, &'static str, Vec<Field>)> {
    let tip = Item::Tip {
        name: String::new(),
        markdown: String::new(),
    };
    match kind {
        SectionKind::Synonyms => {
            let name = Synonym {
                name: String::new(),
                scope: Scope::Exact,
            };
            let code = Field {
                name: "code".to_owned(),
                label: "Code".to_owned(),
                hint: Some(format!(
                    "With its system, for example ORPHA:29073. Systems: {}.",
                    CodeSystem::ALL.map(CodeSystem::prefix).join(", ")
                )),
                required: true,
                ..Field::default()
            };
            vec![
                ("name", "Add a name", fields_of(&Item::Name(name))),
                ("code", "Add a code", vec![code]),
            ]
        }
        SectionKind::Tips => vec![("tip", "Add a tip", fields_of(&tip))],
        SectionKind::References => {
            let work = Item::Reference(Reference::default());
            vec![("reference", "Add a reference", fields_of(&work))]
        }
        _ => vec![],
    }
}

/// The fields that say what an entry is.
pub(super) fn fields_of(item: &Item) -> Vec<Field> {
    let line = |name: &str, label: &str, hint: &str, value: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: (!hint.is_empty()).then(|| hint.to_owned()),
        value: value.to_owned(),
        ..Field::default()
    };
    match item {
        Item::Name(name) => vec![
            Field {
                required: true,
                ..line("name", "Name", "", &name.name)
            },
            Field {
                control: Control::Choice(
                    [
                        (Scope::Exact, "The same"),
                        (Scope::Narrow, "A part of it"),
                        (Scope::Broad, "More than it"),
                        (Scope::Related, "Something close to it"),
                    ]
                    .map(|(scope, words)| (scope.as_str().to_owned(), words.to_owned()))
                    .to_vec(),
                ),
                required: true,
                ..line("scope", "What does the name mean?", "", name.scope.as_str())
            },
        ],
        // A wrong code is hidden, and the right one added.
        Item::Code(_) => vec![],
        Item::Tip { name, markdown } => vec![
            Field {
                required: true,
                ..line("name", "Name", "What to do, in a few words.", name)
            },
            Field {
                control: Control::Markdown(8),
                required: true,
                ..line(
                    "description",
                    "Description",
                    "How and why it helps.",
                    markdown,
                )
            },
        ],
        Item::Reference(work) => vec![
            Field {
                required: true,
                ..line("title", "Title", "", &work.title)
            },
            line(
                "source",
                "Journal, book or publisher",
                "",
                work.source.as_deref().unwrap_or_default(),
            ),
            line(
                "year",
                "Year",
                "",
                &work.year.map(|year| year.to_string()).unwrap_or_default(),
            ),
            line(
                "identifiers",
                "DOI, PMID, ISBN or web address",
                "So that others find it. Several have spaces between them.",
                &work.identifiers(),
            ),
        ],
    }
}

/// What was filled in, as an item of the form's name.
pub(super) fn item_of(form: &str, fields: &Fields) -> Result<Item> {
    Ok(match form {
        "name" => Item::Name(Synonym {
            name: fields.get("name").to_owned(),
            scope: Scope::parse(fields.get("scope")).unwrap_or(Scope::Exact),
        }),
        "code" => {
            let typed = fields.get("code").trim();
            let typed = if typed.contains(':') {
                typed.replace(' ', "")
            } else {
                typed.replacen(' ', ":", 1)
            };
            Item::Code(typed.parse().map_err(|()| {
                Error::invalid(
                    "code",
                    "Write the code with its system, for example ORPHA:29073.",
                )
            })?)
        }
        "tip" => Item::Tip {
            name: fields.get("name").to_owned(),
            markdown: fields.get("description").replace("\r\n", "\n"),
        },
        "reference" => {
            let typed = |name: &str| Some(fields.get(name).trim().to_owned());
            let year = fields.get("year").trim();
            let wrong_year = "Write the year with four digits, for example 2021.";
            let mut work = Reference {
                title: fields.get("title").to_owned(),
                source: typed("source").filter(|source| !source.is_empty()),
                year: match year {
                    "" => None,
                    year => Some(
                        year.parse()
                            .map_err(|_| Error::invalid("year", wrong_year))?,
                    ),
                },
                ..Reference::default()
            };
            work.identify(fields.get("identifiers")).map_err(|piece| {
                Error::invalid(
                    "identifiers",
                    format!("“{piece}” is no DOI, PMID, ISBN or web address. Look for a typing error, and leave out what is something else."),
                )
            })?;
            Item::Reference(work)
        }
        _ => return Err(Error::NotFound),
    })
}

/// What somebody has to know before they change it.
pub(super) fn told(list: &EntryList) -> Vec<String> {
    let mut text = Vec::new();
    if let Some(protected) = &list.protection {
        text.push(protection_words(protected));
    }
    if !list.publishes {
        text.push("What you add or change here is shown once somebody who knows the place has looked at it. You see what becomes of it under “Proposals”.".to_owned());
    }
    if list.waiting {
        text.push("A proposal of yours for this section waits to be looked at.".to_owned());
    }
    text
}

pub(super) fn links(list: &EntryList) -> Vec<(String, String)> {
    let slug = &list.condition.slug;
    vec![
        (list.condition.name.clone(), condition_path(slug)),
        (
            "History of this section".to_owned(),
            history_path(slug, list.kind),
        ),
        ("Proposals".to_owned(), "/proposals".to_owned()),
    ]
}

fn entries(list: &EntryList) -> String {
    let (what, example) = guide(list.kind);
    let rows = list
        .entries
        .iter()
        .map(|listed| {
            let entry = &listed.entry;
            let path = entry_path(&list.condition.slug, list.kind, &entry.id);
            let source = listed
                .source
                .clone()
                .map(|source| view! { <div class="soft">"From " {source}</div> });
            let key = matches!(entry.item, Item::Reference(_))
                .then(|| view! { <div class="soft">"Cite it as " <code>{format!("[@{}]", entry.id)}</code></div> });
            let hidden = entry.hidden.clone().map(|reason| {
                view! { <div><b class="mark">"Hidden"</b> " " <q>{reason}</q></div> }
            });
            view! {
                <li>
                    <div>
                        <a href=path>{entry.item.title()}</a>
                        {source}
                        {key}
                        {hidden}
                    </div>
                </li>
            }
        })
        .collect_view();
    // On a telephone a long list is a long way from its end.
    let ways = (list.entries.len() > 3).then(|| {
        blank(list.kind)
            .into_iter()
            .filter_map(|(form, heading, fields)| {
                let href = format!("#{form}-{}", fields.first()?.name);
                Some(view! { <a href=href rel="external">{heading}</a> })
            })
            .collect_view()
    });
    let rows = if list.entries.is_empty() {
        view! { <p>"There is nothing in it yet."</p> }.into_any()
    } else {
        view! {
            <p class="hint">"Choose an entry to change or hide it."</p>
            <ul class="history">{rows}</ul>
        }
        .into_any()
    };
    written(view! {
        <details class="guide">
            <summary>"What belongs here"</summary>
            <p>{what}</p>
            <p>"For example: " <q>{example}</q></p>
        </details>
        <div class="section-ways">{ways}</div>
        {rows}
    })
}

pub(super) async fn add(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    fields: &Fields,
) -> Result<Outcome> {
    let change = EntryChange::Add(item_of(fields.form(), fields)?);
    let submission = fields.submission();
    let saved = services
        .entries
        .change(visit.actor, slug, kind, None, change, &submission)
        .await?;
    Ok(after(saved, slug, kind, "saved"))
}

pub(super) fn after(saved: Saved, slug: &str, kind: SectionKind, done: &str) -> Outcome {
    match saved {
        Saved::Proposed(id) => Outcome::done(format!("/proposals/{id}?done=made")),
        _ => Outcome::done(format!("{}?done={done}", edit_path(slug, kind))),
    }
}
