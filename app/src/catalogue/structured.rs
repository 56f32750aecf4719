//! Structured data for search engines (schema.org, health and life sciences extension).

use domain::{
    text::shorten,
    wiki::{Provenance, SectionKind},
};
use serde_json::{Value, json};

use super::{api::ConditionView, paths};
use crate::page::{breadcrumbs, plain, without_gaps};

/// How much of a section search engines are told, in characters: they read the rest on the page.
const EXCERPT: usize = 300;

/// A `MedicalWebPage` about the condition, and the way to it.
pub(super) fn condition(condition: &ConditionView) -> Vec<Value> {
    let origin = crate::context::services()
        .site
        .identity()
        .public_url
        .clone();
    let wiki = &condition.wiki;
    let url = format!("{origin}{}", paths::condition(&condition.slug));
    let names: Vec<&str> = condition
        .synonyms
        .iter()
        .map(|synonym| synonym.name.as_str())
        .collect();
    let codes: Vec<Value> = condition
        .codes
        .iter()
        .map(|code| {
            json!({
                "@type": "MedicalCode",
                "codingSystem": code.system.prefix(),
                "codeValue": code.value,
            })
        })
        .collect();
    let mut about = json!({
        "@type": "MedicalCondition",
        "name": condition.name,
        "alternateName": names,
        "description": condition.summary,
        "code": codes,
    });
    for (kind, property, class) in [
        (SectionKind::Cause, "cause", Some("MedicalCause")),
        (
            SectionKind::Symptoms,
            "signOrSymptom",
            Some("MedicalSignOrSymptom"),
        ),
        (
            SectionKind::DiagnosticTests,
            "typicalTest",
            Some("MedicalTest"),
        ),
        (
            SectionKind::Treatment,
            "possibleTreatment",
            Some("MedicalTherapy"),
        ),
        (SectionKind::Prognosis, "expectedPrognosis", None),
    ] {
        if let Some(section) = wiki.section(kind) {
            let text = shorten(&plain(section.html.as_str(), EXCERPT), EXCERPT);
            about[property] = match class {
                Some(class) => json!({ "@type": class, "description": text }),
                None => text.into(),
            };
        }
    }
    let mut page = json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": condition.name,
        "url": url,
        "dateModified": modified(condition),
        "inLanguage": "en",
        "audience": "https://schema.org/Patient",
        "about": about,
    });
    let reviews = wiki.sections.iter().filter_map(|s| s.review.as_ref());
    if let Some(review) = reviews.max_by(|a, b| a.day.iso.cmp(&b.day.iso)) {
        page["lastReviewed"] = review.day.iso.clone().into();
        if let Some(name) = &review.by {
            page["reviewedBy"] = json!({ "@type": "Person", "name": name });
        }
    }
    let mut shown = wiki
        .references
        .iter()
        .filter(|listed| listed.hidden.is_none())
        .map(|listed| &listed.reference)
        .peekable();
    if shown.peek().is_some() {
        let cited = shown.map(|reference| {
            json!({
                "@type": "CreativeWork",
                "name": reference.title,
                "url": reference.href(),
            })
        });
        page["citation"] = cited.collect();
    }
    let mut steps = vec![("Conditions".to_owned(), paths::CONDITIONS.to_owned())];
    if let Some(family) = &condition.family {
        steps.push((family.name.clone(), paths::family(&family.slug)));
    }
    steps.push((condition.name.clone(), paths::condition(&condition.slug)));
    vec![without_gaps(page), breadcrumbs(&origin, &steps)]
}

/// The day of the last change of names, codes or texts.
fn modified(condition: &ConditionView) -> String {
    let written = condition
        .wiki
        .sections
        .iter()
        .filter_map(|section| match &section.provenance {
            Provenance::Starter { date } | Provenance::Person { date, .. } => Some(&date.iso),
            Provenance::Imported { .. } => None,
        });
    written
        .max()
        .filter(|day| **day > condition.updated)
        .unwrap_or(&condition.updated)
        .clone()
}
