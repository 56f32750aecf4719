//! An answer that comes late does not take the place of a decision that was not seen.

use super::{PermissionAnswer, Permissions};
use crate::{Error, Result};

impl Permissions {
    /// Puts an answer that was chosen when its question had been answered so often; `None` where that is not known.
    /// Whether it changes anything. [`Error::Conflict`] where it would take the place of another one that was not
    /// seen.
    pub fn replace(&mut self, seen: Option<u32>, answer: PermissionAnswer) -> Result<bool> {
        let permission = answer.permission();
        let mut after = self.clone();
        after.put(answer)?;
        let (stored, put) = (self.answer(permission), after.answer(permission));
        if seen.is_none_or(|seen| seen == self.times(permission)) {
            let changes = stored != put;
            *self = after;
            return Ok(changes);
        }
        // The same form, sent once more.
        match (stored, put) {
            (Some(stored), Some(put)) if put.reads_like(stored) => Ok(false),
            _ => Err(Error::Conflict),
        }
    }
}

impl PermissionAnswer {
    /// Whether a page shows both of them alike: from when on it counts is not chosen.
    fn reads_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Duration(one, _), Self::Duration(other, _)) => one == other,
            _ => self == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Duration, Permission, ResearchScope},
        *,
    };
    use crate::time::CalendarDate;

    fn today() -> CalendarDate {
        CalendarDate::parse("2026-11-27").unwrap()
    }

    #[test]
    fn only_an_answer_that_was_seen_is_replaced() {
        let (yes, no) = (
            PermissionAnswer::Samples(true),
            PermissionAnswer::Samples(false),
        );
        let mut given = Permissions::default();
        assert_eq!(given.times(Permission::Samples), 0);
        assert_eq!(given.replace(Some(0), no.clone()), Ok(true));
        assert_eq!(given.replace(Some(1), no.clone()), Ok(false));
        assert_eq!(given.times(Permission::Samples), 1);
        // Elsewhere, yes and then no again: who has seen the first no has not seen the second.
        assert_eq!(given.replace(Some(1), yes.clone()), Ok(true));
        assert_eq!(given.replace(Some(1), yes.clone()), Ok(false), "sent twice");
        assert_eq!(given.replace(Some(2), no.clone()), Ok(true));
        let late = given.clone().replace(Some(1), yes.clone());
        assert_eq!(late, Err(Error::Conflict));
        assert_eq!(
            given.replace(None, yes),
            Ok(true),
            "of a page that does not say"
        );
        assert_eq!(given.times(Permission::Samples), 4);
        // The years count from when they were chosen; chosen once more, they begin anew.
        let five = |day| PermissionAnswer::Duration(Duration::FiveYears, day);
        given
            .put(PermissionAnswer::Research(ResearchScope::Any))
            .unwrap();
        let tomorrow = today().days_later(1);
        assert_eq!(given.replace(Some(0), five(today())), Ok(true));
        assert_eq!(given.replace(Some(0), five(tomorrow)), Ok(false));
        assert_eq!(given.replace(Some(1), five(tomorrow)), Ok(true));
    }
}
