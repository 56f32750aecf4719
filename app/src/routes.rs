//! Every page and its address. Whoever wants to know the site reads this table.

#[cfg(feature = "ssr")]
use domain::policy::Action;
use domain::{catalogue::CodeSystem, site::TextKind};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    account::{
        AddressPage, ConfirmPage, DeletePage, DevicesPage, ForgottenPasswordPage, JoinPage,
        NewAddressPage, NewPasswordPage, PasswordPage, SettingsPage, SignInPage, SignOutPage,
        second_factor::SecondFactorPage,
    },
    catalogue::{CodePage, ConditionPage, FamiliesPage, FamilyPage, ListPage},
    community::{
        CommunitiesPage, Unread,
        discussions::{
            DeletePostPage, DiscussionPage, DiscussionsPage, EditPostPage, PostHistoryPage,
            RecentPage, ReplyPage, StartPage,
        },
        feed::{FeedPage, OwnFeedPage},
        first_posts::FirstPostsPage,
        leaders::{LeadPage, LeadersPage},
        membership::OwnCommunitiesPage,
        moderation::{DecisionPage, DecisionsPage, NotePage},
        muting::{MutePage, MutedPage},
        notifications::{NotificationMailPage, NotificationsPage, UnsubscribePage},
        questions::{AnswerPage, AskPage, QuestionPage, QuestionsPage},
        reactions::ReactPage,
        reports::{OwnReportsPage, ReportPage},
        requests::{OwnRequestPage, RequestPage, StartCommunityPage},
        resources::{GatheredPage, ResourcePage, ResourcesPage, SuggestPage},
        saved_drafts::SavedDraftsPage,
    },
    lazy,
    page::{
        CachePolicy::{NoStore, Private, Shared},
        NotFoundPage, cached,
    },
    profile::{MemberPage, MembersPage, OwnProfilePage, PicturePage, WhatOthersSeePage},
    registry::{
        AssentPage, ConsentPage, EnrolmentOverviewPage, EnrolmentStepPage, OwnEnrolmentsPage,
        RegistryPage,
        hand_over::TakeOverPage,
        leaving::LeaveRegistryPage,
        own_data::{OwnDataPage, OwnHistoryPage, OwnLedgerPage},
        requests::AskRegistryPage,
    },
    search::SearchPage,
    site::{Footer, Header, HelpPage, HomePage, SourcesPage, TextPage},
    trials::TrialsPage,
    ui::{Refresh, form::provide_form_state},
    wiki::{
        ComparePage, EditPage, EntryPage, HistoryPage, ProposalPage, ProposalsPage, ProtectPage,
        ReviewPage, ReviewsPage, RevisionPage,
    },
};

#[cfg(feature = "ssr")]
use crate::{
    account::administration::{MemberListsPage, ModerateMemberPage, PeoplePage, PersonPage},
    community::{
        aliases::administration::AliasPage,
        moderation::administration::{AppealsPage, DecideAppealPage, ModeratePostPage},
        reports::administration::{CasePage, CasesPage},
        requests::administration::{DecideRequestPage, RequestsPage, WaitingPage},
    },
    registry::administration::{ParticipantPage, RegistryDeskPage},
    wiki::administration::{HeldListPage, HeldTextPage},
};

#[cfg(feature = "ssr")]
mod forms;
#[cfg(feature = "ssr")]
mod queries;
#[cfg(feature = "ssr")]
pub use forms::forms;
#[cfg(feature = "ssr")]
pub use queries::kept_address;

/// Pages are sent whole: search engines and readers without JavaScript get what everybody gets.
const WHOLE: SsrMode = SsrMode::Async;

