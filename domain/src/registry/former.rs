//! What was there when somebody answered a question of step 1: an answer that comes late does not take the place
//! of one that they have not seen. For those of step 3 see [`Permissions::replace`](super::permissions::Permissions::replace).

use super::screening::{Answer, ConditionAnswer};
use crate::{Error, Result};

/// The answer that the page of a question showed when another one was chosen on it. One choice can be stored in
/// several ways, and any of them may be it; of a page that does not say, whatever is stored is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former(Vec<Option<Answer>>);

impl Former {
    /// The page does not say.
    pub fn unknown() -> Self {
        Self(Vec::new())
    }

    /// The page showed this answer, or none.
    pub fn known(answer: Option<Answer>) -> Self {
        Self(vec![answer])
    }

    /// The answer that the page showed.
    pub fn shown(&self) -> Option<&Answer> {
        self.0.first()?.as_ref()
    }

    /// It may have been this one as well.
    #[must_use]
    pub fn or(mut self, answer: Answer) -> Self {
        self.0.push(Some(answer));
        self
    }

    /// Whether it is the one that is stored.
    pub fn is(&self, stored: Option<&Answer>) -> bool {
        let same = |shown: &Option<Answer>| match (shown, stored) {
            (Some(shown), Some(stored)) => reads_like(shown, stored),
            (shown, stored) => shown.is_none() && stored.is_none(),
        };
        self.0.is_empty() || self.0.iter().any(same)
    }

    /// Whether an answer is to be put in the place of the one that is stored: not where it is the same.
    /// [`Error::Conflict`] where another one is stored than was shown.
    pub fn gives_way(&self, stored: Option<&Answer>, put: Option<&Answer>) -> Result<bool> {
        let alike = match (stored, put) {
            (Some(stored), Some(put)) => reads_like(put, stored),
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

/// Whether a page shows both of them alike.
fn reads_like(one: &Answer, other: &Answer) -> bool {
    fn name(condition: &ConditionAnswer) -> Option<&str> {
        match condition {
            ConditionAnswer::Listed(link) => Some(&link.name),
            ConditionAnswer::Described(words) => Some(words),
            ConditionAnswer::None => None,
        }
    }
    match (one, other) {
        (Answer::Condition(one), Answer::Condition(other)) => name(one) == name(other),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::screening::Status;

    fn described(words: &str) -> Answer {
        Answer::Condition(ConditionAnswer::Described(words.to_owned()))
    }

    #[test]
    fn only_what_was_shown_is_replaced() {
        let (one, other) = (
            Answer::Status(Status::Affected),
            Answer::Status(Status::Carrier),
        );
        let shown = Former::known(Some(one.clone()));
        assert!(shown.is(Some(&one)));
        assert!(!shown.is(Some(&other)) && !shown.is(None));
        let none = Former::known(None);
        assert!(none.is(None) && !none.is(Some(&other)));
        let unknown = Former::unknown();
        assert!(unknown.is(None) && unknown.is(Some(&other)));

        assert_eq!(shown.gives_way(Some(&one), Some(&other)), Ok(true));
        assert_eq!(shown.gives_way(Some(&one), Some(&one)), Ok(false));
        assert_eq!(none.gives_way(Some(&one), Some(&one)), Ok(false));
        let refused = none.gives_way(Some(&one), Some(&other));
        assert_eq!(refused, Err(Error::Conflict));
    }

    #[test]
    fn a_condition_is_what_was_typed_or_what_the_catalogue_made_of_it() {
        let former = Former::known(Some(described("FMF"))).or(described("Mediterranean fever"));
        assert!(former.is(Some(&described("FMF"))));
        assert!(former.is(Some(&described("Mediterranean fever"))));
        assert!(!former.is(Some(&Answer::Condition(ConditionAnswer::None))));
    }
}
