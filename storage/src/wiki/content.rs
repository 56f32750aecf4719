//! What a revision holds: a text, or a list with its entries and a text that tells them.

use std::fmt::Write as _;

use domain::{
    Error, Result,
    catalogue::Scope,
    wiki::{Entry, Item, Reference, SectionDraft, SectionKind, WikiDraft},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, RelationTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    LANGUAGE,
    entity::{revision, section},
    markdown,
};
use crate::error::{internal, to_domain};

/// Longest text that tells a list, in bytes: a guard, not a measure.
const LIST_LONGEST: usize = 1_000_000;

/// What is stored of a section at one time.
pub(super) struct Content {
    pub(super) markdown: String,
    pub(super) html: String,
    /// Of a list: [`Stored`] entries as JSON.
    pub(super) entries: Option<String>,
}

/// An entry as it is stored, with what is rendered once.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    #[serde(flatten)]
    pub(super) entry: Entry,
    /// The description of a tip.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) html: String,
}

impl Content {
    /// `keys` are those of the condition's references, in order.
    pub(super) fn text(kind: SectionKind, text: &str, keys: &[String]) -> Self {
        let markdown = markdown::storable(text).into_owned();
        Self {
            html: markdown::render(&markdown, keys, kind.as_str()),
            markdown,
            entries: None,
        }
    }

    /// `before` is what has been rendered with the same keys.
    pub(super) fn list(
        kind: SectionKind,
        entries: &[Entry],
        keys: &[String],
        before: &[Stored],
    ) -> Result<Self> {
        let rendered = |entry: &Entry| {
            let same = before.iter().find(|stored| stored.entry == *entry);
            same.cloned().unwrap_or_else(|| stored(entry, keys))
        };
        let stored: Vec<Stored> = entries.iter().map(rendered).collect();
        let markdown = markdown::storable(&listing(entries)).into_owned();
        let html = markdown::render(&escaped_listing(entries), keys, kind.as_str());
        if markdown.len() > LIST_LONGEST {
            return Err(Error::invalid("name", "This list is full."));
        }
        Ok(Self {
            html,
            markdown,
            entries: Some(to_json(&stored)?),
        })
    }
}

fn stored(entry: &Entry, keys: &[String]) -> Stored {
    let html = match &entry.item {
        Item::Tip { markdown, .. } => {
            markdown::render(&markdown::storable(markdown), keys, &entry.id)
        }
        _ => String::new(),
    };
    Stored {
        entry: entry.clone(),
        html,
    }
}

fn to_json(entries: &[Stored]) -> Result<String> {
    serde_json::to_string(entries).map_err(|error| internal(&error))
}

pub(super) fn read(json: Option<&str>) -> Result<Vec<Stored>> {
    json.map_or_else(|| Ok(Vec::new()), super::parse)
}

pub(crate) fn entries(json: Option<&str>) -> Result<Vec<Entry>> {
    Ok(read(json)?.into_iter().map(|stored| stored.entry).collect())
}

/// A list as people read it in comparisons: every entry a heading, or a line.
pub(super) fn listing(entries: &[Entry]) -> String {
    told(entries, str::to_owned)
}

/// The same as Markdown, in which names and titles are what they are and no marks.
pub(super) fn escaped_listing(entries: &[Entry]) -> String {
    told(entries, |text| {
        comrak::escape_commonmark_inline(&markdown::storable(text))
    })
}

fn told(entries: &[Entry], write_out: fn(&str) -> String) -> String {
    let mut text = String::new();
    for (index, entry) in entries.iter().enumerate() {
        let title = write_out(&entry.item.title());
        let hidden = entry
            .hidden
            .as_deref()
            .map(|reason| format!("Hidden: {}", write_out(reason)));
        // Writing to a String cannot fail.
        let _ = match (&entry.item, hidden) {
            (Item::Tip { .. }, Some(hidden)) => write!(text, "### {title}\n\n{hidden}\n\n"),
            (Item::Tip { markdown, .. }, None) => write!(text, "### {title}\n\n{markdown}\n\n"),
            (Item::Reference(_), Some(hidden)) => {
                writeln!(text, "{}. {title}. {hidden}", index + 1)
            }
            (Item::Reference(reference), None) => {
                let place = place(reference, write_out);
                writeln!(text, "{}. {title}. {place}", index + 1)
            }
            (_, Some(hidden)) => writeln!(text, "- {title}. {hidden}"),
            (Item::Name(name), None) if name.scope != Scope::Exact => {
                writeln!(text, "- {title} ({})", name.scope.as_str())
            }
            (_, None) => writeln!(text, "- {title}"),
        };
    }
    text.trim_end().to_owned()
}

