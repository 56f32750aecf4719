use std::{collections::BTreeMap, path::Path};

use domain::{
    catalogue::{Code, Refusal, SourceRelease},
    wiki::{SectionKind, SectionsImport, SourceDocument, SourceText},
};
use serde::Deserialize;

use super::{
    ImportError, MaxSize,
    flattened::{Layout, markdown},
    lines::Lines,
};

/// The longest text of one section, in bytes. The longest of the source has 60 kB.
const LONGEST_TEXT: usize = 100_000;

/// The texts were gathered from the institutes' pages in 2017 and 2018; the file does not say
/// which in which year, so each counts as of the later.
const YEAR: i32 = 2018;

/// A file of so many records without a character beyond ASCII has lost them on its way.
const TELLING: u64 = 100;

/// One line of the file: what one page of an institute says of one condition.
#[derive(Deserialize)]
struct Record {
    /// `null` where the makers of the file found no condition for the page.
    mondo: Option<String>,
    focus: String,
    source: String,
    url: Option<String>,
    sections: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    r#type: String,
    answer: String,
}

/// An institute whose pages are in the file.
struct Publisher {
    key: &'static str,
    name: &'static str,
    layout: Layout,
}

/// In the order in which their texts are preferred: the institutes that write about their own
/// field for people first, then the two general encyclopedias.
const PUBLISHERS: [Publisher; 6] = [
    Publisher {
        key: "NINDS",
        name: "National Institute of Neurological Disorders and Stroke",
        layout: Layout::Lines,
    },
    Publisher {
        key: "NHLBI",
        name: "National Heart, Lung, and Blood Institute",
        layout: Layout::Lines,
    },
    Publisher {
        key: "NIDDK",
        name: "National Institute of Diabetes and Digestive and Kidney Diseases",
        layout: Layout::NumberedLines,
    },
    Publisher {
        key: "CancerGov",
        name: "National Cancer Institute",
        layout: Layout::Lines,
    },
    Publisher {
        key: "GARD",
        name: "Genetic and Rare Diseases Information Center",
        layout: Layout::Prose,
    },
    Publisher {
        key: "GHR",
        name: "Genetics Home Reference",
        layout: Layout::Gaps,
    },
];

/// Where answers of a type go: section, place within it, and heading, if it is not what the
/// section is mainly about.
fn place(kind: &str, answer: &str) -> Option<(SectionKind, u8, Option<&'static str>)> {
    use SectionKind::{Cause, Description, DiagnosticTests, Prognosis, Symptoms, Treatment};
    Some(match kind {
        "information" => (Description, 0, None),
        "frequency" => (Description, 1, Some("How common it is")),
        "symptoms" => (Symptoms, 0, None),
        // Only where there are no symptoms.
        "complications" => (Symptoms, 1, None),
        "causes" => (Cause, 0, None),
        "genetic changes" => (Cause, 1, Some("Genetic changes")),
        "inheritance" => (Cause, 2, Some("Inheritance")),
        "susceptibility" => (Cause, 3, Some("Who is at risk")),
        "exams and tests" => (DiagnosticTests, 0, None),
        "stages" => (DiagnosticTests, 1, Some("Stages")),
        "treatment" => (Treatment, 0, None),
        "prevention" => (Treatment, 1, Some("Prevention")),
        "considerations" if answer.starts_with('-') => (Treatment, 3, Some("Points to remember")),
        "considerations" => (Treatment, 2, Some("What to do")),
        "outlook" => (Prognosis, 0, None),
        _ => return None,
    })
}

