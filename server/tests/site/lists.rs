//! Sections that are lists, through the whole router.

use axum::http::StatusCode;
use domain::{account::Actor, catalogue::Catalogue};

use crate::{
    Answer, Site, percent, strings,
    writing::{hostile, parts, runs},
};

const PAGE: &str = "/communities/wilson-disease";

impl Site {
    /// Sends the form of a page, with the key and the base that stand in it.
    async fn fill(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get_with(path, &[("cookie", cookie)]).await.text();
        let hidden = |name: &str| -> String {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
            rest.and_then(|rest| rest.split('"').next())
                .unwrap_or_default()
                .to_owned()
        };
        let mut body = format!(
            "{}&key={}&base={}",
            parts(path),
            hidden("key"),
            hidden("base")
        );
        for (name, value) in fields {
            body = format!("{body}&{name}={}", percent(value));
        }
        self.send_body(path, cookie, &body).await
    }

    async fn page_of(&self, cookie: &str) -> String {
        self.get_with(PAGE, &[("cookie", cookie)]).await.text()
    }
}

/// Where the entry of this title is changed.
fn entry_path(list: &str, title: &str) -> String {
    let before = list.split(&format!(">{title}<")).next().unwrap();
    let path = before.rsplit("href=\"").next().unwrap();
    path.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn entries_are_added_changed_hidden_and_shown_again() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let edit = format!("{PAGE}/sections/tips/edit");
    let added = site
        .fill(
            &edit,
            &cookie,
            &[
                ("form", "wiki/add-tip"),
                ("name", "Keep a list"),
                ("description", "Of *all* foods."),
            ],
        )
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    assert!(site.page_of("").await.contains("Keep a list"));
    let list = site.get_with(&edit, &[("cookie", &cookie)]).await.text();
    let entry = entry_path(&list, "Keep a list");
    let amended = [
        ("form", "wiki/amend-tip"),
        ("name", "Keep a list"),
        ("description", "Of all drinks."),
    ];
    let amended = site.fill(&entry, &cookie, &amended).await;
    assert_eq!(amended.status, StatusCode::SEE_OTHER);
    assert!(site.page_of("").await.contains("Of all drinks."));
    let refused = site
        .fill(
            &entry,
            &cookie,
            &[("form", "wiki/hide-entry"), ("reason", "")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Say why."));
    let hide = [("form", "wiki/hide-entry"), ("reason", "It is advice")];
    site.fill(&entry, &cookie, &hide).await;
    assert!(!site.page_of("").await.contains("Keep a list"));
    let list = site.get_with(&edit, &[("cookie", &cookie)]).await.text();
    assert!(list.contains("It is advice"));
    site.fill(&entry, &cookie, &[("form", "wiki/show-entry")])
        .await;
    assert!(site.page_of("").await.contains("Keep a list"));
    let history = site.get(&format!("{PAGE}/sections/tips/history")).await;
    for told in [
        "Added: Keep a list",
        "Changed: ",
        "Hidden: ",
        "Shown again: ",
    ] {
        assert!(history.text().contains(told), "{told}");
    }
    let feed = site
        .get(&format!("{PAGE}/sections/tips/history.atom"))
        .await;
    assert_eq!(feed.status, StatusCode::OK);
}

#[tokio::test]
async fn a_tip_says_whom_it_helped_by_number_alone() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let edit = format!("{PAGE}/sections/tips/edit");
    let tip = [
        ("form", "wiki/add-tip"),
        ("name", "Rest"),
        ("description", "Often."),
    ];
    site.fill(&edit, &cookie, &tip).await;
    let list = site.get_with(&edit, &[("cookie", &cookie)]).await.text();
    let entry = entry_path(&list, "Rest");
    let helped = [("form", "wiki/helped"), ("helped", "yes")];
    let visitor = site.fill(&entry, "", &helped).await;
    assert_eq!(visitor.status, StatusCode::UNAUTHORIZED);
    assert!(visitor.text().contains("Sign in"));
    for _ in 0..2 {
        let said = site.fill(&entry, &cookie, &helped).await;
        let tip = entry.rsplit('/').next().unwrap();
        assert_eq!(said.header("location"), format!("{PAGE}#tip-{tip}"));
    }
    let own = site.page_of(&cookie).await;
    assert!(own.contains("Helped one person") && own.contains("Undo"));
    let helped = [("form", "wiki/helped"), ("helped", "no")];
    site.fill(&entry, &cookie, &helped).await;
    assert!(!site.page_of(&cookie).await.contains("Helped one person"));
}

#[tokio::test]
async fn a_reference_is_checked_cited_and_leads_back() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let edit = format!("{PAGE}/sections/references/edit");
    let work = |identifiers: &'static str, year: &'static str| {
        [
            ("form", "wiki/add-reference"),
            ("title", "A study of copper"),
            ("source", "The Lancet"),
            ("year", year),
            ("identifiers", identifiers),
        ]
    };
    for (identifiers, year, words) in [
        ("10.1000/x hello", "2020", "“hello” is no DOI"),
        ("978-0-306-40615-8", "2020", "is no DOI, PMID, ISBN"),
        ("", "last year", "four digits"),
        ("", "99", "four digits"),
    ] {
        let refused = site.fill(&edit, &cookie, &work(identifiers, year)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert!(text.contains(words), "{words}");
        assert!(text.contains("A study of copper"), "nothing is lost");
    }
    let work = work("doi:10.1000/x ISBN 978 0 306 40615 7", "2020");
    let added = site.fill(&edit, &cookie, &work).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let list = site.get_with(&edit, &[("cookie", &cookie)]).await.text();
    assert!(list.contains("[@study-copper-2020]"), "{list}");
    site.edit(
        &cookie,
        "Copper.[@study-copper-2020] Copper again.[@study-copper-2020]",
        "",
        "",
    )
    .await;
    let page = site.page_of("").await;
    for part in [
        "href=\"https://doi.org/10.1000/x\"",
        "ISBN 9780306406157",
        "id=\"cited-cause-study-copper-2020-1\"",
        "href=\"#cited-cause-study-copper-2020-1\"",
        "href=\"#cited-cause-study-copper-2020-2\"",
        "id=\"reference-study-copper-2020\"",
        "\"name\":\"A study of copper\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let history = site
        .get(&format!("{PAGE}/sections/cause/history"))
        .await
        .text();
    let number = history.split("/revisions/").nth(1).unwrap();
    let number = number.split('"').next().unwrap();
    let revision = site.get(&format!("{PAGE}/revisions/{number}")).await.text();
    let away = format!("href=\"{PAGE}#reference-study-copper-2020\"");
    assert!(revision.contains(&away), "the list stands on another page");
}

#[tokio::test]
async fn names_and_codes_are_found_by_the_search() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let edit = format!("{PAGE}/sections/synonyms/edit");
    let name = [
        ("form", "wiki/add-name"),
        ("name", "Hepatolentikuläre Degeneration"),
        ("scope", "exact"),
    ];
    let added = site.fill(&edit, &cookie, &name).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let found = site.get("/search?q=hepatolentikulare+degeneration").await;
    assert!(found.text().contains(PAGE));
    let refused = site.fill(&edit, &cookie, &name).await.text();
    assert!(refused.contains("This is in the list already."));
    for (code, status) in [
        ("nothing", StatusCode::UNPROCESSABLE_ENTITY),
        ("SNOMED:1", StatusCode::UNPROCESSABLE_ENTITY),
        ("orpha 9999999", StatusCode::SEE_OTHER),
    ] {
        let code = [("form", "wiki/add-code"), ("code", code)];
        assert_eq!(site.fill(&edit, &cookie, &code).await.status, status);
    }
    let found = site.get("/orpha/9999999").await;
    assert_eq!(found.header("location"), PAGE);
}

#[tokio::test]
async fn thanks_ask_for_the_agreement_of_those_who_are_named() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let edit = format!("{PAGE}/sections/acknowledgement/edit");
    let text = [("form", "wiki/edit"), ("text", "In memory of Grace.")];
    let refused = site.fill(&edit, &cookie, &text).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = refused.text();
    assert!(
        words.contains("Ask the people whom you name") && words.contains("In memory of Grace.")
    );
    let agreed = [
        ("form", "wiki/edit"),
        ("text", "In memory of Grace."),
        ("agreed", "yes"),
    ];
    let saved = site.fill(&edit, &cookie, &agreed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_entry_runs_on_any_page_that_shows_it() {
    no_entry_runs(&hostile(strings::odd())).await;
}

pub(crate) async fn no_entry_runs(strings: &[String]) {
    let site = Site::open().await;
    let mut cookie = String::new();
    let catalogue = site.storage.catalogue();
    let conditions = catalogue.sitemap(Actor::Visitor, 0, 100).await.unwrap();
    let mut kept = 0;
    for (number, (entry, strings)) in conditions.iter().zip(strings.chunks(25)).enumerate() {
        // Nobody may publish so much in an hour.
        if number % 4 == 0 {
            let address = format!("moderator{number}@example.org");
            cookie = site.moderator(&address).await;
        }
        let page = format!("/communities/{}", entry.slug);
        let edit = |kind: &str| format!("{page}/sections/{kind}/edit");
        let mut paths = vec![
            page.clone(),
            format!("{page}/history"),
            format!("{page}.md"),
        ];
        for (number, string) in strings.iter().enumerate() {
            let title = format!("{number} {string}");
            for (kind, fields) in [
                (
                    "tips",
                    [
                        ("form", "wiki/add-tip"),
                        ("name", &title),
                        ("description", string),
                    ],
                ),
                (
                    "references",
                    [
                        ("form", "wiki/add-reference"),
                        ("title", &title),
                        ("source", string),
                    ],
                ),
                (
                    "synonyms",
                    [
                        ("form", "wiki/add-name"),
                        ("name", &title),
                        ("scope", string),
                    ],
                ),
                (
                    "references",
                    [
                        ("form", "wiki/add-reference"),
                        ("title", &title),
                        ("identifiers", string),
                    ],
                ),
                (
                    "synonyms",
                    [("form", "wiki/add-code"), ("code", string), ("x", string)],
                ),
            ] {
                let body = fields.iter().fold(
                    format!("{}&key={number}{}", parts(&edit(kind)), fields[1].0),
                    |body, (name, value)| format!("{body}&{name}={}", percent(value)),
                );
                let answer = site.send_body(&edit(kind), &cookie, &body).await;
                assert!(!answer.status.is_server_error(), "{kind} {string:?}");
                kept += usize::from(answer.status == StatusCode::SEE_OTHER);
                assert_eq!(runs(&answer.text()), None, "{kind} {string:?}");
            }
        }
        for kind in ["tips", "references", "synonyms"] {
            let list = site
                .get_with(&edit(kind), &[("cookie", &cookie)])
                .await
                .text();
            assert_eq!(runs(&list), None, "{page} {kind}");
            let begin = format!("{page}/sections/{kind}/entries/");
            let newest = list.split(&begin).last().unwrap();
            let newest = format!("{begin}{}", newest.split('"').next().unwrap());
            let reason = strings.iter().find(|string| string.contains('<'));
            let reason = reason.map_or("<script>", String::as_str);
            site.fill(
                &newest,
                &cookie,
                &[("form", "wiki/hide-entry"), ("reason", reason)],
            )
            .await;
            paths.extend([
                newest,
                edit(kind),
                format!("{page}/sections/{kind}/history"),
            ]);
        }
        for path in paths {
            let shown = site.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(shown.status, StatusCode::OK, "{path}");
            if shown.header("content-type").starts_with("text/html") {
                assert_eq!(runs(&shown.text()), None, "{path}");
            }
        }
        let data = site.get(&format!("/api/conditions/{}", entry.slug)).await;
        assert!(serde_json::from_slice::<serde_json::Value>(&data.body).is_ok());
    }
    assert!(kept > 10, "{kept} were kept");
}
