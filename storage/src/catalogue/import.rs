//! Reads a release in: compares it with what is known and writes the difference.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Result,
    account::Actor,
    catalogue::{
        CatalogueImport, CodeSystem, ConditionTerm, ImportReport, Letter, Progress, Refusal, Scope,
        SourceRelease, Synonym,
    },
    event::EventKind,
    text,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    entity::{code, condition, condition_slug, lineage, source, synonym},
    tree,
};
use crate::{Database, error::to_domain, write::Write};

/// Rows in one INSERT: far below both databases' limits of bound values for our widest table.
const CHUNK: usize = 1_000;

pub(super) async fn run(
    database: &Database,
    actor: Actor,
    import: CatalogueImport,
    progress: &dyn Progress,
) -> Result<ImportReport> {
    let mut write = Write::begin(database, actor).await?;
    let now = database.now().0;
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
            plan.add(term, display, &mut report);
        }
    }
    let withdrawn = plan.withdraw(&import.terms, import.complete);
    report.withdrawn = withdrawn.counted;
    if plan.is_empty() && withdrawn.is_empty() {
        // Nothing but the date of the release may have moved.
        write.commit().await?;
        return Ok(report);
    }
    write.touch_catalogue();
    store(&write, &mut plan, &withdrawn, progress).await?;
    tree::assign_families(write.on(), database).await?;
    write.record(EventKind::CatalogueImported, Some(source_id), None).await?;
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

/// What the catalogue holds before the import.
struct Known {
    by_curie: HashMap<String, condition::Model>,
    by_code: HashMap<String, Vec<String>>,
    slugs: HashSet<(String, String)>,
    /// Keys of synonyms and codes by condition and source.
    synonyms: HashMap<Uuid, Vec<(Uuid, String)>>,
    codes: HashMap<Uuid, Vec<(Uuid, String)>>,
}

impl Known {
    async fn load<C: ConnectionTrait>(connection: &C) -> Result<Self> {
        let conditions = condition::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?;
        let curies: HashMap<Uuid, String> = conditions
            .iter()
            .map(|row| (row.id, row.curie.clone()))
            .collect();
        let mut by_code: HashMap<String, Vec<String>> = HashMap::new();
        let mut codes: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::new();
        for row in code::Entity::find().all(connection).await.map_err(to_domain)? {
            let code = format!("{}:{}", row.system, row.value);
            if let Some(curie) = curies.get(&row.condition_id) {
                by_code.entry(code.clone()).or_default().push(curie.clone());
            }
            codes.entry(row.condition_id).or_default().push((row.source_id, code));
        }
        let slugs = condition_slug::Entity::find()
            .all(connection)
            .await
            .map_err(to_domain)?
            .into_iter()
            .map(|row| (row.rank, row.slug))
            .collect();
        let mut synonyms: HashMap<Uuid, Vec<(Uuid, String)>> = HashMap::new();
        let rows: Vec<(Uuid, Uuid, String)> = synonym::Entity::find()
            .select_only()
            .column(synonym::Column::ConditionId)
            .column(synonym::Column::SourceId)
            .column(synonym::Column::NameKey)
            .into_tuple()
            .all(connection)
            .await
            .map_err(to_domain)?;
        for (condition, source, key) in rows {
            synonyms.entry(condition).or_default().push((source, key));
        }
        Ok(Self {
            by_curie: conditions
                .into_iter()
                .map(|row| (row.curie.clone(), row))
                .collect(),
            by_code,
            slugs,
            synonyms,
            codes,
        })
    }

    /// The only condition that another source already describes under this term's identifier.
    fn described_elsewhere(&self, term: &ConditionTerm) -> Option<&condition::Model> {
        let curies = self.by_code.get(&term.curie.to_string())?;
        match curies.as_slice() {
            [curie] => self.by_curie.get(curie),
            _ => None,
        }
    }
}

/// Everything to be written.
struct Plan {
    source_id: Uuid,
    now: i64,
    known: Known,
    /// Ids by CURIE, of known and new ones alike.
    ids: HashMap<String, Uuid>,
    inserted: Vec<condition::ActiveModel>,
    updated: Vec<condition::ActiveModel>,
    touched: Vec<Uuid>,
    slugs: Vec<condition_slug::ActiveModel>,
    aliases: Vec<(String, String, Uuid)>,
    synonyms: Vec<synonym::ActiveModel>,
    codes: Vec<code::ActiveModel>,
    /// Child, its rank and sort key, CURIEs of its parents.
    edges: Vec<(Uuid, String, String, Vec<String>)>,
    seen: HashSet<String>,
}

