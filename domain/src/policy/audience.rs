//! Who may see what a person shows of themselves.

use serde::{Deserialize, Serialize};

use crate::account::{AccountId, Actor};

/// For whom an item of a profile is. Each item has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Nobody but the person.
    OnlyMe,
    /// Members who share a community with the person.
    Communities,
    /// Everybody who is signed in.
    Members,
    /// Everybody, without an account too.
    Everyone,
}

impl Audience {
    /// All, from the narrowest to the widest.
    pub const ALL: [Self; 4] = [
        Self::OnlyMe,
        Self::Communities,
        Self::Members,
        Self::Everyone,
    ];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlyMe => "only-me",
            Self::Communities => "communities",
            Self::Members => "members",
            Self::Everyone => "everyone",
        }
    }

    /// What forms say.
    pub fn label(self) -> &'static str {
        match self {
            Self::OnlyMe => "Only me",
            Self::Communities => "Members of my communities",
            Self::Members => "All members",
            Self::Everyone => "Everyone",
        }
    }

    /// From the stable name; anything unknown is for nobody else.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|audience| audience.as_str() == name)
            .unwrap_or(Self::OnlyMe)
    }

    /// Whether somebody who stands like this to the owner of the item sees it.
    pub fn admits(self, viewer: Viewer) -> bool {
        match self {
            Self::OnlyMe => viewer == Viewer::Owner,
            Self::Communities => matches!(viewer, Viewer::Community | Viewer::Owner),
            Self::Members => viewer != Viewer::Visitor,
            Self::Everyone => true,
        }
    }
}

/// How somebody stands to the owner of an item, from far to near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Viewer {
    /// Not signed in, a search engine included.
    Visitor,
    /// Signed in.
    Member,
    /// Signed in, and in one of the owner's communities.
    Community,
    /// The owner.
    Owner,
}

/// Whether two people are in a community together: by a condition that both have named, and that both
/// show to fellow members at least. One that a person keeps to themself brings nobody near them, else
/// whoever names conditions one after another would learn which it is.
pub fn share_a_community(mine: Audience, theirs: Audience) -> bool {
    mine.admits(Viewer::Community) && theirs.admits(Viewer::Community)
}

/// What an actor sees of other people's items, for lists: `storage` turns it into one SQL
/// condition, which has to say the same as [`Scope::viewer`] with [`Audience::admits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What is for everyone.
    Visitor,
    /// What this person sees.
    Member(AccountId),
}

impl Scope {
    /// Of an actor. The operator at the command line is nobody's fellow member.
    pub fn of(actor: Actor) -> Self {
        match actor.member() {
            Some(member) => Self::Member(member.account),
            None => Self::Visitor,
        }
    }

    /// How who asks stands to an owner, with whom they share a community or not.
    pub fn viewer(self, owner: AccountId, share_a_community: bool) -> Viewer {
        match self {
            Self::Visitor => Viewer::Visitor,
            Self::Member(account) if account == owner => Viewer::Owner,
            Self::Member(_) if share_a_community => Viewer::Community,
            Self::Member(_) => Viewer::Member,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// For each audience who sees the item, from visitor to owner.
    #[test]
    fn each_audience_admits_whom_it_names() {
        let nearnesses = [
            Viewer::Visitor,
            Viewer::Member,
            Viewer::Community,
            Viewer::Owner,
        ];
        for (audience, expected) in [
            (Audience::OnlyMe, [false, false, false, true]),
            (Audience::Communities, [false, false, true, true]),
            (Audience::Members, [false, true, true, true]),
            (Audience::Everyone, [true; 4]),
        ] {
            assert_eq!(nearnesses.map(|near| audience.admits(near)), expected);
            assert_eq!(Audience::from_name(audience.as_str()), audience);
        }
        assert_eq!(Audience::from_name("world"), Audience::OnlyMe);
    }

    #[test]
    fn whoever_comes_nearer_loses_nothing() {
        for audience in Audience::ALL {
            let seen = [
                Viewer::Visitor,
                Viewer::Member,
                Viewer::Community,
                Viewer::Owner,
            ]
            .map(|near| audience.admits(near));
            assert!(seen.is_sorted(), "{audience:?}");
        }
    }

    #[test]
    fn what_is_kept_to_oneself_brings_nobody_near() {
        for other in Audience::ALL {
            assert!(!share_a_community(Audience::OnlyMe, other));
            assert!(!share_a_community(other, Audience::OnlyMe));
        }
        assert!(share_a_community(Audience::Communities, Audience::Everyone));
    }

    #[test]
    fn only_the_owner_is_the_owner() {
        let [one, other] = [1, 2].map(|n| AccountId(Uuid::from_u128(n)));
        assert_eq!(Scope::Member(one).viewer(one, true), Viewer::Owner);
        assert_eq!(Scope::Member(one).viewer(other, true), Viewer::Community);
        assert_eq!(Scope::Member(one).viewer(other, false), Viewer::Member);
        assert_eq!(Scope::Visitor.viewer(one, true), Viewer::Visitor);
        assert_eq!(Scope::of(Actor::Operator), Scope::Visitor);
    }
}
