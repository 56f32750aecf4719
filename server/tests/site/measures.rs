//! What is taken back is gone from the very next page, whatever was kept of it.

use axum::http::StatusCode;
use domain::{
    account::{Accounts, Actor, ModerationAction, Password, Role},
    community::Memberships,
    policy::Audience,
    profile::{ProfileDraft, Profiles},
};

use crate::{Site, account::PASSWORD, profiles::png};

const ADA: &str = "ada@example.org";
const LIST: &str = "/communities/multiple-myeloma/members";
const CONDITION: &str = "multiple-myeloma";

struct Shown {
    site: Site,
    actor: Actor,
    /// Her page, and where she is listed.
    pages: [String; 2],
}

fn everything(audience: Audience) -> ProfileDraft {
    ProfileDraft {
        name: "Ada Canary".to_owned(),
        name_audience: audience,
        about: "Canary about.".to_owned(),
        about_audience: audience,
        listed_audience: audience,
        for_search_engines: true,
    }
}

impl Shown {
    /// Somebody whom everyone sees, on pages that are kept.
    async fn open() -> Self {
        let site = Site::open().await;
        let cookie = site.member(ADA, "Ada Canary").await;
        let actor = site.actor(&cookie).await;
        let profiles = site.storage.profiles();
        let everyone = Audience::Everyone;
        profiles.change(actor, everything(everyone)).await.unwrap();
        profiles.set_picture(actor, png(), everyone).await.unwrap();
        let communities = site.storage.communities();
        let set = communities.set_membership(actor, CONDITION, everyone, true);
        set.await.unwrap();
        let pages = [
            format!("/members/{}", site.handle(ADA).await),
            LIST.to_owned(),
        ];
        let shown = Self { site, actor, pages };
        let [page, list] = shown.look().await;
        assert!(page.contains("Canary about.") && list.contains("Ada Canary"));
        shown
    }

    /// What a visitor reads, who has been there before; nothing where there is no such page.
    async fn look(&self) -> [String; 2] {
        let mut texts = [String::new(), String::new()];
        for (text, path) in texts.iter_mut().zip(&self.pages) {
            let first = self.site.get(path).await;
            let second = self.site.get(path).await;
            assert_eq!(first.status, second.status);
            assert_eq!(first.body, second.body);
            if first.status == StatusCode::OK {
                *text = first.markup();
            }
        }
        texts
    }

    async fn moderate(&self, action: ModerationAction) {
        let accounts = self.site.storage.accounts();
        accounts
            .moderate(Actor::Operator, ADA, action, "Test")
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn who_is_suspended_is_gone_from_the_next_page() {
    let shown = Shown::open().await;
    shown
        .moderate(ModerationAction::Suspend { days: None })
        .await;
    let [page, list] = shown.look().await;
    assert!(page.is_empty() && !list.contains("Ada Canary"));
    shown.moderate(ModerationAction::Restore).await;
    let [page, list] = shown.look().await;
    assert!(page.contains("Canary about.") && list.contains("Ada Canary"));
}

#[tokio::test]
async fn moderation_that_visitors_can_see_makes_kept_pages_old() {
    let shown = Shown::open().await;
    shown.site.set_up_second_factor(shown.actor).await;
    for (action, seen) in [
        (ModerationAction::Grant(Role::Expert), true),
        (ModerationAction::Revoke(Role::Expert), true),
        (ModerationAction::Suspend { days: None }, true),
        (ModerationAction::Restore, true),
        (ModerationAction::Warn, false),
        (ModerationAction::Suspend { days: Some(1) }, true),
        (ModerationAction::Suspend { days: Some(7) }, true),
        (ModerationAction::Restore, true),
        (ModerationAction::ResetSecondFactor, false),
        (ModerationAction::EndSessions, false),
    ] {
        let before = shown.site.storage.database().changes().count();
        shown.moderate(action).await;
        let after = shown.site.storage.database().changes().count();
        assert_eq!(after > before, seen, "{action:?}");
    }
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_from_the_next_page() {
    for audience in [Audience::OnlyMe, Audience::Communities, Audience::Members] {
        let shown = Shown::open().await;
        let profiles = shown.site.storage.profiles();
        let narrower = profiles.change(shown.actor, everything(audience)).await;
        narrower.unwrap();
        let [page, list] = shown.look().await;
        assert!(!page.contains("Canary about.") && !page.contains("Ada Canary"));
        assert!(page.contains("/picture"), "the picture is for everyone");
        assert!(!list.contains("Ada Canary"));
        profiles.show_picture(shown.actor, audience).await.unwrap();
        let [page, _] = shown.look().await;
        assert!(page.contains("Multiple myeloma") && !page.contains("/picture"));
        let communities = shown.site.storage.communities();
        let set = communities.set_membership(shown.actor, CONDITION, audience, true);
        set.await.unwrap();
        let [page, _] = shown.look().await;
        assert!(page.is_empty(), "{page}");
    }
}

#[tokio::test]
async fn what_is_removed_is_gone_from_the_next_page() {
    let shown = Shown::open().await;
    let profiles = shown.site.storage.profiles();
    profiles.remove_picture(shown.actor).await.unwrap();
    assert!(!shown.look().await[0].contains("/picture"));
    let communities = shown.site.storage.communities();
    let removed = communities.leave(shown.actor, CONDITION).await;
    removed.unwrap();
    let [page, list] = shown.look().await;
    assert!(!page.contains("Multiple myeloma") && !list.contains("Ada Canary"));
    let accounts = shown.site.storage.accounts();
    let present = Password::new(PASSWORD);
    accounts.delete(shown.actor, &present, false).await.unwrap();
    assert!(shown.look().await[0].is_empty());
}

/// Whoever shows a condition alone, and takes the search engines' leave back.
#[tokio::test]
async fn search_engines_are_told_at_once() {
    let shown = Shown::open().await;
    let profiles = shown.site.storage.profiles();
    let hidden = everything(Audience::OnlyMe);
    profiles.change(shown.actor, hidden.clone()).await.unwrap();
    let picture = profiles.show_picture(shown.actor, Audience::OnlyMe).await;
    picture.unwrap();
    assert!(!shown.look().await[0].contains("noindex"));
    let unlisted = ProfileDraft {
        for_search_engines: false,
        ..hidden
    };
    profiles.change(shown.actor, unlisted).await.unwrap();
    assert!(shown.look().await[0].contains("noindex"));
}
