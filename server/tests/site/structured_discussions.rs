//! What search engines are told of discussions and of answered questions: the fields that Google's
//! documentation requires ("Discussion forum structured data", "Q&A structured data"), on every page.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, Memberships, PostDraft, TopicAudience},
};
use serde_json::Value;

use crate::Site;

const SLUG: &str = "wilson-disease";
const ORIGIN: &str = "https://rareshare.example";

fn is_moment(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() == 20 && text.ends_with('Z') && text.as_bytes()[10] == b'T')
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// A person with a name; with a profile only where that is a page.
async fn assert_is_author(site: &Site, author: &Value) {
    assert_eq!(author["@type"], "Person", "{author}");
    assert!(is_text(&author["name"]), "{author}");
    if let Some(url) = author["url"].as_str() {
        let profile = site.get(url.strip_prefix(ORIGIN).unwrap()).await;
        assert_eq!(profile.status, StatusCode::OK, "{url}");
    }
}

/// An address of this site that leads to a page which a visitor reads.
async fn assert_leads(site: &Site, url: &Value) {
    let url = url.as_str().unwrap();
    let path = url.strip_prefix(ORIGIN).expect(url);
    let page = site.get(path.split('#').next().unwrap()).await;
    assert_eq!(page.status, StatusCode::OK, "{url}");
}

async fn assert_is_discussion(site: &Site, told: &Value) {
    assert_eq!(told["@context"], "https://schema.org");
    // Required: author, datePublished, and text, an image or a video.
    assert_is_author(site, &told["author"]).await;
    assert!(is_moment(&told["datePublished"]), "{told}");
    assert!(is_text(&told["text"]), "{told}");
    // Recommended.
    assert!(is_text(&told["headline"]), "{told}");
    assert_leads(site, &told["url"]).await;
    assert_leads(site, &told["mainEntityOfPage"]).await;
    for comment in told["comment"].as_array().unwrap() {
        assert_eq!(comment["@type"], "Comment");
        assert_is_author(site, &comment["author"]).await;
        assert!(is_moment(&comment["datePublished"]), "{comment}");
        assert!(is_text(&comment["text"]), "{comment}");
        assert_leads(site, &comment["url"]).await;
    }
    let count = &told["interactionStatistic"];
    assert_eq!(count["@type"], "InteractionCounter");
    assert_eq!(count["userInteractionCount"], 25);
    assert!(!told.to_string().contains("null"), "{told}");
}

#[tokio::test]
async fn discussions_have_what_search_engines_require_on_every_page() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let communities = site.storage.communities();
    let other = site.actor(&grace).await;
    communities.join(other, SLUG).await.unwrap();
    for number in 0..25 {
        // No more than one may write in an hour.
        let actor = if number < 15 {
            site.actor(&ada).await
        } else {
            other
        };
        let draft = PostDraft {
            text: format!("Bird {number}, <b>, \"said\" & </script>."),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: number.to_string(),
            body: String::new(),
        };
        let reply = communities.reply(actor, &id, draft, &submission);
        reply.await.unwrap();
    }
    let path = format!("/topics/{id}/a-walk");
    let kind = "DiscussionForumPosting";
    let first = site.told_to_engines(&path, kind).await.unwrap();
    assert_is_discussion(&site, &first).await;
    assert_eq!(first["text"], "A lark sings.");
    assert_eq!(first["comment"].as_array().unwrap().len(), 19);
    let second = format!("{path}?after=20");
    let second = site.told_to_engines(&second, kind).await.unwrap();
    assert_is_discussion(&site, &second).await;
    // The same posting, with the comments of this page; the first post is not on it.
    for field in ["url", "headline", "datePublished"] {
        assert_eq!(first[field], second[field], "{field}");
    }
    assert_eq!(second["comment"].as_array().unwrap().len(), 6);
    assert_eq!(
        second["mainEntityOfPage"],
        format!("{ORIGIN}{path}?after=20")
    );
}

#[tokio::test]
async fn answered_questions_have_what_search_engines_require() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let expert = site.expert("wren@example.org").await;
    let asked = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let id = asked.await;
    site.answer(&expert, &id, "You may, \"slowly\" & </script>.")
        .await;
    let path = format!("/questions/{id}/may-i-walk");
    let told = site.told_to_engines(&path, "QAPage").await.unwrap();
    assert_eq!(told["@context"], "https://schema.org");
    let question = &told["mainEntity"];
    // Required of the question: answerCount, an answer, name.
    assert_eq!(question["@type"], "Question");
    assert_eq!(question["answerCount"], 1);
    assert!(is_text(&question["name"]));
    assert_is_author(&site, &question["author"]).await;
    assert!(is_moment(&question["datePublished"]), "{question}");
    let answers = question["acceptedAnswer"].as_array().unwrap();
    for answer in answers {
        // Required of the answer: text.
        assert_eq!(answer["@type"], "Answer");
        assert!(is_text(&answer["text"]), "{answer}");
        assert_is_author(&site, &answer["author"]).await;
        // An expert's name is for everyone, so is the way to their profile.
        assert_eq!(answer["author"]["name"], "Dr Wren");
        assert!(answer["author"]["url"].is_string());
        assert!(is_moment(&answer["datePublished"]), "{answer}");
        assert_leads(&site, &answer["url"]).await;
    }
}
