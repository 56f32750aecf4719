//! Writing sections through the whole router.

use axum::http::StatusCode;
use domain::account::Role;

use crate::{Answer, Site, percent, strings};

const EDIT: &str = "/communities/wilson-disease/sections/cause/edit";

impl Site {
    /// The number of the newest revision of the causes of Wilson disease.
    pub(crate) async fn newest_cause(&self) -> String {
        let history = self
            .get("/communities/wilson-disease/sections/cause/history")
            .await
            .text();
        let newest = history
            .split("/communities/wilson-disease/revisions/")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        newest.unwrap().to_owned()
    }

    /// Somebody whose texts are shown at once, and who decides about those of others.
    pub(crate) async fn moderator(&self, address: &str) -> String {
        let cookie = self.member(address, "Quill").await;
        self.grant(address, &cookie, Role::Moderator, "Test").await;
        cookie
    }

    /// Sends the form of a section, as it stands on its page.
    pub(crate) async fn edit(
        &self,
        cookie: &str,
        text: &str,
        summary: &str,
        action: &str,
    ) -> Answer {
        let page = self.get_with(EDIT, &[("cookie", cookie)]).await.text();
        let hidden = |name: &str| -> String {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
            rest.and_then(|rest| rest.split('"').next())
                .unwrap_or_default()
                .to_owned()
        };
        let body = format!(
            "form=wiki/edit&{}&key={}&base={}&draft={}&grown_from={}&text={}&summary={}&action={action}",
            parts(EDIT),
            hidden("key"),
            hidden("base"),
            hidden("draft"),
            hidden("grown_from"),
            percent(text),
            percent(summary)
        );
        self.send_body(EDIT, cookie, &body).await
    }
}

/// What the hidden fields of a form say of the address of its page.
pub(crate) fn parts(path: &str) -> String {
    let segments: Vec<&str> = path.split('/').collect();
    let mut fields = format!("slug={}", segments[2]);
    if let Some(kind) = segments.get(4) {
        fields = format!("{fields}&kind={kind}");
    }
    if let Some(id) = segments.get(6) {
        fields = format!("{fields}&id={id}");
    }
    fields
}

/// Markup that a text must not have brought onto a page, as opening tags with the attributes that
/// browsers act upon.
pub(crate) fn runs(html: &str) -> Option<String> {
    // Our own scripts carry no text of anybody.
    for piece in html.split('<').skip(1) {
        let tag = piece.split('>').next().unwrap_or_default();
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let forbidden = [
            "iframe",
            "object",
            "embed",
            "svg:script",
            "math",
            "base",
            "style",
            "video",
            "audio",
            "frameset",
            "applet",
            "marquee",
            "isindex",
        ]
        .contains(&name.as_str());
        // Quoted values may hold anything; what follows a quote is an attribute again.
        let bare: String = tag.split('"').step_by(2).collect();
        let handler = bare
            .to_ascii_lowercase()
            .split_ascii_whitespace()
            .any(|word| word.starts_with("on") && word.contains('='));
        let address = tag.to_ascii_lowercase().replace(char::is_whitespace, "");
        let script = address.contains("href=\"javascript:") || address.contains("src=\"data:");
        if forbidden || handler || script {
            return Some(tag.to_owned());
        }
    }
    None
}

/// Short attacks, and the given strings that are a text.
pub(crate) fn hostile(strings: Vec<String>) -> Vec<String> {
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "</title><svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "]]><x onclick=alert(1)>",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(strings)
    .filter(|string| !string.trim().is_empty())
    .collect()
}

#[tokio::test]
async fn no_text_runs_on_any_page_that_shows_it() {
    no_text_runs(&hostile(strings::odd())).await;
}

