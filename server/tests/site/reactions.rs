//! Reactions and content notes, as pages show them.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, Memberships, PostDraft, TopicAudience, TopicDraft},
};

use crate::Site;

const SLUG: &str = "wilson-disease";

fn submission() -> Submission {
    Submission {
        key: uuid::Uuid::new_v4().to_string(),
        body: String::new(),
    }
}

impl Site {
    /// Somebody who has joined the community.
    async fn companion(&self, address: &str, name: &str) -> String {
        let cookie = self.member(address, name).await;
        let actor = self.actor(&cookie).await;
        self.storage.communities().join(actor, SLUG).await.unwrap();
        cookie
    }

    async fn replies(&self, cookie: &str, id: &str, text: &str) -> i64 {
        let actor = self.actor(cookie).await;
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            content_note: None,
            anonymous: false,
        };
        let submission = submission();
        let replied = self
            .storage
            .communities()
            .reply(actor, id, draft, &submission)
            .await;
        replied.unwrap()
    }

    async fn as_read_by(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.markup()
    }
}

#[tokio::test]
async fn a_reaction_is_given_and_taken_back_without_a_script() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada Canary").await;
    let grace = site.companion("grace@example.org", "Grace Canary").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    for _ in 0..20 {
        site.replies(&ada, &id, "And on.").await;
    }
    let second = format!("/topics/{id}/a-walk?after=20");
    let page = site.as_read_by(&second, &grace).await;
    assert!(page.contains("aria-label=\"Reactions to post 21\""));
    assert!(page.contains("name=\"give\" value=\"hugs\" aria-pressed=\"false\""));
    let react = format!("/topics/{id}/a-walk/posts/21/react");
    assert!(page.contains(&format!("action=\"{react}\"")));
    let body = |more: &str| format!("form=community/react%2321&id={id}&number=21&{more}");
    let sent = site.send_body(&react, &grace, &body("give=hugs")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.header("location"), format!("{second}#post-21"));
    // Visitors see the count at once, without buttons, and nobody sees who gave it.
    let seen = site.get(&second).await.markup();
    assert!(seen.contains("Hugs 1") && !seen.contains("community/react"));
    let page = site.as_read_by(&second, &grace).await;
    assert!(page.contains("name=\"take_back\" value=\"hugs\" aria-pressed=\"true\""));
    for page in [seen, site.as_read_by(&second, &ada).await] {
        assert!(!page.contains("Grace Canary"));
    }
    let own = site.as_read_by(&second, &ada).await;
    assert!(own.contains("Hugs 1") && !own.contains("community/react"));
    let sent = site
        .send_body(&react, &grace, &body("take_back=hugs"))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(!site.get(&second).await.markup().contains("Hugs 1"));
    // What is wrong is said on a page that has the post, also where that is not on the first page.
    for more in ["give=anger", "give=hugs&take_back=hugs", ""] {
        let refused = site.send_body(&react, &grace, &body(more)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{more}");
        let refused = refused.markup();
        assert!(refused.contains("And on.") && refused.contains("role=\"alert\""));
    }
    let reply = site.send_body(&react, &ada, &body("give=hugs")).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let signed_out = site.send_body(&react, "", &body("give=hugs")).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn what_is_behind_a_note_is_in_no_excerpt() {
    let site = Site::open().await;
    let ada = site.companion("ada@example.org", "Ada").await;
    let actor = site.actor(&ada).await;
    let communities = site.storage.communities();
    let draft = TopicDraft {
        title: "A walk".to_owned(),
        text: "A Qxheron was found.".to_owned(),
        audience: TopicAudience::Everyone,
        content_note: Some("mentions death".to_owned()),
        anonymous: false,
    };
    let submission = submission();
    let started = communities.start(actor, SLUG, draft, &submission).await;
    let id = started.unwrap();
    let note = "Content note: mentions death";
    let path = format!("/topics/{id}/a-walk");
    let page = site.get(&path).await.markup();
    let summary = format!("<summary>{note}. Show the post</summary>");
    let (_, behind) = page.split_once(&summary).unwrap();
    assert!(behind.contains("A Qxheron was found."));
    assert_eq!(page.matches("Qxheron").count(), 1, "only where it is shown");
    assert!(page.contains("<details class=\"folded\">"), "closed");
    let told = site.told_to_engines(&path, "DiscussionForumPosting").await;
    assert_eq!(told.unwrap()["text"], note);
    let found = site.get("/search?q=Qxheron&in=discussions").await.markup();
    assert!(found.contains(note) && found.contains(&path), "{found}");
    assert!(
        !found
            .replace("value=\"Qxheron\"", "")
            .contains("Qxheron was")
    );
    for path in [
        "/communities/wilson-disease",
        "/communities/wilson-disease/feed",
        "/communities/wilson-disease/feed.atom",
        "/communities/wilson-disease/discussions",
        "/communities/wilson-disease/discussions.atom",
        "/discussions",
        "/search?q=Qxheron",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text().contains("Qxheron was"), "{path}");
    }
    // A form that comes back has the note, and shows it.
    let reply = format!("{path}/reply");
    let long = "a".repeat(61);
    let body = format!(
        "form=community/reply&key=k&id={id}&words=a-walk&in_reply_to=&text=So.&content_note={long}"
    );
    let refused = site.send_body(&reply, &ada, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = refused.markup();
    let tags = refused.split("<details").skip(1);
    let mut tags = tags.filter_map(|rest| rest.split('>').next());
    let tag = tags.find(|tag| tag.contains("class=\"note\"")).unwrap();
    assert!(tag.contains("open"), "{tag}");
    assert!(refused.contains(&format!("value=\"{long}\"")));
    let edit = site.as_read_by(&format!("{path}/posts/1/edit"), &ada).await;
    assert!(edit.contains("value=\"mentions death\""));
}

#[tokio::test]
async fn a_moderator_puts_a_note_before_anothers_post() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada Canary").await;
    let moderator = site.moderator("mod@example.org").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let topic = format!("/topics/{id}/a-walk");
    let form = format!("{topic}/posts/1/note");
    let link = format!("href=\"{form}\"");
    let words = "A moderator or leader added this content note:";
    // Twice, because the second comes from the cache.
    for _ in 0..2 {
        let seen = site.get(&topic).await.markup();
        assert!(!seen.contains(&link) && !seen.contains(words));
    }
    assert!(!site.as_read_by(&topic, &ada).await.contains(&link));
    assert!(site.as_read_by(&topic, &moderator).await.contains(&link));
    let page = site.as_read_by(&form, &moderator).await;
    assert!(page.contains("Content note for post 1"), "{page}");
    let body =
        |note: &str| format!("form=moderation/set-note&id={id}&number=1&content_note={note}");
    let refused = site.send_body(&form, &ada, &body("So")).await;
    assert_ne!(refused.status, StatusCode::SEE_OTHER);
    let sent = site
        .send_body(&form, &moderator, &body("mentions+death"))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert_eq!(sent.header("location"), format!("{topic}#post-1"));
    // The next visitor sees it.
    let seen = site.get(&topic).await.markup();
    assert!(seen.contains(words), "{seen}");
    assert!(seen.contains("Content note: mentions death. Show the post"));
    // The author reads that it is not theirs to take off.
    let edit = format!("{topic}/posts/1/edit");
    let own = site.as_read_by(&edit, &ada).await;
    assert!(own.contains("Only they can change it."));
    let decisions = site.as_read_by("/decisions", &ada).await;
    assert!(decisions.contains("A content note was added to your post"));
    assert!(decisions.contains("mentions death"));
    site.send_body(&form, &moderator, &body("")).await;
    assert!(!site.get(&topic).await.markup().contains(words));
}
