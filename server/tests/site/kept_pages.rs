//! What is kept of the site is always what would be made anew, whatever has changed.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use axum::{body::Body, http::Request};
use domain::{
    account::{Actor, Submission},
    community::{
        Discussions, Memberships, PostDraft, ResourceDecision, ResourceDraft, ResourceKind,
        ResourceLanguage, Resources, TopicAudience, TopicDraft,
    },
    policy::Audience,
    profile::{ProfileDraft, Profiles},
    time::{Clock, Timestamp},
    wiki::SectionKind,
};
use http_body_util::BodyExt;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use server::http::Front;
use storage::changes::SHOWN;
use tower::ServiceExt;

use crate::{Site, front, profiles::png, table_changes::CHANGES, trials};

const HERE: &str = "multiple-myeloma";
const THERE: &str = "wilson-disease";
const DAY: i64 = 86_400_000_000;

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// A site on whose pages there is something of every kind.
struct World {
    site: Site,
    clock: Arc<Hands>,
    /// The same without a cache.
    anew: Front,
    /// The database as another process has it.
    connection: DatabaseConnection,
    ada: Actor,
    topic: String,
    pages: Vec<String>,
}

fn submission() -> Submission {
    Submission {
        key: uuid::Uuid::new_v4().to_string(),
        body: String::new(),
    }
}

fn resource(number: usize) -> ResourceDraft {
    ResourceDraft {
        title: format!("A quiet book {number}"),
        link: format!("https://www.books.example/{number}"),
        description: String::new(),
        date: None,
        kind: ResourceKind::EBook,
        language: ResourceLanguage::from_code("de").unwrap(),
    }
}

impl World {
    async fn open() -> Self {
        let clock = Arc::new(Hands(AtomicI64::new(1_795_435_200_000_000)));
        let site = Site::open_at(clock.clone()).await;
        let cookie = site.member("ada@example.org", "Ada Canary").await;
        let ada = site.actor(&cookie).await;
        let (communities, profiles) = (site.storage.communities(), site.storage.profiles());
        let everyone = Audience::Everyone;
        let profile = ProfileDraft {
            name: "Ada Canary".to_owned(),
            name_audience: everyone,
            about: "About Ada.".to_owned(),
            about_audience: everyone,
            listed_audience: everyone,
            for_search_engines: true,
        };
        profiles.change(ada, profile).await.unwrap();
        profiles.set_picture(ada, png(), everyone).await.unwrap();
        for slug in [HERE, THERE] {
            let set = communities.set_membership(ada, slug, everyone, slug == HERE);
            set.await.unwrap();
        }
        let topic = site.topic_of(&cookie, HERE, TopicAudience::Everyone).await;
        let there = site.topic_of(&cookie, THERE, TopicAudience::Everyone).await;
        let draft = PostDraft {
            text: "A finch answers.".to_owned(),
            in_reply_to: Some(1),
            anonymous: false,
            content_note: None,
        };
        let sent = submission();
        let replied = communities.reply(ada, &topic, draft, &sent);
        assert_eq!(replied.await, Ok(2));
        let edit = communities.edit_post(ada, &topic, 1, 1, "A lark sings again.", None);
        edit.await.unwrap();
        let sent = submission();
        let suggested = communities.suggest(ada, HERE, resource(0), &sent);
        let id = suggested.await.unwrap();
        let moderator = site.moderator("mod@example.org").await;
        let moderator = site.actor(&moderator).await;
        let approved = ResourceDecision::Approve(resource(0));
        communities.decide(moderator, &id, approved).await.unwrap();
        let question = site.question(HERE).await;
        site.read_trials(&trials::page(&[trials::study(
            1,
            "A study",
            "RECRUITING",
            "Japan",
            "",
        )]))
        .await;
        site.write(HERE, SectionKind::Cause, "Written by a person.")
            .await;
        let folder = site.folder.path().join("test.db");
        let connection = sea_orm::Database::connect(format!("sqlite:{}", folder.display()));
        let connection = connection.await.unwrap();
        let handle = site.handle("ada@example.org").await;
        let mut pages: Vec<String> = [
            "/",
            "/sources",
            "/about",
            "/conditions",
            "/conditions/families",
            "/discussions",
            "/communities",
            "/leaders",
            "/resources",
            "/reviews",
            "/sitemap.xml",
            "/sitemaps/site.xml",
            "/sitemaps/conditions-1.xml",
            "/sitemaps/trials-1.xml",
            "/api/openapi.json",
        ]
        .map(str::to_owned)
        .into();
        for slug in [HERE, THERE] {
            for rest in [
                "",
                ".md",
                "/history",
                "/history.atom",
                "/sections/cause/history",
                "/members",
                "/discussions",
                "/discussions.atom",
                "/questions",
                "/questions.atom",
                "/resources",
                "/resources.atom",
                "/trials",
                "/feed",
                "/feed.atom",
            ] {
                pages.push(format!("/communities/{slug}{rest}"));
            }
            pages.push(format!("/api/conditions/{slug}"));
        }
        pages.push(format!("/members/{handle}"));
        for id in [&topic, &there] {
            pages.push(format!("/topics/{id}/a-walk"));
            pages.push(format!("/topics/{id}/a-walk/posts/1/history"));
        }
        pages.push(format!("/questions/{question}/may-i-walk"));
        let world = Self {
            anew: front(&site.storage, &site.folder, &site.live, 0),
            site,
            clock,
            connection,
            ada,
            topic,
            pages,
        };
        world.set_up().await;
        world
    }

