//! Small releases of a catalogue, written by hand.

use domain::catalogue::{CatalogueImport, Code, ConditionTerm, Scope, SourceRelease, Synonym};

/// A code in any spelling.
pub(crate) fn code(text: &str) -> Code {
    text.parse()
        .unwrap_or_else(|()| panic!("{text} is no code"))
}

/// One term under way.
#[derive(Clone)]
pub(crate) struct Term(ConditionTerm);

/// A condition without anything but its name.
pub(crate) fn term(curie: &str, name: &str) -> Term {
    Term(ConditionTerm {
        curie: code(curie),
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
        line: 1,
    })
}

/// A term that only groups others.
pub(crate) fn group(curie: &str, name: &str) -> Term {
    let mut term = term(curie, name);
    term.0.is_family = true;
    term
}

/// A term that the source has withdrawn.
pub(crate) fn obsolete(curie: &str, name: &str) -> Term {
    let mut term = term(curie, name);
    term.0.withdrawn = true;
    term
}

impl Term {
    pub(crate) fn display(mut self, name: &str) -> Self {
        self.0.display_name = Some(name.to_owned());
        self
    }

    pub(crate) fn slug(mut self, slug: &str) -> Self {
        self.0.slug = Some(slug.to_owned());
        self
    }

    pub(crate) fn summary(mut self, text: &str) -> Self {
        self.0.summary = Some(text.to_owned());
        self
    }

    pub(crate) fn definition(mut self, text: &str) -> Self {
        self.0.definition = Some(text.to_owned());
        self
    }

    pub(crate) fn synonym(self, name: &str) -> Self {
        self.scoped(name, Scope::Exact)
    }

    pub(crate) fn scoped(mut self, name: &str, scope: Scope) -> Self {
        let name = name.to_owned();
        self.0.synonyms.push(Synonym { name, scope });
        self
    }

    /// Adds a name that the source has given up.
    pub(crate) fn formerly(mut self, name: &str) -> Self {
        self.0.former_names.push(name.to_owned());
        self
    }

    pub(crate) fn code(mut self, text: &str) -> Self {
        self.0.codes.push(code(text));
        self
    }

    /// Adds a parent.
    pub(crate) fn under(mut self, curie: &str) -> Self {
        self.0.parents.push(code(curie));
        self
    }

    pub(crate) fn replaced_by(mut self, curie: &str) -> Self {
        self.0.replaced_by = Some(code(curie));
        self
    }

    pub(crate) fn line(mut self, line: u64) -> Self {
        self.0.line = line;
        self
    }
}

/// How a source is credited in tests.
pub(crate) fn credit(name: &str) -> SourceRelease {
    SourceRelease {
        name: name.to_owned(),
        release: "2026-01-01".to_owned(),
        licence: "CC0 1.0".to_owned(),
        attribution: format!("From {name}."),
        url: "https://example.org/".to_owned(),
    }
}

/// A release under way.
#[derive(Clone)]
pub(crate) struct Release(CatalogueImport);

/// A release of the source "Mondo".
pub(crate) fn mondo(terms: impl IntoIterator<Item = Term>) -> Release {
    release("Mondo", terms)
}

/// A release of another source.
pub(crate) fn release(source: &str, terms: impl IntoIterator<Item = Term>) -> Release {
    let terms: Vec<ConditionTerm> = terms.into_iter().map(|term| term.0).collect();
    Release(CatalogueImport {
        source: credit(source),
        read: terms.len() as u64,
        terms,
        display_names: [].into(),
        everyday_names: [].into(),
        refused: Vec::new(),
        complete: false,
    })
}

impl Release {
    /// Adds a curated display name.
    pub(crate) fn named(mut self, curie: &str, name: &str) -> Self {
        self.0.display_names.insert(code(curie), name.to_owned());
        self
    }

    /// Adds a curated everyday name.
    pub(crate) fn everyday(mut self, curie: &str, name: &str) -> Self {
        let names = self.0.everyday_names.entry(code(curie)).or_default();
        names.push(name.to_owned());
        self
    }

    /// What it does not contain is withdrawn.
    pub(crate) fn complete(mut self) -> Self {
        self.0.complete = true;
        self
    }

    pub(crate) fn dated(mut self, release: &str) -> Self {
        release.clone_into(&mut self.0.source.release);
        self
    }
}

impl From<Release> for CatalogueImport {
    fn from(release: Release) -> Self {
        release.0
    }
}
