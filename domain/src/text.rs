//! How names are compared, sorted and turned into addresses, what a text may consist of, and what differs
//! between two.

use std::borrow::Cow;

use deunicode::deunicode_char;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The longest text a person may search for, in characters. Longer input is cut: no condition name
/// in the sources is longer than 408.
pub const MAX_QUERY: usize = 200;

/// What is the same, what went and what came, in the order of reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// In both.
    Same(String),
    /// Only in the older text.
    Removed(String),
    /// Only in the newer text.
    Added(String),
}

/// The form in which names are compared and sorted: lower case, without accents, apostrophes
/// dropped ("Kahler's" is "kahlers"), everything that is neither letter nor digit one space.
///
/// ```
/// assert_eq!(domain::text::fold("Sjögren’s  syndrome (primary)"), "sjogrens syndrome primary");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.chars() {
        if matches!(character, '\'' | '’' | '‘' | 'ʼ' | '`' | '´') {
            continue;
        }
        let plain = deunicode_char(character).unwrap_or(" ");
        for byte in plain.bytes() {
            if byte.is_ascii_alphanumeric() {
                if gap && !folded.is_empty() {
                    folded.push(' ');
                }
                gap = false;
                folded.push(char::from(byte.to_ascii_lowercase()));
            } else {
                gap = true;
            }
        }
    }
    folded
}

/// Signs that change how the text around them looks, or do not show: control characters,
/// directional marks (Unicode UAX 9), zero-width space, word joiner, byte order mark, tags. The
/// joiners that Persian and Indian scripts need are not among them.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || is_noncharacter(character)
        || matches!(character,
            '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{2800}' |
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}'
            | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The code points that Unicode keeps free of characters for good (23.7), and that neither HTML nor
/// XML allows.
fn is_noncharacter(character: char) -> bool {
    matches!(character, '\u{fdd0}'..='\u{fdef}') || u32::from(character) & 0xfffe == 0xfffe
}

fn is_unprintable(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t')) || is_noncharacter(character)
}

/// The text without what no page can show: control characters but tab and line feed, and
/// noncharacters. What breaks a line in word processors breaks it here, too.
///
/// ```
/// use domain::text::printable;
/// assert_eq!(printable("one\u{b}two\r\nthree\u{7}\u{fffe}"), "one\ntwo\nthree");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_printable(text) {
        return Cow::Borrowed(text);
    }
    let mut printable = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' => printable.push('\n'),
            _ if is_unprintable(character) => {}
            _ => printable.push(character),
        }
    }
    Cow::Owned(printable)
}

/// By bytes, because nearly every text is printable, and whole pages are asked about.
fn is_printable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    bytes.iter().enumerate().all(|(index, byte)| match byte {
        0..=0x8 | 0xb..=0x1f | 0x7f => false,
        // The first byte of U+0080 to U+009F, of U+FDD0 to U+FDEF, U+FFFE and U+FFFF, and of those of
        // other planes.
        0xc2 => at(index + 1) >= 0xa0,
        0xef => match at(index + 1) {
            0xb7 => !(0x90..=0xaf).contains(&at(index + 2)),
            0xbf => at(index + 2) < 0xbe,
            _ => true,
        },
        0xf0.. => at(index + 1) & 0xf != 0xf || at(index + 2) != 0xbf || at(index + 3) < 0xbe,
        _ => true,
    })
}

/// The part of an address that stands for a name: [`fold`]ed, joined by hyphens, at most 100
/// characters, never empty.
///
/// ```
/// assert_eq!(domain::text::slug("Kahler's disease"), "kahlers-disease");
/// ```
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for word in fold(name).split(' ').filter(|word| !word.is_empty()) {
        if slug.len() + word.len() >= 100 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() {
        slug.push_str("condition");
    }
    slug
}

/// Whether the text may be a slug at all; anything else need not be looked up.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 120
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A name with its first letter in upper case, as at the start of a line. A first word with a
/// capital of its own ("mRNA decay", "mTOR-related") stays as it is, and so does a Greek letter: a
/// capital beta would be read as a B.
///
/// ```
/// use domain::text::sentence_case;
/// assert_eq!(sentence_case("multiple myeloma"), "Multiple myeloma");
/// assert_eq!(sentence_case("β-thalassemia"), "β-thalassemia");
/// ```
pub fn sentence_case(name: &str) -> String {
    let fixed = name
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ','))
        .next()
        .is_some_and(|word| word.chars().any(char::is_uppercase) || SMALL.contains(&word));
    let mut characters = name.chars();
    match characters.next() {
        Some(first) if !fixed && !is_greek(first) => {
            first.to_uppercase().chain(characters).collect()
        }
        _ => name.to_owned(),
    }
}

