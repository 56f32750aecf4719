//! `/settings/drafts`: what you have begun to write in communities.

use domain::community::{SAVED_DRAFTS_MOST, SavedDraftLine, SavedDraftPlace, TopicKind};
use leptos::prelude::*;

use super::{
    api,
    begun::DraftWords,
    forms::{DeleteDraftFields, DraftForm},
};
use crate::{
    account,
    community::paths,
    page::{Column, Page, page_data, use_query_value, way},
    ui::{
        Moment,
        form::{Form, Hidden, Submit},
    },
};

/// What you have begun to write in communities.
#[component]
pub fn SavedDraftsPage() -> impl IntoView {
    let done = use_query_value("done");
    let data = page_data(|| (), |()| api::read_saved_drafts());
    view! {
        <Page
            data
            view=move |drafts| {
                let notice = done().map(|_| "Draft deleted.".to_owned());
                view! { <List drafts notice/> }.into_any()
            }
        />
    }
}

#[component]
fn List(drafts: Vec<SavedDraftLine>, notice: Option<String>) -> impl IntoView {
    let links = vec![way("Settings", account::paths::SETTINGS)];
    let empty = drafts
        .is_empty()
        .then(|| view! { <p class="empty">"You have no drafts."</p> });
    let drafts = drafts
        .into_iter()
        .map(|line| view! { <One line/> })
        .collect_view();
    view! {
        <Column title="Your drafts" notice links>
            <p>
                {format!(
                    "Posts that you have begun and not published. Only you can see them. You can have {SAVED_DRAFTS_MOST} at a time.",
                )}
            </p>
            <div>{empty} <ul class="topics">{drafts}</ul></div>
        </Column>
    }
}

/// What a draft is, and where it is continued.
fn place(place: SavedDraftPlace, title: &str) -> (String, Option<String>) {
    match place {
        SavedDraftPlace::Begins { kind, condition } => {
            let (what, path) = match kind {
                TopicKind::Discussion => ("New discussion", paths::start(&condition.slug)),
                TopicKind::Question => ("New question", paths::ask(&condition.slug)),
            };
            let what = if title.is_empty() {
                format!("{what} in {}", condition.name)
            } else {
                format!("{what} in {}: “{title}”", condition.name)
            };
            (what, Some(path))
        }
        SavedDraftPlace::Adds(Some(topic)) => {
            let (what, path) = match topic.kind {
                TopicKind::Discussion => ("Reply in", paths::reply(&topic.id, &topic.words)),
                TopicKind::Question => {
                    ("Answer to", paths::answer_question(&topic.id, &topic.words))
                }
            };
            (format!("{what} “{}”", topic.title), Some(path))
        }
        SavedDraftPlace::Adds(None) => {
            let what = "Reply in a discussion or question that you can no longer read";
            (what.to_owned(), None)
        }
    }
}

#[component]
fn One(line: SavedDraftLine) -> impl IntoView {
    let SavedDraftLine { place: at, draft } = line;
    let (what, path) = place(at, &draft.content.title);
    let about = what.clone();
    let what = match path {
        Some(path) => view! { <a href=path>{what}</a> }.into_any(),
        None => what.into_any(),
    };
    view! {
        <li>
            <p>{what} <span class="soft">", saved on " <Moment time=draft.saved/></span></p>
            <details>
                <summary>"Read the draft"</summary>
                <DraftWords content=draft.content/>
            </details>
            <Form<DeleteDraftFields> of=draft.version.clone()>
                <Hidden name="draft" value=draft.version/>
                <Hidden name="page" value=DraftForm::List.as_str()/>
                <Submit label="Delete draft" quiet=true about/>
            </Form<DeleteDraftFields>>
        </li>
    }
}
