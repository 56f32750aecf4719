//! Where somebody is on the way, and what comes next. Server and browser ask the same.

use serde::{Deserialize, Serialize};

use super::{
    consent::{DocumentFor, Signature},
    permissions::{Permission, Permissions},
    screening::{Assent, Needed, Obstacle, Outcome, Question, Screening},
};
use crate::time::CalendarDate;

/// How far somebody has taken their agreement back. Each goes further than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withdrawal {
    /// Nobody contacts them any more.
    NoContact,
    /// Besides, nobody gets their data any more.
    NoNewUse,
    /// Besides, what can be deleted is.
    Deletion,
}

impl Withdrawal {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::NoContact, Self::NoNewUse, Self::Deletion];

    /// The stable name, in addresses and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoContact => "no-contact",
            Self::NoNewUse => "no-new-use",
            Self::Deletion => "deletion",
        }
    }

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::NoContact => "Stop all contact",
            Self::NoNewUse => "Stop new use",
            Self::Deletion => "Delete the data",
        }
    }

    /// What then happens, and what cannot be called back.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoContact => {
                "We will stop contacting you. Your data stay in use, as you have allowed."
            }
            Self::NoNewUse => {
                "We will stop contacting you, and no one new gets your data. What researchers already have cannot be taken back."
            }
            Self::Deletion => {
                "We delete your answers, your contact details and your date of birth. We cannot bring them back. What researchers already have cannot be taken back. We keep your signature and what you allowed, encrypted, as proof."
            }
        }
    }
}

/// The version of each document that is up now, in the language of whoever enrols.
pub type CurrentVersion<'a> = &'a dyn Fn(DocumentFor) -> u32;

/// What is known of one participant's enrolment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The answers of step 1.
    pub screening: Screening,
    /// What has been signed, the oldest first.
    pub signatures: Vec<Signature>,
    /// The answers of step 3.
    pub permissions: Permissions,
    /// How far the agreement was taken back.
    pub withdrawn: Option<Withdrawal>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A question of step 1.
    Screening(Question),
    /// They cannot take part in this way.
    NotEligible(Obstacle),
    /// To read and sign; again, if this version of it was signed before.
    Consent(DocumentFor, Option<u32>),
    /// The same for the child.
    Assent(DocumentFor, Option<u32>),
    /// A question of step 3.
    Permissions(Permission),
    /// Nothing: they take part.
    Enrolled,
    /// The child has become an adult, and has to decide. The guardian sees nothing any more.
    Majority,
    /// Nothing: they have taken their agreement back.
    Withdrawn(Withdrawal),
}

impl Step {
    /// The document that is to be signed now.
    pub fn asks_for(self) -> Option<DocumentFor> {
        match self {
            Self::Consent(whom, _) | Self::Assent(whom, _) => Some(whom),
            _ => None,
        }
    }
}

impl Enrolment {
    /// Whether something has been signed: from then on the answers of step 1 stay as they are.
    pub fn has_signature(&self) -> bool {
        !self.signatures.is_empty()
    }

