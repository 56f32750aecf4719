//! Which notifications a person also gets by email.

use serde::{Deserialize, Serialize};

use super::NotificationKind;

/// When a person gets email about notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailFrequency {
    /// Within two minutes; what comes shortly after waits for the next letter.
    AtOnce,
    /// In one letter a day.
    Daily,
    /// Never.
    Never,
}

impl MailFrequency {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    /// What forms say.
    pub fn label(self) -> &'static str {
        match self {
            Self::AtOnce => "At once",
            Self::Daily => "Once a day",
            Self::Never => "Never",
        }
    }

    /// From the stable name; anything unknown sends nothing.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|frequency| frequency.as_str() == name)
            .unwrap_or(Self::Never)
    }
}

/// Notifications for which one choice is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailGroup {
    /// Replies to the person, answers to questions, and decisions about them and what they wrote.
    Replies,
    /// Posts that mention them.
    Mentions,
    /// Posts in topics that they follow.
    Topics,
    /// What is new in communities and on pages that they follow.
    Communities,
}

impl MailGroup {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Replies,
        Self::Mentions,
        Self::Topics,
        Self::Communities,
    ];

    /// To which group a notification belongs.
    pub fn of(kind: NotificationKind) -> Self {
        match kind {
            NotificationKind::Reply
            | NotificationKind::Answer
            | NotificationKind::Declined
            | NotificationKind::Decision
            | NotificationKind::Report
            | NotificationKind::Approval
            | NotificationKind::Waiting
            | NotificationKind::Invitation
            | NotificationKind::Appeal => Self::Replies,
            NotificationKind::Mention => Self::Mentions,
            NotificationKind::Followed => Self::Topics,
            NotificationKind::Topic | NotificationKind::Question | NotificationKind::Page => {
                Self::Communities
            }
        }
    }

    /// The stable name: the column in the database, and the field in the form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replies => "replies",
            Self::Mentions => "mentions",
            Self::Topics => "topics",
            Self::Communities => "communities",
        }
    }

    /// What forms and letters say.
    pub fn label(self) -> &'static str {
        match self {
            Self::Replies => "Replies to you, answers to your questions, and decisions about you",
            Self::Mentions => "Posts that mention you",
            Self::Topics => "New posts in discussions that you follow",
            Self::Communities => "News in communities and on pages that you follow",
        }
    }
}

/// When a person gets email about which notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailChoices {
    /// About replies to them and answers to questions.
    pub replies: MailFrequency,
    /// About posts that mention them.
    pub mentions: MailFrequency,
    /// About posts in topics that they follow.
    pub topics: MailFrequency,
    /// About communities and pages that they follow.
    pub communities: MailFrequency,
}

impl MailChoices {
    /// Of whoever has not chosen: what is meant for one person comes once a day, the rest never.
    pub const DEFAULT: Self = Self {
        replies: MailFrequency::Daily,
        mentions: MailFrequency::Daily,
        topics: MailFrequency::Never,
        communities: MailFrequency::Never,
    };

    /// Of whoever wants none.
    pub const NONE: Self = Self {
        replies: MailFrequency::Never,
        mentions: MailFrequency::Never,
        topics: MailFrequency::Never,
        communities: MailFrequency::Never,
    };

    /// The choice for a group.
    pub fn of(self, group: MailGroup) -> MailFrequency {
        match group {
            MailGroup::Replies => self.replies,
            MailGroup::Mentions => self.mentions,
            MailGroup::Topics => self.topics,
            MailGroup::Communities => self.communities,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_have_one_name() {
        for frequency in MailFrequency::ALL {
            assert_eq!(MailFrequency::from_name(frequency.as_str()), frequency);
            let name = serde_json::to_string(&frequency).unwrap();
            assert_eq!(name, format!("\"{}\"", frequency.as_str()));
        }
        assert_eq!(MailFrequency::from_name("hourly"), MailFrequency::Never);
    }

    #[test]
    fn whoever_has_not_chosen_is_written_to_about_what_is_meant_for_them() {
        for kind in NotificationKind::ALL {
            let meant = matches!(
                kind,
                NotificationKind::Reply
                    | NotificationKind::Mention
                    | NotificationKind::Answer
                    | NotificationKind::Declined
                    | NotificationKind::Decision
                    | NotificationKind::Appeal
                    | NotificationKind::Report
                    | NotificationKind::Waiting
                    | NotificationKind::Approval
                    | NotificationKind::Invitation
            );
            let expected = if meant {
                MailFrequency::Daily
            } else {
                MailFrequency::Never
            };
            assert_eq!(MailChoices::DEFAULT.of(MailGroup::of(kind)), expected);
        }
        for group in MailGroup::ALL {
            assert_eq!(MailChoices::NONE.of(group), MailFrequency::Never);
        }
    }
}
