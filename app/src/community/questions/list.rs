//! Questions in lists.

use domain::community::{QuestionState, TopicLine};
use leptos::prelude::*;

use crate::{
    community::{discussions::topics::ForWhom, paths},
    ui::Date,
    wiki::AuthorName,
};

/// A list of questions.
#[component]
pub(super) fn Questions(questions: Vec<TopicLine>) -> impl IntoView {
    let questions = questions
        .into_iter()
        .map(|question| view! { <OneQuestion question/> })
        .collect_view();
    view! { <ol class="topics">{questions}</ol> }
}

#[component]
fn OneQuestion(question: TopicLine) -> impl IntoView {
    let path = paths::of_line(&question);
    let TopicLine {
        title,
        author,
        audience,
        posts,
        started,
        last_post,
        question: state,
        ..
    } = question;
    let answers = match posts {
        ..=1 => view! { "No answers yet" }.into_any(),
        2 => view! { "1 answer, " <Date time=last_post/> }.into_any(),
        more => view! { {format!("{} answers, the last on ", more - 1)} <Date time=last_post/> }
            .into_any(),
    };
    view! {
        <li>
            <a class="title" href=path>
                {title}
            </a>
            <div class="soft">
                "Asked by " <AuthorName author/> ", " <Date time=started/> ". " {answers} ". "
                {state.map(|state| view! { <State state/> })} " " <ForWhom audience/>
            </div>
        </li>
    }
}

/// What has become of a question.
#[component]
pub(super) fn State(state: QuestionState) -> impl IntoView {
    let words = match state {
        QuestionState::Open => "Waiting for an expert",
        QuestionState::Answered => "Answered by an expert",
        QuestionState::Declined => "Declined",
    };
    view! { <b class="mark">{words}</b> }
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
