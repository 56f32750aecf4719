//! What members recommend, as pages show it.

use axum::http::StatusCode;
use domain::{
    account::Submission,
    community::{Memberships, ResourceDraft, ResourceKind, ResourceLanguage, Resources},
};

use crate::Site;

const SLUG: &str = "wilson-disease";
const LIST: &str = "/communities/wilson-disease/resources";

impl Site {
    /// An e-book in German that somebody suggests. Returns its id.
    pub(crate) async fn suggestion(&self, cookie: &str, title: &str) -> String {
        let actor = self.actor(cookie).await;
        let communities = self.storage.communities();
        communities.join(actor, SLUG).await.unwrap();
        let draft = ResourceDraft {
            title: title.to_owned(),
            link: format!("https://www.books.example/{}", title.replace(' ', "-")),
            description: "For a <b>walk</b>.".to_owned(),
            date: domain::time::PartialDate::parse("2025-05"),
            kind: ResourceKind::EBook,
            language: ResourceLanguage::from_code("de").unwrap(),
        };
        let submission = Submission {
            key: uuid::Uuid::new_v4().to_string(),
            body: String::new(),
        };
        let suggested = communities.suggest(actor, SLUG, draft, &submission);
        suggested.await.unwrap()
    }
}

/// The form by which a suggestion is approved as it is.
fn approval(id: &str, title: &str, link: &str) -> String {
    format!(
        "form=community/approve-resource&slug={SLUG}&id={id}&title={title}&link={link}\
         &kind=e-book&language=de&date=2025-05&description=For a <b>walk</b>."
    )
}

#[tokio::test]
async fn what_waits_is_on_no_page_of_others() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let grace = site.member("grace@example.org", "Grace").await;
    let moderator = site.moderator("mod@example.org").await;
    let id = site.suggestion(&ada, "A quiet book").await;
    let shows = |text: &str| text.contains("quiet book") || text.contains(&id);
    for path in [
        "/communities/wilson-disease",
        LIST,
        "/communities/wilson-disease/resources?kind=e-book",
        "/communities/wilson-disease/resources.atom",
        "/resources",
        "/resources?kind=e-book",
        "/api/community/resources?slug=wilson-disease",
        "/api/community/gathered-resources",
        "/api/catalogue/condition?slug=wilson-disease",
    ] {
        // Twice, because the second may come from the cache.
        for _ in 0..2 {
            let page = site.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!shows(&page.text()), "{path}");
        }
        let page = site.get_with(path, &[("cookie", &grace)]).await;
        assert!(!shows(&page.text()), "{path}");
        let is_list = path.contains("/resources") && path.contains("wilson");
        let is_list = is_list && !path.contains(".atom");
        for cookie in [&ada, &moderator] {
            let page = site.get_with(path, &[("cookie", cookie)]).await.text();
            assert_eq!(shows(&page), is_list, "{path}");
            assert!(!page.contains("Ada</"), "{path}");
        }
    }
    let path = format!("{LIST}/{id}");
    let page = site.get(&path).await;
    assert!(page.header("location").starts_with("/sign-in?next="));
    let other = format!("{LIST}/0000000000");
    for path in [&path, &other] {
        let page = site.get_with(path, &[("cookie", &grace)]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.text().contains("quiet"), "{path}");
    }
    let own = site.get_with(&path, &[("cookie", &ada)]).await;
    assert_eq!(own.header("cache-control"), "no-store");
    let own = own.text();
    assert!(own.contains("Withdraw suggestion") && !own.contains(">Approve<"));
    let theirs = site.get_with(&path, &[("cookie", &moderator)]).await.text();
    assert!(theirs.contains("community/approve-resource"));
    assert!(theirs.contains("community/decline-resource"));
    assert!(!theirs.contains("Withdraw suggestion"));
    // Under another condition's address it leads to its own.
    let elsewhere = format!("/communities/multiple-myeloma/resources/{id}");
    let moved = site.get_with(&elsewhere, &[("cookie", &ada)]).await;
    assert_eq!(moved.header("location"), path);
}

