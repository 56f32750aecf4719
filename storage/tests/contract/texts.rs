//! Small collections of texts, written by hand.

use domain::wiki::{Reference, SectionDraft, SectionKind, SectionsImport, SourceText, WikiDraft};

use crate::release::{code, credit};

/// A text of the source "MedQuAD".
pub(crate) fn text(curie: &str, kind: SectionKind, markdown: &str) -> SourceText {
    SourceText {
        condition: code(curie),
        kind,
        markdown: markdown.to_owned(),
        source: "MedQuAD".to_owned(),
        year: 2017,
        url: "https://example.org/page".to_owned(),
        line: 1,
    }
}

/// A file of such texts.
pub(crate) fn sections(texts: impl IntoIterator<Item = SourceText>) -> SectionsImport {
    let texts: Vec<SourceText> = texts.into_iter().collect();
    SectionsImport {
        read: texts.len() as u64,
        texts,
        refused: Vec::new(),
        source: credit("MedQuAD"),
    }
}

/// Starter texts: sections, tips and keys of references.
pub(crate) fn draft(
    sections: &[(SectionKind, &str)],
    tips: &[(&str, &str)],
    references: &[&str],
) -> WikiDraft {
    WikiDraft {
        sections: sections
            .iter()
            .map(|(kind, markdown)| SectionDraft {
                kind: *kind,
                markdown: (*markdown).to_owned(),
            })
            .collect(),
        tips: tips
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect(),
        references: references
            .iter()
            .map(|key| Reference {
                key: (*key).to_owned(),
                title: format!("Title of {key}"),
                ..Reference::default()
            })
            .collect(),
    }
}
