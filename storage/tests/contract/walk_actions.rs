//! What the policy calls the methods of the services.

use domain::policy::Action;

/// What each method is, to the policy.
pub(crate) fn action(method: &str) -> Action {
    match method {
        "accounts.join"
        | "accounts.link"
        | "accounts.confirm"
        | "accounts.sign_in"
        | "accounts.enter_code"
        | "accounts.recover"
        | "accounts.reset"
        | "accounts.confirm_email"
        | "notifications.unsubscribing"
        | "notifications.unsubscribe" => Action::EnterAccount,
        "accounts.sign_out"
        | "accounts.account"
        | "accounts.devices"
        | "accounts.activity"
        | "accounts.sign_out_device"
        | "accounts.sign_out_others"
        | "profiles.own"
        | "profiles.preview"
        | "leaders.own_leaderships"
        | "leaders.decline_invitation"
        | "leaders.step_down"
        | "moderation.own_decisions"
        | "moderation.own_decision"
        | "requests.own_request"
        | "requests.own_requests"
        | "muting.muting"
        | "muting.mute"
        | "muting.unmute"
        | "muting.mutes"
        | "muting.end_mute"
        | "reports.own_reports"
        | "notifications.notifications"
        | "notifications.unread"
        | "notifications.mark_read"
        | "notifications.follow"
        | "notifications.stop_following"
        | "notifications.follow_condition"
        | "notifications.stop_following_condition"
        | "notifications.mail_choices"
        | "notifications.choose_mail"
        | "revisions.proposals"
        | "feeds.own_feed"
        | "feeds.visit_feed"
        | "first_posts.first_posts"
        | "saved_drafts.saved_drafts"
        | "saved_drafts.delete_draft"
        | "revisions.proposal" => Action::ReadOwnAccount,
        "accounts.change_password" | "accounts.change_email" | "accounts.delete" => {
            Action::ControlOwnAccount
        }
        "second_factors.second_factor"
        | "second_factors.begin"
        | "second_factors.set_up"
        | "second_factors.new_recovery_codes"
        | "second_factors.turn_off" => Action::SetUpSecondFactor,
        "accounts.describe"
        | "profiles.change"
        | "profiles.set_picture"
        | "profiles.show_picture"
        | "profiles.remove_picture"
        | "leaders.accept_invitation"
        | "leaders.describe_leader"
        | "memberships.join"
        | "memberships.set_membership"
        | "memberships.leave" => Action::ChangeProfile,
        "accounts.list"
        | "accounts.find"
        | "accounts.moderation"
        | "accounts.moderate"
        | "accounts.member_list_walks"
        | "accounts.note_member_list_walk" => Action::LookAfterAccounts,
        "registry.enrolments"
        | "registry.begin_enrolment"
        | "registry.enrolment"
        | "registry.answer"
        | "registry.document"
        | "registry.sign"
        | "registry.set_permission"
        | "registry.ledger"
        | "registry.withdraw"
        | "registry.discard_enrolment"
        | "registry.own_data"
        | "registry.ledgers"
        | "registry.hand_over"
        | "registry.hand_over_link"
        | "registry.take_over"
        | "registry.represent" => Action::Enrol,
        "registry_desk.find_participant"
        | "registry_desk.participant"
        | "registry_desk.accesses"
        | "registry_requests.requests"
        | "registry_requests.close_request" => Action::ReadRegistryDesk,
        "registry_requests.send_request" => Action::AskRegistry,
        "registry_desk.open_access" | "registry_desk.close_access" => Action::BreakGlass,
        "leaders.leading" | "leaders.appoint" => Action::AppointLeaders,
        "first_posts.decide_first_post" => Action::DecideFirstPosts,
        "reactions.reacting" | "reactions.react" => Action::React,
        "leaders.set_welcome" => Action::WriteWelcome,
        "leaders.set_outside_registry" => Action::SetOutsideRegistry,
        "moderation.noting" | "moderation.set_note" => Action::SetContentNotes,
        "leaders.pin_topic" | "leaders.unpin_topic" => Action::PinTopics,
        "leaders.end_leadership" => Action::EndLeaderships,
        "moderation.moderating" | "moderation.moderate" => Action::ModerateContent,
        "accounts.moderated_member" | "accounts.moderate_member" | "moderation.warn_author" => {
            Action::ModerateMembers
        }
        "moderation.appeal" => Action::Appeal,
        "moderation.appeals" | "moderation.appeal_to_decide" | "moderation.decide_appeal" => {
            Action::DecideAppeals
        }
        "reports.reporting" | "reports.report" => Action::ReportContent,
        "reports.cases" | "reports.case" | "reports.note_case" | "reports.close_case" => {
            Action::DecideReports
        }
        "requests.request" => Action::RequestCommunities,
        "requests.requests"
        | "requests.request_to_decide"
        | "requests.decide_request"
        | "requests.waiting_everywhere" => Action::DecideRequests,
        "aliases.alias" | "aliases.look_up_alias" => Action::LookUpAliases,
        "communities.active"
        | "catalogue.condition"
        | "catalogue.with_code"
        | "catalogue.list"
        | "catalogue.families"
        | "catalogue.family"
        | "catalogue.overview"
        | "catalogue.sources"
        | "catalogue.sitemap"
        | "revisions.history"
        | "revisions.revision"
        | "revisions.compare"
        | "revisions.due_reviews"
        | "wiki.texts"
        | "registry.published"
        | "wiki.page" => Action::ReadCatalogue,
        "catalogue.suggest"
        | "catalogue.search"
        | "catalogue.named"
        | "texts.search_texts"
        | "texts.first_text_hits" => Action::SearchCatalogue,
        "catalogue.import" => Action::ImportCatalogue,
        "leaders.leaders"
        | "leaders.leaders_everywhere"
        | "profiles.profile"
        | "profiles.picture"
        | "profiles.members" => Action::ReadProfiles,
        "revisions.editing"
        | "revisions.preview"
        | "revisions.keep_draft"
        | "revisions.drop_draft"
        | "revisions.save"
        | "revisions.restore"
        | "entries.list"
        | "entries.change" => Action::WriteSection,
        "entries.say_helped" => Action::SayWhatHelped,
        "discussions.topics"
        | "discussions.newest"
        | "discussions.recent"
        | "discussions.topic"
        | "discussions.versions"
        | "questions.questions"
        | "questions.question"
        | "notifications.followed"
        | "feeds.feed"
        | "memberships.membership" => Action::ReadDiscussions,
        "first_posts.hold"
        | "saved_drafts.save_draft"
        | "saved_drafts.publish"
        | "discussions.start"
        | "discussions.reply"
        | "discussions.own_post"
        | "discussions.edit_post"
        | "discussions.starting"
        | "discussions.replying"
        | "discussions.preview"
        | "questions.answering"
        | "questions.answer" => Action::WritePosts,
        "questions.asking" | "questions.similar" | "questions.ask" => Action::AskQuestions,
        "questions.decline" | "questions.reopen" => Action::DeclineQuestions,
        "discussions.deleting"
        | "discussions.delete_post"
        | "first_posts.withdraw_first_post"
        | "reactions.take_reaction_back" => Action::DeleteOwnPosts,
        "resources.resources" | "resources.latest" | "resources.gathered" => Action::ReadResources,
        "resources.suggesting"
        | "resources.suggest"
        | "resources.resource"
        | "resources.withdraw" => Action::SuggestResources,
        "resources.decide" | "resources.remove" => Action::DecideResources,
        "trials.trials" | "trials.first_trials" | "trials.sitemap" => Action::ReadTrials,
        "trials.import" => Action::ImportTrials,
        "revisions.decide" => Action::DecideProposals,
        "revisions.protect" => Action::ProtectSections,
        "revisions.review" => Action::ReviewSections,
        "held.waiting" | "held.held" | "held.decide_held" => Action::DecideHeldTexts,
        "wiki.fill" | "wiki.import" => Action::ImportSections,
        other => panic!("{other} is new: say which action it is, and walk it"),
    }
}
