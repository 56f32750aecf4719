//! One answer on the page of its question.

use domain::community::{AnswersAs, Post};
use leptos::prelude::*;

use crate::{
    community::{
        discussions::{
            PostBody,
            post::{Deleted, LeaderMark, PostActs, report_post},
        },
        moderation::HiddenPost,
        muting::{Folded, MuteLink},
        paths,
        reactions::ReactionLine,
    },
    ui::{Date, Moment},
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
    /// Whether the reader may react to others' answers.
    may_react: bool,
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
        hidden,
        edited,
        answers_as,
        alias,
        content_note,
        reactions,
        by_leader,
        muted,
        ..
    } = answer;
    let anchor = format!("post-{number}");
    if let Some(deletion) = deleted {
        return view! {
            <li id=anchor>
                <article aria-label=format!("Answer, post {number}")>
                    <p class="soft">{format!("Post {number}, ")} <Moment time=written/> "."</p>
                    <Deleted deletion/>
                    <PostActs id words number may_edit=false may_delete=false moderates/>
                </article>
            </li>
        }
        .into_any();
    }
    if let Some(hidden) = hidden {
        let may_delete = own || moderates;
        return view! {
            <li id=anchor>
                <article aria-label=format!("Answer, post {number}")>
                    <p class="soft">{format!("Post {number}, ")} <Moment time=written/> "."</p>
                    <HiddenPost hidden html own moderates/>
                    <PostActs id words number may_edit=false may_delete moderates/>
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
    let name = author.name.clone();
    let report = (!own).then(|| report_post(&id, number));
    let mute = {
        let (id, words, name) = (id.clone(), words.clone(), name.clone());
        muted.map(|muted| view! { <MuteLink id words number name muted/> }.into_any())
    };
    let given = {
        let (id, words, may_react) = (id.clone(), words.clone(), may_react && !own);
        view! { <ReactionLine reactions id words number may_react/> }
    };
    view! {
        <li id=anchor>
            <article aria-label=format!("Answer, post {number}")>
                <Folded muted=muted == Some(true) name>
                    <p class="soft">
                        {answers_as.map(|answers_as| view! { <Mark answers_as/> })} " "
                        <b>
                            <AuthorName author/>
                        </b> {by_leader.then(|| view! { " " <LeaderMark/> })} ", " <a href=path>
                            <Moment time=written/>
                        </a> ". " {edited}
                    </p>
                    <PostBody html content_note/>
                    {given}
                    <PostActs
                        id
                        words
                        number
                        may_edit
                        may_delete
                        moderates
                        report
                        mute
                        alias=alias.filter(|_| moderates)
                    />
                </Folded>
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
