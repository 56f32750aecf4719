use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, btree_map::Entry},
    path::Path,
};

use domain::catalogue::{
    CatalogueImport, Code, CodeSystem, ConditionTerm, Refusal, Synonym, given_up_name,
    is_logical_definition,
};

use super::{
    ImportError, MaxSize, Selection, SourceOverride,
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
/// The file cannot be read, is no OBO file, is larger than `max_size`, one of its stanzas is broken,
/// nothing is selected, or all that is selected is refused.
pub fn read_conditions(
    path: &Path,
    selection: &Selection,
    display_names: BTreeMap<Code, String>,
    given: &SourceOverride,
    max_size: MaxSize,
    progress: impl Fn(u64, u64),
) -> Result<CatalogueImport, ImportError> {
    let ontology = read_obo(path, max_size, progress)?;
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
    if !terms.iter().any(|term| !term.withdrawn && !term.is_family) {
        let file = path.display().to_string();
        return Err(ImportError::NothingUsable { file, refused });
    }
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
    let subsets: Vec<BTreeSet<&str>> = terms
        .iter()
        .map(|term| term.subsets.iter().map(String::as_str).collect())
        .collect();
    let mut roles: Vec<Role> = terms
        .iter()
        .zip(&subsets)
        .map(|(term, subsets)| {
            if term.obsolete {
                Role::Withdrawn
            } else if selection.fits(subsets) {
                Role::Condition
            } else {
                Role::None
            }
        })
        .collect();
    // What is only taken below something else that is.
    let below: Vec<usize> = (0..terms.len())
        .filter(|&at| {
            let taken = |parent: &Mention| {
                let above = index.get(parent.id.as_str());
                above.is_some_and(|&above| {
                    roles[above] == Role::Condition
                        && selection.fits_below(&subsets[at], &subsets[above])
                })
            };
            roles[at] == Role::None && terms[at].parents.iter().any(taken)
        })
        .collect();
    for at in below {
        roles[at] = Role::Condition;
    }
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
                .filter(|text| !is_logical_definition(text))
                .map(tidy)
                .filter(|text| !text.is_empty());
            (taken.synonyms, taken.former_names) = self.names(term);
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
        let (prefix, value) = mention.id.split_once(':')?;
        let system = CodeSystem::from_prefix(prefix)?;
        if system == CodeSystem::Icd11 && value.bytes().all(|b| b.is_ascii_digit()) {
            // An entity of the foundation, which is no code.
            return None;
        }
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
    /// Then the names that the source has given up and does not have as others.
    fn names(&mut self, term: &Term) -> (Vec<Synonym>, Vec<String>) {
        let mut sorted: Vec<&RawSynonym> = term.synonyms.iter().collect();
        sorted.sort_by_key(|synonym| synonym.scope);
        let mut seen = HashSet::from([term.name.to_lowercase()]);
        let mut synonyms = Vec::new();
        let mut given_up = Vec::new();
        for synonym in sorted {
            if synonym.name.chars().count() > LONGEST_NAME {
                let reason = format!("a synonym is longer than {LONGEST_NAME} characters");
                self.refuse(synonym.line, &term.id, reason);
            } else if let Some(name) = given_up_name(&synonym.name) {
                given_up.push(name);
            } else if !synonym.name.is_empty() && seen.insert(synonym.name.to_lowercase()) {
                synonyms.push(Synonym {
                    name: synonym.name.clone(),
                    scope: synonym.scope,
                });
            }
        }
        let former = given_up
            .into_iter()
            .filter(|name| !name.is_empty() && seen.insert(name.to_lowercase()))
            .map(str::to_owned)
            .collect();
        (synonyms, former)
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
        former_names: Vec::new(),
        codes: Vec::new(),
        parents: Vec::new(),
        is_family: false,
        withdrawn: false,
        replaced_by: None,
        line,
    }
}

/// A definition on one line, with the names of relations in plain words: the Disease Ontology
/// writes "`located_in`" and "`has_symptom`".
fn tidy(definition: &str) -> String {
    one_line(definition)
        .split(' ')
        .map(|word| {
            let relation = word.contains('_')
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || "_,;.()".contains(c));
            if relation {
                word.replace('_', " ")
            } else {
                word.to_owned()
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
#[path = "conditions_tests.rs"]
mod tests;
