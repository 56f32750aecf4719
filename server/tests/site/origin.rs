//! Forms that other sites send: the table in `server/src/http/origin.rs`, all of it.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use crate::Site;

const FORM: &str = "application/x-www-form-urlencoded";

/// What the table says of `Sec-Fetch-Site` and `Origin`.
fn is_let_through(fetch_site: Option<&str>, origin: Option<&str>) -> bool {
    let ours = origin == Some("https://rareshare.example");
    match fetch_site {
        Some("same-origin") => ours || origin.is_none() || origin == Some("null"),
        Some(_) => false,
        None => ours,
    }
}

#[tokio::test]
async fn every_combination_ends_as_the_table_says() {
    let site = Site::open().await;
    let mut passed = 0;
    for fetch_site in [
        Some("same-origin"),
        Some("same-site"),
        Some("cross-site"),
        Some("none"),
        Some("nonsense"),
        None,
    ] {
        for origin in [
            Some("https://rareshare.example"),
            Some("https://evil.example"),
            Some("https://rareshare.example.evil.example"),
            Some("http://rareshare.example:80"),
            Some("null"),
            Some(""),
            None,
        ] {
            for (kind, is_form) in [
                (Some(FORM), true),
                (
                    Some("application/x-www-form-urlencoded; charset=UTF-8"),
                    true,
                ),
                (Some("text/plain"), false),
                (Some("multipart/form-data; boundary=x"), false),
                (Some("application/json"), false),
                (None, false),
            ] {
                for path in [
                    "/sign-in",
                    "/join",
                    "/sign-out",
                    "/no/such/page",
                    "/settings/picture",
                ] {
                    // Files are taken at one address alone.
                    let with_files = kind.is_some_and(|kind| kind.starts_with("multipart"));
                    let is_form = is_form || (with_files && path == "/settings/picture");
                    let mut request = Request::post(path).header("host", "rareshare.example");
                    for (name, value) in [
                        ("sec-fetch-site", fetch_site),
                        ("origin", origin),
                        ("content-type", kind),
                    ] {
                        if let Some(value) = value {
                            request = request.header(name, value);
                        }
                    }
                    let answer = site.ask(request.body(Body::empty()).unwrap()).await;
                    let case = format!("{path} {fetch_site:?} {origin:?} {kind:?}");
                    if !is_let_through(fetch_site, origin) {
                        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{case}");
                        assert!(answer.text().contains("nothing was done"), "{case}");
                    } else if is_form {
                        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{case}");
                        assert!(!answer.status.is_server_error(), "{case}");
                        passed += 1;
                    } else {
                        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{case}");
                    }
                }
            }
        }
    }
    // Four rows, two spellings, five paths, and a third kind of form at one of them.
    assert_eq!(passed, 4 * (2 * 5 + 1));
}

#[tokio::test]
async fn the_name_under_which_the_site_was_reached_is_its_own() {
    let site = Site::open().await;
    for (host, origin, status) in [
        (
            "127.0.0.1:3000",
            "http://127.0.0.1:3000",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "127.0.0.1:3000",
            "http://127.0.0.1:4000",
            StatusCode::FORBIDDEN,
        ),
        ("127.0.0.1:3000", "127.0.0.1:3000", StatusCode::FORBIDDEN),
    ] {
        let request = Request::post("/sign-in")
            .header("host", host)
            .header("origin", origin)
            .header("content-type", FORM)
            .body(Body::empty())
            .unwrap();
        assert_eq!(site.ask(request).await.status, status, "{host} {origin}");
    }
}

#[tokio::test]
async fn nothing_is_written_by_reading() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    for path in [
        "/sign-out",
        "/settings/devices?form=here",
        "/settings/delete?form=delete&present=four+gardens+without+a+fence",
        "/settings/profile?form=profile&name=Eve",
        "/settings/picture?form=remove",
        "/settings/conditions?form=add&condition=multiple+myeloma",
    ] {
        let answer = site.get_with(path, &[("cookie", &member)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    let profile = site
        .get_with("/settings/profile", &[("cookie", &member)])
        .await;
    assert!(profile.text().contains("value=\"Ada\""));
}
