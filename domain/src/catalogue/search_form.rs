//! How names are compared when somebody searches: what is written in several ways is written in one.

use deunicode::deunicode_char;

use crate::text::fold;

/// The words of a name or query in the one spelling that searches compare, joined by spaces: lower
/// case and without accents like [`fold`], and
///
/// - Greek letters by their names: `β` and `beta`, `α1` and `alpha-1`;
/// - Roman numbers as digits behind a word that is counted ("type III", "stage IV") and, where no
///   other word can be meant, anywhere behind the first word ("MPS II", "MPS IVA");
/// - British `ae` and `oe` as `e`, "tumour" as "tumor";
/// - letters of other scripts as they are: transliterated, they would be words of other meaning.
///
/// ```
/// use domain::catalogue::search_form;
/// assert_eq!(search_form("Mucopolysaccharidosis, type IVA"), "mucopolysaccharidosis type 4a");
/// assert_eq!(search_form("β-thalassaemia"), "beta thalassemia");
/// assert_eq!(search_form("戈谢病"), "戈谢病");
/// ```
pub fn search_form(text: &str) -> String {
    let spelled = spelled_out(text);
    let mut words: Vec<String> = Vec::new();
    for word in spelled.split(' ').filter(|word| !word.is_empty()) {
        match greek_with_number(word) {
            Some((letter, number)) => words.extend([letter.to_owned(), number.to_owned()]),
            None => words.push(american(word)),
        }
    }
    for at in 1..words.len() {
        let counted = COUNTED.contains(&words[at - 1].as_str());
        let is_last = at + 1 == words.len();
        if let Some(number) = number(&words[at], counted, is_last) {
            words[at] = number;
        }
    }
    words.join(" ")
}

/// The form in which whole names are equal: a [`search_form`] less what does not tell names apart.
/// That is the word "type" before its number, the space before the number of an abbreviation
/// ("MPS2", "SMA 1", "SMA type 1"), and the `s` of a plural or an eponym ("Kahlers disease").
///
/// ```
/// use domain::catalogue::{search_form, whole_form};
/// assert_eq!(whole_form(&search_form("SMA type I")), whole_form(&search_form("SMA1")));
/// assert_eq!(whole_form(&search_form("Kahler's disease")), "kahler disease");
/// ```
pub fn whole_form(search_form: &str) -> String {
    let mut whole = String::with_capacity(search_form.len());
    let mut words = search_form.split(' ').peekable();
    while let Some(word) = words.next() {
        let numbered = words
            .peek()
            .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        if numbered && TYPE.contains(&word) {
            continue;
        }
        if !whole.is_empty() {
            whole.push(' ');
        }
        match abbreviation_with_number(word) {
            Some((letters, number)) => {
                whole.push_str(letters);
                whole.push(' ');
                whole.push_str(number);
            }
            None => whole.push_str(singular(word).unwrap_or(word)),
        }
    }
    whole
}

/// A word without the `s` of a plural or an eponym, if it may have one.
///
/// ```
/// assert_eq!(domain::catalogue::singular("kahlers"), Some("kahler"));
/// assert_eq!(domain::catalogue::singular("abscess"), None);
/// ```
pub fn singular(word: &str) -> Option<&str> {
    word.strip_suffix('s')
        .filter(|rest| rest.len() >= 4 && !rest.ends_with('s'))
}

/// Whether a name, as a [`search_form`], is one of several that differ in a number.
///
/// ```
/// use domain::catalogue::{is_numbered, search_form};
/// assert!(is_numbered(&search_form("Mucopolysaccharidosis type II, severe form")));
/// assert!(is_numbered(&search_form("Bardet-Biedl syndrome 4")));
/// assert!(!is_numbered(&search_form("22q11.2 deletion syndrome")));
/// ```
pub fn is_numbered(search_form: &str) -> bool {
    let is_number =
        |word: &str| is_short_number(word.trim_end_matches(|c: char| c.is_ascii_lowercase()));
    let mut words = search_form.split(' ');
    let last = words.clone().next_back().unwrap_or_default();
    let mut before = words.next().unwrap_or_default();
    if before != last && is_number(last) {
        return true;
    }
    words.any(|word| {
        let counted = TYPE.contains(&before) && is_number(word);
        before = word;
        counted
    })
}

