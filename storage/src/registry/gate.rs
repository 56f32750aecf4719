//! The one way to participants for a purpose: every count, list and export goes through here.
//!
//! Whom it returns, the purpose may have today: their permissions are read and asked each time, nothing is
//! cached. What it returns of them is what the purpose needs.

use domain::{
    Error, Result,
    account::Country,
    community::ResourceLanguage,
    registry::{
        Enrolment,
        permissions::{ContactWays, Frequency, Participant, Permission, PermissionAnswer, Purpose},
        screening::{Answer, ConditionAnswer, Contact, Question, Status},
    },
    time::CalendarDate,
};

use super::RegistryStore;
use crate::error::to_domain;

/// Names that are read at a time.
const AT_ONCE: i64 = 500;

/// A participant whom a purpose may have today. Nothing else makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permitted {
    pseudonym: String,
    content: Content,
}

/// What a purpose needs of a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// To be used or given on: no name, no contact, no full date.
    Record(Record),
    /// To be asked or told: how, and nothing about their health.
    Reach(Reach),
    /// To be brought together with others who have the same condition.
    Match(ConditionAnswer, Reach),
}

/// What is used in research or given on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// How the condition is the participant's.
    pub status: Status,
    /// Which condition it is.
    pub condition: ConditionAnswer,
    /// The year in which they were born.
    pub birth_year: u16,
    /// Where they live.
    pub country: Country,
}

/// How whoever enrolled the participant is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// By email or telephone, and at which number.
    pub contact: Contact,
    /// In which language.
    pub language: ResourceLanguage,
    /// In which ways they allow it.
    pub ways: ContactWays,
    /// How often, at most.
    pub frequency: Frequency,
}

impl Permitted {
    /// What they are called where their name is not known.
    pub fn pseudonym(&self) -> &str {
        &self.pseudonym
    }

    /// What the purpose needs of them.
    pub fn content(&self) -> &Content {
        &self.content
    }
}

impl RegistryStore {
    /// Everybody whom a purpose may have now, in the order of their pseudonyms. Whoever calls this has asked
    /// the policy whether the actor may have that purpose.
    pub async fn permitted(&self, purpose: Purpose<'_>) -> Result<Vec<Permitted>> {
        let today = self.today();
        let mut permitted = Vec::new();
        let mut last = String::new();
        loop {
            let rows = self
                .database
                .query(
                    "SELECT pseudonym FROM registry_participant WHERE pseudonym > $1 \
                     ORDER BY pseudonym LIMIT $2",
                    vec![last.as_str().into(), AT_ONCE.into()],
                )
                .await
                .map_err(to_domain)?;
            if rows.is_empty() {
                return Ok(permitted);
            }
            for row in rows {
                last = row.try_get("", "pseudonym").map_err(to_domain)?;
                let known = match self.known(&last).await {
                    Ok(known) => known,
                    // Deleted since, or without keys: nobody can read them.
                    Err(Error::NotFound) => continue,
                    Err(error) => return Err(error),
                };
                let content = content(&known.enrolment, purpose, today);
                permitted.extend(content.map(|content| Permitted {
                    pseudonym: last.clone(),
                    content,
                }));
            }
        }
    }
}

/// What a purpose gets of a participant; nothing where it may not have them.
fn content(enrolment: &Enrolment, purpose: Purpose<'_>, today: CalendarDate) -> Option<Content> {
    let is_contact = match purpose {
        Purpose::StudyContact(_) | Purpose::Samples(_) | Purpose::Results | Purpose::Matching => {
            true
        }
        Purpose::Research(_) | Purpose::OtherRegistry | Purpose::Organisation(_) => false,
    };
    let takes_part = if is_contact {
        enrolment.is_contacted(today)
    } else {
        enrolment.is_in_use(today)
    };
    let record = record(enrolment)?;
    let participant = Participant {
        condition: match &record.condition {
            ConditionAnswer::Listed(link) => Some(&link.slug),
            ConditionAnswer::Described(_) | ConditionAnswer::None => None,
        },
        country: record.country,
    };
    if !takes_part || !enrolment.permissions.allow(purpose, participant, today) {
        return None;
    }
    match purpose {
        Purpose::Matching => reach(enrolment).map(|reach| Content::Match(record.condition, reach)),
        _ if is_contact => reach(enrolment).map(Content::Reach),
        _ => Some(Content::Record(record)),
    }
}

fn record(enrolment: &Enrolment) -> Option<Record> {
    let answer = |question| enrolment.screening.answer(question);
    let (
        Answer::Status(status),
        Answer::Condition(condition),
        Answer::BirthDate(born),
        Answer::Country(country),
    ) = (
        answer(Question::Status)?,
        answer(Question::Condition)?,
        answer(Question::BirthDate)?,
        answer(Question::Country)?,
    )
    else {
        return None;
    };
    Some(Record {
        status: *status,
        condition: condition.clone(),
        birth_year: born.year(),
        country: *country,
    })
}

fn reach(enrolment: &Enrolment) -> Option<Reach> {
    let answer = |question| enrolment.screening.answer(question);
    let permission = |permission| enrolment.permissions.answer(permission);
    let (
        Answer::Contact(contact),
        Answer::Language(language),
        PermissionAnswer::ContactWays(ways),
        PermissionAnswer::Frequency(frequency),
    ) = (
        answer(Question::Contact)?,
        answer(Question::Language)?,
        permission(Permission::ContactWays)?,
        permission(Permission::Frequency)?,
    )
    else {
        return None;
    };
    Some(Reach {
        contact: contact.clone(),
        language: *language,
        ways: *ways,
        frequency: *frequency,
    })
}
