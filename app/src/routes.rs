//! Every page and its address. Whoever wants to know the site reads this table.

use domain::{catalogue::CodeSystem, site::TextKind};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    account::{
        ConfirmPage, ForgottenPasswordPage, JoinPage, NewAddressPage, NewPasswordPage, SignInPage,
        SignOutPage,
    },
    catalogue::{CodePage, ConditionPage, FamiliesPage, FamilyPage, ListPage, SearchPage},
    legacy::LegacyPage,
    page::{
        CachePolicy::{NoStore, Private, Shared},
        cached, refused,
    },
    site::{Footer, Header, HomePage, SourcesPage, TextPage},
    ui::{Refresh, form::provide_form_state},
    wiki::{
        ComparePage, EditPage, EntryPage, HistoryPage, ProposalPage, ProposalsPage, ProtectPage,
        ReviewPage, ReviewsPage, RevisionPage,
    },
};

#[cfg(feature = "ssr")]
use crate::{
    account::forms::{
        ConfirmFields, ForgottenPasswordFields, JoinFields, NewAddressFields, NewPasswordFields,
        SignInFields, SignOutFields,
    },
    ui::form::Definition,
    wiki::{
        AcceptEntryFields, AcceptFields, AcceptReferenceFields, AcceptTipFields, AddCodeFields,
        AddNameFields, AddReferenceFields, AddTipFields, AmendReferenceFields, AmendTipFields,
        DeclineFields, DropDraftFields, EditFields, EndProtectionFields, HelpedFields,
        HideEntryFields, ProtectFields, RestoreFields, ReviewFields, ShowEntryFields,
    },
};

/// Pages are sent whole: search engines and readers without JavaScript get what everybody gets.
const WHOLE: SsrMode = SsrMode::Async;

