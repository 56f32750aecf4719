//! A condition as Markdown, in the format of the starter catalogue (`server/starter/conditions`).

use std::fmt::Write as _;

use domain::{
    catalogue::Scope,
    wiki::{Provenance, Reference, SectionKind},
};
use serde::Serialize;

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
            let source = source.replace("--", "-");
            let _ = write!(page, "<!-- Imported from {source}, {year}, {url} -->\n\n");
        }
        let _ = writeln!(page, "{}", lowered(&text.markdown, 3));
    }
    if !texts.tips.is_empty() {
        let _ = write!(page, "\n## {}\n", SectionKind::Tips.title());
    }
    for (name, markdown) in &texts.tips {
        let _ = write!(page, "\n### {name}\n\n{}\n", lowered(markdown, 4));
    }
    page
}

/// A text none of whose headings is above a level: those above belong to the page.
fn lowered(markdown: &str, highest: usize) -> String {
    let mut fence: Option<&str> = None;
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.trim().lines() {
        let bare = line.trim_start();
        match fence {
            Some(mark) if bare.starts_with(mark) => fence = None,
            None => {
                fence = ["```", "~~~"]
                    .into_iter()
                    .find(|mark| bare.starts_with(mark));
            }
            Some(_) => {}
        }
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = (1..highest).contains(&marks) && line[marks..].starts_with(' ');
        if heading && fence.is_none() {
            text.push_str(&"#".repeat(highest - marks));
        } else if heading {
            // Within code the level is what was meant; a space keeps it from being read as one.
            text.push(' ');
        }
        text.push_str(line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::lowered;

    #[test]
    fn headings_of_texts_stay_below_those_of_the_page() {
        let text = "# One\n\n## Two\n\n#tag\n\n```\n## code\n```\n\n### Three\n";
        let expected = "### One\n\n### Two\n\n#tag\n\n```\n ## code\n```\n\n### Three";
        assert_eq!(lowered(text, 3), expected);
        assert_eq!(lowered("### Three", 4), "#### Three");
    }
}
