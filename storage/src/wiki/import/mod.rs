//! Texts of sources, put where nobody has written yet. What a file says a text is about is not
//! believed: the names of the conditions decide, and what does not fit is held for a moderator.

mod known;
mod starter;

use std::collections::{HashMap, HashSet};

use domain::{
    Result,
    account::Actor,
    catalogue::{ImportReport, Progress, Refusal},
    event::EventKind,
    wiki::{HoldReason, SectionsImport, SourceDocument, SourceText, lost_characters},
};
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

pub(super) use starter::fill;

use super::{
    LANGUAGE,
    entity::{revision, section},
    held::{Decided, HeldDocuments},
    markdown,
};
use crate::{
    Database,
    catalogue::record_source,
    error::to_domain,
    search::{self, Document},
    write::Write,
};
use known::Present;

const CHUNK: usize = 500;

/// A text that is to be shown, and the document that it is from.
struct Chosen<'a> {
    text: &'a SourceText,
    document: &'a SourceDocument,
}

/// By condition and name of the section.
type Places<'a> = HashMap<(Uuid, &'static str), Chosen<'a>>;

pub(super) async fn run(
    database: &Database,
    actor: Actor,
    mut import: SectionsImport,
    progress: &dyn Progress,
) -> Result<ImportReport> {
    let write = Write::begin(database, actor).await?;
    let on = write.on();
    write.alone().await?;
    let now = database.now().0;
    let mut report = ImportReport {
        read: import.read,
        refused: std::mem::take(&mut import.refused),
        ..ImportReport::default()
    };
    for document in &mut import.documents {
        refuse_lists(document, &mut report);
    }
    let mut held = HeldDocuments::read(on).await?;
    let places = choose(on, &import, &mut held, now, &mut report).await?;
    let mut present = known::present(on).await?;
    report.withdrawn = withdraw(database, on, &import, &places, &mut present).await?;
    let revisions = place(
        database,
        on,
        Placing {
            places,
            present,
            incomplete: import.incomplete,
            now,
        },
        &mut report,
        progress,
    )
    .await?;
    // Nobody is credited for what is not shown.
    let source = if report.selected > 0 {
        Some(record_source(on, &import.source, now).await?)
    } else {
        None
    };
    if revisions > 0 || report.withdrawn > 0 || held.changed {
        write
            .record(EventKind::SectionsImported, source, None)
            .await?;
    }
    if source.is_some() || report.withdrawn > 0 || report.held > 0 || held.changed {
        write.commit().await?;
    }
    Ok(report)
}

/// Takes out what has no section to go to.
fn refuse_lists(document: &mut SourceDocument, report: &mut ImportReport) {
    document.texts.retain(|text| {
        let takes = text.kind.is_text();
        if !takes {
            report.refused.push(Refusal {
                line: document.line,
                subject: document.condition.to_string(),
                reason: format!("the section {} is a list, not a text", text.kind.as_str()),
            });
        }
        takes
    });
}

/// Tells the documents that are about their condition from those that are not, or are damaged, which
/// it holds. For each section it chooses the best text.
async fn choose<'a, C: ConnectionTrait>(
    on: &C,
    import: &'a SectionsImport,
    held: &mut HeldDocuments,
    now: i64,
    report: &mut ImportReport,
) -> Result<Places<'a>> {
    let ids = known::conditions(on).await?;
    let (names, damaged) = known::names(on).await?;
    let mut places = Places::new();
    let mut unknown = 0;
    for document in &import.documents {
        let Some(mut condition) = ids.get(&document.condition.to_string()).copied() else {
            unknown += document.texts.len();
            continue;
        };
        let damage = document
            .texts
            .iter()
            .find_map(|text| lost_characters(&text.markdown, &damaged));
        let reason = names
            .hold(condition, &document.subject)
            .or(damage.is_some().then_some(HoldReason::LostCharacters));
        match (reason, held.decided(condition, document)) {
            (_, Some(Decided::Discarded)) => {
                report.unchanged += document.texts.len() as u64;
                continue;
            }
            (_, Some(Decided::Shown(target))) => condition = target,
            (None, _) => held.release(on, condition, document).await?,
            (Some(reason), _) => {
                report.held += 1;
                report
                    .refused
                    .push(told(document, reason, damage.as_deref()));
                let damage = damage.unwrap_or_default();
                let why = (reason, damage);
                held.keep(on, condition, document, why, (import.incomplete, now))
                    .await?;
                continue;
            }
        }
        for text in &document.texts {
            let place = (condition, text.kind.as_str());
            let better = |chosen: &Chosen<'_>| text.rank < chosen.text.rank;
            if places.get(&place).is_none_or(better) {
                places.insert(place, Chosen { text, document });
            }
        }
    }
    if unknown > 0 {
        report.refused.push(Refusal {
            line: 0,
            subject: format!("{unknown} texts"),
            reason: "their conditions are not in the catalogue".to_owned(),
        });
    }
    report.selected = places.len() as u64;
    Ok(places)
}

