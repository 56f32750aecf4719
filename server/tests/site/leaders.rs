//! Leaders, requests for communities and the list of communities, as pages show them.

use axum::http::StatusCode;
use domain::{
    account::{Role, Submission},
    community::{
        CommunityRequestDraft, CommunityRequests, Discussions, Leaders, Memberships, TopicAudience,
        TopicDraft,
    },
    policy::Audience,
    profile::Profiles,
};

use crate::Site;

const SLUG: &str = "wilson-disease";
const CONDITION: &str = "/communities/wilson-disease";
const LEAD: &str = "/communities/wilson-disease/lead";
const SETTINGS: &str = "/settings/communities";

impl Site {
    /// Invites somebody whose membership all members see. Returns the invitation's id.
    async fn invitation(&self, cookie: &str, moderator: &str) -> String {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        let shown = communities.set_membership(actor, SLUG, Audience::Members, false);
        shown.await.unwrap();
        let handle = self.storage.profiles().own(actor).await.unwrap().handle;
        let form = format!("form=community/appoint-leader&slug={SLUG}&handle={handle}");
        let invited = self.send_body(LEAD, moderator, &form).await;
        assert_eq!(invited.header("location"), format!("{LEAD}?done=invited"));
        let own = communities.own_leaderships(actor).await.unwrap();
        own[0].id.clone()
    }
}