/// Reads question and answer records, one JSON object on each line, plain or gzip. `progress` is told
/// bytes, done and in all.
///
/// # Errors
///
/// The file cannot be read or one of its lines is no such record.
pub fn read_sections(
    path: &Path,
    max_size: MaxSize,
    progress: impl Fn(u64, u64),
) -> Result<SectionsImport, ImportError> {
    let mut lines = Lines::open(path, max_size, progress)?;
    let file = lines.file().to_owned();
    let mut reading = Reading::default();
    while let Some((line, text)) = lines.next()? {
        if text.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(text).map_err(|error| {
            let problem = error.to_string();
            // The library counts lines within the one that it is given.
            let problem = problem.split(" at line ").next().unwrap_or_default();
            let problem = format!("not a record: {problem} (column {})", error.column());
            ImportError::broken(&file, line, problem)
        })?;
        reading.take(record, line);
    }
    if reading.records == 0 {
        return Err(ImportError::Nothing {
            file,
            expected: "no record",
            lines: lines.number(),
        });
    }
    Ok(reading.finish())
}

#[derive(Default)]
struct Reading {
    records: u64,
    read: u64,
    documents: Vec<SourceDocument>,
    /// Whether some text has a character beyond ASCII.
    beyond_ascii: bool,
    refused: Vec<Refusal>,
    /// Answers that are left out on purpose, and the line of the first.
    research: (u64, u64),
    link_lists: (u64, u64),
}

impl Reading {
    fn refuse(&mut self, line: u64, subject: &str, reason: impl Into<String>) {
        self.refused.push(Refusal {
            line,
            subject: subject.to_owned(),
            reason: reason.into(),
        });
    }

    fn take(&mut self, record: Record, line: u64) {
        self.records += 1;
        self.read += record.sections.len() as u64;
        let mut texts = record.sections.iter().map(|section| &section.answer);
        self.beyond_ascii |= !record.focus.is_ascii() || texts.any(|text| !text.is_ascii());
        let condition = match record.mondo.as_deref().map(str::parse::<Code>) {
            Some(Ok(code)) => code,
            Some(Err(())) => {
                let id = record.mondo.unwrap_or_default();
                self.refuse(line, &record.focus, format!("\"{id}\" is no known code"));
                return;
            }
            None => {
                self.refuse(line, &record.focus, "it names no condition (mondo is null)");
                return;
            }
        };
        let (rank, publisher) = PUBLISHERS
            .iter()
            .enumerate()
            .find(|(_, publisher)| publisher.key == record.source)
            .map_or((PUBLISHERS.len(), None), |(rank, found)| {
                (rank, Some(found))
            });
        let rank = u32::try_from(rank).unwrap_or(u32::MAX);
        let url = record
            .url
            .filter(|url| is_web_address(url))
            .unwrap_or_default();
        let source = publisher.map_or(record.source.as_str(), |publisher| publisher.name);
        let mut texts = Vec::new();
        for (kind, parts) in self.parts(&record.sections, publisher, &record.focus, line) {
            let mut markdown = joined(&parts);
            let whole = markdown.len();
            if whole > LONGEST_TEXT {
                cut(&mut markdown);
                let (kept, kind) = (markdown.len(), kind.title());
                let reason = format!("{kind}: {whole} bytes, cut at a paragraph to {kept}");
                self.refuse(line, &record.focus, reason);
            }
            if !markdown.is_empty() {
                // First whether it is only about a side of the section, then the publisher.
                let side = !parts.iter().any(Part::is_main);
                texts.push(SourceText {
                    kind,
                    markdown,
                    rank: u32::from(side) << 8 | rank,
                });
            }
        }
        if !texts.is_empty() {
            self.documents.push(SourceDocument {
                condition,
                source: source.to_owned(),
                subject: record.focus,
                year: YEAR,
                url,
                line,
                texts,
            });
        }
    }

