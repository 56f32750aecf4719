//! First posts, as pages show them.

use axum::http::StatusCode;
use domain::{
    community::{Leaders, Memberships},
    policy::Audience,
    profile::Profiles,
};

use crate::Site;

const SLUG: &str = "wilson-disease";
const START: &str = "/communities/wilson-disease/discussions/new";
const LIST: &str = "/communities/wilson-disease/discussions";
const FIRST: &str = "/communities/wilson-disease/first-posts";

impl Site {
    /// Somebody who leads the community.
    async fn reader(&self, moderator: &str) -> String {
        let cookie = self.member("lena@example.org", "Lena Leader").await;
        let actor = self.actor(&cookie).await;
        let communities = self.storage.communities();
        let shown = communities.set_membership(actor, SLUG, Audience::Members, false);
        shown.await.unwrap();
        let handle = self.storage.profiles().own(actor).await.unwrap().handle;
        let moderator = self.actor(moderator).await;
        communities.appoint(moderator, SLUG, &handle).await.unwrap();
        let id = communities.own_leaderships(actor).await.unwrap()[0]
            .id
            .clone();
        communities.accept_invitation(actor, &id, "").await.unwrap();
        self.set_up_second_factor(actor).await;
        cookie
    }

    async fn shows(&self, path: &str, cookie: &str) -> String {
        let page = self.get_with(path, &[("cookie", cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.markup()
    }
}

#[tokio::test]
async fn a_first_post_is_seen_by_its_author_and_leaders_alone_until_it_is_published() {
    let site = Site::open().await;
    let moderator = site.moderator("mod@example.org").await;
    let leader = site.reader(&moderator).await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    for cookie in [&ada, &grace] {
        let actor = site.actor(cookie).await;
        site.storage.communities().join(actor, SLUG).await.unwrap();
    }
    let before = "reads your first post before others can see it";
    assert!(site.shows(START, &ada).await.contains(before));
    assert!(!site.shows(START, &leader).await.contains(before));
    let body = "form=community/start&key=one&slug=wilson-disease&title=A+canary+sings\
                &text=A+finch+hides.&audience=everyone&anonymous=";
    // Sent twice, as by somebody who presses twice.
    for _ in 0..2 {
        let sent = site.send_body(START, &ada, body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert_eq!(sent.header("location"), format!("{FIRST}?done=waits"));
    }
    for reader in [&ada, &leader, &moderator] {
        let page = site.shows(FIRST, reader).await;
        assert_eq!(page.matches("<p>A finch hides.</p>").count(), 1, "{page}");
    }
    let for_author = site.shows(FIRST, &ada).await;
    assert!(for_author.contains("Waiting for a leader."));
    assert!(!for_author.contains("publish-first-post"));
    for path in [FIRST, LIST, "/discussions", "/search?q=canary", "/feed"] {
        let page = site.shows(path, &grace).await;
        assert!(
            !page.contains("canary sings") && !page.contains("finch"),
            "{path}"
        );
    }
    let visitor = site.get(FIRST).await;
    assert_eq!(visitor.status, StatusCode::FOUND);

    let name = "name=\"form\" value=\"community/publish-first-post#";
    let page = site.shows(FIRST, &leader).await;
    let id = page.split(name).nth(1).unwrap().split('"').next().unwrap();
    let publish = format!("form=community/publish-first-post&slug={SLUG}&id={id}");
    // By nobody else, and by no form of theirs.
    for cookie in [&ada, &grace] {
        site.send_body(FIRST, cookie, &publish).await;
        assert!(!site.get(LIST).await.text().contains("canary sings"));
    }
    let without = format!("form=community/decline-first-post&slug={SLUG}&id={id}&reason=");
    let refused = site.send_body(FIRST, &leader, &without).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Say why. They will see this."));
    let published = site.send_body(FIRST, &leader, &publish).await;
    assert_eq!(
        published.header("location"),
        format!("{FIRST}?done=published")
    );
    let again = site.send_body(FIRST, &leader, &publish).await;
    assert_eq!(again.header("location"), format!("{FIRST}?done=decided"));
    for _ in 0..2 {
        assert!(site.get(LIST).await.text().contains("A canary sings"));
    }
    assert!(!site.shows(START, &ada).await.contains(before));
}
