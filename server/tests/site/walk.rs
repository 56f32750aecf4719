//! Every address, asked by every kind of person: each page is what the policy says, and what may not
//! be seen is byte for byte what does not exist.

use crate::{
    Answer, Site,
    account::{PASSWORD, joining, signing_in},
    addresses::{LINK, PAGES, Places, address},
    functions::READS,
    sendings::{FORMS, Form, borrowed, forms, pairs},
};
use axum::http::StatusCode;
use domain::{
    Error,
    account::{
        AccountId, Accounts, Actor, Member, ModerationAction, Role, Roles, SessionId, Standing,
        Token, Trust,
    },
    policy::{Action, permit},
};

/// Somebody who asks.
struct Person {
    kind: String,
    cookie: String,
    actor: Actor,
}

fn member(role: Option<Role>, standing: Standing, awaits_second_factor: bool) -> Actor {
    Actor::Member(Member {
        account: AccountId(uuid::Uuid::nil()),
        session: SessionId(uuid::Uuid::nil()),
        roles: Roles::from_iter(role),
        standing,
        trust: Trust::New,
        awaits_second_factor,
    })
}

async fn people(site: &Site) -> Vec<Person> {
    let accounts = site.storage.accounts();
    let visitor = |kind: &str, cookie: &str| Person {
        kind: kind.to_owned(),
        cookie: cookie.to_owned(),
        actor: Actor::Visitor,
    };
    let mut people = vec![
        visitor("visitor", ""),
        visitor("made-up session", &format!("__Host-session={LINK}")),
    ];
    // Somebody who has joined and not confirmed has no session, and is a visitor.
    let email = "unconfirmed@example.org";
    site.send("/join", "", &joining(email)).await;
    site.link().await;
    let unconfirmed = site
        .send("/sign-in", "", &signing_in(email, PASSWORD))
        .await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    people.push(visitor("unconfirmed", ""));
    let roles = Role::ALL.into_iter().map(Some).chain([None]);
    for (number, (role, standing)) in roles
        .flat_map(|role| [(role, Standing::Good), (role, Standing::Suspended)])
        .enumerate()
    {
        let address = format!("p{number}@example.org");
        let cookie = site.member(&address, "Somebody").await;
        if let Some(role) = role {
            site.grant(&address, &cookie, role, "A walk").await;
        }
        if standing == Standing::Suspended {
            let suspend = ModerationAction::Suspend { days: None };
            let suspended = accounts.moderate(Actor::Operator, &address, suspend, "A walk");
            suspended.await.unwrap();
        }
        people.push(Person {
            kind: format!("{role:?} {standing:?}"),
            cookie,
            actor: member(role, standing, false),
        });
    }
    let cookie = site.member("waiting@example.org", "Somebody").await;
    let grant = ModerationAction::Grant(Role::Administrator);
    let granted = accounts.moderate(Actor::Operator, "waiting@example.org", grant, "A walk");
    granted.await.unwrap();
    people.push(Person {
        kind: "waits for a second factor".to_owned(),
        cookie,
        actor: member(None, Standing::Good, true),
    });
    people
}

fn sends_elsewhere(answer: &Answer) -> bool {
    answer.status == StatusCode::FOUND || answer.status == StatusCode::MOVED_PERMANENTLY
}

/// Fails where a page shows a form that cannot be sent to it: without a script, that is where it goes.
fn assert_takes_its_forms((route, path): (&str, &str), answer: &Answer, case: &str) {
    if answer.status != StatusCode::OK {
        return;
    }
    let markup = answer.markup();
    for form in markup.split("<form").skip(1) {
        let (tag, rest) = form.split_once('>').unwrap();
        // Some go to another page.
        if !tag.contains(&format!("action=\"{path}\"")) || !tag.contains("method=\"post\"") {
            continue;
        }
        let (_, named) = rest.split_once("name=\"form\" value=\"").unwrap();
        let name = named.split(['"', '#']).next().unwrap();
        let is_taken = FORMS
            .iter()
            .any(|form| form.route == route && form.name() == name);
        assert!(is_taken, "{case} shows the form {name}");
    }
}

