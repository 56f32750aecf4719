use uuid::Uuid;

use super::*;
use crate::account::{AccountId, Roles, SessionId};

fn member(standing: Standing, role: Option<Role>) -> Actor {
    Actor::Member(Member {
        account: AccountId(Uuid::from_u128(1)),
        session: SessionId(Uuid::from_u128(2)),
        roles: Roles::from_iter(role),
        standing,
        trust: Trust::New,
        awaits_second_factor: false,
    })
}

/// The table: for every action what a visitor, a member, an administrator, either of them
/// suspended, and the operator get: permitted `+`, asked to sign in `?`, refused `-`, told that
/// there is no such thing ` `.
fn expected(action: Action) -> &'static str {
    match action {
        Action::ReadCatalogue
        | Action::SearchCatalogue
        | Action::EnterAccount
        | Action::AskRegistry
        | Action::ReadProfiles
        | Action::ReadDiscussions
        | Action::ReadResources
        | Action::ReadTrials => "++++++",
        Action::ImportCatalogue | Action::ImportSections | Action::ImportTrials => "-----+",
        Action::WriteSection => "?++--+",
        Action::DecideProposals
        | Action::ProtectSections
        | Action::DeletePosts
        | Action::DeclineQuestions
        | Action::AppointLeaders
        | Action::WriteWelcome
        | Action::SetOutsideRegistry
        | Action::DecideFirstPosts
        | Action::PinTopics
        | Action::SetContentNotes
        | Action::EndLeaderships
        | Action::DecideResources => "?-+--?",
        Action::ReviewSections | Action::AnswerAsExpert => "?----?",
        Action::ReadOwnAccount
        | Action::ControlOwnAccount
        | Action::SetUpSecondFactor
        | Action::Appeal
        | Action::Enrol
        | Action::DeleteOwnPosts => "?++++?",
        Action::ChangeProfile
        | Action::SayWhatHelped
        | Action::WritePosts
        | Action::AskQuestions
        | Action::React
        | Action::RequestCommunities
        | Action::ReportContent
        | Action::SuggestResources => "?++--?",
        Action::LookUpAliases => "  +   ",
        Action::ReadRegistryDesk | Action::BreakGlass => "      ",
        Action::DecideHeldTexts
        | Action::DecideRequests
        | Action::ModerateContent
        | Action::ModerateMembers
        | Action::DecideReports
        | Action::DecideAppeals => "  +  +",
        Action::LookAfterAccounts => "  + -+",
    }
}

fn decision(actor: Actor, action: Action) -> char {
    match permit(actor, action) {
        Ok(()) => '+',
        Err(Error::Unauthenticated) => '?',
        Err(Error::Forbidden { .. }) => '-',
        Err(Error::NotFound) => ' ',
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn decisions_are_those_of_the_table() {
    let administrator = Some(Role::Administrator);
    let actors = [
        Actor::Visitor,
        member(Standing::Good, None),
        member(Standing::Good, administrator),
        member(Standing::Suspended, None),
        member(Standing::Suspended, administrator),
        Actor::Operator,
    ];
    for action in Action::ALL {
        let decisions: String = actors.map(|actor| decision(actor, action)).iter().collect();
        assert_eq!(decisions, expected(action), "{action:?}");
    }
}

#[test]
fn who_awaits_a_second_factor_can_only_read_and_set_it_up() {
    for action in Action::ALL {
        for standing in [Standing::Good, Standing::Suspended] {
            let awaiting = Actor::Member(Member {
                awaits_second_factor: true,
                trust: Trust::Trusted,
                ..member(standing, None).member().unwrap()
            });
            let expected = match action {
                Action::ReadCatalogue
                | Action::SearchCatalogue
                | Action::ReadProfiles
                | Action::ReadDiscussions
                | Action::ReadResources
                | Action::ReadTrials
                | Action::EnterAccount
                | Action::AskRegistry
                | Action::ReadOwnAccount
                | Action::SetUpSecondFactor => '+',
                Action::DecideHeldTexts
                | Action::DecideRequests
                | Action::LookUpAliases
                | Action::ReadRegistryDesk
                | Action::BreakGlass
                | Action::ModerateContent
                | Action::ModerateMembers
                | Action::DecideAppeals
                | Action::DecideReports
                | Action::LookAfterAccounts => ' ',
                _ => '-',
            };
            assert_eq!(decision(awaiting, action), expected, "{action:?}");
        }
    }
}

/// What roles other than the administrator's, and trust, add.
fn is_added(action: Action, role: Role) -> bool {
    match action {
        Action::DecideProposals | Action::DeclineQuestions => {
            matches!(role, Role::Expert | Role::Moderator)
        }
        Action::ProtectSections
        | Action::DeletePosts
        | Action::DecideResources
        | Action::AppointLeaders
        | Action::WriteWelcome
        | Action::SetOutsideRegistry
        | Action::DecideFirstPosts
        | Action::PinTopics
        | Action::SetContentNotes
        | Action::EndLeaderships
        | Action::DecideRequests
        | Action::LookUpAliases
        | Action::ModerateContent
        | Action::ModerateMembers
        | Action::DecideAppeals
        | Action::DecideReports
        | Action::DecideHeldTexts => role == Role::Moderator,
        Action::ReviewSections | Action::AnswerAsExpert => role == Role::Expert,
        Action::ReadRegistryDesk | Action::BreakGlass => role == Role::RegistryStaff,
        _ => false,
    }
}

#[test]
fn roles_add_what_the_table_says() {
    let trusted = Actor::Member(Member {
        trust: Trust::Trusted,
        ..member(Standing::Good, None).member().unwrap()
    });
    for action in Action::ALL {
        let expected = match action {
            Action::DecideProposals => '+',
            _ => decision(member(Standing::Good, None), action),
        };
        assert_eq!(decision(trusted, action), expected, "trusted {action:?}");
        for role in Role::ALL {
            for standing in [Standing::Good, Standing::Suspended] {
                if standing == Standing::Good && is_added(action, role) {
                    assert_eq!(decision(member(standing, Some(role)), action), '+');
                } else if role != Role::Administrator {
                    assert_eq!(
                        decision(member(standing, Some(role)), action),
                        decision(member(standing, None), action),
                        "{role:?} {standing:?} {action:?}"
                    );
                }
            }
        }
    }
}
