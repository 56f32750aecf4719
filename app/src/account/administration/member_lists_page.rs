//! `/admin/member-lists`

use leptos::prelude::*;

use super::{
    api::{self, WalkView, WalksView},
    forms::NoteWalkFields,
};
use crate::{
    account::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Pager,
        form::{Form, Hidden, Submit},
    },
};

/// Who was slowed in lists of members.
#[component]
pub fn MemberListsPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, api::read_walks);
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <Walks list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn Walks(list: WalksView, continued: bool) -> impl IntoView {
    let WalksView { walks, next } = list;
    let first = continued.then(|| paths::admin_member_lists(None));
    let next = next.map(|after| paths::admin_member_lists(Some(&after)));
    let empty = walks
        .is_empty()
        .then(|| view! { <p>"No one has reached the limit in the last 90 days."</p> });
    let walks = walks
        .into_iter()
        .map(|walk| view! { <Walk walk/> })
        .collect_view();
    let links = vec![
        way("Accounts", paths::ADMIN_PEOPLE),
        way("Settings", paths::SETTINGS),
    ];
    view! {
        <Column title="Limit on lists of members" links>
            <p class="soft">
                "Members can open 40 further pages of lists of members a day, so that no one can collect who is where. These accounts asked for more. Which lists they read is not recorded. Entries are deleted after 90 days."
            </p>
            <div>{empty} <ol class="topics">{walks}</ol> <Pager first next/></div>
        </Column>
    }
}

#[component]
fn Walk(walk: WalkView) -> impl IntoView {
    let WalkView {
        handle,
        name,
        number,
        day,
        refused,
        noted,
    } = walk;
    let of = format!("{handle}-{number}");
    let path = paths::admin_person(&handle);
    let state = if noted {
        view! { <b class="mark">"Checked"</b> }.into_any()
    } else {
        view! {
            <Form<NoteWalkFields> of=of>
                <Hidden name="handle" value=handle/>
                <Hidden name="day" value=number.to_string()/>
                <Submit label="Mark as checked" quiet=true/>
            </Form<NoteWalkFields>>
        }
        .into_any()
    };
    view! {
        <li>
            <a class="title" href=path>
                {name}
            </a>
            <div class="soft">
                <time datetime=day.iso>{day.spelled}</time> ". Pages refused: " {refused} "."
            </div>
            {state}
        </li>
    }
}