/// The whole application, below `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_form_state();
    Refresh::provide();
    Unread::provide();
    // With it, the router leaves the present page on screen until the next one has its data.
    let (_, set_routing) = signal(false);
    view! {
        <Router set_is_routing=set_routing>
            {begin()}
            <Header/>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=cached(Shared, HomePage) ssr=WHOLE/>
                <Route path=path!("/sources") view=cached(Shared, SourcesPage) ssr=WHOLE/>
                <Route path=path!("/about") view=cached(Shared, text(TextKind::About)) ssr=WHOLE/>
                <Route path=path!("/privacy") view=cached(Shared, text(TextKind::Privacy)) ssr=WHOLE/>
                <Route path=path!("/accessibility") view=cached(Shared, text(TextKind::Accessibility)) ssr=WHOLE/>
                <Route path=path!("/help") view=cached(Shared, HelpPage) ssr=WHOLE/>

                <Route path=path!("/conditions") view=cached(Shared, ListPage) ssr=WHOLE/>
                <Route path=path!("/conditions/families") view=cached(Shared, FamiliesPage) ssr=WHOLE/>
                <Route path=path!("/conditions/families/:slug") view=cached(Shared, FamilyPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug") view=cached(Shared, ConditionPage) ssr=WHOLE/>
                <Route path=path!("/search") view=cached(Shared, SearchPage) ssr=WHOLE/>
                <Route path=path!("/orpha/:value") view=cached(Shared, code(CodeSystem::Orpha)) ssr=WHOLE/>
                <Route path=path!("/mondo/:value") view=cached(Shared, code(CodeSystem::Mondo)) ssr=WHOLE/>
                <Route path=path!("/omim/:value") view=cached(Shared, code(CodeSystem::Omim)) ssr=WHOLE/>

                <Route path=path!("/communities/:slug/history") view=cached(Shared, lazy!(history, HistoryPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/history") view=cached(Shared, lazy!(history, HistoryPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/compare") view=cached(Shared, lazy!(history, ComparePage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/revisions/:number") view=cached(Private, lazy!(history, RevisionPage)) ssr=WHOLE/>
                <Route path=path!("/reviews") view=cached(Shared, lazy!(history, ReviewsPage)) ssr=WHOLE/>
                <Route path=path!("/proposals") view=cached(NoStore, lazy!(writing, ProposalsPage)) ssr=WHOLE/>
                <Route path=path!("/proposals/:id") view=cached(NoStore, lazy!(writing, ProposalPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/edit") view=cached(NoStore, lazy!(writing, EditPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/entries/:id") view=cached(NoStore, lazy!(writing, EntryPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/protect") view=cached(NoStore, lazy!(writing, ProtectPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/revisions/:number/review") view=cached(NoStore, lazy!(writing, ReviewPage)) ssr=WHOLE/>

                <Route path=path!("/join") view=cached(Private, lazy!(account, JoinPage)) ssr=WHOLE/>
                <Route path=path!("/confirm/:token") view=cached(NoStore, lazy!(account, ConfirmPage)) ssr=WHOLE/>
                <Route path=path!("/sign-in") view=cached(Private, lazy!(account, SignInPage)) ssr=WHOLE/>
                <Route path=path!("/sign-out") view=cached(Private, lazy!(account, SignOutPage)) ssr=WHOLE/>
                <Route path=path!("/forgotten-password") view=cached(Private, lazy!(account, ForgottenPasswordPage)) ssr=WHOLE/>
                <Route path=path!("/new-password/:token") view=cached(NoStore, lazy!(account, NewPasswordPage)) ssr=WHOLE/>
                <Route path=path!("/new-address/:token") view=cached(NoStore, lazy!(account, NewAddressPage)) ssr=WHOLE/>

                <Route path=path!("/members/:handle") view=cached(Shared, lazy!(community, MemberPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/members") view=cached(Shared, lazy!(community, MembersPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/discussions") view=cached(Shared, lazy!(community, DiscussionsPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/discussions/new") view=cached(NoStore, lazy!(community, StartPage)) ssr=WHOLE/>
                <Route path=path!("/discussions") view=cached(Shared, lazy!(community, RecentPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id") view=cached(Shared, lazy!(community, DiscussionPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words") view=cached(Shared, lazy!(community, DiscussionPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/reply") view=cached(NoStore, lazy!(community, ReplyPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/history") view=cached(Shared, lazy!(community, PostHistoryPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/edit") view=cached(NoStore, lazy!(community, EditPostPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/delete") view=cached(NoStore, lazy!(community, DeletePostPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/react") view=cached(NoStore, lazy!(community, ReactPage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/note") view=cached(NoStore, lazy!(community, NotePage)) ssr=WHOLE/>
                <Route path=path!("/topics/:id/:words/posts/:number/mute") view=cached(NoStore, lazy!(community, MutePage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/questions") view=cached(Shared, lazy!(community, QuestionsPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/questions/new") view=cached(NoStore, lazy!(community, AskPage)) ssr=WHOLE/>
                <Route path=path!("/questions/:id") view=cached(Shared, lazy!(community, QuestionPage)) ssr=WHOLE/>
                <Route path=path!("/questions/:id/:words") view=cached(Shared, lazy!(community, QuestionPage)) ssr=WHOLE/>
                <Route path=path!("/questions/:id/:words/answer") view=cached(NoStore, lazy!(community, AnswerPage)) ssr=WHOLE/>
                <Route path=path!("/notifications") view=cached(NoStore, lazy!(community, NotificationsPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/resources") view=cached(Shared, lazy!(community, ResourcesPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/resources/new") view=cached(NoStore, lazy!(community, SuggestPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/resources/:id") view=cached(NoStore, lazy!(community, ResourcePage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/trials") view=cached(Shared, lazy!(community, TrialsPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/feed") view=cached(Shared, lazy!(community, FeedPage)) ssr=WHOLE/>
                <Route path=path!("/feed") view=cached(NoStore, lazy!(community, OwnFeedPage)) ssr=WHOLE/>
                <Route path=path!("/resources") view=cached(Shared, lazy!(community, GatheredPage)) ssr=WHOLE/>

                <Route path=path!("/communities") view=cached(Shared, lazy!(community, CommunitiesPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/lead") view=cached(NoStore, lazy!(community, LeadPage)) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/first-posts") view=cached(NoStore, lazy!(community, FirstPostsPage)) ssr=WHOLE/>
                <Route path=path!("/leaders") view=cached(Shared, lazy!(community, LeadersPage)) ssr=WHOLE/>
                <Route path=path!("/start") view=cached(Shared, lazy!(community, StartCommunityPage)) ssr=WHOLE/>
                <Route path=path!("/start/request") view=cached(NoStore, lazy!(community, RequestPage)) ssr=WHOLE/>
                <Route path=path!("/report/:kind/:value") view=cached(NoStore, lazy!(community, ReportPage)) ssr=WHOLE/>
                <Route path=path!("/reports") view=cached(NoStore, lazy!(community, OwnReportsPage)) ssr=WHOLE/>
                <Route path=path!("/start/requests/:id") view=cached(NoStore, lazy!(community, OwnRequestPage)) ssr=WHOLE/>

                <Route path=path!("/settings") view=cached(NoStore, lazy!(account, SettingsPage)) ssr=WHOLE/>
                <Route path=path!("/settings/password") view=cached(NoStore, lazy!(account, PasswordPage)) ssr=WHOLE/>
                <Route path=path!("/settings/address") view=cached(NoStore, lazy!(account, AddressPage)) ssr=WHOLE/>
                <Route path=path!("/settings/second-factor") view=cached(NoStore, lazy!(account, SecondFactorPage)) ssr=WHOLE/>
                <Route path=path!("/settings/devices") view=cached(NoStore, lazy!(account, DevicesPage)) ssr=WHOLE/>
                <Route path=path!("/settings/delete") view=cached(NoStore, lazy!(account, DeletePage)) ssr=WHOLE/>
                <Route path=path!("/settings/profile") view=cached(NoStore, lazy!(account, OwnProfilePage)) ssr=WHOLE/>
                <Route path=path!("/settings/picture") view=cached(NoStore, lazy!(account, PicturePage)) ssr=WHOLE/>
                <Route path=path!("/settings/communities") view=cached(NoStore, lazy!(account, OwnCommunitiesPage)) ssr=WHOLE/>
                <Route path=path!("/settings/notifications") view=cached(NoStore, lazy!(account, NotificationMailPage)) ssr=WHOLE/>
                <Route path=path!("/decisions") view=cached(NoStore, lazy!(account, DecisionsPage)) ssr=WHOLE/>
                <Route path=path!("/decisions/:id") view=cached(NoStore, lazy!(account, DecisionPage)) ssr=WHOLE/>
                <Route path=path!("/settings/muted") view=cached(NoStore, lazy!(account, MutedPage)) ssr=WHOLE/>
                <Route path=path!("/settings/drafts") view=cached(NoStore, lazy!(account, SavedDraftsPage)) ssr=WHOLE/>
                <Route path=path!("/unsubscribe/:token") view=cached(NoStore, lazy!(account, UnsubscribePage)) ssr=WHOLE/>
                <Route path=path!("/settings/what-others-see") view=cached(NoStore, lazy!(account, WhatOthersSeePage)) ssr=WHOLE/>

                <Route path=path!("/registry") view=cached(Shared, RegistryPage) ssr=WHOLE/>
                <Route path=path!("/registry/researchers") view=cached(Shared, text(TextKind::RegistryResearchers)) ssr=WHOLE/>
                <Route path=path!("/registry/researchers/ask") view=cached(Private, lazy!(participant, AskRegistryPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol") view=cached(NoStore, lazy!(registry, OwnEnrolmentsPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random") view=cached(NoStore, lazy!(participant, EnrolmentOverviewPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/data") view=cached(NoStore, lazy!(participant, OwnDataPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/ledger") view=cached(NoStore, lazy!(participant, OwnLedgerPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/leave") view=cached(NoStore, lazy!(participant, LeaveRegistryPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/consent") view=cached(NoStore, lazy!(consent, ConsentPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/assent") view=cached(NoStore, lazy!(consent, AssentPage)) ssr=WHOLE/>
                <Route path=path!("/registry/enrol/:random/:step") view=cached(NoStore, lazy!(registry, EnrolmentStepPage)) ssr=WHOLE/>
                <Route path=path!("/registry/me") view=cached(NoStore, lazy!(participant, OwnHistoryPage)) ssr=WHOLE/>
                <Route path=path!("/take-over/:token") view=cached(NoStore, lazy!(participant, TakeOverPage)) ssr=WHOLE/>

                <Route path=path!("/*any") view=cached(Shared, NotFoundPage) ssr=WHOLE/>
            </Routes>
            <Footer/>
        </Router>
    }
}

/// Pages that stay as the server has written them: no script is sent with them, and the browser does
/// not know them.
#[cfg(feature = "ssr")]
#[component]
pub fn PlainApp() -> impl IntoView {
    provide_form_state();
    Refresh::provide();
    Unread::provide();
    view! {
        <Router>
            <Header/>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/admin/people") view=cached(NoStore, PeoplePage) ssr=WHOLE/>
                <Route path=path!("/admin/people/:handle") view=cached(NoStore, PersonPage) ssr=WHOLE/>
                <Route path=path!("/admin/member-lists") view=cached(NoStore, MemberListsPage) ssr=WHOLE/>
                <Route path=path!("/admin/members/:handle") view=cached(NoStore, ModerateMemberPage) ssr=WHOLE/>
                <Route path=path!("/admin/waiting") view=cached(NoStore, WaitingPage) ssr=WHOLE/>
                <Route path=path!("/admin/requests") view=cached(NoStore, RequestsPage) ssr=WHOLE/>
                <Route path=path!("/admin/requests/:id") view=cached(NoStore, DecideRequestPage) ssr=WHOLE/>
                <Route path=path!("/admin/aliases/:id/:number") view=cached(NoStore, AliasPage) ssr=WHOLE/>
                <Route path=path!("/admin/topics/:id/posts/:number") view=cached(NoStore, ModeratePostPage) ssr=WHOLE/>
                <Route path=path!("/admin/appeals") view=cached(NoStore, AppealsPage) ssr=WHOLE/>
                <Route path=path!("/admin/appeals/:id") view=cached(NoStore, DecideAppealPage) ssr=WHOLE/>
                <Route path=path!("/admin/reports") view=cached(NoStore, CasesPage) ssr=WHOLE/>
                <Route path=path!("/admin/reports/:id") view=cached(NoStore, CasePage) ssr=WHOLE/>
                <Route path=path!("/admin/registry") view=cached(NoStore, RegistryDeskPage) ssr=WHOLE/>
                <Route path=path!("/admin/registry/:pseudonym") view=cached(NoStore, ParticipantPage) ssr=WHOLE/>
                <Route path=path!("/admin/held-texts") view=cached(NoStore, HeldListPage) ssr=WHOLE/>
                <Route path=path!("/admin/held-texts/:id") view=cached(NoStore, HeldTextPage) ssr=WHOLE/>
            </Routes>
            <Footer/>
        </Router>
    }
}

/// What one must be allowed to do for a plain page to be there, which is named as the server's router
/// names it.
#[cfg(feature = "ssr")]
pub fn action_of_plain_page(page: &str) -> Action {
    use crate::community::paths;
    if page.starts_with(crate::wiki::paths::HELD_TEXTS) {
        Action::DecideHeldTexts
    } else if page.starts_with(crate::registry::paths::DESK) {
        Action::ReadRegistryDesk
    } else if page.starts_with(paths::ADMIN_WAITING) || page.starts_with(paths::ADMIN_REQUESTS) {
        Action::DecideRequests
    } else if page.starts_with(paths::ADMIN_ALIASES) {
        Action::LookUpAliases
    } else if page.starts_with(paths::ADMIN_TOPICS) {
        Action::ModerateContent
    } else if page.starts_with(crate::account::paths::ADMIN_MEMBERS) {
        Action::ModerateMembers
    } else if page.starts_with(paths::ADMIN_APPEALS) {
        Action::DecideAppeals
    } else if page.starts_with(paths::ADMIN_REPORTS) {
        Action::DecideReports
    } else {
        Action::LookAfterAccounts
    }
}

fn text(kind: TextKind) -> impl Fn() -> AnyView + Clone + Send + Sync {
    move || view! { <TextPage kind/> }.into_any()
}

fn code(system: CodeSystem) -> impl Fn() -> AnyView + Clone + Send + Sync {
    move || view! { <CodePage system/> }.into_any()
}

/// Inside of the router and before anything of it is shown.
fn begin() {
    #[cfg(feature = "hydrate")]
    crate::ui::begin_journey();
}
