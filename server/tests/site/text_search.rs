//! What is written, as the page of a search shows it.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, Memberships, PostDraft, TopicAudience},
    wiki::SectionKind,
};

use crate::{Site, percent, words::words};

const SLUG: &str = "wilson-disease";

impl Site {
    /// A reply to a discussion.
    async fn reply(&self, cookie: &str, id: &str, text: &str) {
        let actor = self.actor(cookie).await;
        let draft = PostDraft {
            text: text.to_owned(),
            in_reply_to: None,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let communities = self.storage.communities();
        let reply = communities.reply(actor, id, draft, &submission);
        reply.await.unwrap();
    }
}

#[tokio::test]
async fn texts_are_found_beside_conditions() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let text = "Qxlynx <b>&</b> *copper*, \"always\".";
    site.write(SLUG, SectionKind::Cause, text).await;
    for number in 0..4 {
        site.reply(&ada, &id, &format!("A qxlynx, {number}.")).await;
    }
    let page = site.get("/search?q=qxlynx").await;
    assert_eq!(page.status, StatusCode::OK);
    let markup = page.markup();
    let told = words(&page.text());
    assert!(
        told.contains("No results for “qxlynx” among the names of conditions."),
        "{told}"
    );
    for part in [
        "<a href=\"/communities/wilson-disease#cause\">Wilson disease: Cause</a>",
        "<mark>Qxlynx</mark>",
        "&lt;b&gt;&amp;&lt;/b&gt; copper",
        &format!("<a href=\"/topics/{id}/a-walk#post-5\">A walk</a>"),
        "/search?q=qxlynx&amp;in=discussions\">More ",
    ] {
        assert!(markup.contains(part), "{part}\n{markup}");
    }
    assert!(!markup.contains("post-2\""), "three of each kind");
    assert!(!markup.contains("in=resources\">More"));
    // Each kind has its page.
    let page = site.get("/search?q=qxlynx&in=discussions").await.markup();
    assert!(
        page.contains("post-2\"") && page.contains("post-5\""),
        "{page}"
    );
    assert!(!page.contains("#cause"), "{page}");
    assert!(
        page.contains("aria-current=\"page\">Discussions</a>"),
        "{page}"
    );
    let page = site.get("/search?q=qxlynx&in=texts").await.markup();
    assert!(
        page.contains("#cause") && !page.contains("#post-"),
        "{page}"
    );
    let page = site.get("/search?q=qxlynx&in=resources").await;
    assert!(words(&page.text()).contains("No results for “qxlynx” in resources."));
    // One community, and its page has the form.
    let page = site
        .get("/communities/wilson-disease/discussions")
        .await
        .text();
    for part in [
        "name=\"in\" value=\"discussions\"",
        "name=\"community\" value=\"wilson-disease\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for (community, found) in [(SLUG, true), ("multiple-myeloma", false)] {
        let path = format!("/search?q=qxlynx&in=discussions&community={community}");
        let page = site.get(&path).await;
        assert_eq!(page.text().contains("post-5"), found, "{path}");
        assert!(
            page.text()
                .contains(&format!("name=\"community\" value=\"{community}\""))
        );
    }
    // A query that names a condition finds both.
    let page = site.get("/search?q=copper").await.markup();
    assert!(
        page.contains("class=\"results\"") && page.contains("Texts about conditions"),
        "{page}"
    );
}

#[tokio::test]
async fn more_come_page_by_page() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let id = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    // Nobody writes so much in an hour.
    let grace = site.member("grace@example.org", "Grace").await;
    let actor = site.actor(&grace).await;
    let communities = site.storage.communities();
    communities.join(actor, SLUG).await.unwrap();
    for number in 0..21 {
        let who = if number % 2 == 0 { &ada } else { &grace };
        site.reply(who, &id, &format!("A qxlynx, {number}.")).await;
    }
    let page = site.get("/search?q=qxlynx&in=discussions").await.markup();
    let next = format!("/search?q=qxlynx&amp;in=discussions&amp;after={id}.3");
    assert!(
        page.contains(&format!("rel=\"next\" href=\"{next}\"")),
        "{page}"
    );
    let page = site.get(&next.replace("&amp;", "&")).await.markup();
    assert!(
        page.contains("#post-2\"") && !page.contains("#post-3\""),
        "{page}"
    );
    assert!(page.contains("First page"), "{page}");
}

#[tokio::test]
async fn what_is_not_for_somebody_is_not_found() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let mut hidden = Vec::new();
    for (audience, canary) in [
        (TopicAudience::Members, "qxlynx"),
        (TopicAudience::Community, "qxocelot"),
    ] {
        let id = site.topic_of(&ada, SLUG, audience).await;
        site.reply(&ada, &id, &format!("A {canary} CANARY there."))
            .await;
        hidden.push((id, canary));
    }
    for (index, (id, canary)) in hidden.iter().enumerate() {
        let paths = [
            format!("/search?q={canary}"),
            format!("/search?q={canary}&in=discussions"),
            format!("/search?q={canary}&in=discussions&community={SLUG}"),
            format!("/api/search/results?query={canary}&from=0"),
            format!("/api/search/results?query={canary}&from=0&within=discussions"),
        ];
        for path in &paths {
            // Twice, because the second may come from a cache.
            for cookie in ["", &ada, ""] {
                let page = site.get_with(path, &[("cookie", cookie)]).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let shows = page.text().contains("CANARY") || page.text().contains(id);
                assert_eq!(shows, cookie == ada, "{path}");
            }
            let page = site.get_with(path, &[("cookie", &grace)]).await.text();
            assert_eq!(page.contains("CANARY"), index == 0, "{path}");
        }
        let behind = format!("/search?q=a&in=discussions&after={id}.2");
        let page = site.get(&behind).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{behind}");
    }
    // Names that are typed are looked up among names alone.
    let suggested = site.get("/api/search/suggest?q=qxlynx").await;
    assert_eq!(suggested.text(), "[]");
}

#[tokio::test]
async fn no_part_of_the_address_is_a_fault() {
    let site = Site::open().await;
    for path in [
        "/search?q=a&in=",
        "/search?q=a&in=conditions",
        "/search?q=a&in=texts&community=nowhere",
        "/search?q=a&in=texts&community=%00",
        "/search?q=a&in=texts&after=x",
        "/search?q=a&in=discussions&after=%00.1",
        "/search?q=a&in=resources&after=%27",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    for string in [
        "\"",
        "'",
        "a OR b",
        "NEAR(a b)",
        "{title}:a",
        "^a*",
        "a:*",
        "<script>alert(1)</script>",
        "\u{0}",
        "💀",
        "-1",
        "--",
        "\\",
        "%",
        "  ",
        "",
    ] {
        for within in ["texts", "discussions", "resources"] {
            let path = format!("/search?q={}&in={within}", percent(string));
            let page = site.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.text().contains("<script>alert"), "{path}");
        }
    }
    let page = site.get("/search?q=&in=discussions").await;
    assert!(words(&page.text()).contains("Type words to find in discussions."));
}
