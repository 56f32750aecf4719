//! What was signed and what is allowed, as `Consent` (<https://hl7.org/fhir/R4/consent.html>).

use app::registry::{ledger_words, paths};
use domain::registry::{
    LedgerEvent,
    consent::{DocumentFor, Meaning, Signature},
    permissions::{ContactWays, Permission, PermissionAnswer, ResearchScope},
    screening::ConsentForm,
};
use serde_json::{Value, json};

use super::{Participant, put};

/// Data Use Ontology of the Global Alliance for Genomics and Health.
const DUO: &str = "http://purl.obolibrary.org/obo/duo.owl";
const SCOPES: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/consentcategorycodes";
const PURPOSES: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const LOINC: &str = "http://loinc.org";

/// What limits research, and questions about it.
const LIMITS: [Permission; 3] = [
    Permission::Commercial,
    Permission::WithoutEthicsApproval,
    Permission::Region,
];

impl Participant<'_> {
    /// One for each signature, the oldest first, and one for what is allowed.
    pub(super) fn consents(self) -> Vec<Value> {
        let signatures = &self.enrolment().signatures;
        let signed = signatures.iter().enumerate().map(|(at, signature)| {
            let replaced = signatures[at + 1..]
                .iter()
                .any(|later| replaces(later.whom, signature.whom));
            // Nor does what was signed count any more once somebody else has come to decide.
            let ended = replaced || at < self.enrolment().former;
            self.signed(signature, at + 1, ended)
        });
        signed.chain(self.allowed()).collect()
    }

    /// What every consent has: it is required, or a rule asks for it (ppc-1: a policy; ppc-3: a patient where
    /// it is about research).
    fn consent(self, id: &str, status: &str, category: &Value, policy: &str) -> Value {
        json!({
            "resourceType": "Consent",
            "id": self.id(id),
            "status": status,
            "scope": { "coding": [{ "system": SCOPES, "code": "research" }] },
            "category": [{ "coding": [category] }],
            "patient": self.patient_reference(),
            "policy": [{ "uri": policy }],
        })
    }

    /// A signature below a document.
    fn signed(self, signature: &Signature, number: usize, ended: bool) -> Value {
        let Signature {
            whom,
            version,
            language,
            ..
        } = signature;
        let document = format!("{}{}", self.site, paths::document(signature));
        let status = if ended || self.has_left() {
            "inactive"
        } else {
            "active"
        };
        let category = json!({ "system": LOINC, "code": "59284-0", "display": "Consent Document" });
        let id = format!("signature-{number}");
        let mut consent = self.consent(&id, status, &category, &document);
        consent["dateTime"] = json!(signature.signed_at.rfc3339());
        let mut performer = match signature.meaning {
            Meaning::OwnConsent | Meaning::Assent => self.patient_reference(),
            // After a deletion nothing but the name is left of them.
            _ if self.relationship().is_none() => json!({}),
            _ => self.speaker(),
        };
        performer["display"] = json!(signature.name);
        consent["performer"] = json!([performer]);
        consent["sourceAttachment"] = json!({
            "contentType": "text/markdown",
            "language": language,
            "url": document,
            "title": format!("{}, version {version}", whom.as_str()),
        });
        consent
    }

    /// What may be done, as it is now; `None` where nothing was answered.
    fn allowed(self) -> Option<Value> {
        let permissions = &self.enrolment().permissions;
        let rules: Vec<Value> = permissions
            .asked()
            .filter_map(|permission| self.rule(permissions.answer(permission)?))
            .collect();
        if rules.is_empty() {
            return None;
        }
        let status = if self.has_left() {
            "inactive"
        } else if self.enrolment().is_in_use(self.data.own.today) {
            "active"
        } else {
            // It is not acted upon before everything is answered.
            "draft"
        };
        let category = json!({ "system": CATEGORIES, "code": "research" });
        let policy = format!("{}/registry", self.site);
        let mut consent = self.consent("permissions", status, &category, &policy);
        let mut newest_first = self.data.rows.iter().rev();
        let last = newest_first.find(|row| matches!(row.line.what, LedgerEvent::Permission(_)));
        let at = last.map(|row| json!(row.line.at.rfc3339()));
        put(&mut consent, "dateTime", at);
        // The root has no type; every rule in it has one.
        consent["provision"] = json!({ "provision": rules });
        Some(consent)
    }

    /// One answer as a rule. What limits another answer is among the codes of that one.
    fn rule(self, answer: &PermissionAnswer) -> Option<Value> {
        use PermissionAnswer as To;
        // Who wants no contact any more is not asked, whatever was allowed before.
        let reached = self.enrolment().withdrawn.is_none();
        let (permits, with): (bool, &[Permission]) = match answer {
            To::Research(scope) => {
                let more = [
                    Permission::Ancestry,
                    Permission::Genetics,
                    Permission::Duration,
                ];
                return Some(self.research(answer, *scope, &more));
            }
            To::StudyContact(yes) | To::Samples(yes) => (*yes && reached, &LIMITS),
            To::Results(yes) | To::Matching(yes) => (*yes && reached, &[]),
            To::OtherRegistries(yes) => (*yes, &[]),
            To::Organisations(names) => (!names.is_empty(), &[]),
            To::ContactWays(ways) => (
                *ways != ContactWays::None && reached,
                &[Permission::Frequency],
            ),
            To::Commercial(_)
            | To::WithoutEthicsApproval(_)
            | To::Region(_)
            | To::Ancestry(_)
            | To::Genetics(_)
            | To::Duration(..)
            | To::Frequency(_) => return None,
        };
        let kind = if permits { "permit" } else { "deny" };
        let codes = self.codes_of(answer, if permits { with } else { &[] });
        Some(json!({ "type": kind, "code": codes }))
    }

    fn research(
        self,
        answer: &PermissionAnswer,
        scope: ResearchScope,
        more: &[Permission],
    ) -> Value {
        let purpose = json!([{ "system": PURPOSES, "code": "HRESCH" }]);
        if scope == ResearchScope::None {
            return json!({ "type": "deny", "purpose": purpose, "code": self.codes_of(answer, &[]) });
        }
        let with = [LIMITS.as_slice(), more].concat();
        let mut rule = json!({
            "type": "permit",
            "purpose": purpose,
            "code": self.codes_of(answer, &with),
        });
        put(&mut rule, "period", self.period());
        rule
    }

    /// For how long.
    fn period(self) -> Option<Value> {
        let answer = self.enrolment().permissions.answer(Permission::Duration)?;
        let PermissionAnswer::Duration(duration, since) = answer else {
            return None;
        };
        let mut period = json!({ "start": since.to_string() });
        // The last day on which it holds: a period of FHIR includes its end.
        let end = duration
            .years()
            .map(|years| since.years_later(years).day_before());
        put(&mut period, "end", end.map(|end| json!(end.to_string())));
        Some(period)
    }

    /// An answer, and those that go with it: in words, and by the Data Use Ontology where it has a term.
    fn codes_of(self, answer: &PermissionAnswer, with: &[Permission]) -> Vec<Value> {
        let permissions = &self.enrolment().permissions;
        let others = with.iter().filter_map(|other| permissions.answer(*other));
        std::iter::once(answer)
            .chain(others)
            .map(|answer| {
                let mut code =
                    json!({ "text": ledger_words(&LedgerEvent::Permission(answer.clone())) });
                let duo = answer.duo();
                let coding = duo.map(|term| json!([{ "system": DUO, "code": term }]));
                put(&mut code, "coding", coding);
                code
            })
            .collect()
    }
}

/// Whether a signature that came later has taken the place of one before it.
fn replaces(later: DocumentFor, before: DocumentFor) -> bool {
    match (later, before) {
        (DocumentFor::Consent(_), DocumentFor::Consent(_))
        | (DocumentFor::Assent(_), DocumentFor::Assent(_)) => true,
        // An adult is not asked as a child any more.
        (DocumentFor::Consent(form), DocumentFor::Assent(_)) => {
            form != ConsentForm::ParentOrGuardian
        }
        (DocumentFor::Assent(_), DocumentFor::Consent(_)) => false,
    }
}
