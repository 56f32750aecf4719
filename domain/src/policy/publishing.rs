//! Whose text is shown at once, and whose waits until somebody has looked at it.

use serde::{Deserialize, Serialize};

use crate::account::{Actor, Member, Role, Standing, Trust};

/// From whom a section is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// Trusted members, experts and moderators change it at once.
    Trusted,
    /// Experts and moderators change it at once.
    Experts,
}

impl Protection {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Trusted, Self::Experts];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Experts => "experts",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Trusted => "Trusted members, experts and moderators",
            Self::Experts => "Experts and moderators",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protection| protection.as_str() == name)
    }
}

/// Whether what somebody saves is shown at once. What is not waits as a proposal: nothing that
/// somebody has written is refused for who they are.
pub fn publishes(actor: Actor, protection: Option<Protection>) -> bool {
    let Actor::Member(member) = actor else {
        return actor == Actor::Operator;
    };
    if member.standing == Standing::Suspended {
        return false;
    }
    match protection {
        _ if answers_for_texts(member) => true,
        Some(Protection::Experts) => false,
        Some(Protection::Trusted) => member.trust == Trust::Trusted,
        None => member.trust != Trust::New,
    }
}

/// Whether what somebody writes in a community waits until a leader has read it: of people of whom nobody
/// has taken a text yet, and who have no role. `led` says whether somebody leads the community, who is not
/// them; `published` whether a post of theirs is published anywhere. Where nobody leads, nothing waits:
/// there would be nobody who reads it.
pub fn first_posts_wait(actor: Actor, led: bool, published: bool) -> bool {
    let Actor::Member(member) = actor else {
        return false;
    };
    led && !published && member.trust == Trust::New && !answers_for_texts(member)
}

/// Whether the person's role says that they know what belongs into a section.
pub(super) fn answers_for_texts(member: Member) -> bool {
    [Role::Expert, Role::Moderator, Role::Administrator]
        .into_iter()
        .any(|role| member.roles.contains(role))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::{AccountId, Roles, SessionId};

    fn member(trust: Trust, role: Option<Role>, standing: Standing) -> Actor {
        Actor::Member(Member {
            account: AccountId(Uuid::from_u128(1)),
            session: SessionId(Uuid::from_u128(2)),
            roles: Roles::from_iter(role),
            standing,
            trust,
            awaits_second_factor: false,
        })
    }

    #[test]
    fn first_posts_wait_where_somebody_reads_them() {
        let newcomer = member(Trust::New, None, Standing::Good);
        assert!(first_posts_wait(newcomer, true, false));
        assert!(!first_posts_wait(newcomer, false, false));
        assert!(!first_posts_wait(newcomer, true, true));
        for known in [
            Actor::Visitor,
            Actor::Operator,
            member(Trust::Known, None, Standing::Good),
            member(Trust::Trusted, None, Standing::Good),
            member(Trust::New, Some(Role::Expert), Standing::Good),
            member(Trust::New, Some(Role::Moderator), Standing::Good),
        ] {
            assert!(!first_posts_wait(known, true, false), "{known:?}");
        }
        let researcher = member(Trust::New, Some(Role::Researcher), Standing::Good);
        assert!(first_posts_wait(researcher, true, false));
    }

    #[test]
    fn texts_are_shown_at_once_or_wait() {
        let protections = [None, Some(Protection::Trusted), Some(Protection::Experts)];
        let good = |trust, role| member(trust, role, Standing::Good);
        for (actor, expected) in [
            (Actor::Visitor, [false, false, false]),
            (Actor::Operator, [true, true, true]),
            (good(Trust::New, None), [false, false, false]),
            (good(Trust::Known, None), [true, false, false]),
            (good(Trust::Trusted, None), [true, true, false]),
            (good(Trust::New, Some(Role::Expert)), [true, true, true]),
            (good(Trust::New, Some(Role::Moderator)), [true, true, true]),
            (
                good(Trust::Known, Some(Role::Researcher)),
                [true, false, false],
            ),
            (
                member(Trust::Trusted, Some(Role::Expert), Standing::Suspended),
                [false, false, false],
            ),
        ] {
            assert_eq!(
                protections.map(|protection| publishes(actor, protection)),
                expected,
                "{actor:?}"
            );
        }
        for protection in Protection::ALL {
            assert_eq!(Protection::from_name(protection.as_str()), Some(protection));
        }
    }
}
