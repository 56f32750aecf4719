//! Structured data for search engines (schema.org, health and life sciences extension).

use domain::{
    text::shorten,
    wiki::{Provenance, SectionKind},
};
use serde_json::{Value, json};

use super::{api::ConditionView, paths};
use crate::page::breadcrumbs;

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

/// What is not known is left out: schema.org has no `null`, and an empty list says nothing.
fn without_gaps(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (name, without_gaps(member)))
            .filter(|(_, member)| {
                !member.is_null() && member.as_array().is_none_or(|l| !l.is_empty())
            })
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(without_gaps)
            .filter(|item| !item.is_null())
            .collect(),
        other => other,
    }
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

/// The words of HTML that the sanitiser has written: so many characters of them, and some more.
fn plain(html: &str, enough: usize) -> String {
    let mut text = String::with_capacity(html.len());
    // Numbers of references are no words.
    let mut cites = false;
    for piece in html.split('<') {
        // Behind the first one each begins with a tag.
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        let ends = tag.strip_prefix('/') == Some("sup");
        cites = (cites && !ends) || tag == "sup";
        if !cites && !words.is_empty() {
            text.push_str(words);
            text.push(' ');
        }
        // No character takes more than six bytes here: "&quot;".
        if text.len() > enough * 6 + 6 {
            break;
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let told = json!({
            "name": "a", "description": null, "code": [], "about": {"text": null, "number": 0},
            "citation": [null, {"url": null, "name": "b"}],
        });
        assert_eq!(
            without_gaps(told),
            json!({ "name": "a", "about": {"number": 0}, "citation": [{"name": "b"}] })
        );
    }

    #[test]
    fn markup_is_not_told() {
        let html = "<p>A <em>gene</em><sup><a href=\"#x\">1</a></sup> &lt;b&gt; &amp;lt;</p>\n<ul>\n<li>one</li></ul>";
        assert_eq!(plain(html, 100), "A gene <b> &lt; one");
        assert_eq!(plain("no tags", 100), "no tags");
        let long = "<p>word</p>".repeat(10_000);
        assert!((100..2_000).contains(&plain(&long, 100).len()));
    }
}
