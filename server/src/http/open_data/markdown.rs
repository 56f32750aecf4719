//! A condition as Markdown, in the format of the starter catalogue (`server/starter/conditions`).

use std::fmt::Write as _;

use domain::{
    catalogue::Scope,
    text::printable,
    wiki::{Provenance, Reference, SectionKind},
};
use serde::Serialize;
use storage::wiki::markdown::portable;

use super::Known;

/// What stands in TOML before the texts.
#[derive(Serialize)]
struct Front<'a> {
    curie: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ontology_name: Option<&'a str>,
    summary: &'a str,
    codes: Vec<String>,
    synonyms: Vec<Name<'a>>,
    references: Vec<&'a Reference>,
}

#[derive(Serialize)]
struct Name<'a> {
    name: &'a str,
    scope: Scope,
}

pub(super) fn write(known: &Known) -> String {
    let Known {
        condition,
        wiki,
        texts,
    } = known;
    let mut codes = condition.codes.iter().map(ToString::to_string);
    let front = Front {
        curie: codes.next().unwrap_or_default(),
        name: &condition.name,
        ontology_name: condition.ontology_name.as_deref(),
        summary: condition
            .summary
            .as_deref()
            .or(condition.definition.as_deref())
            .unwrap_or_default(),
        codes: codes.collect(),
        synonyms: condition
            .synonyms
            .iter()
            .map(|synonym| Name {
                name: &synonym.name,
                scope: synonym.scope,
            })
            .collect(),
        references: texts.references.iter().collect(),
    };
    let mut page = format!("+++\n{}+++\n", toml::to_string(&front).unwrap_or_default());
    for text in &texts.sections {
        // Writing to a String cannot fail.
        let _ = write!(page, "\n## {}\n\n", text.kind.title());
        let section = wiki.section(text.kind);
        if let Some(Provenance::Imported {
            source, year, url, ..
        }) = section.map(|s| &s.provenance)
        {
            let source = source.replace("--", "-").replace(['\n', '>'], " ");
            let url = url
                .replace("--", "-%2D")
                .replace('>', "%3E")
                .replace('\n', "");
            let _ = write!(page, "<!-- Imported from {source}, {year}, {url} -->\n\n");
        }
        let _ = writeln!(page, "{}", portable(&text.markdown, 3));
    }
    if !texts.tips.is_empty() {
        let _ = write!(page, "\n## {}\n", SectionKind::Tips.title());
    }
    for (name, markdown) in &texts.tips {
        let _ = write!(page, "\n### {name}\n\n{}\n", portable(markdown, 4));
    }
    printable(&page).into_owned()
}
