//! Documents of sources that an import has not shown, and what moderators decide about them.

use std::{collections::HashMap, fmt::Write as _};

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::Actor,
    catalogue::ConditionLink,
    event::EventKind,
    policy::{Action, permit},
    time::Timestamp,
    wiki::{HeldDecision, HeldList, HeldText, HeldTexts, HoldReason, SectionKind, SourceDocument},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::{
    WikiStore,
    content::Content,
    entity::{held_document, held_text, revision},
    markdown,
    revise::{self, Origin, SourcePage},
};
use crate::{
    catalogue::address,
    error::{internal, to_domain},
    token,
    write::Write,
};

const WAITING: &str = "waiting";
const SHOWN: &str = "shown";
const DISCARDED: &str = "discarded";

/// Documents on one page.
const PAGE: usize = 50;

/// What a moderator has decided about a document, for every import that follows.
pub(super) enum Decided {
    /// It is shown with the texts of this condition.
    Shown(Uuid),
    /// It is never shown.
    Discarded,
}

/// Condition, source, address and subject.
type Page = (Uuid, String, String, String);

/// What was held before an import, and is now.
pub(super) struct HeldDocuments {
    rows: HashMap<Page, held_document::Model>,
    /// Whether something is held or released that was not before.
    pub(super) changed: bool,
}

impl HeldDocuments {
    pub(super) async fn read<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let rows = held_document::Entity::find()
            .all(on)
            .await
            .map_err(to_domain)?;
        let by_page = |row: held_document::Model| {
            let page = (
                row.condition_id,
                row.source_name.clone(),
                row.source_url.clone(),
                row.subject.clone(),
            );
            (page, row)
        };
        Ok(Self {
            rows: rows.into_iter().map(by_page).collect(),
            changed: false,
        })
    }

    fn known(&self, condition: Uuid, document: &SourceDocument) -> Option<&held_document::Model> {
        self.rows.get(&page(condition, document))
    }

    pub(super) fn decided(&self, condition: Uuid, document: &SourceDocument) -> Option<Decided> {
        let row = self.known(condition, document)?;
        match row.state.as_str() {
            SHOWN => Some(Decided::Shown(row.shown_condition_id.unwrap_or(condition))),
            DISCARDED => Some(Decided::Discarded),
            _ => None,
        }
    }

    /// Forgets a document that can be shown now.
    pub(super) async fn release<C: ConnectionTrait>(
        &mut self,
        on: &C,
        condition: Uuid,
        document: &SourceDocument,
    ) -> Result<()> {
        if let Some(row) = self.rows.remove(&page(condition, document)) {
            self.changed = true;
            held_document::Entity::delete_by_id(row.id)
                .exec(on)
                .await
                .map_err(to_domain)?;
        }
        Ok(())
    }

    /// Keeps a document, or brings what is kept of it up to date.
    pub(super) async fn keep<C: ConnectionTrait>(
        &mut self,
        on: &C,
        condition: Uuid,
        document: &SourceDocument,
        (reason, damage): (HoldReason, String),
        (incomplete, now): (bool, i64),
    ) -> Result<()> {
        let before = self.rows.remove(&page(condition, document));
        let (id, public_id, created_at) = if let Some(before) = before {
            self.changed |= before.reason != reason.as_str();
            // Its texts go with it.
            held_document::Entity::delete_by_id(before.id)
                .exec(on)
                .await
                .map_err(to_domain)?;
            (before.id, before.public_id, before.created_at)
        } else {
            self.changed = true;
            (Uuid::now_v7(), token::public_id()?, now)
        };
        let row = held_document::Model {
            id,
            public_id,
            condition_id: condition,
            subject: document.subject.clone(),
            source_name: document.source.clone(),
            source_year: document.year,
            source_url: document.url.clone(),
            source_incomplete: incomplete,
            reason: reason.as_str().to_owned(),
            damage,
            state: WAITING.to_owned(),
            shown_condition_id: None,
            created_at,
        };
        held_document::Entity::insert(held_document::ActiveModel::from(row.clone()))
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
        let texts = document.texts.iter().map(|text| held_text::ActiveModel {
            document_id: Set(id),
            kind: Set(text.kind.as_str().to_owned()),
            markdown: Set(markdown::storable(&text.markdown).into_owned()),
        });
        held_text::Entity::insert_many(texts)
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
        // A file may have the same page twice: the later text of it counts.
        self.rows.insert(page(condition, document), row);
        Ok(())
    }
}

fn page(condition: Uuid, document: &SourceDocument) -> Page {
    (
        condition,
        document.source.clone(),
        document.url.clone(),
        document.subject.clone(),
    )
}

const SELECT: &str = "SELECT d.id, d.public_id, d.subject, d.source_name, d.source_year, \
     d.source_url, d.reason, d.damage, d.created_at, c.slug, c.name FROM held_document d \
     JOIN condition c ON c.id = d.condition_id WHERE d.state = 'waiting' ";

fn read(row: &QueryResult) -> Result<HeldText> {
    let text = |column: &str| row.try_get::<String>("", column).map_err(to_domain);
    let reason = text("reason")?;
    Ok(HeldText {
        id: text("public_id")?,
        condition: ConditionLink {
            slug: text("slug")?,
            name: text("name")?,
        },
        subject: text("subject")?,
        source: text("source_name")?,
        year: row.try_get("", "source_year").map_err(to_domain)?,
        url: text("source_url")?,
        reason: HoldReason::parse(&reason).ok_or_else(|| internal(&reason))?,
        damage: text("damage")?,
        held: Timestamp(row.try_get("", "created_at").map_err(to_domain)?),
        sections: Vec::new(),
    })
}

