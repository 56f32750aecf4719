//! Writing a section.

use domain::{
    Result,
    wiki::{Collision, Edit, Editing, Preview, Protected, Readability, Saved, SectionKind},
};
use leptos::prelude::*;

use super::{
    difference::Unified,
    guide::guide,
    pages::{condition_path, edit_path, history_path, section_path},
};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
};

/// The grade that texts aim at.
const AIM: u8 = 8;

pub(super) async fn page(
    services: &Services,
    visit: &Visit,
    (slug, kind): (&str, SectionKind),
    done: Option<&str>,
) -> Result<FormPage> {
    let editing = services.revisions.editing(visit.actor, slug, kind).await?;
    let mut edit = Edit {
        base: editing.head,
        markdown: editing.markdown.clone(),
        summary: String::new(),
        agreed: false,
    };
    let mut notice = match done {
        Some("draft") => Some("Kept. You find it here again.".to_owned()),
        _ => None,
    };
    let mut has_draft = false;
    if let Some(draft) = &editing.draft {
        edit = draft.edit.clone();
        has_draft = true;
        notice = notice.or_else(|| {
            Some(format!(
                "You began this text on {} and have not saved it. Go on with it, or throw it away below.",
                draft.kept.spelled()
            ))
        });
    }
    Ok(FormPage {
        notice,
        ..with(&editing, kind, &edit, visit, has_draft)
    })
}

/// The page with a text in its field.
fn with(
    editing: &Editing,
    kind: SectionKind,
    edit: &Edit,
    visit: &Visit,
    has_draft: bool,
) -> FormPage {
    let slug = &editing.condition.slug;
    let mut fields = vec![
            Field::hidden(
                "base",
                edit.base.map(|base| base.to_string()).unwrap_or_default(),
            ),
            Field {
                name: "text".to_owned(),
                label: kind.title().to_owned(),
                hint: Some("An empty line begins a new paragraph. ### begins a heading, - an item of a list, *stars* stress a word.".to_owned()),
                control: Control::Markdown(16),
                value: edit.markdown.clone(),
                required: true,
                ..Field::default()
            },
            Field {
                name: "summary".to_owned(),
                label: "What did you change, and why?".to_owned(),
                hint: Some("One line for the history.".to_owned()),
                value: edit.summary.clone(),
                ..Field::default()
            },
        ];
    fields.extend(agreement(kind, edit.agreed));
    let mut forms = vec![Form {
        name: "edit".to_owned(),
        fields,
        button: if editing.publishes {
            "Save"
        } else {
            "Propose it"
        }
        .to_owned(),
        actions: vec![
            ("preview".to_owned(), "Preview".to_owned()),
            ("draft".to_owned(), "Keep for later".to_owned()),
        ],
        keeps: true,
        key: Some(visit.key.clone()),
        ..Form::default()
    }];
    if has_draft {
        forms.push(Form {
            name: "drop".to_owned(),
            button: "Throw this draft away".to_owned(),
            danger: true,
            ..Form::default()
        });
    }
    let mut text = Vec::new();
    if let Some(protected) = &editing.protection {
        text.push(protection_words(protected));
    }
    if !editing.publishes {
        text.push("What you write here is shown once somebody who knows the place has looked at it. You see what becomes of it under “Proposals”.".to_owned());
    }
    if !editing.waiting.is_empty() {
        text.push("A proposal of yours for this section waits to be looked at.".to_owned());
    }
    FormPage {
        title: title(editing, kind),
        path: edit_path(slug, kind),
        text,
        content: Some(help(editing, kind)),
        forms,
        links: vec![
            (editing.condition.name.clone(), condition_path(slug)),
            (
                "History of this section".to_owned(),
                history_path(slug, kind),
            ),
            ("Proposals".to_owned(), "/proposals".to_owned()),
        ],
        ..FormPage::default()
    }
}

/// That not everybody changes a section, and why.
pub(super) fn protection_words(protected: &Protected) -> String {
    format!(
        "This section is protected until {}: {} change it at once. The reason: {}",
        protected.until.spelled(),
        protected.protection.label(),
        protected.reason
    )
}

/// Whoever is named has to have agreed to it.
pub(super) fn agreement(kind: SectionKind, agreed: bool) -> Option<Field> {
    (kind == SectionKind::Acknowledgement).then(|| Field {
        name: "agreed".to_owned(),
        label: "Everybody who is named here has agreed to it, or their family has".to_owned(),
        hint: Some("For people who have died and for children, ask the family. If nobody is named, set the tick as well.".to_owned()),
        control: Control::Tick,
        value: if agreed { "yes" } else { "" }.to_owned(),
        ..Field::default()
    })
}

fn title(editing: &Editing, kind: SectionKind) -> String {
    format!("Edit: {} of {}", kind.title(), editing.condition.name)
}

