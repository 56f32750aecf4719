//! Questions in lists.

use domain::community::TopicLine;
use leptos::prelude::*;

use crate::community::{discussions::topics::Topics, paths};

/// A list of questions.
#[component]
pub(super) fn Questions(questions: Vec<TopicLine>) -> impl IntoView {
    let topics = questions.into_iter().map(|topic| (topic, None)).collect();
    view! { <Topics topics/> }
}

/// Some questions to the experts of a condition's community, on its page.
#[component]
pub fn NewQuestions(
    /// The condition's address.
    slug: String,
    /// A few of them.
    questions: Vec<TopicLine>,
) -> impl IntoView {
    let ask = paths::ask(&slug);
    let content = if questions.is_empty() {
        view! {
            <p class="empty">"No one has asked yet. " <a href=ask>"Ask a question."</a></p>
        }
        .into_any()
    } else {
        view! {
            <Questions questions/>
            <p>
                <a href=paths::questions(&slug, None)>"All questions"</a> " · "
                <a href=ask>"Ask a question"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <section class="section" id="questions" aria-labelledby="questions-title">
            <h2 id="questions-title">"Questions to experts"</h2>
            {content}
        </section>
    }
}