pub(crate) async fn no_text_runs(strings: &[String]) {
    let site = Site::open().await;
    let mut cookie = String::new();
    let mut saved = 0;
    for (number, string) in strings.iter().enumerate() {
        // Nobody may publish so much in an hour.
        if number % 250 == 0 {
            let address = format!("moderator{number}@example.org");
            cookie = site.moderator(&address).await;
        }
        let preview = site.edit(&cookie, string, string, "preview").await;
        assert!(!preview.status.is_server_error(), "{string:?}");
        assert_eq!(runs(&preview.text()), None, "preview of {string:?}");
        let answer = site.edit(&cookie, string, string, "").await;
        assert!(!answer.status.is_server_error(), "{string:?}");
        if answer.status != StatusCode::SEE_OTHER {
            // A summary with signs that cannot be seen, for example: it comes back filled in.
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{string:?}"
            );
            assert_eq!(runs(&answer.text()), None, "refused {string:?}");
            continue;
        }
        saved += 1;
        let history = site
            .get("/communities/wilson-disease/sections/cause/history")
            .await
            .text();
        assert_eq!(runs(&history), None, "history of {string:?}");
        let numbers: Vec<&str> = history
            .split("/communities/wilson-disease/revisions/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let compare = format!(
            "/communities/wilson-disease/sections/cause/compare?from={}&to={}",
            numbers.last().unwrap(),
            numbers[0]
        );
        for path in [
            "/communities/wilson-disease",
            "/communities/wilson-disease/history",
            &format!("/communities/wilson-disease/revisions/{}", numbers[0]),
            &compare,
        ] {
            let page = site.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path} {string:?}");
            assert_eq!(runs(&page.text()), None, "{path} {string:?}");
        }
        let editor = site.get_with(EDIT, &[("cookie", &cookie)]).await.text();
        assert_eq!(runs(&editor), None, "editor of {string:?}");
    }
    assert!(saved > 3, "{saved} were saved");
}