    /// What takes many steps to come about.
    async fn set_up(&self) {
        let account = self.ada.member().unwrap().account.0.simple();
        for sql in [
            format!(
                "UPDATE revision SET origin = 'person', author_id = x'{account}' \
                 WHERE number = (SELECT max(number) FROM revision)"
            ),
            format!(
                "INSERT INTO review (id, section_id, revision_number, reviewer_id, interests, \
                 created_at, due_at, is_last) SELECT randomblob(16), section_id, number, \
                 x'{account}', 'None.', created_at, created_at + {}, TRUE FROM revision \
                 WHERE number = (SELECT max(number) FROM revision)",
                30 * DAY
            ),
            "INSERT INTO account_role (account_id, role, granted_at) \
             SELECT id, 'expert', 0 FROM account WHERE display_name = 'Ada Canary'"
                .to_owned(),
            format!(
                "INSERT INTO second_factor \
                 (account_id, secret, begun_at, set_up_at, last_step, wrong_codes) \
                 VALUES (x'{account}', x'00', 0, 1, 0, 0)"
            ),
            format!(
                "INSERT INTO leadership (id, public_id, account_id, condition_id, state, words, \
                 reason, invited_at, since) SELECT randomblob(16), 'leads00000', x'{account}', id, \
                 'leading', 'Ask me.', '', 0, 0 FROM condition WHERE slug = '{HERE}'"
            ),
            "INSERT INTO reaction (post_id, kind, account_id, created_at) \
             SELECT p.id, 'thank-you', a.id, 0 FROM post p, account a \
             WHERE p.deleted_at IS NULL"
                .to_owned(),
            "INSERT INTO pinned_topic (condition_id, place, topic_id, pinned_at) \
             SELECT condition_id, 1, id, 0 FROM topic WHERE kind = 'discussion' LIMIT 1"
                .to_owned(),
            format!(
                "INSERT INTO outside_registry (condition_id, name, link, updated_at) \
                 SELECT id, 'Elsewhere', 'https://elsewhere.example.org/', 0 FROM condition \
                 WHERE slug = '{HERE}'"
            ),
        ] {
            self.elsewhere(&sql).await;
        }
        for page in &self.pages {
            let made = self.ask(&self.site.front, page).await;
            assert_eq!(made.0, 200, "{page}");
        }
    }

    /// A change by another process, of which this one learns.
    async fn elsewhere(&self, sql: &str) {
        let sql = format!("BEGIN; {sql}; UPDATE change_batch SET value = value + 1; COMMIT");
        self.connection.execute_unprepared(&sql).await.unwrap();
        self.site.storage.notice_changes().await.unwrap();
    }

