//! What people enter to ask for a community, and what is wrong with it.

use serde::{Deserialize, Serialize};

use crate::{
    Error, FieldError, Result,
    community::check_link,
    text::{check_one_line, check_plain, is_invisible, one_line},
};

/// Fewest characters of a condition's name.
const NAME_SHORTEST: usize = 3;
/// Most characters of a condition's name.
pub const REQUEST_NAME_LONGEST: usize = 150;
/// Most characters of why there should be a community.
pub const REQUEST_WHY_LONGEST: usize = 1_000;
/// Most links to sources.
pub const REQUEST_LINKS_MOST: usize = 5;
/// Most characters of what who decides says.
pub const REQUEST_WORDS_LONGEST: usize = 500;

/// A request as it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityRequestDraft {
    /// See [`check_request_name`].
    pub name: String,
    /// See [`check_request_why`].
    pub why: String,
    /// One a line; see [`check_request_links`].
    pub links: String,
    /// Whether who asks would lead the community.
    pub leads: bool,
}

impl CommunityRequestDraft {
    /// What is wrong with it: about `name`, `why` and `links`.
    pub fn wrong(&self) -> Vec<FieldError> {
        [
            check_request_name("name", &self.name).err(),
            check_request_why("why", &self.why).err(),
            check_request_links("links", &self.links).err(),
        ]
        .into_iter()
        .flatten()
        .flat_map(|error| match error {
            Error::Invalid { fields } => fields,
            _ => Vec::new(),
        })
        .collect()
    }

    /// The request as it is kept. [`Error::Invalid`] as [`wrong`](Self::wrong).
    pub fn check(self) -> Result<Self> {
        let fields = self.wrong();
        if !fields.is_empty() {
            return Err(Error::Invalid { fields });
        }
        Ok(Self {
            name: check_request_name("name", &self.name)?,
            why: check_request_why("why", &self.why)?,
            links: check_request_links("links", &self.links)?.join("\n"),
            leads: self.leads,
        })
    }
}

/// The name of a condition as it is kept: one line. `field` is the form's.
pub fn check_request_name(field: &str, typed: &str) -> Result<String> {
    let name = one_line(typed);
    let length = name.chars().count();
    let letters = name.chars().filter(|sign| sign.is_alphanumeric()).count();
    if name.chars().any(is_invisible) || letters < NAME_SHORTEST || length > REQUEST_NAME_LONGEST {
        return Err(Error::invalid(
            field,
            format!(
                "Enter the name of the condition in {NAME_SHORTEST} to {REQUEST_NAME_LONGEST} characters."
            ),
        ));
    }
    Ok(name)
}

/// Why there should be a community, as it is kept: plain text. `field` is the form's.
pub fn check_request_why(field: &str, typed: &str) -> Result<String> {
    let text = check_plain(field, typed, REQUEST_WHY_LONGEST)?;
    if text.is_empty() {
        return Err(Error::invalid(field, "Say why in a few sentences."));
    }
    Ok(text)
}

/// Links to sources, one a line, or none. `field` is the form's.
pub fn check_request_links(field: &str, typed: &str) -> Result<Vec<String>> {
    let lines: Vec<&str> = typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > REQUEST_LINKS_MOST {
        return Err(Error::invalid(
            field,
            format!("Enter at most {REQUEST_LINKS_MOST} links, one on each line."),
        ));
    }
    lines
        .into_iter()
        .map(|line| check_link(field, line))
        .collect()
}

/// What who decides says to who asked, as it is kept: one line. `field` is the form's.
pub fn check_request_words(field: &str, typed: &str) -> Result<String> {
    let words = check_one_line(field, typed, REQUEST_WORDS_LONGEST)?;
    if words.is_empty() {
        return Err(Error::invalid(
            field,
            "Say something about it. The member who asked can read this.",
        ));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, why: &str, links: &str) -> CommunityRequestDraft {
        CommunityRequestDraft {
            name: name.to_owned(),
            why: why.to_owned(),
            links: links.to_owned(),
            leads: true,
        }
    }

    #[test]
    fn a_request_is_kept_in_one_form() {
        let typed = draft(
            " Tatton \n Brown ",
            "We are\r\nnine families.\n",
            "\n https://Example.org \r\n\nhttp://example.org/b",
        );
        let kept = typed.check().unwrap();
        let expected = draft(
            "Tatton Brown",
            "We are\nnine families.",
            "https://example.org/\nhttp://example.org/b",
        );
        assert_eq!(kept, expected);
        assert_eq!(kept.clone().check(), Ok(kept));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let fields = |draft: CommunityRequestDraft| {
            let wrong = draft.wrong().into_iter();
            wrong.map(|error| error.field).collect::<Vec<_>>()
        };
        let all = draft("..", " ", "javascript:alert(1)");
        assert_eq!(fields(all), ["name", "why", "links"]);
        assert!(fields(draft("NGLY1", "So.", "")).is_empty());
        let six = "https://example.org\n".repeat(6);
        assert_eq!(fields(draft("a\u{202e}bc", "So.", &six)), ["name", "links"]);
        let long = "a".repeat(1_001);
        assert_eq!(fields(draft(&long, &long, "")), ["name", "why"]);
        assert!(check_request_words("words", "").is_err());
    }
}
