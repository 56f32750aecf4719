//! What is new, as pages and feed readers get it.

use axum::http::StatusCode;
use domain::{community::TopicAudience, wiki::SectionKind};

use crate::Site;

const SLUG: &str = "wilson-disease";
const FEED: &str = "/communities/wilson-disease/feed";

impl Site {
    async fn feed_of(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.markup()
    }
}

#[tokio::test]
async fn a_community_shows_what_is_new_to_whom_it_is_for() {
    let site = Site::open().await;
    assert!(
        site.feed_of(FEED, "")
            .await
            .contains("Nothing has happened here yet.")
    );
    let ada = site.member("ada@example.org", "Ada").await;
    let open = site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
    let hidden = site.topic_of(&ada, SLUG, TopicAudience::Members).await;
    let (open, hidden) = (format!("/topics/{open}/"), format!("/topics/{hidden}/"));
    site.write(SLUG, SectionKind::Cause, "A text.").await;
    // Before it is sealed and after, and from the page cache: nobody waits for a change to be shown.
    for _ in 0..2 {
        for _ in 0..2 {
            let visitor = site.feed_of(FEED, "").await;
            assert!(visitor.contains(&open) && !visitor.contains(&hidden));
            assert!(visitor.contains("href=\"/communities/wilson-disease#cause\""));
            assert!(!visitor.contains("Ada"), "names are for members");
            let member = site.feed_of(FEED, &ada).await;
            assert!(member.contains(&open) && member.contains(&hidden));
        }
        site.storage.events().seal().await.unwrap();
    }
    for (kind, shown) in [("topics", true), ("sections", false), ("replies", false)] {
        let page = site.feed_of(&format!("{FEED}?kind={kind}"), &ada).await;
        assert_eq!(page.contains(&open), shown, "{kind}");
        assert!(page.contains("aria-current=\"page\""), "{kind}");
    }
    for path in [format!("{FEED}?kind=others"), format!("{FEED}?after=1")] {
        assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    let atom = site.get(&format!("{FEED}.atom")).await;
    assert_eq!(
        atom.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let text = atom.text();
    assert!(text.contains(&open) && !text.contains(&hidden), "{text}");
    assert_eq!(text.matches("<entry>").count(), 2, "{text}");
    assert!(text.contains("A member") && !text.contains("Ada"));
}

#[tokio::test]
async fn ones_own_feed_is_of_ones_communities() {
    let site = Site::open().await;
    let asked = site.get("/feed").await;
    assert_eq!(asked.status, StatusCode::FOUND);
    assert!(asked.header("location").starts_with("/sign-in?"));
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let empty = site.feed_of("/feed", &ada).await;
    assert!(empty.contains("You have not joined a community yet."));
    let own = site.topic_of(&ada, SLUG, TopicAudience::Community).await;
    let elsewhere = "multiple-myeloma";
    let other = site
        .topic_of(&grace, elsewhere, TopicAudience::Everyone)
        .await;
    let page = site.get_with("/feed", &[("cookie", &ada)]).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let text = page.markup();
    assert!(text.contains(&own) && !text.contains(&other));
    assert!(text.contains("href=\"/communities/wilson-disease/feed\""));
    assert!(text.contains("<a href=\"/feed\">Feed</a>"), "in the menu");
    let new = site.feed_of("/feed?since=last-visit", &ada).await;
    assert!(!new.contains(&own));
    let odd = site.get_with("/feed?since=ever", &[("cookie", &ada)]).await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_feed_goes_on_without_a_script() {
    let site = Site::open().await;
    let mut ada = String::new();
    // Nobody starts so many in an hour.
    for number in 0..8 {
        let address = format!("ada{number}@example.org");
        ada = site.member(&address, &format!("Ada {number}")).await;
        for _ in 0..5 {
            site.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
        }
    }
    site.storage.events().seal().await.unwrap();
    let first = site.feed_of(FEED, &ada).await;
    assert_eq!(first.matches("class=\"title\"").count(), 30);
    let next = first.split("rel=\"next\"").nth(1).unwrap();
    let next = next.split("href=\"").nth(1).unwrap().split('"').next();
    let next = next.unwrap().replace("&amp;", "&");
    assert!(next.starts_with("/communities/wilson-disease/feed?after="));
    let second = site.feed_of(&next, &ada).await;
    assert_eq!(second.matches("class=\"title\"").count(), 10);
    assert!(!second.contains("rel=\"next\"") && second.contains(">Newest<"));
}
