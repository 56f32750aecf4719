//! What moderators do with posts and topics, as pages show it.

use axum::http::StatusCode;
use domain::community::{Discussions, PostDraft, TopicAudience};

use crate::{Answer, Site};

const SLUG: &str = "wilson-disease";

/// Everything that shows the discussion to who asks.
fn places(topic: &str) -> Vec<String> {
    let of_topic = format!("/topics/{topic}/discussion");
    let mut places = vec![
        of_topic.clone(),
        format!("{of_topic}/reply?to=1"),
        format!("{of_topic}/posts/1/history"),
        format!("{of_topic}/posts/2/history"),
        format!("/api/community/reply-page?id={topic}&words=discussion&to=2"),
        format!("/api/community/topic?id={topic}&words=discussion"),
        format!("/api/community/post-history?id={topic}&number=2"),
    ];
    places.extend(
        [
            "/communities/wilson-disease",
            "/communities/wilson-disease/discussions",
            "/communities/wilson-disease/discussions.atom",
            "/communities/wilson-disease/feed",
            "/communities/wilson-disease/feed.atom",
            "/discussions",
            "/search?q=larks",
            "/search?q=larks&in=discussions",
            "/search?q=finches&in=discussions",
            "/sitemap.xml",
            "/notifications",
            "/api/community/discussions?slug=wilson-disease",
            "/api/community/recent",
            "/api/community/feed?slug=wilson-disease",
            "/api/catalogue/condition?slug=wilson-disease",
        ]
        .map(str::to_owned),
    );
    places
}

fn shows(page: &Answer) -> bool {
    let text = page.text();
    // The word that was searched for is on its page.
    ["A lark sings", "A finch answers", "A walk", "a-walk"]
        .iter()
        .any(|secret| text.contains(secret))
}

struct World {
    site: Site,
    ada: String,
    grace: String,
    mo: String,
    topic: String,
}

impl World {
    /// A discussion in which only Ada has written.
    async fn open() -> Self {
        let site = Site::open().await;
        let ada = site.member("ada@example.org", "Ada").await;
        let grace = site.member("grace@example.org", "Grace").await;
        let mo = site.moderator("mo@example.org").await;
        let topic = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
        let draft = PostDraft {
            text: "A finch answers.".to_owned(),
            in_reply_to: Some(1),
            anonymous: false,
            content_note: None,
        };
        let submission = domain::account::Submission {
            key: "reply".to_owned(),
            body: String::new(),
        };
        let communities = site.storage.communities();
        let actor = site.actor(&ada).await;
        let replied = communities.reply(actor, &topic, draft, &submission);
        replied.await.unwrap();
        Self {
            site,
            ada,
            grace,
            mo,
            topic,
        }
    }

    async fn read(&self, path: &str, cookie: &str) -> Answer {
        if cookie.is_empty() {
            self.site.get(path).await
        } else {
            self.site.get_with(path, &[("cookie", cookie)]).await
        }
    }

    fn moderate(&self, number: i64) -> String {
        format!("/admin/topics/{}/posts/{number}", self.topic)
    }

    /// Sends a form of the page of a post, as the moderator.
    async fn send(&self, number: i64, form: &str, more: &str) -> Answer {
        let path = self.moderate(number);
        let body = format!(
            "form=moderation/{form}&id={}&number={number}&reason=No+larks+here{more}",
            self.topic
        );
        let sent = self.site.send_body(&path, &self.mo, &body).await;
        if sent.status == StatusCode::SEE_OTHER {
            assert_eq!(sent.header("location"), format!("{path}?done=moderated"));
        }
        sent
    }

    async fn tell(&self) {
        self.site.storage.events().seal().await.unwrap();
        self.site.storage.communities().tell().await.unwrap();
    }
}

