use axum::http::StatusCode;
use domain::wiki::SectionKind;

use crate::{Site, words::words};

#[tokio::test]
async fn a_condition_shows_its_eleven_sections_codes_and_names() {
    let site = Site::open().await;
    let page = site.get("/communities/multiple-myeloma").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    let mut before = 0;
    for kind in SectionKind::ALL {
        let at = html.find(&format!("<section id=\"{}\"", kind.as_str()));
        let at = at.unwrap_or_else(|| panic!("{kind:?} is missing"));
        assert!(at > before, "{kind:?} is out of order");
        before = at;
    }
    let text = words(&html);
    for expected in [
        "Multiple myeloma",
        "What is multiple myeloma?",
        "29073",
        "0009693",
        "C90.0",
        "254500",
        "D009101",
        "Kahler disease",
        "Written by the RareShare project, 23 November 2026. Not reviewed by an expert yet.",
        "This is information, not medical advice.",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    assert!(!text.contains("has not been added yet"));
}

#[tokio::test]
async fn an_empty_section_says_so() {
    let site = Site::open().await;
    let text = words(&site.get("/communities/marfan-syndrome").await.text());
    assert!(text.contains("Symptoms of Marfan syndrome has not been added yet."));
    assert!(text.contains("References of Marfan syndrome has not been added yet."));
}

#[tokio::test]
async fn other_names_and_codes_lead_to_the_condition() {
    let site = Site::open().await;
    for path in [
        "/communities/plasma-cell-myeloma",
        "/communities/kahlers-disease",
        "/orpha/29073",
        "/mondo/0009693",
        "/omim/254500",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY, "{path}");
        assert_eq!(
            answer.header("location"),
            "/communities/multiple-myeloma",
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_address_of_a_condition_leads_to_a_family_and_the_other_way_round() {
    let site = Site::open().await;
    for (path, expected) in [
        (
            "/communities/blood-and-lymph-cancers",
            "/conditions/families/blood-and-lymph-cancers",
        ),
        (
            "/conditions/families/multiple-myeloma",
            "/communities/multiple-myeloma",
        ),
        (
            "/conditions/families/plasma-cell-myeloma",
            "/communities/multiple-myeloma",
        ),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY, "{path}");
        assert_eq!(answer.header("location"), expected, "{path}");
    }
    let family = site
        .get("/conditions/families/blood-and-lymph-cancers")
        .await;
    assert_eq!(family.status, StatusCode::OK);
    let text = words(&family.text());
    for expected in [
        "Also called hematopoietic and lymphoid system neoplasm",
        "Belongs to",
        "Plasma cell cancers and related growths: 2 conditions",
        "MONDO 0002334",
        "Names, codes and hierarchy: Mondo Disease Ontology",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[tokio::test]
async fn every_page_is_there_and_complete() {
    let site = Site::open().await;
    for path in [
        "/",
        "/conditions",
        "/conditions?letter=m",
        "/conditions?letter=0",
        "/conditions/families",
        "/search",
        "/search?q=",
        "/search?q=myeloma",
        "/search?q=mutiple+mieloma",
        "/about",
        "/sources",
        "/privacy",
        "/accessibility",
        "/help",
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let html = page.text();
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        assert_eq!(html.matches("<main").count(), 1, "{path}");
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\">"),
            "{path}"
        );
        assert!(
            html.contains("<title>") && html.ends_with("</body></html>"),
            "{path}"
        );
        assert!(!html.contains("rareshare-head"), "{path}");
    }
}

#[tokio::test]
async fn search_says_what_answered() {
    let site = Site::open().await;
    let text = words(&site.get("/search?q=kahlers").await.text());
    assert!(
        text.contains("Multiple myeloma") && text.contains("Also called: Kahler"),
        "{text}"
    );
    let text = words(&site.get("/search?q=mutiple+mieloma").await.text());
    assert!(
        text.contains("for “mutiple mieloma”. Did you mean") && text.contains("Multiple myeloma")
    );
    let text = words(&site.get("/search?q=C90").await.text());
    assert!(
        text.contains("Multiple myeloma") && text.contains("Code: ICD-10:C90.0"),
        "{text}"
    );
    let text = words(&site.get("/search?q=qqqqzzzzxxxx").await.text());
    assert!(text.contains("No results for"), "{text}");
}

#[tokio::test]
async fn suggestions_are_json() {
    let site = Site::open().await;
    let answer = site.get("/api/search/suggest?q=kahl").await;
    let hits: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(hits[0]["slug"], "multiple-myeloma");
    assert_eq!(hits[0]["matched"]["by"], "synonym");
    let answer = site.get("/api/search/suggest").await;
    assert_eq!(answer.text(), "[]");
}

#[tokio::test]
async fn search_engines_get_what_they_need() {
    let site = Site::open().await;
    let html = site.get("/communities/multiple-myeloma").await.text();
    assert!(html.contains(
        "<link rel=\"canonical\" href=\"https://rareshare.example/communities/multiple-myeloma\">"
    ));
    assert!(!html.contains("noindex"));
    let data: Vec<serde_json::Value> = html
        .split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap())
        .collect();
    assert_eq!(data[0]["@type"], "MedicalWebPage");
    assert_eq!(data[0]["about"]["@type"], "MedicalCondition");
    let codes = data[0]["about"]["code"].as_array().unwrap();
    assert!(
        codes
            .iter()
            .any(|code| code["codingSystem"] == "ORPHA" && code["codeValue"] == "29073")
    );
    assert_eq!(data[1]["@type"], "BreadcrumbList");
    assert!(site.get("/search?q=x").await.text().contains("noindex"));
    let index = site.get("/sitemap.xml").await.text();
    assert!(
        index.contains("https://rareshare.example/sitemaps/conditions-1.xml"),
        "{index}"
    );
    let part = site.get("/sitemaps/conditions-1.xml").await.text();
    assert!(
        part.contains("/communities/multiple-myeloma</loc><lastmod>2026-11-23<"),
        "{part}"
    );
    assert!(
        site.get("/robots.txt")
            .await
            .text()
            .contains("Sitemap: https://rareshare.example/sitemap.xml")
    );
    assert_eq!(
        site.get("/sitemaps/conditions-9.xml").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn pages_without_human_words_are_not_listed() {
    let site = Site::open().await;
    site.bare_condition("Testlike syndrome", "MONDO:9999999")
        .await;
    let page = site.get("/communities/testlike-syndrome").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text()
            .contains("<meta name=\"robots\" content=\"noindex\">")
    );
    let part = site.get("/sitemaps/conditions-1.xml").await.text();
    assert!(!part.contains("testlike-syndrome"));
}
