//! Small collections of texts, written by hand.

use domain::wiki::{
    Reference, SectionDraft, SectionKind, SectionsImport, SourceDocument, SourceText, WikiDraft,
};

use crate::release::{code, credit};

/// A page of the source "MedQuAD" with one text. Its subject is what the tests call the condition.
pub(crate) fn text(curie: &str, kind: SectionKind, markdown: &str) -> SourceDocument {
    let subject = match curie {
        "MONDO:2" => "beta",
        "MONDO:3" => "gamma",
        "MONDO:7" => "former",
        _ => "alpha",
    };
    about(subject, curie, kind, markdown)
}

/// The same about something else.
pub(crate) fn about(
    subject: &str,
    curie: &str,
    kind: SectionKind,
    markdown: &str,
) -> SourceDocument {
    SourceDocument {
        condition: code(curie),
        subject: subject.to_owned(),
        source: "MedQuAD".to_owned(),
        year: 2017,
        url: format!("https://example.org/{}", curie.to_lowercase()),
        line: 1,
        texts: vec![SourceText {
            kind,
            markdown: markdown.to_owned(),
            rank: 0,
        }],
    }
}

/// A file of such texts.
pub(crate) fn sections(documents: impl IntoIterator<Item = SourceDocument>) -> SectionsImport {
    let documents: Vec<SourceDocument> = documents.into_iter().collect();
    SectionsImport {
        read: documents.len() as u64,
        documents,
        refused: Vec::new(),
        incomplete: false,
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
