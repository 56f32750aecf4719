//! A participant in the words of FHIR R4 (HL7, 4.0.1): `Patient`, `RelatedPerson` where somebody else enrolled
//! them, `Condition` or `Observation`, and a `Consent` for each signature and for what is allowed.
//!
//! References are relative (`Patient/…`): they resolve against the `fullUrl` of their entry, which has the form
//! of an address on a server of FHIR (<https://hl7.org/fhir/R4/bundle.html#references>). There is none there.

mod consent;

use domain::{
    catalogue::{Code, CodeSystem},
    registry::{
        Enrolment, OwnData, Withdrawal,
        consent::{Meaning, Signature},
        screening::{
            Answer, ConditionAnswer, Contact, ForWhom, Question, Relationship, Screening, Status,
        },
    },
    time::Timestamp,
};
use serde_json::{Value, json};

const ROLES: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const ORPHANET: &str = "http://www.orpha.net";
const MONDO: &str = "http://purl.obolibrary.org/obo/mondo.owl";
const LANGUAGES: &str = "urn:ietf:bcp:47";

/// What a bundle is made of.
#[derive(Clone, Copy)]
pub(super) struct Participant<'a> {
    pub(super) data: &'a OwnData,
    /// Of the account that enrolled them.
    pub(super) email: &'a str,
    /// Of their condition, where the catalogue has it.
    pub(super) codes: &'a [Code],
    /// The site's public address.
    pub(super) site: &'a str,
    pub(super) now: Timestamp,
}

