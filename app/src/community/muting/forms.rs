//! The fields of the forms with which people mute others.

use serde::Deserialize;

use super::api;
use crate::ui::form::PageForm;

/// `/topics/{id}/{words}/posts/{number}/mute`: the author of the post is muted
#[derive(Clone, Debug, Deserialize)]
pub struct MuteFields {
    /// The topic.
    pub id: String,
    /// The post.
    pub number: i64,
}

impl PageForm for MuteFields {
    type Call = api::Mute;
}

/// `/topics/{id}/{words}/posts/{number}/mute`: and no longer
#[derive(Clone, Debug, Deserialize)]
pub struct UnmuteFields {
    /// The topic.
    pub id: String,
    /// The post.
    pub number: i64,
}

impl PageForm for UnmuteFields {
    type Call = api::Unmute;
}

/// `/settings/muted`
#[derive(Clone, Debug, Deserialize)]
pub struct EndMuteFields {
    /// The mute.
    pub id: String,
}

impl PageForm for EndMuteFields {
    type Call = api::EndMute;
}
