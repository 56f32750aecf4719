//! `/communities/{slug}/questions`: what people ask the experts of a community.

use domain::community::QuestionList;
use leptos::prelude::*;

use super::{answer_form::Safety, api, list::Questions};
use crate::{
    catalogue,
    community::{
        CommunityTab, CommunityTabs,
        membership::{Join, Place},
        paths,
    },
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::Pager,
};

/// A page of the questions of a community.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    let (slug, after) = (use_part("slug"), use_query_value("after"));
    let data = page_data(
        move || (slug(), after()),
        |(slug, after)| api::read_questions(slug, after),
    );
    view! {
        <Page
            data
            view=move |list| {
                let continued = untrack(after).is_some();
                view! { <WholeList list continued/> }.into_any()
            }
        />
    }
}

#[component]
fn WholeList(list: QuestionList, continued: bool) -> impl IntoView {
    let QuestionList {
        condition,
        questions,
        next,
        joined,
        ..
    } = list;
    let slug = condition.slug;
    let path = paths::questions(&slug, None);
    let title = format!("Questions to experts: {}", condition.name);
    let head = PageHead {
        title: title.clone(),
        description: format!(
            "What people ask the experts in the community of {}, and what they answer.",
            condition.name
        ),
        canonical: (!continued).then(|| path.clone()),
        feed: Some(paths::questions_feed(&slug)),
        ..PageHead::default()
    };
    let links = vec![
        way(
            format!("Back to {}", condition.name),
            catalogue::paths::condition(&slug),
        ),
        way(
            format!("Discussions: {}", condition.name),
            paths::discussions(&slug, None),
        ),
        way("As a feed (Atom)", paths::questions_feed(&slug)).outside_router(),
    ];
    let next = next.map(|id| paths::questions(&slug, Some(&id)));
    let ask = paths::ask(&slug);
    let empty = questions
        .is_empty()
        .then(|| view! { <p>"No one has asked yet. Ask a question."</p> });
    let of_tabs = slug.clone();
    view! {
        <Column title head links>
            <CommunityTabs slug=of_tabs here=CommunityTab::Questions/>
            <p>
                "Members ask. Experts whose work has been checked answer first, and members add their experience."
            </p>
            <Safety/>
            {(!joined).then(|| view! { <Join slug place=Place::Questions/> })}
            <div>
                {empty} <p>
                    <a class="button" href=ask>
                        "Ask a question"
                    </a>
                </p> <Questions questions/> <Pager first=continued.then_some(path) next/>
            </div>
        </Column>
    }
}
