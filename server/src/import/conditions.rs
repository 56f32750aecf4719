use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, btree_map::Entry},
    path::Path,
};

use domain::catalogue::{CatalogueImport, Code, CodeSystem, ConditionTerm, Refusal, Synonym};

use super::{
    ImportError, Selection, SourceOverride,
    obo::{Mention, RawSynonym, Term, one_line, read_obo},
    release::source_release,
};

/// The longest name that is kept, in characters. The longest in Mondo has 408.
const LONGEST_NAME: usize = 500;

/// Reads an OBO file, plain or gzip. The terms that the selection fits become conditions, all terms
/// above them that are not selected become families, obsolete terms and alternative ids become
/// withdrawn terms. `progress` is told bytes of the file, done and in all.
///
/// # Errors
///
/// The file cannot be read, is no OBO file, one of its stanzas is broken, or nothing is selected.
pub fn read_conditions(
    path: &Path,
    selection: &Selection,
    display_names: BTreeMap<Code, String>,
    given: &SourceOverride,
    progress: impl Fn(u64, u64),
) -> Result<CatalogueImport, ImportError> {
    let ontology = read_obo(path, progress)?;
    let source = source_release(&ontology.header, given);
    let read = ontology.terms.len() as u64;
    let roles = roles(&ontology.terms, selection);
    if !roles.contains(&Role::Condition) {
        return Err(ImportError::NothingSelected {
            file: path.display().to_string(),
            read,
            selection: selection.to_string(),
        });
    }
    let mut reading = Reading {
        display_names: &display_names,
        terms: BTreeMap::new(),
        refused: Vec::new(),
    };
    for (term, role) in ontology.terms.iter().zip(&roles) {
        reading.take(term, *role);
    }
    // After all others, so that a term of the file is never hidden by an alternative id.
    for (term, role) in ontology.terms.iter().zip(&roles) {
        if *role == Role::Condition {
            reading.withdraw_alternatives(term);
        }
    }
    let Reading {
        terms, mut refused, ..
    } = reading;
    let mut terms: Vec<ConditionTerm> = terms.into_values().collect();
    terms.sort_by_key(|term| term.line);
    refused.sort_by_key(|refusal| refusal.line);
    Ok(CatalogueImport {
        source,
        read,
        terms,
        display_names,
        everyday_names: BTreeMap::new(),
        refused,
        complete: true,
    })
}

/// What becomes of a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Condition,
    Family,
    Withdrawn,
    /// Neither selected nor above something selected.
    None,
}

fn roles(terms: &[Term], selection: &Selection) -> Vec<Role> {
    let index: HashMap<&str, usize> = terms
        .iter()
        .enumerate()
        .map(|(at, term)| (term.id.as_str(), at))
        .collect();
    let mut roles: Vec<Role> = terms
        .iter()
        .map(|term| {
            let subsets: BTreeSet<&str> = term.subsets.iter().map(String::as_str).collect();
            if term.obsolete {
                Role::Withdrawn
            } else if selection.fits(&subsets) {
                Role::Condition
            } else {
                Role::None
            }
        })
        .collect();
    // Each term is put on the pile at most once, so a circle of is_a ends.
    let mut pile: Vec<usize> = (0..terms.len())
        .filter(|&at| roles[at] == Role::Condition)
        .collect();
    while let Some(at) = pile.pop() {
        for parent in &terms[at].parents {
            let Some(&above) = index.get(parent.id.as_str()) else {
                continue;
            };
            if roles[above] == Role::None {
                roles[above] = Role::Family;
                pile.push(above);
            }
        }
    }
    roles
}

struct Reading<'a> {
    display_names: &'a BTreeMap<Code, String>,
    terms: BTreeMap<Code, ConditionTerm>,
    refused: Vec<Refusal>,
}

