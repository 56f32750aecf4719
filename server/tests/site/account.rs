//! Accounts through the whole router, without a browser.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    account::{
        Accounts, Actor, Client, EmailAddress, Join, ModerationAction, Password, Role,
        SecondFactor, SecondFactorCode, SecondFactors, Submission, Token,
    },
    mail::Letter,
    time::Clock,
};

use crate::{Answer, Noon, Site};

pub(crate) const PASSWORD: &str = "four gardens without a fence";

/// The code that an app shows, so many steps of half a minute from now.
pub(crate) fn code_of(secret: &str, steps: i64) -> String {
    let secret: String = secret.split_whitespace().collect();
    let secret = totp_rs::Secret::try_from_base32(&secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let seconds = Noon.now().0 / 1_000_000 + 30 * steps;
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

impl Site {
    /// Sends a form as a page of the site does.
    pub(crate) async fn send(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        self.send_with(path, fields, &[("cookie", cookie)]).await
    }

    pub(crate) async fn send_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", crate::percent(value)))
            .collect();
        let mut request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body.join("&"))).unwrap())
            .await
    }

    /// Calls the function of a form as a hydrated page does.
    pub(crate) async fn call(
        &self,
        function: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let body = serde_json::json!({ "posted": fields }).to_string();
        let request = Request::post(format!("/api/{function}"))
            .header("content-length", body.len())
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("cookie", cookie)
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// The link in the letter that waits.
    pub(crate) async fn link(&self) -> String {
        let outbox = self.storage.outbox();
        let outgoing = outbox.take().await.unwrap().expect("a letter waits");
        outbox.remove(outgoing.id).await.unwrap();
        match outgoing.letter {
            Letter::ConfirmAddress { token }
            | Letter::ChooseNewPassword { token }
            | Letter::ConfirmNewAddress { token } => token,
            _ => panic!("a letter without a link"),
        }
    }

    /// Gives somebody a role, and sets the second factor up that they need for it. Letters that wait are
    /// gone.
    pub(crate) async fn grant(&self, address: &str, cookie: &str, role: Role, reason: &str) {
        let accounts = self.storage.accounts();
        let grant = ModerationAction::Grant(role);
        let granted = accounts.moderate(Actor::Operator, address, grant, reason);
        granted.await.unwrap();
        let actor = self.actor(cookie).await;
        if actor.member().unwrap().awaits_second_factor {
            self.set_up_second_factor(actor).await;
        }
    }

    /// Sets a second factor up, and returns its secret. Letters that wait are gone.
    pub(crate) async fn set_up_second_factor(&self, actor: Actor) -> String {
        let accounts = self.storage.accounts();
        accounts
            .begin(actor, &Password::new(PASSWORD))
            .await
            .unwrap();
        let SecondFactor::Begun { secret } = accounts.second_factor(actor).await.unwrap() else {
            panic!("nothing was begun");
        };
        let code = SecondFactorCode::parse("code", &code_of(&secret, -1)).unwrap();
        accounts.set_up(actor, &code).await.unwrap();
        let outbox = self.storage.outbox();
        while let Some(outgoing) = outbox.take().await.unwrap() {
            outbox.remove(outgoing.id).await.unwrap();
        }
        secret
    }

    /// Someone who is signed in: the cookie of their session.
    pub(crate) async fn member(&self, address: &str, name: &str) -> String {
        let accounts = self.storage.accounts();
        let client = Client {
            network: "192.0.2.1".parse().unwrap(),
            device: None,
            agent: String::new(),
        };
        let join = Join {
            email: EmailAddress::parse("email", address).unwrap(),
            name: name.to_owned(),
            password: Password::new(PASSWORD),
            relation: None,
            home: None,
            country: None,
        };
        let submission = Submission {
            key: address.to_owned(),
            body: String::new(),
        };
        let joined = accounts.join(Actor::Visitor, &client, join, &submission);
        joined.await.unwrap();
        let token = Token::parse(&self.link().await).unwrap();
        let password = Password::new(PASSWORD);
        let confirmed = accounts.confirm(Actor::Visitor, &client, &token, &password);
        format!(
            "__Host-session={}",
            confirmed.await.unwrap().session.expose()
        )
    }
}

/// The form by which somebody joins.
pub(crate) fn joining(email: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("form", "account/join"),
        ("key", email),
        ("email", email),
        ("name", "Ada"),
        ("password", PASSWORD),
        ("relation", "patient"),
        ("condition", ""),
        ("country", ""),
        ("age", "yes"),
        ("terms", "yes"),
    ]
}