/// The whole application, below `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_form_state();
    Refresh::provide();
    // With it, the router leaves the present page on screen until the next one has its data.
    let (_, set_routing) = signal(false);
    view! {
        <Router set_is_routing=set_routing>
            {begin()}
            <Header/>
            <Routes fallback=|| refused(&domain::Error::NotFound)>
                <Route path=path!("/") view=cached(Shared, HomePage) ssr=WHOLE/>
                <Route path=path!("/sources") view=cached(Shared, SourcesPage) ssr=WHOLE/>
                <Route path=path!("/about") view=cached(Shared, text(TextKind::About)) ssr=WHOLE/>
                <Route path=path!("/privacy") view=cached(Shared, text(TextKind::Privacy)) ssr=WHOLE/>
                <Route path=path!("/accessibility") view=cached(Shared, text(TextKind::Accessibility)) ssr=WHOLE/>
                <Route path=path!("/help") view=cached(Shared, text(TextKind::Help)) ssr=WHOLE/>

                <Route path=path!("/conditions") view=cached(Shared, ListPage) ssr=WHOLE/>
                <Route path=path!("/conditions/families") view=cached(Shared, FamiliesPage) ssr=WHOLE/>
                <Route path=path!("/conditions/families/:slug") view=cached(Shared, FamilyPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug") view=cached(Shared, ConditionPage) ssr=WHOLE/>
                <Route path=path!("/search") view=cached(Shared, SearchPage) ssr=WHOLE/>
                <Route path=path!("/orpha/:value") view=cached(Shared, code(CodeSystem::Orpha)) ssr=WHOLE/>
                <Route path=path!("/mondo/:value") view=cached(Shared, code(CodeSystem::Mondo)) ssr=WHOLE/>
                <Route path=path!("/omim/:value") view=cached(Shared, code(CodeSystem::Omim)) ssr=WHOLE/>

                <Route path=path!("/join") view=cached(Private, JoinPage) ssr=WHOLE/>
                <Route path=path!("/confirm/:token") view=cached(NoStore, ConfirmPage) ssr=WHOLE/>
                <Route path=path!("/sign-in") view=cached(Private, SignInPage) ssr=WHOLE/>
                <Route path=path!("/sign-out") view=cached(Private, SignOutPage) ssr=WHOLE/>
                <Route path=path!("/forgotten-password") view=cached(Private, ForgottenPasswordPage) ssr=WHOLE/>
                <Route path=path!("/new-password/:token") view=cached(NoStore, NewPasswordPage) ssr=WHOLE/>
                <Route path=path!("/new-address/:token") view=cached(NoStore, NewAddressPage) ssr=WHOLE/>

                <Route path=path!("/communities/:slug/history") view=cached(Shared, HistoryPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/history") view=cached(Shared, HistoryPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/compare") view=cached(Shared, ComparePage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/revisions/:number") view=cached(Private, RevisionPage) ssr=WHOLE/>
                <Route path=path!("/reviews") view=cached(Shared, ReviewsPage) ssr=WHOLE/>
                <Route path=path!("/proposals") view=cached(NoStore, ProposalsPage) ssr=WHOLE/>
                <Route path=path!("/proposals/:id") view=cached(NoStore, ProposalPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/edit") view=cached(NoStore, EditPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/entries/:id") view=cached(NoStore, EntryPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/sections/:kind/protect") view=cached(NoStore, ProtectPage) ssr=WHOLE/>
                <Route path=path!("/communities/:slug/revisions/:number/review") view=cached(NoStore, ReviewPage) ssr=WHOLE/>

                <Route path=path!("/*any") view=LegacyPage ssr=WHOLE/>
            </Routes>
            <Footer/>
        </Router>
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
    {
        crate::page::begin_journey();
        crate::legacy::listen();
    }
}

/// The forms that can be sent to each page, which is named as the server's router names it.
#[cfg(feature = "ssr")]
pub fn forms() -> Vec<(&'static str, Definition)> {
    const CONDITION: &str = "/communities/{slug}";
    const EDIT: &str = "/communities/{slug}/sections/{kind}/edit";
    const ENTRY: &str = "/communities/{slug}/sections/{kind}/entries/{id}";
    const PROTECT: &str = "/communities/{slug}/sections/{kind}/protect";
    const REVIEW: &str = "/communities/{slug}/revisions/{number}/review";
    const PROPOSAL: &str = "/proposals/{id}";
    vec![
        ("/join", Definition::of::<JoinFields>()),
        ("/confirm/{token}", Definition::of::<ConfirmFields>()),
        ("/sign-in", Definition::of::<SignInFields>()),
        ("/sign-out", Definition::of::<SignOutFields>()),
        (
            "/forgotten-password",
            Definition::of::<ForgottenPasswordFields>(),
        ),
        (
            "/new-password/{token}",
            Definition::of::<NewPasswordFields>(),
        ),
        ("/new-address/{token}", Definition::of::<NewAddressFields>()),
        (
            "/communities/{slug}/revisions/{number}",
            Definition::of::<RestoreFields>(),
        ),
        (CONDITION, Definition::of::<HelpedFields>()),
        (EDIT, Definition::of::<EditFields>()),
        (EDIT, Definition::of::<DropDraftFields>()),
        (EDIT, Definition::of::<AddNameFields>()),
        (EDIT, Definition::of::<AddCodeFields>()),
        (EDIT, Definition::of::<AddTipFields>()),
        (EDIT, Definition::of::<AddReferenceFields>()),
        (ENTRY, Definition::of::<HelpedFields>()),
        (ENTRY, Definition::of::<AmendTipFields>()),
        (ENTRY, Definition::of::<AmendReferenceFields>()),
        (ENTRY, Definition::of::<HideEntryFields>()),
        (ENTRY, Definition::of::<ShowEntryFields>()),
        (PROTECT, Definition::of::<ProtectFields>()),
        (PROTECT, Definition::of::<EndProtectionFields>()),
        (REVIEW, Definition::of::<ReviewFields>()),
        (PROPOSAL, Definition::of::<AcceptFields>()),
        (PROPOSAL, Definition::of::<AcceptTipFields>()),
        (PROPOSAL, Definition::of::<AcceptReferenceFields>()),
        (PROPOSAL, Definition::of::<AcceptEntryFields>()),
        (PROPOSAL, Definition::of::<DeclineFields>()),
    ]
}
