//! Posts that mention people: `@` and a handle.

use crate::text::fold;

/// Most people whom a post may mention.
pub const MENTIONS_MOST: usize = 10;

/// Characters of a handle.
const HANDLE: usize = 10;

/// Whether it has the form of a handle: ten digits of Crockford's base32 in lower case.
pub fn is_handle(text: &str) -> bool {
    text.len() == HANDLE
        && text
            .bytes()
            .all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'h' | b'j' | b'k' | b'm' | b'n' | b'p'..=b't' | b'v'..=b'z'))
}

/// Where a text says `@` and what has the form of a handle: the place of each `@`, and the handle. Not
/// within a word, an email address or a path. Whether there is such a person is not asked.
pub fn mentions(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let goes_on = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '@' | '/');
        let before = text[..at].chars().next_back();
        if before.is_some_and(|sign| goes_on(sign) || matches!(sign, '.' | '\\')) {
            return None;
        }
        let rest = &text[at + 1..];
        let handle = rest.get(..HANDLE)?;
        let behind = rest[HANDLE..].chars().next();
        (is_handle(handle) && !behind.is_some_and(goes_on)).then_some((at, handle))
    })
}

/// Most characters of a name that are looked for behind `@`.
const NAME_BEGUN_LONGEST: usize = 30;

/// The name that somebody begins to type at the end of a text: the place of the `@` before it, and what is
/// typed of the name, which can be nothing yet.
///
/// ```
/// use domain::community::begun_mention;
/// assert_eq!(begun_mention("Hello @gra"), Some((6, "gra")));
/// assert_eq!(begun_mention("ada@example.org"), None);
/// ```
pub fn begun_mention(text: &str) -> Option<(usize, &str)> {
    let (before, begun) = text.rsplit_once('@')?;
    let is_word = begun
        .chars()
        .all(|sign| sign.is_alphanumeric() || "-'’.".contains(sign));
    let opens = |sign: char| sign.is_whitespace() || "([*_“\"'".contains(sign);
    let stands_alone = before.chars().next_back().is_none_or(opens);
    (is_word && stands_alone && begun.chars().count() <= NAME_BEGUN_LONGEST)
        .then_some((before.len(), begun))
}

/// Whether a word of a name begins with what is typed of it.
///
/// ```
/// use domain::community::begins_name;
/// assert!(begins_name("Zoë van Dijk", "zoe") && begins_name("Zoë van Dijk", "dij"));
/// assert!(!begins_name("Zoë van Dijk", "oe"));
/// ```
pub fn begins_name(name: &str, begun: &str) -> bool {
    let begun = fold(begun);
    begun.is_empty() || format!(" {}", fold(name)).contains(&format!(" {begun}"))
}

/// How many people a text mentions.
pub(super) fn count_mentioned(text: &str) -> usize {
    let mut handles: Vec<&str> = mentions(text).map(|(_, handle)| handle).collect();
    handles.sort_unstable();
    handles.dedup();
    handles.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        mentions(text).map(|(_, handle)| handle).collect()
    }

    #[test]
    fn a_name_is_begun_behind_the_last_sign() {
        for (text, begun) in [
            ("@", Some((0, ""))),
            ("@é", Some((0, "é"))),
            ("ä @a", Some((3, "a"))),
            ("(@o'br", Some((1, "o'br"))),
            ("@ada @gr", Some((5, "gr"))),
            ("@ada said", None),
            ("a@b", None),
            ("@@", None),
            ("no sign", None),
            ("@abcdefghijklmnopqrstuvwxyzabcdefg", None),
        ] {
            assert_eq!(begun_mention(text), begun, "{text}");
        }
    }

    #[test]
    fn a_mention_is_a_word_of_its_own() {
        let handle = "4k2jd8s0aq";
        for text in [
            "@4k2jd8s0aq",
            "Hello @4k2jd8s0aq.",
            "(@4k2jd8s0aq)",
            "ä: @4k2jd8s0aq, ä",
            "**@4k2jd8s0aq**",
            "@@ @4k2jd8s0aq",
        ] {
            assert_eq!(found(text), [handle], "{text}");
        }
        for text in [
            "4k2jd8s0aq",
            "@4k2jd8s0a",
            "@4k2jd8s0aqq",
            "@4K2JD8S0AQ",
            "@4k2jd8s0ai",
            "@4k2jd8s0aä",
            "ada@4k2jd8s0aq",
            "a.@4k2jd8s0aq",
            "/@4k2jd8s0aq",
            "@4k2jd8s0aq/x",
            "@4k2jd8s0aq@example.org",
            "\\@4k2jd8s0aq",
            "@4k2jd8s0\u{202e}q",
            "@",
            "@ä",
            "@4k2jd8s0\u{e4}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("@4k2jd8s0aq @0000000000"), [handle, "0000000000"]);
    }

    #[test]
    fn people_are_counted_once() {
        assert_eq!(count_mentioned("@4k2jd8s0aq @0000000000 @4k2jd8s0aq"), 2);
    }
}
