//! Readers of the files that a catalogue is built from. They turn a file into one value of
//! `domain` ([`CatalogueImport`](domain::catalogue::CatalogueImport),
//! [`SectionsImport`](domain::wiki::SectionsImport), [`TrialsImport`](domain::trials::TrialsImport)) and store nothing: the whole file is read and
//! understood before the first row is written, so a broken file changes nothing.
//!
//! | file | reads |
//! |---|---|
//! | `lines` | lines of plain and gzip text, with progress and errors that name the line |
//! | `obo` | terms of an OBO file |
//! | `selection` | which terms become conditions |
//! | `release` | how the source of an OBO file is named and credited |
//! | `conditions` | an OBO file into conditions and families |
//! | `sections` | question and answer JSON lines into texts for sections |
//! | `flattened`, `questions`, `phenotypes` | one such answer into Markdown |
//! | `starter` | the catalogue that comes with the program |
//! | `trials`, `trials_record` | JSON of ClinicalTrials.gov into clinical trials |
//! | `report` | the table printed at the end |

mod conditions;
mod error;
mod flattened;
mod leftovers;
mod lines;
mod obo;
mod phenotypes;
mod questions;
mod release;
mod report;
mod sections;
mod selection;
mod starter;
mod trials;
mod trials_record;
#[cfg(test)]
mod trials_tests;

pub use conditions::read_conditions;
pub use error::ImportError;
pub use lines::MaxSize;
pub use release::SourceOverride;
pub use report::{
    lines as refusal_lines, refusals, refused_studies, study_lines, table, trials_table,
};
pub use sections::read_sections;
pub use selection::{Selection, SelectionError};
pub use starter::{Starter, display_names, everyday_names, starter};
pub use trials::{invented_study, read_trials};
