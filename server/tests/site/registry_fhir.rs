//! A participant in the words of FHIR R4, as the standard demands it. What HL7 publishes as JSON schema is asked
//! where there are real data.

use axum::http::StatusCode;
use domain::registry::{consent::DocumentFor, screening::ConsentForm};
use serde_json::{Value, json};

use crate::registry_data::Family;

/// What FHIR R4 demands and its JSON schema does not, because a schema cannot say it of a field that could
/// also be an extension: type, field, and the page that says so, below `https://hl7.org/fhir/R4/`.
const REQUIRED: &[(&str, &str, &str)] = &[
    ("Bundle", "type", "bundle.html"),
    ("Consent", "status", "consent.html"),
    ("Consent", "scope", "consent.html"),
    ("Consent", "category", "consent.html"),
    // Rule ppc-3: where it is about research.
    ("Consent", "patient", "consent.html"),
    // Rule ppc-1: this or `policyRule`.
    ("Consent", "policy", "consent.html"),
    ("RelatedPerson", "patient", "relatedperson.html"),
    ("Condition", "subject", "condition.html"),
    ("Observation", "status", "observation.html"),
    ("Observation", "code", "observation.html"),
];
/// Codes of value sets that FHIR binds as required or extensible.
const VALUES: &[(&str, &[&str])] = &[
    (
        "http://terminology.hl7.org/CodeSystem/consentscope",
        &["research"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/consentcategorycodes",
        &["research"],
    ),
    ("http://loinc.org", &["59284-0"]),
    (
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        &["active"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/condition-ver-status",
        &["confirmed", "provisional", "unconfirmed"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/v3-RoleCode",
        &["PRN", "GUARD", "HPOWATT", "SIGOTHR", "CHILD", "SIB"],
    ),
    (
        "http://terminology.hl7.org/CodeSystem/v3-ActReason",
        &["HRESCH"],
    ),
    ("http://www.orpha.net", &["29073"]),
];

/// The entries of a bundle.
pub(crate) fn resources(bundle: &Value) -> Vec<&Value> {
    let entries = bundle["entry"].as_array().unwrap();
    entries.iter().map(|entry| &entry["resource"]).collect()
}

fn of_kind<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let mut all = resources(bundle);
    all.retain(|resource| resource["resourceType"] == kind);
    all
}

/// What the standard demands besides its schema: fields, ids, references that resolve, no empty values, codes.
pub(crate) fn faults(bundle: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let urls: Vec<&str> = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["fullUrl"].as_str().unwrap())
        .collect();
    for resource in std::iter::once(bundle).chain(resources(bundle)) {
        let kind = resource["resourceType"].as_str().unwrap();
        for (_, field, page) in REQUIRED.iter().filter(|(of, ..)| *of == kind) {
            if resource[*field].is_null() {
                faults.push(format!("{kind} has no {field}: {page}"));
            }
        }
        if kind == "Bundle" {
            continue;
        }
        let id = resource["id"].as_str().unwrap_or_default();
        let fits = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'.';
        if !(1..=64).contains(&id.len()) || !id.bytes().all(fits) {
            faults.push(format!("{kind} has no id: {id}"));
        }
        let end = format!("/{kind}/{id}");
        if urls.iter().filter(|url| url.ends_with(&end)).count() != 1 {
            faults.push(format!("{kind} {id} has no address of its own"));
        }
        values(resource, kind, &urls, &mut faults);
    }
    for consent in of_kind(bundle, "Consent") {
        let root = &consent["provision"];
        if !root["type"].is_null() {
            faults.push("the root of a provision has a type".to_owned());
        }
        for rule in root["provision"].as_array().into_iter().flatten() {
            if !["permit", "deny"].contains(&rule["type"].as_str().unwrap_or_default()) {
                faults.push("a rule has no type".to_owned());
            }
        }
    }
    faults
}

fn values(value: &Value, at: &str, urls: &[&str], faults: &mut Vec<String>) {
    match value {
        Value::Array(items) if items.is_empty() => faults.push(format!("{at} is empty")),
        Value::Object(fields) if fields.is_empty() => faults.push(format!("{at} is empty")),
        Value::Null => faults.push(format!("{at} is null")),
        Value::String(text) if text.trim() != text || text.is_empty() => {
            faults.push(format!("{at}: “{text}”"));
        }
        Value::Array(items) => {
            for item in items {
                values(item, at, urls, faults);
            }
        }
        Value::Object(fields) => {
            if let Some(reference) = fields.get("reference").and_then(Value::as_str)
                && !urls
                    .iter()
                    .any(|url| url.ends_with(&format!("/{reference}")))
            {
                faults.push(format!("{at}: {reference} leads nowhere"));
            }
            let system = fields.get("system").and_then(Value::as_str);
            let known = VALUES.iter().find(|(known, _)| Some(*known) == system);
            if let (Some((_, codes)), Some(code)) = (known, fields.get("code"))
                && !codes.contains(&code.as_str().unwrap_or_default())
            {
                faults.push(format!("{at}: {code} is no code"));
            }
            for (name, field) in fields {
                values(field, &format!("{at}.{name}"), urls, faults);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn everybody_in_fhir_is_as_the_standard_demands() {
    let family = Family::enrolled().await;
    for (name, _) in &family.people {
        let bundle = family.bundle(name).await;
        assert_eq!(faults(&bundle), Vec::<String>::new(), "{name}: {bundle:#}");
        assert_eq!(bundle["type"], "collection");
        assert_eq!(of_kind(&bundle, "Patient").len(), 1, "{name}");
    }
    // What is wrong is found.
    let mut wrong = family.bundle("adult").await;
    wrong["entry"][1]["resource"]["subject"]["reference"] = json!("Patient/nobody");
    wrong["entry"][2]["resource"]["performer"] = json!([]);
    wrong["entry"][2]["resource"]["status"] = Value::Null;
    assert!(faults(&wrong).len() >= 4, "{:?}", faults(&wrong));
}

#[tokio::test]
async fn an_adult_is_told_in_fhir() {
    let family = Family::enrolled().await;
    let bundle = family.bundle("adult").await;
    let patient = of_kind(&bundle, "Patient")[0];
    assert_eq!(patient["birthDate"], "1984-03-27");
    assert_eq!(patient["name"][0]["text"], "Ada Lovelace");
    assert_eq!(patient["telecom"][0]["value"], "+49 30 901820");
    assert_eq!(patient["address"][0]["country"], "DE");
    assert_eq!(patient["active"], true);
    let spoken = &patient["communication"][0]["language"]["coding"][0];
    assert_eq!(spoken["code"], "fr");
    assert!(of_kind(&bundle, "RelatedPerson").is_empty());
    let condition = of_kind(&bundle, "Condition")[0];
    let systems: Vec<&str> = condition["code"]["coding"]
        .as_array()
        .unwrap()
        .iter()
        .map(|coding| coding["system"].as_str().unwrap())
        .collect();
    assert!(systems.contains(&"http://www.orpha.net"), "{systems:?}");
    let consents = of_kind(&bundle, "Consent");
    assert_eq!(consents.len(), 2);
    assert_eq!(consents[0]["performer"][0]["display"], "Ada Lovelace");
    // The text that was signed is where it says, for everybody and to the letter.
    let document = consents[0]["policy"][0]["uri"].as_str().unwrap();
    let path = document.strip_prefix("https://rareshare.example").unwrap();
    let text = family.site.get(path).await;
    assert_eq!(text.status, StatusCode::OK, "{path}");
    let templates = server::consent::templates().unwrap();
    let adult = DocumentFor::Consent(ConsentForm::Adult);
    let adult = templates.iter().find(|one| one.whom == adult).unwrap();
    assert_eq!(text.text(), adult.signed_text());

    let rules = consents[1]["provision"]["provision"].as_array().unwrap();
    let codes = |rule: &Value| -> Vec<String> {
        let codes = rule["code"].as_array().unwrap().iter();
        codes
            .filter_map(|code| code["coding"][0]["code"].as_str().map(str::to_owned))
            .collect()
    };
    let research = rules
        .iter()
        .find(|rule| !rule["purpose"].is_null())
        .unwrap();
    assert_eq!(research["type"], "permit");
    assert_eq!(
        codes(research),
        [
            "DUO:0000006",
            "DUO:0000046",
            "DUO:0000021",
            "DUO:0000022",
            "DUO:0000044",
            "DUO:0000025"
        ]
    );
    // Noon of the site is 23 November 2026: the last day is the one before.
    assert_eq!(research["period"]["end"], "2031-11-22");
    let organisations = rules.iter().find(|rule| codes(rule) == ["DUO:0000026"]);
    assert_eq!(organisations.unwrap()["type"], "permit");
}

#[tokio::test]
async fn a_child_a_carrier_and_the_dead_are_told_in_fhir() {
    let family = Family::enrolled().await;
    let bundle = family.bundle("child").await;
    let (patient, parent) = (
        of_kind(&bundle, "Patient")[0],
        of_kind(&bundle, "RelatedPerson")[0],
    );
    assert!(patient["telecom"].is_null(), "{patient}");
    assert_eq!(patient["name"][0]["text"], "Byron");
    assert_eq!(parent["name"][0]["text"], "Ada Lovelace");
    assert_eq!(parent["telecom"][0]["value"], "ada@example.org");
    assert_eq!(parent["relationship"][0]["coding"][0]["code"], "PRN");
    let signers: Vec<&str> = of_kind(&bundle, "Consent")
        .iter()
        .filter_map(|consent| consent["performer"][0]["reference"].as_str())
        .collect();
    assert!(signers[0].starts_with("RelatedPerson/"), "{signers:?}");
    assert!(signers[1].starts_with("Patient/"), "the child: {signers:?}");
    let condition = of_kind(&bundle, "Condition")[0];
    assert_eq!(
        condition["verificationStatus"]["coding"][0]["code"],
        "unconfirmed"
    );

    let carrier = family.bundle("carrier").await;
    assert!(of_kind(&carrier, "Condition").is_empty());
    let finding = of_kind(&carrier, "Observation")[0];
    assert_eq!(finding["valueCodeableConcept"]["text"], "Multiple myeloma");

    let dead = family.bundle("deceased").await;
    assert_eq!(of_kind(&dead, "Patient")[0]["deceasedBoolean"], true);
    let condition = of_kind(&dead, "Condition")[0];
    assert_eq!(condition["code"]["text"], "A name of their own");
    assert!(condition["clinicalStatus"].is_null(), "{condition}");
}

/// Of the consents.
fn statuses(bundle: &Value) -> Vec<String> {
    of_kind(bundle, "Consent")
        .iter()
        .map(|consent| consent["status"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_signature_that_another_has_replaced_holds_no_more() {
    let family = Family::enrolled().await;
    let mut texts = server::consent::templates().unwrap();
    let adult = DocumentFor::Consent(ConsentForm::Adult);
    let adult = texts.iter_mut().find(|one| one.whom == adult).unwrap();
    adult.version = 2;
    adult.parts[0].text.push_str(" There is more to know now.");
    let registry = family.site.storage.registry();
    let wrong = registry.put_up(std::slice::from_ref(adult)).await;
    assert_eq!(wrong, Ok(Vec::new()));
    family.signs(family.of("adult"), adult).await;
    let bundle = family.bundle("adult").await;
    assert_eq!(statuses(&bundle), ["inactive", "active", "active"]);
    let versions: Vec<_> = of_kind(&bundle, "Consent")[..2]
        .iter()
        .map(|consent| consent["policy"][0]["uri"].as_str().unwrap())
        .map(|document| document.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(versions, ["1", "2"]);
}

#[tokio::test]
async fn who_has_left_or_just_begun_is_told_in_fhir() {
    let family = Family::enrolled().await;
    let statuses = async |name: &str| statuses(&family.bundle(name).await);
    assert_eq!(statuses("silent").await, ["active", "active"]);
    assert_eq!(statuses("withdrawn").await, ["inactive", "inactive"]);
    assert_eq!(statuses("deleted").await, ["inactive", "inactive"]);
    assert_eq!(statuses("begun").await, [""; 0]);
    let silent = family.bundle("silent").await;
    let allowed = of_kind(&silent, "Consent")[1].clone();
    let rules = allowed["provision"]["provision"].as_array().unwrap();
    let contact = rules.iter().find(|rule| {
        let words = rule["code"][0]["text"].as_str().unwrap();
        words.starts_with("May we ask you if you want to take part in a study?")
    });
    assert_eq!(contact.unwrap()["type"], "deny");
    let deleted = family.bundle("deleted").await;
    let text = deleted.to_string();
    assert!(!text.contains("2024-05-05") && !text.contains("Multiple myeloma"));
    assert_eq!(of_kind(&deleted, "Patient")[0]["active"], false);
    assert_eq!(resources(&family.bundle("blank").await).len(), 1);
}
