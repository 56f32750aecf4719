//! Studies that are read in from files of a register.

use std::collections::{BTreeMap, btree_map::Entry};

use serde::Serialize;

use super::{NctId, Trial};
use crate::catalogue::Code;

/// A study as it is read in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Study {
    /// What is shown of it.
    pub trial: Trial,
    /// What it calls the conditions that it is about, and the MeSH terms that the register has found
    /// for them.
    pub names: Vec<String>,
    /// Codes of those terms.
    pub codes: Vec<Code>,
}

/// A study that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedStudy {
    /// The file.
    pub file: String,
    /// Its place in the file, from 1.
    pub study: u64,
    /// Its number, where it has one.
    pub subject: String,
    /// Why, in plain words.
    pub reason: String,
}

/// Studies of one or more files, to be read in. All of them are stored, or nothing.
#[derive(Clone, Debug, Default)]
pub struct TrialsImport {
    studies: BTreeMap<NctId, Study>,
    /// How many were in the files.
    pub read: u64,
    /// How many were there more than once.
    pub repeated: u64,
    /// Those that cannot be used.
    pub refused: Vec<RefusedStudy>,
}

impl TrialsImport {
    /// Takes a study. Of two with the same number, as pages have them whose search has moved on, the
    /// one with the later date counts, else the one that was read later.
    pub fn add(&mut self, study: Study) {
        match self.studies.entry(study.trial.id.clone()) {
            Entry::Vacant(place) => {
                place.insert(study);
            }
            Entry::Occupied(mut place) => {
                self.repeated += 1;
                if !study.is_older_than(place.get().updated_key().as_str()) {
                    place.insert(study);
                }
            }
        }
    }

    /// The studies, by number.
    pub fn studies(&self) -> impl Iterator<Item = &Study> {
        self.studies.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.studies.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.studies.is_empty()
    }
}

impl Study {
    /// The date of the last update as it sorts; empty where there is none.
    pub fn updated_key(&self) -> String {
        let updated = self.trial.updated.map(|date| date.to_string());
        updated.unwrap_or_default()
    }

    /// Whether it is what the register said before the date that is known, as
    /// [`updated_key`](Self::updated_key) writes it. Without a date nobody can tell.
    pub fn is_older_than(&self, known: &str) -> bool {
        let own = self.updated_key();
        !own.is_empty() && own.as_str() < known && !known.starts_with(&own)
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrialsReport {
    /// Studies in the files.
    pub read: u64,
    /// Added.
    pub new: u64,
    /// Known and different.
    pub changed: u64,
    /// Known and the same, or known as of a later date.
    pub unchanged: u64,
    /// In the files more than once.
    pub repeated: u64,
    /// Stored, and about no condition of the catalogue.
    pub unmatched: u64,
    /// Not taken.
    pub refused: Vec<RefusedStudy>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{time::PartialDate, trials::TrialStatus};

    fn study(title: &str, updated: &str) -> Study {
        Study {
            trial: Trial {
                id: NctId::parse("NCT00000001").unwrap(),
                title: title.to_owned(),
                status: TrialStatus::Unknown,
                study_type: None,
                phases: Vec::new(),
                least_age: None,
                most_age: None,
                ages: Vec::new(),
                sex: None,
                countries: Vec::new(),
                updated: PartialDate::parse(updated),
                sponsor: None,
            },
            names: Vec::new(),
            codes: Vec::new(),
        }
    }

    #[test]
    fn of_two_with_one_number_the_later_one_counts() {
        for (first, second, title) in [
            ("2024-03-15", "2024-03-14", "first"),
            ("2024-03-15", "2024-03-15", "second"),
            ("2024-03-15", "2024-04", "second"),
            // The month of the day may be the same day.
            ("2024-03-15", "2024-03", "second"),
            ("2024-03", "2024-02-29", "first"),
            ("2024-03-15", "", "second"),
            ("", "2024", "second"),
        ] {
            let mut import = TrialsImport::default();
            import.add(study("first", first));
            import.add(study("second", second));
            let titles = import.studies().map(|study| study.trial.title.as_str());
            assert_eq!(titles.collect::<Vec<_>>(), [title], "{first} {second}");
            assert_eq!((import.len(), import.repeated), (1, 1));
        }
    }
}
