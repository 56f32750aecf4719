//! Starter texts and texts of sources, put where nobody has written yet.

use std::collections::{HashMap, HashSet};

use domain::{
    Result,
    account::Actor,
    catalogue::{Code, ImportReport, Progress, Refusal},
    event::EventKind,
    wiki::{
        Entry, Item,
        SectionKind::{self, References, Tips},
        SectionsImport, WikiDraft,
    },
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::{
    content::{self, Content},
    entity::{revision, section},
    markdown,
    revise::{self, Origin},
};
use crate::{
    Database,
    catalogue::{
        entity::{code, condition},
        names::MEMBERS,
        record_source,
    },
    error::to_domain,
    token,
    write::Write,
};

const CHUNK: usize = 500;

/// Conditions by CURIE and, for other identifiers, by the code of one condition alone; replaced
/// ones lead on.
async fn conditions<C: ConnectionTrait>(on: &C) -> Result<HashMap<String, Uuid>> {
    let rows: Vec<(String, Uuid, String, Option<Uuid>)> = condition::Entity::find()
        .select_only()
        .column(condition::Column::Curie)
        .column(condition::Column::Id)
        .column(condition::Column::Rank)
        .column(condition::Column::MergedInto)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut ids: HashMap<String, Uuid> = rows
        .into_iter()
        .filter(|(_, _, rank, _)| rank == "condition")
        .map(|(curie, id, _, merged)| (curie, merged.unwrap_or(id)))
        .collect();
    let pages: HashSet<Uuid> = ids.values().copied().collect();
    let mut coded: HashMap<String, Option<Uuid>> = HashMap::new();
    // What members add decides nothing about the texts of sources.
    let rows = code::Entity::find()
        .filter(code::Column::SourceId.ne(MEMBERS))
        .all(on)
        .await
        .map_err(to_domain)?;
    for row in rows {
        if pages.contains(&row.condition_id) {
            coded
                .entry(format!("{}:{}", row.system, row.value))
                .and_modify(|id| *id = None)
                .or_insert(Some(row.condition_id));
        }
    }
    for (code, id) in coded {
        if let Some(id) = id {
            ids.entry(code).or_insert(id);
        }
    }
    Ok(ids)
}

pub(super) async fn fill(
    database: &Database,
    actor: Actor,
    drafts: Vec<(Code, WikiDraft)>,
) -> Result<()> {
    let write = Write::begin(database, actor).await?;
    let on = write.on();
    write.alone().await?;
    let ids = conditions(on).await?;
    let now = database.now().0;
    let mut put = false;
    for (curie, draft) in drafts {
        let Some(condition) = ids.get(&curie.to_string()).copied() else {
            continue;
        };
        // References first: the texts cite them.
        let references = draft.references.iter().map(|reference| Entry {
            id: reference.key.clone(),
            item: Item::Reference(reference.clone()),
            hidden: None,
        });
        put |= fill_list(on, condition, References, references.collect(), now).await?;
        let keys = content::reference_keys(on, condition).await?;
        for text in &draft.sections {
            let section = revise::section(on, condition, text.kind).await?;
            if section.head_id.is_none() {
                put = true;
                let content = Content::text(text.kind, &text.markdown, &keys);
                revise::put(on, &section, content, Origin::starter(), now).await?;
            }
        }
        let mut tips = Vec::new();
        for (name, text) in &draft.tips {
            tips.push(Entry {
                id: token::public_id()?,
                item: Item::Tip {
                    name: name.clone(),
                    markdown: text.clone(),
                },
                hidden: None,
            });
        }
        put |= fill_list(on, condition, Tips, tips, now).await?;
    }
    if !put {
        return Ok(());
    }
    write.record(EventKind::StarterFilled, None, None).await?;
    write.commit().await
}

/// Whether the list was empty, and is filled now.
async fn fill_list<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    kind: SectionKind,
    entries: Vec<Entry>,
    now: i64,
) -> Result<bool> {
    if entries.is_empty() {
        return Ok(false);
    }
    let section = revise::section(on, condition, kind).await?;
    if section.head_id.is_some() {
        return Ok(false);
    }
    let keys = content::reference_keys(on, condition).await?;
    let content = Content::list(kind, &entries, &keys, &[])?;
    revise::put(on, &section, content, Origin::starter(), now).await?;
    Ok(true)
}

/// What a section holds before the import.
struct Present {
    section: Uuid,
    head: Option<Uuid>,
    origin: String,
    source: Option<String>,
    markdown: String,
}

