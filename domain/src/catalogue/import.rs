use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Code, Synonym};

/// A published release of a catalogue, as it must be credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRelease {
    /// "Mondo Disease Ontology".
    pub name: String,
    /// "2026-08-04".
    pub release: String,
    /// "CC BY 4.0".
    pub licence: String,
    /// The sentence that the licence asks to show.
    pub attribution: String,
    /// Home page of the source.
    pub url: String,
}

/// One term of a source: a condition, or a family when it only groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionTerm {
    /// The term's own identifier.
    pub curie: Code,
    /// The ontology's name.
    pub name: String,
    /// The name people use, where a curated one is known.
    pub display_name: Option<String>,
    /// The address to use if it is free, else one is made of the display name.
    pub slug: Option<String>,
    /// One or two plain sentences, only from the starter catalogue.
    pub summary: Option<String>,
    /// The ontology's definition.
    pub definition: Option<String>,
    /// Other names.
    pub synonyms: Vec<Synonym>,
    /// Names that the source has given up: search finds them, and no page shows them.
    pub former_names: Vec<String>,
    /// Codes of other systems.
    pub codes: Vec<Code>,
    /// Parents, whether they are in the source or not.
    pub parents: Vec<Code>,
    /// Whether it only groups others.
    pub is_family: bool,
    /// Whether the source has withdrawn it.
    pub withdrawn: bool,
    /// What the source names in its stead.
    pub replaced_by: Option<Code>,
    /// Line of the source where it begins, from 1.
    pub line: u64,
}

/// A whole release to be read in. All of it is stored, or nothing.
#[derive(Clone, Debug)]
pub struct CatalogueImport {
    /// What is being read.
    pub source: SourceRelease,
    /// Terms in the source, selected or not.
    pub read: u64,
    /// The selected conditions and the families above them.
    pub terms: Vec<ConditionTerm>,
    /// Curated display names.
    pub display_names: BTreeMap<Code, String>,
    /// Curated names and abbreviations that people use beside it.
    pub everyday_names: BTreeMap<Code, Vec<String>>,
    /// What the reader could not take.
    pub refused: Vec<Refusal>,
    /// Whether conditions of the same source that are missing from `terms` count as withdrawn.
    pub complete: bool,
}

/// One thing that an import did not take, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Line of the source, from 1.
    pub line: u64,
    /// What it was about.
    pub subject: String,
    /// Why, in plain words.
    pub reason: String,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Terms or records read.
    pub read: u64,
    /// Conditions selected, or texts that have a section to go to.
    pub selected: u64,
    /// Families kept for the tree.
    pub families: u64,
    /// Added.
    pub new: u64,
    /// Known and different.
    pub changed: u64,
    /// Known and the same.
    pub unchanged: u64,
    /// Withdrawn or replaced by the source.
    pub withdrawn: u64,
    /// Documents that wait for a moderator; `refused` tells which and why.
    pub held: u64,
    /// Not taken.
    pub refused: Vec<Refusal>,
}

/// Told how far a long task is.
pub trait Progress: Send + Sync {
    /// `done` of `total` steps are behind us.
    fn step(&self, done: u64, total: u64);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _done: u64, _total: u64) {}
}