    async fn ask(&self, front: &Front, page: &str) -> (u16, bool, String) {
        let request = Request::get(page).body(Body::empty()).unwrap();
        let response = front.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        // What comes from the cache is no request of its own.
        let kept = !response.headers().contains_key("x-request-id");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, kept, String::from_utf8_lossy(&body).into_owned())
    }

    /// Compares all pages, and tells how many were kept.
    async fn compare(&self, what: &str) -> Vec<&str> {
        let mut kept = Vec::new();
        for page in &self.pages {
            let (status, was_kept, body) = self.ask(&self.site.front, page).await;
            let (fresh_status, _, fresh) = self.ask(&self.anew, page).await;
            assert_eq!(status, fresh_status, "{page} after {what}");
            assert!(body == fresh, "{page} is old after {what}");
            if was_kept {
                kept.push(page.as_str());
            }
        }
        kept
    }
}

#[tokio::test]
async fn no_change_of_a_table_leaves_an_old_page() {
    let tables = CHANGES.map(|(table, _)| table);
    assert_eq!(tables.as_slice(), SHOWN, "each table in its turn");
    for (table, statements) in CHANGES {
        let world = World::open().await;
        for sql in statements {
            world.elsewhere(sql).await;
            world.compare(&format!("{table}: {sql}")).await;
        }
    }
}

#[tokio::test]
async fn time_alone_leaves_no_old_page() {
    let world = World::open().await;
    // By another process, for five days.
    let until = world.clock.now().0 + 5 * DAY;
    let suspend = format!(
        "UPDATE account SET standing = 'suspended', suspended_until = {until} \
         WHERE display_name = 'Ada Canary'"
    );
    world.elsewhere(&suspend).await;
    for days in 1..40 {
        world.clock.0.fetch_add(DAY, Ordering::Relaxed);
        world.compare(&format!("{days} days")).await;
    }
}

/// By this process, so that the very next request sees it, and nothing that it does not concern is made
/// anew.
#[tokio::test]
async fn what_people_do_makes_only_pages_old_that_show_it() {
    let world = World::open().await;
    let communities = world.site.storage.communities();
    // A few pages have no address of their own for search engines, and are never kept.
    let everything = world.compare("nothing").await.len();
    assert!(everything + 5 >= world.pages.len(), "{everything}");

    let draft = PostDraft {
        text: "So does a thrush.".to_owned(),
        in_reply_to: None,
        anonymous: false,
        content_note: None,
    };
    let sent = submission();
    let replied = communities.reply(world.ada, &world.topic, draft, &sent);
    replied.await.unwrap();
    let kept = world.compare("a reply").await;
    for (page, stays) in [
        ("/communities/wilson-disease", true),
        ("/communities/wilson-disease/discussions", true),
        ("/conditions", true),
        ("/communities/multiple-myeloma", false),
        ("/communities/multiple-myeloma/discussions", false),
        ("/discussions", false),
    ] {
        assert_eq!(kept.contains(&page), stays, "{page}");
    }

    for audience in [TopicAudience::Members, TopicAudience::Community] {
        let draft = TopicDraft {
            title: "A walk among us".to_owned(),
            text: "No visitor hears it.".to_owned(),
            audience,
            anonymous: false,
            content_note: None,
        };
        let sent = submission();
        let started = communities.start(world.ada, HERE, draft, &sent);
        started.await.unwrap();
        let kept = world.compare("a topic that is not for visitors").await;
        assert_eq!(kept.len(), everything, "{audience:?}");
    }

    world.site.member("grace@example.org", "Grace").await;
    assert_eq!(world.compare("somebody joins").await.len(), everything);

    world
        .site
        .write(HERE, SectionKind::Cause, "Otherwise.")
        .await;
    let kept = world.compare("an edit").await;
    assert!(kept.contains(&"/communities/wilson-disease"));
    assert!(!kept.contains(&"/communities/multiple-myeloma"));
}
