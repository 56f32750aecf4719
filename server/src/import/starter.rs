//! The catalogue that comes with the program: what a new installation shows before anybody has
//! imported anything. Its files lie in `server/starter` and are embedded into the binary.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    catalogue::{CatalogueImport, Code, ConditionTerm, Scope, SourceRelease, Synonym},
    text::is_slug,
    wiki::{Reference, SectionDraft, SectionKind, WikiDraft},
};
use serde::{Deserialize, de::DeserializeOwned};
use storage::wiki::markdown::headings;

use super::ImportError;

/// How a line begins that says from which source the text below it was imported.
const PROVENANCE: &str = "<!-- Imported from ";

#[derive(Debug, rust_embed::Embed)]
#[folder = "starter/"]
struct Files;

/// The starter catalogue with its texts.
#[derive(Clone, Debug)]
pub struct Starter {
    /// Conditions and families.
    pub catalogue: CatalogueImport,
    /// What the wiki says of them, by the condition's own identifier.
    pub wiki: Vec<(Code, WikiDraft)>,
}

/// The front matter of `conditions/{slug}.md`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionFile {
    curie: String,
    name: String,
    ontology_name: Option<String>,
    summary: String,
    #[serde(default)]
    codes: Vec<String>,
    #[serde(default)]
    parents: Vec<String>,
    #[serde(default)]
    synonyms: Vec<SynonymEntry>,
    #[serde(default)]
    references: Vec<Reference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymEntry {
    name: String,
    scope: Scope,
}

/// `families.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamiliesFile {
    families: Vec<FamilyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyEntry {
    curie: String,
    name: String,
    ontology_name: Option<String>,
    #[serde(default)]
    parents: Vec<String>,
}

/// `display-names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesFile {
    names: BTreeMap<String, String>,
}

/// `everyday-names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EverydayNamesFile {
    names: BTreeMap<String, Vec<String>>,
}

/// A mistake in one of the files, before it is known in which.
struct Mistake {
    line: u64,
    problem: String,
}

type Checked<T> = Result<T, Mistake>;

/// The starter catalogue.
///
/// # Errors
///
/// One of the embedded files is not well-formed; a test of this module finds that first.
pub fn starter() -> Result<Starter, ImportError> {
    let mut terms = read("families.toml", families)?;
    let mut wiki = Vec::new();
    let names: BTreeSet<_> = Files::iter().collect();
    for path in names {
        let Some(slug) = path
            .strip_prefix("conditions/")
            .and_then(|name| name.strip_suffix(".md"))
        else {
            continue;
        };
        let (term, draft) = read(&path, |text| condition(slug, text))?;
        wiki.push((term.curie.clone(), draft));
        terms.push(term);
    }
    Ok(Starter {
        catalogue: CatalogueImport {
            source: SourceRelease {
                name: "RareShare starter catalogue".to_owned(),
                release: env!("CARGO_PKG_VERSION").to_owned(),
                licence: "CC BY 4.0, its own texts MIT OR Apache-2.0".to_owned(),
                attribution: "Names, codes and hierarchy: Mondo Disease Ontology, Monarch \
                              Initiative, CC BY 4.0. Summaries and texts: the RareShare project."
                    .to_owned(),
                url: String::new(),
            },
            read: terms.len() as u64,
            terms,
            display_names: display_names()?,
            everyday_names: everyday_names()?,
            refused: Vec::new(),
            complete: false,
        },
        wiki,
    })
}

/// The curated names: the ones that people use where the ontology's are others.
///
/// # Errors
///
/// The embedded file is not well-formed; a test of this module finds that first.
pub fn display_names() -> Result<BTreeMap<Code, String>, ImportError> {
    read("display-names.toml", |text| {
        toml::<NamesFile>(text, 1)?
            .names
            .into_iter()
            .map(|(curie, name)| Ok((code(&curie)?, name)))
            .collect()
    })
}

/// The curated everyday names: abbreviations and names in other languages that sources lack or
/// give to several conditions.
///
/// # Errors
///
/// The embedded file is not well-formed; a test of this module finds that first.
pub fn everyday_names() -> Result<BTreeMap<Code, Vec<String>>, ImportError> {
    read("everyday-names.toml", |text| {
        toml::<EverydayNamesFile>(text, 1)?
            .names
            .into_iter()
            .map(|(curie, names)| Ok((code(&curie)?, names)))
            .collect()
    })
}

/// Reads one embedded file; its mistakes get its name.
fn read<T>(path: &str, read: impl FnOnce(&str) -> Checked<T>) -> Result<T, ImportError> {
    let file = format!("starter/{path}");
    let Some(embedded) = Files::get(path) else {
        return Err(ImportError::Missing { file });
    };
    let Ok(text) = std::str::from_utf8(&embedded.data) else {
        return Err(ImportError::Encoding { file, line: 1 });
    };
    read(text).map_err(|mistake| ImportError::broken(&file, mistake.line, mistake.problem))
}

fn mistake(line: u64, problem: impl Into<String>) -> Mistake {
    Mistake {
        line,
        problem: problem.into(),
    }
}

/// TOML that begins in a line of its file.
fn toml<T: DeserializeOwned>(text: &str, first_line: u64) -> Checked<T> {
    toml::from_str(text).map_err(|error| {
        let before = error
            .span()
            .and_then(|span| text.get(..span.start))
            .unwrap_or_default();
        let line = first_line + before.matches('\n').count() as u64;
        mistake(line, error.message())
    })
}