async fn present<C: ConnectionTrait>(on: &C) -> Result<HashMap<(Uuid, String), Present>> {
    let sections = section::Entity::find().all(on).await.map_err(to_domain)?;
    let heads: HashSet<Uuid> = sections.iter().filter_map(|row| row.head_id).collect();
    let rows: Vec<(Uuid, String, Option<String>, String)> = revision::Entity::find()
        .select_only()
        .column(revision::Column::Id)
        .column(revision::Column::Origin)
        .column(revision::Column::SourceName)
        .column(revision::Column::Markdown)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let mut texts: HashMap<Uuid, (String, Option<String>, String)> = rows
        .into_iter()
        .filter(|(id, ..)| heads.contains(id))
        .map(|(id, origin, source, markdown)| (id, (origin, source, markdown)))
        .collect();
    Ok(sections
        .into_iter()
        .map(|row| {
            let (origin, source, markdown) = row
                .head_id
                .and_then(|head| texts.remove(&head))
                .unwrap_or_default();
            let present = Present {
                section: row.id,
                head: row.head_id,
                origin,
                source,
                markdown,
            };
            ((row.condition_id, row.kind), present)
        })
        .collect())
}

pub(super) async fn run(
    database: &Database,
    actor: Actor,
    import: SectionsImport,
    progress: &dyn Progress,
) -> Result<ImportReport> {
    let write = Write::begin(database, actor).await?;
    let on = write.on();
    write.alone().await?;
    let now = database.now().0;
    let ids = conditions(on).await?;
    let present = present(on).await?;
    let mut report = ImportReport {
        read: import.read,
        refused: import.refused,
        ..ImportReport::default()
    };
    let mut sections = Vec::new();
    let mut revisions = Vec::new();
    let mut heads = Vec::new();
    let mut unknown = 0_u64;
    let mut placed = HashSet::new();
    for text in &import.texts {
        if !text.kind.is_text() {
            report.refused.push(Refusal {
                line: text.line,
                subject: text.condition.to_string(),
                reason: format!("the section {} is a list, not a text", text.kind.as_str()),
            });
            continue;
        }
        let Some(condition) = ids.get(&text.condition.to_string()).copied() else {
            unknown += 1;
            continue;
        };
        let place = (condition, text.kind.as_str().to_owned());
        if !placed.insert(place.clone()) {
            continue;
        }
        report.selected += 1;
        let markdown = markdown::storable(&text.markdown);
        let before = present.get(&place);
        let section = match before {
            // What a person or the project has written stays.
            Some(before) if before.head.is_some() && before.origin != "import" => {
                report.unchanged += 1;
                continue;
            }
            Some(before) if before.markdown == markdown && before.head.is_some() => {
                report.unchanged += 1;
                continue;
            }
            Some(before)
                if before.head.is_some() && before.source.as_deref() != Some(&text.source) =>
            {
                report.unchanged += 1;
                continue;
            }
            Some(before) => {
                report.changed += u64::from(before.head.is_some());
                report.new += u64::from(before.head.is_none());
                before.section
            }
            None => {
                report.new += 1;
                Uuid::now_v7()
            }
        };
        let revision = Uuid::now_v7();
        if before.is_none() {
            sections.push(section::ActiveModel {
                id: Set(section),
                condition_id: Set(condition),
                kind: Set(place.1),
                language: Set(super::LANGUAGE.to_owned()),
                head_id: Set(Some(revision)),
                ..Default::default()
            });
        } else {
            heads.push((section, revision));
        }
        revisions.push(revision::ActiveModel {
            id: Set(revision),
            section_id: Set(section),
            base_id: Set(before.and_then(|before| before.head)),
            language: Set(super::LANGUAGE.to_owned()),
            html: Set(markdown::render(&markdown, &[], text.kind.as_str())),
            markdown: Set(markdown.into_owned()),
            origin: Set("import".to_owned()),
            author_id: Set(None),
            source_name: Set(Some(text.source.clone())),
            source_year: Set(Some(text.year)),
            source_url: Set(Some(text.url.clone())),
            created_at: Set(now),
            ..Default::default()
        });
    }
    if unknown > 0 {
        report.refused.push(Refusal {
            line: 0,
            subject: format!("{unknown} texts"),
            reason: "their conditions are not in the catalogue".to_owned(),
        });
    }
    if report.selected == 0 {
        // Nobody is credited for what is not shown.
        return Ok(report);
    }
    let source = record_source(on, &import.source, now).await?;
    let total = revisions.len() as u64;
    for rows in sections.chunks(CHUNK) {
        section::Entity::insert_many(rows.to_vec())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    for (index, rows) in revisions.chunks(CHUNK).enumerate() {
        revision::Entity::insert_many(rows.to_vec())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
        progress.step(((index + 1) * CHUNK) as u64, total);
    }
    for (section, revision) in heads {
        on.execute_raw(database.statement(
            "UPDATE section SET head_id = $1 WHERE id = $2",
            vec![revision.into(), section.into()],
        ))
        .await
        .map_err(to_domain)?;
    }
    if total > 0 {
        write
            .record(EventKind::SectionsImported, Some(source), None)
            .await?;
    }
    write.commit().await?;
    Ok(report)
}
