//! What is known, for programs.

use axum::http::StatusCode;
use domain::{catalogue::Catalogue, wiki::SectionKind};
use serde_json::Value;

use crate::Site;

/// Keys of the data that its description does not know, and those that it calls required and that
/// are missing.
fn undescribed(data: &Value, schema: &Value, all: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return undescribed(data, &all[name], all, at, wrong);
    }
    if let Some(kinds) = schema["oneOf"].as_array() {
        let fits = |kind: &&Value| {
            let mut wrong = Vec::new();
            undescribed(data, kind, all, at, &mut wrong);
            wrong.is_empty()
        };
        if kinds.iter().find(fits).is_none() {
            wrong.push(at.to_owned());
        }
        return;
    }
    if let Some(options) = schema["enum"].as_array()
        && !options.contains(data)
    {
        wrong.push(format!("{at}: {data}"));
    }
    match data {
        Value::Object(fields) => {
            for (name, value) in fields {
                let described = &schema["properties"][name];
                if described.is_null() {
                    wrong.push(format!("{at}.{name}"));
                } else {
                    undescribed(value, described, all, &format!("{at}.{name}"), wrong);
                }
            }
            for name in schema["required"].as_array().into_iter().flatten() {
                if !fields.contains_key(name.as_str().unwrap()) {
                    wrong.push(format!("{at} has no {name}"));
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                undescribed(item, &schema["items"], all, &format!("{at}[]"), wrong);
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn the_data_is_what_its_description_says() {
    let site = Site::open().await;
    let described = site.get("/api/openapi.json").await;
    assert_eq!(described.status, StatusCode::OK);
    let described: Value = serde_json::from_slice(&described.body).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3."));
    let all = &described["components"]["schemas"];
    let paths = &described["paths"];
    assert!(paths["/communities/{slug}.md"]["get"].is_object());
    let schema = &paths["/api/conditions/{slug}"]["get"]["responses"]["200"]["content"]["application/json"]
        ["schema"];
    let mut seen = 0;
    for entry in site
        .storage
        .catalogue()
        .sitemap(domain::account::Actor::Visitor, 0, 100)
        .await
        .unwrap()
    {
        let answer = site.get(&format!("/api/conditions/{}", entry.slug)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let data: Value = serde_json::from_slice(&answer.body).unwrap();
        let mut wrong = Vec::new();
        undescribed(&data, schema, all, "", &mut wrong);
        assert!(wrong.is_empty(), "{}: {wrong:?}", entry.slug);
        seen += 1;
    }
    assert!(seen > 5);
}

#[tokio::test]
async fn a_condition_can_be_had_as_data() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    site.edit(&cookie, "Copper *stays*.", "", "").await;
    let path = "/api/conditions/wilson-disease";
    let answer = site.get_with(path, &[("cookie", &cookie)]).await;
    let data: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(data["name"], "Wilson disease");
    let sections = data["sections"].as_array().unwrap();
    let cause = sections.iter().find(|s| s["kind"] == "cause").unwrap();
    assert_eq!(cause["markdown"], "Copper *stays*.");
    assert_eq!(cause["html"], "<p>Copper <em>stays</em>.</p>\n");
    // The author shows their name to members alone, and so it is with data that they ask for.
    assert_eq!(cause["provenance"]["kind"], "member");
    assert!(!answer.text().contains("Quill"));
    let tag = answer.header("etag").to_owned();
    let again = site.get_with(path, &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    site.edit(&cookie, "Copper stays.", "", "").await;
    let changed = site.get_with(path, &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(
        site.get("/communities/wilson-disease")
            .await
            .text()
            .contains(path)
    );
}

#[tokio::test]
async fn the_markdown_of_a_starter_page_is_its_file() {
    let site = Site::open().await;
    let files = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("starter/conditions");
    let mut seen = 0;
    for file in std::fs::read_dir(files).unwrap() {
        let file = file.unwrap().path();
        let slug = file.file_stem().unwrap().to_str().unwrap();
        let answer = site.get(&format!("/communities/{slug}.md")).await;
        assert_eq!(answer.status, StatusCode::OK, "{slug}");
        assert_eq!(
            answer.header("content-type"),
            "text/markdown; charset=utf-8"
        );
        let words = |text: &str| {
            let (_, body) = text[4..].split_once("\n+++").unwrap();
            body.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let written = std::fs::read_to_string(&file).unwrap();
        assert_eq!(words(&answer.text()), words(&written), "{slug}");
        seen += 1;
    }
    assert!(seen > 5);
    let page = site.get("/communities/multiple-myeloma.md").await.text();
    assert!(
        page.starts_with("+++\ncurie = \"MONDO:0009693\"\n"),
        "{page}"
    );
    assert!(page.contains("key = \"imwg-2014\""));
    assert!(page.contains(&format!("## {}", SectionKind::Tips.title())));
}

#[tokio::test]
async fn former_names_lead_on_and_others_are_not_there() {
    let site = Site::open().await;
    for (path, to) in [
        (
            "/api/conditions/kahlers-disease",
            "/api/conditions/multiple-myeloma",
        ),
        (
            "/communities/kahlers-disease.md",
            "/communities/multiple-myeloma.md",
        ),
    ] {
        let moved = site.get(path).await;
        assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(moved.header("location"), to);
    }
    for path in [
        "/api/conditions/nowhere",
        "/api/conditions/%00",
        "/communities/nowhere.md",
        "/communities/.md",
        "/communities/x%00.md",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let posted = site
        .send_body("/api/conditions/multiple-myeloma", "", "x=y")
        .await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn nothing_within_a_section_becomes_a_section_of_the_file() {
    let site = Site::open().await;
    let text = "Intro.\n\nTreatment\n---------\n\n<!-- Imported from elsewhere, 2020, https://a.example/ -->\n\n ## More\n\nThis belongs to the cause.";
    site.write("wilson-disease", SectionKind::Cause, text).await;
    let file = site.get("/communities/wilson-disease.md").await.text();
    assert!(file.contains("Intro.\n\n### Treatment\n\n"), "{file}");
    assert!(
        file.contains("\n ### More\n\nThis belongs to the cause."),
        "{file}"
    );
    assert!(!file.contains("\n<!-- Imported from elsewhere"), "{file}");
    let headings = storage::wiki::markdown::headings(&file[4..]);
    let titles: Vec<&str> = SectionKind::ALL
        .into_iter()
        .map(SectionKind::title)
        .collect();
    for (line, level) in headings {
        let line = file[4..].lines().nth(line - 1).unwrap();
        let title = line.strip_prefix("## ");
        let is_section = title.is_some_and(|title| titles.contains(&title));
        assert_eq!(level <= 2, is_section, "{line}");
    }
}

#[tokio::test]
async fn control_characters_are_in_nothing_that_is_given_out() {
    let site = Site::open().await;
    let cookie = site.moderator("mod@example.org").await;
    let pasted = "Word soft break\u{b}here, bell\u{7} and U+FFFE \u{fffe} end.";
    site.edit(&cookie, pasted, "", "").await;
    for path in [
        "/communities/wilson-disease",
        "/api/conditions/wilson-disease",
        "/communities/wilson-disease.md",
        "/communities/wilson-disease/history.atom",
        "/search?q=a%0Bb%07%EF%BF%BE",
    ] {
        let text = site.get(path).await.text();
        assert_eq!(domain::text::printable(&text), text, "{path}");
        assert!(
            !path.starts_with("/api") || !text.contains("\\u00"),
            "{path}"
        );
        if path.contains("wilson") && !path.contains("atom") {
            assert!(
                text.contains("here, bell and U+FFFE  end."),
                "{path}: {text}"
            );
        }
    }
}
