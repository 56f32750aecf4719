//! What people are told of, as pages show it.

use axum::http::StatusCode;
use domain::community::TopicAudience;

use crate::{Answer, Site};

const SLUG: &str = "wilson-disease";

impl Site {
    /// Seals what was written, and tells of it.
    pub(crate) async fn tell(&self) {
        self.storage.events().seal().await.unwrap();
        self.storage.communities().tell().await.unwrap();
    }

    async fn shown_to(&self, path: &str, cookie: &str) -> Answer {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page
    }

    /// A discussion by Ada, to which Grace has replied, and of which Ada has been told: the cookies of
    /// both, and its address.
    pub(crate) async fn answered(&self) -> (String, String, String) {
        let ada = self.member("ada@example.org", "Ada").await;
        let grace = self.member("grace@example.org", "Grace").await;
        let id = self.topic_of(&ada, SLUG, TopicAudience::Everyone).await;
        // Which joins the community.
        self.topic_of(&grace, SLUG, TopicAudience::Community).await;
        let topic = format!("/topics/{id}/a-walk");
        let reply =
            format!("form=community/reply&key=r&id={id}&words=a-walk&in_reply_to=1&text=Mine.");
        let sent = self
            .send_body(&format!("{topic}/reply"), &grace, &reply)
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        self.tell().await;
        (ada, grace, topic)
    }
}

/// What the page says how many there are, in the head of the document and in the header.
fn counted(page: &Answer) -> (bool, bool) {
    let text = page.markup();
    let link = "<a href=\"/notifications\">";
    assert!(text.contains(link), "{text}");
    (
        text.contains("<meta name=\"unread\" content=\"1\">"),
        text.contains(&format!("{link}Notifications (1)</a>")),
    )
}

#[tokio::test]
async fn who_is_replied_to_reads_it_and_marks_it_as_read() {
    let site = Site::open().await;
    let (ada, grace, topic) = site.answered().await;
    for path in ["/", "/conditions", "/settings", "/notifications", &topic] {
        assert_eq!(counted(&site.shown_to(path, &ada).await), (true, true));
        assert_eq!(counted(&site.shown_to(path, &grace).await), (false, false));
        if path != "/settings" && path != "/notifications" {
            let visitor = site.get(path).await.text();
            assert!(!visitor.contains("otifications") && !visitor.contains("\"unread\""));
        }
    }
    let list = site.shown_to("/notifications", &ada).await;
    assert_eq!(list.header("cache-control"), "no-store");
    let text = list.markup();
    assert!(text.contains(&format!("href=\"{topic}#post-2\"")), "{text}");
    assert!(text.contains("Grace") && text.contains(" replied to you, "));
    assert!(text.contains("<b class=\"mark\">New</b>"));
    let until = text.split("name=\"until\"").nth(1).unwrap();
    let until = until.split("value=\"").nth(1).unwrap();
    let until = until.split('"').next().unwrap();
    // Reading it, and its post, changes nothing.
    site.shown_to(&topic, &ada).await;
    assert_eq!(counted(&site.shown_to("/", &ada).await), (true, true));
    // Whoever else marks theirs changes nothing, either.
    for (cookie, left) in [(&grace, true), (&ada, false)] {
        let mark = format!("form=community/mark-read&until={until}");
        let sent = site.send_body("/notifications", cookie, &mark).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert_eq!(sent.header("location"), "/notifications");
        assert_eq!(counted(&site.shown_to("/", &ada).await), (left, left));
    }
    let text = site.shown_to("/notifications", &ada).await.markup();
    assert!(text.contains(&format!("href=\"{topic}#post-2\"")));
    assert!(!text.contains(">New</b>") && !text.contains("Mark all as read"));
    let text = site.shown_to("/notifications", &grace).await.markup();
    assert!(text.contains("You have no notifications."));
}

#[tokio::test]
async fn a_discussion_is_followed_by_a_button() {
    let site = Site::open().await;
    let (ada, grace, topic) = site.answered().await;
    let other = site.member("emmy@example.org", "Emmy").await;
    let (follow, stop) = ("Follow this discussion", "Stop following");
    let shows = async |cookie: &str| {
        let page = site.shown_to(&topic, cookie).await.text();
        (page.contains(follow), page.contains(stop))
    };
    for (cookie, expected) in [
        (ada.as_str(), (false, true)),
        (&grace, (false, true)),
        (&other, (true, false)),
        ("", (false, false)),
    ] {
        assert_eq!(shows(cookie).await, expected);
    }
    let visitor = site.get(&topic).await.text();
    assert!(!visitor.contains("following"), "nor in the page's data");
    let id = topic.split('/').nth(2).unwrap();
    let form = |name: &str, after: &str| {
        format!("form=community/{name}&id={id}&words=a-walk&after={after}")
    };
    let sent = site.send_body(&topic, &other, &form("follow", "")).await;
    assert_eq!(sent.header("location"), topic);
    assert_eq!(shows(&other).await, (false, true));
    let sent = site
        .send_body(&topic, &ada, &form("stop-following", "20"))
        .await;
    assert_eq!(sent.header("location"), format!("{topic}?after=20"));
    assert_eq!(shows(&ada).await, (true, false));
    // A visitor signs in first.
    let sent = site.send_body(&topic, "", &form("follow", "")).await;
    assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
    let reply = format!("form=community/reply&key=s&id={id}&words=a-walk&in_reply_to=&text=More.");
    site.send_body(&format!("{topic}/reply"), &grace, &reply)
        .await;
    site.tell().await;
    let text = site.shown_to("/notifications", &other).await.markup();
    assert!(
        text.contains(" wrote in a discussion that you follow, "),
        "{text}"
    );
    assert!(text.contains(&format!("href=\"{topic}#post-3\"")));
    // Ada was told of the reply alone.
    assert_eq!(counted(&site.shown_to("/", &ada).await), (true, true));
}
