//! Forms that other sites send: the table in `server/src/http/origin.rs`, all of it.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};

use crate::{Site, sendings::all};

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

/// Whether this kind of content is taken at a path: forms everywhere, what a script sends below
/// `/api`, and files where there is a form for them.
fn is_taken(path: &str, kind: &str) -> bool {
    match kind.split(';').next() {
        Some(FORM) => true,
        Some("application/json") => path.starts_with("/api/"),
        Some("multipart/form-data") => {
            ["/settings/picture", "/api/profile/picture"].contains(&path)
        }
        _ => false,
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
            // Whoever is on the way can answer for it.
            Some("http://rareshare.example"),
            Some("null"),
            Some(""),
            None,
        ] {
            for kind in [
                Some(FORM),
                Some("application/x-www-form-urlencoded; charset=UTF-8"),
                Some("text/plain"),
                Some("multipart/form-data; boundary=x"),
                Some("application/json"),
                Some("application/json; charset=UTF-8"),
                None,
            ] {
                for path in [
                    "/sign-in",
                    "/join",
                    "/sign-out",
                    "/no/such/page",
                    "/settings/picture",
                    "/api/profile/picture",
                    "/api/account/sign-in",
                    "/api/no-such-function",
                ] {
                    let is_form = kind.is_some_and(|kind| is_taken(path, kind));
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
    // Four rows; two spellings of a form at eight paths, two of a call at three, files at two.
    assert_eq!(passed, 4 * (2 * 8 + 2 * 3 + 2));
}

#[tokio::test]
async fn the_name_under_which_the_site_was_reached_is_its_own() {
    let site = Site::open().await;
    let member = site.member("ada@example.org", "Ada").await;
    for (host, origin, status) in [
        (
            "127.0.0.1:3000",
            "http://127.0.0.1:3000",
            StatusCode::SEE_OTHER,
        ),
        (
            "127.0.0.1:3000",
            "http://127.0.0.1:4000",
            StatusCode::FORBIDDEN,
        ),
        ("127.0.0.1:3000", "127.0.0.1:3000", StatusCode::FORBIDDEN),
        (
            "other.example",
            "http://other.example",
            StatusCode::FORBIDDEN,
        ),
    ] {
        let request = Request::post("/sign-out")
            .header("host", host)
            .header("origin", origin)
            .header("content-type", FORM)
            .header("cookie", &member)
            .body(Body::from("form=account/sign-out"))
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
        "/settings/devices?form=account/sign-out",
        "/settings/delete?form=account/delete&present=four+gardens+without+a+fence",
        "/settings/profile?form=profile/change&name=Eve",
        "/settings/picture?form=profile/remove-picture",
        "/settings/communities?form=community/add&condition=multiple+myeloma",
    ] {
        let answer = site.get_with(path, &[("cookie", &member)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
    // Nor by reading the address of a function.
    for form in all() {
        let (_, fields) = form.body.split_once('&').unwrap_or_default();
        let path = format!("/api/{}?{fields}", form.name());
        let answer = site.get_with(&path, &[("cookie", &member)]).await;
        let status = answer.status.as_u16();
        assert!([404, 405].contains(&status), "{path}: {status}");
    }
    let profile = site
        .get_with("/settings/profile", &[("cookie", &member)])
        .await;
    assert!(profile.text().contains("value=\"Ada\""));
}
