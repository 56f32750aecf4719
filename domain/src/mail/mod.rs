//! Letters to people. They carry no health word and nothing that others may not read over a
//! shoulder; what they say in which words is the server's.

use serde::{Deserialize, Serialize};

/// A letter that waits in the outbox. Tokens are those of links; they go with the letter and are
/// gone with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Letter {
    /// To somebody who wants to join: the link by which the account begins.
    ConfirmAddress {
        /// Of the link.
        token: String,
    },
    /// To somebody who has an account and was entered as wanting to join.
    AlreadyMember,
    /// The link by which a new password can be chosen.
    ChooseNewPassword {
        /// Of the link.
        token: String,
    },
    /// That the password was changed.
    PasswordChanged,
    /// To the new address: the link by which it becomes the account's.
    ConfirmNewAddress {
        /// Of the link.
        token: String,
    },
    /// To the new address of a change, where it is somebody's already.
    AddressTaken,
    /// To the old address: that a change was asked for.
    AddressChangeAsked,
    /// To the old address: that mail goes elsewhere from now on.
    AddressChanged,
    /// That the account is gone.
    AccountDeleted,
    /// That signing in takes a code from now on.
    SecondFactorSetUp,
    /// That it takes none any more.
    SecondFactorTurnedOff,
    /// That somebody has signed in with a recovery code.
    RecoveryCodeUsed,
    /// That there are new recovery codes.
    RecoveryCodesReplaced,
    /// That somebody knows the password and has entered wrong codes.
    CodesRefused,
    /// That staff have looked at the contact details that the person gave. Where and why is read after
    /// signing in.
    ContactDetailsViewed,
    /// That there are notifications: how many, and nothing else of them.
    Notifications {
        /// Replies to the person.
        replies: u32,
        /// Posts that mention them.
        mentions: u32,
        /// Posts in topics that they follow.
        topics: u32,
        /// News in communities and on pages that they follow.
        communities: u32,
        /// Of the link that turns such letters off.
        token: String,
    },
    /// That somebody is invited to lead a community, or leads it no more: which and why is in the
    /// settings.
    LeadershipChanged,
    /// To whoever somebody has typed: the link by which they take something over.
    HandOver {
        /// Of the link.
        token: String,
    },
    /// That something in the account needs a decision: what, only who signs in reads.
    DecisionNeeded,
    /// That a request has been decided.
    RequestDecided {
        /// Of the request: ten random characters, which open nothing for anyone else.
        id: String,
    },
}

// A link opens an account.
impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Letter(…)")
    }
}
