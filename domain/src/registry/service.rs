//! Enrolling, as the pages ask for it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{
    Enrolment, EnrolmentPage, Former, OwnData, OwnLedger, Step, Withdrawal,
    consent::{Document, DocumentFor, Signature},
    permissions::PermissionAnswer,
    screening::{Answer, Relationship},
};
use crate::{
    Result, SafeHtml,
    account::{Actor, EmailAddress, Password, Submission, Token},
    text::Change,
    time::{CalendarDate, Timestamp},
};

/// Most participants that one account looks after. Families are large; lists of strangers are not
/// families.
pub const PARTICIPANTS_MOST: usize = 20;

/// One participant of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEnrolment {
    /// The random part of the addresses of their pages.
    pub address: String,
    /// What they are called where their name is not known.
    pub pseudonym: String,
    /// What is known of the enrolment.
    pub enrolment: Enrolment,
    /// What comes next, by the present versions of all documents.
    pub step: Step,
    /// The day by the server's clock: what depends on it is the same in both halves.
    pub today: CalendarDate,
    /// Whether whoever asks is shown nothing of the enrolment, see [`Enrolment::is_hidden`].
    pub hidden: bool,
    /// Whether they can hand it over, see [`Enrolment::can_be_handed_over`].
    pub hands_over: bool,
}

impl OwnEnrolment {
    /// Whether a page has a question that is asked now, of whoever looks after the participant.
    pub fn asks(&self, page: EnrolmentPage) -> bool {
        match page {
            _ if self.hidden => false,
            EnrolmentPage::Screening(question) => self.enrolment.takes(question),
            EnrolmentPage::Permissions(permission) => {
                !matches!(self.step, Step::Withdrawn(_) | Step::Majority)
                    && self.enrolment.permissions.asks(permission)
                    && self.enrolment.takes_permissions(self.today)
            }
            _ => false,
        }
    }
}

/// What the link says to whoever has opened it: of whom it is, it does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandOverLink {
    /// They can take over.
    Open,
    /// They have made it themselves, for somebody else.
    Own,
}

/// A part of a document, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPart {
    /// Above it.
    pub heading: String,
    /// The text.
    pub html: SafeHtml,
}

/// A question about a document, as it is asked: without what is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownQuestion {
    /// What is asked.
    pub question: String,
    /// From which one chooses.
    pub answers: Vec<String>,
}

/// A part that reads otherwise than in the version that was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedPart {
    /// Above it, in the newer version where it is in both.
    pub heading: String,
    /// What was removed and what was added.
    pub changes: Vec<Change>,
}

/// A document that somebody is asked to sign, or has signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentToSign {
    /// Whom it is for.
    pub whom: DocumentFor,
    /// The version that is shown: the one that is up.
    pub version: u32,
    /// ISO 639-1.
    pub language: String,
    /// Whether it is RareShare's own, which no ethics board has approved.
    pub template: bool,
    /// In the order in which they are read.
    pub parts: Vec<ShownPart>,
    /// Asked before the signature.
    pub questions: Vec<ShownQuestion>,
    /// The last signature below it, in this version or in one before.
    pub signature: Option<Signature>,
    /// What reads otherwise than in the version that was signed.
    pub changed: Vec<ChangedPart>,
}

impl DocumentToSign {
    /// Whether the version that is shown is the one that was signed.
    pub fn is_signed(&self) -> bool {
        self.signature
            .as_ref()
            .is_some_and(|signature| signature.version >= self.version)
    }
}

/// What has happened with a participant's data, or because of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LedgerEvent {
    /// Something was signed.
    Signed {
        /// Below which document.
        whom: DocumentFor,
        /// In which version.
        version: u32,
        /// By whom.
        name: String,
    },
    /// Something was allowed, or not any more.
    Permission(PermissionAnswer),
    /// The agreement was taken back.
    Withdrawal(Withdrawal),
    /// The participant has taken it over to an account of their own.
    HandedOver,
    /// The former guardian goes on as the legal representative of an adult.
    Represented(Relationship),
    /// Staff of the registry have looked at who it is. Which of them is not said.
    Viewed {
        /// Why.
        reason: String,
    },
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerLine {
    /// What has happened.
    pub what: LedgerEvent,
    /// When.
    pub at: Timestamp,
}

/// What somebody sends who signs.
#[derive(Clone, Debug)]
pub struct Signing {
    /// Below which document.
    pub whom: DocumentFor,
    /// The version that they have read.
    pub version: u32,
    /// The answers to the questions about it, by their places from 0.
    pub answers: Vec<Option<usize>>,
    /// The name that they have typed.
    pub name: String,
    /// The password of the account (21 CFR 11.200).
    pub present: Password,
}

