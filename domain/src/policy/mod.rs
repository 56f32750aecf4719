//! Who may do what: one pure function from actor and action to a decision.
//!
//! Every service method asks first. [`Action`] lists every one of them, so that a test can walk
//! all actions with all kinds of actor.

mod audience;
mod community;
mod publishing;
mod quota;
#[cfg(test)]
mod tests;

pub use audience::{Audience, Scope, Viewer, share_a_community};
pub use community::{CommunityRole, permit_in};
pub use publishing::{Protection, first_posts_wait, publishes};
pub use quota::Quota;

use crate::{
    Error, Result,
    account::{Actor, Member, Role, Standing, Trust},
};

/// Everything a service can be asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read conditions, families, sources and sections.
    ReadCatalogue,
    /// Search the catalogue, and what is written, of which each text shows itself to whom it is for.
    SearchCatalogue,
    /// Read a release of a catalogue in.
    ImportCatalogue,
    /// Put texts from a source into empty sections.
    ImportSections,
    /// Read clinical trials in.
    ImportTrials,
    /// Write a text for a section: it is shown, or waits as a proposal, see [`publishes`].
    WriteSection,
    /// Say that a tip has helped one.
    SayWhatHelped,
    /// Accept, amend and decline what others propose.
    DecideProposals,
    /// Protect a section, and end that.
    ProtectSections,
    /// Mark a text as read by an expert.
    ReviewSections,
    /// Join, sign in, follow a link of a mail, ask for a new password.
    EnterAccount,
    /// Read one's own account, its sessions, and end them.
    ReadOwnAccount,
    /// Change one's password or address, or delete the account.
    ControlOwnAccount,
    /// Set up one's second factor, get new recovery codes, turn it off.
    SetUpSecondFactor,
    /// Read profiles and lists of members, of which each shows what is for who asks: see [`Audience`].
    ReadProfiles,
    /// Change what others see of one.
    ChangeProfile,
    /// Read topics and posts, of which each topic shows itself to whom it is for: see
    /// [`TopicAudience`](crate::community::TopicAudience).
    ReadDiscussions,
    /// Start topics and reply, where one has joined; edit what one has written.
    WritePosts,
    /// Ask the experts of a community, where one has joined.
    AskQuestions,
    /// Answer questions as somebody whose work has been checked.
    AnswerAsExpert,
    /// Decline questions, and open them again.
    DeclineQuestions,
    /// Give reactions to posts, where one has joined.
    React,
    /// Take back what one has written, and reactions.
    DeleteOwnPosts,
    /// Delete what others have written.
    DeletePosts,
    /// Look up who has written under an alias.
    LookUpAliases,
    /// Read the resources of communities.
    ReadResources,
    /// Suggest a resource, where one has joined; take a suggestion of one's own back.
    SuggestResources,
    /// Approve, decline and remove resources.
    DecideResources,
    /// Read the clinical trials of conditions.
    ReadTrials,
    /// See what leaders of a community work with, and invite others to lead it. Leaders may do this
    /// and the next four in their community, see [`permit_in`].
    AppointLeaders,
    /// Write the welcome message of a community.
    WriteWelcome,
    /// Send people to a registry elsewhere, where a community has one.
    SetOutsideRegistry,
    /// Publish and decline first posts.
    DecideFirstPosts,
    /// Put topics before all others.
    PinTopics,
    /// Put a content note before what others have written, and take it off again. Leaders do that in
    /// their community, too.
    SetContentNotes,
    /// End others' leaderships.
    EndLeaderships,
    /// Ask for the community of a condition that the catalogue does not have.
    RequestCommunities,
    /// Look at what waits in all communities, and decide about requests for communities.
    DecideRequests,
    /// Hide posts, lock and move topics.
    ModerateContent,
    /// Warn members, and suspend them for a time.
    ModerateMembers,
    /// Object to a decision about oneself.
    Appeal,
    /// Look at appeals, and decide about them.
    DecideAppeals,
    /// Report what one can read to moderators.
    ReportContent,
    /// Look at what is reported, write notes about it, and close it.
    DecideReports,
    /// Look at texts of sources that are held back, and decide about them.
    DecideHeldTexts,
    /// Look at, give roles to, suspend and restore other people's accounts.
    LookAfterAccounts,
    /// Enrol oneself, and whom one acts for, in the registry; read and change what was said there.
    Enrol,
    /// Write to the registry's staff, as researchers do.
    AskRegistry,
    /// See how far participants of the registry are, which of its staff have looked at who they are,
    /// and what researchers ask.
    ReadRegistryDesk,
    /// Look at who a participant of the registry is.
    BreakGlass,
}

