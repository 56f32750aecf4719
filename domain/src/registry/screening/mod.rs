//! Step 1 of enrolling: a few questions that decide who can take part, and which consent is asked for.
//!
//! Questions come one at a time. Which ones are asked depends on the answers so far; an answer to a
//! question that is not asked any more is kept, in case it is asked again, and does not count.

mod answers;
mod hand_over;
mod outcome;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use answers::{
    ConditionAnswer, Contact, ForWhom, HeardFrom, OTHER_REGISTRY_LONGEST, OtherRegistry,
    PHONE_LONGEST, Relationship, Status, WORDS_LONGEST,
};
pub use outcome::{Assent, ConsentForm, Needed, Obstacle, Outcome};

use crate::{Error, Result, account::Country, community::ResourceLanguage, time::CalendarDate};

/// One page of the screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// For whom somebody enrols.
    ForWhom,
    /// By what right they act for the participant.
    Relationship,
    /// How the condition is the participant's.
    Status,
    /// Which condition.
    Condition,
    /// When the participant was born.
    BirthDate,
    /// Where they live.
    Country,
    /// How the registry's staff can reach whoever enrols.
    Contact,
    /// In which language.
    Language,
    /// Whether they take part in another registry.
    OtherRegistry,
    /// How they heard of the registry.
    HeardFrom,
}

impl Question {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 10] = [
        Self::ForWhom,
        Self::Relationship,
        Self::Status,
        Self::Condition,
        Self::BirthDate,
        Self::Country,
        Self::Contact,
        Self::Language,
        Self::OtherRegistry,
        Self::HeardFrom,
    ];

    /// The stable name, in addresses and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ForWhom => "for-whom",
            Self::Relationship => "relationship",
            Self::Status => "status",
            Self::Condition => "condition",
            Self::BirthDate => "birth-date",
            Self::Country => "country",
            Self::Contact => "contact",
            Self::Language => "language",
            Self::OtherRegistry => "other-registry",
            Self::HeardFrom => "heard-from",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|question| question.as_str() == name)
    }

    /// Whether the answer helps to find out who the participant is: it is kept apart from the others.
    pub fn is_identity(self) -> bool {
        matches!(self, Self::BirthDate | Self::Country | Self::Contact)
    }
}

/// An answer, of the type that its question asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// To [`Question::ForWhom`].
    ForWhom(ForWhom),
    /// To [`Question::Relationship`].
    Relationship(Relationship),
    /// To [`Question::Status`].
    Status(Status),
    /// To [`Question::Condition`].
    Condition(ConditionAnswer),
    /// To [`Question::BirthDate`].
    BirthDate(CalendarDate),
    /// To [`Question::Country`].
    Country(Country),
    /// To [`Question::Contact`].
    Contact(Contact),
    /// To [`Question::Language`].
    Language(ResourceLanguage),
    /// To [`Question::OtherRegistry`].
    OtherRegistry(OtherRegistry),
    /// To [`Question::HeardFrom`]; nothing if they would rather not say.
    HeardFrom(Option<HeardFrom>),
}

impl Answer {
    /// The question that it answers.
    pub fn question(&self) -> Question {
        match self {
            Self::ForWhom(_) => Question::ForWhom,
            Self::Relationship(_) => Question::Relationship,
            Self::Status(_) => Question::Status,
            Self::Condition(_) => Question::Condition,
            Self::BirthDate(_) => Question::BirthDate,
            Self::Country(_) => Question::Country,
            Self::Contact(_) => Question::Contact,
            Self::Language(_) => Question::Language,
            Self::OtherRegistry(_) => Question::OtherRegistry,
            Self::HeardFrom(_) => Question::HeardFrom,
        }
    }
}

/// Oldest that somebody can be who takes part, in years: nobody on record was older.
pub const AGE_HIGHEST: u16 = 122;

/// What has been answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screening {
    answers: Vec<Answer>,
}

impl Screening {
    /// Whether a question is asked, with the answers so far.
    pub fn asks(&self, question: Question) -> bool {
        match question {
            Question::Relationship => self
                .for_whom()
                .is_some_and(|for_whom| !Relationship::of(for_whom).is_empty()),
            _ => true,
        }
    }

    /// The questions that are asked, in order.
    pub fn asked(&self) -> impl Iterator<Item = Question> {
        Question::ALL
            .into_iter()
            .filter(|question| self.asks(*question))
    }