impl Plan {
    fn new(source_id: Uuid, now: i64, known: Known) -> Self {
        let ids = known
            .by_curie
            .iter()
            .map(|(curie, row)| (curie.clone(), row.id))
            .collect();
        Self {
            source_id,
            now,
            known,
            ids,
            inserted: Vec::new(),
            updated: Vec::new(),
            touched: Vec::new(),
            slugs: Vec::new(),
            aliases: Vec::new(),
            synonyms: Vec::new(),
            codes: Vec::new(),
            edges: Vec::new(),
            seen: HashSet::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.updated.is_empty()
    }

    fn add(&mut self, term: &ConditionTerm, curated: Option<String>, report: &mut ImportReport) {
        let curie = term.curie.to_string();
        if !self.seen.insert(curie.clone()) {
            report.refused.push(Refusal {
                line: term.line,
                subject: curie,
                reason: "the same identifier stands twice in the source".to_owned(),
            });
            return;
        }
        if term.is_family {
            report.families += 1;
        } else {
            report.selected += 1;
        }
        let existing = self.known.by_curie.get(&curie).cloned();
        if existing.is_none() && self.known.described_elsewhere(term).is_some() {
            report.unchanged += u64::from(!term.is_family);
            if let Some(other) = self.known.described_elsewhere(term) {
                self.ids.insert(curie, other.id);
            }
            return;
        }
        let curated = curated.or_else(|| term.display_name.clone());
        let fingerprint = fingerprint(term, curated.as_deref());
        match existing {
            Some(row)
                if row.fingerprint == fingerprint
                    && row.source_id == self.source_id
                    && !row.withdrawn =>
            {
                report.unchanged += u64::from(!term.is_family);
            }
            Some(row) => {
                report.changed += u64::from(!term.is_family);
                self.change(term, curated, fingerprint, row);
            }
            None => {
                report.new += u64::from(!term.is_family);
                self.insert(term, curated, fingerprint);
            }
        }
    }

    fn insert(&mut self, term: &ConditionTerm, curated: Option<String>, fingerprint: String) {
        let id = Uuid::now_v7();
        let name_curated = curated.is_some();
        let name = curated.unwrap_or_else(|| text::sentence_case(&term.name));
        let rank = if term.is_family { "family" } else { "condition" };
        let wanted = term.slug.clone().unwrap_or_else(|| text::slug(&name));
        let slug = self.take_slug(rank, wanted, id);
        let sort_key = sort_key(&name);
        self.ids.insert(term.curie.to_string(), id);
        self.inserted.push(condition::ActiveModel {
            id: Set(id),
            rank: Set(rank.to_owned()),
            curie: Set(term.curie.to_string()),
            slug: Set(slug),
            name: Set(name.clone()),
            name_curated: Set(name_curated),
            ontology_name: Set(term.name.clone()),
            letter: Set(Letter::of(&sort_key).as_char().to_string()),
            sort_key: Set(sort_key.clone()),
            summary: Set(term.summary.clone()),
            definition: Set(term.definition.clone()),
            family_id: Set(None),
            source_id: Set(self.source_id),
            fingerprint: Set(fingerprint),
            withdrawn: Set(false),
            merged_into: Set(None),
            created_at: Set(self.now),
            updated_at: Set(self.now),
        });
        self.children(id, rank, &name, sort_key, term);
    }

    fn change(
        &mut self,
        term: &ConditionTerm,
        curated: Option<String>,
        fingerprint: String,
        row: condition::Model,
    ) {
        let id = row.id;
        // A page that exists stays a page; a family may become one.
        let rank = if term.is_family { row.rank.as_str() } else { "condition" };
        let name_curated = curated.is_some() || row.name_curated;
        let name = match curated {
            Some(name) => name,
            None if row.name_curated => row.name.clone(),
            None => text::sentence_case(&term.name),
        };
        let slug = if rank == row.rank {
            row.slug.clone()
        } else {
            self.take_slug(rank, text::slug(&name), id)
        };
        let sort_key = sort_key(&name);
        self.touched.push(id);
        self.children(id, rank, &name, sort_key.clone(), term);
        self.updated.push(condition::ActiveModel {
            id: Set(id),
            rank: Set(rank.to_owned()),
            slug: Set(slug),
            name: Set(name),
            name_curated: Set(name_curated),
            ontology_name: Set(term.name.clone()),
            letter: Set(Letter::of(&sort_key).as_char().to_string()),
            sort_key: Set(sort_key),
            summary: Set(term.summary.clone().or(row.summary)),
            definition: Set(term.definition.clone().or(row.definition)),
            source_id: Set(self.source_id),
            fingerprint: Set(fingerprint),
            withdrawn: Set(false),
            merged_into: Set(None),
            updated_at: Set(self.now),
            ..Default::default()
        });
    }

    /// Names, codes and parents of a new or changed condition.
    fn children(
        &mut self,
        id: Uuid,
        rank: &str,
        name: &str,
        sort_key: String,
        term: &ConditionTerm,
    ) {
        let source_id = self.source_id;
        let others = |rows: Option<&Vec<(Uuid, String)>>| -> HashSet<String> {
            rows.into_iter()
                .flatten()
                .filter(|(source, _)| *source != source_id)
                .map(|(_, key)| key.clone())
                .collect()
        };
        let mut keys = others(self.known.synonyms.get(&id));
        let kept = keys.len();
        keys.insert(text::fold(name));
        let ontology_name = Synonym {
            name: term.name.clone(),
            scope: Scope::Exact,
        };
        self.aliases.push((rank.to_owned(), text::slug(&term.name), id));
        let names = std::iter::once(&ontology_name).chain(&term.synonyms);
        for (index, synonym) in names.enumerate() {
            let key = text::fold(&synonym.name);
            if key.is_empty() || !keys.insert(key.clone()) {
                continue;
            }
            self.synonyms.push(synonym::ActiveModel {
                condition_id: Set(id),
                slug: Set(text::slug(&synonym.name)),
                name: Set(synonym.name.clone()),
                name_key: Set(key),
                scope: Set(synonym.scope.as_str().to_owned()),
                position: Set(position(kept + index)),
                source_id: Set(source_id),
                ..Default::default()
            });
        }
        let mut codes = others(self.known.codes.get(&id));
        for code in &term.codes {
            if *code != term.curie && codes.insert(code.to_string()) {
                let order = CodeSystem::ALL.iter().position(|system| *system == code.system);
                self.codes.push(code::ActiveModel {
                    condition_id: Set(id),
                    system: Set(code.system.prefix().to_owned()),
                    value: Set(code.value.clone()),
                    position: Set(position(order.unwrap_or_default())),
                    source_id: Set(source_id),
                });
            }
        }
        let parents = term.parents.iter().map(ToString::to_string).collect();
        self.edges.push((id, rank.to_owned(), sort_key, parents));
    }

    fn take_slug(&mut self, rank: &str, wanted: String, id: Uuid) -> String {
        let mut slug = wanted.clone();
        let mut number = 2;
        while !self.known.slugs.insert((rank.to_owned(), slug.clone())) {
            slug = format!("{wanted}-{number}");
            number += 1;
        }
        self.slugs.push(condition_slug::ActiveModel {
            rank: Set(rank.to_owned()),
            slug: Set(slug.clone()),
            condition_id: Set(id),
        });
        slug
    }

    /// What the source names as withdrawn, and what it no longer has.
    fn withdraw(&self, terms: &[ConditionTerm], complete: bool) -> Withdrawn {
        let mut withdrawn = Withdrawn::default();
        for term in terms.iter().filter(|term| term.withdrawn) {
            let replacement = term
                .replaced_by
                .as_ref()
                .and_then(|curie| self.ids.get(&curie.to_string()).copied());
            if let Some(row) = self.known.by_curie.get(&term.curie.to_string()) {
                if !row.withdrawn || (row.merged_into.is_none() && replacement.is_some()) {
                    withdrawn.rows.insert(row.id, replacement);
                }
                withdrawn.counted += 1;
            } else if let Some(id) = replacement {
                // Never had a page, but its code leads to the one that replaces it.
                let known = self.known.by_code.contains_key(&term.curie.to_string());
                if !known {
                    withdrawn.codes.push((id, term.curie.clone()));
                }
            }
        }
        if complete {
            for row in self.known.by_curie.values() {
                let missing = row.source_id == self.source_id && !self.seen.contains(&row.curie);
                if missing && !withdrawn.rows.contains_key(&row.id) && row.merged_into.is_none() {
                    withdrawn.counted += u64::from(row.rank == "condition");
                    if !row.withdrawn {
                        withdrawn.rows.insert(row.id, None);
                    }
                }
            }
        }
        withdrawn
    }
}

#[derive(Default)]
struct Withdrawn {
    counted: u64,
    rows: BTreeMap<Uuid, Option<Uuid>>,
    codes: Vec<(Uuid, domain::catalogue::Code)>,
}

impl Withdrawn {
    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.codes.is_empty()
    }
}

