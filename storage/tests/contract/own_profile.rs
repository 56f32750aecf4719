//! What people set about themselves.

use domain::{
    Error,
    account::{Accounts, Actor, Country, Join},
    community::Memberships,
    policy::{Audience, Viewer},
    profile::{ProfileDraft, Profiles},
};

use crate::{
    bed::Bed,
    people::{PASSWORD, client, email, field, link, password, submission},
    profiles::{draft, picture},
    release::{mondo, obsolete, term},
};

contract! {
    a_profile_is_saved_whole_or_not_at_all,
    a_picture_is_kept_small_and_shown_to_its_audience,
    conditions_are_named_and_taken_off,
    visitors_find_who_is_for_everyone_in_all_three,
    conditions_have_an_end_and_can_still_be_changed_there,
    joining_names_a_home_and_a_country,
    only_what_everyone_sees_makes_pages_old,
    nobody_else_has_an_own_profile,
}

async fn a_profile_is_saved_whole_or_not_at_all(bed: Bed) {
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let actor = bed.actor(&ada).await;
    let bad = ProfileDraft {
        name: "\u{202e}".to_owned(),
        about: "a\0b".to_owned(),
        ..draft(Audience::Everyone)
    };
    match profiles.change(actor, bad).await {
        Err(Error::Invalid { fields }) => {
            let fields: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
            assert_eq!(fields, ["name", "about"]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(profiles.own(actor).await.unwrap().name, "Ada");
    let hostile = ProfileDraft {
        about: "<script>alert(1)</script>\n\n[x](javascript:alert(1)) https://example.org"
            .to_owned(),
        ..draft(Audience::Members)
    };
    profiles.change(actor, hostile.clone()).await.unwrap();
    let own = profiles.own(actor).await.unwrap();
    assert_eq!(own.about, hostile.about, "as it was typed, to go on with");
    let seen = bed.profile(actor, &own.handle).await.unwrap();
    let html = seen.about.unwrap();
    assert!(!html.as_str().contains("<script"), "{html:?}");
    assert!(!html.as_str().contains("href=\"javascript"), "{html:?}");
    assert!(
        html.as_str().contains("rel=\"nofollow ugc noopener\""),
        "{html:?}"
    );
    assert_eq!(bed.viewer(&ada).await.unwrap().name, "Ada L.");
    let events = "SELECT kind FROM event WHERE subject_id = actor_id ORDER BY kind";
    assert_eq!(
        bed.texts(events).await,
        ["account.renamed", "profile.changed"]
    );
}

async fn a_picture_is_kept_small_and_shown_to_its_audience(bed: Bed) {
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    let ada = bed.actor(&ada).await;
    profiles
        .set_picture(ada, picture(), Audience::Everyone)
        .await
        .unwrap();
    let first = profiles.picture(Actor::Visitor, &handle).await.unwrap();
    assert!(first.bytes.starts_with(&[0xff, 0xd8, 0xff]), "a JPEG");
    profiles
        .set_picture(ada, picture(), Audience::Members)
        .await
        .unwrap();
    let second = profiles.picture(ada, &handle).await.unwrap();
    assert_ne!(first.version, second.version);
    assert_eq!(
        profiles.picture(Actor::Visitor, &handle).await,
        Err(Error::NotFound)
    );
    // What is no picture changes nothing, the audience included.
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    let refused = profiles.set_picture(ada, svg, Audience::Everyone).await;
    assert_eq!(field(refused), "picture");
    assert_eq!(profiles.picture(ada, &handle).await, Ok(second));
    let audience = profiles.own(ada).await.unwrap().picture_audience;
    assert_eq!(audience, Audience::Members);
    profiles.remove_picture(ada).await.unwrap();
    profiles.remove_picture(ada).await.unwrap();
    assert_eq!(profiles.picture(ada, &handle).await, Err(Error::NotFound));
    assert_eq!(bed.number("SELECT count(*) FROM picture").await, 0);
}

async fn conditions_are_named_and_taken_off(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let name = async |slug: &str, audience, home| {
        communities.set_membership(ada, slug, audience, home).await
    };
    name("alpha-disease", Audience::OnlyMe, true).await.unwrap();
    name("beta-disease", Audience::Everyone, true)
        .await
        .unwrap();
    let homes = |own: &domain::profile::OwnProfile| -> Vec<(String, bool)> {
        own.memberships
            .iter()
            .map(|named| (named.condition.slug.clone(), named.home))
            .collect()
    };
    let own = profiles.own(ada).await.unwrap();
    assert_eq!(
        homes(&own),
        [
            ("beta-disease".to_owned(), true),
            ("alpha-disease".to_owned(), false)
        ],
        "at most one is home, and it stands first"
    );
    name("beta-disease", Audience::Members, false)
        .await
        .unwrap();
    let own = profiles.own(ada).await.unwrap();
    assert!(own.memberships.iter().all(|named| !named.home));
    assert_eq!(own.memberships[1].audience, Audience::Members);
    assert_eq!(
        name("gamma", Audience::Members, false).await,
        Err(Error::NotFound)
    );
    for _ in 0..2 {
        communities.leave(ada, "alpha-disease").await.unwrap();
    }
    communities.leave(ada, "x\0").await.unwrap();
    let own = profiles.own(ada).await.unwrap();
    assert_eq!(homes(&own), [("beta-disease".to_owned(), false)]);
    // One that has become part of another one can still be taken off.
    bed.import(mondo([
        term("MONDO:1", "alpha disease"),
        term("MONDO:2", "beta disease").replaced_by("MONDO:1"),
    ]))
    .await;
    communities.leave(ada, "beta-disease").await.unwrap();
    assert!(profiles.own(ada).await.unwrap().memberships.is_empty());
}

async fn visitors_find_who_is_for_everyone_in_all_three(bed: Bed) {
    bed.with_conditions().await;
    let (profiles, communities) = (bed.storage.profiles(), bed.storage.communities());
    let signed_in = bed.member("ada@example.org").await;
    let (ada, handle) = (bed.actor(&signed_in).await, bed.handle(&signed_in).await);
    let name = async |slug: &str, audience| {
        let named = communities.set_membership(ada, slug, audience, false);
        named.await.unwrap();
    };
    let both = [Audience::Members, Audience::Everyone];
    for listed in both {
        for named in both {
            for membership in both {
                let draft = ProfileDraft {
                    name_audience: named,
                    listed_audience: listed,
                    ..draft(Audience::OnlyMe)
                };
                // By turns the one and the other comes last.
                if named == listed {
                    profiles.change(ada, draft).await.unwrap();
                    name("alpha-disease", membership).await;
                } else {
                    name("alpha-disease", membership).await;
                    profiles.change(ada, draft).await.unwrap();
                }
                let found = bed.public_members("alpha-disease").await == [handle.clone()];
                let all = [listed, named, membership] == [Audience::Everyone; 3];
                assert_eq!(found, all, "{listed:?} {named:?} {membership:?}");
            }
        }
    }
    // In two conditions of which one takes the place of the other, as the fewer of the two see it.
    for (beta, found) in [(Audience::Members, false), (Audience::Everyone, true)] {
        bed.with_conditions().await;
        name("alpha-disease", Audience::Everyone).await;
        name("beta-disease", beta).await;
        bed.import(mondo([
            term("MONDO:1", "alpha disease"),
            obsolete("MONDO:2", "beta disease").replaced_by("MONDO:1"),
        ]))
        .await;
        assert_eq!(!bed.public_members("alpha-disease").await.is_empty(), found);
    }
}

async fn conditions_have_an_end_and_can_still_be_changed_there(bed: Bed) {
    let name = |number: usize| format!("disease {number}");
    bed.import(mondo(
        (0..51).map(|number| term(&format!("MONDO:{number}"), &name(number))),
    ))
    .await;
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let put = async |number: usize, audience| {
        let slug = domain::text::slug(&name(number));
        communities
            .set_membership(ada, &slug, audience, false)
            .await
    };
    for number in 0..50 {
        if number % 10 == 0 {
            bed.days_pass(1);
        }
        put(number, Audience::OnlyMe).await.unwrap();
    }
    bed.days_pass(1);
    assert_eq!(field(put(50, Audience::OnlyMe).await), "condition");
    put(7, Audience::Members).await.unwrap();
    assert_eq!(profiles.own(ada).await.unwrap().memberships.len(), 50);
}

async fn joining_names_a_home_and_a_country(bed: Bed) {
    bed.with_conditions().await;
    let accounts = bed.storage.accounts();
    let join = |home: &str| Join {
        email: email("ada@example.org"),
        name: "Ada".to_owned(),
        password: password(PASSWORD),
        relation: None,
        home: Some(home.to_owned()),
        country: Country::from_code("NO"),
    };
    let ask = async |home: &str, key: &str| {
        accounts
            .join(Actor::Visitor, &client(), join(home), &submission(key))
            .await
    };
    assert_eq!(ask("gamma", "1").await, Err(Error::NotFound));
    ask("alpha-disease", "2").await.unwrap();
    let (_, letter) = bed.letter().await.unwrap();
    let begun = accounts
        .confirm(
            Actor::Visitor,
            &client(),
            &link(&letter),
            &password(PASSWORD),
        )
        .await
        .unwrap();
    let actor = bed.actor(&begun).await;
    let own = bed.storage.profiles().own(actor).await.unwrap();
    assert_eq!(own.memberships.len(), 1);
    assert!(own.memberships[0].home);
    assert_eq!(own.memberships[0].condition.slug, "alpha-disease");
    assert_eq!(own.memberships[0].audience, Audience::OnlyMe);
    let account = accounts.account(actor).await.unwrap();
    assert_eq!(account.country, Country::from_code("NO"));
}

async fn only_what_everyone_sees_makes_pages_old(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let before = bed.changed();
    profiles
        .change(ada, draft(Audience::Members))
        .await
        .unwrap();
    profiles
        .set_picture(ada, picture(), Audience::Communities)
        .await
        .unwrap();
    communities
        .set_membership(ada, "alpha-disease", Audience::Members, true)
        .await
        .unwrap();
    assert_eq!(bed.changed(), before);
    let mut last = before.0;
    let mut moved = |bed: &Bed, what: &str| {
        let site = bed.changed().0;
        assert!(site > last, "{what}");
        last = site;
    };
    profiles
        .change(ada, draft(Audience::Everyone))
        .await
        .unwrap();
    moved(&bed, "shown to everyone");
    profiles.change(ada, draft(Audience::OnlyMe)).await.unwrap();
    moved(&bed, "and hidden again");
    profiles
        .show_picture(ada, Audience::Everyone)
        .await
        .unwrap();
    moved(&bed, "a picture");
    profiles.remove_picture(ada).await.unwrap();
    moved(&bed, "and none");
    communities
        .set_membership(ada, "alpha-disease", Audience::Everyone, true)
        .await
        .unwrap();
    moved(&bed, "a condition");
    communities.leave(ada, "alpha-disease").await.unwrap();
    moved(&bed, "taken off");
}

async fn nobody_else_has_an_own_profile(bed: Bed) {
    let profiles = bed.storage.profiles();
    for actor in [Actor::Visitor, Actor::Operator] {
        assert_eq!(profiles.own(actor).await, Err(Error::Unauthenticated));
        assert_eq!(
            profiles.preview(actor, Viewer::Owner).await,
            Err(Error::Unauthenticated)
        );
        assert_eq!(
            profiles.change(actor, draft(Audience::OnlyMe)).await,
            Err(Error::Unauthenticated)
        );
    }
}
