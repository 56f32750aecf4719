//! Structured data for search engines (schema.org, health and life sciences extension).

use domain::catalogue::Condition;
use serde_json::{Value, json};

use crate::{context::services, ui::breadcrumbs};

/// A `MedicalWebPage` about the condition, and the way to it.
pub(super) fn condition(condition: &Condition) -> Vec<Value> {
    let services = services();
    let origin = &services.site.identity().public_url;
    let url = format!("{origin}/communities/{}", condition.slug);
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
    let description = condition.summary.as_ref().or(condition.definition.as_ref());
    let page = json!({
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": condition.name,
        "url": url,
        "dateModified": condition.updated,
        "inLanguage": "en",
        "audience": "https://schema.org/Patient",
        "about": {
            "@type": "MedicalCondition",
            "name": condition.name,
            "alternateName": names,
            "description": description,
            "code": codes,
        },
    });
    let mut steps = vec![("Conditions".to_owned(), "/conditions".to_owned())];
    if let Some(family) = &condition.family {
        steps.push((
            family.name.clone(),
            format!("/conditions/families/{}", family.slug),
        ));
    }
    steps.push((
        condition.name.clone(),
        format!("/communities/{}", condition.slug),
    ));
    vec![page, breadcrumbs(origin, &steps)]
}
