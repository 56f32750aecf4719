//! At which point a study is.

use serde::{Deserialize, Serialize};

/// The status of a study, by the names of ClinicalTrials.gov.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TrialStatus {
    /// It takes people.
    Recruiting,
    /// It will.
    NotYetRecruiting,
    /// It takes those whom it has chosen.
    EnrollingByInvitation,
    /// It is under way, with those who are in it.
    ActiveNotRecruiting,
    /// It has stopped for a time.
    Suspended,
    /// It has ended as planned.
    Completed,
    /// It has ended early.
    Terminated,
    /// It ended before anybody took part.
    Withdrawn,
    /// A treatment is given outside of a trial (expanded access).
    Available,
    /// The same, and not at present.
    TemporarilyNotAvailable,
    /// The same, and no longer.
    NoLongerAvailable,
    /// The treatment can be prescribed.
    ApprovedForMarketing,
    /// The register does not say, and may not.
    Withheld,
    /// Nobody has told the register for two years, or its word is not known here.
    #[default]
    #[serde(other)]
    Unknown,
}

impl TrialStatus {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Recruiting,
        Self::NotYetRecruiting,
        Self::EnrollingByInvitation,
        Self::ActiveNotRecruiting,
        Self::Suspended,
        Self::Completed,
        Self::Terminated,
        Self::Withdrawn,
        Self::Available,
        Self::TemporarilyNotAvailable,
        Self::NoLongerAvailable,
        Self::ApprovedForMarketing,
        Self::Withheld,
        Self::Unknown,
    ];

    /// The register's name of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recruiting => "RECRUITING",
            Self::NotYetRecruiting => "NOT_YET_RECRUITING",
            Self::EnrollingByInvitation => "ENROLLING_BY_INVITATION",
            Self::ActiveNotRecruiting => "ACTIVE_NOT_RECRUITING",
            Self::Suspended => "SUSPENDED",
            Self::Completed => "COMPLETED",
            Self::Terminated => "TERMINATED",
            Self::Withdrawn => "WITHDRAWN",
            Self::Available => "AVAILABLE",
            Self::TemporarilyNotAvailable => "TEMPORARILY_NOT_AVAILABLE",
            Self::NoLongerAvailable => "NO_LONGER_AVAILABLE",
            Self::ApprovedForMarketing => "APPROVED_FOR_MARKETING",
            Self::Withheld => "WITHHELD",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// From the register's name; a new word says nothing that people could rely on.
    pub fn from_register(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == name);
        known.unwrap_or_default()
    }

    /// In plain words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Recruiting => "Recruiting: looking for people to take part",
            Self::NotYetRecruiting => "Not yet recruiting: it plans to look for people",
            Self::EnrollingByInvitation => "By invitation only",
            Self::ActiveNotRecruiting => "Under way, no longer looking for people",
            Self::Suspended => "Paused",
            Self::Completed => "Completed",
            Self::Terminated => "Stopped early",
            Self::Withdrawn => "Withdrawn before anyone took part",
            Self::Available => "Treatment available outside a trial (expanded access)",
            Self::TemporarilyNotAvailable => {
                "Expanded access to the treatment, not available at the moment"
            }
            Self::NoLongerAvailable => "Expanded access to the treatment, no longer available",
            Self::ApprovedForMarketing => "Treatment approved, no longer given in this study",
            Self::Withheld | Self::Unknown => "Status unknown",
        }
    }

    /// What that means for somebody who looks for a study.
    pub fn recruitment(self) -> Recruitment {
        match self {
            Self::Recruiting | Self::Available => Recruitment::Open,
            Self::NotYetRecruiting => Recruitment::Planned,
            Self::EnrollingByInvitation
            | Self::ActiveNotRecruiting
            | Self::Suspended
            | Self::TemporarilyNotAvailable => Recruitment::Closed,
            Self::Completed
            | Self::Terminated
            | Self::Withdrawn
            | Self::NoLongerAvailable
            | Self::ApprovedForMarketing => Recruitment::Ended,
            Self::Withheld | Self::Unknown => Recruitment::Unknown,
        }
    }
}

/// Whether one could take part in a study, by its status. Lists begin with the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recruitment {
    /// Nobody knows.
    Unknown,
    /// It is over.
    Ended,
    /// Not now.
    Closed,
    /// Soon.
    Planned,
    /// Now.
    Open,
}

impl Recruitment {
    /// All, in the order of lists and filters.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Planned,
        Self::Closed,
        Self::Ended,
        Self::Unknown,
    ];

    /// The stable name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Planned => "planned",
            Self::Closed => "closed",
            Self::Ended => "ended",
            Self::Unknown => "unknown",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Recruiting",
            Self::Planned => "Not yet recruiting",
            Self::Closed => "Under way, not recruiting",
            Self::Ended => "Ended",
            Self::Unknown => "Unknown",
        }
    }

    /// Its place in the order of lists, greatest first, as the database keeps it.
    pub fn rank(self) -> i32 {
        match self {
            Self::Open => 4,
            Self::Planned => 3,
            Self::Closed => 2,
            Self::Ended => 1,
            Self::Unknown => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        for status in TrialStatus::ALL {
            assert_eq!(TrialStatus::from_register(status.as_str()), status);
            let json = serde_json::to_string(&status).unwrap();
            assert_eq!(json, format!("\"{}\"", status.as_str()));
        }
        assert_eq!(
            TrialStatus::from_register("recruiting"),
            TrialStatus::Unknown
        );
        let later: TrialStatus = serde_json::from_str("\"A_NEW_WORD\"").unwrap();
        assert_eq!(later, TrialStatus::Unknown);
        for one in Recruitment::ALL {
            assert_eq!(Recruitment::from_name(one.as_str()), Some(one));
            let json = serde_json::to_string(&one).unwrap();
            assert_eq!(json, format!("\"{}\"", one.as_str()));
        }
        assert_eq!(Recruitment::from_name("RECRUITING"), None);
    }

    #[test]
    fn who_recruits_comes_first() {
        assert!(Recruitment::ALL.windows(2).all(|two| two[0] > two[1]));
        assert!(
            Recruitment::ALL
                .windows(2)
                .all(|two| two[0].rank() > two[1].rank())
        );
        assert_eq!(TrialStatus::Recruiting.recruitment(), Recruitment::ALL[0]);
    }
}
