use async_trait::async_trait;

use super::{MemberList, OwnProfile, Picture, Profile, ProfileDraft};
use crate::{
    Result,
    account::Actor,
    catalogue::Resolved,
    policy::{Audience, Viewer},
};

/// What people show of themselves.
///
/// What is not for who asks is answered as if it were not there:
/// [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait Profiles: Send + Sync {
    /// The profile of a handle, as far as it is for who asks.
    async fn profile(&self, actor: Actor, handle: &str) -> Result<Profile>;

    /// The picture of a handle.
    async fn picture(&self, actor: Actor, handle: &str) -> Result<Picture>;

    /// One page of the members of a condition's community who want to be found there, after the
    /// one with a handle.
    async fn members(
        &self,
        actor: Actor,
        slug: &str,
        after: Option<&str>,
    ) -> Result<Resolved<MemberList>>;

    /// One's own profile.
    async fn own(&self, actor: Actor) -> Result<OwnProfile>;

    /// One's own profile as somebody sees it who stands like this to one.
    async fn preview(&self, actor: Actor, viewer: Viewer) -> Result<Profile>;

    /// Changes name, text and audiences. [`Error::Invalid`](crate::Error::Invalid) about `name` and
    /// `about`.
    async fn change(&self, actor: Actor, draft: ProfileDraft) -> Result<()>;

    /// Sets the picture from a JPEG, PNG or WebP file: cropped to a square, made small, and without
    /// what cameras write into it. [`Error::Invalid`](crate::Error::Invalid) about `picture` for
    /// anything else, and for what is too large.
    async fn set_picture(&self, actor: Actor, file: Vec<u8>, audience: Audience) -> Result<()>;

    /// Changes who sees the picture.
    async fn show_picture(&self, actor: Actor, audience: Audience) -> Result<()>;

    /// Removes the picture. Where there is none that is no error.
    async fn remove_picture(&self, actor: Actor) -> Result<()>;
}
