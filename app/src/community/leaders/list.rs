//! Leaders in lists.

use domain::community::Leader;
use leptos::prelude::*;

use crate::profile::{self, Portrait};

/// Leaders, each with their words, and with their community where that is not said elsewhere.
#[component]
pub fn LeaderList(
    /// Each with the name and address of the community.
    leaders: Vec<(Leader, Option<(String, String)>)>,
) -> impl IntoView {
    let items = leaders
        .into_iter()
        .map(|(leader, community)| {
            let Leader {
                handle,
                name,
                picture,
                words,
            } = leader;
            let path = profile::paths::member(&handle);
            let community = community.map(|(name, path)| {
                view! { <div class="soft">"Leads " <a href=path>{name}</a></div> }
            });
            let words = (!words.is_empty()).then(|| view! { <div class="soft">{words}</div> });
            view! {
                <li>
                    <Portrait handle picture/>
                    <div>
                        <a href=path>{name}</a>
                        {community}
                        {words}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="members">{items}</ul> }
}