impl Action {
    /// All actions, for the test that walks them.
    pub const ALL: [Self; 50] = [
        Self::ReadCatalogue,
        Self::SearchCatalogue,
        Self::ImportCatalogue,
        Self::ImportSections,
        Self::ImportTrials,
        Self::WriteSection,
        Self::SayWhatHelped,
        Self::DecideProposals,
        Self::ProtectSections,
        Self::ReviewSections,
        Self::EnterAccount,
        Self::ReadOwnAccount,
        Self::ControlOwnAccount,
        Self::SetUpSecondFactor,
        Self::ReadProfiles,
        Self::ChangeProfile,
        Self::ReadDiscussions,
        Self::WritePosts,
        Self::AskQuestions,
        Self::AnswerAsExpert,
        Self::DeclineQuestions,
        Self::React,
        Self::DeleteOwnPosts,
        Self::DeletePosts,
        Self::LookUpAliases,
        Self::ReadResources,
        Self::SuggestResources,
        Self::DecideResources,
        Self::ReadTrials,
        Self::AppointLeaders,
        Self::WriteWelcome,
        Self::SetOutsideRegistry,
        Self::DecideFirstPosts,
        Self::PinTopics,
        Self::SetContentNotes,
        Self::EndLeaderships,
        Self::RequestCommunities,
        Self::DecideRequests,
        Self::ModerateContent,
        Self::ModerateMembers,
        Self::Appeal,
        Self::DecideAppeals,
        Self::ReportContent,
        Self::DecideReports,
        Self::DecideHeldTexts,
        Self::LookAfterAccounts,
        Self::Enrol,
        Self::AskRegistry,
        Self::ReadRegistryDesk,
        Self::BreakGlass,
    ];
}

/// Permits the action or says why not.
pub fn permit(actor: Actor, action: Action) -> Result<()> {
    decide(actor, action)?;
    match actor {
        Actor::Member(member) if member.awaits_second_factor && !needs_no_second_factor(action) => {
            Err(forbidden(
                "your role needs two-step sign-in. Set it up in your settings first.",
            ))
        }
        _ => Ok(()),
    }
}

/// What somebody can do who has a role and no second factor: read what everybody reads, and set it up.
fn needs_no_second_factor(action: Action) -> bool {
    matches!(
        action,
        Action::ReadCatalogue
            | Action::SearchCatalogue
            | Action::ReadProfiles
            | Action::ReadDiscussions
            | Action::ReadResources
            | Action::ReadTrials
            | Action::EnterAccount
            | Action::AskRegistry
            | Action::ReadOwnAccount
            | Action::SetUpSecondFactor
    )
}

