//! What a participant takes home, against the JSON schema that HL7 publishes of FHIR R4.

use std::{fs::File, io::Read};

use flate2::read::GzDecoder;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{
    registry_data::Family,
    registry_fhir::{faults, resources},
    test_data,
};

const SCHEMA: &str = "fhir/r4-fhir.schema.json.gz";

/// What checks resources of a type.
fn checks(definitions: &Value, kind: &str) -> Validator {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-06/schema#",
        "$ref": format!("#/definitions/{kind}"),
        "definitions": definitions,
    });
    jsonschema::validator_for(&schema).unwrap()
}

#[tokio::test]
async fn every_bundle_is_valid() {
    let Some(path) = test_data::file(SCHEMA) else {
        return;
    };
    let mut text = String::new();
    let file = File::open(path).unwrap();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let definitions = &schema["definitions"];
    let kinds = [
        "Bundle",
        "Patient",
        "RelatedPerson",
        "Condition",
        "Observation",
        "Consent",
    ];
    let validators = kinds.map(|kind| (kind, checks(definitions, kind)));
    let wrong = |resource: &Value| -> Vec<String> {
        let kind = resource["resourceType"].as_str().unwrap();
        let (_, validator) = validators
            .iter()
            .find(|(known, _)| *known == kind)
            .unwrap_or_else(|| panic!("{kind}"));
        validator
            .iter_errors(resource)
            .map(|error| format!("{kind}{}: {error}", error.instance_path()))
            .collect()
    };
    let family = Family::enrolled().await;
    for (name, _) in &family.people {
        let bundle = family.bundle(name).await;
        for resource in std::iter::once(&bundle).chain(resources(&bundle)) {
            assert_eq!(wrong(resource), Vec::<String>::new(), "{name}");
        }
        assert_eq!(faults(&bundle), Vec::<String>::new(), "{name}");
    }
    // It is no schema that everything fits.
    let mut bundle = family.bundle("adult").await;
    bundle["entry"][0]["resource"]["birthday"] = json!("1984-03-27");
    assert!(!wrong(&bundle["entry"][0]["resource"]).is_empty());
    assert!(!wrong(&bundle).is_empty());
    bundle["entry"][0]["resource"] = json!({ "resourceType": "Patient", "birthDate": "27.3.1984" });
    assert!(!wrong(&bundle["entry"][0]["resource"]).is_empty());
}