/// The form by which somebody signs in.
pub(crate) fn signing_in<'a>(email: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("form", "account/sign-in"),
        ("email", email),
        ("password", password),
        ("next", ""),
        ("kept", ""),
    ]
}

/// The value of a cookie that an answer sets.
pub(crate) fn cookie(answer: &Answer, name: &str) -> Option<String> {
    answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| value.strip_prefix(&format!("{name}="))?.split(';').next())
        .map(str::to_owned)
}

#[tokio::test]
async fn joining_to_signing_out_without_a_script() {
    let site = Site::open().await;
    let joined = site.send("/join", "", &joining("ada@example.org")).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
    assert_eq!(joined.header("location"), "/join?done=mail");
    let token = site.link().await;
    let path = format!("/confirm/{token}");
    let asked = site.get(&path).await;
    assert_eq!(asked.header("cache-control"), "no-store");
    assert!(asked.text().contains("value=\"ada@example.org\""));
    let confirm = [
        ("form", "account/confirm"),
        ("token", token.as_str()),
        ("password", PASSWORD),
    ];
    let begun = site.send(&path, "", &confirm).await;
    assert_eq!(begun.header("location"), "/settings?done=begun");
    let set: Vec<&str> = begun
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert_eq!(set.len(), 2);
    for line in set {
        assert!(line.starts_with("__Host-"), "{line}");
        for attribute in ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"] {
            assert!(line.contains(attribute), "{line}");
        }
    }
    let session = format!(
        "__Host-session={}",
        cookie(&begun, "__Host-session").unwrap()
    );
    let page = site
        .get_with("/communities/multiple-myeloma", &[("cookie", &session)])
        .await;
    assert!(
        page.markup()
            .contains("<summary><span>Ada</span></summary>")
    );
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let ended = site
        .send("/sign-out", &session, &[("form", "account/sign-out")])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(cookie(&ended, "__Host-session").as_deref(), Some(""));
    assert_eq!(ended.header("clear-site-data"), "\"cache\", \"storage\"");
    let after = site.get_with("/settings", &[("cookie", &session)]).await;
    assert_eq!(after.status, StatusCode::FOUND);
    assert_eq!(after.header("location"), "/sign-in?next=%2Fsettings");
    assert_eq!(cookie(&after, "__Host-session").as_deref(), Some(""));
}

#[tokio::test]
async fn what_a_member_sees_never_reaches_a_visitor() {
    let site = Site::open().await;
    let member = site.member("canary-mail@example.org", "Canary Name").await;
    let pages = [
        "/",
        "/communities/multiple-myeloma",
        "/conditions",
        "/search?q=canary",
        "/about",
        "/sign-in",
        "/join",
        "/settings",
        "/sitemap.xml",
        "/api/search/suggest?q=canary",
        "/api/account/settings-page",
        "/api/account/own-email?page=address",
        "/api/account/devices-page",
        "/api/account/sign-in-page",
        "/api/account/sign-out-page",
        "/api/profile/own",
        "/api/profile/preview?by=member",
        "/api/site/overview",
        "/api/catalogue/condition?slug=multiple-myeloma",
        "/api/search/results?query=canary&from=0",
    ];
    // First the member, so that whatever could be kept is.
    for path in pages {
        let own = site.get_with(path, &[("cookie", &member)]).await;
        assert!(!own.status.is_server_error(), "{path}");
        assert!(!own.header("cache-control").contains("public"), "{path}");
    }
    for path in pages {
        for _ in 0..2 {
            let answer = site.get(path).await;
            let text = answer.text().to_lowercase();
            for canary in ["canary name", "canary-mail"] {
                assert!(!text.contains(canary), "{path}");
            }
        }
    }
    let own = site
        .get_with("/api/account/settings-page", &[("cookie", &member)])
        .await;
    assert!(own.text().contains("canary-mail"));
    assert_eq!(own.header("cache-control"), "no-store");
    // A visitor's page that is kept is not shown to the member, either.
    let own = site.get_with("/", &[("cookie", &member)]).await;
    assert!(own.text().contains("Canary Name"));
}

#[tokio::test]
async fn a_known_browser_that_is_signed_out_reads_kept_pages() {
    let site = Site::open().await;
    let first = site.get("/about").await;
    let again = site
        .get_with("/about", &[("cookie", "__Host-device=x")])
        .await;
    assert_eq!(first.header("x-request-id").len(), 10);
    assert_eq!(again.header("x-request-id"), "", "it came from the cache");
}
