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
