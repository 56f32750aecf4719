//! The fields of the forms with which somebody enrols, and what is wrong with them.

use domain::{
    Error, FieldError, Result,
    account::Country,
    community::ResourceLanguage,
    registry::{
        consent::{DocumentFor, QUESTIONS_MOST, check_name},
        permissions::{
            ContactWays, Duration, Frequency, Permission, PermissionAnswer, Region, ResearchScope,
        },
        screening::{
            Answer, ConditionAnswer, Contact, ForWhom, HeardFrom, OtherRegistry, Question,
            Relationship, Status,
        },
    },
    time::{CalendarDate, Timestamp},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::api;
use crate::ui::form::{PageForm, wrong};

/// What is said where nothing was chosen.
pub(super) const CHOOSE: &str = "Choose one of the answers.";

/// The questions about a document, by their fields.
pub(super) const QUESTION_FIELDS: [&str; QUESTIONS_MOST] =
    ["question-1", "question-2", "question-3"];

/// `/registry/enrol`
#[derive(Clone, Debug, Deserialize)]
pub struct BeginEnrolmentFields {}

impl PageForm for BeginEnrolmentFields {
    type Call = api::BeginEnrolment;
    const KEYED: bool = true;
}

/// An answer of step 1. Of the fields of all questions those of one are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AnswerFields {
    /// The random part of the addresses of the participant's pages.
    pub participant: String,
    /// Which question.
    pub question: Question,
    /// For whom somebody enrols.
    pub for_whom: Option<ForWhom>,
    /// By what right.
    pub relationship: Option<Relationship>,
    /// How the condition is the participant's.
    pub status: Option<Status>,
    /// Name or code of a condition.
    pub condition: Option<String>,
    /// Whether there is no name for it.
    pub unnamed: bool,
    /// Of the date of birth.
    pub birth_day: Option<String>,
    /// Of the date of birth.
    pub birth_month: Option<String>,
    /// Of the date of birth.
    pub birth_year: Option<String>,
    /// ISO 3166-1.
    pub country: Option<Country>,
    /// `email` or `phone`.
    pub contact: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// ISO 639-1.
    pub language: Option<ResourceLanguage>,
    /// `no`, `yes` or `unsure`.
    pub other_registry: Option<String>,
    /// The name of another registry.
    pub registry: Option<String>,
    /// How they heard of it.
    pub heard_from: Option<HeardFrom>,
    /// The answer that the page showed before, as JSON.
    pub former: Option<String>,
}

impl AnswerFields {
    /// The answer, with a condition as it was typed.
    pub(super) fn answer(&self) -> Result<Answer> {
        let field = self.question.as_str();
        let missing = || Error::invalid(field, CHOOSE);
        match self.question {
            Question::ForWhom => self.for_whom.map(Answer::ForWhom).ok_or_else(missing),
            Question::Relationship => self
                .relationship
                .map(Answer::Relationship)
                .ok_or_else(missing),
            Question::Status => self.status.map(Answer::Status).ok_or_else(missing),
            Question::Condition => self.condition(),
            Question::BirthDate => self.birth_date(),
            Question::Country => self.country.map(Answer::Country).ok_or_else(missing),
            Question::Contact => match self.contact.as_deref() {
                Some("email") => Ok(Answer::Contact(Contact::Email)),
                Some("phone") => {
                    let number = self.phone.clone().unwrap_or_default();
                    Ok(Answer::Contact(Contact::Phone(number)))
                }
                _ => Err(missing()),
            },
            Question::Language => self.language.map(Answer::Language).ok_or_else(missing),
            Question::OtherRegistry => match self.other_registry.as_deref() {
                Some("no") => Ok(Answer::OtherRegistry(OtherRegistry::No)),
                Some("unsure") => Ok(Answer::OtherRegistry(OtherRegistry::Unsure)),
                Some("yes") => {
                    let name = self.registry.clone().unwrap_or_default();
                    Ok(Answer::OtherRegistry(OtherRegistry::Yes(name)))
                }
                _ => Err(missing()),
            },
            Question::HeardFrom => Ok(Answer::HeardFrom(self.heard_from)),
        }
    }

    fn condition(&self) -> Result<Answer> {
        let typed = self.condition.clone().unwrap_or_default();
        let typed = typed.trim();
        match (typed.is_empty(), self.unnamed) {
            (true, true) => Ok(Answer::Condition(ConditionAnswer::None)),
            (false, false) => Ok(Answer::Condition(ConditionAnswer::Described(
                typed.to_owned(),
            ))),
            (false, true) => Err(Error::invalid(
                Question::Condition.as_str(),
                "Enter a name, or say that there is none yet. Not both.",
            )),
            (true, false) => Err(Error::invalid(
                Question::Condition.as_str(),
                "Enter the name of the condition, as you know it.",
            )),
        }
    }

    fn birth_date(&self) -> Result<Answer> {
        let typed = [&self.birth_day, &self.birth_month, &self.birth_year];
        calendar_date(typed).map(Answer::BirthDate)
    }
}

