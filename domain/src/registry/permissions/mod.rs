//! Step 3 of enrolling, and all the time after it: what may be done with a participant's data.
//!
//! Nothing is allowed that has not been answered. [`Permissions::allow`] is the one place that decides;
//! [`Permissions::summary`] says the same in words.

mod answers;
mod deciding;
mod replacing;
mod summary;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use answers::{ContactWays, Duration, Frequency, Region, ResearchScope};
pub use deciding::{Participant, Purpose, Study, StudyScope};

use crate::{Error, Result, text::check_one_line, time::CalendarDate};

/// Most patient organisations that somebody names.
pub const ORGANISATIONS_MOST: usize = 10;
/// Longest name of a patient organisation, in characters.
pub const ORGANISATION_LONGEST: usize = 150;

/// One question about what may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// For which research (GA4GH DUO, data use permission; EU common data element 7.2).
    Research,
    /// By companies as well (DUO:0000046 where not).
    Commercial,
    /// Without an ethics committee's approval as well (DUO:0000021 where not).
    WithoutEthicsApproval,
    /// Where in the world (DUO:0000022 where not everywhere).
    Region,
    /// About where people's ancestors came from (DUO:0000044 where not).
    Ancestry,
    /// With genetic results, where the registry has them.
    Genetics,
    /// For how long (DUO:0000025 where not without an end).
    Duration,
    /// To be asked whether one would take part in a study (EU common data element 7.1).
    StudyContact,
    /// To be asked for blood or other samples (EU common data element 7.3).
    Samples,
    /// To be told what research finds about oneself.
    Results,
    /// To be brought together with families that have the same condition.
    Matching,
    /// Shared with other registries (EU common data element 7.2).
    OtherRegistries,
    /// Shared with these patient organisations (DUO:0000026).
    Organisations,
    /// In which way one is reached.
    ContactWays,
    /// How often, at most.
    Frequency,
}

impl Permission {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 15] = [
        Self::Research,
        Self::StudyContact,
        Self::Samples,
        Self::Commercial,
        Self::WithoutEthicsApproval,
        Self::Region,
        Self::Ancestry,
        Self::Genetics,
        Self::Duration,
        Self::Results,
        Self::Matching,
        Self::OtherRegistries,
        Self::Organisations,
        Self::ContactWays,
        Self::Frequency,
    ];

    /// The stable name, in addresses and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Research => "research",
            Self::Commercial => "commercial",
            Self::WithoutEthicsApproval => "without-ethics-approval",
            Self::Region => "region",
            Self::Ancestry => "ancestry",
            Self::Genetics => "genetics",
            Self::Duration => "duration",
            Self::StudyContact => "study-contact",
            Self::Samples => "samples",
            Self::Results => "results",
            Self::Matching => "matching",
            Self::OtherRegistries => "other-registries",
            Self::Organisations => "organisations",
            Self::ContactWays => "contact-ways",
            Self::Frequency => "frequency",
        }
    }

    /// From its stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|permission| permission.as_str() == name)
    }

    /// What is asked, of the participant themselves.
    pub fn question(self) -> &'static str {
        match self {
            Self::Research => "Which research may use your data?",
            Self::Commercial => "May the research be done by companies?",
            Self::WithoutEthicsApproval => {
                "May it be research that no ethics committee has approved?"
            }
            Self::Region => "Where may the research be done?",
            Self::Ancestry => "May your data be used to study where people’s ancestors came from?",
            Self::Genetics => "May your genetic test results be used, if you give them to us?",
            Self::Duration => "For how long may your data be used?",
            Self::StudyContact => "May we ask you if you want to take part in a study?",
            Self::Samples => "May we ask you for blood or other samples?",
            Self::Results => {
                "Do you want to know if research finds something about your own health?"
            }
            Self::Matching => {
                "May we tell you about families with the same condition, and them about you?"
            }
            Self::OtherRegistries => "May we share your data with other registries?",
            Self::Organisations => "May we share your data with patient organisations?",
            Self::ContactWays => "How may we reach you?",
            Self::Frequency => "How often may we write to you or call you?",
        }
    }
}

/// An answer, of the type that its question asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PermissionAnswer {
    /// To [`Permission::Research`].
    Research(ResearchScope),
    /// To [`Permission::Commercial`].
    Commercial(bool),
    /// To [`Permission::WithoutEthicsApproval`].
    WithoutEthicsApproval(bool),
    /// To [`Permission::Region`].
    Region(Region),
    /// To [`Permission::Ancestry`].
    Ancestry(bool),
    /// To [`Permission::Genetics`].
    Genetics(bool),
    /// To [`Permission::Duration`], and from when on it counts.
    Duration(Duration, CalendarDate),
    /// To [`Permission::StudyContact`].
    StudyContact(bool),
    /// To [`Permission::Samples`].
    Samples(bool),
    /// To [`Permission::Results`].
    Results(bool),
    /// To [`Permission::Matching`].
    Matching(bool),
    /// To [`Permission::OtherRegistries`].
    OtherRegistries(bool),
    /// To [`Permission::Organisations`]: their names; none for no.
    Organisations(Vec<String>),
    /// To [`Permission::ContactWays`].
    ContactWays(ContactWays),
    /// To [`Permission::Frequency`].
    Frequency(Frequency),
}