#[tokio::test]
async fn long_texts_are_saved_or_refused_in_words() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let longest = "é".repeat(50_000);
    let saved = site.edit(&cookie, &longest, "", "").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let longer = format!("{longest} and more");
    let refused = site.edit(&cookie, &longer, "", "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("longer than 100,000 bytes"));
    assert!(refused.text().contains(&longer), "nothing is lost");
    let endless = site.edit(&cookie, &"x".repeat(1_100_000), "", "").await;
    assert_eq!(endless.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_saved_text_is_in_the_very_next_request_of_a_visitor() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.get("/communities/wilson-disease").await;
    for number in 0..3 {
        let text = format!("Text number {number}.");
        let saved = site.edit(&cookie, &text, "A summary", "").await;
        assert_eq!(
            saved.header("location"),
            "/communities/wilson-disease#cause"
        );
        for path in [
            "/communities/wilson-disease",
            "/communities/wilson-disease/sections/cause/history",
        ] {
            let page = site.get(path).await.text();
            let expected = if path.ends_with("history") {
                "A summary"
            } else {
                &text
            };
            assert!(page.contains(expected), "{path}");
        }
    }
    let page = site.get("/communities/wilson-disease").await.text();
    let told = r#""cause":{"@type":"MedicalCause","description":"Text number 2."}"#;
    let told_otherwise = r#""cause":{"description":"Text number 2.","@type":"MedicalCause"}"#;
    assert!(
        page.contains(told) || page.contains(told_otherwise),
        "{page}"
    );
    assert!(page.contains(r#""dateModified":"2026-11-23""#));
    // A visitor is not told the name: it is for members.
    let page = site.get("/communities/wilson-disease").await.text();
    assert!(page.contains("Written by the community") && !page.contains("Quill"));
    let page = site
        .get_with("/communities/wilson-disease", &[("cookie", &cookie)])
        .await;
    assert!(page.text().contains("Written by Quill"));
}

#[tokio::test]
async fn a_refused_text_still_builds_on_what_it_built_on() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "The first.", "", "").await;
    let page = site.get_with(EDIT, &[("cookie", &cookie)]).await.text();
    let base = page.split("name=\"base\" value=\"").nth(1).unwrap();
    let base = base.split('"').next().unwrap().to_owned();
    site.edit(&cookie, "Somebody else's.", "", "").await;
    // The summary is too long, and comes back with the text and with its base.
    let body = format!(
        "form=wiki/edit&{}&key=k&base={base}&text=Mine.&summary={}",
        parts(EDIT),
        "x".repeat(400)
    );
    let refused = site.send_body(EDIT, &cookie, &body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(text.contains(&format!("name=\"base\" value=\"{base}\"")));
    assert!(text.contains("Mine."));
    let body = format!(
        "form=wiki/edit&{}&key=l&base={base}&text=Mine.&summary=",
        parts(EDIT)
    );
    let collided = site.send_body(EDIT, &cookie, &body).await.text();
    assert!(collided.contains("Nothing is lost"), "{collided}");
}

#[tokio::test]
async fn odd_addresses_of_the_wiki_are_not_there() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    for path in [
        "/communities/nowhere/sections/cause/edit",
        "/communities/wilson-disease/sections/tips/entries/nothing",
        "/communities/wilson-disease/sections/cause/entries/nothing",
        "/communities/wilson-disease/sections/nothing/history",
        "/communities/wilson-disease/revisions/999999",
        "/communities/wilson-disease/revisions/-1",
        "/communities/wilson-disease/revisions/9999999999999999999999",
        "/communities/wilson-disease/revisions/x",
        "/communities/wilson-disease/sections/cause/compare",
        "/communities/wilson-disease/sections/cause/compare?from=x&to=%00",
        "/proposals/%00",
    ] {
        let answer = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [
        "/communities/wilson-disease/sections/cause/history?before=x",
        "/communities/wilson-disease/history?before=-5",
        "/reviews?after=%00-%00",
        "/proposals?after=%00",
    ] {
        let answer = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_comparison_is_one_of_its_own_section() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "A text.", "", "").await;
    let number = site.newest_cause().await;
    for (kind, status) in [
        ("cause", StatusCode::OK),
        ("symptoms", StatusCode::NOT_FOUND),
        ("tips", StatusCode::NOT_FOUND),
        ("x", StatusCode::NOT_FOUND),
    ] {
        let path = format!(
            "/communities/wilson-disease/sections/{kind}/compare?from={number}&to={number}"
        );
        assert_eq!(site.get(&path).await.status, status, "{kind}");
    }
}

#[tokio::test]
async fn what_was_written_for_a_page_that_is_gone_comes_back() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    for path in [
        "/communities/nowhere/sections/cause/edit",
        "/communities/kahlers-disease/sections/cause/edit",
    ] {
        let body = format!(
            "form=wiki/edit&{}&key=k&text=An+hour+of+work.&agreed=yes",
            parts(path)
        );
        let answer = site.send_body(path, &cookie, &body).await;
        let text = answer.text();
        assert!(text.contains("This page is not there any more"), "{path}");
        assert!(text.contains("An hour of work."), "{path}");
        let leads_on = text.contains("href=\"/communities/multiple-myeloma/sections/cause/edit\"");
        assert_eq!(leads_on, path.contains("kahlers"), "{path}");
    }
    let path = "/communities/nowhere/sections/tips/edit";
    let body = format!(
        "form=wiki/add-tip&{}&key=k&name=Rest&description=An+hour+of+work.",
        parts(path)
    );
    let answer = site.send_body(path, &cookie, &body).await;
    assert!(answer.text().contains("An hour of work."));
    let visitor = site.send_body(path, "", &body).await;
    assert_eq!(visitor.status, StatusCode::UNAUTHORIZED);
    // Somebody else's draft has no address at all: what is sent is one's own.
    let path = "/communities/marfan-syndrome/sections/symptoms/edit";
    let base = format!(
        "form=wiki/edit&{}&key=b&base=999999&text=On+a+base+that+never+was.",
        parts(path)
    );
    let answer = site.send_body(path, &cookie, &base).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