    /// The answers of a record as Markdown, by section and in their order within it.
    fn parts(
        &mut self,
        answers: &[Answer],
        publisher: Option<&Publisher>,
        focus: &str,
        line: u64,
    ) -> BTreeMap<SectionKind, Vec<Part>> {
        let layout = publisher.map_or(Layout::Lines, |publisher| publisher.layout);
        let has_symptoms = answers.iter().any(|answer| {
            answer.r#type == "symptoms" && !markdown(&answer.answer, layout, 3).is_empty()
        });
        let mut parts: BTreeMap<SectionKind, Vec<Part>> = BTreeMap::new();
        for answer in answers {
            let text = answer.answer.trim();
            // News of trials that have long ended.
            if answer.r#type == "research" {
                count(&mut self.research, line);
                continue;
            }
            // "These resources address the diagnosis or management of X:" and titles without links.
            if text.starts_with("These resources ") {
                count(&mut self.link_lists, line);
                continue;
            }
            let Some((kind, order, heading)) = place(&answer.r#type, text) else {
                let reason = format!("no section takes answers of the type \"{}\"", answer.r#type);
                self.refuse(line, focus, reason);
                continue;
            };
            if answer.r#type == "complications" && has_symptoms {
                continue;
            }
            let level = if heading.is_some() { 4 } else { 3 };
            let part = Part {
                order,
                heading,
                markdown: markdown(text, layout, level),
            };
            let of_kind = parts.entry(kind).or_default();
            if !part.markdown.is_empty() && !of_kind.contains(&part) {
                of_kind.push(part);
            }
        }
        parts.retain(|_, parts| !parts.is_empty());
        for parts in parts.values_mut() {
            parts.sort_by_key(|part| part.order);
        }
        parts
    }

    fn finish(mut self) -> SectionsImport {
        self.refused.sort_by_key(|refusal| refusal.line);
        let skipped = [
            (self.link_lists, "lists of links", "the links are missing"),
            (self.research, "news of research", "they are dated"),
        ];
        for ((number, line), what, why) in skipped {
            if number > 0 {
                let refusal = Refusal {
                    line,
                    subject: format!("{what} ({number})"),
                    reason: format!("left out because {why}; this is the first"),
                };
                // In front: only the first refusals are printed.
                self.refused.insert(0, refusal);
            }
        }
        SectionsImport {
            read: self.read,
            documents: self.documents,
            refused: self.refused,
            incomplete: self.records >= TELLING && !self.beyond_ascii,
            source: SourceRelease {
                name: "MedQuAD".to_owned(),
                release: "2019".to_owned(),
                licence: "CC BY 4.0".to_owned(),
                attribution: "Questions and answers: MedQuAD, CC BY 4.0; original text by the \
                              US National Institutes of Health."
                    .to_owned(),
                url: "https://github.com/abachaa/MedQuAD".to_owned(),
            },
        }
    }
}

/// A part of a section.
#[derive(PartialEq)]
struct Part {
    order: u8,
    heading: Option<&'static str>,
    markdown: String,
}

impl Part {
    /// Whether the section is about this in the first place. A page that only tells how a condition
    /// is inherited does not stand in the way of one that tells its cause.
    fn is_main(&self) -> bool {
        self.heading
            .is_none_or(|heading| heading == "Genetic changes")
    }
}

/// The parts under their headings, each heading once.
fn joined(parts: &[Part]) -> String {
    let mut text = String::new();
    let mut last = None;
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        if let Some(heading) = part.heading
            && last != Some(heading)
        {
            text.push_str("### ");
            text.push_str(heading);
            text.push_str("\n\n");
        }
        text.push_str(&part.markdown);
        last = part.heading;
    }
    text
}

/// Cuts a text that is too long at the last paragraph that fits; to nothing if none does.
fn cut(text: &mut String) {
    let mut end = LONGEST_TEXT;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let end = text[..end].rfind("\n\n").unwrap_or(0);
    text.truncate(end);
}

fn count((number, first): &mut (u64, u64), line: u64) {
    if *number == 0 {
        *first = line;
    }
    *number += 1;
}

fn is_web_address(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c))
    })
}

#[cfg(test)]
#[path = "sections_tests.rs"]
mod tests;
