//! Profiles, pictures and the administration through the whole router.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    account::{Accounts, Actor, Measure, Role},
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::{Answer, Site};

/// A small picture as PNG.
fn png() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([10, 120, 90]))
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

impl Site {
    /// Sends a body as a form of a page of the site.
    pub(crate) async fn send_body(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", cookie)
            .body(Body::from(body.to_owned()))
            .unwrap();
        self.ask(request).await
    }

    /// Sends a file as the form for a picture does.
    async fn send_picture(&self, cookie: &str, file: &[u8], audience: &str) -> Answer {
        let mut body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\npicture\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"audience\"\r\n\r\n{audience}\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"<script>.png\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = Request::post("/settings/picture")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=XX")
            .header("cookie", cookie)
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    pub(crate) async fn handle(&self, address: &str) -> String {
        let accounts = self.storage.accounts();
        let record = accounts.find(Actor::Operator, address).await;
        record.unwrap().handle
    }

    async fn actor(&self, cookie: &str) -> Actor {
        let token = cookie.split_once('=').unwrap().1;
        let token = domain::account::Token::parse(token).unwrap();
        let viewer = self.storage.accounts().authenticate(&token).await;
        viewer.unwrap().unwrap().actor
    }

    /// Somebody whose profile everyone sees: their handle.
    pub(crate) async fn public_member(&self, address: &str) -> String {
        let cookie = self.member(address, "Open Book").await;
        let draft = ProfileDraft {
            name: "Open Book".to_owned(),
            name_audience: Audience::Everyone,
            about: String::new(),
            about_audience: Audience::Everyone,
            listed_audience: Audience::Everyone,
            for_search_engines: false,
        };
        let actor = self.actor(&cookie).await;
        let profiles = self.storage.profiles();
        profiles.change(actor, draft).await.unwrap();
        self.handle(address).await
    }
}

/// Everything that a visitor can look at where something of a member might stand.
fn surfaces(handle: &str) -> Vec<String> {
    let mut surfaces: Vec<String> = [
        "/",
        "/communities/multiple-myeloma",
        "/communities/multiple-myeloma/members",
        "/communities/multiple-myeloma/members?after=0000000000",
        "/conditions",
        "/search?q=canary",
        "/about",
        "/sources",
        "/sign-in",
        "/join",
        "/settings",
        "/settings/profile",
        "/settings/what-others-see?by=member",
        "/admin/people",
        "/sitemap.xml",
        "/sitemaps/1.xml",
        "/robots.txt",
        "/api/search/suggest?q=canary",
        "/nowhere",
    ]
    .map(str::to_owned)
    .to_vec();
    surfaces.push(format!("/members/{handle}"));
    surfaces.push(format!("/members/{handle}/picture"));
    surfaces.push(format!("/admin/people/{handle}"));
    let pages: Vec<String> = surfaces
        .iter()
        .filter(|path| !path.starts_with("/api"))
        .map(|path| format!("/api/page?address={}", crate::percent(path)))
        .collect();
    surfaces.extend(pages);
    surfaces
}

#[tokio::test]
async fn private_items_appear_nowhere_for_others() {
    let site = Site::open().await;
    let owner = site.member("canary-mail@example.org", "Canary Name").await;
    let handle = site.handle("canary-mail@example.org").await;
    let stranger = site.member("grace@example.org", "Grace").await;
    let fellow = site.member("mary@example.org", "Mary").await;
    let named = "form=add&condition=Multiple+myeloma&audience=only-me";
    let added = site.send_body("/settings/conditions", &fellow, named).await;
    assert_eq!(added.header("location"), "/settings/conditions?done=saved");

    // For each audience, who may see the canaries: visitor, stranger, fellow, owner.
    for (audience, seen_by) in [
        ("only-me", [false, false, false, true]),
        ("communities", [false, false, true, true]),
        ("members", [false, true, true, true]),
        ("everyone", [true, true, true, true]),
    ] {
        let profile = [
            ("form", "profile"),
            ("name", "Canary Name"),
            ("name-audience", audience),
            ("about", "Canary about."),
            ("about-audience", audience),
            ("listed-audience", audience),
        ];
        let saved = site.send("/settings/profile", &owner, &profile).await;
        assert_eq!(saved.header("location"), "/settings/profile?done=saved");
        let named = format!("form=add&condition=ORPHA%3A29073&audience={audience}&home=yes");
        site.send_body("/settings/conditions", &owner, &named).await;
        let sent = site.send_picture(&owner, &png(), audience).await;
        assert_eq!(sent.header("location"), "/settings/picture?done=saved");

        for (cookie, may) in ["", &stranger, &fellow, &owner].into_iter().zip(seen_by) {
            let cookie = [("cookie", cookie)];
            let mut found = false;
            // Twice, so that what is kept is looked at, too.
            for path in surfaces(&handle).iter().chain(&surfaces(&handle)) {
                let answer = site.get_with(path, &cookie).await;
                assert!(!answer.status.is_server_error(), "{path}");
                let text = answer.text().to_lowercase();
                let is_picture = answer.body.starts_with(&[0xff, 0xd8, 0xff]);
                assert!(
                    !text.contains("canary-mail") || may && cookie[0].1 == owner,
                    "{path}"
                );
                if !may {
                    let shows = text.contains("canary name")
                        || text.contains("canary about")
                        || text.contains(&format!("/members/{handle}"));
                    assert!(!shows && !is_picture, "{audience} {path}: {text}");
                }
                found |= text.contains("canary about") && path.starts_with("/members/");
            }
            assert_eq!(found, may, "{audience}");
        }
    }
}

#[tokio::test]
async fn search_engines_list_whom_they_may() {
    let site = Site::open().await;
    let owner = site.member("ada@example.org", "Ada").await;
    let path = format!("/members/{}", site.handle("ada@example.org").await);
    let mut profile = vec![
        ("form", "profile"),
        ("name", "Ada"),
        ("name-audience", "everyone"),
    ];
    site.send("/settings/profile", &owner, &profile).await;
    let page = site.get(&path).await;
    assert!(
        page.text()
            .contains("<meta name=\"robots\" content=\"noindex\">")
    );
    let canonical = format!("<link rel=\"canonical\" href=\"https://rareshare.example{path}\">");
    assert!(page.text().contains(&canonical));
    profile.push(("search-engines", "yes"));
    site.send("/settings/profile", &owner, &profile).await;
    assert!(!site.get(&path).await.text().contains("noindex"));
    let list = site.get("/communities/multiple-myeloma/members").await;
    assert!(list.text().contains("noindex"), "a list is never listed");
}

#[tokio::test]
async fn pictures_are_refused_in_words() {
    let site = Site::open().await;
    let owner = site.member("ada@example.org", "Ada").await;
    let large = vec![0; 50 * 1024 * 1024];
    let mut bomb = png();
    // Width and height, 60,000 each: the checksum is wrong then, but nobody must unpack it first.
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    for (file, words) in [
        (b"".as_slice(), "Choose a picture first."),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            "JPEG, PNG or WebP",
        ),
        (b"MZ\x90\0 a program", "JPEG, PNG or WebP"),
        (&bomb, "picture"),
        (&large, "larger than 10 MB"),
    ] {
        let answer = site.send_picture(&owner, file, "everyone").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.text().contains(words), "{words}");
        assert!(answer.text().contains("aria-invalid"), "at its field");
    }
    let huge = vec![0; 101 * 1024 * 1024];
    let answer = site.send_picture(&owner, &huge, "everyone").await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Without a session nothing is read, kept or told.
    let answer = site.send_picture("", &png(), "everyone").await;
    assert_eq!(
        answer.header("location"),
        "/sign-in?next=%2Fsettings%2Fpicture"
    );
    let nothing = site.storage.profiles().own(site.actor(&owner).await).await;
    assert_eq!(nothing.unwrap().picture, None);
}