#[tokio::test]
async fn a_leader_accepts_and_the_next_visitor_sees_them() {
    let site = Site::open().await;
    let moderator = site.moderator("mod@example.org").await;
    let ada = site.member("ada@example.org", "Ada Leader").await;
    for path in [CONDITION, "/leaders", "/communities"] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text().contains("Ada Leader"), "{path}");
    }
    let id = site.invitation(&ada, &moderator).await;
    let page = site.get_with(SETTINGS, &[("cookie", &ada)]).await.text();
    assert!(page.contains("You are invited to lead: Wilson disease"));
    site.tell().await;
    let notifications = async || {
        let page = site.get_with("/notifications", &[("cookie", &ada)]).await;
        page.markup()
    };
    let told = notifications().await;
    assert!(told.contains("You are invited to lead this community."));
    assert!(
        told.contains(&format!("href=\"{SETTINGS}\" class=\"title\"")),
        "{told}"
    );
    assert!(
        page.contains(
            "Your name, picture and words will be shown to everyone on this community&#x27;s page."
        ) || page.contains(
            "Your name, picture and words will be shown to everyone on this community's page."
        )
    );
    assert!(page.contains("Set up two-step sign-in"));
    let accept = format!("form=community/accept-invitation&id={id}&words=<b>Here</b> since 2019.");
    let accepted = site.send_body(SETTINGS, &ada, &accept).await;
    assert_eq!(
        accepted.header("location"),
        format!("{SETTINGS}?done=saved")
    );
    site.tell().await;
    assert!(!notifications().await.contains("invited to lead"));
    // Without a second factor it counts for nothing.
    for path in [CONDITION, "/leaders"] {
        assert!(
            !site.get(path).await.text().contains("Ada Leader"),
            "{path}"
        );
    }
    let refused = site.get_with(LEAD, &[("cookie", &ada)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let actor = site.actor(&ada).await;
    site.set_up_second_factor(actor).await;
    for path in [CONDITION, "/leaders", "/communities/wilson-disease/members"] {
        // Twice, because the second may come from the cache.
        for _ in 0..2 {
            let page = site.get(path).await.markup();
            assert!(page.contains("Ada Leader"), "{path}: {page}");
            assert!(
                page.contains("&lt;b&gt;Here&lt;/b&gt; since 2019."),
                "{path}"
            );
        }
    }
    let list = site.get("/communities").await.markup();
    assert!(list.contains("1 leader. Last activity on"), "{list}");
    let tools = site.get_with(LEAD, &[("cookie", &ada)]).await;
    assert_eq!(tools.status, StatusCode::OK);
    assert!(!tools.text().contains("community/end-leadership"));
    let welcome = format!("form=community/welcome&slug={SLUG}&text=Hello **everyone**");
    let written = site.send_body(LEAD, &ada, &welcome).await;
    assert_eq!(written.header("location"), format!("{LEAD}?done=saved"));
    let own = site.get_with(CONDITION, &[("cookie", &ada)]).await.text();
    assert!(own.contains("<strong>everyone</strong>") && own.contains("Tools for leaders"));
    let stranger = site.get(CONDITION).await.text();
    assert!(!stranger.contains("<strong>everyone</strong>"));
    let step = format!("form=community/step-down&id={id}");
    site.send_body(SETTINGS, &ada, &step).await;
    for path in [CONDITION, "/leaders"] {
        assert!(
            !site.get(path).await.text().contains("Ada Leader"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn pinned_discussions_stand_first() {
    let site = Site::open().await;
    let moderator = site.moderator("mod@example.org").await;
    let actor = site.actor(&moderator).await;
    let communities = site.storage.communities();
    communities.join(actor, SLUG).await.unwrap();
    let mut ids = Vec::new();
    for title in ["Read this first", "A newer one"] {
        let draft = TopicDraft {
            title: title.to_owned(),
            text: "Words.".to_owned(),
            audience: TopicAudience::Everyone,
            anonymous: false,
            content_note: None,
        };
        let submission = Submission {
            key: title.to_owned(),
            body: String::new(),
        };
        let started = communities.start(actor, SLUG, draft, &submission);
        ids.push(started.await.unwrap());
    }
    let topic = format!("/topics/{}/read-this-first", ids[0]);
    let page = site
        .get_with(&topic, &[("cookie", &moderator)])
        .await
        .text();
    assert!(page.contains("Pin this discussion"));
    assert!(
        !site
            .get(&topic)
            .await
            .text()
            .contains("Pin this discussion")
    );
    let pin = format!("form=community/pin&id={}&words=read-this-first", ids[0]);
    let pinned = site.send_body(&topic, &moderator, &pin).await;
    assert_eq!(pinned.header("location"), topic);
    let list = site
        .get("/communities/wilson-disease/discussions")
        .await
        .text();
    let place = |words: &str| list.find(words).unwrap();
    assert!(place(">Pinned<") < place("Read this first"));
    assert!(place("Read this first") < place("A newer one"));
    let feed = site
        .get("/communities/wilson-disease/discussions.atom")
        .await
        .text();
    assert!(feed.contains("Read this first") && feed.contains("A newer one"));
    let unpin = format!("form=community/unpin&id={}&words=read-this-first", ids[0]);
    site.send_body(&topic, &moderator, &unpin).await;
    let list = site
        .get("/communities/wilson-disease/discussions")
        .await
        .text();
    assert!(!list.contains(">Pinned<"));
}

#[tokio::test]
async fn a_community_is_asked_for_accepted_and_found() {
    let site = Site::open().await;
    let moderator = site.moderator("mod@example.org").await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let nothing = site.get("/search?q=zzyzx").await.text();
    assert!(nothing.contains("/start?q=zzyzx"));
    let start = site.get("/start?q=wilson").await.text();
    assert!(start.contains("Wilson disease") && start.contains("None of these"));
    assert!(start.contains("/start/request?name=wilson"));
    let ask = "/start/request?name=Zzyzx%20syndrome";
    let visitor = site.get(ask).await;
    assert!(visitor.header("location").starts_with("/sign-in?next="));
    let page = site.get_with(ask, &[("cookie", &ada)]).await.text();
    assert!(page.contains("value=\"Zzyzx syndrome\""));
    let wrong = "form=community/request-community&key=k&name=x&why=&links=javascript:x&leads=yes";
    let wrong = site.send_body("/start/request", &ada, wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = "form=community/request-community&key=k&name=Zzyzx syndrome&why=We are <i>nine</i>.\
                &links=https://example.org/a&leads=yes";
    let mut own = String::new();
    for _ in 0..2 {
        let sent = site.send_body("/start/request", &ada, form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        own = sent.header("location").to_owned();
    }
    let (own, _) = own.split_once('?').unwrap();
    let page = site.get_with(own, &[("cookie", &ada)]).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.text();
    assert!(page.contains("Waiting for review") && page.contains("&lt;i&gt;nine&lt;/i&gt;"));
    for cookie in [&grace, &moderator] {
        let theirs = site.get_with(own, &[("cookie", cookie)]).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert!(!theirs.text().contains("Zzyzx"));
    }
    let id = own.rsplit('/').next().unwrap();
    let admin = format!("/admin/requests/{id}");
    for path in ["/admin/requests", "/admin/waiting", &admin] {
        let page = site.get_with(path, &[("cookie", &moderator)]).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let page = page.text();
        assert!(page.contains("Zzyzx syndrome"), "{path}");
        assert!(!page.contains("<script type=\"module\""), "{path}");
        let missing = site.get_with(path, &[("cookie", &grace)]).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND, "{path}");
    }
    let accept = format!("form=requests/accept&id={id}&name=Zzyzx syndrome&words=");
    let without = site.send_body(&admin, &moderator, &accept).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let accepted = site
        .send_body(&admin, &moderator, &format!("{accept}Welcome"))
        .await;
    assert_eq!(accepted.header("location"), format!("{admin}?done=decided"));
    let found = site.get("/search?q=zzyzx").await.text();
    assert!(found.contains("/communities/zzyzx-syndrome"));
    let condition = site.get("/communities/zzyzx-syndrome").await;
    assert_eq!(condition.status, StatusCode::OK);
    assert!(
        condition
            .text()
            .contains("Members asked for this community.")
    );
    let page = site.get_with(own, &[("cookie", &ada)]).await.text();
    assert!(page.contains("Accepted") && page.contains("Welcome"));
    let settings = site.get_with(SETTINGS, &[("cookie", &ada)]).await.text();
    assert!(settings.contains("You are invited to lead: Zzyzx syndrome"));
    // Merged later: its address leads on.
    let merge = format!("form=requests/merge&id={id}&condition=Wilson disease&words=The same");
    let merged = site.send_body(&admin, &moderator, &merge).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text());
    let moved = site.get("/communities/zzyzx-syndrome").await;
    assert_eq!(moved.header("location"), CONDITION);
}

#[tokio::test]
async fn who_waits_for_a_decision_is_nobody_elses_business() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let actor = site.actor(&ada).await;
    let draft = CommunityRequestDraft {
        name: "Quietitis".to_owned(),
        why: "So.".to_owned(),
        links: String::new(),
        leads: false,
    };
    let submission = Submission {
        key: "k".to_owned(),
        body: String::new(),
    };
    let requests = site.storage.communities();
    requests.request(actor, draft, &submission).await.unwrap();
    let expert = site.member("expert@example.org", "Expert").await;
    site.grant("expert@example.org", &expert, Role::Expert, "Checked")
        .await;
    for path in [
        "/communities",
        "/start?q=quietitis",
        "/search?q=quietitis",
        "/",
    ] {
        for cookie in ["", expert.as_str()] {
            let page = site.get_with(path, &[("cookie", cookie)]).await.text();
            assert!(!page.contains("Quietitis"), "{path}");
        }
    }
}