fn told(document: &SourceDocument, reason: HoldReason, damage: Option<&str>) -> Refusal {
    let found = damage
        .filter(|_| reason == HoldReason::LostCharacters)
        .map(|damage| format!(" (\"{damage}\")"))
        .unwrap_or_default();
    Refusal {
        line: document.line,
        subject: document.subject.clone(),
        reason: format!(
            "held for {}: {}{found}",
            document.condition,
            reason.spelled()
        ),
    }
}

/// Takes texts off the page that an earlier import had put there and that this file, which has their
/// pages as well, does not give to their conditions. They stay in the history.
async fn withdraw<C: ConnectionTrait>(
    database: &Database,
    on: &C,
    import: &SectionsImport,
    places: &Places<'_>,
    present: &mut HashMap<(Uuid, String), Present>,
) -> Result<u64> {
    let pages: HashSet<(&str, &str)> = import
        .documents
        .iter()
        .filter(|document| !document.url.is_empty())
        .map(|document| (document.source.as_str(), document.url.as_str()))
        .collect();
    let mut withdrawn = 0;
    for ((condition, kind), before) in present {
        let page = before.source.as_deref().zip(before.url.as_deref());
        let stays = before.head.is_none()
            || before.origin != "import"
            || page.is_none_or(|page| !pages.contains(&page))
            || places.contains_key(&(*condition, kind.as_str()));
        if stays {
            continue;
        }
        on.execute_raw(database.statement(
            "UPDATE section SET head_id = NULL WHERE id = $1",
            vec![before.section.into()],
        ))
        .await
        .map_err(to_domain)?;
        before.head = None;
        withdrawn += 1;
    }
    Ok(withdrawn)
}

struct Placing<'a> {
    places: Places<'a>,
    present: HashMap<(Uuid, String), Present>,
    incomplete: bool,
    now: i64,
}

/// Makes revisions of the texts whose sections are free. Returns how many.
async fn place<C: ConnectionTrait>(
    database: &Database,
    on: &C,
    placing: Placing<'_>,
    report: &mut ImportReport,
    progress: &dyn Progress,
) -> Result<u64> {
    let mut sections = Vec::new();
    let mut revisions = Vec::new();
    let mut heads = Vec::new();
    let mut documents = Vec::new();
    let mut places: Vec<_> = placing.places.into_iter().collect();
    // As the file has them, so that the numbers of revisions follow it.
    places.sort_by_key(|((_, kind), chosen)| (chosen.document.line, *kind));
    for ((condition, kind), Chosen { text, document }) in places {
        let markdown = markdown::storable(&text.markdown);
        let before = placing.present.get(&(condition, kind.to_owned()));
        let free = before.is_none_or(|before| {
            before.gives_way_to(&document.source)
                && !(before.head.is_some() && before.markdown == markdown)
        });
        if !free {
            report.unchanged += 1;
            continue;
        }
        let head = before.and_then(|before| before.head);
        report.changed += u64::from(head.is_some());
        report.new += u64::from(head.is_none());
        let revision = Uuid::now_v7();
        let section = if let Some(before) = before {
            heads.push((before.section, revision));
            before.section
        } else {
            let id = Uuid::now_v7();
            sections.push(section::ActiveModel {
                id: Set(id),
                condition_id: Set(condition),
                kind: Set(kind.to_owned()),
                language: Set(LANGUAGE.to_owned()),
                head_id: Set(Some(revision)),
                ..Default::default()
            });
            id
        };
        let html = markdown::render(&markdown, &[], kind);
        documents.push(Document::section(section, &html));
        revisions.push(revision::ActiveModel {
            id: Set(revision),
            section_id: Set(section),
            base_id: Set(head),
            language: Set(LANGUAGE.to_owned()),
            html: Set(html),
            markdown: Set(markdown.into_owned()),
            origin: Set("import".to_owned()),
            author_id: Set(None),
            source_name: Set(Some(document.source.clone())),
            source_year: Set(Some(document.year)),
            source_url: Set(Some(document.url.clone())),
            source_incomplete: Set(placing.incomplete),
            created_at: Set(placing.now),
            ..Default::default()
        });
    }
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
    search::put(on, documents).await?;
    Ok(total)
}
