//! Texts that are not finished: each page on which a section is edited keeps its own.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    account::Actor,
    policy::Quota,
    time::Timestamp,
    wiki::{
        DraftLink, Edit, Editing, KeptDraft, MOST_DRAFTS, OtherDraft, SectionKind, check_draft,
        check_line, has_marks,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};
use uuid::Uuid;

use super::{WikiStore, entity::draft, revise, saving::tidy};
use crate::{error::to_domain, quota, token, write::Write};

/// Whose drafts, and of which section.
pub(super) type Place = (Uuid, Uuid);

/// The draft with what is in it now, so that a page can tell whether it has grown from just this.
fn state(row: &draft::Model) -> String {
    let hash = token::hash_of(&[&row.markdown, &row.summary]);
    let mut state = format!("{}.", row.id);
    for byte in &hash[..10] {
        // Writing to a String cannot fail.
        let _ = write!(state, "{byte:02x}");
    }
    state
}

fn is_id(id: &str) -> bool {
    id.len() <= 40 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// All drafts of a section that somebody has, the last first.
pub(super) async fn all<C: ConnectionTrait>(
    on: &C,
    (account, section): Place,
) -> Result<Vec<draft::Model>> {
    draft::Entity::find()
        .filter(draft::Column::AccountId.eq(account))
        .filter(draft::Column::SectionId.eq(section))
        .order_by_desc(draft::Column::UpdatedAt)
        .order_by_asc(draft::Column::Id)
        .all(on)
        .await
        .map_err(to_domain)
}

/// Whether a draft has become this text: it is that text's own, or the one that it grew from, unless
/// another page has changed it since. A text without a draft of its own may come from anywhere.
pub(super) fn became(row: &draft::Model, link: &DraftLink) -> bool {
    (row.id == link.id && !link.id.is_empty()) || state(row) == link.grown_from
}

pub(super) async fn delete<C: ConnectionTrait>(on: &C, row: draft::Model) -> Result<()> {
    draft::Entity::delete_by_id((row.account_id, row.section_id, row.id))
        .exec(on)
        .await
        .map(drop)
        .map_err(to_domain)
}

/// Adds drafts to what somebody needs who edits a section, and a new one for the page on which they
/// do.
pub(super) async fn offer<C: ConnectionTrait>(
    on: &C,
    place: Place,
    asked: Option<&str>,
    editing: &mut Editing,
) -> Result<()> {
    let mut rows = all(on, place).await?;
    let asked = asked.and_then(|id| rows.iter().position(|row| row.id == id));
    if !rows.is_empty() {
        let row = rows.remove(asked.unwrap_or_default());
        editing.link.grown_from = state(&row);
        editing.draft = Some(KeptDraft {
            kept: Timestamp(row.updated_at),
            edit: Edit {
                base: row.base_number,
                markdown: row.markdown,
                summary: row.summary,
                agreed: false,
                draft: editing.link.clone(),
            },
        });
    }
    editing.other_drafts = rows
        .into_iter()
        .map(|row| OtherDraft {
            id: row.id,
            kept: Timestamp(row.updated_at),
        })
        .collect();
    Ok(())
}

impl WikiStore {
    pub(super) async fn put_draft(
        &self,
        actor: Actor,
        account: Uuid,
        slug: &str,
        kind: SectionKind,
        edit: &Edit,
    ) -> Result<()> {
        let markdown = tidy(&edit.markdown);
        check_draft("text", kind, &markdown)?;
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let section = revise::section(write.on(), condition.id, kind).await?;
        let link = DraftLink {
            id: Some(&edit.draft.id)
                .filter(|id| is_id(id))
                .cloned()
                .unwrap_or_default(),
            grown_from: edit.draft.grown_from.clone(),
        };
        let mut collided = has_marks(&markdown);
        let (mut others, mut is_new) = (0, true);
        for row in all(write.on(), (account, section.id)).await? {
            if row.id == link.id || became(&row, &link) {
                collided |= row.collided;
                is_new = false;
                delete(write.on(), row).await?;
            } else {
                others += 1;
            }
        }
        if others >= MOST_DRAFTS {
            return Err(Error::invalid(
                "text",
                format!(
                    "You have {MOST_DRAFTS} drafts of this section. Save or delete one of them first."
                ),
            ));
        }
        if is_new {
            quota::spend(&write, &self.database, actor, Quota::Drafts).await?;
        }
        let row = draft::ActiveModel {
            account_id: Set(account),
            section_id: Set(section.id),
            id: Set(link.id),
            base_number: Set(edit.base),
            markdown: Set(markdown),
            summary: Set(check_line("summary", &edit.summary).unwrap_or_default()),
            updated_at: Set(self.database.now().0),
            collided: Set(collided),
        };
        row.insert(write.on()).await.map_err(to_domain)?;
        write.commit().await
    }

    pub(super) async fn throw_draft_away(
        &self,
        actor: Actor,
        account: Uuid,
        (slug, kind): (&str, SectionKind),
        link: &DraftLink,
    ) -> Result<()> {
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        if let Some(section) = revise::find(write.on(), condition.id, kind).await? {
            for row in all(write.on(), (account, section.id)).await? {
                if row.id == link.id || became(&row, link) {
                    delete(write.on(), row).await?;
                }
            }
        }
        write.commit().await
    }
}
