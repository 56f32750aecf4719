//! Structured data of discussions for search engines (schema.org).

use domain::{
    community::{Post, TopicPage, content_note},
    text::shorten,
    time::Timestamp,
};
use serde_json::{Value, json};

use crate::{
    catalogue,
    community::paths,
    page::{breadcrumbs, plain, without_gaps},
};

/// How much of a post search engines are told, in characters: they read the rest on the page.
const EXCERPT: usize = 300;

/// A `DiscussionForumPosting` with the posts of this page of it, and the way to it. On the second page
/// and later ones the title stands for the first post, which is not there.
pub(super) fn discussion(topic: &TopicPage, after: Option<i64>) -> Vec<Value> {
    let origin = crate::context::services()
        .site
        .identity()
        .public_url
        .clone();
    let line = &topic.line;
    let url = |path: String| format!("{origin}{path}");
    let first = topic.posts.iter().find(|post| post.number == 1);
    let first = first.filter(|post| post.is_shown());
    let text = first.map_or_else(|| line.title.clone(), words);
    let comments: Vec<Value> = topic
        .posts
        .iter()
        .filter(|post| post.number > 1 && post.is_shown())
        .map(|post| {
            json!({
                "@type": "Comment",
                "url": url(paths::post(&line.id, &line.words, post.number)),
                "author": author(),
                "datePublished": post.written.rfc3339(),
                "dateModified": post.edited.map(Timestamp::rfc3339),
                "text": words(post),
            })
        })
        .collect();
    let posting = json!({
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "url": url(paths::topic(&line.id, &line.words, None)),
        "mainEntityOfPage": url(paths::topic(&line.id, &line.words, after)),
        "headline": line.title,
        "text": text,
        "author": author(),
        "datePublished": line.started.rfc3339(),
        "dateModified": first.and_then(|post| post.edited).map(Timestamp::rfc3339),
        "comment": comments,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": line.posts - 1,
        },
    });
    let slug = &topic.condition.slug;
    let steps = [
        (
            topic.condition.name.clone(),
            catalogue::paths::condition(slug),
        ),
        ("Discussions".to_owned(), paths::discussions(slug, None)),
        (
            line.title.clone(),
            paths::topic(&line.id, &line.words, None),
        ),
    ];
    vec![without_gaps(posting), breadcrumbs(&origin, &steps)]
}

fn words(post: &Post) -> String {
    match &post.content_note {
        Some(note) => content_note(note),
        None => shorten(&plain(post.html.as_str(), EXCERPT), EXCERPT),
    }
}

/// An author has to have a name. Search engines are told nobody's: who may be found there says so on
/// their profile.
fn author() -> Value {
    json!({ "@type": "Person", "name": "A member" })
}
