//! The addresses of an account.

use domain::account::People;
use leptos_router::location::Url;

/// Where an account begins.
pub const JOIN: &str = "/join";
/// Where one signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Where one signs out.
pub const SIGN_OUT: &str = "/sign-out";
/// For those who have forgotten their password.
pub const FORGOTTEN_PASSWORD: &str = "/forgotten-password";
/// A person's control over their own account.
pub const SETTINGS: &str = "/settings";
/// A new password.
pub const PASSWORD: &str = "/settings/password";
/// A new email address.
pub const ADDRESS: &str = "/settings/address";
/// What signing in takes besides the password.
pub const SECOND_FACTOR: &str = "/settings/second-factor";
/// Where one is signed in.
pub const DEVICES: &str = "/settings/devices";
/// The end of an account.
pub const DELETE: &str = "/settings/delete";
/// Accounts, for administrators.
pub const ADMIN_PEOPLE: &str = "/admin/people";

/// Who was slowed in lists of members, for administrators.
pub const ADMIN_MEMBER_LISTS: &str = "/admin/member-lists";

/// A page of who was slowed in lists of members, for administrators.
pub fn admin_member_lists(after: Option<&str>) -> String {
    let after = after.map_or_else(String::new, |after| format!("?after={after}"));
    format!("{ADMIN_MEMBER_LISTS}{after}")
}

/// Members, for moderators who warn and suspend them.
pub const ADMIN_MEMBERS: &str = "/admin/members";

/// Accounts with these words in name or address, after the one with a handle, for administrators.
pub fn admin_people(words: &str, people: People, after: Option<&str>) -> String {
    let words = Url::escape(words);
    let people = people.as_str();
    let after = after.map_or_else(String::new, |after| format!("&after={after}"));
    format!("{ADMIN_PEOPLE}?q={words}&show={people}{after}")
}

/// The page to sign in on, from where it goes on at `next`.
pub fn sign_in(next: &str) -> String {
    format!("{SIGN_IN}?next={}", Url::escape(next))
}

/// One account, for administrators.
pub fn admin_person(handle: &str) -> String {
    format!("{ADMIN_PEOPLE}/{handle}")
}

/// One member, for moderators.
pub fn admin_member(handle: &str) -> String {
    format!("{ADMIN_MEMBERS}/{handle}")
}
