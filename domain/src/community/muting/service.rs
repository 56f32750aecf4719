use async_trait::async_trait;

use super::{MuteList, MuteTerms};
use crate::{Result, account::Actor, community::TopicLink};

/// Muting the authors of posts. All of it is the muting member's alone: posts of who is muted are
/// folded for them, and they are told of none of these posts.
///
/// An author is named by a post of theirs, which is named by the id of its topic and its number. A
/// topic that is not for who asks, a deleted post, one's own, and one with neither an account nor an
/// alias are answered as if they were not there: [`Error::NotFound`](crate::Error::NotFound).
#[async_trait]
pub trait Muting: Send + Sync {
    /// What somebody has to know who mutes the author of a post.
    async fn muting(&self, actor: Actor, id: &str, number: i64) -> Result<MuteTerms>;

    /// Mutes the author of a post: by their name where who asks can read it, else in this topic alone;
    /// of a post under an alias, the alias.
    /// Where they are muted already that is no error.
    async fn mute(&self, actor: Actor, id: &str, number: i64) -> Result<TopicLink>;

    /// Ends every mute by which the author of a post is muted here.
    async fn unmute(&self, actor: Actor, id: &str, number: i64) -> Result<TopicLink>;

    /// Whom one has muted, after the mute with an id. [`Error::NotFound`](crate::Error::NotFound)
    /// where `after` is not in the list.
    async fn mutes(&self, actor: Actor, after: Option<&str>) -> Result<MuteList>;

    /// Ends one of one's own mutes. Where there is none of this id that is no error.
    async fn end_mute(&self, actor: Actor, id: &str) -> Result<()>;
}