/// Texts of a held document in the order of the page.
async fn texts<C: ConnectionTrait>(on: &C, document: Uuid) -> Result<Vec<(SectionKind, String)>> {
    let rows = held_text::Entity::find()
        .filter(held_text::Column::DocumentId.eq(document))
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut texts = Vec::with_capacity(rows.len());
    for row in rows {
        let kind = SectionKind::parse(&row.kind).ok_or_else(|| internal(&row.kind))?;
        texts.push((kind, row.markdown));
    }
    texts.sort_by_key(|(kind, _)| *kind);
    Ok(texts)
}

#[async_trait]
impl HeldTexts for WikiStore {
    async fn waiting(&self, actor: Actor, after: Option<&str>) -> Result<HeldList> {
        permit(actor, Action::DecideHeldTexts)?;
        let mut values = Vec::new();
        let mut sql = SELECT.to_owned();
        if let Some(after) = after {
            values.push(after.replace('\0', "").into());
            sql.push_str(
                "AND (d.created_at, d.public_id) > (SELECT o.created_at, o.public_id \
                 FROM held_document o WHERE o.public_id = $1) ",
            );
        }
        // Writing to a String cannot fail.
        let _ = write!(sql, "ORDER BY d.created_at, d.public_id LIMIT {}", PAGE + 1);
        let rows = self.database.query(&sql, values).await.map_err(to_domain)?;
        let mut texts = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
        let more = texts.len() > PAGE;
        texts.truncate(PAGE);
        let count = self
            .database
            .query_one(
                "SELECT count(*) AS waiting FROM held_document WHERE state = 'waiting'",
                vec![],
            )
            .await
            .map_err(to_domain)?;
        let waiting = match count {
            Some(row) => row.try_get::<i64>("", "waiting").map_err(to_domain)?,
            None => 0,
        };
        Ok(HeldList {
            next: texts.last().filter(|_| more).map(|last| last.id.clone()),
            texts,
            waiting: waiting.unsigned_abs(),
        })
    }

    async fn held(&self, actor: Actor, id: &str) -> Result<HeldText> {
        permit(actor, Action::DecideHeldTexts)?;
        let sql = format!("{SELECT} AND d.public_id = $1");
        let row = self
            .database
            .query_one(&sql, vec![id.replace('\0', "").into()])
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        let document: Uuid = row.try_get("", "id").map_err(to_domain)?;
        let mut held = read(&row)?;
        for (kind, text) in texts(self.database.readers(), document).await? {
            let html = markdown::render(&text, &[], kind.as_str());
            held.sections.push((kind, markdown::stored(html)));
        }
        Ok(held)
    }

    async fn decide_held(
        &self,
        actor: Actor,
        id: &str,
        decision: HeldDecision,
    ) -> Result<(ConditionLink, usize)> {
        permit(actor, Action::DecideHeldTexts)?;
        let other = match &decision {
            HeldDecision::Attach(slug) => Some(address::present(&self.database, slug).await?),
            HeldDecision::Show | HeldDecision::Discard => None,
        };
        let filed = self.held(actor, id).await?.condition;
        let write = Write::begin(&self.database, actor).await?;
        let found = held_document::Entity::find()
            .filter(held_document::Column::PublicId.eq(id.replace('\0', "")))
            .lock_exclusive()
            .one(write.on())
            .await
            .map_err(to_domain)?
            .ok_or(Error::NotFound)?;
        if found.state != WAITING {
            return Err(Error::Conflict);
        }
        let discarded = decision == HeldDecision::Discard;
        let (target, link) = match other {
            Some(other) => (other.id, other.link),
            None => (found.condition_id, filed),
        };
        let mut placed = 0;
        if !discarded {
            for (kind, text) in texts(write.on(), found.id).await? {
                let source = SourcePage {
                    name: found.source_name.clone(),
                    year: found.source_year,
                    url: found.source_url.clone(),
                    incomplete: found.source_incomplete,
                };
                let now = self.database.now().0;
                placed += usize::from(put(write.on(), target, (kind, &text), source, now).await?);
            }
        }
        let row = held_document::ActiveModel {
            id: Set(found.id),
            state: Set(if discarded { DISCARDED } else { SHOWN }.to_owned()),
            shown_condition_id: Set((!discarded).then_some(target)),
            ..Default::default()
        };
        row.update(write.on()).await.map_err(to_domain)?;
        let event = if discarded {
            EventKind::HeldTextDiscarded
        } else {
            EventKind::HeldTextShown
        };
        write
            .record(event, Some(found.id), (!discarded).then_some(target))
            .await?;
        write.commit().await?;
        Ok((link, placed))
    }
}

/// Whether the section was free for the text, and has it now.
async fn put<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    (kind, text): (SectionKind, &str),
    source: SourcePage,
    now: i64,
) -> Result<bool> {
    let section = revise::section(on, condition, kind).await?;
    if let Some(head) = section.head_id {
        let head = revision::Entity::find()
            .filter(revision::Column::Id.eq(head))
            .one(on)
            .await
            .map_err(to_domain)?;
        let same_source = |head: revision::Model| {
            head.origin == "import" && head.source_name.as_deref() == Some(&source.name)
        };
        if !head.is_some_and(same_source) {
            return Ok(false);
        }
    }
    let content = Content::text(kind, text, &[]);
    revise::put(on, &section, content, Origin::import(source), now).await?;
    Ok(true)
}
