//! Reads a release in: compares it with what is known and writes the difference.

mod known;
mod plan;
mod store;
mod withdrawal;

use domain::{
    Result,
    account::Actor,
    catalogue::{CatalogueImport, ImportReport, Progress, SourceRelease},
    event::EventKind,
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

pub(super) use self::plan::sort_key;
use self::{known::Known, plan::Plan, store::store};
use super::{entity::source, names, tree};
use crate::{Database, error::to_domain, trials, write::Write};

pub(super) async fn run(
    database: &Database,
    actor: Actor,
    import: CatalogueImport,
    progress: &dyn Progress,
) -> Result<ImportReport> {
    let write = Write::begin(database, actor).await?;
    write.alone().await?;
    let now = database.now().0;
    if import.terms.is_empty() {
        // Nobody is credited for nothing.
        return Ok(ImportReport {
            read: import.read,
            refused: import.refused,
            ..ImportReport::default()
        });
    }
    let source_id = record_source(write.on(), &import.source, now).await?;
    let known = Known::load(write.on()).await?;
    let mut report = ImportReport {
        read: import.read,
        refused: import.refused,
        ..ImportReport::default()
    };
    let mut plan = Plan::new(source_id, now, known);
    for term in &import.terms {
        if !term.withdrawn {
            let display = import.display_names.get(&term.curie).cloned();
            let everyday = import.everyday_names.get(&term.curie);
            let everyday = everyday.map_or(&[][..], Vec::as_slice);
            plan.add(term, display, everyday, &mut report);
        }
    }
    let withdrawn = plan.withdraw(&import.terms, import.complete);
    report.withdrawn = withdrawn.counted;
    if plan.is_empty() && withdrawn.is_empty() {
        // Nothing but the date of the release may have moved.
        write.commit().await?;
        return Ok(report);
    }
    names::own_source(write.on(), names::EVERYDAY, "Names people use", now).await?;
    store(&write, &mut plan, &withdrawn, progress).await?;
    tree::arrange(write.on(), database).await?;
    trials::match_all(write.on()).await?;
    write
        .record(EventKind::CatalogueImported, Some(source_id), None)
        .await?;
    write.commit().await?;
    Ok(report)
}

/// Adds or refreshes the source's row and tells its id.
pub(crate) async fn record_source<C: ConnectionTrait>(
    connection: &C,
    release: &SourceRelease,
    now: i64,
) -> Result<Uuid> {
    let existing = source::Entity::find()
        .filter(source::Column::Name.eq(&release.name))
        .one(connection)
        .await
        .map_err(to_domain)?;
    let id = existing.as_ref().map_or_else(Uuid::now_v7, |row| row.id);
    let row = source::ActiveModel {
        id: Set(id),
        name: Set(release.name.clone()),
        release: Set(release.release.clone()),
        licence: Set(release.licence.clone()),
        attribution: Set(release.attribution.clone()),
        url: Set(release.url.clone()),
        imported_at: Set(now),
    };
    if existing.is_some() {
        row.update(connection).await.map_err(to_domain)?;
    } else {
        source::Entity::insert(row)
            .exec_without_returning(connection)
            .await
            .map_err(to_domain)?;
    }
    Ok(id)
}

/// A place in an order, as the database keeps it.
fn position(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}
