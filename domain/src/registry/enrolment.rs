//! Where somebody is on the way, and what comes next. Server and browser ask the same.

mod hand_over;
#[cfg(test)]
mod hand_over_tests;
#[cfg(test)]
pub(super) mod tests;

use serde::{Deserialize, Serialize};

pub use hand_over::Succession;

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

    /// What holds from then on, once it is done.
    pub fn done(self) -> &'static str {
        match self {
            Self::NoContact => {
                "We do not contact you any more. Your data stay in use, as you have allowed."
            }
            Self::NoNewUse => {
                "We do not contact you any more, and no one new gets your data. What researchers already have cannot be taken back."
            }
            Self::Deletion => {
                "Your answers, your contact details and your date of birth are deleted. What researchers already have cannot be taken back. We keep your signature and what you allowed, encrypted, as proof."
            }
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
    /// Who has come to decide in the place of whoever did before.
    pub succession: Option<Succession>,
    /// How many of the signatures, the oldest, are from before that: they do not count any more.
    pub former: usize,
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
    /// Whether something has been signed that counts: from then on the answers of step 1 stay as they are.
    pub fn has_signature(&self) -> bool {
        self.signatures.len() > self.former
    }

    /// Whether anything was ever signed, by whomever.
    pub fn was_signed(&self) -> bool {
        !self.signatures.is_empty()
    }

    /// How far one can leave still, the least first: nothing where nothing was signed.
    pub fn can_withdraw(&self) -> Vec<Withdrawal> {
        let grades = Withdrawal::ALL.into_iter();
        grades
            .filter(|grade| self.was_signed() && self.withdrawn < Some(*grade))
            .collect()
    }

    /// Whether an answer of step 1 can be given, or changed.
    pub fn takes(&self, question: Question) -> bool {
        !self.has_signature() && !self.is_settled(question) && self.screening.asks(question)
    }

    /// What the answers of step 1 come to. Who has come to decide for themselves, or has signed as an adult, was one
    /// by the law of their country then, and stays one where they correct the country, or where its law changes.
    fn outcome(&self, today: CalendarDate) -> Option<Outcome> {
        use super::screening::ConsentForm::{Adult, Carrier, LegalRepresentative};
        let signed = |form| self.signed(DocumentFor::Consent(form)).is_some();
        let was_adult = self.succession.is_some()
            || [Adult, Carrier, LegalRepresentative]
                .into_iter()
                .any(signed);
        self.screening.outcome_for(today, was_adult)
    }

    /// The documents that are asked for, by the answers of step 1: none while one is missing.
    pub fn documents(&self, today: CalendarDate) -> Vec<DocumentFor> {
        match self.outcome(today) {
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
        let needed = match self.outcome(today) {
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
        })) = self.outcome(today)
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
            && self.outcome(today) == Some(Outcome::NotEligible(Obstacle::ChildIsAdult))
    }

    fn signed_by_guardian(&self) -> bool {
        use super::screening::ConsentForm::ParentOrGuardian;
        self.signed(DocumentFor::Consent(ParentOrGuardian))
            .is_some()
    }

    /// The version that was signed last, by whoever decides now.
    fn signed(&self, whom: DocumentFor) -> Option<u32> {
        self.signatures
            .iter()
            .skip(self.former)
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
