//! Sections that are lists: a page with all entries, and a page for each.

use domain::{
    Error, Result,
    catalogue::{CodeSystem, Scope, Synonym},
    policy::{Action, permit},
    wiki::{Collision, EntryChange, EntryList, Item, ListedEntry, Reference, Saved, SectionKind},
};
use leptos::prelude::*;

use super::{
    guide::guide,
    pages::{condition_path, edit_path, entry_path, history_path, section_path},
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
        notice: (done == Some("saved")).then(|| "Done. It is on the page now.".to_owned()),
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
            let typed = match typed.contains(':') {
                true => typed.replace(' ', ""),
                false => typed.replacen(' ', ":", 1),
            };
            Item::Code(typed.parse().map_err(|_| {
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
fn told(list: &EntryList) -> Vec<String> {
    let mut text = Vec::new();
    if let Some(protected) = &list.protection {
        text.push(format!(
            "This section is protected until {}: {} change it at once. The reason: {}",
            protected.until.spelled(),
            protected.protection.label(),
            protected.reason
        ));
    }
    if !list.publishes {
        text.push("What you add or change here is shown once somebody who knows the place has looked at it. You see what becomes of it under “Proposals”.".to_owned());
    }
    if list.waiting {
        text.push("A proposal of yours for this section waits to be looked at.".to_owned());
    }
    text
}

fn links(list: &EntryList) -> Vec<(String, String)> {
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
    Ok(after(saved, slug, kind))
}

fn after(saved: Saved, slug: &str, kind: SectionKind) -> Outcome {
    match saved {
        Saved::Proposed(id) => Outcome::done(format!("/proposals/{id}?done=made")),
        _ => Outcome::done(format!("{}?done=saved", edit_path(slug, kind))),
    }
}

pub(super) async fn entry(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    id: &str,
) -> Result<FormPage> {
    let list = services.entries.list(visit.actor, slug, kind).await?;
    let listed = list.entries.iter().find(|listed| listed.entry.id == id);
    let listed = listed.ok_or(Error::NotFound)?;
    Ok(entry_page(&list, listed, visit))
}

fn entry_page(list: &EntryList, listed: &ListedEntry, visit: &Visit) -> FormPage {
    let slug = &list.condition.slug;
    let entry = &listed.entry;
    let hidden = |name: &str, value: &str| Field {
        name: name.to_owned(),
        control: Control::Hidden,
        value: value.to_owned(),
        ..Field::default()
    };
    let head = list.head.map(|head| head.to_string()).unwrap_or_default();
    let base = || hidden("base", &head);
    let keyed = |form: Form| Form {
        key: Some(visit.key.clone()),
        ..form
    };
    let mut forms = Vec::new();
    let shown = entry.hidden.is_none();
    let tip = matches!(entry.item, Item::Tip { .. });
    if tip && shown && permit(visit.actor, Action::SayWhatHelped).is_ok() {
        forms.push(helped(listed.mine));
    }
    if shown && (tip || matches!(entry.item, Item::Reference(_))) {
        let mut fields = fields_of(&entry.item);
        fields.push(base());
        forms.push(keyed(Form {
            name: "amend".to_owned(),
            heading: Some("Change it".to_owned()),
            fields,
            button: if list.publishes { "Save" } else { "Propose it" }.to_owned(),
            ..Form::default()
        }));
    }
    forms.push(keyed(if shown {
        Form {
            name: "hide".to_owned(),
            heading: Some("Hide it".to_owned()),
            text: Some("It leaves the page. It stays in the history and in the list, and can be shown again.".to_owned()),
            fields: vec![
                Field {
                    name: "reason".to_owned(),
                    label: "Reason".to_owned(),
                    hint: Some("One line. Everybody can read it.".to_owned()),
                    required: true,
                    ..Field::default()
                },
                base(),
            ],
            button: "Hide it".to_owned(),
            danger: true,
            ..Form::default()
        }
    } else {
        Form {
            name: "show".to_owned(),
            fields: vec![base()],
            button: "Show it again".to_owned(),
            ..Form::default()
        }
    }));
    let source = listed
        .source
        .clone()
        .map(|source| view! { <p>"It comes from " {source} ", and returns with it if it is hidden and shown again."</p> });
    let reason = entry
        .hidden
        .clone()
        .map(|reason| view! { <p>"It is hidden. The reason: " <q>{reason}</q></p> });
    let text = (!listed.html.as_str().is_empty()).then(
        || view! { <div class="seen prose" inner_html=listed.html.as_str().to_owned()></div> },
    );
    let mut links = links(list);
    links.insert(
        1,
        (
            format!("All in this section: {}", list.kind.title()),
            edit_path(slug, list.kind),
        ),
    );
    FormPage {
        title: entry.item.title(),
        text: told(list),
        content: Some(written(view! {
            {reason}
            {source}
            {text}
        })),
        forms,
        links,
        ..FormPage::default()
    }
}

fn helped(mine: bool) -> Form {
    Form {
        name: "helped".to_owned(),
        text: Some("Only the number of people is shown, never who they are.".to_owned()),
        fields: vec![Field {
            name: "helped".to_owned(),
            control: Control::Hidden,
            value: if mine { "no" } else { "yes" }.to_owned(),
            ..Field::default()
        }],
        button: if mine {
            "It did not help me"
        } else {
            "This helped me"
        }
        .to_owned(),
        ..Form::default()
    }
}

pub(super) async fn change(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    id: &str,
    fields: &Fields,
) -> Result<Outcome> {
    let id = id.to_owned();
    let change = match fields.form() {
        "helped" => {
            let helped = fields.get("helped") != "no";
            services
                .entries
                .say_helped(visit.actor, slug, &id, helped)
                .await?;
            return Ok(Outcome::done(section_path(slug, kind)));
        }
        "amend" => {
            let form = match kind {
                SectionKind::Tips => "tip",
                _ => "reference",
            };
            EntryChange::Amend {
                id: id.clone(),
                item: item_of(form, fields)?,
            }
        }
        "hide" => EntryChange::Hide {
            id: id.clone(),
            reason: fields.get("reason").to_owned(),
        },
        "show" => EntryChange::Show { id: id.clone() },
        _ => return Err(Error::NotFound),
    };
    let base = fields.get("base").parse().ok();
    let submission = fields.submission();
    let saved = services
        .entries
        .change(visit.actor, slug, kind, base, change, &submission)
        .await?;
    let Saved::Collided(collision) = saved else {
        return Ok(after(saved, slug, kind));
    };
    let page = entry(services, visit, (slug, kind), &id).await?;
    Ok(Outcome::Page(Box::new(collided(page, &collision, fields))))
}

/// The page as it is now, with what was filled in.
fn collided(page: FormPage, collision: &Collision, fields: &Fields) -> FormPage {
    let theirs = collision.theirs.clone();
    let told = written(view! {
        <div class="errors" role="alert" tabindex="-1">
            <p>
                "Somebody else changed this entry while you were writing. Nothing of yours is lost: it is in the form below. Look at what it says now, then send yours again if it should take its place."
            </p>
        </div>
        <pre class="diff">{theirs}</pre>
    });
    let forms = page
        .forms
        .into_iter()
        .map(|mut form| {
            if form.name == fields.form() {
                for field in form.fields.iter_mut().filter(|field| field.name != "base") {
                    fields.get(&field.name).clone_into(&mut field.value);
                }
            }
            form
        })
        .collect();
    FormPage {
        content: Some(told + &page.content.unwrap_or_default()),
        forms,
        ..page
    }
}
