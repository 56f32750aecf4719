//! Step 2 of enrolling: what somebody is told, and what they sign.
//!
//! A document never changes once somebody may have signed it: another text is another version. What is
//! signed is [`Document::signed_text`], to the letter.

mod element;
mod proof;
mod signature;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

pub use element::Element;
pub use proof::{PROOF_YEARS_MOST, proof_ends};
pub use signature::{Meaning, NAME_LONGEST, Signature, check_name};

use super::screening::{Assent, ConsentForm};

/// Most questions about a document: more would be an examination.
pub const QUESTIONS_MOST: usize = 3;

/// Whom a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DocumentFor {
    /// For who consents.
    Consent(ConsentForm),
    /// For a child, who is asked besides.
    Assent(Assent),
}

impl DocumentFor {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Consent(ConsentForm::Adult),
        Self::Consent(ConsentForm::Carrier),
        Self::Consent(ConsentForm::ParentOrGuardian),
        Self::Consent(ConsentForm::LegalRepresentative),
        Self::Consent(ConsentForm::NextOfKin),
        Self::Assent(Assent::Child),
        Self::Assent(Assent::Adolescent),
    ];

    /// The stable name, in addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consent(ConsentForm::Adult) => "adult",
            Self::Consent(ConsentForm::Carrier) => "carrier",
            Self::Consent(ConsentForm::ParentOrGuardian) => "parent-or-guardian",
            Self::Consent(ConsentForm::LegalRepresentative) => "legal-representative",
            Self::Consent(ConsentForm::NextOfKin) => "next-of-kin",
            Self::Assent(Assent::Child) => "assent-child",
            Self::Assent(Assent::Adolescent) => "assent-adolescent",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whom| whom.as_str() == name)
    }
}

impl From<DocumentFor> for String {
    fn from(whom: DocumentFor) -> Self {
        whom.as_str().to_owned()
    }
}

impl TryFrom<String> for DocumentFor {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::from_name(&name).ok_or("There is no such consent.")
    }
}

/// One part of a document, about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it is about.
    pub element: Element,
    /// Above it.
    pub heading: String,
    /// Markdown, as in the wiki.
    pub text: String,
}

/// A question that shows whether somebody has understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachBack {
    /// What is asked.
    pub question: String,
    /// From which one chooses.
    pub answers: Vec<String>,
    /// Which of them is right, from 0.
    pub right: usize,
    /// What is said again to who chose another.
    pub explanation: String,
}

/// One version of what somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Whom it is for.
    #[serde(rename = "form")]
    pub whom: DocumentFor,
    /// From 1 on.
    pub version: u32,
    /// ISO 639-1.
    pub language: String,
    /// Whether it is RareShare's own, which no ethics board has approved.
    #[serde(default)]
    pub template: bool,
    /// For how many years after a deletion proof is kept of what was signed, as the text says; `None` where it
    /// names no number.
    #[serde(
        default,
        rename = "proof-years",
        skip_serializing_if = "Option::is_none"
    )]
    pub proof_years: Option<u16>,
    /// In the order in which they are read. The first is half a page of what matters most.
    pub parts: Vec<Part>,
    /// Asked before the signature.
    #[serde(default)]
    pub questions: Vec<TeachBack>,
}

impl Document {
    /// What is wrong with a document that an operator wants to put up; nothing if it can be signed.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for element in Element::required(self.whom) {
            if !self.parts.iter().any(|part| part.element == *element) {
                faults.push(format!("There is no part about “{}”.", element.as_str()));
            }
        }
        if self.parts.first().map(|part| part.element) != Some(Element::KeyInformation) {
            faults.push("The first part is to be “key-information”.".to_owned());
        }
        for (at, part) in self.parts.iter().enumerate() {
            if part.heading.trim().is_empty() || part.text.trim().is_empty() {
                faults.push(format!("Part {} is empty.", at + 1));
            }
            if self.parts[..at]
                .iter()
                .any(|other| other.element == part.element)
            {
                faults.push(format!(
                    "There are two parts about “{}”.",
                    part.element.as_str()
                ));
            }
        }
        for (at, question) in self.questions.iter().enumerate() {
            if question.answers.len() < 2 || question.right >= question.answers.len() {
                faults.push(format!("Question {} has no right answer.", at + 1));
            }
        }
        if self.questions.len() > QUESTIONS_MOST {
            faults.push(format!("There are more than {QUESTIONS_MOST} questions."));
        }
        if self.version == 0 {
            faults.push("Versions are counted from 1 on.".to_owned());
        }
        faults.extend(self.proof_fault());
        faults
    }

    /// Everything that somebody signs, to the letter: the same document has the same text for ever.
    pub fn signed_text(&self) -> String {
        let mut text = format!(
            "{} {} {}\n",
            self.whom.as_str(),
            self.version,
            self.language
        );
        for part in &self.parts {
            let _ = write!(text, "\n## {}\n\n{}\n", part.heading, part.text.trim());
        }
        text
    }

    /// The questions that were answered wrongly, or not, by their places from 0.
    pub fn not_understood(&self, answers: &[Option<usize>]) -> Vec<usize> {
        self.questions
            .iter()
            .enumerate()
            .filter(|(at, question)| answers.get(*at).copied().flatten() != Some(question.right))
            .map(|(at, _)| at)
            .collect()
    }
}
