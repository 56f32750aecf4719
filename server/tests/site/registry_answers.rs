//! An answer that was given elsewhere while a page was open, through the whole router and without a script.

use axum::http::StatusCode;

use crate::Site;

/// The former answer that a page has its form carry, as it is sent.
fn carried(page: &str) -> String {
    let field = page.split("name=\"former\"").nth(1).unwrap();
    let value = field.split("value=\"").nth(1).unwrap();
    let value = value.split('"').next().unwrap();
    value
        .replace("&quot;", "%22")
        .replace("&amp;", "%26")
        .replace(' ', "+")
}

#[tokio::test]
async fn an_answer_that_was_changed_elsewhere_is_shown_before_it_is_replaced() {
    let site = Site::open().await;
    let ada = site.member("ada@example.org", "Ada").await;
    let at = site.screened(&ada).await;
    let path = format!("/registry/enrol/{at}/country");
    let body = |country: &str, former: &str| {
        format!(
            "form=registry/answer%23country&participant={at}&question=country&country={country}&former={former}"
        )
    };
    let shown = carried(&site.registry_page(&path, &ada).await);
    assert!(shown.contains("DE"), "{shown}");
    site.enrols(&path, &ada, &body("FR", &shown)).await;
    // Another page still shows Germany.
    let refused = site.send_body(&path, &ada, &body("IT", &shown)).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let page = refused.markup();
    assert!(page.contains("It is now: France."), "{page}");
    let chosen = page.split("value=\"IT\"").nth(1).unwrap();
    let chosen = chosen.split('>').next().unwrap();
    assert!(chosen.contains("selected"), "nothing is lost: {page}");
    // The page that came back has been told, and holds.
    let told = carried(&page);
    assert!(told.contains("FR"), "{told}");
    site.enrols(&path, &ada, &body("IT", &told)).await;
    let overview = format!("/registry/enrol/{at}");
    let page = site.registry_page(&overview, &ada).await;
    assert!(page.contains("Italy"), "{page}");
    // A page that was made before there was such a field is taken at its word.
    let older =
        format!("form=registry/answer%23country&participant={at}&question=country&country=ES");
    site.enrols(&path, &ada, &older).await;
}