fn code(text: &str) -> Checked<Code> {
    text.parse()
        .map_err(|()| mistake(1, format!("\"{text}\" is no known code")))
}

fn codes(texts: &[String]) -> Checked<Vec<Code>> {
    texts.iter().map(|text| code(text)).collect()
}

fn families(text: &str) -> Checked<Vec<ConditionTerm>> {
    toml::<FamiliesFile>(text, 1)?
        .families
        .into_iter()
        .map(|family| {
            Ok(ConditionTerm {
                curie: code(&family.curie)?,
                name: family.ontology_name.unwrap_or_else(|| family.name.clone()),
                display_name: Some(family.name),
                slug: None,
                summary: None,
                definition: None,
                synonyms: Vec::new(),
                former_names: Vec::new(),
                codes: Vec::new(),
                parents: codes(&family.parents)?,
                is_family: true,
                withdrawn: false,
                replaced_by: None,
                line: 1,
            })
        })
        .collect()
}

fn condition(slug: &str, text: &str) -> Checked<(ConditionTerm, WikiDraft)> {
    if !is_slug(slug) {
        return Err(mistake(1, "the name of the file cannot be an address"));
    }
    let text = text.replace("\r\n", "\n");
    let (front, body) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++"))
        .ok_or_else(|| mistake(1, "there is no front matter between two lines \"+++\""))?;
    let file: ConditionFile = toml(front, 2)?;
    let term = ConditionTerm {
        curie: code(&file.curie)?,
        name: file.ontology_name.unwrap_or_else(|| file.name.clone()),
        display_name: Some(file.name),
        slug: Some(slug.to_owned()),
        summary: Some(file.summary),
        definition: None,
        synonyms: file
            .synonyms
            .into_iter()
            .map(|entry| Synonym {
                name: entry.name,
                scope: entry.scope,
            })
            .collect(),
        former_names: Vec::new(),
        codes: codes(&file.codes)?,
        parents: codes(&file.parents)?,
        is_family: false,
        withdrawn: false,
        replaced_by: None,
        line: 1,
    };
    let first_line = front.matches('\n').count() as u64 + 3;
    let mut draft = body_parts(body, first_line)?;
    draft.references = file.references;
    Ok((term, draft))
}

/// The sections under their "## " headings; in the tips, each "### " heading is a name.
fn body_parts(body: &str, first_line: u64) -> Checked<WikiDraft> {
    let mut draft = WikiDraft::default();
    let mut open: Option<SectionKind> = None;
    let mut text = String::new();
    // Not every line that looks like a heading is one: it may be in code.
    let headings = headings(body);
    let mut lines = (first_line..).zip(body.split('\n')).zip(1..);
    // What follows the closing "+++" on its line.
    if let Some(((line, rest), _)) = lines.next()
        && !rest.trim().is_empty()
    {
        return Err(mistake(line, "something follows the closing \"+++\""));
    }
    for ((number, line), place) in lines {
        let heading = |marks: &str| {
            line.strip_prefix(marks)
                .filter(|_| headings.contains_key(&place))
        };
        if let Some(title) = heading("## ") {
            close(&mut draft, open, &mut text);
            let kind = SectionKind::ALL
                .into_iter()
                .find(|kind| kind.title().eq_ignore_ascii_case(title.trim()))
                .filter(|kind| kind.is_text() || *kind == SectionKind::Tips)
                .ok_or_else(|| mistake(number, format!("\"{title}\" is no section with a text")))?;
            if draft.sections.iter().any(|section| section.kind == kind) {
                return Err(mistake(number, format!("a second section \"{title}\"")));
            }
            open = Some(kind);
        } else if let (Some(SectionKind::Tips), Some(name)) = (open, heading("### ")) {
            close(&mut draft, open, &mut text);
            draft.tips.push((name.trim().to_owned(), String::new()));
        } else if line.starts_with(PROVENANCE) && text.trim().is_empty() && open.is_some() {
            // A file that the site has written says where a text is from. It is not part of it.
        } else {
            let between_headings =
                open.is_none() || (open == Some(SectionKind::Tips) && draft.tips.is_empty());
            if between_headings && !line.trim().is_empty() {
                return Err(mistake(number, "this text stands under no heading"));
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    close(&mut draft, open, &mut text);
    Ok(draft)
}

/// Puts a finished text where it belongs.
fn close(draft: &mut WikiDraft, open: Option<SectionKind>, text: &mut String) {
    // Space at the beginning of a line means something, empty lines do not.
    let text = std::mem::take(text);
    let markdown = text.trim_end();
    let start = markdown.len() - markdown.trim_start().len();
    let start = markdown[..start].rfind('\n').map_or(0, |end| end + 1);
    let markdown = markdown[start..].to_owned();
    match open {
        Some(SectionKind::Tips) => {
            if let Some((_, description)) = draft.tips.last_mut() {
                *description = markdown;
            }
        }
        Some(kind) if !markdown.is_empty() => draft.sections.push(SectionDraft { kind, markdown }),
        _ => {}
    }
}

#[cfg(test)]
#[path = "starter_tests.rs"]
mod tests;
