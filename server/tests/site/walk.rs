//! Every address, asked by every kind of person: each page is what the policy says, and what may not
//! be seen is byte for byte what does not exist.

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

use crate::{
    Answer, Site,
    addresses::{LINK, PAGES, Page},
};

/// Where pages say under which shape of address they are logged; all of them have to be in the table.
const SOURCES: [&str; 5] = [
    include_str!("../../../app/src/routes.rs"),
    include_str!("../../../app/src/account/mod.rs"),
    include_str!("../../../app/src/account/administration.rs"),
    include_str!("../../../app/src/profile/mod.rs"),
    include_str!("../../../app/src/wiki/pages.rs"),
];

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
    site.send(
        "/join",
        "",
        &[
            ("form", "join"),
            ("key", "unconfirmed"),
            ("email", "unconfirmed@example.org"),
            ("name", "Nobody yet"),
            ("password", "four gardens without a fence"),
            ("age", "yes"),
            ("terms", "yes"),
        ],
    )
    .await;
    site.link().await;
    let unconfirmed = site
        .send(
            "/sign-in",
            "",
            &[
                ("form", "sign-in"),
                ("email", "unconfirmed@example.org"),
                ("password", "four gardens without a fence"),
            ],
        )
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

#[tokio::test]
async fn every_page_is_in_the_table() {
    let mut listed: Vec<&str> = PAGES.iter().map(|page| page.route).collect();
    let mut written: Vec<&str> = SOURCES
        .iter()
        .flat_map(|source| source.split("=> \"").skip(1))
        .filter(|rest| rest.starts_with('/'))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    listed.sort_unstable();
    written.sort_unstable();
    written.dedup();
    assert_eq!(listed, written);
}

#[tokio::test]
async fn every_page_is_what_the_policy_says() {
    let site = Site::open().await;
    let other = site.public_member("other@example.org").await;
    let people = people(&site).await;
    let wiki = site.storage.wiki();
    let history = wiki.history(
        Actor::Visitor,
        "multiple-myeloma",
        Some(SectionKind::Cause),
        None,
    );
    let Ok(Resolved::Here(history)) = history.await else {
        panic!("the starter catalogue has no such text");
    };
    let number = history.revisions[0].number.to_string();
    let at = |page: &Page| {
        page.address
            .replace("{other}", &other)
            .replace("{link}", LINK)
            .replace("{number}", &number)
    };
    for person in &people {
        let cookie = [("cookie", person.cookie.as_str())];
        for page in PAGES {
            let case = format!("{} {}", person.kind, page.address);
            let answer = site.get_with(&at(page), &cookie).await;
            match permit(person.actor, page.reads) {
                Ok(()) => {
                    // Signing in while signed in, signing out while signed out, codes: all lead on.
                    let leads_on = sends_elsewhere(&answer)
                        && ["/join", "/sign-in", "/sign-out", "/{system}/{value}"]
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
    }
    // Forms afterwards: some of them change what the pages show.
    for person in &people {
        for page in PAGES {
            let Some((body, action)) = page.form else {
                continue;
            };
            let case = format!("POST {} {}", person.kind, page.address);
            let answer = site.send_body(&at(page), &person.cookie, body).await;
            match permit(person.actor, action) {
                Ok(()) => {
                    let refused = [401, 403, 404].contains(&answer.status.as_u16());
                    let no_link = page.address.contains("{link}");
                    assert!(!refused || no_link, "{case}: {}", answer.status);
                    assert!(
                        !answer.status.is_server_error(),
                        "{case}: {}",
                        answer.status
                    );
                }
                Err(error) => assert_eq!(answer.status.as_u16(), error.status(), "{case}"),
            }
        }
        // What takes no form says so; what is not there is not there.
        for (path, status) in [("/", 405), ("/members/x", 405), ("/nowhere", 404)] {
            let answer = site.send_body(path, &person.cookie, "form=x").await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
        }
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
    site.send(
        "/settings/profile",
        &hidden,
        &[
            ("form", "profile"),
            ("name", "Hidden"),
            ("name-audience", "only-me"),
            ("about", "A secret"),
            ("about-audience", "only-me"),
        ],
    )
    .await;
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
            // Neither by the way that navigations take.
            let answers =
                ["/admin/people", "/nowhere"].map(|path| format!("/api/page?address={path}"));
            let [admin, none] = [
                site.get_with(&answers[0], &cookie).await,
                site.get_with(&answers[1], &cookie).await,
            ];
            assert!(whole(&admin) == whole(&none), "{}", person.kind);
        }
    }
    let own = site
        .get_with(&format!("/members/{handle}"), &[("cookie", &hidden)])
        .await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.text().contains("A secret"));
    assert!(Token::parse(LINK).is_some());
}
