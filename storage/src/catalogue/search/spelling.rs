use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use super::{
    lists::{Texts, narrow},
    query::SHORTEST_GUESSED,
};

/// Words longer than this are taken as typed: the time for their automaton grows with them, and the
/// longest word in the sources has 33 letters.
const MAX_LETTERS: usize = 35;

/// Words with more letters than this may have the first one wrong: "fenylketonuria".
const FIRST_RIGHT: usize = 7;

/// Finds words with one or two typing errors. Two letters that changed places are one error.
///
/// The words are scanned, not walked as a tree: with two errors a tree has to be entered almost
/// everywhere for its first letters, and comparing [`Traits`] rejects a word in a nanosecond.
pub(super) struct Speller {
    words: Texts,
    traits: Box<[Traits]>,
    one_error: LevenshteinAutomatonBuilder,
    two_errors: LevenshteinAutomatonBuilder,
}

/// Which letters a word has, and how many: what differs much here differs in more than two errors.
#[derive(Clone, Copy)]
struct Traits(u32);

impl Traits {
    const LENGTH: u32 = 0x1F;

    fn of(word: &str) -> Self {
        let length = narrow(word.len()).min(Self::LENGTH);
        let letter = |b: u8| match b {
            b'a'..=b'z' => 1 << (b - b'a' + 5),
            _ => 1 << 31,
        };
        Self(word.bytes().map(letter).fold(length, |all, one| all | one))
    }

    /// Whether a word with these traits may be within so many errors of the wanted one or, if that
    /// is `unfinished`, begin with something that is.
    fn may_fit(self, wanted: Self, errors: u32, unfinished: bool) -> bool {
        let (length, wanted_length) = (self.0 & Self::LENGTH, wanted.0 & Self::LENGTH);
        length + errors >= wanted_length
            && (unfinished || length <= wanted_length + errors)
            && at_most(wanted.0 & !self.0 & !Self::LENGTH, errors)
            && (unfinished || at_most(self.0 & !wanted.0 & !Self::LENGTH, errors))
    }
}