/// First words that are symbols and have no capital at all.
const SMALL: [&str; 2] = ["p53", "p63"];

/// Greek and Coptic, and extended Greek (Unicode blocks).
fn is_greek(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// A name as it is written inside a sentence: with a small first letter, unless its first word is a
/// proper name or an abbreviation. Whether it is, the spellings of the sources tell: the first one,
/// the ontology's own name, if it has the word; else any of the others.
///
/// ```
/// use domain::text::within_sentence;
/// assert_eq!(within_sentence("Pompe disease", ["glycogen storage disease II"]), "Pompe disease");
/// assert_eq!(within_sentence("Multiple myeloma", ["multiple myeloma"]), "multiple myeloma");
/// ```
pub fn within_sentence<'a>(name: &str, spellings: impl IntoIterator<Item = &'a str>) -> String {
    fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(|c: char| !c.is_alphanumeric())
    }
    let first = words(name).next().unwrap_or_default();
    let folded = fold(first);
    // "IgA nephropathy": capitals of their own stay.
    if folded.is_empty() || first.chars().skip(1).any(char::is_uppercase) {
        return name.to_owned();
    }
    let mut spellings = spellings.into_iter().map(|spelling| {
        words(spelling)
            .find(|word| fold(word) == folded)
            .map(|word| word.chars().all(char::is_lowercase))
    });
    let small = match spellings.next().flatten() {
        Some(small) => small,
        None => spellings.any(|small| small == Some(true)),
    };
    let mut characters = name.chars();
    match characters.next() {
        Some(letter) if small => letter.to_lowercase().chain(characters).collect(),
        _ => name.to_owned(),
    }
}

/// The text cut to at most `limit` characters at a word, with an ellipsis where something went.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit.saturating_sub(1)).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{}…", cut.trim_end_matches([',', ';', ':', ' ']))
}

/// What was typed as one line, without white space that says nothing.
pub fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a source has written, as one line: without signs that cannot be seen, cut at a word where it is
/// longer.
///
/// ```
/// assert_eq!(domain::text::plain_line(" A\u{7}\n  study\u{202e} ", 20), "A study");
/// ```
pub fn plain_line(text: &str, longest: usize) -> String {
    let visible = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_invisible(*c));
    shorten(&one_line(&visible.collect::<String>()), longest)
}

/// One line of at most so many characters, as it is kept; it may be empty. `field` is the form's.
pub fn check_one_line(field: &str, typed: &str, longest: usize) -> Result<String> {
    let line = one_line(typed);
    if line.chars().count() > longest || line.chars().any(is_invisible) {
        return Err(Error::invalid(
            field,
            format!("Use one line of at most {longest} characters that can be seen."),
        ));
    }
    Ok(line)
}

/// The same where there has to be something: else `missing` asks for it.
pub fn check_reason(field: &str, typed: &str, longest: usize, missing: &str) -> Result<String> {
    let line = check_one_line(field, typed, longest)?;
    if line.is_empty() {
        return Err(Error::invalid(field, missing));
    }
    Ok(line)
}