const TYPE: [&str; 4] = ["type", "typ", "tipo", "types"];

/// What is counted: a Roman number behind one of these is a number, be it a single letter.
const COUNTED: [&str; 16] = [
    "type", "typ", "tipo", "types", "subtype", "stage", "stages", "stadium", "group", "grade",
    "class", "form", "variant", "factor", "complex", "category",
];

const GREEK: [&str; 24] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
    "psi", "omega",
];

/// The name of a Greek letter.
fn greek_name(letter: char) -> Option<&'static str> {
    let small = letter.to_lowercase().next()?;
    let place = match small {
        'µ' => 11,
        'ϐ' => 1,
        'ϑ' => 7,
        'ϕ' => 20,
        'ς' => 17,
        'α'..='ρ' => small as usize - 'α' as usize,
        'σ'..='ω' => small as usize - 'α' as usize - 1,
        _ => return None,
    };
    GREEK.get(place).copied()
}

/// Letters that [`fold`] would write in Latin, but whose words mean something else then.
fn is_of_other_script(character: char) -> bool {
    character.is_alphabetic()
        && matches!(character,
            '\u{370}'..='\u{1cff}' | '\u{1f00}'..='\u{1fff}' | '\u{2c00}'..='\u{2c5f}'
            | '\u{2c80}'..='\u{a71f}' | '\u{a800}'..='\u{faff}' | '\u{fb07}'..='\u{fe6f}'
            | '\u{ff66}'..='\u{ffdc}' | '\u{10000}'..='\u{1d3ff}' | '\u{1d800}'..='\u{10ffff}')
}