/// Whether a word has to be typed right for its digit: "22q11" and "22q13" are different things.
pub(super) fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Whether no more bits than that are set. Plain x86-64 has no instruction that counts them.
fn at_most(mut bits: u32, count: u32) -> bool {
    for _ in 0..count {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

impl Speller {
    /// Takes the words in the order of their places.
    pub(super) fn new(words: Texts) -> Self {
        Self {
            traits: words.iter().map(Traits::of).collect(),
            words,
            one_error: LevenshteinAutomatonBuilder::new(1, true),
            two_errors: LevenshteinAutomatonBuilder::new(2, true),
        }
    }

    /// Bytes that the words occupy.
    pub(super) fn bytes(&self) -> usize {
        self.words.bytes() + size_of_val(&*self.traits)
    }

    /// Calls `found` with the place and number of errors of each word that is spelled like this
    /// one or, if it is `unfinished`, begins like it.
    ///
    /// Short words, words with a digit and those of other scripts are like no other. One letter in
    /// five may be wrong, in the shorter ones not the first: few mistake that.
    pub(super) fn spelled_like(
        &self,
        word: &str,
        unfinished: bool,
        mut found: impl FnMut(u32, u8),
    ) {
        let (errors, builder) = match word.len() {
            SHORTEST_GUESSED..=9 => (1, &self.one_error),
            10..=MAX_LETTERS => (2, &self.two_errors),
            _ => return,
        };
        if has_digit(word) || !word.is_ascii() {
            return;
        }
        let first = word.as_bytes().first();
        let build = || {
            if unfinished {
                builder.build_prefix_dfa(word)
            } else {
                builder.build_dfa(word)
            }
        };
        // Made only when a word comes into question: for most nonsense none does.
        let mut automaton = None;
        let wanted = Traits::of(word);
        for (place, traits) in (0..).zip(&self.traits) {
            if traits.may_fit(wanted, errors, unfinished)
                && self.words.get(place).len() >= SHORTEST_GUESSED
                && (word.len().max(self.words.get(place).len()) > FIRST_RIGHT
                    || self.words.get(place).as_bytes().first() == first)
            {
                let automaton = automaton.get_or_insert_with(build);
                if let Some(distance) = distance(automaton, self.words.get(place)) {
                    found(place, distance);
                }
            }
        }
    }
}

fn distance(automaton: &DFA, word: &str) -> Option<u8> {
    let mut state = automaton.initial_state();
    for byte in word.bytes() {
        state = automaton.transition(state, byte);
        if state == SINK_STATE {
            return None;
        }
    }
    match automaton.distance(state) {
        Distance::Exact(distance) => Some(distance),
        Distance::AtLeast(_) => None,
    }
}

/// Longer texts are not tried with other spaces; the time for it grows with the square.
const MAX_RESPACED: usize = 120;

/// Calls `consider` with the text less one of its spaces, and with one more, in each possible
/// place: "multiplemyeloma", "phenyl ketonuria".
pub(super) fn respaced(folded: &str, mut consider: impl FnMut(&str)) {
    if folded.len() > MAX_RESPACED {
        return;
    }
    let mut changed = String::with_capacity(folded.len() + 1);
    // Folded text is ASCII; `get` keeps this true of any other, too.
    for at in 1..folded.len() {
        let (Some(before), Some(after)) = (folded.get(..at), folded.get(at..)) else {
            continue;
        };
        changed.clear();
        changed.push_str(before);
        if let Some(after) = after.strip_prefix(' ') {
            changed.push_str(after);
        } else if !before.ends_with(' ') {
            changed.push(' ');
            changed.push_str(after);
        } else {
            continue;
        }
        consider(&changed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use proptest::prelude::*;

    static SPELLER: LazyLock<Speller> =
        LazyLock::new(|| Speller::new(["myeloma", "phenylketonuria", "22q11"].iter().collect()));

    fn found(word: &str, unfinished: bool) -> Vec<(u32, u8)> {
        let mut found = Vec::new();
        SPELLER.spelled_like(word, unfinished, |place, errors| {
            found.push((place, errors));
        });
        found
    }

    #[test]
    fn errors_are_counted() {
        for (word, expected) in [
            ("myeloma", vec![(0, 0)]),
            ("mieloma", vec![(0, 1)]),
            ("meyloma", vec![(0, 1)]),
            ("mielooma", vec![]),
            ("nyeloma", vec![]),
            ("fenylketonurya", vec![]),
            ("mieloms", vec![]),
            ("fenylketonuria", vec![(1, 2)]),
            ("22q12", vec![]),
            ("mye", vec![]),
        ] {
            assert_eq!(found(word, false), expected, "{word}");
        }
        assert_eq!(found("mielo", true), [(0, 1)]);
        assert_eq!(found("miel", true), []);
        assert_eq!(found("fenylketon", true), [(1, 2)]);
        assert_eq!(found("fenylket", true), []);
    }

    #[test]
    fn spaces_move() {
        let mut tried = Vec::new();
        respaced("ab c", |text| tried.push(text.to_owned()));
        assert_eq!(tried, ["a b c", "abc"]);
        respaced("", |_| panic!("nothing to change"));
    }

    proptest! {
        /// Traits only save time: they reject nothing that the automaton accepts.
        #[test]
        fn traits_reject_nothing_that_fits(
            wanted in "[a-e]{4,12}|[a-z]{30,35}",
            changes in prop::collection::vec(
                (any::<prop::sample::Index>(), 0..4, prop::char::range('a', 'z')),
                0..3,
            ),
            more in "[a-z]{0,3}",
            unfinished in any::<bool>(),
        ) {
            let mut word: Vec<char> = wanted.chars().collect();
            for (at, kind, letter) in changes {
                let at = at.index(word.len() - 1);
                match kind {
                    0 => drop(word.remove(at)),
                    1 => word[at] = letter,
                    2 => word.swap(at, at + 1),
                    _ => word.insert(at, letter),
                }
            }
            let word: String = word.into_iter().chain(more.chars()).collect();
            let (errors, builder) = if wanted.len() < 10 {
                (1, &SPELLER.one_error)
            } else {
                (2, &SPELLER.two_errors)
            };
            let automaton = if unfinished {
                builder.build_prefix_dfa(&wanted)
            } else {
                builder.build_dfa(&wanted)
            };
            if distance(&automaton, &word).is_some() {
                prop_assert!(Traits::of(&word).may_fit(Traits::of(&wanted), errors, unfinished));
            }
        }
    }
}
