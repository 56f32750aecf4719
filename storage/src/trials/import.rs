//! Reads studies in: compares them with what is known and writes the difference.

use std::collections::{HashMap, HashSet};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Result,
    account::Actor,
    catalogue::{Progress, SourceRelease},
    event::EventKind,
    time::Timestamp,
    trials::{AgeGroup, Study, TrialsImport, TrialsReport},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use sha2::{Digest, Sha256};

use super::{
    entity::{trial, trial_condition, trial_subject},
    matching::{CHUNK, CODE, Known, NAME, match_some},
};
use crate::{
    Database,
    catalogue::record_source,
    error::{internal, to_domain},
    write::Write,
};

/// Rows in one statement.
const ROWS: usize = 1_000;

pub(super) async fn run(
    database: &Database,
    actor: Actor,
    import: TrialsImport,
    progress: &dyn Progress,
) -> Result<TrialsReport> {
    let mut report = TrialsReport {
        read: import.read,
        repeated: import.repeated,
        refused: import.refused.clone(),
        ..TrialsReport::default()
    };
    if import.is_empty() {
        // Nobody is credited for nothing.
        return Ok(report);
    }
    let write = Write::begin(database, actor).await?;
    write.alone().await?;
    let (on, now) = (write.on(), database.now());
    let known = Known::load(on).await?;
    let total = import.len() as u64;
    let studies: Vec<&Study> = import.studies().collect();
    let mut done = 0;
    for some in studies.chunks(CHUNK) {
        let changed = store(on, some, now, &mut report).await?;
        match_some(on, &known, &changed).await?;
        report.unmatched += some.len() as u64 - matched(on, some).await?;
        done += some.len() as u64;
        progress.step(done, total);
    }
    let invented = studies.iter().all(|study| study.trial.id.is_invented());
    let credit = if invented {
        credit_for_invented(now)
    } else {
        credit(now)
    };
    let source = record_source(on, &credit, now.0).await?;
    if report.new + report.changed > 0 {
        write
            .record(EventKind::TrialsImported, Some(source), None)
            .await?;
    }
    // Pages say when they were read even where nothing else is new.
    write.commit().await?;
    Ok(report)
}

/// The register, as of a day.
fn credit(now: Timestamp) -> SourceRelease {
    SourceRelease {
        name: "ClinicalTrials.gov".to_owned(),
        release: now.iso_date(),
        licence: "Public domain (US government)".to_owned(),
        attribution: format!(
            "Clinical trials: ClinicalTrials.gov, US National Library of Medicine, last read on {}. \
             Shown in part, and matched with conditions by this site.",
            now.spelled()
        ),
        url: "https://clinicaltrials.gov/".to_owned(),
    }
}

/// No register is credited for what a demonstration makes up.
fn credit_for_invented(now: Timestamp) -> SourceRelease {
    SourceRelease {
        name: "Invented clinical trials".to_owned(),
        release: now.iso_date(),
        licence: "Public domain".to_owned(),
        attribution: "Clinical trials: invented for this demonstration. They are in no register, \
                      and nobody can take part."
            .to_owned(),
        url: String::new(),
    }
}

