//! When a guardian is reminded that a child becomes an adult.

use super::Enrolment;
use crate::time::CalendarDate;

/// Days before majority from which on a guardian is told.
pub const REMINDED_BEFORE: u16 = 60;
/// Days after it from which on they are told again, if nothing was done.
pub const REMINDED_AFTER: u16 = 30;

/// A letter to a guardian. Each is sent once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MajorityReminder {
    /// That it comes.
    Before,
    /// That it has come.
    OnTheDay,
    /// That nothing was done.
    After,
}

impl MajorityReminder {
    /// The name by which it is remembered that one was sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::OnTheDay => "on-the-day",
            Self::After => "after",
        }
    }

    /// The one that is due: the last whose day has come. None where the agreement was taken back, in whatever
    /// grade, where somebody else decides already, and where it is about no child.
    pub fn due(enrolment: &Enrolment, today: CalendarDate) -> Option<Self> {
        let majority = enrolment.majority()?;
        if enrolment.withdrawn.is_some() {
            return None;
        }
        if today >= majority.days_later(REMINDED_AFTER) {
            Some(Self::After)
        } else if today >= majority {
            Some(Self::OnTheDay)
        } else if today.days_later(REMINDED_BEFORE) >= majority {
            Some(Self::Before)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::{
        Succession, Withdrawal,
        consent::DocumentFor,
        enrolment::tests::{day, screened, sign},
        screening::{ConsentForm, Relationship},
    };

    /// A child who is an adult on 1 March 2035, and whose parent has signed.
    fn child() -> Enrolment {
        let mut enrolment = screened();
        let whom = DocumentFor::Consent(ConsentForm::ParentOrGuardian);
        sign(&mut enrolment, whom, 1);
        enrolment
    }

    #[test]
    fn each_is_due_from_its_day_on() {
        use MajorityReminder::{After, Before, OnTheDay};
        for (today, due) in [
            ("2034-12-30", None),
            ("2034-12-31", Some(Before)),
            ("2035-02-28", Some(Before)),
            ("2035-03-01", Some(OnTheDay)),
            ("2035-03-30", Some(OnTheDay)),
            ("2035-03-31", Some(After)),
            ("2040-01-01", Some(After)),
        ] {
            let found = MajorityReminder::due(&child(), day(today));
            assert_eq!(found, due, "{today}");
        }
    }

    #[test]
    fn nobody_is_reminded_of_what_is_done_or_ended() {
        let due = |enrolment: &Enrolment| MajorityReminder::due(enrolment, day("2035-03-01"));
        for grade in Withdrawal::ALL {
            let mut enrolment = child();
            enrolment.withdrawn = Some(grade);
            assert_eq!(due(&enrolment), None, "{grade:?}");
        }
        let mut unsigned = child();
        unsigned.signatures.clear();
        assert_eq!(due(&unsigned), None);
        let mut taken_over = child();
        taken_over.screening = taken_over.screening.taken_over();
        taken_over.succeed(Succession::Participant);
        assert_eq!(due(&taken_over), None);
        let mut represented = child();
        represented.screening = represented.screening.represented(Relationship::Guardian);
        represented.succeed(Succession::Representative);
        assert_eq!(due(&represented), None);
    }
}