fn place(reference: &Reference, write_out: fn(&str) -> String) -> String {
    let year = reference.year.map(|year| year.to_string());
    let published = [reference.source.clone(), year]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let told = [published, reference.identifiers()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| write_out(&part) + ". ")
        .collect::<String>();
    format!("{told}({})", write_out(&reference.key))
}

/// The revisions of a condition that stand on the page now, joined with their sections.
pub(super) fn heads(condition: Uuid) -> Select<revision::Entity> {
    revision::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            revision::Relation::Section.def(),
        )
        .filter(section::Column::ConditionId.eq(condition))
        .filter(section::Column::Language.eq(LANGUAGE))
        .filter(
            Expr::col((section::Entity, section::Column::HeadId))
                .equals((revision::Entity, revision::Column::Id)),
        )
}

/// The entries of a list of a condition that stand on the page now.
pub(super) async fn present<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
) -> Result<Vec<Stored>> {
    let json: Option<Option<String>> = heads(condition)
        .select_only()
        .column(revision::Column::Entries)
        .filter(section::Column::Kind.eq(kind.as_str()))
        .into_tuple()
        .one(on)
        .await
        .map_err(to_domain)?;
    read(json.flatten().as_deref())
}

/// All sections of a condition as they were written, without what is hidden.
pub(super) async fn texts<C: ConnectionTrait>(on: &C, condition: Uuid) -> Result<WikiDraft> {
    let rows: Vec<(String, String, Option<String>)> = heads(condition)
        .select_only()
        .column(section::Column::Kind)
        .column(revision::Column::Markdown)
        .column(revision::Column::Entries)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut draft = WikiDraft::default();
    for (kind, markdown, json) in rows {
        let Some(kind) = SectionKind::parse(&kind) else {
            continue;
        };
        if kind.is_text() {
            draft.sections.push(SectionDraft { kind, markdown });
        }
        for entry in entries(json.as_deref())? {
            match entry.item {
                _ if entry.hidden.is_some() => {}
                Item::Tip { name, markdown } => draft.tips.push((name, markdown)),
                Item::Reference(reference) => draft.references.push(reference),
                // The catalogue has them.
                Item::Name(_) | Item::Code(_) => {}
            }
        }
    }
    draft.sections.sort_by_key(|text| text.kind);
    Ok(draft)
}

/// Keys of a condition's references in order: `[@key]` cites the first one as number 1.
pub(super) async fn reference_keys<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
) -> Result<Vec<String>> {
    let references = present(on, condition, SectionKind::References).await?;
    Ok(references
        .into_iter()
        .map(|stored| stored.entry.id)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_stored_as_they_are() {
        let reference = Reference {
            key: "a".to_owned(),
            title: "A *work*".to_owned(),
            year: Some(2020),
            doi: Some("10.1000/a_b_c".to_owned()),
            ..Reference::default()
        };
        let tip = Item::Tip {
            name: "Rest".to_owned(),
            markdown: "Often.[@a] \\u0000".to_owned(),
        };
        let entry = |id: &str, item| Entry {
            id: id.to_owned(),
            item,
            hidden: Some("Why".to_owned()),
        };
        let list = [entry("a", Item::Reference(reference)), entry("b", tip)];
        let content = Content::list(SectionKind::Tips, &list, &["a".to_owned()], &[]).unwrap();
        let stored = read(content.entries.as_deref()).unwrap();
        assert_eq!(stored[0].entry, list[0]);
        assert!(
            stored[1].html.contains("#reference-a"),
            "{}",
            stored[1].html
        );
        assert_eq!(stored[1].entry, list[1]);
        assert!(content.html.contains("A *work*"), "{}", content.html);
    }
}