#[tokio::test]
async fn the_next_visitor_reads_what_was_approved() {
    let site = Site::open().await;
    let empty = site.get(LIST).await.text();
    assert!(empty.contains("There are no resources yet."));
    let condition = site.get("/communities/wilson-disease").await.text();
    assert!(condition.contains("href=\"#resources\""));
    assert!(condition.contains("Suggest the first one."));
    let ada = site.member("ada@example.org", "Ada").await;
    let moderator = site.moderator("mod@example.org").await;
    let join = format!("form=community/join&slug={SLUG}&place=suggest&topic=");
    let new = format!("{LIST}/new");
    let joined = site.send_body(&new, &ada, &join).await;
    assert_eq!(joined.header("location"), new);
    let form = format!(
        "form=community/suggest-resource&key=k&slug={SLUG}&title=A book&link=https://www.books.example/a\
         &kind=e-book&language=de&date=2025-05&description=For a <b>walk</b>."
    );
    // Twice, by mistake.
    let mut at = String::new();
    for _ in 0..2 {
        let sent = site.send_body(&new, &ada, &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        at = sent.header("location").to_owned();
    }
    let (path, done) = at.split_once('?').unwrap();
    assert_eq!(done, "done=suggested");
    let thanks = site.get_with(&at, &[("cookie", &ada)]).await.text();
    assert!(thanks.contains("Your suggestion is waiting for review."));
    let id = path.rsplit('/').next().unwrap();
    let wrong = approval(id, "x", "javascript:alert(1)");
    let wrong = site.send_body(path, &moderator, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong
            .text()
            .contains("The link has to begin with https:// or http://.")
    );
    let approved = approval(id, "The book", "https://www.books.example/a");
    let approved = site.send_body(path, &moderator, &approved).await;
    assert_eq!(approved.header("location"), LIST);
    let link = "<a href=\"https://www.books.example/a\" rel=\"nofollow ugc noopener external\" hreflang=\"de\" class=\"title\">The book</a>";
    for path in [
        "/communities/wilson-disease",
        LIST,
        "/communities/wilson-disease/resources?kind=e-book",
        "/resources",
        "/resources?kind=e-book",
    ] {
        let page = site.get(path).await.markup();
        assert!(page.contains(link), "{path}: {page}");
        for said in [
            "E-book, books.example.",
            "In German.",
            "<time datetime=\"2025-05\">May 2025</time>",
            "For a &lt;b&gt;walk&lt;/b&gt;.",
        ] {
            assert!(page.contains(said), "{said} {path}");
        }
        assert!(!page.contains("Ada"), "{path}");
    }
    for path in [
        "/communities/wilson-disease/resources?kind=guide",
        "/resources?kind=podcast",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text().contains("The book"), "{path}");
        let canonical = format!("<link rel=\"canonical\" href=\"https://rareshare.example{path}\"");
        assert!(page.text().contains(&canonical), "{path}");
    }
    for path in [
        "/communities/wilson-disease/resources?kind=x",
        "/communities/wilson-disease/resources?after=0000000000",
        "/resources?kind=guide",
        "/communities/nowhere/resources",
        "/communities/nowhere/resources.atom",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let feed = site.get("/communities/wilson-disease/resources.atom").await;
    assert_eq!(
        feed.header("content-type"),
        "application/atom+xml; charset=utf-8"
    );
    let feed = feed.text();
    assert!(feed.contains("<title>Resources: Wilson disease</title>"));
    assert!(feed.contains(&format!("{LIST}#resource-{id}")));
    assert!(feed.contains("href=\"https://www.books.example/a\" rel=\"related\" hreflang=\"de\""));
    assert!(feed.contains("For a &lt;b&gt;walk&lt;/b&gt;."), "{feed}");
    assert!(!feed.contains("Ada"));
    let remove = format!("form=community/remove-resource&slug={SLUG}&id={id}&reason=It is gone");
    let removed = site.send_body(path, &moderator, &remove).await;
    assert_eq!(removed.header("location"), LIST);
    assert!(!site.get(LIST).await.text().contains("The book"));
    let own = site.get_with(LIST, &[("cookie", &ada)]).await.text();
    assert!(own.contains("The book") && own.contains("It is gone"));
}

#[tokio::test]
async fn suggestions_are_declined_and_withdrawn() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let moderator = site.moderator("mod@example.org").await;
    let declined = site.suggestion(&ada, "A dull book").await;
    let path = format!("{LIST}/{declined}");
    let decline = |reason: &str| {
        format!("form=community/decline-resource&slug={SLUG}&id={declined}&reason={reason}")
    };
    let without = site.send_body(&path, &moderator, &decline("")).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text().contains("Say why."));
    let by_author = site.send_body(&path, &ada, &decline("So")).await;
    assert_eq!(by_author.status, StatusCode::FORBIDDEN);
    let sent = site
        .send_body(&path, &moderator, &decline("Too dull"))
        .await;
    assert_eq!(sent.header("location"), LIST);
    let own = site.get_with(LIST, &[("cookie", &ada)]).await.text();
    assert!(own.contains("Your suggestions that are not in the list"));
    assert!(own.contains("Too dull") && own.contains("Declined on "));
    let theirs = site.get_with(LIST, &[("cookie", &moderator)]).await.text();
    assert!(!theirs.contains("Too dull"));
    let withdrawn = site.suggestion(&ada, "Another book").await;
    let path = format!("{LIST}/{withdrawn}");
    let withdraw = format!("form=community/withdraw-resource&slug={SLUG}&id={withdrawn}");
    for _ in 0..2 {
        let sent = site.send_body(&path, &ada, &withdraw).await;
        assert_eq!(sent.header("location"), LIST);
    }
    let own = site.get_with(LIST, &[("cookie", &ada)]).await.text();
    assert!(!own.contains("Another book"));
}