    /// The answer to a question, if it is asked and was answered with something that is still a choice.
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        let answer = self
            .answers
            .iter()
            .find(|answer| answer.question() == question)?;
        (self.asks(question) && self.is_choice(answer)).then_some(answer)
    }

    /// The first question without an answer.
    pub fn next(&self) -> Option<Question> {
        self.asked()
            .find(|question| self.answer(*question).is_none())
    }

    /// How many questions are asked, and how many of them have an answer.
    pub fn progress(&self) -> (usize, usize) {
        let answered = self
            .asked()
            .filter(|question| self.answer(*question).is_some());
        (self.asked().count(), answered.count())
    }

    /// Puts an answer in the place of the former one. [`Error::Invalid`] about the field that is named
    /// as the question, [`Error::Forbidden`] where it is not asked.
    pub fn put(&mut self, answer: Answer, today: CalendarDate) -> Result<()> {
        let question = answer.question();
        if !self.asks(question) {
            return Err(Error::Forbidden {
                reason: "your other answers have changed, and this question is not asked any more."
                    .to_owned(),
            });
        }
        let answer = self.checked(answer, today)?;
        self.answers.retain(|former| former.question() != question);
        self.answers.push(answer);
        Ok(())
    }

    /// The answers that say who the participant is, and the others, see [`Question::is_identity`].
    pub fn parted(self) -> (Self, Self) {
        let (who, others) = self
            .answers
            .into_iter()
            .partition(|answer| answer.question().is_identity());
        (Self { answers: who }, Self { answers: others })
    }

    /// What [`parted`](Self::parted) has parted, in whatever order.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.answers.extend(other.answers);
        self
    }

    fn checked(&self, answer: Answer, today: CalendarDate) -> Result<Answer> {
        let field = answer.question().as_str();
        if !self.is_choice(&answer) {
            return Err(Error::invalid(field, "Choose one of the answers."));
        }
        match answer {
            Answer::Condition(condition) => Ok(Answer::Condition(condition.check(field)?)),
            Answer::Contact(contact) => Ok(Answer::Contact(contact.check()?)),
            Answer::OtherRegistry(other) => Ok(Answer::OtherRegistry(other.check()?)),
            Answer::BirthDate(born) => {
                let Some(age) = born.age_on(today) else {
                    return Err(Error::invalid(
                        field,
                        "This date is in the future. Enter a date of birth.",
                    ));
                };
                let living = self.for_whom() != Some(ForWhom::Deceased);
                if living && age > AGE_HIGHEST {
                    return Err(Error::invalid(
                        field,
                        format!("This was more than {AGE_HIGHEST} years ago. Check the year."),
                    ));
                }
                Ok(Answer::BirthDate(born))
            }
            other => Ok(other),
        }
    }

    /// Whether an answer is among those that are offered, with the answers so far.
    fn is_choice(&self, answer: &Answer) -> bool {
        match answer {
            Answer::Relationship(relationship) => self
                .for_whom()
                .is_some_and(|for_whom| Relationship::of(for_whom).contains(relationship)),
            Answer::Status(status) => {
                Status::of(self.for_whom().unwrap_or(ForWhom::Myself)).contains(status)
            }
            Answer::Condition(condition) => self
                .status()
                .is_none_or(|status| status.allows_none() || *condition != ConditionAnswer::None),
            _ => true,
        }
    }

    // What counts is asked through these alone. The first two do not ask whether their question is
    // asked, which it always is: that would go round in a circle.

    /// For whom somebody enrols.
    pub fn for_whom(&self) -> Option<ForWhom> {
        self.answers.iter().find_map(|answer| match answer {
            Answer::ForWhom(for_whom) => Some(*for_whom),
            _ => None,
        })
    }

    fn status(&self) -> Option<Status> {
        self.answers.iter().find_map(|answer| match answer {
            Answer::Status(status) => Some(*status),
            _ => None,
        })
    }

    /// When the participant was born.
    pub fn birth_date(&self) -> Option<CalendarDate> {
        match self.answer(Question::BirthDate)? {
            Answer::BirthDate(born) => Some(*born),
            _ => None,
        }
    }

    fn country(&self) -> Option<Country> {
        match self.answer(Question::Country)? {
            Answer::Country(country) => Some(*country),
            _ => None,
        }
    }
}