    /// The documents that are asked for, by the answers of step 1: none while one is missing.
    pub fn documents(&self, today: CalendarDate) -> Vec<DocumentFor> {
        match self.screening.outcome(today) {
            Some(Outcome::Eligible(needed)) => {
                let assent = needed.assent.map(DocumentFor::Assent);
                std::iter::once(DocumentFor::Consent(needed.consent))
                    .chain(assent)
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether all that is asked for has been signed, in whatever version.
    pub fn is_signed(&self, today: CalendarDate) -> bool {
        let documents = self.documents(today);
        !documents.is_empty() && documents.iter().all(|whom| self.signed(*whom).is_some())
    }

    /// Whether permissions can be set: all is signed, or was when the first of them were. A text that has to be
    /// signed anew keeps nobody from allowing less.
    pub fn takes_permissions(&self, today: CalendarDate) -> bool {
        let answered = |permission| self.permissions.answer(permission).is_some();
        self.is_signed(today) || self.permissions.asked().any(answered)
    }

    /// What comes next.
    pub fn next(&self, current: CurrentVersion<'_>, today: CalendarDate) -> Step {
        // First: a guardian has nothing to do with an adult, whatever they have said before.
        if self.has_come_of_age(today) {
            return Step::Majority;
        }
        if let Some(withdrawn) = self
            .withdrawn
            .filter(|grade| *grade >= Withdrawal::NoNewUse)
        {
            return Step::Withdrawn(withdrawn);
        }
        let needed = match self.screening.outcome(today) {
            Some(Outcome::Eligible(needed)) => needed,
            Some(Outcome::NotEligible(obstacle)) => return Step::NotEligible(obstacle),
            // Without an outcome a question is open.
            None => {
                let open = self.screening.next().unwrap_or(Question::ForWhom);
                return Step::Screening(open);
            }
        };
        let consent = DocumentFor::Consent(needed.consent);
        if self.is_unsigned(consent, current) {
            return Step::Consent(consent, self.signed(consent));
        }
        if let Some(assent) = needed.assent.map(DocumentFor::Assent)
            && self.is_unsigned(assent, current)
        {
            return Step::Assent(assent, self.signed(assent));
        }
        match self.permissions.next() {
            Some(permission) => Step::Permissions(permission),
            None => Step::Enrolled,
        }
    }

    /// Whether their data may be used for anything new: they have agreed once to all that has to be agreed
    /// to, have not taken it back, and it was not a guardian's to give any more. A new version of a text
    /// does not end what was agreed to before it.
    pub fn is_in_use(&self, today: CalendarDate) -> bool {
        let withdrawn = self
            .withdrawn
            .is_some_and(|grade| grade >= Withdrawal::NoNewUse);
        let Some(Outcome::Eligible(Needed {
            consent, assent, ..
        })) = self.screening.outcome(today)
        else {
            return false;
        };
        let signed = |whom: DocumentFor| self.signed(whom).is_some();
        // A child who agreed in the words of a younger age has agreed.
        let assented = match assent {
            None => true,
            Some(assent) => {
                signed(DocumentFor::Assent(assent)) || signed(DocumentFor::Assent(Assent::Child))
            }
        };
        !withdrawn
            && !self.has_come_of_age(today)
            && signed(DocumentFor::Consent(consent))
            && assented
            && self.permissions.next().is_none()
    }

    /// Whether they may be contacted about anything but their own consent.
    pub fn is_contacted(&self, today: CalendarDate) -> bool {
        self.withdrawn.is_none() && self.is_in_use(today)
    }

    /// Whether a guardian has agreed for a child who is an adult now.
    fn has_come_of_age(&self, today: CalendarDate) -> bool {
        self.signed_by_guardian()
            && self.screening.outcome(today) == Some(Outcome::NotEligible(Obstacle::ChildIsAdult))
    }

    fn signed_by_guardian(&self) -> bool {
        use super::screening::ConsentForm::ParentOrGuardian;
        self.signed(DocumentFor::Consent(ParentOrGuardian))
            .is_some()
    }

    /// The version that was signed last.
    fn signed(&self, whom: DocumentFor) -> Option<u32> {
        self.signatures
            .iter()
            .rev()
            .find(|signature| signature.whom == whom)
            .map(|signature| signature.version)
    }

    /// Whether the version that is up is to be signed.
    fn is_unsigned(&self, whom: DocumentFor, current: CurrentVersion<'_>) -> bool {
        self.signed(whom)
            .is_none_or(|version| version < current(whom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        account::Country,
        community::ResourceLanguage,
        registry::{
            consent::Meaning,
            permissions::{
                ContactWays, Duration, Frequency, PermissionAnswer, Region, ResearchScope,
            },
            screening::{
                Answer, ConditionAnswer, ConsentForm, Contact, ForWhom, OtherRegistry,
                Relationship, Status,
            },
        },
        time::Timestamp,
    };

    const PARENT: DocumentFor = DocumentFor::Consent(ConsentForm::ParentOrGuardian);
    const CHILD: DocumentFor = DocumentFor::Assent(Assent::Child);
    const ADOLESCENT: DocumentFor = DocumentFor::Assent(Assent::Adolescent);

    fn day(iso: &str) -> CalendarDate {
        CalendarDate::parse(iso).unwrap()
    }

    /// A child born on 1 March 2017, enrolled on 1 June 2026.
    fn screened() -> Enrolment {
        let mut enrolment = Enrolment::default();
        for answer in [
            Answer::ForWhom(ForWhom::Child),
            Answer::Relationship(Relationship::Parent),
            Answer::Status(Status::Undiagnosed),
            Answer::Condition(ConditionAnswer::None),
            Answer::BirthDate(day("2017-03-01")),
            Answer::Country(Country::from_code("DE").unwrap()),
            Answer::Contact(Contact::Email),
            Answer::Language(ResourceLanguage::ENGLISH),
            Answer::OtherRegistry(OtherRegistry::No),
            Answer::HeardFrom(None),
        ] {
            enrolment.screening.put(answer, day("2026-06-01")).unwrap();
        }
        enrolment
    }

    fn sign(enrolment: &mut Enrolment, whom: DocumentFor, version: u32) {
        enrolment.signatures.push(Signature {
            whom,
            version,
            language: "en".to_owned(),
            name: "Ada Lovelace".to_owned(),
            meaning: Meaning::of(whom),
            signed_at: Timestamp(0),
        });
    }

    fn allow(enrolment: &mut Enrolment) {
        for answer in [
            PermissionAnswer::Research(ResearchScope::None),
            PermissionAnswer::StudyContact(false),
            PermissionAnswer::Samples(false),
            PermissionAnswer::Results(false),
            PermissionAnswer::Matching(false),
            PermissionAnswer::OtherRegistries(false),
            PermissionAnswer::Organisations(Vec::new()),
            PermissionAnswer::ContactWays(ContactWays::Email),
            PermissionAnswer::Frequency(Frequency::Yearly),
        ] {
            enrolment.permissions.put(answer).unwrap();
        }
    }

    fn enrolled() -> Enrolment {
        let mut enrolment = screened();
        sign(&mut enrolment, PARENT, 1);
        sign(&mut enrolment, CHILD, 1);
        allow(&mut enrolment);
        enrolment
    }

    #[test]
    fn a_child_is_enrolled_step_by_step() {
        let (today, first) = (day("2026-06-01"), |_| 1);
        let mut enrolment = Enrolment::default();
        let next = |enrolment: &Enrolment| enrolment.next(&first, today);
        assert_eq!(next(&enrolment), Step::Screening(Question::ForWhom));
        enrolment = screened();
        assert_eq!(next(&enrolment), Step::Consent(PARENT, None));
        sign(&mut enrolment, PARENT, 1);
        assert_eq!(next(&enrolment), Step::Assent(CHILD, None));
        sign(&mut enrolment, CHILD, 1);
        assert_eq!(next(&enrolment), Step::Permissions(Permission::Research));
        assert!(!enrolment.is_in_use(today));
        allow(&mut enrolment);
        assert_eq!(next(&enrolment), Step::Enrolled);
        assert!(enrolment.is_in_use(today));
        // To allow more asks more.
        let more = PermissionAnswer::Research(ResearchScope::Any);
        enrolment.permissions.put(more).unwrap();
        assert_eq!(next(&enrolment), Step::Permissions(Permission::Commercial));
        for answer in [
            PermissionAnswer::Commercial(false),
            PermissionAnswer::WithoutEthicsApproval(false),
            PermissionAnswer::Region(Region::Country),
            PermissionAnswer::Ancestry(false),
            PermissionAnswer::Genetics(false),
            PermissionAnswer::Duration(Duration::NoEnd, today),
        ] {
            enrolment.permissions.put(answer).unwrap();
        }
        assert_eq!(next(&enrolment), Step::Enrolled);
    }

    #[test]
    fn a_new_version_asks_again_and_ends_nothing() {
        let today = day("2026-06-01");
        let enrolment = enrolled();
        let second = |whom| if whom == PARENT { 2 } else { 1 };
        assert_eq!(
            enrolment.next(&second, today),
            Step::Consent(PARENT, Some(1))
        );
        assert!(enrolment.is_in_use(today));
        let mut again = enrolment;
        sign(&mut again, PARENT, 2);
        assert_eq!(again.next(&second, today), Step::Enrolled);
    }

    #[test]
    fn a_child_who_grows_older_is_asked_in_other_words() {
        let first = |_| 1;
        let enrolment = enrolled();
        let at = |iso| enrolment.next(&first, day(iso));
        assert_eq!(at("2030-02-28"), Step::Enrolled);
        assert!(enrolment.takes_permissions(day("2030-03-01")));
        assert_eq!(at("2030-03-01"), Step::Assent(ADOLESCENT, None));
        assert!(enrolment.is_in_use(day("2030-03-01")));
    }

    #[test]
    fn an_adult_decides_anew_and_nothing_is_used_until_then() {
        let first = |_| 1;
        let mut enrolment = enrolled();
        sign(&mut enrolment, ADOLESCENT, 1);
        assert_eq!(enrolment.next(&first, day("2035-02-28")), Step::Enrolled);
        assert_eq!(enrolment.next(&first, day("2035-03-01")), Step::Majority);
        assert!(enrolment.is_in_use(day("2035-02-28")));
        assert!(!enrolment.is_in_use(day("2035-03-01")));
        // Who was never enrolled as a child has nothing to decide anew.
        let obstacle = Step::NotEligible(Obstacle::ChildIsAdult);
        assert_eq!(screened().next(&first, day("2035-03-01")), obstacle);
    }

    #[test]
    fn a_guardian_sees_nothing_of_an_adult_whatever_they_have_said_before() {
        let mut enrolment = enrolled();
        for grade in [
            None,
            Some(Withdrawal::NoContact),
            Some(Withdrawal::NoNewUse),
        ] {
            enrolment.withdrawn = grade;
            let step = enrolment.next(&|_| 1, day("2035-03-01"));
            assert_eq!(step, Step::Majority, "{grade:?}");
        }
    }

    #[test]
    fn each_grade_of_withdrawal_goes_further() {
        let (today, first) = (day("2026-06-01"), |_| 1);
        let with = |grade| Enrolment {
            withdrawn: Some(grade),
            ..enrolled()
        };
        let quiet = with(Withdrawal::NoContact);
        assert_eq!(quiet.next(&first, today), Step::Enrolled);
        assert!(quiet.is_in_use(today) && !quiet.is_contacted(today));
        for grade in [Withdrawal::NoNewUse, Withdrawal::Deletion] {
            let ended = with(grade);
            assert_eq!(ended.next(&first, today), Step::Withdrawn(grade));
            assert!(!ended.is_in_use(today) && !ended.is_contacted(today));
        }
    }
}
