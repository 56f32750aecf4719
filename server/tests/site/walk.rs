//! Every address, asked by every kind of person: each page is what the policy says, and what may not
//! be seen is byte for byte what does not exist.

use crate::{
    Answer, Site,
    account::{PASSWORD, joining, signing_in},
    addresses::{LINK, PAGES, Places, address},
    functions::{FORMS, READS, borrowed, forms, pairs},
};
use axum::http::StatusCode;
use domain::{
    Error,
    account::{
        AccountId, Accounts, Actor, Measure, Member, Role, Roles, SessionId, Standing, Token, Trust,
    },
    catalogue::Resolved,
    policy::{Action, permit},
    wiki::{Revisions, SectionKind},
};

/// Somebody who asks.
struct Person {
    kind: String,
    cookie: String,
    actor: Actor,
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
        let measures = role
            .map(Measure::Grant)
            .into_iter()
            .chain((standing == Standing::Suspended).then_some(Measure::Suspend));
        for measure in measures {
            accounts
                .measure(Actor::Operator, &address, measure, "A walk")
                .await
                .unwrap();
        }
        people.push(Person {
            kind: format!("{role:?} {standing:?}"),
            cookie,
            actor: Actor::Member(Member {
                account: AccountId(uuid::Uuid::nil()),
                session: SessionId(uuid::Uuid::nil()),
                roles: Roles::from_iter(role),
                standing,
                trust: Trust::New,
            }),
        });
    }
    people
}

fn sends_elsewhere(answer: &Answer) -> bool {
    answer.status == StatusCode::FOUND || answer.status == StatusCode::MOVED_PERMANENTLY
}

/// The number of a revision of the causes of multiple myeloma.
pub(crate) async fn revision(site: &Site) -> i64 {
    let wiki = site.storage.wiki();
    let kind = Some(SectionKind::Cause);
    let history = wiki.history(Actor::Visitor, "multiple-myeloma", kind, None);
    let Ok(Resolved::Here(history)) = history.await else {
        panic!("the starter catalogue has no such text");
    };
    history.revisions[0].number
}

/// Fails where a page is not what the policy says.
async fn reads(site: &Site, person: &Person, places: &Places<'_>) {
    for page in PAGES {
        let case = format!("{} {}", person.kind, page.address);
        let cookie = [("cookie", person.cookie.as_str())];
        let answer = site.get_with(&places.fill(page.address), &cookie).await;
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
                    ]
                    .contains(&page.route);
                let nobodys =
                    page.route == "/proposals/{id}" && answer.status == StatusCode::NOT_FOUND;
                assert!(
                    answer.status == StatusCode::OK || leads_on || nobodys,
                    "{case}: {}",
                    answer.status
                );
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

/// Fails where a form does something else than the policy says, sent by the browser or by a script.
async fn sends(site: &Site, person: &Person, places: &Places<'_>) {
    for form in forms() {
        let case = format!("POST {} {} {}", person.kind, form.route, form.name());
        let body = places.fill(form.body);
        let path = places.fill(address(form.route));
        let permitted = match form.ends_the_session() {
            // The first that is sent ends it, and the others come from nobody.
            true => None,
            false => Some(permit(person.actor, form.does)),
        };
        // The link leads nowhere.
        let no_link = form.body.contains("{link}");
        if form.is_called() {
            let pairs = pairs(&body);
            let answer = site
                .call(form.name(), &person.cookie, &borrowed(&pairs))
                .await;
            if form.is_plain() {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{case}");
            } else {
                assert_eq!(answer.status, StatusCode::OK, "{case}");
                let told = answer.json();
                let refusal = told["Shown"]["refusal"].as_str().unwrap_or_default();
                match &permitted {
                    Some(Ok(())) => {
                        let refused = told == "SignedOut"
                            || refusal.starts_with("You cannot do that")
                            || refusal.starts_with("This page is not there any more");
                        assert!(!refused || no_link, "{case}: {told}");
                    }
                    Some(Err(Error::Unauthenticated)) => assert_eq!(told, "SignedOut", "{case}"),
                    Some(Err(error)) => assert_eq!(refusal, error.to_string(), "{case}"),
                    None => {}
                }
            }
        }
        let answer = site.send_body(&path, &person.cookie, &body).await;
        let status = answer.status.as_u16();
        assert!(!answer.status.is_server_error(), "{case}: {status}");
        match permitted {
            Some(Ok(())) => {
                let refused = [400, 401, 403, 404, 405].contains(&status);
                assert!(!refused || no_link, "{case}: {status}");
            }
            Some(Err(error)) => assert_eq!(status, error.status(), "{case}"),
            None => {}
        }
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
    let places = Places {
        other: &other,
        number: revision(&site).await,
    };
    for person in &people {
        reads(&site, person, &places).await;
    }
    // Forms afterwards: some of them change what the pages show.
    for person in &people {
        sends(&site, person, &places).await;
        let cookie = [("cookie", person.cookie.as_str())];
        let settings = site.get_with("/settings", &cookie).await;
        assert!(sends_elsewhere(&settings), "{} is signed out", person.kind);
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
        for path in [
            "/members/0000000000",
            &format!("/members/{handle}"),
            "/communities/nowhere/members",
        ] {
            let answer = site.get_with(path, &cookie).await;
            assert!(whole(&answer) == nothing, "{} {path}", person.kind);
        }
        let picture = site
            .get_with(&format!("/members/{handle}/picture"), &cookie)
            .await;
        assert!(whole(&picture) == no_picture, "{}", person.kind);
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
