//! Appeals: the person concerned says why a decision is wrong, and somebody else decides.

use serde::{Deserialize, Serialize};

use super::{DecidedPost, DecisionKind};
use crate::{SafeHtml, time::Timestamp, wiki::Author};

/// How long a person can appeal, in days: never less than six months (Regulation (EU) 2022/2065,
/// article 20).
const APPEAL_DAYS: i64 = 184;

/// Until when a decision can be appealed that was taken then.
pub fn appeal_until(taken: Timestamp) -> Timestamp {
    Timestamp(taken.0 + APPEAL_DAYS * 86_400_000_000)
}

/// What has become of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AppealState {
    /// Nobody has decided yet.
    Waiting,
    /// The decision stays.
    Kept,
    /// The decision was wrong, and was undone.
    Lifted,
}

impl AppealState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Kept, Self::Lifted];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept => "kept",
            Self::Lifted => "lifted",
        }
    }

    /// From the stable name; anything unknown changes nothing any more.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Kept)
    }
}

/// What is decided about an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealDecision {
    /// The decision stays.
    Keep,
    /// The decision is undone.
    Lift,
}

impl AppealDecision {
    /// What the appeal is afterwards.
    pub fn state(self) -> AppealState {
        match self {
            Self::Keep => AppealState::Kept,
            Self::Lift => AppealState::Lifted,
        }
    }
}

/// An appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// What the person concerned says: plain text.
    pub words: String,
    /// When.
    pub made: Timestamp,
    /// What has become of it.
    pub state: AppealState,
    /// What who decided says, else nothing.
    pub answer: String,
    /// When it was decided.
    pub decided: Option<Timestamp>,
}

/// An appeal in a list of those who decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealLine {
    /// Ten random characters.
    pub id: String,
    /// About what.
    pub kind: DecisionKind,
    /// When it was made.
    pub made: Timestamp,
    /// What has become of it.
    pub state: AppealState,
}

/// A page of appeals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealList {
    /// Those that wait, the oldest first, or those that are decided, the last first.
    pub appeals: Vec<AppealLine>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// Why somebody cannot decide about an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppealObstacle {
    /// They have taken the decision.
    TookDecision,
    /// It is about them.
    Concerned,
}

/// An appeal with what who decides has to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealToDecide {
    /// Ten random characters.
    pub id: String,
    /// The appeal.
    pub appeal: Appeal,
    /// What was decided.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// When.
    pub taken: Timestamp,
    /// By whom; `None` for the operator, for who has gone since, and for who is concerned.
    pub by: Option<String>,
    /// When it ended.
    pub lifted: Option<Timestamp>,
    /// The post that it is about.
    pub post: Option<DecidedPost>,
    /// Its text, if it is hidden now.
    pub html: Option<SafeHtml>,
    /// Whose account it is about, if it is about one.
    pub account: Option<Author>,
    /// Why who asks cannot decide, if they cannot.
    pub obstacle: Option<AppealObstacle>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_one_name() {
        for state in AppealState::ALL {
            assert_eq!(AppealState::from_name(state.as_str()), state);
        }
        assert_eq!(AppealState::from_name("x"), AppealState::Kept);
        assert_eq!(AppealDecision::Lift.state(), AppealState::Lifted);
        assert_eq!(AppealDecision::Keep.state(), AppealState::Kept);
    }

    #[test]
    fn there_are_six_months_to_appeal() {
        // 1 March 2026 and 1 September 2026, the longest six months.
        let (march, september) = (1_772_323_200_000_000, 1_788_220_800_000_000);
        assert_eq!(appeal_until(Timestamp(march)), Timestamp(september));
    }
}
