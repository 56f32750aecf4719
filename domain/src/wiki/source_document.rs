use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{HoldReason, SectionKind};
use crate::{
    catalogue::{Code, Refusal, SourceRelease, search_form, whole_form},
    text::fold,
};

/// What one page of a source says of one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDocument {
    /// The condition that it is filed under. Whether it tells about that one, [`KnownNames`] say.
    pub condition: Code,
    /// What the page itself says it is about.
    pub subject: String,
    /// Name of the source: "Genetic and Rare Diseases Information Center".
    pub source: String,
    /// Year of the text.
    pub year: i32,
    /// The source's own page, or nothing.
    pub url: String,
    /// Line of the file, from 1.
    pub line: u64,
    /// Its texts, at most one for each section.
    pub texts: Vec<SourceText>,
}

/// A text of a source for one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// The section.
    pub kind: SectionKind,
    /// Markdown.
    pub markdown: String,
    /// Of several documents with a text for a section, the one with the least is taken.
    pub rank: u32,
}

/// A file of texts to be read in. All of it is stored, or nothing.
#[derive(Clone, Debug)]
pub struct SectionsImport {
    /// Question and answer records read.
    pub read: u64,
    /// The pages.
    pub documents: Vec<SourceDocument>,
    /// What the reader could not take.
    pub refused: Vec<Refusal>,
    /// Whether the file as a whole has lost characters, so that any text may lack some.
    pub incomplete: bool,
    /// Credit for the whole file.
    pub source: SourceRelease,
}

/// What conditions are called, to tell whether a text is about one of them.
///
/// Codes do not tell: files map texts by codes that several conditions share.
#[derive(Clone, Debug, Default)]
pub struct KnownNames<K> {
    /// By folded name: whose it is, and whether it is the first one.
    owners: HashMap<String, Vec<(K, bool)>>,
    /// The first names as they are written.
    first: BTreeMap<K, Vec<String>>,
}

impl<K: Copy + Ord> KnownNames<K> {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self {
            owners: HashMap::new(),
            first: BTreeMap::new(),
        }
    }

    /// Adds a name: the first one (display name, the ontology's name), or an exact synonym.
    pub fn add(&mut self, condition: K, name: &str, is_first: bool) {
        let owners = self.owners.entry(fold(name)).or_default();
        match owners.iter_mut().find(|(owner, _)| *owner == condition) {
            Some((_, first)) => *first |= is_first,
            None => owners.push((condition, is_first)),
        }
        if is_first {
            self.first
                .entry(condition)
                .or_default()
                .push(name.to_owned());
        }
    }

    /// Whose name this is, as a whole: those whose first name it is, else those that have it among
    /// others.
    pub fn owners(&self, name: &str) -> Vec<K> {
        let owners = self.owners.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        let first = owners.iter().any(|(_, is_first)| *is_first);
        let owners = owners.iter().filter(|(_, is_first)| !first || *is_first);
        owners.map(|(owner, _)| *owner).collect()
    }

    /// Why a text about `subject` cannot be taken for one about this condition; `None` if it can.
    ///
    /// The subject must be a name of this condition and of no other. A name that is another's first
    /// one is that other's, and a name that differs from the condition's own by a number or by an
    /// age alone is a part of it, or the whole of which it is a part.
    pub fn hold(&self, condition: K, subject: &str) -> Option<HoldReason> {
        let reasons = readings(subject).map(|name| self.hold_name(condition, name));
        // "Von Hippel-Lindau disease (VHL)" may be read without what is in brackets.
        let mut best = None;
        for reason in reasons {
            match reason {
                None => return None,
                Some(HoldReason::OtherSubject) if best.is_some() => {}
                reason => best = reason,
            }
        }
        best
    }

    fn hold_name(&self, condition: K, subject: &str) -> Option<HoldReason> {
        let folded = fold(subject);
        let owners = self.owners.get(&folded).map_or(&[][..], Vec::as_slice);
        match owners.iter().find(|(owner, _)| *owner == condition) {
            None => Some(HoldReason::OtherSubject),
            Some((_, true)) => None,
            Some((_, false)) if owners.len() > 1 => Some(HoldReason::SharedName),
            Some((_, false)) => {
                let names = self.first.get(&condition)?;
                names
                    .iter()
                    .all(|name| is_part(name, subject))
                    .then_some(HoldReason::WholeOrPart)
            }
        }
    }
}

