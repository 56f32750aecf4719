//! Words as they are indexed and searched for. One function does both, for both databases, which get
//! nothing but small letters and digits.

use std::ops::Range;

use domain::text::{MAX_QUERY, fold};
use rust_stemmers::{Algorithm, Stemmer};

/// Longest word that is told from others; PostgreSQL has a limit, too.
const WORD_LONGEST: usize = 60;
/// Longest text that is indexed, in bytes of words: PostgreSQL stores a megabyte for one text at most.
const TEXT_LONGEST: usize = 400_000;
/// Words of a query that count.
const QUERY_MOST: usize = 16;
/// From how many letters on the last word of a query may be the beginning of one.
const BEGINNING_SHORTEST: usize = 3;

/// Words that are in nearly every text: a query with others does not need them.
const STOP_WORDS: [&str; 48] = [
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does",
    "for", "from", "had", "has", "have", "how", "i", "in", "is", "it", "its", "me", "my", "of",
    "on", "or", "our", "so", "that", "the", "their", "there", "this", "to", "was", "we", "what",
    "when", "where", "which", "who", "with", "you", "your",
];

fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}

fn cut(word: &str) -> &str {
    word.get(..WORD_LONGEST).unwrap_or(word)
}

/// The words of folded text.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty()).map(cut)
}

/// What is indexed of a text: the stems of its words, in their order, between single spaces.
pub(crate) fn indexed(text: &str) -> String {
    let stemmer = stemmer();
    let mut terms = String::with_capacity(text.len());
    for word in words(&fold(text)) {
        let stem = stemmer.stem(word);
        if terms.len() + stem.len() >= TEXT_LONGEST {
            break;
        }
        if !terms.is_empty() {
            terms.push(' ');
        }
        terms.push_str(&stem);
    }
    terms
}

/// What a text must have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// A word, by its stem.
    Word(String),
    /// A word, or one that begins so.
    Beginning { stem: String, typed: String },
    /// Words one after the other, by their stems.
    Phrase(Vec<String>),
}

/// A query that has words.
#[derive(Clone, Debug)]
pub(super) struct TextQuery {
    parts: Vec<Part>,
}

impl TextQuery {
    /// Nothing where there are no words in it.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().take(MAX_QUERY).collect();
        let stemmer = stemmer();
        let mut parts = Vec::new();
        let mut left = QUERY_MOST;
        let pieces: Vec<&str> = typed.split(['"', '“', '”', '„', '«', '»']).collect();
        let last = pieces.len() - 1;
        for (index, piece) in pieces.into_iter().enumerate() {
            let folded = fold(piece);
            let words: Vec<&str> = words(&folded).take(left).collect();
            left -= words.len();
            // What is between the first mark and the second one, and so on. One alone means nothing.
            if index % 2 == 1 && index < last && words.len() > 1 {
                let stems = words.iter().map(|word| stemmer.stem(word).into_owned());
                parts.push(Part::Phrase(stems.collect()));
                continue;
            }
            for word in words {
                parts.push(Part::Beginning {
                    stem: stemmer.stem(word).into_owned(),
                    typed: word.to_owned(),
                });
            }
        }
        let is_telling = |part: &Part| match part {
            Part::Beginning { typed, .. } => !STOP_WORDS.contains(&typed.as_str()),
            _ => true,
        };
        if parts.iter().any(is_telling) {
            parts.retain(is_telling);
        }
        let ends_open = !typed.trim_end().ends_with(['"', '”', '»']);
        let count = parts.len();
        for (index, part) in parts.iter_mut().enumerate() {
            if let Part::Beginning { stem, typed } = part
                && !(index + 1 == count && ends_open && typed.len() >= BEGINNING_SHORTEST)
            {
                *part = Part::Word(std::mem::take(stem));
            }
        }
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// As FTS5 reads it. There is nothing in the words that it could take for anything else.
    pub(super) fn fts5(&self) -> String {
        self.joined(" AND ", |part| match part {
            Part::Word(stem) => format!("\"{stem}\""),
            Part::Beginning { stem, typed } => format!("(\"{stem}\" OR \"{typed}\"*)"),
            Part::Phrase(stems) => format!("\"{}\"", stems.join(" ")),
        })
    }

    /// As PostgreSQL's `to_tsquery` reads it.
    pub(super) fn tsquery(&self) -> String {
        self.joined(" & ", |part| match part {
            Part::Word(stem) => format!("'{stem}'"),
            Part::Beginning { stem, typed } => format!("('{stem}' | '{typed}':*)"),
            Part::Phrase(stems) => format!("('{}')", stems.join("' <-> '")),
        })
    }

    fn joined(&self, between: &str, one: impl Fn(&Part) -> String) -> String {
        let parts: Vec<String> = self.parts.iter().map(one).collect();
        parts.join(between)
    }

    /// How many things a text must have.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// First letters of all words.
    fn initials(&self) -> Vec<u8> {
        let stems = self.parts.iter().flat_map(|part| match part {
            Part::Word(stem) | Part::Beginning { stem, .. } => std::slice::from_ref(stem),
            Part::Phrase(stems) => stems.as_slice(),
        });
        stems.filter_map(|stem| stem.bytes().next()).collect()
    }

