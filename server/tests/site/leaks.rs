//! What answers must not carry: keys of the database, and what its reader may not see.

use domain::{
    account::{Accounts, Actor, Country, Relation, Role},
    community::Memberships,
    policy::Audience,
    profile::{ProfileDraft, Profiles},
    wiki::{DraftLink, Edit, Revisions, SectionKind},
};

use crate::{
    Answer, Site,
    addresses::{PAGES, Places, address},
    functions::READS,
    profiles::png,
    sendings::{borrowed, forms, pairs},
};

const SLUG: &str = "multiple-myeloma";

/// What looks like a key of the database: 32 hexadecimal digits, with or without the dashes of a
/// UUID (RFC 9562, 4).
fn keys(text: &str) -> Vec<&str> {
    text.split(|sign: char| !sign.is_ascii_hexdigit() && sign != '-')
        .filter(|run| {
            let parts: Vec<usize> = run.split('-').map(str::len).collect();
            let is_uuid =
                |parts: &[usize]| parts[0] >= 8 && parts[1..4] == [4, 4, 4] && parts[4] >= 12;
            parts.windows(5).any(is_uuid) || parts.iter().any(|digits| *digits >= 32)
        })
        .collect()
}

#[test]
fn keys_are_found() {
    let uuid = "0192d3a1-7c5e-7f00-8a1b-0123456789ab";
    for text in [
        uuid.to_owned(),
        format!("{{\"id\":\"{uuid}\"}}"),
        format!("entry-{}-x", uuid.to_uppercase()),
        format!("x{}", uuid.replace('-', "")),
    ] {
        assert_eq!(keys(&text).len(), 1, "{text}");
    }
    for text in [
        "2026-11-23",
        "deadbeef",
        "0123-4567-89ab-cdef-0123",
        &uuid[1..],
    ] {
        assert_eq!(keys(text), Vec::<&str>::new(), "{text}");
    }
}

/// A page or what it fetches, without the keys of its forms, which are random and of no row.
fn without_form_keys(answer: &Answer) -> String {
    let text = answer.text();
    let mut pieces = text.split("name=\"key\" value=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        text + piece.split_once('"').map_or("", |(_, rest)| rest)
    })
}

fn draft(audience: Audience, words: &str) -> ProfileDraft {
    ProfileDraft {
        name: format!("{words} Name"),
        name_audience: audience,
        about: format!("{words} about."),
        about_audience: audience,
        listed_audience: audience,
        for_search_engines: audience == Audience::Everyone,
    }
}

fn edit(base: Option<i64>, text: &str) -> Edit {
    Edit {
        base,
        markdown: text.to_owned(),
        summary: "A summary".to_owned(),
        agreed: true,
        draft: DraftLink::default(),
    }
}

impl Site {
    /// Somebody of whom everything that can be said is said, and shown to this audience.
    async fn told(&self, address: &str, words: &str, audience: Audience) -> (String, Actor) {
        let cookie = self.member(address, &format!("{words} Name")).await;
        let actor = self.actor(&cookie).await;
        let profiles = self.storage.profiles();
        profiles
            .change(actor, draft(audience, words))
            .await
            .unwrap();
        let communities = self.storage.communities();
        let named = communities.set_membership(actor, SLUG, audience, true);
        named.await.unwrap();
        profiles.set_picture(actor, png(), audience).await.unwrap();
        let accounts = self.storage.accounts();
        let relation = Relation::from_name("patient");
        let country = Country::from_code("IS");
        accounts.describe(actor, relation, country).await.unwrap();
        (cookie, actor)
    }

    /// A text by somebody, which is a proposal where they are new, and a draft of another one.
    async fn written(&self, cookie: &str, words: &str) {
        // Roles have changed since.
        let actor = self.actor(cookie).await;
        let wiki = self.storage.wiki();
        for (kind, keeps) in [(SectionKind::Cause, false), (SectionKind::Prognosis, true)] {
            let editing = wiki.editing(actor, SLUG, kind, None).await.unwrap();
            if keeps {
                let edit = edit(editing.head, &format!("{words} draft"));
                wiki.keep_draft(actor, SLUG, kind, &edit).await.unwrap();
            } else {
                let edit = edit(editing.head, &format!("A text of {} words.", words.len()));
                let submission = domain::account::Submission {
                    key: words.to_owned(),
                    body: String::new(),
                };
                let saved = wiki.save(actor, SLUG, kind, edit, &submission);
                saved.await.unwrap();
            }
        }
    }
}

