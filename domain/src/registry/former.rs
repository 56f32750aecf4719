//! What was there when somebody chose: an answer that comes late does not take the place of one that they have
//! not seen.

use super::{
    permissions::PermissionAnswer,
    screening::{Answer, ConditionAnswer},
};
use crate::{Error, Result};

/// The answer that the page of a question showed when another one was chosen on it. One choice can be stored in
/// several ways, and any of them may be it; of a page that does not say, whatever is stored is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former<A>(Vec<Option<A>>);

impl<A> Former<A> {
    /// The page does not say.
    pub fn unknown() -> Self {
        Self(Vec::new())
    }

    /// The page showed this answer, or none.
    pub fn known(answer: Option<A>) -> Self {
        Self(vec![answer])
    }

    /// The answer that the page showed.
    pub fn shown(&self) -> Option<&A> {
        self.0.first()?.as_ref()
    }

    /// It may have been this one as well.
    #[must_use]
    pub fn or(mut self, answer: A) -> Self {
        self.0.push(Some(answer));
        self
    }
}

impl<A: Choice + PartialEq> Former<A> {
    /// Whether it is the one that is stored.
    pub fn is(&self, stored: Option<&A>) -> bool {
        let same = |shown: &Option<A>| match (shown, stored) {
            (Some(shown), Some(stored)) => shown.reads_like(stored),
            (shown, stored) => shown.is_none() && stored.is_none(),
        };
        self.0.is_empty() || self.0.iter().any(same)
    }

    /// Whether an answer is to be put in the place of the one that is stored: not where it is the same.
    /// [`Error::Conflict`] where another one is stored than was shown.
    pub fn gives_way(&self, stored: Option<&A>, put: Option<&A>) -> Result<bool> {
        let alike = match (stored, put) {
            (Some(stored), Some(put)) => put.reads_like(stored),
            _ => false,
        };
        match (self.is(stored), alike) {
            (true, _) => Ok(stored != put),
            // The same form, sent once more.
            (false, true) => Ok(false),
            (false, false) => Err(Error::Conflict),
        }
    }
}

/// An answer that somebody chooses.
pub trait Choice {
    /// Whether a page shows both of them alike.
    fn reads_like(&self, other: &Self) -> bool;
}

impl Choice for Answer {
    fn reads_like(&self, other: &Self) -> bool {
        fn name(condition: &ConditionAnswer) -> Option<&str> {
            match condition {
                ConditionAnswer::Listed(link) => Some(&link.name),
                ConditionAnswer::Described(words) => Some(words),
                ConditionAnswer::None => None,
            }
        }
        match (self, other) {
            (Self::Condition(one), Self::Condition(other)) => name(one) == name(other),
            _ => self == other,
        }
    }
}

impl Choice for PermissionAnswer {
    fn reads_like(&self, other: &Self) -> bool {
        match (self, other) {
            // From when on it counts is not chosen.
            (Self::Duration(one, _), Self::Duration(other, _)) => one == other,
            _ => self == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{registry::permissions::Duration, time::CalendarDate};

    fn described(words: &str) -> Answer {
        Answer::Condition(ConditionAnswer::Described(words.to_owned()))
    }

    #[test]
    fn only_what_was_shown_is_replaced() {
        let (yes, no) = (
            PermissionAnswer::Samples(true),
            PermissionAnswer::Samples(false),
        );
        let shown = Former::known(Some(yes.clone()));
        assert!(shown.is(Some(&yes)));
        assert!(!shown.is(Some(&no)) && !shown.is(None));
        let none = Former::<PermissionAnswer>::known(None);
        assert!(none.is(None) && !none.is(Some(&no)));
        let unknown = Former::unknown();
        assert!(unknown.is(None) && unknown.is(Some(&no)));

        assert_eq!(shown.gives_way(Some(&yes), Some(&no)), Ok(true));
        assert_eq!(shown.gives_way(Some(&yes), Some(&yes)), Ok(false));
        assert_eq!(none.gives_way(Some(&yes), Some(&yes)), Ok(false));
        let refused = none.gives_way(Some(&yes), Some(&no));
        assert_eq!(refused, Err(Error::Conflict));
    }

    #[test]
    fn what_reads_alike_is_the_same() {
        let day = |iso| CalendarDate::parse(iso).unwrap();
        let five = |iso| PermissionAnswer::Duration(Duration::FiveYears, day(iso));
        assert!(Former::known(Some(five("2026-01-03"))).is(Some(&five("2026-02-03"))));
        let ten = PermissionAnswer::Duration(Duration::TenYears, day("2026-01-03"));
        assert!(!Former::known(Some(ten)).is(Some(&five("2026-01-03"))));
        // What was typed, or what the catalogue made of it.
        let former = Former::known(Some(described("FMF"))).or(described("Mediterranean fever"));
        assert!(former.is(Some(&described("FMF"))));
        assert!(former.is(Some(&described("Mediterranean fever"))));
        assert!(!former.is(Some(&Answer::Condition(ConditionAnswer::None))));
    }
}
