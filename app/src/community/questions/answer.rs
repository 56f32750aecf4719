//! One answer on the page of its question.

use domain::community::{AnswersAs, Post};
use leptos::prelude::*;

use crate::{
    community::{
        discussions::post::{Deleted, PostActs},
        paths,
    },
    ui::{Date, Moment, Prose},
    wiki::AuthorName,
};

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
    /// Whether the reader may delete it, though it is not theirs.
    moderates: bool,
) -> impl IntoView {
    let Post {
        number,
        author,
        html,
        written,
        own,
        deleted,
        edited,
        answers_as,
        ..
    } = answer;
    let anchor = format!("post-{number}");
    if let Some(deletion) = deleted {
        return view! {
            <li id=anchor>
                <article aria-label=format!("Answer, post {number}")>
                    <p class="soft">{format!("Post {number}, ")} <Moment time=written/> "."</p>
                    <Deleted deletion/>
                </article>
            </li>
        }
        .into_any();
    }
    let path = paths::answer(&id, &words, number);
    let edited = edited.map(|time| {
        let path = paths::post_history(&id, &words, number);
        view! { <a href=path>"Edited " <Date time/></a> }
    });
    let may_delete = own || moderates;
    view! {
        <li id=anchor>
            <article aria-label=format!("Answer, post {number}")>
                <p class="soft">
                    {answers_as.map(|answers_as| view! { <Mark answers_as/> })} " "
                    <b>
                        <AuthorName author/>
                    </b> ", " <a href=path>
                        <Moment time=written/>
                    </a> ". " {edited}
                </p>
                <Prose html class="prose"/>
                <PostActs id words number may_edit may_delete/>
            </article>
        </li>
    }
    .into_any()
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