/// Everything that can be asked for and sent, by one reader: what it was, and the answer.
async fn everything(
    site: &Site,
    cookie: &str,
    places: &Places<'_>,
    hidden: &str,
) -> Vec<(String, Answer)> {
    let session = [("cookie", cookie)];
    let mut answers = Vec::new();
    let mut addresses: Vec<String> = PAGES.iter().map(|page| places.fill(page.address)).collect();
    addresses.push(format!("/members/{hidden}"));
    addresses.push(format!("/admin/people/{hidden}"));
    addresses.push(format!("/api/profile/member?handle={hidden}"));
    addresses.push("/search?q=name".to_owned());
    addresses.push("/api/search/suggest?q=myel".to_owned());
    addresses.push(format!("/api/conditions/{SLUG}"));
    addresses.push(format!("/communities/{SLUG}.md"));
    addresses.push(format!("/communities/{SLUG}/history.atom"));
    addresses.push(format!("/communities/{SLUG}/discussions.atom"));
    addresses.push(format!("/communities/{SLUG}/resources.atom"));
    addresses.push("/sitemap.xml".to_owned());
    for address in addresses {
        let answer = site.get_with(&address, &session).await;
        answers.push((address, answer));
    }
    for read in READS {
        let arguments = places.fill(read.arguments);
        let answer = site.read(read.name, &arguments, cookie).await;
        answers.push((format!("/api/{}", read.name), answer));
    }
    for form in forms() {
        let body = places.fill(form.body);
        let pairs = pairs(&body);
        let fields = borrowed(&pairs);
        let answer = site.call(form.name(), cookie, &fields).await;
        answers.push((format!("POST /api/{}", form.name()), answer));
        let path = places.fill(address(form.route));
        let answer = site.send_body(&path, cookie, &body).await;
        answers.push((format!("POST {path} {}", form.name()), answer));
    }
    answers
}

#[tokio::test]
async fn no_answer_carries_keys_or_what_its_reader_may_not_see() {
    let site = Site::open().await;
    let hidden = "canary-mail@example.org";
    let (canary, _) = site.told(hidden, "Canary", Audience::OnlyMe).await;
    site.grant(hidden, &canary, Role::Moderator, "Canary reason")
        .await;
    site.written(&canary, "Canary").await;
    let (open, _) = site
        .told("open@example.org", "Open", Audience::Everyone)
        .await;
    site.grant("open@example.org", &open, Role::Expert, "Checked")
        .await;
    site.written(&open, "Open").await;
    let other = site.handle("open@example.org").await;
    let places = Places::of(&site, &other).await;
    let wiki = site.storage.wiki();
    let expert = site.member("expert@example.org", "Expert").await;
    site.grant("expert@example.org", &expert, Role::Expert, "Checked")
        .await;
    let expert = site.actor(&expert).await;
    let reviewed = wiki.review(expert, SLUG, places.number, "None");
    reviewed.await.unwrap();
    let (member, new) = site
        .told("member@example.org", "Member", Audience::Communities)
        .await;
    site.written(&member, "Member").await;
    assert!(
        !wiki
            .proposals(new, None)
            .await
            .unwrap()
            .proposals
            .is_empty()
    );
    let administrator = site.member("admin@example.org", "Root").await;
    site.grant(
        "admin@example.org",
        &administrator,
        Role::Administrator,
        "Runs it",
    )
    .await;

    let handle = site.handle(hidden).await;
    // The owner at last, so that whatever could be kept of theirs is not what the others are shown;
    // and a visitor once more after them.
    for (who, cookie) in [
        ("visitor", String::new()),
        ("member", member),
        ("administrator", administrator),
        ("owner", canary),
        ("visitor", String::new()),
    ] {
        let mut seen = 0;
        for (what, answer) in everything(&site, &cookie, &places, &handle).await {
            let case = format!("{who}: {what}: {}", answer.status);
            assert!(!answer.status.is_server_error(), "{case}");
            let text = without_form_keys(&answer);
            assert_eq!(keys(&text), Vec::<&str>::new(), "{case}");
            let administers = who == "administrator" && what.contains("/admin/people");
            let text = text.to_lowercase();
            let shows = text.contains("canary") || text.contains(&handle);
            assert!(!shows || who == "owner" || administers, "{case}: {text}");
            seen += usize::from(shows);
        }
        // So that it is known that there was something to see.
        let expected = match who {
            "owner" => 15,
            "administrator" => 2,
            _ => 0,
        };
        assert!(seen >= expected, "{who}: {seen}");
    }
}
