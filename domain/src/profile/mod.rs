//! What a person shows of themselves, and to whom.

mod model;
mod service;

pub use model::{
    ABOUT_LONGEST, Listed, MemberList, OwnProfile, Picture, Profile, ProfileDraft, check_about,
};
pub use service::Profiles;