/// A date of birth, from day, month and year as they were typed.
pub(super) fn calendar_date([day, month, year]: [&Option<String>; 3]) -> Result<CalendarDate> {
    let number = |typed: &Option<String>| typed.as_deref()?.trim().parse::<u16>().ok();
    let parts = (
        number(year),
        number(month).and_then(|month| u8::try_from(month).ok()),
        number(day).and_then(|day| u8::try_from(day).ok()),
    );
    let date = match parts {
        (Some(year), Some(month), Some(day)) => CalendarDate::new(year, month, day),
        _ => None,
    };
    date.ok_or_else(|| {
        Error::invalid(
            Question::BirthDate.as_str(),
            "Enter a day, a month and a year in numbers, for example 27 3 1984.",
        )
    })
}

impl PageForm for AnswerFields {
    type Call = api::Answer;

    fn check(&self) -> Vec<FieldError> {
        wrong(self.answer())
    }
}

/// A signature.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SignFields {
    /// See [`AnswerFields::participant`].
    pub participant: String,
    /// Below which document.
    pub whom: DocumentFor,
    /// The version that was shown.
    pub version: u32,
    /// The number of the answer to the first question about it.
    #[serde(rename = "question-1")]
    pub first: Option<u8>,
    /// To the second.
    #[serde(rename = "question-2")]
    pub second: Option<u8>,
    /// To the third.
    #[serde(rename = "question-3")]
    pub third: Option<u8>,
    /// The name that was typed.
    pub name: String,
    /// The password.
    pub present: String,
}

impl PageForm for SignFields {
    type Call = api::Sign;
    const SECRET: &'static [&'static str] = &["present"];

    fn check(&self) -> Vec<FieldError> {
        let mut found = wrong(check_name("name", &self.name));
        if self.present.is_empty() {
            found.push(FieldError {
                field: "present".to_owned(),
                message: "Enter your password.".to_owned(),
            });
        }
        found
    }
}

/// An answer of step 3.
#[derive(Clone, Debug, Deserialize)]
pub struct PermissionFields {
    /// See [`AnswerFields::participant`].
    pub participant: String,
    /// Which question.
    pub permission: Permission,
    /// The stable name of an answer.
    pub choice: Option<String>,
    /// Names of patient organisations, one a line.
    pub organisations: Option<String>,
    /// How often there had been another answer, see [`Permissions::times`](domain::registry::permissions::Permissions::times).
    pub former: Option<String>,
}

impl PermissionFields {
    /// The answer, if it is given today.
    pub(super) fn answer(&self, today: CalendarDate) -> Result<PermissionAnswer> {
        use PermissionAnswer as To;
        let yes = || match self.choice.as_deref() {
            Some("yes") => Ok(true),
            Some("no") => Ok(false),
            _ => Err(Error::invalid("choice", CHOOSE)),
        };
        Ok(match self.permission {
            Permission::Research => To::Research(self.chosen::<ResearchScope>()?),
            Permission::Commercial => To::Commercial(yes()?),
            Permission::WithoutEthicsApproval => To::WithoutEthicsApproval(yes()?),
            Permission::Region => To::Region(self.chosen::<Region>()?),
            Permission::Ancestry => To::Ancestry(yes()?),
            Permission::Genetics => To::Genetics(yes()?),
            Permission::Duration => To::Duration(self.chosen::<Duration>()?, today),
            Permission::StudyContact => To::StudyContact(yes()?),
            Permission::Samples => To::Samples(yes()?),
            Permission::Results => To::Results(yes()?),
            Permission::Matching => To::Matching(yes()?),
            Permission::OtherRegistries => To::OtherRegistries(yes()?),
            Permission::Organisations => {
                let names = self.organisations.as_deref().unwrap_or_default();
                To::Organisations(names.lines().map(str::to_owned).collect())
            }
            Permission::ContactWays => To::ContactWays(self.chosen::<ContactWays>()?),
            Permission::Frequency => To::Frequency(self.chosen::<Frequency>()?),
        })
    }

    fn chosen<T: DeserializeOwned>(&self) -> Result<T> {
        use serde::de::{IntoDeserializer, value::Error as DeError};
        let name = self.choice.as_deref().unwrap_or_default();
        let name: serde::de::value::StrDeserializer<'_, DeError> = name.into_deserializer();
        T::deserialize(name).map_err(|_| Error::invalid("choice", CHOOSE))
    }
}

impl PageForm for PermissionFields {
    type Call = api::SetPermission;

    fn check(&self) -> Vec<FieldError> {
        // On which day makes nothing wrong.
        wrong(self.answer(CalendarDate::of(Timestamp(0))))
    }
}

/// Deletes an enrolment that nothing was signed for.
#[derive(Clone, Debug, Deserialize)]
pub struct DiscardEnrolmentFields {
    /// See [`AnswerFields::participant`].
    pub participant: String,
}

impl PageForm for DiscardEnrolmentFields {
    type Call = api::DiscardEnrolment;
}
