use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

/// Which account. Never shown: the public name of a person is their handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountId(pub Uuid);

/// Which of a person's sessions. Says nothing about the token that opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionId(pub Uuid);

/// Who asks for something. Nothing else identifies a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who reads without an account, a search engine included. A person who has not
    /// followed the link in the mail yet is one: their account begins with it.
    Visitor,
    /// Someone who is signed in.
    Member(Member),
    /// The operator at the command line, or a job of the server.
    Operator,
}

/// A person who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Whose account.
    pub account: AccountId,
    /// Through which session.
    pub session: SessionId,
    /// What they may do beyond what every member may.
    pub roles: Roles,
    /// Whether they may act at all.
    pub standing: Standing,
    /// How far their texts are known.
    pub trust: Trust,
    /// Whether they have been given a role and have no second factor. Until they set one up they have
    /// no role, and can do nothing else.
    pub awaits_second_factor: bool,
}

/// How far a person's texts are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trust {
    /// None has been taken yet.
    New,
    /// Some have.
    Known,
    /// Many have.
    Trusted,
}

/// How many of a person's texts somebody else has accepted: by taking a proposal, or by reviewing what
/// the person published. What nobody else has looked at counts for nothing, and of one section only
/// one a day, so that many small changes are no more than one good text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AcceptedTexts {
    /// Texts, one for each section and day.
    pub texts: i64,
    /// In how many sections.
    pub sections: i64,
    /// Written on how many days.
    pub days: i64,
    /// Accepted by how many people.
    pub deciders: i64,
}

/// From here on a person decides about the texts of others.
const TRUSTED_FROM: AcceptedTexts = AcceptedTexts {
    texts: 10,
    sections: 5,
    days: 5,
    deciders: 2,
};

impl Trust {
    /// From what others have accepted.
    pub fn of(accepted: AcceptedTexts) -> Self {
        let least = TRUSTED_FROM;
        if accepted.texts <= 0 {
            Self::New
        } else if accepted.texts >= least.texts
            && accepted.sections >= least.sections
            && accepted.days >= least.days
            && accepted.deciders >= least.deciders
        {
            Self::Trusted
        } else {
            Self::Known
        }
    }
}

impl Actor {
    /// How the event log names the actor.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Member(_) => "member",
            Self::Operator => "operator",
        }
    }

    /// The person, where it is one who is signed in.
    pub fn member(self) -> Option<Member> {
        match self {
            Self::Member(member) => Some(member),
            Self::Visitor | Self::Operator => None,
        }
    }
}

/// Whether a member may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// As everybody.
    Good,
    /// Reads, and controls their own account, but writes nothing.
    Suspended,
}

impl Standing {
    /// The stable name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Suspended => "suspended",
        }
    }

    /// From the stable name; anything unknown may not act.
    pub fn from_name(name: &str) -> Self {
        if name == Self::Good.as_str() {
            Self::Good
        } else {
            Self::Suspended
        }
    }

    /// From the stable name and the moment at which a suspension ends, at a moment: one that has run
    /// out is none.
    pub fn at(name: &str, suspended_until: Option<Timestamp>, now: Timestamp) -> Self {
        match suspended_until {
            Some(until) if until <= now => Self::Good,
            _ => Self::from_name(name),
        }
    }
}

/// What somebody may do on the whole site beyond what every member may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A clinician or researcher whose work has been checked.
    Expert,
    /// Keeps order in all communities.
    Moderator,
    /// Works for the registry.
    RegistryStaff,
    /// Decides on the use of registry data.
    AdvisoryBoard,
    /// Approved to ask the registry.
    Researcher,
    /// Grants roles and looks after accounts.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] = [
        Self::Expert,
        Self::Moderator,
        Self::RegistryStaff,
        Self::AdvisoryBoard,
        Self::Researcher,
        Self::Administrator,
    ];

    /// The stable name in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Moderator => "moderator",
            Self::RegistryStaff => "registry-staff",
            Self::AdvisoryBoard => "advisory-board",
            Self::Researcher => "researcher",
            Self::Administrator => "administrator",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Expert => "Expert",
            Self::Moderator => "Moderator",
            Self::RegistryStaff => "Registry staff",
            Self::AdvisoryBoard => "Advisory board",
            Self::Researcher => "Researcher",
            Self::Administrator => "Administrator",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// The roles of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Whether the role is among them.
    pub fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .into_iter()
            .filter(move |role| self.contains(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(
            roles
                .into_iter()
                .fold(0, |bits, role| bits | (1 << role as u8)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_needs_many_texts_sections_days_and_deciders() {
        let least = TRUSTED_FROM;
        assert_eq!(Trust::of(AcceptedTexts::default()), Trust::New);
        assert_eq!(Trust::of(least), Trust::Trusted);
        for short in [
            AcceptedTexts { texts: 9, ..least },
            AcceptedTexts {
                sections: 4,
                ..least
            },
            AcceptedTexts { days: 4, ..least },
            AcceptedTexts {
                deciders: 1,
                ..least
            },
        ] {
            assert_eq!(Trust::of(short), Trust::Known, "{short:?}");
        }
    }

    #[test]
    fn roles_are_kept_apart() {
        for role in Role::ALL {
            let roles = Roles::from_iter([role]);
            for other in Role::ALL {
                assert_eq!(roles.contains(other), role == other);
            }
            assert_eq!(Role::from_name(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_name("king"), None);
        assert_eq!(Standing::from_name("?"), Standing::Suspended);
    }

    #[test]
    fn a_suspension_that_has_run_out_is_none() {
        let at = |until, now| Standing::at("suspended", until, Timestamp(now));
        assert_eq!(at(None, i64::MAX), Standing::Suspended);
        assert_eq!(at(Some(Timestamp(7)), 6), Standing::Suspended);
        assert_eq!(at(Some(Timestamp(7)), 7), Standing::Good);
        assert_eq!(Standing::at("good", None, Timestamp(7)), Standing::Good);
    }
}
