//! The one log of what happened, which feeds, notifications and the audit trail read.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What happened. Stored as the text of [`EventKind::as_str`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// The log of a demonstration begins with it: all people and conversations here are invented.
    DemonstrationBegun,
    /// A catalogue release was read in.
    CatalogueImported,
    /// Clinical trials were read in.
    TrialsImported,
    /// Texts from a source were put into empty sections.
    SectionsImported,
    /// A held document of a source is shown. The subject of this and of the next is the document.
    HeldTextShown,
    /// It never will be.
    HeldTextDiscarded,
    /// Starter texts were put where a condition had none.
    StarterFilled,
    /// A section got a new revision. The subject is the section.
    SectionSaved,
    /// Somebody proposed a text. The subject of this and of the next two is the proposal.
    SectionProposed,
    /// A proposal became a revision.
    ProposalAccepted,
    /// A proposal did not.
    ProposalDeclined,
    /// A section was protected. The subject is the section.
    SectionProtected,
    /// Its protection ended before its time.
    SectionUnprotected,
    /// An expert has read a text. The subject is the section.
    SectionReviewed,
    /// An entry of a list was hidden. The subject of this and of the next is the section.
    EntryHidden,
    /// A hidden entry was shown again.
    EntryShown,
    /// A topic was started, with its first post; a question is a topic. The subject is the topic.
    TopicStarted,
    /// A post was added to a topic. The subject of this and of the next two is the post.
    PostWritten,
    /// Its author changed a post.
    PostEdited,
    /// A post was deleted, by its author or by a moderator.
    PostDeleted,
    /// Somebody has looked up who has written under an alias. The subject is the topic.
    AliasLookedUp,
    /// A question was declined. The subject of this and of the next is the topic.
    QuestionDeclined,
    /// It can be answered again.
    QuestionReopened,
    /// Somebody new wrote what a leader reads first. The subject of this and of the next two is the row of
    /// `first_post`.
    FirstPostWritten,
    /// Its author took it back.
    FirstPostWithdrawn,
    /// It was not published.
    FirstPostDeclined,
    /// A leader let it be published. The subject is the post.
    FirstPostApproved,
    /// A resource was suggested. The subject of this and of the next four is the resource.
    ResourceSuggested,
    /// Its author took the suggestion back.
    ResourceWithdrawn,
    /// It is in the list.
    ResourceApproved,
    /// It is not.
    ResourceDeclined,
    /// It was taken off the list.
    ResourceRemoved,
    /// Somebody is invited to lead a community. The subject of this and of the next three is the
    /// leadership.
    LeaderInvited,
    /// Somebody leads a community.
    LeaderBegan,
    /// They do not want to.
    LeaderDeclined,
    /// They do not any more.
    LeaderEnded,
    /// A community has another welcome message.
    WelcomeWritten,
    /// A community sends people who want to enrol to another registry, or to none of its own any more. The
    /// subject is the condition.
    OutsideRegistrySet,
    /// A topic stands before all others. The subject of this and of the next is the topic.
    TopicPinned,
    /// It does not any more.
    TopicUnpinned,
    /// Somebody asked for a community. The subject of this and of the next three is the request.
    CommunityRequested,
    /// There is one by the request.
    CommunityRequestAccepted,
    /// There was one, or there is another one that takes its place.
    CommunityRequestMerged,
    /// There is none.
    CommunityRequestDeclined,
    /// A moderator hid a post. The subject of this and of the next seven is the row of
    /// `content_moderation`.
    PostHidden,
    /// A moderator showed it again.
    PostShown,
    /// A moderator locked a topic.
    TopicLocked,
    /// A moderator unlocked it.
    TopicUnlocked,
    /// A moderator moved a topic to another community, in which the event is.
    TopicMoved,
    /// A moderator, or a leader of the community, put a content note before a post.
    ContentNoteSet,
    /// One took it off.
    ContentNoteRemoved,
    /// A moderator warned who wrote a post about it.
    AuthorWarned,
    /// Somebody appealed against a decision. The subject of this and of the next is the appeal.
    AppealMade,
    /// It was decided.
    AppealDecided,
    /// Somebody reported something. The subject of this and of the next is the case.
    ReportMade,
    /// Moderators have decided about what was reported.
    ReportClosed,
    /// Somebody confirmed their address. The subject of this and of the following is the account.
    AccountBegun,
    /// The display name changed.
    AccountRenamed,
    /// What the person says about themselves to nobody else changed: relation, country.
    AccountDescribed,
    /// The text about the person, or for whom something of the profile is.
    ProfileChanged,
    /// The picture, or for whom it is.
    PictureChanged,
    /// The conditions that the person names, or for whom they are. Which ones the log does not say.
    ConditionsNamed,
    /// A password was changed or chosen anew.
    PasswordChanged,
    /// Mail goes to another address.
    EmailChanged,
    /// Somebody signed out in other browsers.
    SessionsEnded,
    /// The account is gone.
    AccountDeleted,
    /// Somebody has looked at so many pages of lists of members that they may look at no more for a while.
    MemberListsWalked,
    /// An administrator has looked at that.
    MemberListWalkNoted,
    /// Somebody was given a role. Which one and why is in the table of moderation actions.
    RoleGranted,
    /// A role was taken away.
    RoleRevoked,
    /// Somebody was warned. The subject of this and of the next is the moderation action, which says whom
    /// it concerns and why; in events of earlier releases it is the account.
    AccountWarned,
    /// Somebody may not write any more.
    AccountSuspended,
    /// Somebody may write again. The subject is the account once more.
    AccountRestored,
    /// Signing in takes a code from now on.
    SecondFactorSetUp,
    /// It takes none any more: the person, or the operator, turned that off.
    SecondFactorTurnedOff,
    /// There are new recovery codes.
    RecoveryCodesReplaced,
}

