//! What moderators do with posts and topics, what the people concerned are told of it, and how they
//! object.

mod appeal;
mod draft;
mod service;

use serde::{Deserialize, Serialize};

use super::{Post, TopicAudience, TopicLink};
use crate::{account::Role, catalogue::ConditionLink, time::Timestamp};

pub use appeal::{
    Appeal, AppealDecision, AppealLine, AppealList, AppealObstacle, AppealState, AppealToDecide,
    appeal_until,
};
pub use draft::{
    APPEAL_LONGEST, MODERATION_REASON_LONGEST, check_appeal, check_appeal_answer,
    check_moderation_reason,
};
pub use service::Moderation;

/// What was done with a post or its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContentAction {
    /// A post is hidden: its text is there for its author and for moderators alone.
    Hide,
    /// It is shown again.
    Show,
    /// Nobody but moderators writes in a topic any more.
    Lock,
    /// Members can write in it again.
    Unlock,
    /// A topic is in another community.
    Move,
    /// A post has a content note that its author cannot take off. The reason is the note.
    Note,
    /// It has none of that kind any more. The reason is the note that it had.
    RemoveNote,
    /// Whoever wrote a post was warned about it.
    Warn,
}

impl ContentAction {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Hide,
        Self::Show,
        Self::Lock,
        Self::Unlock,
        Self::Move,
        Self::Note,
        Self::RemoveNote,
        Self::Warn,
    ];

    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hide => "hide",
            Self::Show => "show",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::Move => "move",
            Self::Note => "note",
            Self::RemoveNote => "remove-note",
            Self::Warn => "warn",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }

    /// Which one it ends.
    pub fn lifts(self) -> Option<Self> {
        match self {
            Self::Show => Some(Self::Hide),
            Self::Unlock => Some(Self::Lock),
            Self::RemoveNote => Some(Self::Note),
            Self::Hide | Self::Lock | Self::Move | Self::Note | Self::Warn => None,
        }
    }

    /// Whether it is about a content note, which is then its reason.
    pub fn is_of_note(self) -> bool {
        matches!(self, Self::Note | Self::RemoveNote)
    }

    /// Whether it is about the whole topic, and concerns who started it.
    pub fn is_of_topic(self) -> bool {
        matches!(self, Self::Lock | Self::Unlock | Self::Move)
    }
}

/// What a moderator wants to do with a post or its topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContentModeration {
    /// Hides the post.
    Hide,
    /// Shows it again.
    Show,
    /// Locks the topic.
    Lock,
    /// Unlocks it.
    Unlock,
    /// Moves it to the community of the condition with this slug.
    Move {
        /// The condition.
        slug: String,
    },
}

impl ContentModeration {
    /// What it will have been.
    pub fn action(&self) -> ContentAction {
        match self {
            Self::Hide => ContentAction::Hide,
            Self::Show => ContentAction::Show,
            Self::Lock => ContentAction::Lock,
            Self::Unlock => ContentAction::Unlock,
            Self::Move { .. } => ContentAction::Move,
        }
    }
}

/// A post of another's, for who may set its content note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noting {
    /// In which topic.
    pub topic: TopicLink,
    /// The post, with its present note.
    pub post: Post,
}

/// That a post is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The title that is hidden with it, for its author and for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Id of the decision, for the author of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

/// What was decided, about a post, its topic, or an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// About a post or its topic.
    Content(ContentAction),
    /// About an account.
    Account {
        /// Name of a [`ModerationAction`](crate::account::ModerationAction).
        action: String,
        /// The role that it is about.
        role: Option<Role>,
        /// When it ends by itself, if it does.
        until: Option<Timestamp>,
    },
}

impl DecisionKind {
    /// Whether the person concerned can appeal: it takes something from them.
    pub fn can_be_appealed(&self) -> bool {
        match self {
            Self::Content(action) => action.lifts().is_none(),
            Self::Account { action, .. } => !matches!(
                action.as_str(),
                "grant" | "revoke" | "restore" | "end-sessions" | "reset-second-factor"
            ),
        }
    }
}

/// A post that a decision is about, for who may read its topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedPost {
    /// Its topic.
    pub topic: TopicLink,
    /// Its number.
    pub number: i64,
}

/// What was decided about a person, for that person. It never says by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Ten random characters.
    pub id: String,
    /// What.
    pub kind: DecisionKind,
    /// Why.
    pub reason: String,
    /// When.
    pub taken: Timestamp,
    /// When it ended.
    pub lifted: Option<Timestamp>,
    /// What it is about.
    pub post: Option<DecidedPost>,
    /// From where to where a topic was moved.
    pub moved: Option<(ConditionLink, ConditionLink)>,
    /// The person's appeal.
    pub appeal: Option<Appeal>,
    /// Until when the person can appeal, if they can.
    pub may_appeal_until: Option<Timestamp>,
}

/// A page of what was decided about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionList {
    /// The last first.
    pub decisions: Vec<Decision>,
    /// Id after which the next page begins.
    pub next: Option<String>,
}

/// What was done with a post or its topic, for moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModerationEntry {
    /// What.
    pub action: ContentAction,
    /// With which post.
    pub number: i64,
    /// Why.
    pub reason: String,
    /// By whom; `None` for the operator, for who has gone since, and for who is concerned.
    pub by: Option<String>,
    /// When.
    pub taken: Timestamp,
    /// When it ended.
    pub lifted: Option<Timestamp>,
    /// From where to where a topic was moved.
    pub moved: Option<(ConditionLink, ConditionLink)>,
    /// What has become of the appeal, if there is one.
    pub appeal: Option<AppealState>,
}

/// A post and its topic, for moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostModeration {
    /// Its topic.
    pub topic: TopicLink,
    /// For whom that is.
    pub audience: TopicAudience,
    /// The post, with its text also where it is hidden.
    pub post: Post,
    /// Why the topic is locked, if it is.
    pub locked: Option<String>,
    /// Whether it was written by who asks: someone else decides about it.
    pub own: bool,
    /// Whether who asks has started the topic.
    pub own_topic: bool,
    /// What was done so far, the last first.
    pub history: Vec<ModerationEntry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_have_one_name() {
        for action in ContentAction::ALL {
            assert_eq!(ContentAction::from_name(action.as_str()), Some(action));
            let name = serde_json::to_string(&action).unwrap();
            assert_eq!(name, format!("\"{}\"", action.as_str()));
        }
        assert_eq!(ContentAction::from_name("delete"), None);
    }

    #[test]
    fn what_takes_something_from_a_person_can_be_appealed() {
        for action in ContentAction::ALL {
            let expected = matches!(
                action,
                ContentAction::Hide
                    | ContentAction::Lock
                    | ContentAction::Move
                    | ContentAction::Note
                    | ContentAction::Warn
            );
            assert_eq!(DecisionKind::Content(action).can_be_appealed(), expected);
        }
        let account = |action: &str| DecisionKind::Account {
            action: action.to_owned(),
            role: None,
            until: None,
        };
        assert!(account("suspend").can_be_appealed());
        assert!(account("warn").can_be_appealed());
        for action in ["grant", "revoke", "restore", "end-sessions"] {
            assert!(!account(action).can_be_appealed(), "{action}");
        }
    }
}
