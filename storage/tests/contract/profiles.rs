//! What people show of themselves, and to whom.

use domain::{
    Error, Result,
    account::{Accounts, Actor, ModerationAction, SignedIn},
    catalogue::Resolved,
    community::Memberships,
    policy::{Audience, Viewer},
    profile::{MemberList, Profile, ProfileDraft, Profiles},
};

use crate::{
    bed::{Bed, slugs},
    people::{PASSWORD, password},
    release::{mondo, term},
};

contract! {
    a_profile_begins_with_the_name_for_members,
    every_item_is_for_its_own_audience,
    who_is_suspended_is_not_seen,
    nothing_is_left_of_a_deleted_profile,
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
    pub(crate) async fn handle(&self, signed_in: &SignedIn) -> String {
        let actor = self.actor(signed_in).await;
        self.storage.profiles().own(actor).await.unwrap().handle
    }

    pub(crate) async fn profile(&self, actor: Actor, handle: &str) -> Result<Profile> {
        self.storage.profiles().profile(actor, handle).await
    }

    pub(crate) async fn listed(&self, actor: Actor, slug: &str, after: Option<&str>) -> MemberList {
        match self.storage.profiles().members(actor, slug, after).await {
            Ok(Resolved::Here(list)) => list,
            other => panic!("{other:?}"),
        }
    }

    /// Handles of whom visitors find in the list of a community. Nobody is noted as found there who is not.
    pub(crate) async fn public_members(&self, slug: &str) -> Vec<String> {
        let wrong = self
            .number(
                "SELECT count(*) FROM membership m JOIN profile p ON p.account_id = m.account_id \
                 WHERE m.public <> (m.audience = 'everyone' AND p.listed_audience = 'everyone' \
                 AND p.name_audience = 'everyone')",
            )
            .await;
        assert_eq!(wrong, 0);
        let members = self.listed(Actor::Visitor, slug, None).await.members;
        members.into_iter().map(|member| member.handle).collect()
    }

    /// Alpha and beta are conditions.
    pub(crate) async fn with_conditions(&self) {
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
    let communities = bed.storage.communities();
    let ada = bed.member("ada@example.org").await;
    let handle = bed.handle(&ada).await;
    let ada = bed.actor(&ada).await;
    let stranger = bed.member("grace@example.org").await;
    let stranger = bed.actor(&stranger).await;
    let fellow = bed.member("mary@example.org").await;
    let fellow = bed.actor(&fellow).await;
    let secret = bed.member("rosalind@example.org").await;
    let secret = bed.actor(&secret).await;
    // The other one has named it for herself alone.
    for (actor, audience) in [(fellow, Audience::Communities), (secret, Audience::OnlyMe)] {
        let set = communities.set_membership(actor, "alpha-disease", audience, false);
        set.await.unwrap();
    }
    let onlookers = [
        (Actor::Visitor, Viewer::Visitor),
        (stranger, Viewer::Member),
        (secret, Viewer::Member),
        (fellow, Viewer::Community),
        (ada, Viewer::Owner),
    ];
    for audience in Audience::ALL {
        profiles.change(ada, draft(audience)).await.unwrap();
        profiles
            .set_picture(ada, picture(), audience)
            .await
            .unwrap();
        communities
            .set_membership(ada, "alpha-disease", audience, true)
            .await
            .unwrap();
        for (actor, viewer) in onlookers {
            let admitted = audience.admits(viewer);
            let seen = bed.profile(actor, &handle).await;
            assert_eq!(seen.is_ok(), admitted, "{audience:?} {viewer:?}");
            let preview = profiles.preview(ada, viewer).await.unwrap();
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
            assert_eq!(picture.is_ok(), admitted, "{audience:?} {viewer:?}");
            let list = bed.listed(actor, "alpha-disease", None).await;
            let found = list.members.iter().any(|member| member.handle == handle);
            assert_eq!(found, admitted, "{audience:?} {viewer:?}");
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
    communities
        .set_membership(ada, "alpha-disease", Audience::Members, true)
        .await
        .unwrap();
    let seen = bed.profile(Actor::Visitor, &handle).await.unwrap();
    assert!(seen.about.is_some());
    assert!(seen.name.is_none() && seen.picture.is_none() && seen.conditions.is_empty());
    let seen = bed.profile(stranger, &handle).await.unwrap();
    assert!(seen.picture.is_none() && seen.conditions.len() == 1);
}

async fn who_is_suspended_is_not_seen(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
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
    communities
        .set_membership(actor, "alpha-disease", Audience::Everyone, false)
        .await
        .unwrap();
    let accounts = bed.storage.accounts();
    let moderate = async |action| {
        accounts
            .moderate(Actor::Operator, &handle, action, "Advertising")
            .await
            .unwrap();
    };
    moderate(ModerationAction::Suspend { days: None }).await;
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
    assert_eq!(account.suspension.unwrap().reason, "Advertising");
    moderate(ModerationAction::Restore).await;
    assert!(bed.profile(Actor::Visitor, &handle).await.is_ok());
    let account = accounts.account(actor).await.unwrap();
    assert_eq!((account.suspension, account.moderation.len()), (None, 2));
}

async fn nothing_is_left_of_a_deleted_profile(bed: Bed) {
    bed.with_conditions().await;
    let profiles = bed.storage.profiles();
    let communities = bed.storage.communities();
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
    communities
        .set_membership(actor, "alpha-disease", Audience::Everyone, true)
        .await
        .unwrap();
    let accounts = bed.storage.accounts();
    accounts
        .delete(actor, &password(PASSWORD), false)
        .await
        .unwrap();
    for table in ["account", "profile", "picture", "membership"] {
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
