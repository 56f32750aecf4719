//! Profiles and pictures through the whole router.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    account::{Accounts, Actor},
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::{Answer, Site, account::joining, addresses::Places, functions::READS};

/// What a hydrated page sends its picture to.
const FUNCTION: &str = "/api/profile/picture";

/// A small picture as PNG.
pub(crate) fn png() -> Vec<u8> {
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
        self.send_picture_to("/settings/picture", cookie, file, audience)
            .await
    }

    async fn send_picture_to(
        &self,
        path: &str,
        cookie: &str,
        file: &[u8],
        audience: &str,
    ) -> Answer {
        let mut body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nprofile/picture\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"audience\"\r\n\r\n{audience}\r\n\
             --XX\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"<script>.png\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = Request::post(path)
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

    pub(crate) async fn actor(&self, cookie: &str) -> Actor {
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

/// Everything that a visitor can look at where something of a member might stand, with what pages
/// fetch.
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
        "/api/profile/members?slug=multiple-myeloma&after=0000000000",
        "/api/catalogue/search?query=canary&from=0",
        "/nowhere",
    ]
    .map(str::to_owned)
    .to_vec();
    surfaces.push(format!("/members/{handle}"));
    surfaces.push(format!("/members/{handle}/picture"));
    surfaces.push(format!("/admin/people/{handle}"));
    let places = Places {
        other: handle,
        number: 1,
        tip: String::new(),
        topic: "0000000000".to_owned(),
        question: "0000000000".to_owned(),
    };
    let functions = READS.iter().map(|read| places.fill(&read.address()));
    surfaces.extend(functions.filter(|address| !address.is_empty()));
    surfaces
}

#[tokio::test]
async fn private_items_appear_nowhere_for_others() {
    let site = Site::open().await;
    let owner = site.member("canary-mail@example.org", "Canary Name").await;
    let handle = site.handle("canary-mail@example.org").await;
    let stranger = site.member("grace@example.org", "Grace").await;
    let fellow = site.member("mary@example.org", "Mary").await;
    let named = "form=community/add&condition=Multiple+myeloma&audience=communities";
    let added = site
        .send_body("/settings/communities", &fellow, named)
        .await;
    assert_eq!(added.header("location"), "/settings/communities?done=saved");
    let named = "form=community/add&condition=ORPHA%3A29073&audience=only-me&home=yes";
    let added = site.send_body("/settings/communities", &owner, named).await;
    assert_eq!(added.header("location"), "/settings/communities?done=saved");

    // For each audience, who may see the canaries: visitor, stranger, fellow, owner.
    for (audience, seen_by) in [
        ("only-me", [false, false, false, true]),
        ("communities", [false, false, true, true]),
        ("members", [false, true, true, true]),
        ("everyone", [true, true, true, true]),
    ] {
        let profile = [
            ("form", "profile/change"),
            ("name", "Canary Name"),
            ("name-audience", audience),
            ("about", "Canary about."),
            ("about-audience", audience),
            ("listed-audience", audience),
        ];
        let saved = site.send("/settings/profile", &owner, &profile).await;
        assert_eq!(saved.header("location"), "/settings/profile?done=saved");
        let named = format!(
            "form=community/change%23multiple-myeloma&slug=multiple-myeloma&audience={audience}&home=yes"
        );
        let changed = site
            .send_body("/settings/communities", &owner, &named)
            .await;
        assert_eq!(
            changed.header("location"),
            "/settings/communities?done=saved"
        );
        let sent = site.send_picture(&owner, &png(), audience).await;
        assert_eq!(sent.header("location"), "/settings/picture?done=saved");

        for (cookie, may) in ["", &stranger, &fellow, &owner].into_iter().zip(seen_by) {
            let cookie = [("cookie", cookie)];
            let (mut found, mut fetched) = (false, false);
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
                    // What a page fetches names the address that was asked for nowhere.
                    let address = if path.starts_with("/api/") {
                        handle.clone()
                    } else {
                        format!("/members/{handle}")
                    };
                    let shows = text.contains("canary name")
                        || text.contains("canary about")
                        || text.contains(&address);
                    assert!(!shows && !is_picture, "{audience} {path}: {text}");
                }
                let tells = text.contains("canary about");
                found |= tells && path.starts_with("/members/");
                fetched |= tells && path.starts_with("/api/profile/member?");
            }
            assert_eq!((found, fetched), (may, may), "{audience}");
        }
    }
}

#[tokio::test]
async fn search_engines_list_whom_they_may() {
    let site = Site::open().await;
    let owner = site.member("ada@example.org", "Ada").await;
    let path = format!("/members/{}", site.handle("ada@example.org").await);
    let mut profile = vec![
        ("form", "profile/change"),
        ("name", "Ada"),
        ("name-audience", "everyone"),
        ("about", ""),
        ("about-audience", "only-me"),
        ("listed-audience", "only-me"),
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
        // The same where a script sends it.
        let answer = site
            .send_picture_to(FUNCTION, &owner, file, "everyone")
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{words}");
        let error = &answer.json()["Shown"]["errors"][0];
        assert_eq!(error["field"], "picture", "{words}");
        assert!(
            error["message"].as_str().unwrap().contains(words),
            "{words}"
        );
    }
    let huge = vec![0; 101 * 1024 * 1024];
    for path in ["/settings/picture", FUNCTION] {
        let answer = site.send_picture_to(path, &owner, &huge, "everyone").await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
    // Without a session nothing is read, kept or told.
    let answer = site.send_picture("", &png(), "everyone").await;
    assert_eq!(
        answer.header("location"),
        "/sign-in?next=%2Fsettings%2Fpicture"
    );
    let answer = site.send_picture_to(FUNCTION, "", &png(), "everyone").await;
    assert_eq!(answer.json(), "SignedOut");
    let nothing = site.storage.profiles().own(site.actor(&owner).await).await;
    assert_eq!(nothing.unwrap().picture, None);
}

#[tokio::test]
async fn a_picture_is_sent_as_what_it_is() {
    let site = Site::open().await;
    let owner = site.member("ada@example.org", "Ada").await;
    let sent = site
        .send_picture_to(FUNCTION, &owner, &png(), "everyone")
        .await;
    assert_eq!(sent.json()["Done"]["path"], "/settings/picture?done=saved");
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
        "form=profile/picture-audience&audience=members",
    )
    .await;
    let hidden = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn joining_names_a_condition_as_people_do() {
    let site = Site::open().await;
    let mut form = joining("ada@example.org");
    form.retain(|(name, _)| *name != "condition");
    form.push(("condition", "myel"));
    let asked = site.send("/join", "", &form).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.text().contains("Multiple myeloma"));
    form.pop();
    form.push(("condition", "kahler disease"));
    let joined = site.send("/join", "", &form).await;
    assert_eq!(joined.header("location"), "/join?done=mail");
}
