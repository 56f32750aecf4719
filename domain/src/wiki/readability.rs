//! How hard a text is to read.

use serde::{Deserialize, Serialize};

/// How hard a text is to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readability {
    /// School years in the United States that it takes to read it at ease (Kincaid et al. 1975,
    /// "Derivation of new readability formulas"); `None` for less than three sentences.
    pub grade: Option<u8>,
    /// The hardest sentences, the hardest first, each with its own grade.
    pub hardest: Vec<(String, u8)>,
}

/// Sentences that are shown as the hardest.
const SHOWN: usize = 3;
/// A sentence is not called hard below this grade: summaries aim at 6 to 8.
const HARD: u8 = 10;

/// Measures a text, without its markup.
pub fn readability(markdown: &str) -> Readability {
    let text = plain(markdown);
    let sentences: Vec<Sentence<'_>> = sentences(&text).map(Sentence::of).collect();
    let sum = |of: fn(&Sentence<'_>) -> u32| sentences.iter().map(of).sum::<u32>();
    let (words, syllables) = (sum(|s| s.words), sum(|s| s.syllables));
    let mut hardest: Vec<(String, u8)> = sentences
        .iter()
        .map(|s| (s.text.to_owned(), grade(s.words, 1, s.syllables)))
        .filter(|(_, grade)| *grade >= HARD)
        .collect();
    hardest.sort_by_key(|(_, grade)| std::cmp::Reverse(*grade));
    hardest.truncate(SHOWN);
    let count = u32::try_from(sentences.len()).unwrap_or(u32::MAX);
    Readability {
        grade: (count >= 3).then(|| grade(words, count, syllables)),
        hardest,
    }
}

struct Sentence<'a> {
    text: &'a str,
    words: u32,
    syllables: u32,
}

impl<'a> Sentence<'a> {
    fn of(text: &'a str) -> Self {
        let words = text
            .split(|sign: char| !(sign.is_alphanumeric() || sign == '\'' || sign == '’'))
            .filter(|word| word.chars().any(char::is_alphabetic));
        let (words, syllables) = words.fold((0, 0), |(words, all), word| {
            (words + 1, all + syllables(word))
        });
        Self {
            text,
            words,
            syllables,
        }
    }
}

/// 0.39 words a sentence + 11.8 syllables a word - 15.59, in hundredths and without floats.
fn grade(words: u32, sentences: u32, syllables: u32) -> u8 {
    if words == 0 || sentences == 0 {
        return 0;
    }
    let (words, sentences, syllables) =
        (i64::from(words), i64::from(sentences), i64::from(syllables));
    let hundredths = 39 * words / sentences + 1_180 * syllables / words - 1_559;
    u8::try_from(((hundredths + 50) / 100).clamp(0, 30)).unwrap_or(30)
}

/// Groups of vowels, without a silent e at the end: right for nine English words of ten.
fn syllables(word: &str) -> u32 {
    let word = word.to_lowercase();
    let vowel = |sign: char| matches!(sign, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = 0;
    let mut within = false;
    for sign in word.chars() {
        if vowel(sign) && !within {
            groups += 1;
        }
        within = vowel(sign);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - u32::from(silent)).max(1)
}

/// The text without the signs of Markdown: what is read aloud.
fn plain(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line
            .trim_start()
            .trim_start_matches(['#', '>', '*', '-', '+', '|'])
            .trim();
        // What an item of a list or a heading says ends with its line.
        plain.push_str(line);
        plain.push('\n');
    }
    // Citations, and the addresses of links.
    let mut cleaned = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(['[', '(']) {
        cleaned.push_str(&rest[..start]);
        rest = &rest[start..];
        let hidden = if rest.starts_with("[@") {
            rest.find(']')
        } else if rest.starts_with('(') && cleaned.ends_with(']') {
            rest.find(')')
        } else {
            None
        };
        if let Some(end) = hidden {
            rest = &rest[end + 1..];
        } else {
            cleaned.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    cleaned.push_str(rest);
    cleaned.replace(['*', '_', '`', '[', ']'], "")
}

/// Pieces that end with a sign of punctuation and a space, or with their line: the dot in "0.5" ends
/// nothing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let pieces = std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut signs = rest.char_indices().peekable();
        let end = loop {
            let Some((index, sign)) = signs.next() else {
                break rest.len();
            };
            let follows = signs.peek().is_none_or(|(_, next)| next.is_whitespace());
            if sign == '\n' || (matches!(sign, '.' | '!' | '?') && follows) {
                break index + sign.len_utf8();
            }
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    });
    pieces.map(str::trim).filter(|sentence| {
        sentence
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .nth(2)
            .is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_are_counted() {
        for (word, count) in [
            ("cat", 1),
            ("bone", 1),
            ("table", 2),
            ("marrow", 2),
            ("disease", 2),
            ("myeloma", 3),
            ("the", 1),
            ("x", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn plain_words_are_easy_and_long_ones_hard() {
        let easy = "The cells grow in the bone. They crowd out the good ones. You may feel tired.";
        let easy = readability(easy);
        assert!(easy.grade.is_some_and(|grade| grade <= 4), "{easy:?}");
        assert!(easy.hardest.is_empty());
        let hard = "Monoclonal immunoglobulin proliferation characteristically precipitates multisystemic \
                    complications. Autologous haematopoietic transplantation constitutes consolidation \
                    therapy. Cytogenetic abnormalities determine prognostication.";
        let hard = readability(hard);
        assert!(hard.grade.is_some_and(|grade| grade >= 16), "{hard:?}");
        assert_eq!(hard.hardest.len(), 3);
    }

    #[test]
    fn a_dot_within_a_number_ends_no_sentence() {
        let text = "It is 0.5 to 1.5 in most people. See e.g.the list below.\nA line is one too";
        let found: Vec<&str> = sentences(text).collect();
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn markup_is_not_read() {
        let bare = readability("You may feel tired. It can help to rest. Ask your care team.");
        let marked = readability(
            "## Rest\n\nYou may *feel* **tired**.[@kyle-2008] It can [help](https://example.org/averyverylong) to rest. Ask your care team.",
        );
        assert_eq!(bare.grade, marked.grade);
        assert_eq!(readability("").grade, None);
    }

    proptest! {
        #[test]
        fn every_text_can_be_measured(text in any::<String>()) {
            let measured = readability(&text);
            prop_assert!(measured.hardest.len() <= SHOWN);
        }
    }
}