impl Reading<'_> {
    fn refuse(&mut self, line: u64, subject: &str, reason: impl Into<String>) {
        self.refused.push(Refusal {
            line,
            subject: subject.to_owned(),
            reason: reason.into(),
        });
    }

    fn take(&mut self, term: &Term, role: Role) {
        if role == Role::None {
            return;
        }
        let Ok(curie) = term.id.parse::<Code>() else {
            // Nothing can lead to a withdrawn term that we could never have had.
            if role != Role::Withdrawn {
                let reason = "its id is of a system of codes that is not known here";
                self.refuse(term.line, &term.id, reason);
            }
            return;
        };
        let withdrawn = role == Role::Withdrawn;
        if !withdrawn && term.name.is_empty() {
            self.refuse(term.line, &term.id, "it has no name");
            return;
        }
        if term.name.chars().count() > LONGEST_NAME {
            let reason = format!("its name is longer than {LONGEST_NAME} characters");
            self.refuse(term.line, &term.id, reason);
            return;
        }
        if let Some(first) = self.terms.get(&curie).map(|first| first.line) {
            let reason = format!("it is another spelling of the id in line {first}");
            self.refuse(term.line, &term.id, reason);
            return;
        }
        let mut taken = empty(curie, &term.name, term.line);
        taken.withdrawn = withdrawn;
        taken.is_family = role == Role::Family;
        if withdrawn {
            taken.replaced_by = term
                .replaced_by
                .as_ref()
                .and_then(|mention| self.code(&term.id, mention));
        } else {
            taken.display_name = self.display_names.get(&taken.curie).cloned();
            taken.definition = term
                .definition
                .as_deref()
                .map(tidy)
                .filter(|text| !text.is_empty());
            taken.synonyms = self.synonyms(term);
            taken.codes = self.codes(&term.id, &term.xrefs);
            taken.codes.retain(|code| *code != taken.curie);
            // In the order of the file: the first parent is the ontology's main one.
            for parent in &term.parents {
                if let Some(code) = self.code(&term.id, parent)
                    && code != taken.curie
                    && !taken.parents.contains(&code)
                {
                    taken.parents.push(code);
                }
            }
        }
        self.terms.insert(taken.curie.clone(), taken);
    }

    /// Alternative ids are what is left of terms that were merged into this one.
    fn withdraw_alternatives(&mut self, term: &Term) {
        let Ok(curie) = term.id.parse::<Code>() else {
            return;
        };
        for mention in &term.alternative_ids {
            let Some(code) = self.code(&term.id, mention) else {
                continue;
            };
            match self.terms.entry(code) {
                Entry::Vacant(entry) => {
                    let mut taken = empty(entry.key().clone(), &term.name, mention.line);
                    taken.withdrawn = true;
                    taken.replaced_by = Some(curie.clone());
                    entry.insert(taken);
                }
                // The merged term is often kept as an obsolete stanza that names no replacement.
                Entry::Occupied(mut entry) if entry.get().withdrawn => {
                    entry
                        .get_mut()
                        .replaced_by
                        .get_or_insert_with(|| curie.clone());
                }
                Entry::Occupied(_) => {
                    let reason = format!("its alternative id {} is a term of its own", mention.id);
                    self.refuse(mention.line, &term.id, reason);
                }
            }
        }
    }

    /// The code of a mention. Systems that are not known, and those whose licences do not let us
    /// show their codes, are passed over; a malformed code of a known one is a refusal.
    fn code(&mut self, subject: &str, mention: &Mention) -> Option<Code> {
        let (prefix, _) = mention.id.split_once(':')?;
        CodeSystem::from_prefix(prefix)?;
        let code = mention.id.parse().ok();
        if code.is_none() {
            let reason = format!("\"{}\" is no possible code of {prefix}", mention.id);
            self.refuse(mention.line, subject, reason);
        }
        code
    }

    /// All codes once, by system.
    fn codes(&mut self, subject: &str, mentions: &[Mention]) -> Vec<Code> {
        let codes: BTreeSet<Code> = mentions
            .iter()
            .filter_map(|mention| self.code(subject, mention))
            .collect();
        codes.into_iter().collect()
    }

    /// Each name once, in whatever case, with its closest scope; the term's own name not at all.
    fn synonyms(&mut self, term: &Term) -> Vec<Synonym> {
        let mut sorted: Vec<&RawSynonym> = term.synonyms.iter().collect();
        sorted.sort_by_key(|synonym| synonym.scope);
        let mut seen = HashSet::from([term.name.to_lowercase()]);
        let mut synonyms = Vec::new();
        for synonym in sorted {
            if synonym.name.chars().count() > LONGEST_NAME {
                let reason = format!("a synonym is longer than {LONGEST_NAME} characters");
                self.refuse(synonym.line, &term.id, reason);
            } else if !synonym.name.is_empty() && seen.insert(synonym.name.to_lowercase()) {
                synonyms.push(Synonym {
                    name: synonym.name.clone(),
                    scope: synonym.scope,
                });
            }
        }
        synonyms
    }
}

/// A term of which nothing but the name is known.
fn empty(curie: Code, name: &str, line: u64) -> ConditionTerm {
    ConditionTerm {
        curie,
        name: name.to_owned(),
        display_name: None,
        slug: None,
        summary: None,
        definition: None,
        synonyms: Vec::new(),
        codes: Vec::new(),
        parents: Vec::new(),
        is_family: false,
        withdrawn: false,
        replaced_by: None,
        line,
    }
}

/// A definition on one line, with the names of relations in plain words: the Disease Ontology
/// writes "`located_in`", "`has_symptom`" and, by mistake, "`has_material_basis_inhomozygous`".
fn tidy(definition: &str) -> String {
    one_line(definition)
        .split(' ')
        .map(|word| {
            let relation = word.contains('_')
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || "_,;.()".contains(c));
            if !relation {
                return word.to_owned();
            }
            let plain = word.replace('_', " ");
            match plain.strip_prefix("has material basis in") {
                Some(rest) if rest.starts_with("homo") || rest.starts_with("compound") => {
                    format!("has material basis in {rest}")
                }
                _ => plain,
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
#[path = "conditions_tests.rs"]
mod tests;
