//! What people show of themselves, and to whom.

use domain::{
    Error, Result,
    account::{
        AccountId, Accounts, Actor, Country, Join, Measure, Member, Roles, SessionId, SignedIn,
        Standing, Trust,
    },
    catalogue::Resolved,
    policy::{Audience, Nearness, Scope},
    profile::{MemberList, Profile, ProfileDraft, Profiles},
};
use sea_orm::{EntityTrait, Set};
use storage::{
    account::entity::account,
    profile::entity::{account_condition, profile},
};
use uuid::Uuid;

use crate::{
    bed::{Bed, slugs},
    people::{PASSWORD, client, email, field, link, password, submission},
    release::{mondo, term},
};

contract! {
    a_profile_begins_with_the_name_for_members,
    every_item_is_for_its_own_audience,
    lists_show_whom_the_scope_admits,
    lists_go_on_behind_the_last_name,
    a_profile_is_saved_whole_or_not_at_all,
    a_picture_is_kept_small_and_shown_to_its_audience,
    conditions_are_named_and_taken_off,
    joining_names_a_home_and_a_country,
    who_is_suspended_is_not_seen,
    nothing_is_left_of_a_deleted_profile,
    only_what_everyone_sees_makes_pages_old,
    nobody_else_has_an_own_profile,
}

/// A member's profile that shows everything to one audience.
pub(crate) fn draft(audience: Audience) -> ProfileDraft {
    ProfileDraft {
        name: "Ada L.".to_owned(),
        name_audience: audience,
        about: "I *like* bees.".to_owned(),
        about_audience: audience,
        listed_audience: audience,
        for_search_engines: false,
    }
}

