//! Who decides for a participant, where that changes: a child who has become an adult, an adult who gets
//! an account of their own.

use serde::{Deserialize, Serialize};

use super::Enrolment;
use crate::{
    registry::{
        permissions::Permissions,
        screening::{ForWhom, Question},
    },
    time::CalendarDate,
};

/// Who has come to decide in the place of whoever did before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Succession {
    /// The participant, with an account of their own.
    Participant,
    /// The former guardian, as the legal representative of an adult.
    Representative,
}

impl Enrolment {
    /// Somebody else decides from now on. They decide anew about everything: what was signed stays in the
    /// history and does not count, what was allowed is not allowed any more, and a withdrawal is not theirs.
    /// Nothing is used until they have signed and decided.
    pub fn succeed(&mut self, succession: Succession) {
        self.succession = Some(succession);
        self.former = self.signatures.len();
        self.permissions = Permissions::default();
        self.withdrawn = None;
    }

    /// Whether the participant can take it over to an account of their own: once they are an adult, whom a
    /// guardian has nothing to do with any more, or at any time where somebody represents an adult. After a
    /// deletion nothing is known by which anybody could be recognised.
    pub fn can_be_handed_over(&self, today: CalendarDate) -> bool {
        let represented = self.screening.for_whom() == Some(ForWhom::Adult) && self.was_signed();
        represented || self.can_be_represented(today)
    }

    /// Whether the guardian can go on as a legal representative.
    pub fn can_be_represented(&self, today: CalendarDate) -> bool {
        self.has_come_of_age(today)
    }

    /// Whether whoever looks after the participant is shown nothing of them: they are an adult, and nobody
    /// has signed yet that they represent them.
    pub fn is_hidden(&self, today: CalendarDate) -> bool {
        let unsigned = self.succession == Some(Succession::Representative) && !self.has_signature();
        unsigned || self.has_come_of_age(today)
    }

    /// Whether an answer of step 1 came with whoever decides now, and stays. Otherwise one participant could
    /// be made into another.
    pub fn is_settled(&self, question: Question) -> bool {
        match self.succession {
            None => false,
            Some(Succession::Participant) => {
                matches!(question, Question::ForWhom | Question::BirthDate)
            }
            Some(Succession::Representative) => true,
        }
    }

    /// When a child whom a guardian has enrolled is an adult.
    pub fn majority(&self) -> Option<CalendarDate> {
        self.screening
            .majority()
            .filter(|_| self.signed_by_guardian())
    }
}
