//! Every Atom feed of the site, read as a feed reader reads it, and by the rules of RFC 4287.

use std::collections::HashSet;

use atom_syndication::{Feed, Link};
use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Discussions, PostDraft, TopicAudience},
};

use crate::Site;

const ORIGIN: &str = "https://rareshare.example";

/// Feeds, and how many entries each has here.
const FEEDS: [(&str, usize); 6] = [
    ("/communities/wilson-disease/history.atom", 2),
    ("/communities/wilson-disease/sections/cause/history.atom", 2),
    ("/communities/wilson-disease/discussions.atom", 2),
    ("/communities/wilson-disease/questions.atom", 1),
    ("/communities/wilson-disease/resources.atom", 1),
    ("/communities/wilson-disease/feed.atom", 6),
];

/// A site where there is something in every feed, with what markup could break.
async fn busy_site() -> Site {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada <b> & \"Co\"").await;
    let moderator = site.moderator("mod@example.org").await;
    let slug = "wilson-disease";
    site.edit(&moderator, "A text.", "Said <b> & \"why\"", "")
        .await;
    site.edit(&moderator, "Another text.", "", "").await;
    let id = site.topic_of(&ada, slug, TopicAudience::Everyone).await;
    site.topic_of(&ada, slug, TopicAudience::Everyone).await;
    // Not for visitors, so in no feed.
    site.topic_of(&ada, slug, TopicAudience::Members).await;
    let asked = site.question_of(&ada, slug, "A <b> & \u{1f426}?", TopicAudience::Everyone);
    asked.await;
    let resource = site.suggestion(&ada, "A quiet book").await;
    let approve = format!(
        "form=community/approve-resource&slug={slug}&id={resource}&title=A quiet book\
         &link=https://www.books.example/a%26b&kind=e-book&language=de&date=2025-05&description=<b>"
    );
    let path = format!("/communities/{slug}/resources/{resource}");
    let approved = site.send_body(&path, &moderator, &approve).await;
    assert_eq!(
        approved.status,
        StatusCode::SEE_OTHER,
        "{}",
        approved.text()
    );
    let actor = site.actor(&ada).await;
    let draft = PostDraft {
        text: "A thrush answers.".to_owned(),
        in_reply_to: None,
        anonymous: false,
        content_note: None,
    };
    let submission = Submission {
        key: "a reply".to_owned(),
        body: String::new(),
    };
    let communities = site.storage.communities();
    let reply = communities.reply(actor, &id, draft, &submission);
    reply.await.unwrap();
    site.storage.events().seal().await.unwrap();
    site
}

fn link<'a>(links: &'a [Link], rel: &str) -> Option<&'a str> {
    let link = links.iter().find(|link| link.rel == rel)?;
    Some(link.href.as_str())
}

#[tokio::test]
async fn every_feed_is_valid_and_can_be_read() {
    let site = busy_site().await;
    for (path, count) in FEEDS {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/atom+xml; charset=utf-8"
        );
        let text = answer.text();
        // As feed readers do.
        let read = feed_rs::parser::parse(text.as_bytes());
        let read = read.unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert_eq!(read.feed_type, feed_rs::model::FeedType::Atom);
        assert_eq!(read.entries.len(), count, "{path}: {text}");
        assert!(read.entries.iter().all(|entry| entry.updated.is_some()));
        // As RFC 4287 wants it, 4.1.1 and 4.1.2; what is missing would be empty here.
        let feed = Feed::read_from(text.as_bytes()).unwrap();
        assert!(feed.id.starts_with(&format!("{ORIGIN}/")), "{path}");
        assert!(!feed.title.value.is_empty(), "{path}");
        assert_eq!(link(&feed.links, "self"), Some(&*format!("{ORIGIN}{path}")));
        let page = link(&feed.links, "alternate").unwrap();
        let page = page.strip_prefix(ORIGIN).unwrap();
        assert_eq!(site.get(page).await.status, StatusCode::OK, "{page}");
        let mut ids = HashSet::new();
        for entry in &feed.entries {
            assert!(
                ids.insert(entry.id.clone()),
                "{path} has {} twice",
                entry.id
            );
            assert!(entry.id.starts_with(&format!("{ORIGIN}/")), "{path}");
            assert!(!entry.title.value.is_empty(), "{path}");
            // Every entry has its author, because the feed has none.
            assert!(!entry.authors.is_empty(), "{path}");
            assert!(entry.authors.iter().all(|author| !author.name.is_empty()));
            let to = link(&entry.links, "alternate").unwrap();
            let to = to.strip_prefix(ORIGIN).unwrap().split('#').next().unwrap();
            assert_eq!(site.get(to).await.status, StatusCode::OK, "{to}");
            assert!(entry.updated <= feed.updated, "{path}");
            assert!(entry.updated.timestamp() > 1_700_000_000, "{path}");
            if let Some(published) = entry.published {
                assert!(published <= entry.updated, "{path}");
            }
        }
        // The newest first.
        assert!(feed.entries.is_sorted_by(|a, b| a.updated >= b.updated));
        // Nobody's name is in it who has not shown it to everyone.
        assert!(!text.contains("Ada"), "{text}");
    }
}

#[test]
fn no_feed_is_left_out() {
    let routes = include_str!("../../src/http/mod.rs");
    assert_eq!(routes.matches(".atom\"").count(), FEEDS.len());
}
