//! The addresses of profiles and of lists of members.

/// One's own profile, to change it.
pub const OWN: &str = "/settings/profile";
/// One's own picture.
pub const PICTURE: &str = "/settings/picture";
/// One's own profile through the eyes of others.
pub const WHAT_OTHERS_SEE: &str = "/settings/what-others-see";

/// The profile of a member.
pub fn member(handle: &str) -> String {
    format!("/members/{handle}")
}

/// The picture of a member.
pub fn picture(handle: &str, version: &str) -> String {
    format!("/members/{handle}/picture?v={version}")
}

/// A page of the members of a condition's community.
pub fn members(slug: &str, after: Option<&str>) -> String {
    match after {
        Some(after) => format!("/communities/{slug}/members?after={after}"),
        None => format!("/communities/{slug}/members"),
    }
}

/// One's own profile through the eyes of `by`.
pub fn what_others_see(by: &str) -> String {
    format!("{WHAT_OTHERS_SEE}?by={by}")
}
