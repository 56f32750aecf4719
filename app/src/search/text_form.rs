//! The forms that search texts of one kind. Plain forms without JavaScript.

use domain::search::SearchIn;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;

use super::paths;
use crate::{catalogue, ui::first_field};

/// Searches the texts of one kind, in one community or in all.
#[component]
pub(super) fn TextForm(
    /// What is already in it.
    #[prop(optional, into)]
    query: String,
    /// Of which kind.
    within: SearchIn,
    /// The address of the one community.
    #[prop(optional_no_strip)]
    community: Option<String>,
    /// What it is called.
    label: &'static str,
) -> impl IntoView {
    let navigate = use_navigate();
    let of = community.clone();
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let query = first_field(&event);
        navigate(
            &paths::texts(query.trim(), within, of.as_deref(), None),
            leptos_router::NavigateOptions::default(),
        );
    };
    let community =
        community.map(|slug| view! { <input type="hidden" name="community" value=slug/> });
    view! {
        <form
            class="search large"
            role="search"
            aria-label=label
            action=catalogue::paths::SEARCH
            on:submit=on_submit
        >
            <label class="unseen" for="find">
                {label}
            </label>
            <input
                id="find"
                name="q"
                type="search"
                value=query
                autocomplete="off"
                enterkeyhint="search"
                maxlength="200"
            />
            <input type="hidden" name="in" value=within.as_str()/>
            {community}
            <button type="submit">"Find"</button>
        </form>
    }
}

/// Searches the discussions of a community.
#[component]
pub fn SearchDiscussions(
    /// The community's address.
    slug: String,
) -> impl IntoView {
    view! {
        <TextForm
            within=SearchIn::Discussions
            community=Some(slug)
            label="Search these discussions"
        />
    }
}
