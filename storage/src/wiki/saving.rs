//! Saving a text: on the page, as a proposal, or back to its author with what came in between.

use domain::{
    Error, Result,
    account::{Actor, Submission},
    event::EventKind,
    policy::{Protection, Quota, publishes},
    time::Timestamp,
    wiki::{
        Collision, DraftLink, Edit, Protected, Saved, SectionKind, check_agreed, check_line,
        check_marks, check_middle_marks, check_text, middle_marks,
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::{
    WikiStore,
    content::{self, Content},
    drafts,
    entity::{draft, proposal, revision, section},
    merge::merge,
    revise::{self, Origin},
};
use crate::{error::to_domain, quota, token, write::Write};

/// A text on its way into a section.
pub(super) struct Incoming {
    pub(super) content: Content,
    pub(super) summary: String,
    /// Whose it is; the operator's is nobody's.
    pub(super) author: Option<Uuid>,
    /// The revision whose text it has, where one is restored.
    pub(super) restores: Option<i64>,
}

/// As forms send it, and as it is compared and kept.
pub(super) fn tidy(text: &str) -> String {
    super::markdown::storable(text).trim_end().to_owned()
}

/// The protection of a section, while it lasts.
pub(super) fn protection(section: &section::Model, now: i64) -> Option<Protection> {
    let ends = section.protection_ends_at?;
    section
        .protection
        .as_deref()
        .filter(|_| ends > now)
        .and_then(Protection::from_name)
}

/// The same with its reason and end, for people.
pub(super) fn protected(section: &section::Model, now: i64) -> Option<Protected> {
    Some(Protected {
        protection: protection(section, now)?,
        reason: section.protection_reason.clone().unwrap_or_default(),
        until: Timestamp(section.protection_ends_at.unwrap_or_default()),
    })
}

pub(super) async fn head<C: ConnectionTrait>(
    on: &C,
    section: &section::Model,
) -> Result<Option<revision::Model>> {
    let Some(id) = section.head_id else {
        return Ok(None);
    };
    revision::Entity::find()
        .filter(revision::Column::Id.eq(id))
        .one(on)
        .await
        .map_err(to_domain)
}

impl WikiStore {
    pub(super) async fn save_text(
        &self,
        actor: Actor,
        slug: &str,
        kind: SectionKind,
        edit: Edit,
        (submission, restores): (&Submission, Option<i64>),
    ) -> Result<Saved> {
        let typed = tidy(&edit.markdown);
        check_marks("text", &typed)?;
        check_text("text", kind, &typed)?;
        let summary = check_line("summary", &edit.summary)?;
        check_agreed(kind, edit.agreed)?;
        let condition = self.present(slug).await?;
        let write = Write::begin(&self.database, actor).await?;
        let section = revise::section(write.on(), condition.id, kind).await?;
        let head = head(write.on(), &section).await?;
        let number = head.as_ref().map(|head| head.number);
        if !write.is_first("wiki/save", submission).await? {
            return Ok(number.map_or(Saved::Unchanged, Saved::Published));
        }
        let author = actor.member().map(|member| member.account.0);
        let theirs = head.as_ref().map_or("", |head| head.markdown.as_str());
        let drafts = match author {
            Some(author) => drafts::all(write.on(), (author, section.id)).await?,
            None => Vec::new(),
        };
        let grew = |row: &&draft::Model| drafts::became(row, &edit.draft);
        if drafts.iter().filter(grew).any(|row| row.collided) {
            check_middle_marks("text", &typed, middle_marks(theirs))?;
        }
        let mut markdown = typed.clone();
        if number != edit.base {
            let base = self.text_of(write.on(), &section, edit.base).await?;
            match merge(&base, &markdown, theirs) {
                Ok(merged) => markdown = merged,
                Err(merged) => {
                    let own = self.is_own(write.on(), &section, edit.base, author);
                    return Ok(Saved::Collided(Box::new(Collision {
                        head: number.unwrap_or_default(),
                        theirs: theirs.to_owned(),
                        merged,
                        own: own.await?,
                    })));
                }
            }
            // Merged from two texts that are not too long, it may be.
            check_text("text", kind, &markdown)?;
        }
        let same = |head: &revision::Model| head.markdown.trim_end() == markdown;
        let now = self.database.now().0;
        let saved = if head.as_ref().is_some_and(same) {
            Saved::Unchanged
        } else if publishes(actor, protection(&section, now)) {
            let keys = content::reference_keys(write.on(), condition.id).await?;
            let incoming = Incoming {
                content: Content::text(kind, &markdown, &keys),
                summary,
                author,
                restores,
            };
            quota::spend(&write, &self.database, actor, Quota::Edits).await?;
            let number = self.publish(&write, &section, incoming).await?;
            Saved::Published(number)
        } else {
            // It is rendered anew whenever somebody looks at it.
            let content = Content {
                markdown,
                html: String::new(),
                entries: None,
            };
            let incoming = Incoming {
                content,
                summary,
                author,
                restores: None,
            };
            Saved::Proposed(self.propose(&write, &section, number, incoming).await?)
        };
        // What another page has kept is another text, unless it says the same.
        for row in drafts {
            if drafts::became(&row, &edit.draft) || row.markdown == typed {
                drafts::delete(write.on(), row).await?;
            }
        }
        match saved {
            Saved::Published(_) => {
                write
                    .record(
                        EventKind::SectionSaved,
                        Some(section.id),
                        Some(condition.id),
                    )
                    .await?;
                write.commit().await?;
            }
            _ => write.commit().await?,
        }
        Ok(saved)
    }

    /// Lets what somebody wrote wait until somebody else has looked at it.
    pub(super) async fn propose(
        &self,
        write: &Write<'_>,
        section: &section::Model,
        base: Option<i64>,
        incoming: Incoming,
    ) -> Result<String> {
        quota::spend(write, &self.database, write.actor(), Quota::Proposals).await?;
        let id = token::public_id()?;
        let subject = Uuid::now_v7();
        let row = proposal::ActiveModel {
            id: Set(subject),
            public_id: Set(id.clone()),
            section_id: Set(section.id),
            base_number: Set(base),
            author_id: Set(incoming.author),
            markdown: Set(incoming.content.markdown),
            entries: Set(incoming.content.entries),
            summary: Set(incoming.summary),
            state: Set("waiting".to_owned()),
            reason: Set(String::new()),
            decided_by: Set(None),
            decided_at: Set(None),
            revision_number: Set(None),
            created_at: Set(self.database.now().0),
        };
        proposal::Entity::insert(row)
            .exec_without_returning(write.on())
            .await
            .map_err(to_domain)?;
        let community = Some(section.condition_id);
        write
            .record(EventKind::SectionProposed, Some(subject), community)
            .await?;
        Ok(id)
    }

    /// Makes a text the head of its section.
    pub(super) async fn publish(
        &self,
        write: &Write<'_>,
        section: &section::Model,
        incoming: Incoming,
    ) -> Result<i64> {
        let now = self.database.now().0;
        let origin = Origin::person(incoming.author, incoming.summary, incoming.restores);
        revise::put(write.on(), section, incoming.content, origin, now).await
    }

    /// Whether all that was saved in a section since a revision is by this person.
    pub(super) async fn is_own<C: ConnectionTrait>(
        &self,
        on: &C,
        section: &section::Model,
        since: Option<i64>,
        author: Option<Uuid>,
    ) -> Result<bool> {
        let authors: Vec<Option<Uuid>> = revision::Entity::find()
            .select_only()
            .column(revision::Column::AuthorId)
            .distinct()
            .filter(revision::Column::SectionId.eq(section.id))
            .filter(revision::Column::Number.gt(since.unwrap_or_default()))
            .into_tuple()
            .all(on)
            .await
            .map_err(to_domain)?;
        Ok(author.is_some() && authors == [author])
    }

    /// The text of a revision of a section; nothing where there was none, or where it is another
    /// section's.
    pub(super) async fn text_of<C: ConnectionTrait>(
        &self,
        on: &C,
        section: &section::Model,
        number: Option<i64>,
    ) -> Result<String> {
        let Some(number) = number else {
            return Ok(String::new());
        };
        let found = revision::Entity::find_by_id(number)
            .filter(revision::Column::SectionId.eq(section.id))
            .one(on)
            .await
            .map_err(to_domain)?;
        Ok(found.map(|row| row.markdown).unwrap_or_default())
    }

    pub(super) async fn restore_text(
        &self,
        actor: Actor,
        slug: &str,
        number: i64,
        (summary, agreed): (&str, bool),
        submission: &Submission,
    ) -> Result<Saved> {
        let condition = self.present(slug).await?;
        let (row, section) = revision::Entity::find_by_id(number)
            .find_also_related(section::Entity)
            .one(self.database.readers())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let section = section
            .filter(|section| section.condition_id == condition.id)
            .ok_or(Error::NotFound)?;
        let kind = SectionKind::parse(&section.kind).ok_or(Error::NotFound)?;
        if !kind.is_text() {
            return self
                .restore_list(actor, &section, row, summary, submission)
                .await;
        }
        let base = head(self.database.readers(), &section).await?;
        let edit = Edit {
            base: base.map(|head| head.number),
            markdown: row.markdown,
            summary: summary.to_owned(),
            agreed,
            draft: DraftLink::default(),
        };
        self.save_text(actor, slug, kind, edit, (submission, Some(number)))
            .await
    }
}
