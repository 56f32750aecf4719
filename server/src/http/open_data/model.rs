//! What the JSON of a condition says.

use domain::{
    catalogue::{Code, ConditionLink, FamilyLink, Scope, SourceRelease},
    wiki::{Provenance, SectionKind},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::Known;

/// A condition and all that is known about it.
#[derive(Serialize, ToSchema)]
#[schema(title = "Condition")]
pub(super) struct OpenCondition {
    /// Address of the page.
    url: String,
    /// Last part of that address. Stable.
    #[schema(example = "multiple-myeloma")]
    slug: String,
    /// The name that people use.
    name: String,
    /// The ontology's name, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    ontology_name: Option<String>,
    /// One or two plain sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    /// The ontology's definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    definition: Option<String>,
    /// Other names.
    names: Vec<OpenName>,
    /// Codes in other systems; the first is the condition's own.
    codes: Vec<OpenCode>,
    /// Families that it belongs to.
    families: Vec<OpenLink>,
    /// More general conditions.
    parents: Vec<OpenLink>,
    /// More specific conditions.
    children: Vec<OpenLink>,
    /// What has been written, in the order of the page.
    sections: Vec<OpenSection>,
    /// What helped others.
    tips: Vec<OpenTip>,
    /// The works that the texts cite, by number.
    references: Vec<OpenReference>,
    /// Where names, codes and hierarchy come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<OpenSource>,
    /// Day of the last change of names and codes.
    #[schema(format = Date)]
    updated: String,
}

/// Another name.
#[derive(Serialize, ToSchema)]
#[schema(title = "Name")]
struct OpenName {
    name: String,
    /// How close it is: `exact`, `narrow`, `broad` or `related` (OBO synonym scopes).
    scope: NameScope,
}

/// How close a name is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(title = "Scope")]
enum NameScope {
    Exact,
    Narrow,
    Broad,
    Related,
}

/// A code in another system.
#[derive(Serialize, ToSchema)]
#[schema(title = "Code")]
struct OpenCode {
    /// For example `ORPHA`.
    system: &'static str,
    value: String,
    /// Its page at the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Another page of this site.
#[derive(Serialize, ToSchema)]
#[schema(title = "Link")]
struct OpenLink {
    name: String,
    url: String,
}

/// A section.
#[derive(Serialize, ToSchema)]
#[schema(title = "Section")]
struct OpenSection {
    /// For example `cause`.
    kind: &'static str,
    title: &'static str,
    /// As it was written: CommonMark, with `[@key]` for references.
    markdown: String,
    /// As it is shown.
    html: String,
    /// Number of its revision, by which it can be cited for ever.
    revision: i64,
    revision_url: String,
    provenance: OpenProvenance,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<OpenReview>,
}

/// Where a text comes from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase", tag = "kind")]
#[schema(title = "Provenance")]
enum OpenProvenance {
    /// Written by the project.
    Starter {
        #[schema(format = Date)]
        date: String,
    },
    /// Taken from a source, and not reviewed.
    Imported {
        source: String,
        year: i32,
        url: String,
        /// Whether characters may be missing from it.
        incomplete: bool,
    },
    /// Written by a member, who is named if they show their name to everybody.
    Member {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[schema(format = Date)]
        date: String,
    },
}

/// The last review by an expert.
#[derive(Serialize, ToSchema)]
#[schema(title = "Review")]
struct OpenReview {
    /// The reviewer, where they show their name to everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[schema(format = Date)]
    date: String,
    /// When the next one is due.
    #[schema(format = Date)]
    due: String,
    /// What ties the reviewer to products or firms, in their words.
    interests: String,
    /// Whether the text is newer than the one that was reviewed.
    is_outdated: bool,
}

/// A tip.
#[derive(Serialize, ToSchema)]
#[schema(title = "Tip")]
struct OpenTip {
    name: String,
    markdown: String,
    html: String,
    /// How many people say that it helped them.
    helped: u32,
}

/// A work that is cited.
#[derive(Serialize, ToSchema)]
#[schema(title = "Reference")]
struct OpenReference {
    /// Its number in the texts.
    number: usize,
    /// Its name in the Markdown: `[@key]`.
    key: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doi: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pmid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    isbn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// A release of a catalogue, as it must be credited.
#[derive(Serialize, ToSchema)]
#[schema(title = "Source")]
struct OpenSource {
    name: String,
    release: String,
    licence: String,
    attribution: String,
    url: String,
}

impl OpenCondition {
    pub(super) fn of(known: Known, origin: &str) -> Self {
        let Known {
            condition,
            wiki,
            texts,
        } = known;
        let url = format!("{origin}/communities/{}", condition.slug);
        let pages = |links: Vec<ConditionLink>| {
            let link = |link: ConditionLink| OpenLink {
                url: format!("{origin}/communities/{}", link.slug),
                name: link.name,
            };
            links.into_iter().map(link).collect()
        };
        let family = |link: FamilyLink| OpenLink {
            url: format!("{origin}/conditions/families/{}", link.slug),
            name: link.name,
        };
        let name = |synonym: domain::catalogue::Synonym| OpenName {
            name: synonym.name,
            scope: match synonym.scope {
                Scope::Exact => NameScope::Exact,
                Scope::Narrow => NameScope::Narrow,
                Scope::Broad => NameScope::Broad,
                Scope::Related => NameScope::Related,
            },
        };
        let sections = wiki.sections.into_iter().filter(|s| s.kind.is_text());
        let sections = sections
            .map(|section| {
                let text = texts.sections.iter().find(|text| text.kind == section.kind);
                OpenSection {
                    kind: section.kind.as_str(),
                    title: SectionKind::title(section.kind),
                    markdown: text.map(|text| text.markdown.clone()).unwrap_or_default(),
                    html: section.html.as_str().to_owned(),
                    revision: section.revision,
                    revision_url: format!("{url}/revisions/{}", section.revision),
                    provenance: provenance(section.provenance),
                    review: section.review.map(|review| OpenReview {
                        name: review.by,
                        date: review.day.iso,
                        due: review.due.iso,
                        interests: review.interests,
                        is_outdated: review.older.is_some(),
                    }),
                }
            })
            .collect();
        let tips = wiki.tips.into_iter().zip(texts.tips);
        let tips = tips
            .map(|(tip, (_, markdown))| OpenTip {
                name: tip.name,
                markdown,
                html: tip.html.as_str().to_owned(),
                helped: tip.helped,
            })
            .collect();
        let references = wiki.references.into_iter().enumerate();
        let references = references
            .filter(|(_, listed)| listed.hidden.is_none())
            .map(|(index, listed)| OpenReference {
                number: index + 1,
                key: listed.reference.key,
                title: listed.reference.title,
                source: listed.reference.source,
                year: listed.reference.year,
                doi: listed.reference.doi,
                pmid: listed.reference.pmid,
                isbn: listed.reference.isbn,
                url: listed.reference.url,
            })
            .collect();
        Self {
            url,
            slug: condition.slug,
            name: condition.name,
            ontology_name: condition.ontology_name,
            summary: condition.summary,
            definition: condition.definition,
            names: condition.synonyms.into_iter().map(name).collect(),
            codes: condition.codes.into_iter().map(code).collect(),
            families: condition.families.into_iter().map(family).collect(),
            parents: pages(condition.parents),
            children: pages(condition.children),
            sections,
            tips,
            references,
            source: condition.source.map(source),
            updated: condition.updated,
        }
    }
}

fn code(code: Code) -> OpenCode {
    OpenCode {
        system: code.system.prefix(),
        url: code.url(),
        value: code.value,
    }
}

fn provenance(provenance: Provenance) -> OpenProvenance {
    match provenance {
        Provenance::Starter { date } => OpenProvenance::Starter { date: date.iso },
        Provenance::Imported {
            source,
            year,
            url,
            incomplete,
        } => OpenProvenance::Imported {
            source,
            year,
            url,
            incomplete,
        },
        Provenance::Person { name, date } => OpenProvenance::Member {
            name,
            date: date.iso,
        },
    }
}

fn source(source: SourceRelease) -> OpenSource {
    OpenSource {
        name: source.name,
        release: source.release,
        licence: source.licence,
        attribution: source.attribution,
        url: source.url,
    }
}
