//! What people show of themselves: as others see it ([`seen`]), and as they set it ([`own`]).

pub mod entity;
mod own;
mod thumbnail;
mod viewing;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    Error, Result,
    account::{Actor, Member},
    catalogue::Resolved,
    policy::{Action, Audience, Viewer, permit},
    profile::{MemberList, OwnProfile, Picture, Profile, ProfileDraft, Profiles},
};
use tokio::sync::Semaphore;

use crate::Database;

pub(crate) use own::begin;
pub(crate) use viewing::{admits, admits_member, parameter};

/// [`Profiles`] in the database.
#[derive(Debug)]
pub struct ProfileStore {
    database: Arc<Database>,
    /// Pictures are decoded one at a time: a large one takes hundreds of megabytes.
    darkroom: Semaphore,
}

impl ProfileStore {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        Self {
            database,
            darkroom: Semaphore::new(1),
        }
    }

    /// The person who asks, if they may do this.
    fn person(actor: Actor, action: Action) -> Result<Member> {
        permit(actor, action)?;
        actor.member().ok_or(Error::Unauthenticated)
    }
}

/// A profile, as far as it is for who asks.
pub(crate) async fn seen_by(
    database: &Arc<Database>,
    actor: Actor,
    handle: &str,
) -> Result<Profile> {
    let profiles = ProfileStore::new(Arc::clone(database));
    profiles.as_seen_by(actor, handle).await
}

#[async_trait]
impl Profiles for ProfileStore {
    async fn profile(&self, actor: Actor, handle: &str) -> Result<Profile> {
        permit(actor, Action::ReadProfiles)?;
        self.as_seen_by(actor, handle).await
    }

    async fn picture(&self, actor: Actor, handle: &str) -> Result<Picture> {
        permit(actor, Action::ReadProfiles)?;
        self.picture_for(actor, handle).await
    }

    async fn members(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<MemberList>> {
        permit(actor, Action::ReadProfiles)?;
        self.list(actor, slug, after).await
    }

    async fn own(&self, actor: Actor) -> Result<OwnProfile> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.whole(member).await
    }

    async fn preview(&self, actor: Actor, viewer: Viewer) -> Result<Profile> {
        let member = Self::person(actor, Action::ReadOwnAccount)?;
        self.as_if(member, viewer).await
    }

    async fn change(&self, actor: Actor, draft: ProfileDraft) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.save(actor, member, draft).await
    }

    async fn set_picture(&self, actor: Actor, file: Vec<u8>, audience: Audience) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.keep_picture(actor, member, file, audience).await
    }

    async fn show_picture(&self, actor: Actor, audience: Audience) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.set_picture_audience(actor, member, audience).await
    }

    async fn remove_picture(&self, actor: Actor) -> Result<()> {
        let member = Self::person(actor, Action::ChangeProfile)?;
        self.drop_picture(actor, member).await
    }
}