async fn store(
    write: &Write<'_>,
    plan: &mut Plan,
    withdrawn: &Withdrawn,
    progress: &dyn Progress,
) -> Result<()> {
    let on = write.on();
    let total = (plan.inserted.len() + plan.updated.len() + plan.synonyms.len() + plan.codes.len())
        as u64;
    let mut done = 0_u64;
    for rows in plan.inserted.chunks(CHUNK) {
        insert(condition::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for row in std::mem::take(&mut plan.updated) {
        row.update(on).await.map_err(to_domain)?;
        done += 1;
        progress.step(done, total);
    }
    for ids in plan.touched.chunks(CHUNK) {
        let ids = ids.to_vec();
        synonym::Entity::delete_many()
            .filter(synonym::Column::ConditionId.is_in(ids.clone()))
            .filter(synonym::Column::SourceId.eq(plan.source_id))
            .exec(on)
            .await
            .map_err(to_domain)?;
        code::Entity::delete_many()
            .filter(code::Column::ConditionId.is_in(ids.clone()))
            .filter(code::Column::SourceId.eq(plan.source_id))
            .exec(on)
            .await
            .map_err(to_domain)?;
        lineage::Entity::delete_many()
            .filter(lineage::Column::ChildId.is_in(ids))
            .exec(on)
            .await
            .map_err(to_domain)?;
    }
    // An ontology name is an address too, unless another condition already has it.
    for (rank, slug, id) in std::mem::take(&mut plan.aliases) {
        if plan.known.slugs.insert((rank.clone(), slug.clone())) {
            plan.slugs.push(condition_slug::ActiveModel {
                rank: Set(rank),
                slug: Set(slug),
                condition_id: Set(id),
            });
        }
    }
    for rows in plan.slugs.chunks(CHUNK) {
        insert(condition_slug::Entity::insert_many(rows.to_vec()), on).await?;
    }
    for rows in plan.synonyms.chunks(CHUNK) {
        insert(synonym::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for rows in plan.codes.chunks(CHUNK) {
        insert(code::Entity::insert_many(rows.to_vec()), on).await?;
        done += rows.len() as u64;
        progress.step(done, total);
    }
    for rows in edges(plan).chunks(CHUNK) {
        insert(lineage::Entity::insert_many(rows.to_vec()), on).await?;
    }
    retire(on, withdrawn, plan.source_id, plan.now).await
}

fn edges(plan: &Plan) -> Vec<lineage::ActiveModel> {
    let mut edges = Vec::new();
    for (child, rank, sort_key, parents) in &plan.edges {
        let mut placed = HashSet::new();
        for (index, parent) in parents.iter().enumerate() {
            let Some(parent) = plan.ids.get(parent) else {
                continue;
            };
            if parent != child && placed.insert(*parent) {
                edges.push(lineage::ActiveModel {
                    child_id: Set(*child),
                    parent_id: Set(*parent),
                    child_rank: Set(rank.clone()),
                    child_sort_key: Set(sort_key.clone()),
                    position: Set(position(index)),
                });
            }
        }
    }
    edges
}

async fn retire<C: ConnectionTrait>(
    on: &C,
    withdrawn: &Withdrawn,
    source_id: Uuid,
    now: i64,
) -> Result<()> {
    for (id, replacement) in &withdrawn.rows {
        condition::ActiveModel {
            id: Set(*id),
            withdrawn: Set(true),
            merged_into: Set(*replacement),
            updated_at: Set(now),
            ..Default::default()
        }
        .update(on)
        .await
        .map_err(to_domain)?;
    }
    for (id, curie) in &withdrawn.codes {
        let row = code::ActiveModel {
            condition_id: Set(*id),
            system: Set(curie.system.prefix().to_owned()),
            value: Set(curie.value.clone()),
            position: Set(position(CodeSystem::ALL.len())),
            source_id: Set(source_id),
        };
        code::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(on)
            .await
            .map_err(to_domain)?;
    }
    Ok(())
}

async fn insert<A, C>(statement: sea_orm::InsertMany<A>, on: &C) -> Result<()>
where
    A: ActiveModelTrait,
    C: ConnectionTrait,
{
    statement
        .exec_without_returning(on)
        .await
        .map(|_| ())
        .map_err(to_domain)
}

/// Names sort by their folded form; a name without letter or digit comes last.
fn sort_key(name: &str) -> String {
    let key = text::fold(name);
    if key.is_empty() { "~".to_owned() } else { key }
}

fn position(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

/// What a change of the term would change on the page.
fn fingerprint(term: &ConditionTerm, curated: Option<&str>) -> String {
    let described = serde_json::json!([
        term.name,
        curated,
        term.summary,
        term.definition,
        term.is_family,
        term.synonyms,
        term.codes,
        term.parents,
    ]);
    let hash = Sha256::digest(described.to_string().as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
