//! What search engines are told of questions.

use axum::http::StatusCode;
use domain::community::{Memberships, TopicAudience};
use serde_json::Value;

use crate::Site;

const SLUG: &str = "wilson-disease";

impl Site {
    /// What search engines are told of a page, by type.
    pub(crate) async fn told_to_engines(&self, path: &str, kind: &str) -> Option<Value> {
        let html = self.get(path).await.text();
        html.split("<script type=\"application/ld+json\">")
            .skip(1)
            .filter_map(|block| serde_json::from_str(block.split("</script>").next()?).ok())
            .find(|told: &Value| told["@type"] == kind)
    }
}

#[tokio::test]
async fn search_engines_are_told_of_answers_on_every_page() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let id = site.question_of(&ada, SLUG, "May I walk?", TopicAudience::Everyone);
    let id = id.await;
    let path = format!("/questions/{id}/may-i-walk");
    // What its author adds is no answer.
    site.answer(&ada, &id, "I mean, far.").await;
    assert_eq!(site.told_to_engines(&path, "QAPage").await, None);
    let actor = site.actor(&grace).await;
    site.storage.communities().join(actor, SLUG).await.unwrap();
    for _ in 0..20 {
        site.answer(&grace, &id, "I do.").await;
    }
    let expert = site.expert("wren@example.org").await;
    site.answer(&expert, &id, "You may.").await;
    let first = site.told_to_engines(&path, "QAPage").await.unwrap();
    let question = &first["mainEntity"];
    assert_eq!(question["@type"], "Question");
    assert_eq!(question["name"], "May I walk?");
    assert_eq!(question["text"], "Where a lark sings.");
    assert_eq!(question["answerCount"], 21);
    assert_eq!(question["author"]["name"], "A member");
    let accepted = question["acceptedAnswer"].as_array().unwrap();
    assert_eq!(accepted.len(), 1);
    assert_eq!(accepted[0]["text"], "You may.");
    assert_eq!(accepted[0]["author"]["name"], "Dr Wren");
    let profile = accepted[0]["author"]["url"].as_str().unwrap();
    assert!(
        profile.starts_with("https://rareshare.example/members/"),
        "{profile}"
    );
    // The first of the others is what its author added.
    assert_eq!(question["suggestedAnswer"].as_array().unwrap().len(), 18);
    let html = site.get(&path).await.markup();
    let next = html.split(&format!("href=\"{path}?after=")).nth(1).unwrap();
    let next = format!("{path}?after={}", next.split('"').next().unwrap());
    let second = site.told_to_engines(&next, "QAPage").await.unwrap();
    let question = &second["mainEntity"];
    assert_eq!(question["answerCount"], 21);
    assert!(question.get("acceptedAnswer").is_none());
    let suggested = question["suggestedAnswer"].as_array().unwrap();
    assert_eq!(suggested.len(), 2);
    for answer in suggested {
        assert_eq!(answer["@type"], "Answer");
        assert_eq!(answer["author"]["name"], "A member");
        for field in ["text", "url", "dateCreated", "datePublished"] {
            assert!(answer[field].is_string(), "{field}: {answer}");
        }
    }
    // A link to an answer leads to its page, whatever is kept of the first.
    for number in [22, 23] {
        let linked = site.get(&format!("{path}?answer={number}")).await.markup();
        let here = linked.contains(&format!("id=\"post-{number}\""));
        assert!(here, "{number}");
    }
    let canonical = format!("<link rel=\"canonical\" href=\"https://rareshare.example{next}\">");
    let linked = site.get(&format!("{path}?answer=22")).await.markup();
    assert!(linked.contains(&canonical), "{linked}");
    for nowhere in ["1", "99", "-1", "0"] {
        let page = site.get(&format!("{path}?after={nowhere}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    // Of what only members read, nothing.
    let quiet = site.question_of(&ada, SLUG, "May I sing?", TopicAudience::Members);
    let quiet = quiet.await;
    site.answer(&expert, &quiet, "You may.").await;
    let page = format!("/questions/{quiet}/may-i-sing");
    let page = site.get_with(&page, &[("cookie", &ada)]).await.text();
    assert!(page.contains("You may.") && !page.contains("QAPage"));
}
