//! One answer on the page of its question.

use domain::community::{AnswersAs, Post};
use leptos::prelude::*;

use crate::community::{discussions::PostContent, paths};

/// An answer.
#[component]
pub(super) fn OneAnswer(
    /// The answer.
    answer: Post,
    /// Id of its question.
    id: String,
    /// The words in the question's address.
    words: String,
    /// Whether the reader may edit it.
    may_edit: bool,
    /// Whether the reader may react to others' answers.
    may_react: bool,
    /// Whether the reader may delete it, though it is not theirs.
    moderates: bool,
) -> impl IntoView {
    let number = answer.number;
    let path = Some(paths::answer(&id, &words, number));
    let before = answer.answers_as;
    let before = before.map(|answers_as| view! { <Mark answers_as/> " " }.into_any());
    view! {
        <li id=format!("post-{number}")>
            <article aria-label=format!("Answer, post {number}")>
                <PostContent post=answer id words before path may_edit may_react moderates/>
            </article>
        </li>
    }
}

/// Whose answer it is.
#[component]
fn Mark(answers_as: AnswersAs) -> impl IntoView {
    let words = match answers_as {
        AnswersAs::Expert => "Expert",
        AnswersAs::Asker => "From the person who asked",
        AnswersAs::Member => "Experience of a member",
    };
    view! { <b class="mark">{words}</b> }
}