/// The address that begins so in a page.
fn link(page: &str, beginning: &str) -> String {
    let (_, rest) = page.split_once(&format!("href=\"{beginning}")).unwrap();
    format!("{beginning}{}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn what_is_hidden_is_on_no_page_of_others() {
    let world = World::open().await;
    world.tell().await;
    // All pages are kept as they were before.
    let mut shown = 0;
    for path in places(&world.topic) {
        for _ in 0..2 {
            shown += usize::from(shows(&world.read(&path, "").await));
        }
    }
    assert!(shown > 16, "{shown}");
    for number in [1, 2] {
        let sent = world.send(number, "hide-post", "").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    }
    world.tell().await;
    for path in places(&world.topic) {
        for cookie in ["", &world.grace] {
            // The second may come from the cache.
            for _ in 0..2 {
                let page = world.read(&path, cookie).await;
                assert!(!shows(&page), "{path} {cookie}: {}", page.text());
            }
        }
    }
    let topic = format!("/topics/{}/discussion", world.topic);
    let page = world.read(&topic, "").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.markup();
    assert!(page.contains("Hidden by a moderator, ") && page.contains("<q>No larks here</q>"));
    assert!(page.contains("Hidden discussion") && page.contains("noindex"));
    assert!(!page.contains("DiscussionForumPosting") && !page.contains("Moderate"));
    // The author and moderators can read it, the author by which decision.
    let own = world.read(&topic, &world.ada).await.markup();
    assert!(own.contains("A lark sings.") && own.contains("Read what you wrote"));
    assert!(own.contains("href=\"/decisions/") && !own.contains("/posts/1/edit"));
    let theirs = world.read(&topic, &world.mo).await.markup();
    assert!(theirs.contains("A lark sings.") && !theirs.contains("href=\"/decisions/"));
    assert!(theirs.contains(&format!("href=\"{}\" rel=\"external\"", world.moderate(1))));
    // Shown again, it is there at once.
    for number in [1, 2] {
        world.send(number, "show-post", "").await;
    }
    let page = world.read(&topic, "").await;
    assert_eq!(
        page.header("location"),
        format!("/topics/{}/a-walk", world.topic)
    );
    let page = world
        .read(&format!("/topics/{}/a-walk", world.topic), "")
        .await;
    assert!(page.text().contains("A finch answers."));
    let found = world.read("/search?q=larks&in=discussions", "").await;
    assert!(shows(&found));
}

#[tokio::test]
async fn the_page_of_a_post_is_for_moderators_alone() {
    let world = World::open().await;
    let path = world.moderate(2);
    for cookie in ["", &world.ada] {
        for path in [&path, "/admin/appeals", "/admin/appeals/0000000000"] {
            let page = world.read(path, cookie).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
        let hide = format!(
            "form=moderation/hide-post&id={}&number=2&reason=So",
            world.topic
        );
        let sent = world.site.send_body(&path, cookie, &hide).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
    }
    let page = world.read(&path, &world.mo).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.markup();
    assert!(!page.contains("<script type=\"module\""), "no script");
    assert!(page.contains("A finch answers.") && page.contains("Nothing so far."));
    for form in ["hide-post", "lock-topic", "move-topic"] {
        assert!(page.contains(&format!("moderation/{form}")), "{form}");
    }
    // Without a reason nothing happens, and nothing typed is lost.
    let body = format!(
        "form=moderation/hide-post&id={}&number=2&reason=+",
        world.topic
    );
    let sent = world.site.send_body(&path, &world.mo, &body).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text().contains("Say why."));
    let sent = world.send(2, "move-topic", "&condition=Nowhere").await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.text().contains("value=\"Nowhere\""));
    let sent = world
        .send(2, "move-topic", "&condition=Multiple+myeloma")
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let list = world
        .read("/communities/multiple-myeloma/discussions", "")
        .await;
    assert!(list.text().contains("A walk"));
    let list = world
        .read("/communities/wilson-disease/discussions", "")
        .await;
    assert!(!list.text().contains("A walk"));
    let sent = world.send(2, "lock-topic", "").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let topic = format!("/topics/{}/a-walk", world.topic);
    for cookie in ["", &world.ada] {
        let page = world.read(&topic, cookie).await.markup();
        assert!(page.contains("This discussion is locked. Reason: <q>No larks here</q>"));
        assert!(!page.contains("community/reply") && !page.contains("community/join"));
    }
    let page = world.read(&path, &world.mo).await.markup();
    assert!(page.contains("Topic locked by ") && page.contains("Topic moved from "));
}