/// Writes what is new and what has changed, and tells which that is.
async fn store<C: ConnectionTrait>(
    on: &C,
    studies: &[&Study],
    now: Timestamp,
    report: &mut TrialsReport,
) -> Result<Vec<trial::Model>> {
    let ids = studies.iter().map(|study| study.trial.id.as_str());
    let rows: Vec<(String, String, String)> = trial::Entity::find()
        .filter(trial::Column::NctId.is_in(ids))
        .select_only()
        .column(trial::Column::NctId)
        .column(trial::Column::Fingerprint)
        .column(trial::Column::Updated)
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    let known: HashMap<String, (String, String)> = rows
        .into_iter()
        .map(|(id, fingerprint, updated)| (id, (fingerprint, updated)))
        .collect();
    let (mut new, mut changed, mut same) = (Vec::new(), Vec::new(), Vec::new());
    let mut subjects = Vec::new();
    for study in studies {
        let id = study.trial.id.as_str();
        let row = row(study, now)?;
        match known.get(id) {
            Some((fingerprint, _)) if *fingerprint == row.fingerprint => same.push(id),
            // An old file says nothing that is not known better.
            Some((_, updated)) if study.is_older_than(updated) => report.unchanged += 1,
            Some(_) => {
                subjects.extend(subjects_of(study));
                changed.push(row);
            }
            None => {
                subjects.extend(subjects_of(study));
                new.push(row);
            }
        }
    }
    report.new += new.len() as u64;
    report.changed += changed.len() as u64;
    report.unchanged += same.len() as u64;
    if !same.is_empty() {
        trial::Entity::update_many()
            .col_expr(trial::Column::ReadAt, Expr::value(now.0))
            .filter(trial::Column::NctId.is_in(same))
            .exec(on)
            .await
            .map_err(to_domain)?;
    }
    if !new.is_empty() {
        let rows = new.iter().cloned().map(IntoActiveModel::into_active_model);
        trial::Entity::insert_many(rows)
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    for row in &changed {
        row.clone()
            .into_active_model()
            .reset_all()
            .update(on)
            .await
            .map_err(to_domain)?;
    }
    if !changed.is_empty() {
        let ids = changed.iter().map(|row| row.nct_id.as_str());
        trial_subject::Entity::delete_many()
            .filter(trial_subject::Column::NctId.is_in(ids))
            .exec(on)
            .await
            .map_err(to_domain)?;
    }
    for rows in subjects.chunks(ROWS) {
        trial_subject::Entity::insert_many(rows.to_vec())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    new.append(&mut changed);
    Ok(new)
}

fn row(study: &Study, now: Timestamp) -> Result<trial::Model> {
    let json = |value: std::result::Result<String, serde_json::Error>| {
        value.map_err(|error| internal(&error))
    };
    // Where it is not known who can take part, anybody may look at it.
    let takes = |age| study.trial.ages.is_empty() || study.trial.ages.contains(&age);
    let whole = json(serde_json::to_string(study))?;
    Ok(trial::Model {
        nct_id: study.trial.id.as_str().to_owned(),
        facts: json(serde_json::to_string(&study.trial))?,
        child: takes(AgeGroup::Child),
        adult: takes(AgeGroup::Adult),
        older_adult: takes(AgeGroup::OlderAdult),
        updated: study.updated_key(),
        fingerprint: URL_SAFE_NO_PAD.encode(Sha256::digest(whole)),
        changed_at: now.0,
        read_at: now.0,
    })
}

fn subjects_of(study: &Study) -> Vec<trial_subject::ActiveModel> {
    let names = study.names.iter().map(|name| (NAME, name.clone()));
    let codes = study.codes.iter().map(|code| (CODE, code.to_string()));
    // The register may name one twice.
    let subjects: HashSet<(&str, String)> = names.chain(codes).collect();
    subjects
        .into_iter()
        .map(|(kind, value)| {
            let subject = trial_subject::Model {
                nct_id: study.trial.id.as_str().to_owned(),
                kind: kind.to_owned(),
                value,
            };
            subject.into()
        })
        .collect()
}

/// How many of these studies are about some condition.
async fn matched<C: ConnectionTrait>(on: &C, studies: &[&Study]) -> Result<u64> {
    let ids = studies.iter().map(|study| study.trial.id.as_str());
    let ids: Vec<String> = trial_condition::Entity::find()
        .select_only()
        .column(trial_condition::Column::NctId)
        .distinct()
        .filter(trial_condition::Column::NctId.is_in(ids))
        .filter(trial_condition::Column::Country.eq(""))
        .into_tuple()
        .all(on)
        .await
        .map_err(to_domain)?;
    Ok(ids.len() as u64)
}