fn decide(actor: Actor, action: Action) -> Result<()> {
    match action {
        Action::ReadCatalogue
        | Action::SearchCatalogue
        | Action::EnterAccount
        | Action::AskRegistry
        | Action::ReadProfiles
        | Action::ReadDiscussions
        | Action::ReadResources
        | Action::ReadTrials => Ok(()),
        Action::ImportCatalogue | Action::ImportSections | Action::ImportTrials => match actor {
            Actor::Operator => Ok(()),
            Actor::Visitor | Actor::Member(_) => {
                Err(forbidden("only the operator of this site can import data."))
            }
        },
        Action::WriteSection => match actor {
            Actor::Operator => Ok(()),
            Actor::Visitor => Err(Error::Unauthenticated),
            Actor::Member(member) => in_good_standing(member.standing),
        },
        Action::DecideProposals => only(
            actor,
            |member| member.trust == Trust::Trusted || publishing::answers_for_texts(member),
            "experts, moderators and members who have written much here decide about proposals.",
        ),
        Action::ProtectSections => only(
            actor,
            |member| has(member, &[Role::Moderator, Role::Administrator]),
            "moderators protect sections.",
        ),
        Action::DeletePosts => only(
            actor,
            |member| has(member, &[Role::Moderator, Role::Administrator]),
            "moderators delete what others have written.",
        ),
        Action::AnswerAsExpert => only(
            actor,
            |member| has(member, &[Role::Expert]),
            "experts whose work has been checked answer as experts.",
        ),
        Action::DeclineQuestions => only(
            actor,
            |member| {
                has(
                    member,
                    &[Role::Expert, Role::Moderator, Role::Administrator],
                )
            },
            "experts and moderators decline questions.",
        ),
        Action::DecideResources => only(
            actor,
            |member| has(member, &[Role::Moderator, Role::Administrator]),
            "moderators, and leaders in their community, decide which resources are listed.",
        ),
        Action::AppointLeaders
        | Action::WriteWelcome
        | Action::SetOutsideRegistry
        | Action::DecideFirstPosts
        | Action::PinTopics
        | Action::SetContentNotes => only(
            actor,
            |member| has(member, &[Role::Moderator, Role::Administrator]),
            "leaders do that in their community, and moderators.",
        ),
        Action::EndLeaderships => only(
            actor,
            |member| has(member, &[Role::Moderator, Role::Administrator]),
            "moderators end leaderships.",
        ),
        Action::ReviewSections => only(
            actor,
            |member| has(member, &[Role::Expert]),
            "experts whose work has been checked review texts.",
        ),
        // The account is a person's: the operator has none, and acts on others' by other ways.
        Action::ReadOwnAccount
        | Action::ControlOwnAccount
        | Action::SetUpSecondFactor
        | Action::Appeal
        | Action::Enrol
        | Action::DeleteOwnPosts => match actor {
            Actor::Member(_) => Ok(()),
            Actor::Visitor | Actor::Operator => Err(Error::Unauthenticated),
        },
        // Who may not know that it is there is told that it is not.
        Action::DecideHeldTexts
        | Action::DecideRequests
        | Action::ModerateContent
        | Action::ModerateMembers
        | Action::DecideReports
        | Action::DecideAppeals => match actor {
            Actor::Operator => Ok(()),
            Actor::Member(member)
                if member.standing == Standing::Good
                    && has(member, &[Role::Moderator, Role::Administrator]) =>
            {
                Ok(())
            }
            Actor::Visitor | Actor::Member(_) => Err(Error::NotFound),
        },
        // A person does, who can be named afterwards: the operator has no account.
        Action::LookUpAliases => match actor {
            Actor::Member(member)
                if member.standing == Standing::Good
                    && has(member, &[Role::Moderator, Role::Administrator]) =>
            {
                Ok(())
            }
            Actor::Visitor | Actor::Member(_) | Actor::Operator => Err(Error::NotFound),
        },
        // Nobody else: not administrators, and not the operator, who has no name for the log.
        Action::ReadRegistryDesk | Action::BreakGlass => match actor {
            Actor::Member(member)
                if member.standing == Standing::Good
                    && member.roles.contains(Role::RegistryStaff) =>
            {
                Ok(())
            }
            Actor::Visitor | Actor::Member(_) | Actor::Operator => Err(Error::NotFound),
        },
        Action::LookAfterAccounts => match actor {
            Actor::Operator => Ok(()),
            Actor::Member(member) if member.roles.contains(Role::Administrator) => {
                in_good_standing(member.standing)
            }
            Actor::Visitor | Actor::Member(_) => Err(Error::NotFound),
        },
        Action::ChangeProfile
        | Action::SayWhatHelped
        | Action::WritePosts
        | Action::AskQuestions
        | Action::React
        | Action::RequestCommunities
        | Action::ReportContent
        | Action::SuggestResources => match actor {
            Actor::Member(member) => in_good_standing(member.standing),
            Actor::Visitor | Actor::Operator => Err(Error::Unauthenticated),
        },
    }
}

fn has(member: Member, roles: &[Role]) -> bool {
    roles.iter().any(|role| member.roles.contains(*role))
}

/// Permits members in good standing of whom the condition holds; the operator is no author.
fn only(actor: Actor, condition: impl Fn(Member) -> bool, who: &str) -> Result<()> {
    match actor {
        Actor::Member(member) => {
            in_good_standing(member.standing)?;
            if condition(member) {
                Ok(())
            } else {
                Err(forbidden(who))
            }
        }
        Actor::Visitor | Actor::Operator => Err(Error::Unauthenticated),
    }
}

/// Why nothing is permitted to who is suspended.
pub const SUSPENDED: &str = "your account is suspended. Your settings say until when, and why.";

fn in_good_standing(standing: Standing) -> Result<()> {
    match standing {
        Standing::Good => Ok(()),
        Standing::Suspended => Err(forbidden(SUSPENDED)),
    }
}

fn forbidden(reason: &str) -> Error {
    Error::Forbidden {
        reason: reason.to_owned(),
    }
}
