//! Profiles and lists of members as others see them, and the pages on which people choose what is
//! seen of them.

pub mod api;
mod details;
pub mod forms;
mod member_page;
mod members_page;
mod onlooker;
mod own_profile_page;
pub mod paths;
mod picture_page;
mod portrait;
mod settings;
mod what_others_see_page;

pub use member_page::MemberPage;
pub use members_page::MembersPage;
pub use onlooker::Onlooker;
pub use own_profile_page::OwnProfilePage;
pub use picture_page::PicturePage;
pub use portrait::Portrait;
pub use settings::{AudienceChoice, saved, ways};
pub use what_others_see_page::WhatOthersSeePage;
