use std::collections::BTreeSet;

/// Words that lack their apostrophe. "cant", "wont" and "its" are words of their own, but no medical
/// text means them; "its" is left out.
const WITHOUT_APOSTROPHE: [&str; 21] = [
    "arent", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt",
    "shouldnt", "theyre", "theyve", "wasnt", "werent", "wont", "wouldnt", "youll", "youre",
    "youve", "thats",
];

/// Words that lack a letter with an accent, besides those that the names of conditions tell.
const WITHOUT_ACCENT: [&str; 3] = ["espaol", "caf", "naf"];

/// What is counted in ranges.
const UNITS: [&str; 20] = [
    "percent",
    "years",
    "year",
    "months",
    "month",
    "weeks",
    "days",
    "hours",
    "minutes",
    "times",
    "mg",
    "g",
    "ml",
    "mm",
    "cm",
    "grams",
    "milligrams",
    "inches",
    "pounds",
    "degrees",
];

/// Where a text has lost characters, as it stands there: a range without its dash ("4060 years",
/// "2030%"), a word without its apostrophe ("doesnt") or its accent ("Sjgren"). `None` does not say
/// that it is whole.
///
/// `damaged` are folded words that names become when their letters beyond ASCII are lost, and that are
/// no words themselves: see [`damaged_words`].
///
/// ```
/// use domain::wiki::lost_characters;
/// let damaged = ["sjgren".to_owned()].into();
/// assert_eq!(lost_characters("Between 4060 years.", &damaged).as_deref(), Some("4060 years"));
/// assert_eq!(lost_characters("In 2010, 60% of 1500 people.", &damaged), None);
/// ```
pub fn lost_characters(text: &str, damaged: &BTreeSet<String>) -> Option<String> {
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
        if bare.starts_with(|c: char| c.is_ascii_digit()) {
            if let Some(number) = bare.strip_suffix('%') {
                if is_range(number, "%") {
                    return Some(bare.to_owned());
                }
            } else if let Some(next) = words.peek() {
                let unit = next
                    .trim_matches(|c: char| !c.is_alphanumeric())
                    .to_ascii_lowercase();
                if is_range(bare, &unit) {
                    return Some(format!("{bare} {unit}"));
                }
            }
            if has_glued_thousands(bare) {
                return Some(bare.to_owned());
            }
            continue;
        }
        if damaged.contains(&bare.to_lowercase()) {
            return Some(bare.to_owned());
        }
        for part in bare.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let folded = part.to_lowercase();
            let folded = folded
                .trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_owned();
            if WITHOUT_APOSTROPHE.contains(&folded.as_str())
                || WITHOUT_ACCENT.contains(&folded.as_str())
                || damaged.contains(&folded)
            {
                return Some(bare.to_owned());
            }
        }
    }
    None
}

/// Whether digits are two numbers of a range, "4060" of "40–60", and not one that makes sense.
fn is_range(digits: &str, unit: &str) -> bool {
    if digits.len() < 3 || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let percent = matches!(unit, "%" | "percent");
    if !percent && !UNITS.contains(&unit) {
        return false;
    }
    let plausible = match unit {
        "%" | "percent" => 100,
        "years" | "year" => 150,
        _ => 999,
    };
    if digits
        .parse::<u32>()
        .is_ok_and(|number| number <= plausible)
    {
        return false;
    }
    let half = digits.len() / 2;
    let (low, high) = digits.split_at(half);
    let ascends = match (low.parse::<u32>(), high.parse::<u32>()) {
        (Ok(low), Ok(high)) => low < high && low > 0,
        _ => false,
    };
    ascends
        && !high.starts_with('0')
        && !low.starts_with('0')
        && (!percent || high.len() < 3 || high == "100")
}

/// "50,000100,000": after a comma stand three digits.
fn has_glued_thousands(number: &str) -> bool {
    number.split(',').skip(1).any(|group| {
        let digits = group.bytes().take_while(u8::is_ascii_digit).count();
        digits == group.len() && digits > 3
    })
}

/// What words of names become when their letters beyond ASCII are lost, unless that is a word of some
/// name itself ("Barré" would be the "Barr" of "Epstein-Barr").
pub fn damaged_words<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    let mut damaged = BTreeSet::new();
    for name in names {
        // "Guillain-Barré" becomes "Guillain-Barr", though "Barr" is a word of its own.
        for word in name.split_whitespace().filter(|word| word.contains('-')) {
            let left: String = word.chars().filter(char::is_ascii).collect();
            let left = left.to_lowercase();
            if word.is_ascii() {
                whole.insert(left);
            } else if left.len() >= 4 {
                damaged.insert(left);
            }
        }
        for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            let left: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
            let left = left.to_lowercase();
            if word.chars().all(|c| c.is_ascii() || !c.is_alphanumeric()) {
                whole.insert(left);
            } else if left.len() >= 4 {
                damaged.insert(left);
            }
        }
    }
    damaged.retain(|word| !whole.contains(word));
    damaged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damaged() -> BTreeSet<String> {
        damaged_words([
            "Sjögren syndrome",
            "Ménière disease",
            "Guillain-Barré syndrome",
            "Epstein-Barr",
            "Behçet disease",
        ])
    }

    #[test]
    fn signs_of_lost_characters_are_found() {
        for (text, sign) in [
            ("It begins at 4060 years of age.", "4060 years"),
            ("Children of 1215 months", "1215 months"),
            ("in 2030% of people", "2030%"),
            ("in about 2030 percent.", "2030 percent"),
            ("doses of 100125 mg", "100125 mg"),
            ("1 in 50,000100,000 newborns", "50,000100,000"),
            ("If it doesnt help", "doesnt"),
            ("Sjgren syndrome", "Sjgren"),
            ("Mnire's disease", "Mnire's"),
            ("Read this in Espaol", "Espaol"),
            ("Guillain-Barr syndrome", "Guillain-Barr"),
            ("caf-au-lait spots", "caf-au-lait"),
            ("Behet disease", "Behet"),
        ] {
            assert_eq!(
                lost_characters(text, &damaged()).as_deref(),
                Some(sign),
                "{text}"
            );
        }
    }

    #[test]
    fn whole_texts_have_no_such_sign() {
        for text in [
            "From 1996 to 2010, 100% of 1,500 people",
            "ferritin above 1000 mg/L, 120 years, 110 years",
            "Epstein-Barr virus; Café-au-lait; Sjögren; it doesn't",
            "1 in 1,000,000 people. 250 mg, 300%. In 2012 months passed.",
            "10 to 15 years, 5-10%",
            "a can of soup, Cantor, downtown",
        ] {
            assert_eq!(lost_characters(text, &damaged()), None, "{text}");
        }
    }
}
