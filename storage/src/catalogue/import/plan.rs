//! What an import will write.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use domain::{
    catalogue::{
        CodeSystem, ConditionTerm, ImportReport, Letter, Refusal, Scope, Synonym,
        is_logical_definition,
    },
    text,
};
use sea_orm::Set;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    super::{
        entity::{code, condition, condition_slug, synonym},
        names::{EVERYDAY, EVERYDAY_POSITION, SEARCHED_ONLY},
    },
    known::Known,
    position,
};

/// Everything to be written.
pub(super) struct Plan {
    pub(super) source_id: Uuid,
    pub(super) now: i64,
    pub(super) known: Known,
    /// Ids by CURIE, of known and new ones alike.
    pub(super) ids: HashMap<String, Uuid>,
    pub(super) inserted: Vec<condition::ActiveModel>,
    pub(super) updated: Vec<condition::ActiveModel>,
    pub(super) touched: HashSet<Uuid>,
    pub(super) slugs: Vec<condition_slug::ActiveModel>,
    pub(super) aliases: Vec<(String, String, Uuid)>,
    pub(super) synonyms: Vec<synonym::ActiveModel>,
    pub(super) codes: Vec<code::ActiveModel>,
    /// Child, its rank and sort key, CURIEs of its parents.
    pub(super) edges: Vec<(Uuid, String, String, Vec<String>)>,
    /// The same of what is unchanged: a parent that was missing may have come.
    pub(super) unchanged: Vec<(Uuid, String, String, Vec<String>)>,
    pub(super) seen: HashSet<String>,
}

impl Plan {
    pub(super) fn new(source_id: Uuid, now: i64, known: Known) -> Self {
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
            touched: HashSet::new(),
            slugs: Vec::new(),
            aliases: Vec::new(),
            synonyms: Vec::new(),
            codes: Vec::new(),
            edges: Vec::new(),
            unchanged: Vec::new(),
            seen: HashSet::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.updated.is_empty()
    }

    pub(super) fn add(
        &mut self,
        term: &ConditionTerm,
        curated: Option<String>,
        everyday: &[String],
        report: &mut ImportReport,
    ) {
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
        let fingerprint = fingerprint(term, curated.as_deref(), everyday);
        match existing {
            Some(row)
                if row.fingerprint == fingerprint
                    && row.source_id == self.source_id
                    && !row.withdrawn
                    // How names are written may have changed with the program.
                    && (row.name_curated || row.name == text::sentence_case(&term.name)) =>
            {
                report.unchanged += u64::from(!term.is_family);
                let parents = term.parents.iter().map(ToString::to_string).collect();
                self.unchanged
                    .push((row.id, row.rank, row.sort_key, parents));
            }
            Some(row) => {
                report.changed += u64::from(!term.is_family);
                self.change(term, curated, fingerprint, row);
                self.everyday_names(term, everyday);
            }
            None => {
                report.new += u64::from(!term.is_family);
                self.insert(term, curated, fingerprint);
                self.everyday_names(term, everyday);
            }
        }
    }

    fn insert(&mut self, term: &ConditionTerm, curated: Option<String>, fingerprint: String) {
        let id = Uuid::now_v7();
        let name_curated = curated.is_some();
        let name = curated.unwrap_or_else(|| text::sentence_case(&term.name));
        let rank = if term.is_family {
            "family"
        } else {
            "condition"
        };
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
            members: Set(0),
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
        let rank = if term.is_family {
            row.rank.as_str()
        } else {
            "condition"
        };
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
        self.touched.insert(id);
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
            definition: Set(term
                .definition
                .clone()
                .or(row.definition.filter(|old| !is_logical_definition(old)))),
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
                .filter(|(source, _)| *source != source_id && *source != EVERYDAY)
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
        self.aliases
            .push((rank.to_owned(), text::slug(&term.name), id));
        let names = std::iter::once(&ontology_name)
            .chain(&term.synonyms)
            .map(|synonym| (&synonym.name, synonym.scope.as_str()))
            .chain(term.former_names.iter().map(|name| (name, SEARCHED_ONLY)));
        for (index, (name, scope)) in names.enumerate() {
            let key = text::fold(name);
            if key.is_empty() || !keys.insert(key.clone()) {
                continue;
            }
            self.synonyms.push(synonym::ActiveModel {
                condition_id: Set(id),
                slug: Set(text::slug(name)),
                name: Set(name.clone()),
                name_key: Set(key),
                scope: Set(scope.to_owned()),
                position: Set(position(kept + index)),
                source_id: Set(source_id),
                ..Default::default()
            });
        }
        let mut codes = others(self.known.codes.get(&id));
        for code in &term.codes {
            if *code != term.curie && codes.insert(code.to_string()) {
                let order = CodeSystem::ALL
                    .iter()
                    .position(|system| *system == code.system);
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

    /// The everyday names that are not among the others of the condition that was just taken up.
    fn everyday_names(&mut self, term: &ConditionTerm, names: &[String]) {
        let Some(&id) = self.ids.get(&term.curie.to_string()) else {
            return;
        };
        let taken = |key: &str| {
            let planned = self.synonyms.iter().rev();
            planned
                .take_while(|row| row.condition_id == Set(id))
                .any(|row| row.name_key == Set(key.to_owned()))
                || self.known.synonyms.get(&id).is_some_and(|rows| {
                    let mut others = rows
                        .iter()
                        .filter(|(source, _)| *source != self.source_id && *source != EVERYDAY);
                    others.any(|(_, known)| known == key)
                })
        };
        let mut rows: Vec<synonym::ActiveModel> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let key = text::fold(name);
            let repeated = rows.iter().any(|row| row.name_key == Set(key.clone()));
            if key.is_empty() || repeated || taken(&key) {
                continue;
            }
            // People search for the gene in their report; it is no name of the condition.
            let scope = if name.ends_with(" gene") {
                SEARCHED_ONLY
            } else {
                Scope::Exact.as_str()
            };
            rows.push(synonym::ActiveModel {
                condition_id: Set(id),
                slug: Set(text::slug(name)),
                name: Set(name.clone()),
                name_key: Set(key),
                scope: Set(scope.to_owned()),
                position: Set(EVERYDAY_POSITION + position(index)),
                source_id: Set(EVERYDAY),
                ..Default::default()
            });
        }
        self.synonyms.extend(rows);
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
}

/// Names sort by their folded form; a name without letter or digit comes last.
pub(in crate::catalogue) fn sort_key(name: &str) -> String {
    let key = text::fold(name);
    if key.is_empty() { "~".to_owned() } else { key }
}

/// What a change of the term would change on the page.
fn fingerprint(term: &ConditionTerm, curated: Option<&str>, everyday: &[String]) -> String {
    let mut described = vec![serde_json::json!([
        term.name,
        curated,
        term.summary,
        term.definition,
        term.is_family,
        term.synonyms,
        term.codes,
        term.parents,
    ])];
    // Most terms have none of these: theirs are the fingerprints from before there were such names.
    if !term.former_names.is_empty() {
        described.push(serde_json::json!(term.former_names));
    }
    if !everyday.is_empty() {
        described.push(serde_json::json!({ "everyday": everyday }));
    }
    let described: String = described.iter().map(ToString::to_string).collect();
    let hash = Sha256::digest(described.as_bytes());
    hash.iter().fold(String::new(), |mut digits, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
