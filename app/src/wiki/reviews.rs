//! Reviews by experts, and sections that not everybody changes.

use domain::{
    Error, Result,
    policy::{Action, Protection, permit},
    wiki::SectionKind,
};
use leptos::prelude::*;

use super::pages::{edit_path, revision_path, section_path};
use crate::{
    context::{Services, Visit},
    form::{Control, Field, Fields, Form, FormPage, Outcome, written},
};

pub(super) async fn protect(
    services: &Services,
    visit: &Visit,
    slug: &str,
    kind: SectionKind,
) -> Result<FormPage> {
    permit(visit.actor, Action::ProtectSections)?;
    let editing = services.revisions.editing(visit.actor, slug, kind).await?;
    let reason = Field {
        name: "reason".to_owned(),
        label: "Reason".to_owned(),
        hint: Some("One line. Everybody sees it.".to_owned()),
        required: true,
        ..Field::default()
    };
    let mut forms = vec![Form {
        name: "protect".to_owned(),
        fields: vec![
            Field {
                name: "protection".to_owned(),
                label: "Who may change it at once?".to_owned(),
                hint: Some("What others write becomes a proposal.".to_owned()),
                control: Control::Choice(
                    Protection::ALL
                        .map(|protection| {
                            (
                                protection.as_str().to_owned(),
                                protection.label().to_owned(),
                            )
                        })
                        .to_vec(),
                ),
                value: Protection::Trusted.as_str().to_owned(),
                required: true,
                ..Field::default()
            },
            Field {
                name: "days".to_owned(),
                label: "For how many days?".to_owned(),
                hint: Some("From 1 to 366.".to_owned()),
                value: "7".to_owned(),
                required: true,
                ..Field::default()
            },
            reason.clone(),
        ],
        button: "Protect it".to_owned(),
        ..Form::default()
    }];
    let mut text = vec![];
    if let Some(protected) = &editing.protection {
        text.push(format!(
            "It is protected until {}. {} change it at once. The reason: {}",
            protected.until.spelled(),
            protected.protection.label(),
            protected.reason
        ));
        forms.push(Form {
            name: "end".to_owned(),
            heading: Some("End the protection".to_owned()),
            fields: vec![reason],
            button: "End it".to_owned(),
            ..Form::default()
        });
    }
    Ok(FormPage {
        title: format!("Protect: {} of {}", kind.title(), editing.condition.name),
        text,
        forms,
        links: vec![
            (editing.condition.name.clone(), section_path(slug, kind)),
            ("Edit this section".to_owned(), edit_path(slug, kind)),
        ],
        ..FormPage::default()
    })
}

pub(super) async fn submit_protection(
    services: &Services,
    visit: &Visit,
    slug: &str,
    kind: SectionKind,
    fields: &Fields,
) -> Result<Outcome> {
    let protection = match fields.form() {
        "protect" => {
            let protection = Protection::from_name(fields.get("protection"))
                .ok_or_else(|| Error::invalid("protection", "Choose who may change it."))?;
            let days = fields
                .get("days")
                .trim()
                .parse()
                .map_err(|_| Error::invalid("days", "Choose from 1 to 366 days."))?;
            Some((protection, days))
        }
        "end" => None,
        _ => return Err(Error::NotFound),
    };
    services
        .revisions
        .protect(visit.actor, slug, kind, protection, fields.get("reason"))
        .await?;
    Ok(Outcome::done(edit_path(slug, kind)))
}

pub(super) async fn review(
    services: &Services,
    visit: &Visit,
    slug: &str,
    number: i64,
) -> Result<FormPage> {
    permit(visit.actor, Action::ReviewSections)?;
    let found = services
        .revisions
        .revision(visit.actor, slug, number)
        .await?;
    let kind = found.revision.kind;
    let content = written(view! {
        <div class="seen prose" inner_html=found.html.as_str().to_owned()></div>
    });
    Ok(FormPage {
        title: format!("Review: {} of {}", kind.title(), found.condition.name),
        text: vec![
            "Read the whole text. With your review you say that it is right as far as is known today. The next one is due in two years.".to_owned(),
        ],
        content: Some(content),
        forms: vec![Form {
            name: "review".to_owned(),
            fields: vec![Field {
                name: "interests".to_owned(),
                label: "What ties you to products or firms that this text is about?".to_owned(),
                hint: Some("One line, or “None”. Everybody sees it.".to_owned()),
                required: true,
                ..Field::default()
            }],
            button: "I have read it, and it is right".to_owned(),
            ..Form::default()
        }],
        links: vec![("Back to the text".to_owned(), revision_path(slug, number))],
        ..FormPage::default()
    })
}