#[tokio::test]
async fn a_decision_is_read_appealed_and_undone() {
    let world = World::open().await;
    world.send(2, "hide-post", "").await;
    world.tell().await;
    let told = world.read("/notifications", &world.ada).await.markup();
    assert!(told.contains("A moderator hid your post") && !told.contains("larks"));
    let path = link(&told, "/decisions/");
    let id = path.rsplit('/').next().unwrap();
    for (cookie, status) in [
        ("", StatusCode::FOUND),
        (&world.grace, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(world.read(&path, cookie).await.status, status);
    }
    let page = world.read(&path, &world.ada).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.markup();
    assert!(page.contains("Your post was hidden") && page.contains("<q>No larks here</q>"));
    assert!(!page.contains("Quill") && page.contains("moderation/appeal"));
    let list = world.read("/decisions", &world.ada).await.markup();
    assert!(list.contains(&format!("href=\"{path}\"")));
    let empty = format!("form=moderation/appeal&id={id}&words=+");
    let sent = world.site.send_body(&path, &world.ada, &empty).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let appeal = format!("form=moderation/appeal&id={id}&words=It+is+%3Cb%3Etrue");
    for _ in 0..2 {
        let sent = world.site.send_body(&path, &world.ada, &appeal).await;
        assert_eq!(sent.header("location"), format!("{path}?done=sent"));
    }
    let page = world.read(&path, &world.ada).await.markup();
    assert!(page.contains("It is &lt;b&gt;true") && page.contains("Waiting for review"));
    assert!(!page.contains("moderation/appeal"));
    // Who took the decision is told that someone else decides.
    let waiting = world.read("/admin/waiting", &world.mo).await.markup();
    let appeal = link(&waiting, "/admin/appeals/");
    let page = world.read(&appeal, &world.mo).await.markup();
    assert!(page.contains("someone else decides") && !page.contains("moderation/keep-decision"));
    let form = format!(
        "form=moderation/lift-decision&id={}&words=We+were+wrong",
        appeal.rsplit('/').next().unwrap()
    );
    let sent = world.site.send_body(&appeal, &world.mo, &form).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let other = world.site.moderator("other@example.org").await;
    let page = world.read(&appeal, &other).await.markup();
    assert!(page.contains("It is &lt;b&gt;true") && page.contains("A finch answers."));
    let sent = world.site.send_body(&appeal, &other, &form).await;
    assert_eq!(sent.header("location"), format!("{appeal}?done=decided"));
    let topic = format!("/topics/{}/a-walk", world.topic);
    assert!(
        world
            .read(&topic, "")
            .await
            .text()
            .contains("A finch answers.")
    );
    world.tell().await;
    let told = world.read("/notifications", &world.ada).await.markup();
    assert!(told.contains("Your appeal was decided"));
    let page = world.read(&path, &world.ada).await.markup();
    assert!(page.contains("The decision was undone") && page.contains("We were wrong"));
    assert!(!page.contains("Quill"));
    let decided = world
        .read("/admin/appeals?show=decided", &other)
        .await
        .markup();
    assert!(decided.contains(&appeal));
}

#[tokio::test]
async fn a_suspended_person_reads_why_and_appeals() {
    let world = World::open().await;
    let accounts = world.site.storage.accounts();
    let suspended = domain::account::Accounts::moderate(
        &*accounts,
        domain::account::Actor::Operator,
        "ada@example.org",
        domain::account::ModerationAction::Suspend { days: None },
        "Too loud",
    );
    suspended.await.unwrap();
    let settings = world.read("/settings", &world.ada).await.markup();
    assert!(settings.contains("href=\"/decisions\""));
    let list = world.read("/decisions", &world.ada).await.markup();
    assert!(list.contains("Your account: suspended") && list.contains("Too loud"));
    let path = link(&list, "/decisions/");
    let id = path.rsplit('/').next().unwrap();
    let appeal = format!("form=moderation/appeal&id={id}&words=I+whispered");
    let sent = world.site.send_body(&path, &world.ada, &appeal).await;
    assert_eq!(sent.header("location"), format!("{path}?done=sent"));
    // What is refused for another reason is told that reason.
    let other = format!("form=moderation/appeal&id={id}&words=I+sang");
    let sent = world.site.send_body(&path, &world.ada, &other).await;
    let page = sent.markup();
    assert!(page.contains("you have appealed already"), "{page}");
    let waiting = world.read("/admin/appeals", &world.mo).await.markup();
    assert!(waiting.contains("Account: suspended"));
}
