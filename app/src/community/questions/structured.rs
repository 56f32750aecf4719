//! Structured data of questions for search engines (schema.org).

use domain::{
    community::{AnswersAs, Post, QuestionThread, content_note},
    text::shorten,
    time::Timestamp,
};
use serde_json::{Value, json};

use crate::{
    catalogue,
    community::paths,
    page::{breadcrumbs, plain, without_gaps},
    profile,
};

/// How much of an answer search engines are told, in characters: they read the rest on the page.
const EXCERPT: usize = 300;

/// A `QAPage` with the answers of this page of it, and the way to it. A question without answers is no
/// such page (Google, "Q&A structured data"). What its author adds is no answer.
pub(super) fn question(question: &QuestionThread) -> Vec<Value> {
    let origin = crate::context::services()
        .site
        .identity()
        .public_url
        .clone();
    let line = &question.line;
    let url = |path: String| format!("{origin}{path}");
    let answers = |by_expert: bool| -> Vec<Value> {
        question
            .answers
            .iter()
            .filter(|answer| answer.is_shown())
            .filter(|answer| match answer.answers_as {
                Some(AnswersAs::Expert) => by_expert,
                Some(AnswersAs::Member) => !by_expert,
                Some(AnswersAs::Asker) | None => false,
            })
            .map(|answer| {
                json!({
                    "@type": "Answer",
                    "url": url(paths::answer(&line.id, &line.words, answer.number)),
                    "author": author(answer, &origin),
                    "dateCreated": answer.written.rfc3339(),
                    "datePublished": answer.written.rfc3339(),
                    "dateModified": answer.edited.map(Timestamp::rfc3339),
                    "text": words(answer),
                })
            })
            .collect()
    };
    let (by_experts, by_members) = (answers(true), answers(false));
    let slug = &question.condition.slug;
    let steps = [
        (
            question.condition.name.clone(),
            catalogue::paths::condition(slug),
        ),
        (
            "Questions to experts".to_owned(),
            paths::questions(slug, None),
        ),
        (
            line.title.clone(),
            paths::question(&line.id, &line.words, None),
        ),
    ];
    if by_experts.is_empty() && by_members.is_empty() {
        return vec![breadcrumbs(&origin, &steps)];
    }
    let details = &question.details;
    let said = words(details);
    let page = json!({
        "@context": "https://schema.org",
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "url": url(paths::question(&line.id, &line.words, None)),
            "name": line.title,
            "text": if said.is_empty() { line.title.clone() } else { said },
            "answerCount": question.answer_count,
            "author": author(details, &origin),
            "dateCreated": line.started.rfc3339(),
            "datePublished": line.started.rfc3339(),
            "dateModified": details.edited.map(Timestamp::rfc3339),
            "acceptedAnswer": by_experts,
            "suggestedAnswer": by_members,
        },
    });
    vec![without_gaps(page), breadcrumbs(&origin, &steps)]
}

fn words(post: &Post) -> String {
    match &post.content_note {
        Some(note) => content_note(note),
        None => shorten(&plain(post.html.as_str(), EXCERPT), EXCERPT),
    }
}

/// An author has to have a name. Search engines are told nobody's but those of experts, as far as their
/// profile shows it: people want to know who answers.
fn author(post: &Post, origin: &str) -> Value {
    let name = post.author.name.as_deref();
    let name = name.filter(|_| post.answers_as == Some(AnswersAs::Expert));
    let url = post
        .author
        .handle
        .as_deref()
        .filter(|_| name.is_some())
        .map(|handle| format!("{origin}{}", profile::paths::member(handle)));
    json!({
        "@type": "Person",
        "name": name.unwrap_or("A member"),
        "url": url,
    })
}
