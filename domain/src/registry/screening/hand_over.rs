//! What becomes of the answers where somebody else comes to decide.

use super::{Answer, ForWhom, Question, Relationship, Screening};
use crate::{registry::age_of_majority, time::CalendarDate};

impl Screening {
    /// The answers as the participant's own: those that were about whoever acted for them are gone, and
    /// asked again.
    #[must_use]
    pub fn taken_over(self) -> Self {
        let gone = [Question::ForWhom, Question::Relationship, Question::Contact];
        self.with(&gone, [Answer::ForWhom(ForWhom::Myself)])
    }

    /// The answers about an adult whom their former guardian represents.
    #[must_use]
    pub fn represented(self, relationship: Relationship) -> Self {
        let answers = [
            Answer::ForWhom(ForWhom::Adult),
            Answer::Relationship(relationship),
        ];
        self.with(&[Question::ForWhom, Question::Relationship], answers)
    }

    fn with(mut self, gone: &[Question], answers: impl IntoIterator<Item = Answer>) -> Self {
        self.answers
            .retain(|answer| !gone.contains(&answer.question()));
        self.answers.extend(answers);
        self
    }

    /// When somebody is an adult where they live, as far as that is known.
    pub(super) fn adulthood(&self) -> Option<CalendarDate> {
        let (born, country) = self.birth_date().zip(self.country())?;
        Some(born.years_later(age_of_majority(country)))
    }

    /// When the child is an adult; `None` where it is about no child.
    pub fn majority(&self) -> Option<CalendarDate> {
        let child = self.for_whom() == Some(ForWhom::Child);
        self.adulthood().filter(|_| child)
    }
}
