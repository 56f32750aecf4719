//! Texts of sources that are held back, through the whole router.

use axum::http::StatusCode;
use domain::{
    account::Actor,
    catalogue::{Silent, SourceRelease},
    wiki::{HeldTexts, SectionKind, SectionsImport, SourceDocument, SourceText, Wiki},
};

use crate::Site;

const LIST: &str = "/admin/held-texts";
/// A condition without texts.
const BARE: &str = "MONDO:0999999";

impl Site {
    /// Reads in a text about something else, filed under a condition without texts. Returns its address.
    async fn hold(&self, subject: &str) -> String {
        self.bare_condition("Bare disease", BARE).await;
        let import = SectionsImport {
            read: 1,
            documents: vec![SourceDocument {
                condition: BARE.parse().unwrap(),
                subject: subject.to_owned(),
                source: "A library".to_owned(),
                year: 2018,
                url: "https://example.org/page".to_owned(),
                line: 1,
                texts: vec![SourceText {
                    kind: SectionKind::Acknowledgement,
                    markdown: "Thanks to *all*.".to_owned(),
                    rank: 0,
                }],
            }],
            refused: Vec::new(),
            incomplete: true,
            source: SourceRelease {
                name: "Library".to_owned(),
                release: "1".to_owned(),
                licence: "CC0".to_owned(),
                attribution: "Library.".to_owned(),
                url: "https://example.org".to_owned(),
            },
        };
        let wiki = self.storage.wiki();
        wiki.import(Actor::Operator, import, &Silent).await.unwrap();
        let list = wiki.waiting(Actor::Operator, None).await.unwrap();
        let held = list.texts.iter().find(|held| held.subject == subject);
        format!("{LIST}/{}", held.unwrap().id)
    }
}

#[tokio::test]
async fn moderators_decide_about_held_texts() {
    let site = Site::open().await;
    let cookie = site.moderator("mo@example.org").await;
    let page = site.hold("Something <b>else</b>").await;
    let read = async |path: &str| site.get_with(path, &[("cookie", &cookie)]).await;
    let settings = read("/settings").await.text();
    assert!(settings.contains(&format!("href=\"{LIST}\"")));
    let list = read(LIST).await;
    assert_eq!(list.status, StatusCode::OK);
    assert_eq!(list.header("cache-control"), "no-store");
    assert!(list.text().contains("Something &lt;b&gt;else&lt;/b&gt;"));
    assert!(list.text().contains(&format!("href=\"{page}\"")));
    assert!(list.text().contains("1 text is held back."));
    let held = read(&page).await.text();
    assert!(held.contains("<p>Thanks to <em>all</em>.</p>"), "{held}");
    let shown = "/communities/bare-disease";
    assert!(!read(shown).await.text().contains("Thanks to"));

    let id = page.rsplit('/').next().unwrap();
    // A name that leads to no condition keeps what was typed.
    let form = format!("form=held-texts/attach&id={id}&condition=Nowhere%27s+disease");
    let answer = site.send_body(&page, &cookie, &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text().contains("value=\"Nowhere's disease\"")
            || answer.text().contains("Nowhere&#x27;s disease")
    );
    let form = format!("form=held-texts/show&id={id}");
    let answer = site.send_body(&page, &cookie, &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let done = read(answer.header("location")).await.text();
    assert!(done.contains("1 section is shown."), "{done}");
    assert!(done.contains("No texts are held back."));
    let condition = site.get(shown).await.text();
    assert!(condition.contains("Thanks to <em>all</em>"));
    assert!(condition.contains("Characters may be missing"));
    assert_eq!(read(&page).await.status, StatusCode::NOT_FOUND);
    let again = site.send_body(&page, &cookie, &form).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn for_all_others_there_are_no_held_texts() {
    let site = Site::open().await;
    let page = site.hold("Something else").await;
    let member = site.member("ada@example.org", "Ada").await;
    let id = page.rsplit('/').next().unwrap();
    let form = format!("form=held-texts/show&id={id}");
    let nowhere = "/nowhere-at-all";
    for cookie in ["", member.as_str()] {
        let read = async |path: &str| site.get_with(path, &[("cookie", cookie)]).await;
        let missing = read(nowhere).await;
        for path in [LIST, page.as_str()] {
            let answer = read(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(
                answer.text().replace(path, nowhere),
                missing.text(),
                "{path}"
            );
            let sent = site.send_body(path, cookie, &form).await;
            assert_eq!(sent.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let list = site.storage.wiki().waiting(Actor::Operator, None).await;
    assert_eq!(list.unwrap().waiting, 1);
}
