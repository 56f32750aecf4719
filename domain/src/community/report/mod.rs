//! Reports of what should not be here, and the cases that moderators make of them.

mod draft;
mod service;
mod subject;

use serde::{Deserialize, Serialize};

use super::discussion::TopicLink;
use crate::{time::Timestamp, wiki::Author};

pub use draft::{
    REPORT_ANSWER_LONGEST, REPORT_NOTE_LONGEST, REPORT_TEXT_LONGEST, ReportDraft,
    check_report_answer, check_report_note, check_report_text,
};
pub use service::Reports;
pub use subject::{ReportSubject, noun_of};

/// What is wrong with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportReason {
    /// Somebody may come to harm.
    Danger,
    /// Advice that may harm whoever follows it.
    DangerousAdvice,
    /// Insults, threats or hate.
    Insults,
    /// What identifies somebody who has not said so themselves.
    PrivateData,
    /// Advertising, or the same again and again.
    Spam,
    /// What the law forbids.
    Illegal,
    /// Something else, in the words of who reports it.
    Other,
}

impl ReportReason {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Danger,
        Self::DangerousAdvice,
        Self::Insults,
        Self::PrivateData,
        Self::Spam,
        Self::Illegal,
        Self::Other,
    ];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::DangerousAdvice => "dangerous-advice",
            Self::Insults => "insults",
            Self::PrivateData => "private-data",
            Self::Spam => "spam",
            Self::Illegal => "illegal",
            Self::Other => "other",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Danger => "Someone may be in danger",
            Self::DangerousAdvice => "Dangerous advice",
            Self::Insults => "Insults, threats or hate",
            Self::PrivateData => "Private information about someone",
            Self::Spam => "Spam or advertising",
            Self::Illegal => "Illegal content",
            Self::Other => "Something else",
        }
    }

    /// From the stable name; anything unknown is something else.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|reason| reason.as_str() == name)
            .unwrap_or(Self::Other)
    }
}

/// What has become of what was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportState {
    /// Moderators have not decided yet.
    Open,
    /// They agree.
    Upheld,
    /// They do not.
    NotUpheld,
}

impl ReportState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Upheld, Self::NotUpheld];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::NotUpheld => "not-upheld",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Waiting for a moderator",
            Self::Upheld => "Upheld",
            Self::NotUpheld => "Not upheld",
        }
    }

    /// From the stable name; anything unknown is open.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Open)
    }
}

/// What somebody is about to report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporting {
    /// What it is.
    pub subject: ReportSubject,
    /// What it is called.
    pub title: String,
    /// Who wrote it, where it is one person who may be named.
    pub author: Option<Author>,
    /// How it begins, in plain text.
    pub excerpt: String,
    /// Whether they have reported it already, and moderators have not decided yet.
    pub already: bool,
}

/// What somebody has reported, as they read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReport {
    /// Names the report in the list.
    pub id: String,
    /// The kind of what they have reported: see [`ReportSubject::kind`].
    pub kind: String,
    /// What they have reported, if it is still there.
    pub subject: Option<ReportSubject>,
    /// What is wrong with it.
    pub reason: ReportReason,
    /// What they have said.
    pub text: String,
    /// When.
    pub made: Timestamp,
    /// What has become of it.
    pub state: ReportState,
    /// What moderators say. Empty while it is open.
    pub answer: String,
}

/// A page of one's own reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnReports {
    /// The last first.
    pub reports: Vec<OwnReport>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// All reports about one thing, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// Ten random characters.
    pub id: String,
    /// The kind of what is reported: see [`ReportSubject::kind`].
    pub kind: String,
    /// What it was called when it was reported. Empty once the copy is deleted.
    pub title: String,
    /// Whether somebody may be in danger.
    pub urgent: bool,
    /// How many people have reported it.
    pub reports: i64,
    /// When it was reported first.
    pub opened: Timestamp,
    /// What has become of it.
    pub state: ReportState,
}

/// A page of cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseList {
    /// Open ones: those in which somebody may be in danger, then the oldest. Closed ones: the last first.
    pub cases: Vec<CaseLine>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// How many cases came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcomes {
    /// Moderators agreed.
    pub upheld: i64,
    /// They did not.
    pub not_upheld: i64,
    /// They have not decided yet.
    pub open: i64,
}

/// Whose thing is reported, as moderators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedPerson {
    /// As far as who decides may know.
    pub author: Author,
    /// Their handle, for who warns and suspends members.
    pub account: Option<String>,
    /// What became of reports about them, this one included.
    pub about_them: Outcomes,
    /// How often they were warned.
    pub warnings: i64,
    /// How often they were suspended.
    pub suspensions: i64,
}

/// One person's report, as moderators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Who reported it, as far as who decides may know.
    pub by: Author,
    /// What is wrong.
    pub reason: ReportReason,
    /// What they say.
    pub text: String,
    /// When.
    pub made: Timestamp,
    /// What became of all their reports, this one included.
    pub by_them: Outcomes,
}

/// What a moderator has noted for the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNote {
    /// Who, as far as who decides may know.
    pub by: Author,
    /// What: plain text.
    pub text: String,
    /// When.
    pub written: Timestamp,
}

/// All reports about one thing, for who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCase {
    /// What the list says of it.
    pub line: CaseLine,
    /// What is reported, if it is still there.
    pub subject: Option<ReportSubject>,
    /// In which topic, where it is a post.
    pub topic: Option<TopicLink>,
    /// Of which community, where it is a resource: the condition's address.
    pub community: Option<String>,
    /// Its text when it was reported first; `None` once the copy is deleted.
    pub copy: Option<String>,
    /// Whose it is, where it is one person's who is still here.
    pub person: Option<ReportedPerson>,
    /// What people say, the first first.
    pub reports: Vec<Report>,
    /// What moderators have noted, the first first.
    pub notes: Vec<CaseNote>,
    /// What those who reported it are told. Empty while it is open.
    pub answer: String,
    /// Who closed it, as far as who reads it may know, and when.
    pub closed: Option<(Author, Timestamp)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        for reason in ReportReason::ALL {
            assert_eq!(ReportReason::from_name(reason.as_str()), reason);
            let name = serde_json::to_string(&reason).unwrap();
            assert_eq!(name, format!("\"{}\"", reason.as_str()));
        }
        assert_eq!(ReportReason::from_name("x"), ReportReason::Other);
        for state in ReportState::ALL {
            assert_eq!(ReportState::from_name(state.as_str()), state);
        }
        assert_eq!(ReportState::from_name("x"), ReportState::Open);
    }
}