/// A subject as it stands, and without what is in brackets at its end.
fn readings(subject: &str) -> impl Iterator<Item = &str> {
    let without = subject
        .trim_end()
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .map(|(name, _)| name.trim_end())
        .filter(|name| !name.is_empty());
    std::iter::once(subject).chain(without)
}

/// Ages after which whole groups of forms are named.
const AGES: [&str; 8] = [
    "adult",
    "child",
    "childhood",
    "children",
    "infantile",
    "juvenile",
    "neonatal",
    "pediatric",
];

/// Words that add nothing to a name.
const EMPTY_WORDS: [&str; 8] = [
    "disease", "disorder", "form", "of", "onset", "syndrome", "the", "type",
];

/// Whether one of two names is the other with a number or an age.
fn is_part(one: &str, other: &str) -> bool {
    let words = |name: &str| -> BTreeSet<String> {
        whole_form(&search_form(name))
            .split(' ')
            .filter(|word| !EMPTY_WORDS.contains(word))
            .map(str::to_owned)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let narrows = |more: &BTreeSet<String>, less: &BTreeSet<String>| {
        let mut added = more.difference(less).peekable();
        less.is_subset(more)
            && added.peek().is_some()
            && added.all(|word| {
                AGES.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit())
            })
    };
    narrows(&one, &other) || narrows(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> KnownNames<u8> {
        let mut names = KnownNames::new();
        for (condition, name, is_first) in [
            (1, "Classic Hodgkin lymphoma", true),
            (1, "Hodgkin's disease", false),
            (2, "Hodgkin lymphoma", true),
            (1, "Hodgkin lymphoma", false),
            (3, "anencephaly 1", true),
            (3, "anencephaly", false),
            (4, "Crohn disease", true),
            (4, "Pediatric Crohn's disease", false),
            (5, "von Hippel-Lindau disease", true),
            (6, "glycogen storage disease II", true),
            (6, "Pompe disease", false),
            (7, "dent disease type 1", true),
            (7, "Dent disease I", false),
            (8, "anus cancer", true),
            (8, "anal cancer", false),
            (9, "anal carcinoma", true),
            (9, "anal cancer", false),
        ] {
            names.add(condition, name, is_first);
        }
        names
    }

    #[test]
    fn a_text_is_about_the_condition_that_its_subject_names() {
        let names = names();
        for (condition, subject) in [
            (1, "classic hodgkin LYMPHOMA"),
            (1, "Hodgkin’s disease"),
            (2, "Hodgkin Lymphoma"),
            (5, "Von Hippel-Lindau Disease (VHL)"),
            (6, "Pompe disease"),
            (7, "Dent disease I"),
        ] {
            assert_eq!(names.hold(condition, subject), None, "{subject}");
        }
    }

    #[test]
    fn what_names_another_condition_or_several_is_held() {
        use HoldReason::{OtherSubject, SharedName, WholeOrPart};
        let names = names();
        for (condition, subject, reason) in [
            (1, "Adult Non-Hodgkin Lymphoma", OtherSubject),
            (5, "VHL", OtherSubject),
            (5, "(VHL)", OtherSubject),
            (2, "", OtherSubject),
            // The first name of another condition.
            (1, "Hodgkin lymphoma", SharedName),
            (8, "Anal cancer (carcinoma)", SharedName),
            (3, "Anencephaly", WholeOrPart),
            (4, "Pediatric Crohn's disease", WholeOrPart),
        ] {
            assert_eq!(names.hold(condition, subject), Some(reason), "{subject}");
        }
    }
}