/// What belongs here, and how to write it.
fn help(editing: &Editing, kind: SectionKind) -> String {
    let (what, example) = guide(kind);
    let keys = (!editing.keys.is_empty()).then(|| {
        let keys = editing.keys.join(", ");
        view! { <li>"References of this page that you can cite: " <code>{keys}</code></li> }
    });
    written(view! {
        <details class="guide">
            <summary>"What belongs here"</summary>
            <p>{what}</p>
            <p>"For example: " <q>{example}</q></p>
            <ul>
                <li>"Short sentences, the plain word first, the medical term after it. “You”, not “the patient”."</li>
                <li>"Say where it is written: " <code>"[@key]"</code> " cites a reference."</li>
                <li>"Your own words. No advice to treat or not to treat, and no dose."</li>
                {keys}
            </ul>
        </details>
    })
}

pub(super) async fn submit(
    services: &Services,
    visit: &Visit,
    slug: &str,
    kind: SectionKind,
    fields: &Fields,
) -> Result<Outcome> {
    let revisions = &services.revisions;
    let actor = visit.actor;
    let again = format!("{}?done=draft", edit_path(slug, kind));
    if fields.form() == "drop" {
        revisions.drop_draft(actor, slug, kind).await?;
        return Ok(Outcome::done(edit_path(slug, kind)));
    }
    let edit = Edit {
        base: fields.get("base").parse().ok(),
        markdown: fields.get("text").to_owned(),
        summary: fields.get("summary").to_owned(),
        agreed: fields.get("agreed") == "yes",
    };
    match fields.get("action") {
        "draft" => {
            revisions.keep_draft(actor, slug, kind, &edit).await?;
            Ok(Outcome::done(again))
        }
        "preview" => {
            let preview = revisions.preview(actor, slug, kind, &edit.markdown).await?;
            // A browser that dies on the preview loses nothing.
            revisions.keep_draft(actor, slug, kind, &edit).await?;
            let editing = revisions.editing(actor, slug, kind).await?;
            let page = with(&editing, kind, &edit, visit, true);
            let content = preview_html(&preview) + &page.content.unwrap_or_default();
            Ok(Outcome::Page(Box::new(FormPage {
                title: format!("Preview: {} of {}", kind.title(), editing.condition.name),
                content: Some(content),
                ..page
            })))
        }
        _ => {
            let submission = fields.submission();
            let saved = revisions
                .save(actor, slug, kind, edit.clone(), &submission)
                .await?;
            match saved {
                Saved::Published(_) | Saved::Unchanged => {
                    Ok(Outcome::done(section_path(slug, kind)))
                }
                Saved::Proposed(id) => Ok(Outcome::done(format!("/proposals/{id}?done=made"))),
                Saved::Collided(collision) => {
                    // Both texts are in the field now; the draft keeps them as well.
                    let edit = Edit {
                        base: Some(collision.head),
                        markdown: collision.merged.clone(),
                        ..edit
                    };
                    revisions.keep_draft(actor, slug, kind, &edit).await?;
                    let editing = revisions.editing(actor, slug, kind).await?;
                    let page = with(&editing, kind, &edit, visit, true);
                    Ok(Outcome::Page(Box::new(collided(page, &collision))))
                }
            }
        }
    }
}

fn collided(page: FormPage, collision: &Collision) -> FormPage {
    let theirs = collision.theirs.clone();
    let shown = written(view! {
        <div class="errors" role="alert" tabindex="-1">
            <p>
                "Somebody else changed the same lines while you were writing. Nothing is lost: both texts are in the field below, with marks around the lines that differ. Put them together, take the marks out, and save."
            </p>
        </div>
        <details>
            <summary>"The other text, as it stands on the page now"</summary>
            <pre class="diff">{theirs}</pre>
        </details>
    });
    FormPage {
        content: Some(shown + &page.content.unwrap_or_default()),
        ..page
    }
}

fn preview_html(preview: &Preview) -> String {
    written(view! {
        <section class="seen" aria-labelledby="preview">
            <h2 id="preview" tabindex="-1">"Preview"</h2>
            <div class="prose" inner_html=preview.html.as_str().to_owned()></div>
        </section>
        <p class="notice" role="status">"Nothing is saved yet."</p>
        {reading(&preview.readability)}
        <details>
            <summary>"What you changed"</summary>
            <Unified changes=preview.changes.clone()/>
        </details>
    })
}

fn reading(readability: &Readability) -> AnyView {
    let Some(grade) = readability.grade else {
        return view! { <p class="soft">"Too short to say how hard it is to read."</p> }.into_any();
    };
    let words = if grade <= AIM {
        format!("It reads at school grade {grade}. That is good: aim at 6 to {AIM}.")
    } else {
        format!(
            "It reads at school grade {grade}. Aim at 6 to {AIM}: shorter sentences, plainer words."
        )
    };
    let hardest = readability
        .hardest
        .iter()
        .map(|(sentence, grade)| {
            view! { <li><q>{sentence.clone()}</q> {format!(" (grade {grade})")}</li> }
        })
        .collect_view();
    let hard = (!readability.hardest.is_empty()).then(|| {
        view! {
            <p>"The hardest sentences:"</p>
            <ul>{hardest}</ul>
        }
    });
    view! {
        <p>{words}</p>
        {hard}
    }
    .into_any()
}
