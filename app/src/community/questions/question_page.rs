//! `/questions/{id}/{words}`: a question with its answers.

use domain::{
    community::{AnswersAs, Post, QuestionState, QuestionThread, TopicAudience, TopicKind},
    time::Timestamp,
};
use leptos::prelude::*;

use super::{
    answer::OneAnswer,
    answer_form::{AnswerForm, Safety, heading},
    api,
    decline::Decline,
};
use crate::{
    catalogue,
    community::{
        discussions::{
            PostContent, offered,
            topics::{ForWhom, State},
        },
        membership::{Join, Place},
        moderation::Locked,
        notifications::Follow,
        paths,
        saved_drafts::DraftLink,
    },
    page::{Column, Page, PageHead, page_data, use_part, use_query_value, way},
    ui::{Pager, form::Offers},
};

/// A question with a page of its answers.
#[component]
pub fn QuestionPage() -> impl IntoView {
    let (id, words) = (use_part("id"), use_part("words"));
    let (after, answer) = (use_query_value("after"), use_query_value("answer"));
    let number = |value: Option<String>| value?.parse::<i64>().ok();
    let data = page_data(
        move || (id(), words(), number(after()), number(answer())),
        |(id, words, after, answer)| api::read_question(id, words, after, answer),
    );
    view! { <Page data view=|question| view! { <WholeQuestion question/> }.into_any()/> }
}

#[component]
fn WholeQuestion(question: QuestionThread) -> impl IntoView {
    let head = head(&question);
    let may_edit: Vec<bool> = question
        .answers
        .iter()
        .map(|answer| question.may_edit(answer))
        .collect();
    let may_edit_details = question.may_edit(&question.details);
    let QuestionThread {
        line,
        condition,
        declined,
        locked,
        details,
        answers,
        after,
        next,
        joined,
        answers_as,
        moderates,
        may_decline,
        following,
        may_write: may_react,
        draft_saved,
        ..
    } = question;
    let offers = offered(answers.iter().chain([&details]));
    let (id, words) = (line.id, line.words);
    let links = vec![
        way(
            format!("Questions to experts: {}", condition.name),
            paths::questions(&condition.slug, None),
        ),
        way(
            condition.name.clone(),
            catalogue::paths::condition(&condition.slug),
        ),
    ];
    let first = after.map(|_| paths::question(&id, &words, None));
    let next = next.map(|after| paths::question(&id, &words, Some(after)));
    let empty = answers
        .is_empty()
        .then(|| view! { <p>"No one has answered yet."</p> });
    let answers = answers
        .into_iter()
        .zip(may_edit)
        .map(|(answer, may_edit)| {
            let (id, words) = (id.clone(), words.clone());
            view! { <OneAnswer answer id words may_edit may_react moderates/> }
        })
        .collect_view();
    let follow = following.map(|following| {
        let kind = TopicKind::Question;
        view! { <Follow kind id=id.clone() words=words.clone() after following/> }
    });
    let is_declined = declined.is_some();
    // Moderators write there still.
    let is_closed = is_declined || (locked.is_some() && answers_as.is_none());
    let locked = locked.map(|reason| {
        let kind = TopicKind::Question;
        view! { <Locked kind reason/> }
    });
    let decline = may_decline && line.question != Some(QuestionState::Answered);
    let decline = {
        let (id, words) = (id.clone(), words.clone());
        move || {
            decline.then(|| {
                view! { <Decline id=id.clone() words=words.clone() declined=is_declined/> }
            })
        }
    };
    let (question_id, question_words) = (id.clone(), words.clone());
    let (audience, slug) = (line.audience, condition.slug);
    // A function, so that another question builds the form anew.
    let write = move || {
        let (id, words) = (id.clone(), words.clone());
        let asked = (id, words, slug.clone(), audience);
        let offers = offers.clone();
        (!is_closed).then(|| view! { <Write asked answers_as joined offers draft_saved/> })
    };
    view! {
        <Column title=line.title head links>
            <p class="soft">
                "Asked in the community of " {condition.name} ". "
                {line.question.map(|state| view! { <State state/> })} " " <ForWhom audience/>
            </p>
            {declined
                .map(|reason| {
                    view! {
                        <p class="deleted">
                            "This question was declined. Reason: " <q>{reason}</q>
                        </p>
                    }
                })}
            {locked}
            <Details
                details
                id=question_id
                words=question_words
                may_edit=may_edit_details
                may_react
                moderates
            />
            {follow}
            <section aria-labelledby="answers-title">
                <h2 id="answers-title">"Answers"</h2>
                <Safety/>
                {empty}
                <ol class="posts">{answers}</ol>
                <Pager first next/>
            </section>
            {write}
            {decline}
        </Column>
    }
}

/// What the question says beyond its title.
#[component]
fn Details(
    details: Post,
    id: String,
    words: String,
    may_edit: bool,
    may_react: bool,
    moderates: bool,
) -> impl IntoView {
    let before = Some(view! { "Asked by " }.into_any());
    view! {
        <article id="post-1" aria-label="The question">
            <PostContent post=details id words before may_edit may_react moderates/>
        </article>
    }
}

/// Where the reader answers, or what they have to do before.
#[component]
fn Write(
    /// Id and words of the question, the condition's address, and who reads the answer.
    asked: (String, String, String, TopicAudience),
    answers_as: Option<AnswersAs>,
    joined: bool,
    offers: Offers,
    /// When they saved a draft of an answer, if there is one.
    draft_saved: Option<Timestamp>,
) -> impl IntoView {
    let (id, words, slug, audience) = asked;
    match answers_as {
        Some(answers_as) => {
            let draft = draft_saved.map(|saved| {
                let path = paths::answer_question(&id, &words);
                view! { <DraftLink saved path/> }
            });
            view! {
                <section aria-labelledby="answer-title">
                    <h2 id="answer-title">{heading(answers_as)}</h2>
                    {draft}
                    <AnswerForm id words answers_as audience offers/>
                </section>
            }
            .into_any()
        }
        None if joined => {
            view! { <p>"Your account cannot write at the moment. Your settings say why."</p> }
                .into_any()
        }
        None => {
            let text = "Join this community to add your experience. ";
            view! { <Join slug place=Place::Topic topic=id text/> }.into_any()
        }
    }
}

fn head(question: &QuestionThread) -> PageHead {
    let line = &question.line;
    let is_public = line.audience == TopicAudience::Everyone && !line.deleted;
    PageHead {
        title: line.title.clone(),
        description: format!(
            "A question to the experts in the community of {}, and the answers.",
            question.condition.name
        ),
        canonical: Some(paths::question(&line.id, &line.words, question.after)),
        index: is_public,
        #[cfg(feature = "ssr")]
        structured: if is_public {
            super::structured::question(question)
        } else {
            Vec::new()
        },
        ..PageHead::default()
    }
}
