use unicode_security::{MixedScript, skeleton};

use crate::{
    Error, Result,
    text::{fold, is_invisible},
};

/// Most characters of a display name.
const NAME_LONGEST: usize = 60;
/// Most marks on one letter: no script in use has more, and more of them cover other lines.
const MOST_MARKS: usize = 4;

/// Words of those who run a site like this one. A role is shown beside the name, never in it.
const STAFF: [&str; 13] = [
    "admin",
    "admins",
    "administrator",
    "administrators",
    "sysadmin",
    "webmaster",
    "mod",
    "mods",
    "moderator",
    "moderators",
    "moderation",
    "staff",
    "official",
];
/// The same, wherever in a name they are.
const STAFF_ANYWHERE: [&str; 4] = ["rareshare", "administrator", "moderator", "supportteam"];

/// The name that others see, with its spaces in order. `field` is the form's. Refuses what
/// [`display_name_shape`] refuses, words of those who run the site, and letters that look like those
/// of another script.
///
/// Not for the browser: it would need the tables of all scripts, which are larger than everything else.
pub fn display_name(field: &str, typed: &str) -> Result<String> {
    let name = display_name_shape(field, typed)?;
    // A word of two scripts is how a name is made to look like another (Unicode TS 39, 5.1).
    if name.split(' ').any(|word| !word.is_single_script()) {
        return Err(Error::invalid(
            field,
            "This name mixes letters of several alphabets in one word. Use one alphabet for each word.",
        ));
    }
    if poses_as_staff(&name) {
        return Err(Error::invalid(
            field,
            "This looks like the name of someone who runs this site. Use another name.",
        ));
    }
    Ok(name)
}

/// The rules for a name that need no tables: it has letters that can be seen, and an end.
pub fn display_name_shape(field: &str, typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::invalid(
            field,
            "Enter a name. It need not be your real one.",
        ));
    }
    if name.chars().count() > NAME_LONGEST {
        return Err(Error::invalid(
            field,
            format!("Use at most {NAME_LONGEST} characters."),
        ));
    }
    if name.chars().any(is_invisible)
        || hides_joiners(&name)
        || has_too_many_marks(&name)
        || !name.chars().any(char::is_alphanumeric)
    {
        return Err(Error::invalid(
            field,
            "This name has characters that cannot be seen, or no letter. Use letters, numbers and spaces.",
        ));
    }
    Ok(name)
}

/// Whether a joiner is where it joins nothing: Persian, Indian languages and some emoji need them,
/// and between Latin, Greek or Cyrillic letters they only make two names look alike.
fn hides_joiners(name: &str) -> bool {
    let signs: Vec<char> = name.chars().collect();
    // Scripts whose letters join begin here.
    let joins = |at: Option<usize>| {
        at.and_then(|at| signs.get(at))
            .is_some_and(|sign| *sign >= '\u{590}' && !matches!(sign, '\u{200c}' | '\u{200d}'))
    };
    signs.iter().enumerate().any(|(at, sign)| {
        matches!(sign, '\u{200c}' | '\u{200d}')
            && !(joins(at.checked_sub(1)) && joins(Some(at + 1)))
    })
}

fn has_too_many_marks(name: &str) -> bool {
    let mut marks = 0;
    name.chars().any(|sign| {
        let is_mark = matches!(sign, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}');
        marks = if is_mark { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
}

/// A word with letters in the place of digits and signs that are written for them.
fn letters(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .map(|sign| match sign {
            '0' => 'o',
            '1' | '!' | '|' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            other => other,
        })
        .collect()
}

/// As it is read: without accents and in plain letters.
fn reading(word: &str) -> String {
    fold(&letters(word)).replace(' ', "")
}

/// As it looks (Unicode TS 39, 4), where letters of other alphabets are written for Latin ones.
fn look(word: &str) -> String {
    let look: String = skeleton(&letters(word)).collect();
    fold(&look).replace(' ', "")
}

fn poses_as_staff(name: &str) -> bool {
    let words: Vec<&str> = name
        .split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '@' | '$' | '|' | '!'))
        .filter(|word| !word.is_empty())
        .collect();
    let forms: [fn(&str) -> String; 2] = [reading, look];
    forms.into_iter().any(|form| {
        let words: Vec<String> = words.iter().map(|word| form(word)).collect();
        let joined = words.concat();
        let is_word = |staff: &&str| {
            let staff = form(staff);
            joined == staff || words.contains(&staff)
        };
        STAFF.iter().any(is_word)
            || STAFF_ANYWHERE
                .iter()
                .any(|staff| joined.contains(&form(staff)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_that_people_have_are_taken() {
        assert_eq!(display_name("name", "  Ada   L. "), Ok("Ada L.".to_owned()));
        for good in [
            "علی\u{200c}رضا",
            "José García-Márquez",
            "Nguyễn Thị Minh Khai",
            "Анна",
            "Ada 李",
            "山田たろう",
            "김민수",
            "नरेंद्र",
            "O'Brien 2",
            "Padmini",
            "Modesta Stafford",
            "👩\u{200d}🔬 Kim",
            "Łukasz",
            "Ημα",
        ] {
            assert!(display_name("name", good).is_ok(), "{good}");
        }
    }

    #[test]
    fn names_that_nobody_can_read_are_refused() {
        for bad in [
            "",
            "   ",
            "a\0b",
            "abc\u{202e}def",
            "\u{200b}",
            "...",
            &"x".repeat(61),
            "Ada\u{200c}",
            "A\u{200d}da",
            "Ada\u{34f}",
            "\u{2800}Ada",
            "A\u{301}\u{301}\u{301}\u{301}\u{301}da",
        ] {
            assert!(display_name_shape("name", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn names_that_look_like_others_are_refused() {
        for bad in [
            "Аda",
            "Gr\u{430}ce",
            "Ad\u{3b1}",
            "Admin",
            "ADMINISTRATOR",
            "the moderator",
            "Moderators",
            "M0derator",
            "adm1n",
            "@dmin",
            "A d m i n",
            "a-d-m-i-n",
            "RareShare",
            "Rare Share Team",
            "rare-share_support",
            "Support Team",
            "Ａｄｍｉｎ",
            "аԁmіn",
            "Mod",
            "Site Staff",
            "Mødérâtor",
        ] {
            assert!(display_name("name", bad).is_err(), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn names_that_pass_are_clean(typed in any::<String>()) {
            if let Ok(name) = display_name("name", &typed) {
                prop_assert!(!name.chars().any(is_invisible));
                prop_assert_eq!(display_name("name", &name), Ok(name.clone()));
            }
        }
    }
}