impl Participant<'_> {
    /// Everything of one participant.
    pub(super) fn bundle(self) -> Value {
        let mut resources = vec![self.patient()];
        resources.extend(self.related_person());
        resources.extend(self.condition());
        resources.extend(self.consents());
        let entries: Vec<Value> = resources
            .into_iter()
            .map(|resource| {
                let of = |name: &str| resource[name].as_str().unwrap_or_default().to_owned();
                let (kind, id) = (of("resourceType"), of("id"));
                let url = format!("{}/registry/fhir/{kind}/{id}", self.site);
                json!({ "fullUrl": url, "resource": resource })
            })
            .collect();
        json!({
            "resourceType": "Bundle",
            "type": "collection",
            "timestamp": self.now.rfc3339(),
            "entry": entries,
        })
    }

    fn enrolment(&self) -> &Enrolment {
        &self.data.own.enrolment
    }

    fn screening(&self) -> &Screening {
        &self.enrolment().screening
    }

    fn pseudonym(&self) -> &str {
        &self.data.own.pseudonym
    }

    /// Nobody gets anything new any more.
    fn has_left(&self) -> bool {
        self.enrolment().withdrawn >= Some(Withdrawal::NoNewUse)
    }

    fn id(&self, of: &str) -> String {
        format!("{}-{of}", self.pseudonym())
    }

    fn patient_reference(&self) -> Value {
        json!({ "reference": format!("Patient/{}", self.pseudonym()) })
    }

    /// Who acts for the participant; the participant where nobody does.
    fn speaker(&self) -> Value {
        match self.relationship() {
            Some(_) => json!({ "reference": format!("RelatedPerson/{}", self.id("proxy")) }),
            None => self.patient_reference(),
        }
    }

    fn relationship(&self) -> Option<Relationship> {
        match self.screening().answer(Question::Relationship) {
            Some(Answer::Relationship(relationship)) => Some(*relationship),
            _ => None,
        }
    }

    /// The name that somebody has signed with last.
    fn name(&self, meanings: &[Meaning]) -> Option<Value> {
        let mut signatures = self.enrolment().signatures.iter().rev();
        let found = signatures.find(|signature| meanings.contains(&signature.meaning));
        found.map(|Signature { name, .. }| json!([{ "text": name }]))
    }

    /// How who enrolled can be reached.
    fn telecom(&self) -> Option<Value> {
        match self.screening().answer(Question::Contact) {
            Some(Answer::Contact(Contact::Phone(number))) => {
                Some(json!([{ "system": "phone", "value": number }]))
            }
            Some(Answer::Contact(Contact::Email)) => {
                Some(json!([{ "system": "email", "value": self.email }]))
            }
            _ => None,
        }
    }

    /// In which language one writes to who enrolled.
    fn communication(&self) -> Option<Value> {
        match self.screening().answer(Question::Language) {
            Some(Answer::Language(language)) => {
                let coding = json!([{ "system": LANGUAGES, "code": language.code(), "display": language.label() }]);
                Some(json!([{ "language": { "coding": coding }, "preferred": true }]))
            }
            _ => None,
        }
    }

    fn patient(self) -> Value {
        let mut patient = json!({
            "resourceType": "Patient",
            "id": self.pseudonym(),
            "identifier": [{
                "system": format!("{}/registry", self.site),
                "value": self.pseudonym(),
            }],
            "active": !self.has_left(),
        });
        put(
            &mut patient,
            "name",
            self.name(&[Meaning::OwnConsent, Meaning::Assent]),
        );
        let for_whom = self.screening().for_whom();
        if for_whom == Some(ForWhom::Myself) {
            put(&mut patient, "telecom", self.telecom());
            put(&mut patient, "communication", self.communication());
        }
        if let Some(Answer::BirthDate(born)) = self.screening().answer(Question::BirthDate) {
            put(&mut patient, "birthDate", Some(json!(born.to_string())));
        }
        if let Some(Answer::Country(country)) = self.screening().answer(Question::Country) {
            let address = json!([{ "country": country.code() }]);
            put(&mut patient, "address", Some(address));
        }
        if for_whom == Some(ForWhom::Deceased) {
            put(&mut patient, "deceasedBoolean", Some(json!(true)));
        }
        patient
    }

    /// Who enrolled somebody else.
    fn related_person(self) -> Option<Value> {
        let relationship = self.relationship()?;
        let mut spoken = json!({ "text": relationship.label() });
        if let Some(code) = relationship.role_code() {
            spoken["coding"] = json!([{ "system": ROLES, "code": code }]);
        }
        let mut person = json!({
            "resourceType": "RelatedPerson",
            "id": self.id("proxy"),
            "patient": self.patient_reference(),
            "relationship": [spoken],
        });
        let meanings = [
            Meaning::ParentalPermission,
            Meaning::RepresentativeConsent,
            Meaning::NextOfKinConsent,
        ];
        put(&mut person, "name", self.name(&meanings));
        put(&mut person, "telecom", self.telecom());
        put(&mut person, "communication", self.communication());
        Some(person)
    }

    /// What somebody has, or carries.
    fn condition(self) -> Option<Value> {
        let (Some(Answer::Status(status)), Some(Answer::Condition(condition))) = (
            self.screening().answer(Question::Status),
            self.screening().answer(Question::Condition),
        ) else {
            return None;
        };
        let named = self.named(condition);
        let verification = match status {
            Status::Affected => "confirmed",
            Status::Suspected => "provisional",
            Status::Undiagnosed => "unconfirmed",
            // A `Condition` is of who has it, and a carrier is well: it is a finding about them.
            Status::Carrier => return Some(self.carried(&named)),
        };
        let mut condition = json!({
            "resourceType": "Condition",
            "id": self.id("condition"),
            "verificationStatus": { "coding": [{ "system": VERIFICATION, "code": verification }] },
            "code": named,
            "subject": self.patient_reference(),
            "asserter": self.speaker(),
        });
        // None of its codes says that somebody has died.
        if self.screening().for_whom() != Some(ForWhom::Deceased) {
            let clinical = json!({ "coding": [{ "system": CLINICAL, "code": "active" }] });
            put(&mut condition, "clinicalStatus", Some(clinical));
        }
        Some(condition)
    }

    fn carried(self, named: &Value) -> Value {
        json!({
            "resourceType": "Observation",
            "id": self.id("carrier"),
            "status": "final",
            "code": { "text": "Carrier of a changed gene for this condition, without being ill" },
            "subject": self.patient_reference(),
            "performer": [self.speaker()],
            "valueCodeableConcept": named,
        })
    }

    /// A condition: its name, and its codes where there are any.
    fn named(&self, condition: &ConditionAnswer) -> Value {
        let link = match condition {
            ConditionAnswer::Listed(link) => link,
            ConditionAnswer::Described(words) => return json!({ "text": words }),
            ConditionAnswer::None => return json!({ "text": "No diagnosis yet" }),
        };
        let mut coding = vec![json!({
            "system": format!("{}/communities", self.site),
            "code": link.slug,
            "display": link.name,
        })];
        coding.extend(self.codes.iter().filter_map(|code| match code.system {
            CodeSystem::Orpha => Some(json!({ "system": ORPHANET, "code": code.value })),
            CodeSystem::Mondo => {
                let code = format!("MONDO:{}", code.value);
                Some(json!({ "system": MONDO, "code": code }))
            }
            _ => None,
        }));
        json!({ "coding": coding, "text": link.name })
    }
}

/// FHIR has no empty values: what there is nothing of is left out.
fn put(resource: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        resource[name] = value;
    }
}