/// The registry, for those who enrol. Whoever asks about a participant who is not theirs is told that there
/// is none ([`Error::NotFound`](crate::Error::NotFound)).
#[async_trait]
pub trait Registry: Send + Sync {
    /// All participants of the account, the first enrolled first.
    async fn enrolments(&self, actor: Actor) -> Result<Vec<OwnEnrolment>>;

    /// Begins to enrol somebody. Returns the address.
    async fn begin_enrolment(&self, actor: Actor, submission: &Submission) -> Result<String>;

    /// One participant of the account.
    async fn enrolment(&self, actor: Actor, address: &str) -> Result<OwnEnrolment>;

    /// Puts an answer of the screening in the place of the one that its page showed. Returns what comes next.
    /// [`Error::Conflict`](crate::Error::Conflict) where there is another one by now, and
    /// [`Error::Forbidden`](crate::Error::Forbidden) once something is signed.
    async fn answer(
        &self,
        actor: Actor,
        address: &str,
        answer: Answer,
        former: Former,
    ) -> Result<Step>;

    /// The document that is asked of somebody who enrols; [`Error::NotFound`](crate::Error::NotFound)
    /// where none of this kind is.
    async fn document(
        &self,
        actor: Actor,
        address: &str,
        whom: DocumentFor,
    ) -> Result<DocumentToSign>;

    /// Signs the document. [`Error::Conflict`](crate::Error::Conflict) where another version is up than was
    /// read; [`Error::Invalid`](crate::Error::Invalid) about `question-1` and so on, `name` and `present`.
    /// Returns what comes next.
    async fn sign(&self, actor: Actor, address: &str, signing: Signing) -> Result<Step>;

    /// Puts an answer about what may be done in the place of the one that its page showed, which knew how often
    /// there had been another; it holds at once. [`Error::Conflict`](crate::Error::Conflict) where there is one since, and
    /// [`Error::Forbidden`](crate::Error::Forbidden) before everything is signed. Returns what comes next.
    async fn set_permission(
        &self,
        actor: Actor,
        address: &str,
        answer: PermissionAnswer,
        seen: Option<u32>,
    ) -> Result<Step>;

    /// All that has happened with a participant, the newest first.
    async fn ledger(&self, actor: Actor, address: &str) -> Result<Vec<LedgerLine>>;

    /// Takes the agreement back, as far as is said; it holds at once, and cannot be undone here. Returns
    /// what comes next. [`Error::Forbidden`](crate::Error::Forbidden) where nothing has been signed.
    async fn withdraw(&self, actor: Actor, address: &str, grade: Withdrawal) -> Result<Step>;

    /// Deletes an enrolment that nothing has been signed for.
    /// [`Error::Forbidden`](crate::Error::Forbidden) afterwards.
    async fn discard_enrolment(&self, actor: Actor, address: &str) -> Result<()>;

    /// Everything that the registry has of one participant. [`Error::Forbidden`](crate::Error::Forbidden) to a
    /// guardian of somebody who is an adult now.
    async fn own_data(&self, actor: Actor, address: &str) -> Result<OwnData>;

    /// All that has happened with all participants of the account, the first enrolled first.
    async fn ledgers(&self, actor: Actor) -> Result<Vec<OwnLedger>>;

    /// A document that is or was up. Everybody may read it.
    async fn published(
        &self,
        actor: Actor,
        whom: DocumentFor,
        language: &str,
        version: u32,
    ) -> Result<Document>;

    /// Makes the link by which the participant takes over, in the place of a former one; sends it, where an
    /// address is said. [`Error::Forbidden`](crate::Error::Forbidden) where that cannot be.
    async fn hand_over(
        &self,
        actor: Actor,
        address: &str,
        email: Option<EmailAddress>,
    ) -> Result<Token>;

    /// What a link is to whoever has opened it; [`Error::NotFound`](crate::Error::NotFound) where it is not
    /// good any more.
    async fn hand_over_link(&self, actor: Actor, token: &Token) -> Result<HandOverLink>;

    /// Takes a participant over, who was born on this day. Returns the address.
    /// [`Error::Invalid`](crate::Error::Invalid) about `birth-date`; the third wrong one ends the link.
    async fn take_over(&self, actor: Actor, token: &Token, born: CalendarDate) -> Result<String>;

    /// Goes on as the legal representative of a child who is an adult now. Returns what comes next.
    /// [`Error::Forbidden`](crate::Error::Forbidden) where the participant is no such child.
    async fn represent(
        &self,
        actor: Actor,
        address: &str,
        relationship: Relationship,
    ) -> Result<Step>;
}