/// A small picture as a camera could make it.
pub(crate) fn picture() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([10, 120, 90]))
        .write_to(&mut file, image::ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

impl Bed {
    async fn handle(&self, signed_in: &SignedIn) -> String {
        let actor = self.actor(signed_in).await;
        self.storage.profiles().own(actor).await.unwrap().handle
    }

    async fn profile(&self, actor: Actor, handle: &str) -> Result<Profile> {
        self.storage.profiles().profile(actor, handle).await
    }

    async fn listed(&self, actor: Actor, slug: &str, after: Option<&str>) -> MemberList {
        match self.storage.profiles().members(actor, slug, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }

    /// Alpha and beta are conditions.
    async fn with_conditions(&self) {
        self.import(mondo([
            term("MONDO:1", "alpha disease").synonym("first"),
            term("MONDO:2", "beta disease").synonym("first"),
        ]))
        .await;
    }
}

async fn a_profile_begins_with_the_name_for_members(bed: Bed) {
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    assert_eq!(
        bed.profile(Actor::Visitor, &handle).await,
        Err(Error::NotFound)
    );
    let grace = bed.member("grace@example.org").await;
    let seen = bed.profile(bed.actor(&grace).await, &handle).await.unwrap();
    assert_eq!(seen.name.as_deref(), Some("Ada"));
    assert!(seen.about.is_none() && seen.picture.is_none() && seen.conditions.is_empty());
    assert!(!seen.own && !seen.for_search_engines);
    for nobody in ["", "x", "0000000000", "a\0b", "../x"] {
        assert_eq!(
            bed.profile(Actor::Visitor, nobody).await,
            Err(Error::NotFound),
            "{nobody:?}"
        );
    }
}

async fn every_item_is_for_its_own_audience(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    let ada = bed.actor(&ada).await;
    let stranger = bed.member("grace@example.org").await;
    let stranger = bed.actor(&stranger).await;
    let fellow = bed.member("mary@example.org").await;
    let fellow = bed.actor(&fellow).await;
    // What only the fellow herself sees makes her a fellow all the same.
    profiles
        .set_condition(fellow, "alpha-disease", Audience::OnlyMe, false)
        .await
        .unwrap();
    let onlookers = [
        (Actor::Visitor, Nearness::Visitor),
        (stranger, Nearness::Member),
        (fellow, Nearness::Community),
        (ada, Nearness::Owner),
    ];
    for audience in Audience::ALL {
        profiles.change(ada, draft(audience)).await.unwrap();
        profiles
            .set_picture(ada, picture(), audience)
            .await
            .unwrap();
        profiles
            .set_condition(ada, "alpha-disease", audience, true)
            .await
            .unwrap();
        for (actor, nearness) in onlookers {
            let admitted = audience.admits(nearness);
            let seen = bed.profile(actor, &handle).await;
            assert_eq!(seen.is_ok(), admitted, "{audience:?} {nearness:?}");
            let preview = profiles.preview(ada, nearness).await.unwrap();
            match seen {
                Ok(seen) => {
                    assert_eq!(seen.name.as_deref(), Some("Ada L."));
                    assert_eq!(
                        seen.about.as_ref().unwrap().as_str(),
                        "<p>I <em>like</em> bees.</p>"
                    );
                    assert_eq!(slugs(&seen.conditions), ["alpha-disease"]);
                    assert!(seen.picture.is_some());
                    assert_eq!(seen, preview, "what others see");
                }
                Err(error) => {
                    assert_eq!(error, Error::NotFound);
                    assert!(preview.is_empty());
                }
            }
            let picture = profiles.picture(actor, &handle).await;
            assert_eq!(picture.is_ok(), admitted, "{audience:?} {nearness:?}");
            let list = bed.listed(actor, "alpha-disease", None).await;
            let found = list.members.iter().any(|member| member.handle == handle);
            assert_eq!(found, admitted, "{audience:?} {nearness:?}");
        }
    }
    // One item alone makes a page, and shows nothing else.
    let hidden = ProfileDraft {
        about_audience: Audience::Everyone,
        ..draft(Audience::OnlyMe)
    };
    profiles.change(ada, hidden).await.unwrap();
    profiles
        .show_picture(ada, Audience::Communities)
        .await
        .unwrap();
    profiles
        .set_condition(ada, "alpha-disease", Audience::Members, true)
        .await
        .unwrap();
    let seen = bed.profile(Actor::Visitor, &handle).await.unwrap();
    assert!(seen.about.is_some());
    assert!(seen.name.is_none() && seen.picture.is_none() && seen.conditions.is_empty());
    let seen = bed.profile(stranger, &handle).await.unwrap();
    assert!(seen.picture.is_none() && seen.conditions.len() == 1);
}

/// Somebody with these audiences who has named a condition, without the ceremony of joining.
async fn somebody(bed: &Bed, index: u128, condition: Uuid, audiences: [Audience; 3]) -> AccountId {
    let connection = bed.connection().await;
    let id = Uuid::from_u128(index + 1);
    let [listed, name, named] = audiences.map(|audience| audience.as_str().to_owned());
    let nobody = Audience::OnlyMe.as_str().to_owned();
    let account = account::ActiveModel {
        id: Set(id),
        handle: Set(format!("h{index:03}")),
        email: Set(format!("p{index}@example.org")),
        email_key: Set(format!("p{index}@example.org")),
        display_name: Set(format!("Person {:02}", index % 50)),
        name_key: Set(format!("person {:02}", index % 50)),
        relation: Set(None),
        country: Set(None),
        password_hash: Set(String::new()),
        standing: Set("good".to_owned()),
        accepted_edits: Set(0),
        created_at: Set(0),
        updated_at: Set(0),
    };
    let shown = profile::ActiveModel {
        account_id: Set(id),
        name_audience: Set(name),
        about: Set(String::new()),
        about_html: Set(String::new()),
        about_audience: Set(nobody.clone()),
        picture_audience: Set(nobody),
        listed_audience: Set(listed),
        for_search_engines: Set(false),
    };
    let home = account_condition::ActiveModel {
        account_id: Set(id),
        condition_id: Set(condition),
        audience: Set(named),
        home: Set(true),
        created_at: Set(0),
    };
    account::Entity::insert(account)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    profile::Entity::insert(shown)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    account_condition::Entity::insert(home)
        .exec_without_returning(&connection)
        .await
        .unwrap();
    AccountId(id)
}

fn acting(account: AccountId) -> Actor {
    Actor::Member(Member {
        account,
        session: SessionId(Uuid::nil()),
        roles: Roles::default(),
        standing: Standing::Good,
        trust: Trust::New,
    })
}

/// The SQL of a scope and the pure rule say the same, for all combinations of audiences.
async fn lists_show_whom_the_scope_admits(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    let beta = bed.id("beta-disease").await.0;
    let mut people = Vec::new();
    for listed in Audience::ALL {
        for name in Audience::ALL {
            for named in Audience::ALL {
                let audiences = [listed, name, named];
                let id = somebody(&bed, people.len() as u128, alpha, audiences).await;
                people.push((id, audiences));
            }
        }
    }
    let only_me = [Audience::OnlyMe; 3];
    let fellow = somebody(&bed, 100, alpha, only_me).await;
    let stranger = somebody(&bed, 101, beta, only_me).await;
    // Every actor but the last is an owner, too.
    let owner = people[0].0;
    for (actor, in_alpha) in [
        (Actor::Visitor, false),
        (acting(stranger), false),
        (acting(fellow), true),
        (acting(owner), true),
    ] {
        let scope = Scope::of(actor);
        let mut expected: Vec<String> = people
            .iter()
            .enumerate()
            .filter(|(_, (id, audiences))| {
                let nearness = scope.nearness(*id, in_alpha);
                audiences.iter().all(|audience| audience.admits(nearness))
            })
            .map(|(index, _)| format!("h{index:03}"))
            .collect();
        if actor == acting(fellow) {
            expected.push("h100".to_owned());
        }
        let mut found: Vec<String> = bed
            .listed(actor, "alpha-disease", None)
            .await
            .members
            .into_iter()
            .map(|member| member.handle)
            .collect();
        found.sort();
        assert_eq!(found, expected, "{actor:?}");
        let number = found.len();
        assert!(number < 50 && (number > 0), "{number} on one page");
    }
}

async fn lists_go_on_behind_the_last_name(bed: Bed) {
    bed.with_conditions().await;
    let alpha = bed.id("alpha-disease").await.0;
    for index in 0..120 {
        somebody(&bed, index, alpha, [Audience::Everyone; 3]).await;
    }
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    let mut pages = 0;
    loop {
        let list = bed
            .listed(Actor::Visitor, "alpha-disease", after.as_deref())
            .await;
        pages += 1;
        found.extend(list.members);
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((pages, found.len()), (3, 120));
    assert!(
        found
            .windows(2)
            .all(|pair| (&pair[0].name, &pair[0].handle) < (&pair[1].name, &pair[1].handle))
    );
    let none = bed
        .listed(Actor::Visitor, "alpha-disease", Some("no\0body"))
        .await;
    assert!(none.members.is_empty());
    let profiles = bed.storage.profiles();
    let unknown = profiles.members(Actor::Visitor, "gamma", None).await;
    assert_eq!(unknown, Err(Error::NotFound));
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
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let name =
        async |slug: &str, audience, home| profiles.set_condition(ada, slug, audience, home).await;
    name("alpha-disease", Audience::OnlyMe, true).await.unwrap();
    name("beta-disease", Audience::Everyone, true)
        .await
        .unwrap();
    let homes = |own: &domain::profile::OwnProfile| -> Vec<(String, bool)> {
        own.conditions
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
    assert!(own.conditions.iter().all(|named| !named.home));
    assert_eq!(own.conditions[1].audience, Audience::Members);
    assert_eq!(
        name("gamma", Audience::Members, false).await,
        Err(Error::NotFound)
    );
    for _ in 0..2 {
        profiles
            .remove_condition(ada, "alpha-disease")
            .await
            .unwrap();
    }
    profiles.remove_condition(ada, "x\0").await.unwrap();
    let own = profiles.own(ada).await.unwrap();
    assert_eq!(homes(&own), [("beta-disease".to_owned(), false)]);
    // One that has become part of another one can still be taken off.
    bed.import(mondo([
        term("MONDO:1", "alpha disease"),
        term("MONDO:2", "beta disease").replaced_by("MONDO:1"),
    ]))
    .await;
    profiles
        .remove_condition(ada, "beta-disease")
        .await
        .unwrap();
    assert!(profiles.own(ada).await.unwrap().conditions.is_empty());
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
    assert_eq!(own.conditions.len(), 1);
    assert!(own.conditions[0].home);
    assert_eq!(own.conditions[0].condition.slug, "alpha-disease");
    assert_eq!(own.conditions[0].audience, Audience::OnlyMe);
    let account = accounts.account(actor).await.unwrap();
    assert_eq!(account.country, Country::from_code("NO"));
}

async fn who_is_suspended_is_not_seen(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    let actor = bed.actor(&ada).await;
    profiles
        .change(actor, draft(Audience::Everyone))
        .await
        .unwrap();
    profiles
        .set_picture(actor, picture(), Audience::Everyone)
        .await
        .unwrap();
    profiles
        .set_condition(actor, "alpha-disease", Audience::Everyone, false)
        .await
        .unwrap();
    let accounts = bed.storage.accounts();
    let measure = async |measure| {
        accounts
            .measure(Actor::Operator, &handle, measure, "Advertising")
            .await
            .unwrap();
    };
    measure(Measure::Suspend).await;
    let suspended = bed.actor(&ada).await;
    assert_eq!(
        bed.profile(Actor::Visitor, &handle).await,
        Err(Error::NotFound)
    );
    assert!(profiles.picture(Actor::Visitor, &handle).await.is_err());
    let list = bed.listed(Actor::Visitor, "alpha-disease", None).await;
    assert!(list.members.is_empty());
    assert!(bed.profile(suspended, &handle).await.is_ok(), "their own");
    assert!(profiles.picture(suspended, &handle).await.is_ok());
    let change = profiles.change(suspended, draft(Audience::OnlyMe)).await;
    assert!(matches!(change, Err(Error::Forbidden { .. })));
    let account = accounts.account(suspended).await.unwrap();
    assert_eq!(account.suspended.as_deref(), Some("Advertising"));
    measure(Measure::Restore).await;
    assert!(bed.profile(Actor::Visitor, &handle).await.is_ok());
    let account = accounts.account(actor).await.unwrap();
    assert_eq!((account.suspended, account.measures.len()), (None, 2));
}

async fn nothing_is_left_of_a_deleted_profile(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    let actor = bed.actor(&ada).await;
    profiles
        .change(actor, draft(Audience::Everyone))
        .await
        .unwrap();
    profiles
        .set_picture(actor, picture(), Audience::Everyone)
        .await
        .unwrap();
    profiles
        .set_condition(actor, "alpha-disease", Audience::Everyone, true)
        .await
        .unwrap();
    let accounts = bed.storage.accounts();
    accounts.delete(actor, &password(PASSWORD)).await.unwrap();
    for table in ["account", "profile", "picture", "account_condition"] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(bed.number(&sql).await, 0, "{table}");
    }
    assert_eq!(
        bed.profile(Actor::Visitor, &handle).await,
        Err(Error::NotFound)
    );
    // In another window the same person is still on the page.
    assert_eq!(profiles.own(actor).await, Err(Error::Unauthenticated));
}

async fn only_what_everyone_sees_makes_pages_old(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let ada = bed.member("ada@example.org").await;
    let ada = bed.actor(&ada).await;
    let before = bed.epochs();
    profiles
        .change(ada, draft(Audience::Members))
        .await
        .unwrap();
    profiles
        .set_picture(ada, picture(), Audience::Communities)
        .await
        .unwrap();
    profiles
        .set_condition(ada, "alpha-disease", Audience::Members, true)
        .await
        .unwrap();
    assert_eq!(bed.epochs(), before);
    let mut last = before.0;
    let mut moved = |bed: &Bed, what: &str| {
        let site = bed.epochs().0;
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
    profiles
        .set_condition(ada, "alpha-disease", Audience::Everyone, true)
        .await
        .unwrap();
    moved(&bed, "a condition");
    profiles
        .remove_condition(ada, "alpha-disease")
        .await
        .unwrap();
    moved(&bed, "taken off");
}

async fn nobody_else_has_an_own_profile(bed: Bed) {
    let profiles = bed.storage.profiles();
    for actor in [Actor::Visitor, Actor::Operator] {
        assert_eq!(profiles.own(actor).await, Err(Error::Unauthenticated));
        assert_eq!(
            profiles.preview(actor, Nearness::Owner).await,
            Err(Error::Unauthenticated)
        );
        assert_eq!(
            profiles.change(actor, draft(Audience::OnlyMe)).await,
            Err(Error::Unauthenticated)
        );
    }
}