impl EventKind {
    /// The stable name in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DemonstrationBegun => "site.demonstration_begun",
            Self::CatalogueImported => "catalogue.imported",
            Self::TrialsImported => "trials.imported",
            Self::SectionsImported => "wiki.sections_imported",
            Self::HeldTextShown => "wiki.held_text_shown",
            Self::HeldTextDiscarded => "wiki.held_text_discarded",
            Self::StarterFilled => "wiki.starter_filled",
            Self::EntryHidden => "wiki.entry_hidden",
            Self::EntryShown => "wiki.entry_shown",
            Self::SectionSaved => "wiki.section_saved",
            Self::SectionProposed => "wiki.section_proposed",
            Self::ProposalAccepted => "wiki.proposal_accepted",
            Self::ProposalDeclined => "wiki.proposal_declined",
            Self::SectionProtected => "wiki.section_protected",
            Self::SectionUnprotected => "wiki.section_unprotected",
            Self::SectionReviewed => "wiki.section_reviewed",
            Self::TopicStarted => "community.topic_started",
            Self::PostWritten => "community.post_written",
            Self::PostEdited => "community.post_edited",
            Self::PostDeleted => "community.post_deleted",
            Self::AliasLookedUp => "community.alias_looked_up",
            Self::QuestionDeclined => "community.question_declined",
            Self::QuestionReopened => "community.question_reopened",
            Self::FirstPostWritten => "community.first_post_written",
            Self::FirstPostWithdrawn => "community.first_post_withdrawn",
            Self::FirstPostDeclined => "community.first_post_declined",
            Self::FirstPostApproved => "community.first_post_approved",
            Self::ResourceSuggested => "community.resource_suggested",
            Self::ResourceWithdrawn => "community.resource_withdrawn",
            Self::ResourceApproved => "community.resource_approved",
            Self::ResourceDeclined => "community.resource_declined",
            Self::ResourceRemoved => "community.resource_removed",
            Self::LeaderInvited => "community.leader_invited",
            Self::LeaderBegan => "community.leader_began",
            Self::LeaderDeclined => "community.leader_declined",
            Self::LeaderEnded => "community.leader_ended",
            Self::WelcomeWritten => "community.welcome_written",
            Self::OutsideRegistrySet => "community.outside_registry_set",
            Self::TopicPinned => "community.topic_pinned",
            Self::TopicUnpinned => "community.topic_unpinned",
            Self::CommunityRequested => "community.requested",
            Self::CommunityRequestAccepted => "community.request_accepted",
            Self::CommunityRequestMerged => "community.request_merged",
            Self::CommunityRequestDeclined => "community.request_declined",
            Self::PostHidden => "moderation.post_hidden",
            Self::PostShown => "moderation.post_shown",
            Self::TopicLocked => "moderation.topic_locked",
            Self::TopicUnlocked => "moderation.topic_unlocked",
            Self::TopicMoved => "moderation.topic_moved",
            Self::ContentNoteSet => "moderation.content_note_set",
            Self::ContentNoteRemoved => "moderation.content_note_removed",
            Self::AuthorWarned => "moderation.author_warned",
            Self::AppealMade => "moderation.appeal_made",
            Self::AppealDecided => "moderation.appeal_decided",
            Self::ReportMade => "community.report_made",
            Self::ReportClosed => "community.report_closed",
            Self::AccountBegun => "account.begun",
            Self::AccountRenamed => "account.renamed",
            Self::AccountDescribed => "account.described",
            Self::ProfileChanged => "profile.changed",
            Self::PictureChanged => "profile.picture_changed",
            Self::ConditionsNamed => "profile.conditions_named",
            Self::PasswordChanged => "account.password_changed",
            Self::EmailChanged => "account.email_changed",
            Self::SessionsEnded => "account.sessions_ended",
            Self::AccountDeleted => "account.deleted",
            Self::MemberListsWalked => "profile.member_lists_walked",
            Self::MemberListWalkNoted => "profile.member_list_walk_noted",
            Self::RoleGranted => "account.role_granted",
            Self::RoleRevoked => "account.role_revoked",
            Self::AccountWarned => "account.warned",
            Self::AccountSuspended => "account.suspended",
            Self::AccountRestored => "account.restored",
            Self::SecondFactorSetUp => "account.second_factor_set_up",
            Self::SecondFactorTurnedOff => "account.second_factor_turned_off",
            Self::RecoveryCodesReplaced => "account.recovery_codes_replaced",
        }
    }
}

/// What a walk along the sealed log has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Events that are numbered and chained.
    pub sealed: u64,
    /// Events that wait for the next seal.
    pub waiting: u64,
    /// SHA-256 of the last sealed event; empty before the first.
    pub hash: Vec<u8>,
    /// Number of the event with the hash that was expected, if there is one.
    pub expected: Option<i64>,
    /// The first row that does not hold, if there is one.
    pub broken: Option<BrokenSeal>,
}

/// Where the chain of the log breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenSeal {
    /// Number of the first row that does not hold, or that is missing.
    pub sequence: i64,
    /// Id of that row, where there is one.
    pub id: Option<Uuid>,
    /// In what way.
    pub fault: SealFault,
}

/// In what way a row of the log does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealFault {
    /// Its content or its place was changed after it was sealed.
    Changed,
    /// There is no row of that number.
    Missing,
}
