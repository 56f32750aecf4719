//! Who may do what in one community.

use super::{Action, permit};
use crate::{
    Result,
    account::{Actor, Standing},
};

/// What somebody is in one community, beside a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CommunityRole {
    /// Nothing more.
    #[default]
    None,
    /// Leads it. Storage says so only of a leadership that counts: its person has accepted it, has a
    /// second factor, and shows name and membership to everyone.
    Leader,
}

impl CommunityRole {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::None, Self::Leader];

    /// From whether somebody leads the community.
    pub fn of(leads: bool) -> Self {
        if leads { Self::Leader } else { Self::None }
    }

    /// Whether the role adds this action.
    fn adds(self, action: Action) -> bool {
        self == Self::Leader
            && matches!(
                action,
                Action::DecideResources
                    | Action::PinTopics
                    | Action::SetContentNotes
                    | Action::WriteWelcome
                    | Action::SetOutsideRegistry
                    | Action::DecideFirstPosts
                    | Action::AppointLeaders
            )
    }
}

/// Permits the action in a community where the actor has this role, or says why not. Whatever is
/// permitted everywhere is permitted there.
pub fn permit_in(actor: Actor, action: Action, role: CommunityRole) -> Result<()> {
    match actor {
        Actor::Member(member)
            if role.adds(action)
                && member.standing == Standing::Good
                && !member.awaits_second_factor =>
        {
            Ok(())
        }
        _ => permit(actor, action),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::account::{AccountId, Member, Role, Roles, SessionId, Trust};

    fn actors() -> Vec<Actor> {
        let mut actors = vec![Actor::Visitor, Actor::Operator];
        for role in Role::ALL.into_iter().map(Some).chain([None]) {
            for standing in [Standing::Good, Standing::Suspended] {
                for awaits_second_factor in [false, true] {
                    actors.push(Actor::Member(Member {
                        account: AccountId(Uuid::from_u128(1)),
                        session: SessionId(Uuid::from_u128(2)),
                        roles: Roles::from_iter(role),
                        standing,
                        trust: Trust::New,
                        awaits_second_factor,
                    }));
                }
            }
        }
        actors
    }

    /// What a leader may do in their community, and nowhere else.
    const ADDED: [Action; 7] = [
        Action::DecideResources,
        Action::PinTopics,
        Action::SetContentNotes,
        Action::WriteWelcome,
        Action::SetOutsideRegistry,
        Action::DecideFirstPosts,
        Action::AppointLeaders,
    ];

    #[test]
    fn who_leads_nothing_may_do_what_is_permitted_everywhere() {
        for action in Action::ALL {
            for actor in actors() {
                let here = permit_in(actor, action, CommunityRole::None);
                assert_eq!(here, permit(actor, action), "{actor:?} {action:?}");
            }
        }
    }

    #[test]
    fn leading_adds_seven_actions_and_takes_none() {
        for action in Action::ALL {
            for actor in actors() {
                let leads = permit_in(actor, action, CommunityRole::Leader);
                let able = actor.member().is_some_and(|member| {
                    member.standing == Standing::Good && !member.awaits_second_factor
                });
                if able && ADDED.contains(&action) {
                    assert_eq!(leads, Ok(()), "{actor:?} {action:?}");
                } else {
                    assert_eq!(leads, permit(actor, action), "{actor:?} {action:?}");
                }
            }
        }
    }
}
