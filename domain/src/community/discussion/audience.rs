//! Who may read a topic.

use serde::{Deserialize, Serialize};

use crate::account::{AccountId, Actor, Role, Standing};

/// For whom a topic is. It holds for the title and for every post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopicAudience {
    /// Everybody, without an account too.
    Everyone,
    /// Everybody who is signed in.
    Members,
    /// Whoever has joined the topic's community, whoever else may know that they have.
    Community,
}

impl TopicAudience {
    /// All, from the widest to the narrowest.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Members, Self::Community];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Members => "members",
            Self::Community => "community",
        }
    }

    /// What forms say.
    pub fn label(self) -> &'static str {
        match self {
            Self::Everyone => "Everyone",
            Self::Members => "All members",
            Self::Community => "Members of this community",
        }
    }

    /// From the stable name; anything unknown is for the fewest.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|audience| audience.as_str() == name)
            .unwrap_or(Self::Community)
    }

    /// Whether somebody who stands like this to the topic's community reads the topic.
    pub fn admits(self, reader: TopicReader) -> bool {
        match self {
            Self::Everyone => true,
            Self::Members => reader != TopicReader::Visitor,
            Self::Community => matches!(reader, TopicReader::Joined | TopicReader::Moderator),
        }
    }
}

/// How somebody stands to the community of a topic, from far to near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicReader {
    /// Not signed in, a search engine included.
    Visitor,
    /// Signed in.
    Member,
    /// Signed in, and has joined the community.
    Joined,
    /// Keeps order in all communities, and sees all that is written there.
    Moderator,
}

/// What an actor reads of all topics, for lists: `storage` turns it into one SQL condition, which has
/// to say the same as [`TopicScope::reader`] with [`TopicAudience::admits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TopicScope {
    /// What is for everyone.
    Visitor,
    /// What this person reads.
    Member(AccountId),
    /// Everything.
    Moderator(AccountId),
}

impl TopicScope {
    /// Of an actor. The operator at the command line reads like a visitor; a suspended moderator like
    /// any member.
    pub fn of(actor: Actor) -> Self {
        let Some(member) = actor.member() else {
            return Self::Visitor;
        };
        let moderates = [Role::Moderator, Role::Administrator]
            .into_iter()
            .any(|role| member.roles.contains(role));
        if moderates && member.standing == Standing::Good {
            Self::Moderator(member.account)
        } else {
            Self::Member(member.account)
        }
    }

    /// How who asks stands to a community, which they have joined or not.
    pub fn reader(self, joined: bool) -> TopicReader {
        match self {
            Self::Visitor => TopicReader::Visitor,
            Self::Moderator(_) => TopicReader::Moderator,
            Self::Member(_) if joined => TopicReader::Joined,
            Self::Member(_) => TopicReader::Member,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::{Member, Roles, SessionId, Trust};

    const READERS: [TopicReader; 4] = [
        TopicReader::Visitor,
        TopicReader::Member,
        TopicReader::Joined,
        TopicReader::Moderator,
    ];

    #[test]
    fn each_audience_admits_whom_it_names() {
        for (audience, expected) in [
            (TopicAudience::Everyone, [true; 4]),
            (TopicAudience::Members, [false, true, true, true]),
            (TopicAudience::Community, [false, false, true, true]),
        ] {
            assert_eq!(READERS.map(|reader| audience.admits(reader)), expected);
            assert_eq!(TopicAudience::from_name(audience.as_str()), audience);
            let name = serde_json::to_string(&audience).unwrap();
            assert_eq!(name, format!("\"{}\"", audience.as_str()));
        }
        assert_eq!(TopicAudience::from_name("world"), TopicAudience::Community);
    }

    #[test]
    fn moderators_in_good_standing_read_everything() {
        let acting = |role, standing| {
            TopicScope::of(Actor::Member(Member {
                account: AccountId(Uuid::from_u128(1)),
                session: SessionId(Uuid::from_u128(2)),
                roles: Roles::from_iter(role),
                standing,
                trust: Trust::New,
                awaits_second_factor: false,
            }))
        };
        for (role, standing, expected) in [
            (None, Standing::Good, TopicReader::Member),
            (Some(Role::Expert), Standing::Good, TopicReader::Member),
            (
                Some(Role::Moderator),
                Standing::Good,
                TopicReader::Moderator,
            ),
            (
                Some(Role::Administrator),
                Standing::Good,
                TopicReader::Moderator,
            ),
            (
                Some(Role::Moderator),
                Standing::Suspended,
                TopicReader::Member,
            ),
        ] {
            assert_eq!(acting(role, standing).reader(false), expected, "{role:?}");
        }
        let joined = acting(None, Standing::Good).reader(true);
        assert_eq!(joined, TopicReader::Joined);
        let operator = TopicScope::of(Actor::Operator).reader(true);
        assert_eq!(operator, TopicReader::Visitor);
    }
}
