//! Every page and its address.

use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    catalogue::{ConditionPage, FamiliesPage, FamilyPage, ListPage, SearchPage, code_page},
    site::{HomePage, SourcesPage, text_page},
    ui,
};
use domain::site::TextKind;

/// The whole application, below `<body>`.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <ui::Header/>
            // Async: the whole page is rendered before it is sent, so that it can be hashed, cached
            // and read without JavaScript.
            <FlatRoutes fallback=ui::not_found>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("/conditions") view=ListPage ssr=SsrMode::Async/>
                <Route path=path!("/conditions/families") view=FamiliesPage ssr=SsrMode::Async/>
                <Route path=path!("/conditions/families/:slug") view=FamilyPage ssr=SsrMode::Async/>
                <Route path=path!("/communities/:slug") view=ConditionPage ssr=SsrMode::Async/>
                <Route path=path!("/orpha/:value") view=|| code_page("orpha") ssr=SsrMode::Async/>
                <Route path=path!("/mondo/:value") view=|| code_page("mondo") ssr=SsrMode::Async/>
                <Route path=path!("/omim/:value") view=|| code_page("omim") ssr=SsrMode::Async/>
                <Route path=path!("/search") view=SearchPage ssr=SsrMode::Async/>
                <Route path=path!("/sources") view=SourcesPage ssr=SsrMode::Async/>
                <Route path=path!("/about") view=|| text_page(TextKind::About) ssr=SsrMode::Async/>
                <Route path=path!("/privacy") view=|| text_page(TextKind::Privacy) ssr=SsrMode::Async/>
                <Route
                    path=path!("/accessibility")
                    view=|| text_page(TextKind::Accessibility)
                    ssr=SsrMode::Async
                />
                <Route path=path!("/help") view=|| text_page(TextKind::Help) ssr=SsrMode::Async/>
            </FlatRoutes>
            <ui::Footer/>
        </Router>
    }
}
