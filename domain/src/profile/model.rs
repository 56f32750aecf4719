use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, SafeHtml,
    catalogue::ConditionLink,
    community::{Leader, Membership},
    policy::Audience,
    text::is_invisible,
};

/// Most characters of the text about a person.
pub const ABOUT_LONGEST: usize = 5_000;

/// A profile as somebody sees it: what is not for them is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The public name in addresses.
    pub handle: String,
    /// The display name.
    pub name: Option<String>,
    /// Version of the picture, for its address.
    pub picture: Option<String>,
    /// The text about the person, as HTML.
    pub about: Option<SafeHtml>,
    /// Conditions that they name.
    pub conditions: Vec<ConditionLink>,
    /// Whether it is the person's own.
    pub own: bool,
    /// Whether search engines may list what visitors see of it.
    pub for_search_engines: bool,
}

impl Profile {
    /// Whether nothing of it is for who asks. Then there is no such profile for them.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.picture.is_none()
            && self.about.is_none()
            && self.conditions.is_empty()
    }
}

/// A person's own view of their profile: everything, and for whom it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnProfile {
    /// The public name in addresses.
    pub handle: String,
    /// The display name.
    pub name: String,
    /// Who sees the name.
    pub name_audience: Audience,
    /// The text as Markdown.
    pub about: String,
    /// Who sees the text.
    pub about_audience: Audience,
    /// Version of the picture, where there is one.
    pub picture: Option<String>,
    /// Who sees the picture.
    pub picture_audience: Audience,
    /// Who finds the person in the lists of members of their communities.
    pub listed_audience: Audience,
    /// Whether search engines may list what visitors see.
    pub for_search_engines: bool,
    /// The communities that the person is in, the home condition first.
    pub memberships: Vec<Membership>,
}

/// What a person enters about themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDraft {
    /// See [`display_name`](crate::account::display_name).
    pub name: String,
    /// Who sees the name.
    pub name_audience: Audience,
    /// Markdown; see [`check_about`].
    pub about: String,
    /// Who sees the text.
    pub about_audience: Audience,
    /// Who finds the person in lists of members.
    pub listed_audience: Audience,
    /// Whether search engines may list what visitors see.
    pub for_search_engines: bool,
}

/// A picture as it is sent: a JPEG without anything but the picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Says which it is.
    pub version: String,
    /// JPEG.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Picture(…)")
    }
}

/// One page of the members of a community who want to be found there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberList {
    /// Who leads the community, on the first page alone. As members they may be listed as well.
    pub leaders: Vec<Leader>,
    /// The condition.
    pub condition: ConditionLink,
    /// By name.
    pub members: Vec<Listed>,
    /// Handle after which the next page begins.
    pub next: Option<String>,
}

/// A member in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The public name in addresses.
    pub handle: String,
    /// The display name.
    pub name: String,
    /// Version of the picture, where it is for who asks.
    pub picture: Option<String>,
}

/// The text about a person as it is kept. `field` is the form's.
pub fn check_about(field: &str, typed: &str) -> Result<String> {
    let text = typed.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > ABOUT_LONGEST {
        return Err(Error::invalid(
            field,
            format!(
                "Use at most {ABOUT_LONGEST} characters; this has {}.",
                text.chars().count()
            ),
        ));
    }
    if text
        .chars()
        .any(|sign| is_invisible(sign) && !matches!(sign, '\n' | '\t'))
    {
        return Err(Error::invalid(
            field,
            "This text has signs that cannot be seen. Type it anew, or copy it as plain text.",
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_about_people() {
        assert_eq!(
            check_about("about", " Two lines,\r\nthe second\tlast. "),
            Ok("Two lines,\nthe second\tlast.".to_owned())
        );
        assert!(check_about("about", &"a".repeat(ABOUT_LONGEST)).is_ok());
        for bad in [
            &"a".repeat(ABOUT_LONGEST + 1),
            "null \0",
            "turned \u{202e}round",
        ] {
            assert!(check_about("about", bad).is_err(), "{bad:?}");
        }
    }
}
