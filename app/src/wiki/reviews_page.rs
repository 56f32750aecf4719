//! `/reviews`: texts that are due for another review.

use domain::wiki::{DueReview, DueReviewList};
use leptos::prelude::*;

use super::{api::reading, author::AuthorName, paths};
use crate::{
    page::{Column, Page, page_data, use_query_value},
    ui::{Date, Moment, Pager},
};

/// A page of the reviews that are due.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let after = use_query_value("after");
    let data = page_data(after, reading::read_reviews);
    view! {
        <Page
            data
            view=move |list| {
                let further = untrack(after).is_some();
                view! { <Due list further/> }.into_any()
            }
        />
    }
}

#[component]
fn Due(list: DueReviewList, further: bool) -> impl IntoView {
    let empty = list.reviews.is_empty();
    let rows = list
        .reviews
        .into_iter()
        .map(|due| view! { <Row due/> })
        .collect_view();
    let first = further.then(|| paths::reviews(None));
    let next = list.next.as_deref().map(|next| paths::reviews(Some(next)));
    view! {
        <Column title="Reviews due">
            <p>"Texts that an expert has reviewed, and that are due for another review."</p>
            {empty.then(|| view! { <p>"No reviews are due."</p> })}
            <ol class="history">{rows}</ol>
            <Pager first next/>
        </Column>
    }
}

#[component]
fn Row(due: DueReview) -> impl IntoView {
    let DueReview {
        condition,
        kind,
        review,
    } = due;
    let slug = condition.slug;
    let section = paths::section(&slug, kind);
    let words = format!("{}: {}", condition.name, kind.title());
    view! {
        <li>
            <div>
                <a href=section>{words}</a> ", reviewed on " <Moment time=review.reviewed/> " by "
                <AuthorName author=review.reviewer fallback="an expert"/>
                ". The next review was due on " <Date time=review.due/> ". "
                <a href=paths::history(&slug, Some(kind), None)>"History"</a>
            </div>
        </li>
    }
}
