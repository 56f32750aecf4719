//! Leaders: members who look after one community, and are shown with it.

mod service;

use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, SafeHtml,
    catalogue::ConditionLink,
    registry::OutsideRegistry,
    text::{check_one_line, check_reason, is_invisible, printable},
    time::Timestamp,
};

pub use service::Leaders;

/// Most leaders and people invited to lead of one community.
pub const LEADERS_MOST: usize = 20;
/// Most pinned topics of one community.
pub const PINNED_MOST: usize = 3;
/// Most characters of what a leader says of themselves.
pub const LEADER_WORDS_LONGEST: usize = 500;
/// Most characters of the reason for which a leadership is ended.
pub const LEADER_REASON_LONGEST: usize = 500;
/// Most characters of a welcome message.
pub const WELCOME_LONGEST: usize = 2_000;

/// What has become of an invitation to lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LeadershipState {
    /// The person has not answered yet.
    Invited,
    /// They have accepted.
    Leading,
    /// They have not.
    Declined,
    /// They have stepped down, or left the community.
    Left,
    /// Somebody else has ended it, and said why.
    Ended,
}

impl LeadershipState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Invited,
        Self::Leading,
        Self::Declined,
        Self::Left,
        Self::Ended,
    ];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Leading => "leading",
            Self::Declined => "declined",
            Self::Left => "left",
            Self::Ended => "ended",
        }
    }

    /// From the stable name; anything unknown is over.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Left)
    }
}

/// A leader as everybody sees them. What they do not show to everyone is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leader {
    /// Names the profile.
    pub handle: String,
    /// The display name.
    pub name: String,
    /// Version of the picture, where everyone sees it.
    pub picture: Option<String>,
    /// What they say of themselves as a leader: plain text, may be empty.
    pub words: String,
}

/// What a condition's page says of who leads its community.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityLeaders {
    /// Who has led it longest first.
    pub leaders: Vec<Leader>,
    /// The welcome message, for who has joined.
    pub welcome: Option<SafeHtml>,
    /// Whether who asks has the tools of leaders here.
    pub may_lead: bool,
}

/// A leader with the community that they lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredLeader {
    /// Whose community.
    pub condition: ConditionLink,
    /// Who.
    pub leader: Leader,
}

/// A page of the leaders of all communities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatheredLeaders {
    /// Who began last first.
    pub leaders: Vec<GatheredLeader>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// Why a leadership counts for nothing at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LeadershipObstacle {
    /// There is no second factor.
    SecondFactor,
    /// The name is not for everyone.
    Name,
    /// That they are in the community is not for everyone.
    Membership,
}

/// An invitation or leadership of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLeadership {
    /// Ten random characters.
    pub id: String,
    /// Whose community.
    pub condition: ConditionLink,
    /// What has become of it.
    pub state: LeadershipState,
    /// What one says of oneself as a leader.
    pub words: String,
    /// Why somebody else has ended it, else nothing.
    pub reason: String,
    /// Since when it is what it is.
    pub since: Timestamp,
    /// Why it counts for nothing.
    pub obstacles: Vec<LeadershipObstacle>,
}

/// A leader or somebody invited, for who leads the community as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderRecord {
    /// Ten random characters.
    pub id: String,
    /// Names the profile.
    pub handle: String,
    /// The display name, where it is for who asks.
    pub name: Option<String>,
    /// Whether they have not answered yet.
    pub invited: bool,
    /// Whether the leadership counts.
    pub counts: bool,
    /// Since when it is what it is.
    pub since: Timestamp,
}

/// What who leads a community works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leading {
    /// Whose community.
    pub condition: ConditionLink,
    /// Who leads it and who is invited, the first of them first.
    pub leaders: Vec<LeaderRecord>,
    /// The welcome message as it was written.
    pub welcome: String,
    /// The registry elsewhere to which it sends people.
    pub registry: Option<OutsideRegistry>,
    /// Whether who asks may end others' leaderships.
    pub may_end: bool,
}

/// What a leader says of themselves as it is kept: one paragraph of plain text, or nothing. `field` is
/// the form's.
pub fn check_leader_words(field: &str, typed: &str) -> Result<String> {
    check_one_line(field, typed, LEADER_WORDS_LONGEST)
}

/// The reason for which a leadership is ended as it is kept: one line. `field` is the form's.
pub fn check_leader_reason(field: &str, typed: &str) -> Result<String> {
    let missing = "Say why. They will see this.";
    check_reason(field, typed, LEADER_REASON_LONGEST, missing)
}

/// A welcome message as it is kept: Markdown, or nothing. `field` is the form's.
pub fn check_welcome(field: &str, typed: &str) -> Result<String> {
    let text = printable(typed);
    let text = text.trim_end();
    let length = text.chars().count();
    if length > WELCOME_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {WELCOME_LONGEST} characters; this has {length}."),
        ));
    }
    if text
        .chars()
        .all(|sign| sign.is_whitespace() || is_invisible(sign))
    {
        return Ok(String::new());
    }
    Ok(text.to_owned())
}

/// A handle as it was typed, with or without "@". `field` is the form's.
pub fn check_handle(field: &str, typed: &str) -> Result<String> {
    let handle = typed.trim().trim_start_matches('@').to_lowercase();
    let signs = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    if handle.is_empty() || handle.len() > 100 || !handle.chars().all(signs) {
        return Err(Error::invalid(
            field,
            "Enter the handle: the last part of the address of their profile.",
        ));
    }
    Ok(handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_states_are_stable() {
        for state in LeadershipState::ALL {
            assert_eq!(LeadershipState::from_name(state.as_str()), state);
        }
        let unknown = LeadershipState::from_name("x");
        assert_eq!(unknown, LeadershipState::Left);
    }

    #[test]
    fn what_leaders_write_is_kept_in_one_form() {
        let words = check_leader_words("words", " Diagnosed\r\nin 2019. ");
        assert_eq!(words, Ok("Diagnosed in 2019.".to_owned()));
        assert!(check_leader_words("words", &"a".repeat(501)).is_err());
        assert!(check_leader_words("words", "a\u{202e}b").is_err());
        assert_eq!(check_leader_words("words", ""), Ok(String::new()));
        assert!(check_leader_reason("reason", " ").is_err());
        let welcome = check_welcome("text", "# Hello\r\n\r\nAll.\n\n");
        assert_eq!(welcome, Ok("# Hello\n\nAll.".to_owned()));
        for nothing in ["", " \n ", "\u{200b}"] {
            assert_eq!(check_welcome("text", nothing), Ok(String::new()));
        }
        assert!(check_welcome("text", &"ä".repeat(2_000)).is_ok());
        assert!(check_welcome("text", &"ä".repeat(2_001)).is_err());
    }

    #[test]
    fn handles_are_taken_as_people_write_them() {
        for typed in ["ada-42", " @Ada-42 ", "ADA-42"] {
            assert_eq!(check_handle("handle", typed), Ok("ada-42".to_owned()));
        }
        for bad in ["", "@", "a b", "ä", "a\0", "a/b"] {
            assert!(check_handle("handle", bad).is_err(), "{bad:?}");
        }
    }
}
