//! The forms that can be sent to each page, which is named as the server's router names it.

use crate::{
    account::{
        administration::forms as administration, forms as account,
        second_factor::forms as second_factor, settings_forms as settings,
    },
    community::{
        self, aliases::administration as aliases, moderation::administration as moderation,
        reports::administration as reports, requests::administration as requests,
    },
    profile::forms as profile,
    registry::{self, administration as desk},
    ui::form::{Definition, PageForm},
    wiki::{self, administration as held},
};

/// Page and form of each.
pub fn forms() -> Vec<(&'static str, Definition)> {
    const CONDITION: &str = "/communities/{slug}";
    const DISCUSSIONS: &str = "/communities/{slug}/discussions";
    const START: &str = "/communities/{slug}/discussions/new";
    const RESOURCES: &str = "/communities/{slug}/resources";
    const SUGGEST: &str = "/communities/{slug}/resources/new";
    const RESOURCE: &str = "/communities/{slug}/resources/{id}";
    const TOPIC: &str = "/topics/{id}/{words}";
    const REPLY: &str = "/topics/{id}/{words}/reply";
    const QUESTIONS: &str = "/communities/{slug}/questions";
    const ASK: &str = "/communities/{slug}/questions/new";
    const QUESTION: &str = "/questions/{id}/{words}";
    const ANSWER: &str = "/questions/{id}/{words}/answer";
    const EDIT: &str = "/communities/{slug}/sections/{kind}/edit";
    const ENTRY: &str = "/communities/{slug}/sections/{kind}/entries/{id}";
    const PROTECT: &str = "/communities/{slug}/sections/{kind}/protect";
    const REVIEW: &str = "/communities/{slug}/revisions/{number}/review";
    const LEAD: &str = "/communities/{slug}/lead";
    const FIRST_POSTS: &str = "/communities/{slug}/first-posts";
    const REQUEST: &str = "/admin/requests/{id}";
    const ALIAS: &str = "/admin/aliases/{id}/{number}";
    const MODERATE: &str = "/admin/topics/{id}/posts/{number}";
    const APPEAL: &str = "/admin/appeals/{id}";
    const HELD: &str = "/admin/held-texts/{id}";
    const PARTICIPANT: &str = "/admin/registry/{pseudonym}";
    const ENROLMENT_STEP: &str = "/registry/enrol/{random}/{step}";
    const PROPOSAL: &str = "/proposals/{id}";
    vec![
        on::<account::JoinFields>("/join"),
        on::<account::ConfirmFields>("/confirm/{token}"),
        on::<account::SignInFields>("/sign-in"),
        on::<account::CodeFields>("/sign-in"),
        on::<account::SignOutFields>("/sign-out"),
        on::<account::ForgottenPasswordFields>("/forgotten-password"),
        on::<account::NewPasswordFields>("/new-password/{token}"),
        on::<account::NewAddressFields>("/new-address/{token}"),
        on::<account::SignOutFields>("/settings/devices"),
        on::<settings::AboutFields>("/settings"),
        on::<settings::PasswordFields>("/settings/password"),
        on::<settings::AddressFields>("/settings/address"),
        on::<second_factor::BeginFields>("/settings/second-factor"),
        on::<second_factor::SetUpFields>("/settings/second-factor"),
        on::<second_factor::RecoveryCodesFields>("/settings/second-factor"),
        on::<second_factor::TurnOffFields>("/settings/second-factor"),
        on::<settings::SignOutDeviceFields>("/settings/devices"),
        on::<settings::SignOutOthersFields>("/settings/devices"),
        on::<settings::DeleteFields>("/settings/delete"),
        on::<profile::ProfileFields>("/settings/profile"),
        on::<profile::PictureAudienceFields>("/settings/picture"),
        on::<profile::PictureFields>("/settings/picture"),
        on::<profile::RemovePictureFields>("/settings/picture"),
        on::<community::ChangeMembershipFields>("/settings/communities"),
        on::<community::LeaveFields>("/settings/communities"),
        on::<community::AddCommunityFields>("/settings/communities"),
        on::<community::JoinCommunityFields>(CONDITION),
        on::<community::JoinCommunityFields>(DISCUSSIONS),
        on::<community::JoinCommunityFields>(START),
        on::<community::JoinCommunityFields>(TOPIC),
        on::<community::JoinCommunityFields>(REPLY),
        on::<community::JoinCommunityFields>(RESOURCES),
        on::<community::JoinCommunityFields>(SUGGEST),
        on::<community::JoinCommunityFields>(QUESTIONS),
        on::<community::JoinCommunityFields>(ASK),
        on::<community::JoinCommunityFields>(QUESTION),
        on::<community::JoinCommunityFields>(ANSWER),
        on::<community::LeaveFields>(CONDITION),
        on::<community::StartTopicFields>(START),
        on::<community::ReplyFields>(REPLY),
        on::<community::FollowFields>(TOPIC),
        on::<community::StopFollowingFields>(TOPIC),
        on::<community::AskFields>(ASK),
        on::<community::AnswerFields>(ANSWER),
        on::<community::DeclineQuestionFields>(QUESTION),
        on::<community::ReopenQuestionFields>(QUESTION),
        on::<community::FollowFields>(QUESTION),
        on::<community::StopFollowingFields>(QUESTION),
        on::<community::MarkReadFields>("/notifications"),
        on::<community::FollowConditionFields>(CONDITION),
        on::<community::FollowConditionFields>(DISCUSSIONS),
        on::<community::StopFollowingConditionFields>(CONDITION),
        on::<community::StopFollowingConditionFields>(DISCUSSIONS),
        on::<community::NotificationMailFields>("/settings/notifications"),
        on::<community::UnsubscribeFields>("/unsubscribe/{token}"),
        on::<community::EditPostFields>("/topics/{id}/{words}/posts/{number}/edit"),
        on::<community::DeletePostFields>("/topics/{id}/{words}/posts/{number}/delete"),
        on::<community::ReactFields>("/topics/{id}/{words}/posts/{number}/react"),
        on::<community::ContentNoteFields>("/topics/{id}/{words}/posts/{number}/note"),
        on::<community::MuteFields>("/topics/{id}/{words}/posts/{number}/mute"),
        on::<community::UnmuteFields>("/topics/{id}/{words}/posts/{number}/mute"),
        on::<community::EndMuteFields>("/settings/muted"),
        on::<community::DeleteDraftFields>(START),
        on::<community::DeleteDraftFields>(REPLY),
        on::<community::DeleteDraftFields>(ASK),
        on::<community::DeleteDraftFields>(ANSWER),
        on::<community::DeleteDraftFields>("/settings/drafts"),
        on::<community::SuggestResourceFields>(SUGGEST),
        on::<community::ApproveResourceFields>(RESOURCE),
        on::<community::DeclineResourceFields>(RESOURCE),
        on::<community::WithdrawResourceFields>(RESOURCE),
        on::<community::RemoveResourceFields>(RESOURCE),
        on::<community::PublishFirstPostFields>(FIRST_POSTS),
        on::<community::DeclineFirstPostFields>(FIRST_POSTS),
        on::<community::WithdrawFirstPostFields>(FIRST_POSTS),
        on::<community::AppointLeaderFields>(LEAD),
        on::<community::WelcomeFields>(LEAD),
        on::<community::OutsideRegistryFields>(LEAD),
        on::<community::EndLeadershipFields>(LEAD),
        on::<community::AcceptInvitationFields>("/settings/communities"),
        on::<community::DeclineInvitationFields>("/settings/communities"),
        on::<community::DescribeLeaderFields>("/settings/communities"),
        on::<community::StepDownFields>("/settings/communities"),
        on::<community::PinTopicFields>(TOPIC),
        on::<community::UnpinTopicFields>(TOPIC),
        on::<community::RequestCommunityFields>("/start/request"),
        on::<community::ReportFields>("/report/{kind}/{value}"),
        on::<reports::NoteFields>("/admin/reports/{id}"),
        on::<reports::CloseCaseFields>("/admin/reports/{id}"),
        on::<requests::AcceptRequestFields>(REQUEST),
        on::<requests::MergeRequestFields>(REQUEST),
        on::<requests::DeclineRequestFields>(REQUEST),
        on::<aliases::LookUpAliasFields>(ALIAS),
        on::<community::AppealFields>("/decisions/{id}"),
        on::<moderation::HidePostFields>(MODERATE),
        on::<moderation::ShowPostFields>(MODERATE),
        on::<moderation::LockTopicFields>(MODERATE),
        on::<moderation::UnlockTopicFields>(MODERATE),
        on::<moderation::MoveTopicFields>(MODERATE),
        on::<moderation::WarnAuthorFields>(MODERATE),
        on::<moderation::KeepDecisionFields>(APPEAL),
        on::<moderation::LiftDecisionFields>(APPEAL),
        on::<registry::BeginEnrolmentFields>("/registry/enrol"),
        on::<registry::DiscardEnrolmentFields>("/registry/enrol/{random}"),
        on::<registry::HandOverFields>("/registry/enrol/{random}"),
        on::<registry::RepresentFields>("/registry/enrol/{random}"),
        on::<registry::TakeOverFields>("/take-over/{token}"),
        on::<registry::AnswerFields>(ENROLMENT_STEP),
        on::<registry::SignFields>("/registry/enrol/{random}/consent"),
        on::<registry::SignFields>("/registry/enrol/{random}/assent"),
        on::<registry::PermissionFields>(ENROLMENT_STEP),
        on::<registry::WithdrawFields>("/registry/enrol/{random}/leave"),
        on::<registry::AskRegistryFields>("/registry/researchers/ask"),
        on::<desk::CloseRequestFields>("/admin/registry"),
        on::<desk::FindParticipantFields>("/admin/registry"),
        on::<desk::BreakGlassFields>(PARTICIPANT),
        on::<desk::CloseAccessFields>(PARTICIPANT),
        on::<wiki::RestoreFields>("/communities/{slug}/revisions/{number}"),
        on::<wiki::HelpedFields>(CONDITION),
        on::<wiki::EditFields>(EDIT),
        on::<wiki::DropDraftFields>(EDIT),
        on::<wiki::AddNameFields>(EDIT),
        on::<wiki::AddCodeFields>(EDIT),
        on::<wiki::AddTipFields>(EDIT),
        on::<wiki::AddReferenceFields>(EDIT),
        on::<wiki::HelpedFields>(ENTRY),
        on::<wiki::AmendTipFields>(ENTRY),
        on::<wiki::AmendReferenceFields>(ENTRY),
        on::<wiki::HideEntryFields>(ENTRY),
        on::<wiki::ShowEntryFields>(ENTRY),
        on::<wiki::ProtectFields>(PROTECT),
        on::<wiki::EndProtectionFields>(PROTECT),
        on::<wiki::ReviewFields>(REVIEW),
        on::<wiki::AcceptFields>(PROPOSAL),
        on::<wiki::AcceptTipFields>(PROPOSAL),
        on::<wiki::AcceptReferenceFields>(PROPOSAL),
        on::<wiki::AcceptEntryFields>(PROPOSAL),
        on::<wiki::DeclineFields>(PROPOSAL),
        on::<administration::NoteWalkFields>("/admin/member-lists"),
        on::<administration::WarnMemberFields>("/admin/members/{handle}"),
        on::<administration::SuspendMemberFields>("/admin/members/{handle}"),
        on::<administration::GrantFields>("/admin/people/{handle}"),
        on::<administration::RevokeFields>("/admin/people/{handle}"),
        on::<administration::WarnFields>("/admin/people/{handle}"),
        on::<administration::SuspendFields>("/admin/people/{handle}"),
        on::<administration::RestoreFields>("/admin/people/{handle}"),
        on::<held::ShowFields>(HELD),
        on::<held::AttachFields>(HELD),
        on::<held::DiscardFields>(HELD),
        on::<administration::EndSessionsFields>("/admin/people/{handle}"),
    ]
}

fn on<F: PageForm>(page: &'static str) -> (&'static str, Definition) {
    (page, Definition::of::<F>())
}