impl PermissionAnswer {
    /// The question that it answers.
    pub fn permission(&self) -> Permission {
        match self {
            Self::Research(_) => Permission::Research,
            Self::Commercial(_) => Permission::Commercial,
            Self::WithoutEthicsApproval(_) => Permission::WithoutEthicsApproval,
            Self::Region(_) => Permission::Region,
            Self::Ancestry(_) => Permission::Ancestry,
            Self::Genetics(_) => Permission::Genetics,
            Self::Duration(..) => Permission::Duration,
            Self::StudyContact(_) => Permission::StudyContact,
            Self::Samples(_) => Permission::Samples,
            Self::Results(_) => Permission::Results,
            Self::Matching(_) => Permission::Matching,
            Self::OtherRegistries(_) => Permission::OtherRegistries,
            Self::Organisations(_) => Permission::Organisations,
            Self::ContactWays(_) => Permission::ContactWays,
            Self::Frequency(_) => Permission::Frequency,
        }
    }

    /// The term of the Data Use Ontology that says the same, where there is one.
    pub fn duo(&self) -> Option<&'static str> {
        match self {
            Self::Research(scope) => scope.duo(),
            Self::Commercial(false) => Some("DUO:0000046"),
            Self::WithoutEthicsApproval(false) => Some("DUO:0000021"),
            Self::Region(Region::Country | Region::Europe) => Some("DUO:0000022"),
            Self::Ancestry(false) => Some("DUO:0000044"),
            Self::Duration(Duration::FiveYears | Duration::TenYears, _) => Some("DUO:0000025"),
            Self::Organisations(names) if !names.is_empty() => Some("DUO:0000026"),
            _ => None,
        }
    }
}

/// What a participant has answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    /// Each with how often its question has got another answer.
    answers: Vec<(PermissionAnswer, u32)>,
}

impl Permissions {
    /// Whether a question is asked: who allows no research and wants to hear of none is not asked who may
    /// do it.
    pub fn asks(&self, permission: Permission) -> bool {
        let data = self.research() != ResearchScope::None;
        match permission {
            Permission::Commercial | Permission::WithoutEthicsApproval | Permission::Region => {
                data || self.stored_yes(Permission::StudyContact)
                    || self.stored_yes(Permission::Samples)
            }
            Permission::Ancestry | Permission::Genetics | Permission::Duration => data,
            Permission::Frequency => self.is_reached(),
            _ => true,
        }
    }

    /// The questions that are asked, in order.
    pub fn asked(&self) -> impl Iterator<Item = Permission> {
        Permission::ALL
            .into_iter()
            .filter(|permission| self.asks(*permission))
    }

    /// The answer to a question, if it is asked.
    pub fn answer(&self, permission: Permission) -> Option<&PermissionAnswer> {
        self.asks(permission)
            .then(|| self.stored(permission))
            .flatten()
    }

    /// The first question without an answer.
    pub fn next(&self) -> Option<Permission> {
        self.asked()
            .find(|permission| self.answer(*permission).is_none())
    }

    /// Puts an answer in the place of the former one. [`Error::Invalid`] about the field that is named
    /// as the question.
    pub fn put(&mut self, answer: PermissionAnswer) -> Result<()> {
        let permission = answer.permission();
        let answer = match answer {
            PermissionAnswer::Organisations(names) => {
                PermissionAnswer::Organisations(checked_organisations(&names)?)
            }
            other => other,
        };
        match self.found(permission) {
            Some(at) if self.answers[at].0 == answer => {}
            Some(at) => {
                let (_, times) = self.answers.remove(at);
                self.answers.push((answer, times + 1));
            }
            None => self.answers.push((answer, 1)),
        }
        Ok(())
    }

    /// How often a question has got another answer: what a page knows of it that shows the last one.
    pub fn times(&self, permission: Permission) -> u32 {
        self.found(permission).map_or(0, |at| self.answers[at].1)
    }

    fn found(&self, permission: Permission) -> Option<usize> {
        let mut answers = self.answers.iter();
        answers.position(|(answer, _)| answer.permission() == permission)
    }

    fn stored(&self, permission: Permission) -> Option<&PermissionAnswer> {
        self.found(permission).map(|at| &self.answers[at].0)
    }

    fn research(&self) -> ResearchScope {
        match self.stored(Permission::Research) {
            Some(PermissionAnswer::Research(scope)) => *scope,
            _ => ResearchScope::None,
        }
    }

    /// Whether there is a way to reach them that they have allowed.
    fn is_reached(&self) -> bool {
        match self.stored(Permission::ContactWays) {
            Some(PermissionAnswer::ContactWays(ways)) => *ways != ContactWays::None,
            _ => false,
        }
    }

    /// A yes to a question that is asked; not to have answered is a no.
    fn says_yes(&self, permission: Permission) -> bool {
        self.asks(permission) && self.stored_yes(permission)
    }

    fn stored_yes(&self, permission: Permission) -> bool {
        use PermissionAnswer as Answer;
        matches!(
            self.stored(permission),
            Some(
                Answer::Commercial(true)
                    | Answer::WithoutEthicsApproval(true)
                    | Answer::Ancestry(true)
                    | Answer::Genetics(true)
                    | Answer::StudyContact(true)
                    | Answer::Samples(true)
                    | Answer::Results(true)
                    | Answer::Matching(true)
                    | Answer::OtherRegistries(true)
            )
        )
    }

    fn organisations(&self) -> &[String] {
        match self.answer(Permission::Organisations) {
            Some(PermissionAnswer::Organisations(names)) => names,
            _ => &[],
        }
    }
}

/// Each once, in the order in which they were named, without empty lines.
fn checked_organisations(names: &[String]) -> Result<Vec<String>> {
    let field = Permission::Organisations.as_str();
    let mut checked: Vec<String> = Vec::new();
    for name in names {
        let name = check_one_line(field, name, ORGANISATION_LONGEST)?;
        if !name.is_empty() && !checked.contains(&name) {
            checked.push(name);
        }
    }
    if checked.len() > ORGANISATIONS_MOST {
        return Err(Error::invalid(
            field,
            format!("Name at most {ORGANISATIONS_MOST} organisations."),
        ));
    }
    Ok(checked)
}
