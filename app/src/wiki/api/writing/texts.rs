//! Sections that are texts.

use domain::{
    catalogue::ConditionLink,
    time::Timestamp,
    wiki::{Edit, Editing, OtherDraft, Preview, SectionKind},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Json};

use super::EditTerms;
#[cfg(feature = "ssr")]
use super::{for_members, proposed, section};
use crate::{
    answer::Answer,
    ui::form::{Outcome, Posted},
    wiki::text_forms::{DropDraftFields, EditFields},
};
#[cfg(feature = "ssr")]
use crate::{
    context,
    ui::form::Done,
    wiki::{paths, text_forms::EditAction},
};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    wiki::{DraftLink, Saved},
};

/// What the editor of a text shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TextView {
    /// Of which condition.
    pub condition: ConditionLink,
    /// Which section.
    pub kind: SectionKind,
    /// The text to begin with: the draft, or else the current version.
    pub edit: Edit,
    /// When the draft was saved, where there is one.
    pub begun: Option<Timestamp>,
    /// What they have begun on other pages, in other tabs.
    pub other_drafts: Vec<OtherDraft>,
    /// Keys of references that can be cited.
    pub keys: Vec<String>,
    /// What its author has to know.
    pub terms: EditTerms,
}

impl TextView {
    /// What of a section is shown to someone who edits it.
    pub fn new(editing: Editing, kind: SectionKind) -> Self {
        let (begun, edit) = match editing.draft {
            Some(draft) => (Some(draft.kept), draft.edit),
            None => (
                None,
                Edit {
                    base: editing.head,
                    markdown: editing.markdown,
                    summary: String::new(),
                    agreed: false,
                    draft: editing.link,
                },
            ),
        };
        Self {
            condition: editing.condition,
            kind,
            edit,
            begun,
            other_drafts: editing.other_drafts,
            keys: editing.keys,
            terms: EditTerms {
                protection: editing.protection,
                publishes: editing.publishes,
                waiting: !editing.waiting.is_empty(),
            },
        }
    }
}

/// What a text is answered with that has not been published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum EditResult {
    /// It is saved as a draft.
    Draft,
    /// How it would look and read. It is saved as a draft, too.
    Preview(Preview),
    /// Another version has changed the same words. Both are in the field, and in the draft.
    Collision {
        /// The other version.
        theirs: String,
    },
}

#[cfg(feature = "ssr")]
const COLLIDED: &str = "Someone else changed the same words while you were writing. Nothing is lost: both versions are in the field below, with markers around the lines that differ. Combine them, delete the markers, and save.";
#[cfg(feature = "ssr")]
const COLLIDED_WITH_OWN: &str = "You changed the same words in another tab or window. Nothing is lost: both versions are in the field below, with markers around the lines that differ. Combine them, delete the markers, and save.";

/// A text to edit, with one of the drafts of it, or else the last.
#[server(input = GetUrl, prefix = "/api", endpoint = "wiki/text")]
pub async fn read_text(
    slug: String,
    kind: String,
    draft: Option<String>,
) -> Result<Answer<TextView>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let kind = match section(&kind) {
        Ok(kind) if kind.is_text() => kind,
        _ => return Ok(Answer::Refused(Error::NotFound)),
    };
    let revisions = &services.revisions;
    let editing = revisions
        .editing(actor, &slug, kind, draft.as_deref())
        .await;
    let asked = editing.map(|editing| TextView::new(editing, kind));
    let place = (slug.as_str(), |slug: &str| paths::edit(slug, kind));
    Ok(for_members(asked, &services, actor, place).await)
}

/// Saves a text, or keeps it as a draft, or shows how it would look.
#[server(prefix = "/api", endpoint = "wiki/edit", input = Json)]
pub async fn edit_text(posted: Posted<EditFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let (revisions, actor) = (&call.services.revisions, call.actor());
            let (slug, kind) = (fields.slug.as_str(), fields.kind);
            let edit = Edit {
                base: fields.base,
                markdown: fields.text,
                summary: fields.summary.unwrap_or_default(),
                agreed: fields.agreed,
                draft: link(fields.draft, fields.grown_from),
            };
            match fields.action {
                Some(EditAction::Draft) => {
                    revisions.keep_draft(actor, slug, kind, &edit).await?;
                    return Done::show(&EditResult::Draft);
                }
                Some(EditAction::Preview) => {
                    // A browser that dies on the preview loses nothing.
                    revisions.keep_draft(actor, slug, kind, &edit).await?;
                    let preview = revisions.preview(actor, slug, kind, &edit.markdown).await?;
                    return Done::show(&EditResult::Preview(preview));
                }
                None => {}
            }
            let submission = call.submission();
            let saved = revisions
                .save(actor, slug, kind, edit.clone(), &submission)
                .await?;
            match saved {
                Saved::Published(_) | Saved::Unchanged => Ok(Done::at(paths::section(slug, kind))),
                Saved::Proposed(id) => Ok(proposed(&id)),
                Saved::Collided(collision) => {
                    let edit = Edit {
                        base: Some(collision.head),
                        markdown: collision.merged,
                        ..edit
                    };
                    revisions.keep_draft(actor, slug, kind, &edit).await?;
                    let theirs = collision.theirs;
                    let replaced = vec![
                        ("text", edit.markdown),
                        ("base", collision.head.to_string()),
                    ];
                    let shown = Done::show(&EditResult::Collision { theirs })?;
                    let words = if collision.own {
                        COLLIDED_WITH_OWN
                    } else {
                        COLLIDED
                    };
                    Ok(shown.in_place(replaced, words))
                }
            }
        })
        .await
}

/// Deletes a draft.
#[server(prefix = "/api", endpoint = "wiki/drop-draft", input = Json)]
pub async fn drop_draft(posted: Posted<DropDraftFields>) -> Result<Outcome, ServerFnError> {
    posted
        .answer(async |fields, call| {
            let revisions = &call.services.revisions;
            let (slug, kind) = (fields.slug, fields.kind);
            let draft = link(fields.draft, fields.grown_from);
            revisions
                .drop_draft(call.actor(), &slug, kind, &draft)
                .await?;
            // The field begins anew, with another draft or the current version.
            Ok(Done::anew(paths::edit(&slug, kind)))
        })
        .await
}

/// A page from before drafts had names sends none.
#[cfg(feature = "ssr")]
fn link(id: Option<String>, grown_from: Option<String>) -> DraftLink {
    DraftLink {
        id: id.unwrap_or_default(),
        grown_from: grown_from.unwrap_or_default(),
    }
}