/// [`fold`], but with the names of Greek letters and with other scripts as they are. A word of
/// three Greek letters and more is Greek, not signs.
fn spelled_out(text: &str) -> String {
    if text.is_ascii() {
        return fold(text);
    }
    let own = |c: char| greek_name(c).is_some() || is_of_other_script(c);
    let mut spelled = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (run, behind) = rest.split_at(rest.find(|c| !own(c)).unwrap_or(rest.len()));
        if run.is_empty() {
            match first {
                '’' | '‘' | 'ʼ' | '´' => spelled.push('\''),
                _ => spelled.push_str(deunicode_char(first).unwrap_or(" ")),
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if run.chars().count() <= 2 && run.chars().all(|c| greek_name(c).is_some()) {
            for name in run.chars().filter_map(greek_name) {
                spelled.push(' ');
                spelled.push_str(name);
            }
            spelled.push(' ');
        } else {
            spelled.extend(run.chars().flat_map(char::to_lowercase));
        }
        rest = behind;
    }
    let mut folded = String::with_capacity(spelled.len());
    let mut gap = false;
    for character in spelled.chars().filter(|c| !matches!(c, '\'' | '`')) {
        if character.is_ascii_alphanumeric() || is_of_other_script(character) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(character.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    folded
}

/// "alpha1": the letter and its number.
fn greek_with_number(word: &str) -> Option<(&str, &str)> {
    let digit = word.find(|c: char| c.is_ascii_digit())?;
    let (letter, number) = word.split_at(digit);
    // The short names also begin other abbreviations: "mu1", "pi3".
    (letter.len() >= 4 && GREEK.contains(&letter) && is_short_number(number))
        .then_some((letter, number))
}

fn american(word: &str) -> String {
    if word.len() < 5 {
        return word.to_owned();
    }
    word.replace("ae", "e")
        .replace("oe", "e")
        .replace("tumour", "tumor")
}

/// "mps2", "cmt1a": the letters and the number.
fn abbreviation_with_number(word: &str) -> Option<(&str, &str)> {
    let digit = word.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = word.split_at(digit);
    let number_alone = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    (matches!(letters.len(), 2..=6)
        && letters.is_ascii()
        && number.len() <= number_alone.len() + 1
        && is_short_number(number_alone))
    .then_some((letters, number))
}

fn is_short_number(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The digits of a number that is written in Roman numerals or, where something is `counted`, as a
/// word; with the letter that may follow it.
fn number(word: &str, counted: bool, is_last: bool) -> Option<String> {
    const NUMBERS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    if counted && let Some(at) = NUMBERS.iter().position(|number| *number == word) {
        return Some((at + 1).to_string());
    }
    let possible = |numerals: &str| {
        counted
            || (numerals.len() >= 2 && numerals != "xx")
            || (is_last && matches!(numerals, "i" | "v"))
    };
    if let Some(number) = roman(word).filter(|_| possible(word)) {
        return Some(number.to_string());
    }
    let (numerals, letter) = word.split_at_checked(word.len().checked_sub(1)?)?;
    let letters = if counted || numerals.len() >= 2 {
        "abcdefgh"
    } else {
        "abc"
    };
    let number = roman(numerals).filter(|_| letters.contains(letter) && possible(numerals))?;
    Some(format!("{number}{letter}"))
}

/// The value of Roman numerals up to twenty.
fn roman(word: &str) -> Option<usize> {
    const ROMAN: [&str; 20] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
        "xv", "xvi", "xvii", "xviii", "xix", "xx",
    ];
    ROMAN
        .iter()
        .position(|roman| *roman == word)
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(text: &str) -> String {
        whole_form(&search_form(text))
    }

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (one, other) in [
            (
                "Collagen type 3 glomerulopathy",
                "collagen type III glomerulopathy",
            ),
            ("Crossed polydactyly, type 1", "crossed polydactyly type I"),
            (
                "Amyotrophic lateral sclerosis type V",
                "amyotrophic lateral sclerosis type 5",
            ),
            ("Meckel syndrome, type VI", "Meckel syndrome 6"),
            ("stage four", "Stage IV"),
            ("MPS IVA", "MPS 4a"),
            ("MPS type I", "MPS1"),
            ("GSD Ia", "GSD 1A"),
            ("Factor V deficiency", "factor 5 deficiency"),
            (
                "α1-antitrypsin deficiency",
                "Alpha-1 antitrypsin deficiency",
            ),
            (
                "alpha1-antitrypsin deficiency",
                "alpha 1 antitrypsin deficiency",
            ),
            ("β-Thalassaemia", "beta thalassemia"),
            ("γδ T-cell lymphoma", "gamma-delta T-cell lymphoma"),
            ("Β-thalassemia", "β thalassemia"),
            ("Kahler’s disease", "Kahler disease"),
            ("Huntingtons disease", "Huntington's Disease"),
            ("non–Hodgkin lymphoma", "non Hodgkin lymphoma"),
            ("Sjo\u{308}gren syndrome", "Sjogren's syndrome"),
            ("Haemophilia A", "hemophilia a"),
        ] {
            assert_eq!(whole(one), whole(other), "{one}");
        }
    }

    #[test]
    fn what_differs_stays_different() {
        for (one, other) in [
            ("type 1", "type 2"),
            ("fragile X", "fragile 10"),
            ("X-linked", "10 linked"),
            ("vitamin", "6tamin"),
            ("46,XX", "46,20"),
            ("I-cell disease", "1 cell disease"),
            ("爱", "ai"),
            ("мар", "mar"),
            ("22q11", "22 q 11"),
            ("MPS IIIA", "MPS IIIB"),
        ] {
            assert_ne!(whole(one), whole(other), "{one}");
        }
    }

    #[test]
    fn other_scripts_stay_themselves() {
        assert_eq!(search_form("Болезнь Гоше"), "болезнь гоше");
        assert_eq!(search_form("التصلب المتعدد"), "التصلب المتعدد");
        assert_eq!(search_form("θαλασσαιμία").split(' ').count(), 1);
        assert!(!search_form("θαλασσαιμία").is_ascii());
    }

    proptest! {
        #[test]
        fn a_form_is_words_between_single_spaces(text in any::<String>()) {
            for form in [search_form(&text), whole(&text)] {
                prop_assert!(!form.starts_with(' ') && !form.ends_with(' ') && !form.contains("  "));
                prop_assert!(!form.contains(char::is_uppercase) || !form.is_ascii());
            }
        }
    }
}