#[tokio::test]
async fn a_picture_is_sent_as_what_it_is() {
    let site = Site::open().await;
    let owner = site.member("ada@example.org", "Ada").await;
    site.send_picture(&owner, &png(), "everyone").await;
    let path = format!("/members/{}/picture", site.handle("ada@example.org").await);
    let picture = site.get(&path).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(picture.header("cache-control"), "private, no-cache");
    let etag = picture.header("etag").to_owned();
    let again = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    // Hidden, it is not "not modified" either.
    site.send_body(
        "/settings/picture",
        &owner,
        "form=audience&audience=members",
    )
    .await;
    let hidden = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_filled_in_outlasts_the_session() {
    let site = Site::open().await;
    site.member("ada@example.org", "Ada").await;
    let form = [
        ("form", "profile"),
        ("name", "Ada"),
        ("about", "Written for an hour & \"kept\" <b>"),
        ("about-audience", "members"),
        ("present", "a password that was typed"),
    ];
    let signed_out = site.send("/settings/profile", "", &form).await;
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    let page = signed_out.text();
    assert!(page.contains("You have been signed out meanwhile"));
    assert!(!page.contains("a password that was typed"));
    let hidden = |name: &str| {
        let from = page
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap();
        from.split('"').next().unwrap().replace("&amp;", "&")
    };
    // A wrong password at first loses nothing.
    let wrong = [
        ("form", "sign-in"),
        ("email", "ada@example.org"),
        ("password", "five gardens with a fence"),
        ("next", &hidden("next")),
        ("kept", &hidden("kept")),
    ];
    let refused = site.send("/sign-in", "", &wrong).await.text();
    assert!(
        refused.contains("You have been signed out meanwhile") && refused.contains("data-plain")
    );
    for name in ["next", "kept"] {
        let value = page
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap();
        let value = value.split('"').next().unwrap();
        assert!(!value.is_empty() && refused.contains(value), "{name}");
    }
    let sign_in = [
        ("form", "sign-in"),
        ("email", "ada@example.org"),
        ("password", "four gardens without a fence"),
        ("next", &hidden("next")),
        ("kept", &hidden("kept")),
    ];
    let resumed = site.send("/sign-in", "", &sign_in).await;
    assert_eq!(resumed.status, StatusCode::OK);
    assert!(resumed.headers.contains_key("set-cookie"), "signed in");
    assert_eq!(resumed.header("cache-control"), "no-store");
    let page = resumed.text();
    assert!(page.contains("You are signed in again"));
    assert!(
        page.contains("Written for an hour &amp; \"kept\" &lt;b>"),
        "{page}"
    );
    assert!(page.contains("<summary><span>Ada</span></summary>"));
    // The same where the page is hydrated: the form to sign in comes, and keeps everything.
    let json = site
        .send_with(
            "/settings/profile",
            &form,
            &[("accept", "application/json")],
        )
        .await;
    let (path, anew, html): (String, bool, String) = serde_json::from_slice(&json.body).unwrap();
    assert_eq!((path.as_str(), anew), ("", false));
    assert!(html.contains("data-plain") && html.contains("Written+for+an+hour"));
}

#[tokio::test]
async fn joining_names_a_condition_as_people_do() {
    let site = Site::open().await;
    let mut form = vec![
        ("form", "join"),
        ("key", "k"),
        ("email", "ada@example.org"),
        ("name", "Ada"),
        ("password", "four gardens without a fence"),
        ("age", "yes"),
        ("terms", "yes"),
        ("country", "IS"),
        ("condition", "myel"),
    ];
    let asked = site.send("/join", "", &form).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text().contains("Multiple myeloma"));
    form.pop();
    form.push(("condition", "kahler disease"));
    let joined = site.send("/join", "", &form).await;
    assert_eq!(joined.header("location"), "/join?done=mail");
}

