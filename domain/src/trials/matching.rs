//! Which conditions of the catalogue a study is about.

use std::collections::{BTreeSet, HashMap};

use crate::{catalogue::Code, text::fold, wiki::KnownNames};

/// Names and codes of the catalogue, to find the conditions of a study.
#[derive(Clone, Debug)]
pub struct KnownConditions<K> {
    names: KnownNames<K>,
    codes: HashMap<Code, BTreeSet<K>>,
}

impl<K: Copy + Ord> KnownConditions<K> {
    /// With names and without codes.
    pub fn new(names: KnownNames<K>) -> Self {
        Self {
            names,
            codes: HashMap::new(),
        }
    }

    /// Adds a code.
    pub fn add_code(&mut self, condition: K, code: Code) {
        self.codes.entry(code).or_default().insert(condition);
    }

    /// The conditions that have one of these names or codes alone. A name counts as a whole:
    /// "Dana-Farber" is not Farber disease. One that several have counts for the one of them that has
    /// one of the codes, too; a code that several have says nothing by itself.
    pub fn of<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        codes: impl IntoIterator<Item = &'a Code>,
    ) -> BTreeSet<K> {
        let mut found = BTreeSet::new();
        let mut of_codes: BTreeSet<K> = BTreeSet::new();
        for owners in codes.into_iter().filter_map(|code| self.codes.get(code)) {
            of_codes.extend(owners);
            if owners.len() == 1 {
                found.extend(owners);
            }
        }
        for name in names {
            // Signs alone are no name.
            if fold(name).is_empty() {
                continue;
            }
            match self.names.owners(name).as_slice() {
                [owner] => {
                    found.insert(*owner);
                }
                owners => {
                    let mut decided = owners.iter().filter(|owner| of_codes.contains(owner));
                    if let (Some(owner), None) = (decided.next(), decided.next()) {
                        found.insert(*owner);
                    }
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> KnownConditions<u8> {
        let mut names = KnownNames::new();
        for (condition, name, is_first) in [
            (1, "Multiple myeloma", true),
            (1, "plasma cell myeloma", true),
            (1, "Kahler's disease", false),
            (2, "Farber disease", true),
            (2, "ceramidase deficiency", false),
            (3, "anus cancer", true),
            (3, "anal cancer", false),
            (4, "anal carcinoma", true),
            (4, "anal cancer", false),
            (5, "Hodgkin lymphoma", true),
            (6, "Classic Hodgkin lymphoma", true),
            (6, "Hodgkin lymphoma", false),
            (7, "???", false),
        ] {
            names.add(condition, name, is_first);
        }
        let mut known = KnownConditions::new(names);
        for (condition, code) in [
            (1, "MESH:D009101"),
            (3, "MESH:D001005"),
            (5, "MESH:D006689"),
            (6, "MESH:D006689"),
        ] {
            known.add_code(condition, code.parse().unwrap());
        }
        known
    }

    fn found(names: &[&str], codes: &[&str]) -> Vec<u8> {
        let codes: Vec<Code> = codes.iter().map(|code| code.parse().unwrap()).collect();
        let found = known().of(names.iter().copied(), &codes);
        found.into_iter().collect()
    }

    #[test]
    fn whole_names_are_compared_however_they_are_written() {
        assert_eq!(found(&["MULTIPLE MYELOMA"], &[]), [1]);
        assert_eq!(found(&["Kahlers Disease", "Multiple myeloma"], &[]), [1]);
        assert_eq!(found(&["Multiple-Myeloma", "Farber Disease"], &[]), [1, 2]);
        for other in [
            "Refractory Multiple Myeloma",
            "Myeloma",
            "Dana-Farber Cancer Institute",
            "Farber",
            "Multiple Myeloma (MM)",
            "???",
            "",
        ] {
            assert!(found(&[other], &[]).is_empty(), "{other}");
        }
    }

    #[test]
    fn a_name_of_several_conditions_needs_a_code_that_decides() {
        assert!(found(&["Anal Cancer"], &[]).is_empty());
        assert_eq!(found(&["Anal Cancer"], &["MESH:D001005"]), [3]);
        assert!(found(&["Anal Cancer"], &["MESH:D006689"]).is_empty());
        // Whose first name it is has it.
        assert_eq!(found(&["Hodgkin Lymphoma"], &[]), [5]);
    }

    #[test]
    fn a_code_counts_where_one_condition_has_it() {
        assert_eq!(found(&["Neoplasms"], &["MESH:D009101"]), [1]);
        assert!(found(&["Neoplasms"], &["MESH:D006689"]).is_empty());
        assert!(found(&[], &["MESH:D999999"]).is_empty());
    }
}
