//! What is discussed, as pages show it.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, Memberships, PostDraft, TopicAudience, TopicDraft},
};

use crate::Site;

impl Site {
    /// A discussion "A walk" of a community, that everyone reads. Returns its id.
    pub(crate) async fn topic(&self, slug: &str) -> String {
        let cookie = self.member("walker@example.org", "Walker").await;
        self.topic_of(&cookie, slug, TopicAudience::Everyone).await
    }

    /// The same by somebody, for whom they choose.
    pub(crate) async fn topic_of(
        &self,
        cookie: &str,
        slug: &str,
        audience: TopicAudience,
    ) -> String {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        communities.join(actor, slug).await.unwrap();
        let draft = TopicDraft {
            title: "A walk".to_owned(),
            text: "A lark sings.".to_owned(),
            audience,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let started = communities.start(actor, slug, draft, &submission);
        started.await.unwrap()
    }
}

#[tokio::test]
async fn what_is_for_members_is_on_no_page_of_a_visitor() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let slug = "wilson-disease";
    let open = site.topic_of(&ada, slug, TopicAudience::Everyone).await;
    let mut hidden = Vec::new();
    for audience in [TopicAudience::Members, TopicAudience::Community] {
        hidden.push(site.topic_of(&ada, slug, audience).await);
    }
    let other = site.member("grace@example.org", "Grace").await;
    for path in [
        "/communities/wilson-disease",
        "/communities/wilson-disease/discussions",
        "/communities/wilson-disease/discussions.atom",
        "/discussions",
        "/api/community/discussions?slug=wilson-disease",
        "/api/community/recent",
        "/api/catalogue/condition?slug=wilson-disease",
    ] {
        // Twice, because the second may come from the cache.
        for _ in 0..2 {
            let page = site.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains(&open), "{path}");
            assert!(hidden.iter().all(|id| !page.text().contains(id)), "{path}");
        }
        let page = site.get_with(path, &[("cookie", &other)]).await.text();
        // The feed is for everybody, whoever asks.
        assert_eq!(page.contains(&hidden[0]), !path.contains(".atom"), "{path}");
        assert!(!page.contains(&hidden[1]), "{path}");
    }
    for id in &hidden {
        for path in [
            format!("/topics/{id}"),
            format!("/topics/{id}/a-walk"),
            format!("/topics/{id}/a-walk/posts/1/history"),
        ] {
            let page = site.get(&path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.text().contains("lark sings"), "{path}");
        }
    }
}

#[tokio::test]
async fn the_next_visitor_reads_what_was_written() {
    let site = Site::open().await;
    let path = "/communities/wilson-disease/discussions";
    assert!(
        site.get(path)
            .await
            .text()
            .contains("There are no new discussions.")
    );
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site
        .topic_of(&ada, "wilson-disease", TopicAudience::Everyone)
        .await;
    assert!(site.get(path).await.text().contains(&id));
    let topic = format!("/topics/{id}/a-walk");
    let page = site.get(&topic).await.text();
    assert!(page.contains("A lark sings.") && page.contains("DiscussionForumPosting"));
    assert!(!page.contains("Write a reply"), "a visitor joins first");
    // The words of the address are the title's.
    for other in [format!("/topics/{id}"), format!("/topics/{id}/x")] {
        let moved = site.get(&other).await;
        assert_eq!(moved.status, StatusCode::MOVED_PERMANENTLY);
        assert_eq!(moved.header("location"), topic);
    }
    let reply =
        format!("form=community/reply&key=r&id={id}&words=a-walk&in_reply_to=1&text=Mine, too.");
    let path = format!("{topic}/reply");
    let sent = site.send_body(&path, &ada, &reply).await;
    assert_eq!(sent.header("location"), format!("{topic}#post-2"));
    assert!(site.get(&topic).await.text().contains("Mine, too."));
    let delete =
        format!("form=community/delete-post&id={id}&words=a-walk&number=2&reason=Mistaken");
    let path = format!("{topic}/posts/2/delete");
    let sent = site.send_body(&path, &ada, &delete).await;
    assert_eq!(sent.header("location"), format!("{topic}#post-2"));
    let page = site.get(&topic).await.text();
    assert!(page.contains("Mistaken") && !page.contains("Mine, too."));
}

#[tokio::test]
async fn a_long_discussion_goes_on_page_by_page() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site
        .topic_of(&ada, "wilson-disease", TopicAudience::Everyone)
        .await;
    let actor = site.actor(&ada).await;
    let communities = site.storage.communities();
    for number in 2..=21 {
        let draft = PostDraft {
            text: format!("Post {number} of many."),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: number.to_string(),
            body: String::new(),
        };
        let sent = communities.reply(actor, &id, draft, &submission).await;
        assert_eq!(sent, Ok(number));
    }
    let first = site.get(&format!("/topics/{id}/a-walk")).await.text();
    let next = format!("/topics/{id}/a-walk?after=20");
    assert!(first.contains(&format!("href=\"{next}\"")), "{first}");
    assert!(!first.contains("Post 21 of many."));
    let second = site.get(&next).await;
    assert_eq!(second.status, StatusCode::OK);
    let second = second.text();
    assert!(second.contains("Post 21 of many.") && !second.contains("Post 20 of many."));
    // Search engines are told the fields that a discussion must have on this page, too.
    let told = second.split("DiscussionForumPosting").nth(1).unwrap();
    for field in [
        "\"author\":",
        "\"datePublished\":",
        "\"text\":",
        "\"headline\":",
    ] {
        assert!(second.contains(field), "{field}: {told}");
    }
    for nowhere in ["21", "99", "-1", "0"] {
        let page = site
            .get(&format!("/topics/{id}/a-walk?after={nowhere}"))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn an_alias_shows_no_name_and_is_looked_up_by_moderators_alone() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Adelheid").await;
    let slug = "wilson-disease";
    let id = site.topic_of(&ada, slug, TopicAudience::Everyone).await;
    let path = format!("/topics/{id}/a-walk");
    let form =
        format!("form=community/reply&key=one&id={id}&words=a-walk&text=Hush.&anonymous=yes");
    let sent = site.send_body(&format!("{path}/reply"), &ada, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let handle = site.handle("ada@example.org").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let moderator = site.moderator("marple@example.org").await;
    let read = async |path: &str, cookie: &str| site.get_with(path, &[("cookie", cookie)]).await;
    let page = read(&path, &grace).await.text();
    let (_, reply) = page.split_once("id=\"post-2\"").unwrap();
    let (reply, _) = reply.split_once("</article>").unwrap();
    assert!(reply.contains("Anonymous 1"), "{reply}");
    assert!(!reply.contains("Adelheid") && !reply.contains(&handle));
    let alias = format!("/admin/aliases/{id}/1");
    assert!(!page.contains(&alias));
    for cookie in ["", &ada, &grace] {
        assert_eq!(read(&alias, cookie).await.status, StatusCode::NOT_FOUND);
    }
    assert!(read(&path, &moderator).await.text().contains(&alias));
    let page = read(&alias, &moderator).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("Adelheid"));
    let form = format!("form=aliases/look-up&id={id}&number=1&reason=A threat");
    let sent = site.send_body(&alias, &moderator, &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = read(&alias, &moderator).await.text();
    assert!(page.contains("Adelheid") && page.contains("A threat"));
}