#[tokio::test]
async fn administrators_look_after_accounts() {
    let site = Site::open().await;
    let admin = site.member("admin@example.org", "Root").await;
    let ada = site.member("ada@example.org", "Ada <b>").await;
    let handle = site.handle("ada@example.org").await;
    let accounts = site.storage.accounts();
    let grant = Measure::Grant(Role::Administrator);
    accounts
        .measure(Actor::Operator, "admin@example.org", grant, "Runs it")
        .await
        .unwrap();
    let read = async |path: &str| site.get_with(path, &[("cookie", &admin)]).await;
    let list = read("/admin/people").await;
    assert_eq!(list.status, StatusCode::OK);
    assert_eq!(list.header("cache-control"), "no-store");
    assert!(
        !list.text().contains("<script type=\"module\""),
        "no script"
    );
    assert!(list.text().contains("Ada &lt;b&gt;"), "{}", list.text());
    for (query, found) in [
        ("q=ada", true),
        ("q=ADA%40example", true),
        ("q=%25", false),
        ("q=a_a", false),
        ("q=%00%27%3B", false),
        ("show=suspended", false),
        ("show=with-roles", false),
        ("q=ada&show=all", true),
    ] {
        let page = read(&format!("/admin/people?{query}")).await.text();
        assert_eq!(
            page.contains(&format!("/admin/people/{handle}")),
            found,
            "{query}"
        );
    }
    let path = format!("/admin/people/{handle}");
    for (form, status) in [
        (
            "form=grant&role=expert&reason=",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "form=grant&role=king&reason=x",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "form=grant&role=expert&reason=Checked",
            StatusCode::SEE_OTHER,
        ),
        ("form=suspend&reason=Advertising", StatusCode::SEE_OTHER),
    ] {
        let answer = site.send_body(&path, &admin, form).await;
        assert_eq!(answer.status, status, "{form}");
    }
    let page = read(&path).await.text();
    assert!(page.contains("Checked") && page.contains("Advertising"));
    assert!(page.contains("Suspended"));
    let settings = site.get_with("/settings", &[("cookie", &ada)]).await.text();
    assert!(settings.contains("Your account is suspended") && settings.contains("Advertising"));
    assert!(!settings.contains("Root"), "who did it stays unsaid");
    let own = format!("/admin/people/{}", site.handle("admin@example.org").await);
    let answer = site
        .send_body(&own, &admin, "form=suspend&reason=Myself")
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // What administrators may not do with a restored account is nothing: once more.
    site.send_body(&path, &admin, "form=restore&reason=Sorry")
        .await;
    assert!(!read(&path).await.text().contains("<dd>Suspended"));
}