/// Plain text of at most so many characters, as it is kept; nothing where it shows nothing. `field` is
/// the form's.
pub fn check_plain(field: &str, typed: &str, longest: usize) -> Result<String> {
    let text = printable(typed);
    let text = text.trim();
    let shows_nothing = |sign: char| sign.is_whitespace() || is_invisible(sign);
    if text.chars().all(shows_nothing) {
        return Ok(String::new());
    }
    let length = text.chars().count();
    if length > longest {
        return Err(Error::invalid(
            field,
            format!("Use at most {longest} characters; this has {length}."),
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_fold() {
        assert_eq!(fold("  Ménière's disease "), "menieres disease");
        assert_eq!(fold("22q13.3 deletion"), "22q13 3 deletion");
        assert_eq!(fold("ß-thalassæmia"), "ss thalassaemia");
        assert_eq!(fold("\u{0}\u{7}"), "");
    }

    #[test]
    fn names_get_an_upper_case_letter() {
        assert_eq!(sentence_case("multiple myeloma"), "Multiple myeloma");
        assert_eq!(sentence_case("mRNA decay"), "mRNA decay");
        assert_eq!(sentence_case("élan"), "Élan");
        assert_eq!(sentence_case("mTOR-related growth"), "mTOR-related growth");
        assert_eq!(sentence_case("p53-related cancer"), "p53-related cancer");
        assert_eq!(
            sentence_case("non-Hodgkin lymphoma"),
            "Non-Hodgkin lymphoma"
        );
        for greek in ["β-thalassemia", "α1-antitrypsin deficiency", "γ/δ disease"] {
            assert_eq!(sentence_case(greek), greek);
        }
    }

    #[test]
    fn names_inside_sentences_are_small_unless_they_are_proper_names() {
        for (name, spellings, expected) in [
            (
                "Multiple myeloma",
                &[
                    "plasma cell myeloma",
                    "MULTIPLE MYELOMA",
                    "multiple myeloma",
                ][..],
                "multiple myeloma",
            ),
            (
                "Wilson disease",
                &["Wilson disease", "wilson disease"],
                "Wilson disease",
            ),
            (
                "Tuberous sclerosis complex",
                &["tuberous sclerosis"],
                "tuberous sclerosis complex",
            ),
            (
                "Narcolepsy type 1",
                &["narcolepsy-cataplexy syndrome"],
                "narcolepsy type 1",
            ),
            (
                "Von Willebrand disease",
                &["von Willebrand disease"],
                "von Willebrand disease",
            ),
            ("Behçet disease", &["Behcet disease"], "Behçet disease"),
            (
                "AL amyloidosis",
                &["AL amyloidosis", "amyloidosis, al type"],
                "AL amyloidosis",
            ),
            ("IgA nephropathy", &["iga nephropathy"], "IgA nephropathy"),
            (
                "Addison disease",
                &[
                    "autoimmune primary adrenal insufficiency",
                    "Addison's disease",
                ],
                "Addison disease",
            ),
            ("Élan", &["élan"], "élan"),
            ("22q13 deletion", &["22q13 deletion"], "22q13 deletion"),
            ("Unknown", &[], "Unknown"),
            ("", &["x"], ""),
        ] {
            assert_eq!(within_sentence(name, spellings.iter().copied()), expected);
        }
    }

    #[test]
    fn long_text_is_cut_at_a_word() {
        assert_eq!(shorten("one two three", 9), "one two…");
        assert_eq!(shorten("short", 9), "short");
    }

    #[test]
    fn what_no_page_can_show_is_taken_out() {
        let pasted = "Word soft break\u{b}here, bell\u{7} and U+FFFE \u{fffe} end.";
        let shown = "Word soft break\nhere, bell and U+FFFE  end.";
        assert_eq!(printable(pasted), shown);
        for (typed, shown) in [
            ("a\tb\nc", "a\tb\nc"),
            ("a\rb\r\nc\n\rd", "a\nb\nc\n\nd"),
            ("\0\u{1}\u{1f}\u{7f}\u{80}\u{9f}", ""),
            ("a\u{85}b\u{c}c", "a\nb\nc"),
            ("\u{fdd0}\u{fdef}\u{ffff}\u{1fffe}\u{10ffff}", ""),
            (
                "\u{a0}é·\u{fdcf}\u{fdf0}\u{fffd}\u{10fffd}😀",
                "\u{a0}é·\u{fdcf}\u{fdf0}\u{fffd}\u{10fffd}😀",
            ),
        ] {
            assert_eq!(printable(typed), shown, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn a_printable_text_is_printed_as_it_is(text in any::<String>()) {
            prop_assert_eq!(is_printable(&text), !text.contains(is_unprintable));
            let printed = printable(&text);
            prop_assert!(is_printable(&printed));
            let kept = |text: &str| text.chars().filter(|c| !is_unprintable(*c) && *c != '\n').collect::<String>();
            prop_assert_eq!(kept(&printed), kept(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
        }

        #[test]
        fn inside_a_sentence_only_the_first_letter_changes(name in any::<String>(), other in any::<String>()) {
            let written = within_sentence(&name, [other.as_str(), &name.to_lowercase()]);
            prop_assert!(written == name || name.chars().skip(1).eq(written.chars().skip(1)));
        }

        #[test]
        fn every_name_has_a_slug(text in any::<String>()) {
            prop_assert!(is_slug(&slug(&text)));
        }
    }
}