    /// Which words of a text were searched for, and for which of the things each.
    pub(super) fn found<'a>(&self, text: &'a str) -> Found<'a> {
        let stemmer = stemmer();
        let initials = self.initials();
        let mut words = Vec::new();
        let mut terms: Vec<(usize, String, String)> = Vec::new();
        for range in readable_words(text) {
            let folded = fold(&text[range.clone()]);
            for word in self::words(&folded) {
                // Nothing changes the first letter of a word, and most words begin with others.
                let stem = if word.bytes().next().is_some_and(|b| initials.contains(&b)) {
                    stemmer.stem(word).into_owned()
                } else {
                    String::new()
                };
                terms.push((words.len(), stem, word.to_owned()));
            }
            words.push(range);
        }
        let mut parts = vec![Vec::new(); words.len()];
        for (number, part) in self.parts.iter().enumerate() {
            for (index, (word, stem, folded)) in terms.iter().enumerate() {
                let length = match part {
                    Part::Word(wanted) => usize::from(stem == wanted),
                    Part::Beginning {
                        stem: wanted,
                        typed,
                    } => usize::from(stem == wanted || folded.starts_with(typed.as_str())),
                    Part::Phrase(stems) => {
                        let behind = terms[index..].iter().map(|(_, stem, _)| stem);
                        let is_here = behind.take(stems.len()).eq(stems.iter());
                        if is_here { stems.len() } else { 0 }
                    }
                };
                if length > 0 {
                    let last = terms[index + length - 1].0;
                    for parts in &mut parts[*word..=last] {
                        parts.push(number);
                    }
                }
            }
        }
        Found { text, words, parts }
    }
}

/// Whether a text has all telling words that were searched for, each of which may be the beginning of
/// one. No words are in no text.
pub fn has_words(typed: &str, text: &str) -> bool {
    let folded = fold(typed);
    let telling = words(&folded).filter(|word| !STOP_WORDS.contains(word));
    let mut telling = telling.take(QUERY_MOST).peekable();
    telling.peek().is_some()
        && telling.all(|word| {
            TextQuery::parse(word).is_some_and(|query| {
                query
                    .found(text)
                    .parts
                    .iter()
                    .any(|parts| !parts.is_empty())
            })
        })
}

/// A text with what was found in it.
pub(super) struct Found<'a> {
    pub(super) text: &'a str,
    /// Where its words are.
    pub(super) words: Vec<Range<usize>>,
    /// Of each word the things that it was searched for as.
    pub(super) parts: Vec<Vec<usize>>,
}

/// Where words are in a text: letters and digits without a gap. What `fold` drops is none.
fn readable_words(text: &str) -> Vec<Range<usize>> {
    let belongs = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{300}'..='\u{36f}'
            )
    };
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        match (belongs(character), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fts5(typed: &str) -> String {
        TextQuery::parse(typed).map_or_else(String::new, |query| query.fts5())
    }

    #[test]
    fn words_are_indexed_by_their_stems() {
        assert_eq!(
            indexed("Infusions, at the Ménière’s clinic: walking (22q13.3)!"),
            "infus at the menier clinic walk 22q13 3"
        );
        assert_eq!(indexed(""), "");
        assert!(indexed(&"abcdefg ".repeat(100_000)).len() <= TEXT_LONGEST);
        assert_eq!(indexed(&"a".repeat(5_000)).len(), WORD_LONGEST);
    }

    #[test]
    fn a_query_is_words_a_beginning_and_phrases() {
        for (typed, expected) in [
            ("walks", "(\"walk\" OR \"walks\"*)"),
            ("the walk", "(\"walk\" OR \"walk\"*)"),
            ("the", "(\"the\" OR \"the\"*)"),
            ("to be", "\"to\" AND \"be\""),
            (
                "tired OR sleeping",
                "\"tire\" AND (\"sleep\" OR \"sleeping\"*)",
            ),
            ("\"days after infusions\"", "\"day after infus\""),
            ("“a walk” sle", "\"a walk\" AND (\"sle\" OR \"sle\"*)"),
            ("\"walking\"", "\"walk\""),
            (
                "open \"quote here",
                "\"open\" AND \"quot\" AND (\"here\" OR \"here\"*)",
            ),
            (
                "NEAR(a b) {title}: x^2 -y",
                "\"near\" AND \"b\" AND \"titl\" AND \"x\" AND \"2\" AND \"y\"",
            ),
            ("", ""),
            ("\" ' ; -- %", ""),
        ] {
            assert_eq!(fts5(typed), expected, "{typed}");
        }
        let query = TextQuery::parse("\"a walk\" tired").unwrap();
        assert_eq!(query.tsquery(), "('a' <-> 'walk') & ('tire' | 'tired':*)");
    }

    proptest! {
        #[test]
        fn a_query_has_nothing_but_quoted_words(typed in any::<String>()) {
            let Some(query) = TextQuery::parse(&typed) else {
                return Ok(());
            };
            prop_assert!(query.len() <= QUERY_MOST);
            let quoted = |text: &str, mark: char| {
                text.split(mark).skip(1).step_by(2).all(|words| {
                    !words.is_empty() && words.bytes().all(|b| {
                        b == b' ' || b.is_ascii_lowercase() || b.is_ascii_digit()
                    })
                })
            };
            prop_assert!(quoted(&query.fts5(), '"'), "{}", query.fts5());
            prop_assert!(quoted(&query.tsquery(), '\''), "{}", query.tsquery());
        }

        #[test]
        fn what_a_text_has_is_found_in_it(words in "[a-zäé]{3,9}( [a-zäé]{3,9}){0,5}") {
            let query = TextQuery::parse(&words).unwrap();
            let text = format!("So: {words}!");
            let mut found: Vec<usize> = query.found(&text).parts.into_iter().flatten().collect();
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found.len(), query.len());
            let telling = |word: &str| !STOP_WORDS.contains(&fold(word).as_str());
            prop_assert_eq!(has_words(&words, &text), words.split(' ').any(telling));
            let more = format!("{words} zzzzzzzzzzzz");
            prop_assert!(!has_words(&more, &text));
        }
    }
}
