//! For how long it is kept what somebody who has left had signed.

use super::{Document, DocumentFor};
use crate::time::CalendarDate;

/// Longest time for which proof is kept, in years.
pub const PROOF_YEARS_MOST: u16 = 100;

/// From which day on nothing is kept any more of what somebody had signed who has deleted their data on this day:
/// the day after the longest time that one of their documents states. `None` where one of their consents states
/// none, such as "for as long as the law demands", or they have signed no consent.
pub fn proof_ends(deleted: CalendarDate, signed: &[Document]) -> Option<CalendarDate> {
    let mut consents = signed
        .iter()
        .filter(|document| matches!(document.whom, DocumentFor::Consent(_)))
        .peekable();
    consents.peek()?;
    if !consents.all(|consent| consent.proof_years.is_some()) {
        return None;
    }
    let longest = signed.iter().filter_map(|document| document.proof_years);
    Some(deleted.years_later(longest.max()?).days_later(1))
}

impl Document {
    /// What is wrong with the time that it states: whoever signs has to read it.
    pub(super) fn proof_fault(&self) -> Option<String> {
        let years = self.proof_years?;
        if !(1..=PROOF_YEARS_MOST).contains(&years) {
            return Some(format!(
                "“proof-years” is to be between 1 and {PROOF_YEARS_MOST}."
            ));
        }
        let number = years.to_string();
        let is_it = |word: &str| word == number;
        let says = self.parts.iter().any(|part| {
            let mut words = part.text.split(|sign: char| !sign.is_alphanumeric());
            words.any(is_it)
        });
        (!says).then(|| {
            format!("“proof-years” is {years}, and no part says for how long you keep proof.")
        })
    }
}