/// Fails where a page is not what the policy says.
async fn reads(site: &Site, person: &Person, places: &Places<'_>) {
    for page in PAGES {
        let case = format!("{} {}", person.kind, page.address);
        let cookie = [("cookie", person.cookie.as_str())];
        let path = places.fill(page.address);
        let answer = site.get_with(&path, &cookie).await;
        match permit(person.actor, page.reads) {
            Ok(()) => {
                // Signing in while signed in, signing out while signed out, codes: all lead on.
                let leads_on = sends_elsewhere(&answer)
                    && [
                        "/join",
                        "/sign-in",
                        "/sign-out",
                        "/orpha/{value}",
                        "/mondo/{value}",
                        "/omim/{value}",
                        "/topics/{id}",
                        "/questions/{id}",
                    ]
                    .contains(&page.route);
                let nobodys =
                    page.address.contains("/0000000000") && answer.status == StatusCode::NOT_FOUND;
                assert!(
                    answer.status == StatusCode::OK || leads_on || nobodys,
                    "{case}: {}",
                    answer.status
                );
                let path = path.split('?').next().unwrap();
                assert_takes_its_forms((page.route, path), &answer, &case);
            }
            Err(Error::Unauthenticated) => {
                assert!(answer.header("location").starts_with("/sign-in"), "{case}");
            }
            Err(error) => assert_eq!(answer.status.as_u16(), error.status(), "{case}"),
        }
    }
    for read in READS {
        let case = format!("{} {}", person.kind, read.name);
        let arguments = places.fill(read.arguments);
        let answer = site.read(read.name, &arguments, &person.cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{case}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store", "{case}");
        let told = answer.json();
        let kind = told.as_object().unwrap().keys().next().unwrap().as_str();
        match permit(person.actor, read.reads) {
            Ok(()) => assert!(read.answers.contains(&kind), "{case}: {told}"),
            Err(Error::Unauthenticated) => {
                let path = told["Moved"]["path"].as_str().unwrap_or_default();
                assert!(path.starts_with("/sign-in?next=%2F"), "{case}: {told}");
            }
            Err(error) => {
                let error = serde_json::to_value(&error).unwrap();
                assert_eq!(told["Refused"], error, "{case}");
            }
        }
    }
}

/// Whether what a form is about is not there, whoever asks.
fn leads_nowhere(form: &Form) -> bool {
    form.body.contains("{link}")
        || form.body.contains("id=0000000000")
        || form.body.contains("participant=0000000000")
}

/// Fails where a form that a script sends does something else than the policy says.
async fn calls(site: &Site, person: &Person, form: &Form, body: &str) {
    let case = format!("{} calls {}", person.kind, form.name());
    let pairs = pairs(body);
    let fields = borrowed(&pairs);
    let answer = site.call(form.name(), &person.cookie, &fields).await;
    if form.is_plain() {
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{case}");
        return;
    }
    assert_eq!(answer.status, StatusCode::OK, "{case}");
    let told = answer.json();
    let refusal = told["Shown"]["refusal"].as_str().unwrap_or_default();
    match permit(person.actor, form.does) {
        Ok(()) => {
            let refused = told == "SignedOut"
                || refusal.starts_with("You cannot do that")
                || refusal.starts_with("This page is not there any more");
            assert!(!refused || leads_nowhere(form), "{case}: {told}");
        }
        Err(Error::Unauthenticated) => assert_eq!(told, "SignedOut", "{case}"),
        // Whoever is suspended reads why.
        Err(Error::Forbidden { .. }) if is_suspended(person.actor) => assert_eq!(
            refusal, "You cannot do that: your account is suspended. Reason: A walk",
            "{case}"
        ),
        Err(error) => assert_eq!(refusal, error.to_string(), "{case}"),
    }
}

fn is_suspended(actor: Actor) -> bool {
    let member = actor.member();
    member.is_some_and(|member| member.standing == Standing::Suspended)
}

/// The same where the browser itself sends it.
async fn posts(site: &Site, person: &Person, form: &Form, (path, body): (&str, &str)) {
    let case = format!("{} posts {} to {path}", person.kind, form.name());
    let answer = site.send_body(path, &person.cookie, body).await;
    let status = answer.status.as_u16();
    match permit(person.actor, form.does) {
        Ok(()) => {
            let refused = [400, 401, 403, 404, 405].contains(&status);
            assert!(!refused || leads_nowhere(form), "{case}: {status}");
            assert!(!answer.status.is_server_error(), "{case}: {status}");
        }
        // The page that it is sent to is not there, either, or as forbidden.
        Err(error @ Error::Forbidden { .. }) if leads_nowhere(form) => {
            assert!([404, error.status()].contains(&status), "{case}: {status}");
        }
        Err(error) => assert_eq!(status, error.status(), "{case}"),
    }
}

/// Fails where a form does something else than the policy says.
async fn sends(site: &Site, person: &Person, places: &Places<'_>) {
    for form in forms() {
        let (path, body) = (places.fill(address(form.route)), places.fill(form.body));
        calls(site, person, form, &body).await;
        if form.ends_the_session() {
            break;
        }
        posts(site, person, form, (&path, &body)).await;
    }
    // What has been sent last has ended the session, if there was one.
    let nobody = Person {
        kind: format!("{}, signed out,", person.kind),
        actor: Actor::Visitor,
        cookie: person.cookie.clone(),
    };
    for form in forms().filter(|form| form.ends_the_session()) {
        let (path, body) = (address(form.route), form.body);
        posts(site, &nobody, form, (path, body)).await;
    }
    // What takes no form says so; what is not there is not there.
    for (path, status) in [("/", 405), ("/members/x", 405), ("/nowhere", 404)] {
        let answer = site.send_body(path, &person.cookie, "form=x").await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn every_page_and_every_form_is_what_the_policy_says() {
    let site = Site::open().await;
    let other = site.public_member("other@example.org").await;
    let people = people(&site).await;
    let places = Places::of(&site, &other).await;
    for person in &people {
        reads(&site, person, &places).await;
    }
    // Forms afterwards: some of them change what the pages show.
    for person in &people {
        sends(&site, person, &places).await;
    }
}

type Whole = (StatusCode, Vec<(String, Vec<u8>)>, Vec<u8>);

/// Status, headers but for the number of the request, and body.
fn whole(answer: &Answer) -> Whole {
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect();
    (answer.status, headers, answer.body.to_vec())
}

#[tokio::test]
async fn what_may_not_be_seen_is_like_what_does_not_exist() {
    let site = Site::open().await;
    let hidden = site.member("hidden@example.org", "Hidden").await;
    let handle = site.handle("hidden@example.org").await;
    let saved = site
        .send(
            "/settings/profile",
            &hidden,
            &[
                ("form", "profile/change"),
                ("name", "Hidden"),
                ("name-audience", "only-me"),
                ("about", "A secret"),
                ("about-audience", "only-me"),
                ("listed-audience", "only-me"),
            ],
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let people = people(&site).await;
    for person in &people {
        let cookie = [("cookie", person.cookie.as_str())];
        let nothing = whole(&site.get_with("/nowhere", &cookie).await);
        let no_picture = whole(&site.get_with("/members/0000000000/picture", &cookie).await);
        let posted = whole(&site.send_body("/nowhere", &person.cookie, "form=x").await);
        assert_eq!(nothing.0, StatusCode::NOT_FOUND);
        for (hidden, none) in [
            (format!("/members/{handle}"), "/members/0000000000"),
            (
                "/communities/nowhere/members".to_owned(),
                "/communities/no-where/members",
            ),
        ] {
            let hidden = site.get_with(&hidden, &cookie).await;
            let none = site.get_with(none, &cookie).await;
            assert_eq!(none.status, StatusCode::NOT_FOUND);
            assert!(whole(&hidden) == whole(&none), "{}", person.kind);
        }
        let picture = site
            .get_with(&format!("/members/{handle}/picture"), &cookie)
            .await;
        assert!(whole(&picture) == no_picture, "{}", person.kind);
        if permit(person.actor, Action::DecideHeldTexts) == Err(Error::NotFound) {
            for path in ["/admin/held-texts", "/admin/held-texts/0000000000"] {
                let answer = site.get_with(path, &cookie).await;
                assert!(whole(&answer) == nothing, "{} {path}", person.kind);
            }
        }
        if permit(person.actor, Action::ReadRegistryDesk) == Err(Error::NotFound) {
            for path in ["/admin/registry", "/admin/registry/RS-0000000000"] {
                let answer = site.get_with(path, &cookie).await;
                assert!(whole(&answer) == nothing, "{} {path}", person.kind);
                let answer = site.send_body(path, &person.cookie, "form=x").await;
                assert!(whole(&answer) == posted, "POST {} {path}", person.kind);
            }
        }
        if permit(person.actor, Action::LookAfterAccounts) == Err(Error::NotFound) {
            for path in [
                "/admin/people",
                "/admin/people?q=hidden",
                &format!("/admin/people/{handle}"),
                "/admin/people/0000000000",
                "/admin/nowhere",
            ] {
                let answer = site.get_with(path, &cookie).await;
                assert!(whole(&answer) == nothing, "{} {path}", person.kind);
                let answer = site.send_body(path, &person.cookie, "form=x").await;
                assert!(whole(&answer) == posted, "POST {} {path}", person.kind);
            }
            // Neither is there a function for what these pages do.
            let nowhere = whole(&site.call("nowhere", &person.cookie, &[]).await);
            for form in FORMS.iter().filter(|form| form.is_plain()) {
                let body = pairs(&form.body.replace("{other}", &handle));
                let fields = borrowed(&body);
                let answer = site.call(form.name(), &person.cookie, &fields).await;
                assert!(whole(&answer) == nowhere, "{} {}", person.kind, form.name());
            }
        }
        // The same by the way that navigations take.
        for (function, hidden, none) in [
            (
                "profile/member",
                format!("handle={handle}"),
                "handle=0000000000",
            ),
            (
                "profile/members",
                "slug=nowhere".to_owned(),
                "slug=no-where",
            ),
            (
                "wiki/revision",
                "slug=multiple-myeloma&number=999999".to_owned(),
                "slug=nowhere&number=1",
            ),
        ] {
            let hidden = site.read(function, &hidden, &person.cookie).await;
            let none = site.read(function, none, &person.cookie).await;
            assert!(whole(&hidden) == whole(&none), "{} {function}", person.kind);
            assert_eq!(none.json(), serde_json::json!({ "Refused": "NotFound" }));
        }
    }
    let own = site
        .get_with(&format!("/members/{handle}"), &[("cookie", &hidden)])
        .await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.text().contains("A secret"));
    assert!(Token::parse(LINK).is_some());
}
