//! The pages of a community, each at its own address.

use leptos::prelude::*;

use super::paths;
use crate::{catalogue, profile, trials};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommunityTab {
    /// What is known about the condition.
    About,
    /// What people discuss.
    Discussions,
    /// What they ask experts.
    Questions,
    /// What they recommend.
    Resources,
    /// Clinical trials.
    Trials,
    /// Who wants to be found.
    Members,
}

impl CommunityTab {
    const ALL: [Self; 6] = [
        Self::About,
        Self::Discussions,
        Self::Questions,
        Self::Resources,
        Self::Trials,
        Self::Members,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::About => "About",
            Self::Discussions => "Discussions",
            Self::Questions => "Questions",
            Self::Resources => "Resources",
            Self::Trials => "Trials",
            Self::Members => "Members",
        }
    }

    fn path(self, slug: &str) -> String {
        match self {
            Self::About => catalogue::paths::condition(slug),
            Self::Discussions => paths::discussions(slug, None),
            Self::Questions => paths::questions(slug, None),
            Self::Resources => paths::resources(slug, None, None),
            Self::Trials => trials::paths::trials(slug),
            Self::Members => profile::paths::members(slug, None),
        }
    }
}

/// The ways from each page of a community to the others.
#[component]
pub fn CommunityTabs(
    /// The condition's address.
    #[prop(into)]
    slug: String,
    /// The page on which they stand.
    here: CommunityTab,
) -> impl IntoView {
    let tabs = CommunityTab::ALL
        .into_iter()
        .map(|tab| {
            let current = (tab == here).then_some("page");
            view! {
                <li>
                    <a href=tab.path(&slug) aria-current=current>
                        {tab.label()}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label="Community">
            <ul>{tabs}</ul>
        </nav>
    }
}
