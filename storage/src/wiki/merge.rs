//! How two changes of one text become one: by lines, and where both changed the same lines by
//! sentences and words, since prose has one line a paragraph.

use std::{hash::Hash, iter, ops::Range};

use domain::wiki::{DRAFT_LONGEST, MARK_BETWEEN, MARK_MINE, MARK_THEIRS};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Both changes in one text; where they touch the same words, the text with both and marks around
/// their lines is the error.
pub(super) fn merge(base: &str, mine: &str, theirs: &str) -> Result<String, String> {
    let [base, mine, theirs] = [base, mine, theirs].map(|text| {
        text.trim_end()
            .lines()
            .map(|line| [line, "\n"].concat())
            .collect::<Vec<_>>()
    });
    let mut text = String::new();
    let mut collided = false;
    for part in parts(&base, &mine, &theirs) {
        match part {
            Part::Agreed(lines) => text.push_str(&joined(lines)),
            Part::Disputed(base, mine, theirs) => {
                let [base, mine, theirs] = [base, mine, theirs].map(joined);
                if let Some(merged) = within_lines(&base, &mine, &theirs) {
                    text.push_str(&merged);
                } else {
                    collided = true;
                    text.push_str(&marked(&mine, &theirs));
                }
            }
        }
    }
    let text = text.trim_end().to_owned();
    if !collided {
        Ok(text)
    } else if text.len() <= DRAFT_LONGEST {
        Err(text)
    } else {
        // Of very many short lines the marks are longer than the texts.
        Err(marked(&joined(&mine), &joined(&theirs))
            .trim_end()
            .to_owned())
    }
}

fn joined<T: AsRef<str>>(pieces: &[T]) -> String {
    pieces.iter().map(AsRef::as_ref).collect()
}

fn marked(mine: &str, theirs: &str) -> String {
    format!("{MARK_MINE}\n{mine}{MARK_BETWEEN}\n{theirs}{MARK_THEIRS}\n")
}

/// By sentences; where both changed the same sentences, by words.
fn within_lines(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let [base, mine, theirs] = [base, mine, theirs].map(sentences);
    let mut text = String::new();
    for part in parts(&base, &mine, &theirs) {
        match part {
            Part::Agreed(sentences) => text.push_str(&joined(sentences)),
            Part::Disputed(base, mine, theirs) => {
                let [base, mine, theirs] = [base, mine, theirs].map(joined);
                text.push_str(&within_sentences(&base, &mine, &theirs)?);
            }
        }
    }
    Some(text)
}

fn within_sentences(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let [base, mine, theirs] = [base, mine, theirs].map(words);
    // Of sentences that somebody has written anew a few small words are left in common: between those
    // nothing can be merged.
    if [&mine, &theirs]
        .iter()
        .any(|text| matches(&base, text).iter().flatten().count() * 2 < base.len())
    {
        return None;
    }
    let mut text = String::new();
    for part in parts(&base, &mine, &theirs) {
        match part {
            Part::Agreed(words) => text.push_str(&joined(words)),
            Part::Disputed(..) => return None,
        }
    }
    Some(text)
}

/// A text in sentences, each with the space behind it.
fn sentences(text: &str) -> Vec<&str> {
    split(text, |ends, space| {
        space == '\n' || matches!(ends, '.' | '!' | '?' | ':' | ';')
    })
}

/// A text in words, each with the space behind it: of two words beside each other that two people
/// changed none is without a neighbour that has changed.
fn words(text: &str) -> Vec<&str> {
    split(text, |_, _| true)
}

/// Cuts behind white space, where `cuts` says so of the character before it and of its first one; and
/// behind full stops of scripts that have no spaces.
fn split(text: &str, cuts: impl Fn(char, char) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut last, mut space) = (0, '\0', None);
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            let first = space.unwrap_or(character);
            // A line that ends is the end of a sentence, whatever other space there is.
            space = Some(if character == '\n' { '\n' } else { first });
            continue;
        }
        let cut = space.take().is_some_and(|space| cuts(last, space))
            || matches!(last, '。' | '！' | '？');
        if cut && at > start {
            pieces.push(&text[start..at]);
            start = at;
        }
        last = character;
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A part of a text that two people changed.
#[derive(Debug)]
enum Part<'a, T> {
    /// Nobody changed it, or one did, or both did the same.
    Agreed(&'a [T]),
    /// Both changed it: what it was, and what each made of it.
    Disputed(&'a [T], &'a [T], &'a [T]),
}

/// The parts of three texts: between what is in all of them there is what one has changed, or both
/// (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007).
fn parts<'a, T: Eq + Hash>(base: &'a [T], mine: &'a [T], theirs: &'a [T]) -> Vec<Part<'a, T>> {
    let (in_mine, in_theirs) = (matches(base, mine), matches(base, theirs));
    let mut parts = Vec::new();
    // Where the part begins that is not known yet.
    let (mut b, mut m, mut t) = (0, 0, 0);
    let mut changed = |base: &'a [T], mine: &'a [T], theirs: &'a [T]| {
        if mine == theirs || base == theirs {
            parts.push(Part::Agreed(mine));
        } else if base == mine {
            parts.push(Part::Agreed(theirs));
        } else {
            parts.push(Part::Disputed(base, mine, theirs));
        }
    };
    for (at, pair) in iter::zip(&in_mine, &in_theirs).enumerate() {
        let (Some(in_mine), Some(in_theirs)) = pair else {
            continue;
        };
        let (in_mine, in_theirs) = (*in_mine, *in_theirs);
        if (b, m, t) != (at, in_mine, in_theirs) {
            changed(&base[b..at], &mine[m..in_mine], &theirs[t..in_theirs]);
        }
        changed(
            &base[at..=at],
            &mine[in_mine..=in_mine],
            &theirs[in_theirs..=in_theirs],
        );
        (b, m, t) = (at + 1, in_mine + 1, in_theirs + 1);
    }
    changed(&base[b..], &mine[m..], &theirs[t..]);
    parts
}

/// Where each piece of a text is in another one, in which the order is the same. The search for the
/// shortest difference has a limit of work; what is found by then is right, and may be longer than it
/// need be.
fn matches<T: Eq + Hash>(base: &[T], other: &[T]) -> Vec<Option<usize>> {
    let mut places = vec![None; base.len()];
    for op in capture_diff_slices(Algorithm::Myers, base, other) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            let old: Range<usize> = old_index..old_index + len;
            for (place, new) in places[old].iter_mut().zip(new_index..) {
                *place = Some(new);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use domain::wiki::has_marks;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn changes_of_other_lines_become_one() {
        let base = "One.\n\nTwo.\n\nThree.";
        let merged = merge(base, "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!");
        assert_eq!(merged, Ok("One!\n\nTwo.\n\nThree!".to_owned()));
        assert_eq!(merge("a", "b", "a"), Ok("b".to_owned()));
        assert_eq!(merge("a", "b", "b"), Ok("b".to_owned()));
    }

    #[test]
    fn changes_of_the_same_line_come_back_with_both() {
        let merged = merge("One.\n\nTwo.", "One.\n\nMine.", "One.\n\nTheirs.").unwrap_err();
        assert_eq!(
            merged,
            "One.\n\n<<<<<<< your text\nMine.\n=======\nTheirs.\n>>>>>>> the other text"
        );
        assert!(has_marks(&merged));
    }

    #[test]
    fn changes_of_other_sentences_of_a_paragraph_become_one() {
        let base = "The cause is not known. Age plays a part. Most people are older than 60.";
        let mine = "The cause is unknown. Age plays a part. Most people are older than 60.";
        let theirs = "The cause is not known. Age plays a part. Most people are over 65.";
        let both = "The cause is unknown. Age plays a part. Most people are over 65.";
        assert_eq!(merge(base, mine, theirs), Ok(both.to_owned()));
        assert_eq!(merge(base, theirs, mine), Ok(both.to_owned()));
        // Sentences beside each other, and a script that has no spaces.
        let merged = merge("A b c. D e f.", "A b x. D e f.", "A b c. D y f.");
        assert_eq!(merged, Ok("A b x. D y f.".to_owned()));
        let merged = merge(
            "原因不明。年龄有关。多见于老人。",
            "原因未知。年龄有关。多见于老人。",
            "原因不明。年龄有关。常见于老人。",
        );
        assert_eq!(merged, Ok("原因未知。年龄有关。常见于老人。".to_owned()));
    }

    #[test]
    fn changes_of_other_words_of_a_sentence_become_one() {
        let base = "It is rare, and most people are older than 60.";
        let mine = "It is very rare, and most people are older than 60.";
        let theirs = "It is rare, and most people are over 60.";
        let both = "It is very rare, and most people are over 60.";
        assert_eq!(merge(base, mine, theirs), Ok(both.to_owned()));
    }

    #[test]
    fn changes_of_the_same_words_or_of_neighbours_collide() {
        for (base, mine, theirs) in [
            ("It is rare.", "It is frequent.", "It is very rare."),
            (
                "Take one in the evening.",
                "Take two in the evening.",
                "Take half in the evening.",
            ),
            // "1.5" is one number.
            (
                "Up to 1.5 times as often.",
                "Up to 2.5 times as often.",
                "Up to 1.7 times as often.",
            ),
            // Neighbours: what one word says may hang on the other.
            ("It is not rare.", "It is never rare.", "It is not common."),
            // One goes and is changed.
            (
                "A b c. D e f. G h i.",
                "A b c. G h i.",
                "A b c. D e x. G h i.",
            ),
            // Two that are written anew in the same place.
            (
                "The cause is not known.",
                "Nobody knows why it is so.",
                "The cause is not well known.",
            ),
            ("A b.", "A b. C d.", "A b. E f."),
        ] {
            let marked = format!("{MARK_MINE}\n{mine}\n{MARK_BETWEEN}\n{theirs}\n{MARK_THEIRS}");
            assert_eq!(merge(base, mine, theirs), Err(marked), "{base}");
        }
    }

    #[test]
    fn long_paragraphs_are_merged_and_collide_like_short_ones() {
        let sentence = |n: usize| format!("Sentence number {n} tells about thing {}. ", n % 7);
        let base: String = (0..1_300).map(sentence).collect();
        let base = base.trim_end();
        assert!(base.len() > 50_000 && !base.contains('\n'));
        let theirs = base.replace("number 5 ", "number FIVE ");
        let mine = base.replace("number 1200 ", "number 1,200 ");
        let both = theirs.replace("number 1200 ", "number 1,200 ");
        assert_eq!(merge(base, &mine, &theirs), Ok(both));
        let mine = base.replace("number 5 ", "number five ");
        let merged = merge(base, &mine, &theirs).unwrap_err();
        assert!(merged.contains("number five ") && merged.contains("number FIVE "));
        assert!(merged.len() > 100_000 && merged.len() <= DRAFT_LONGEST);
    }

    #[test]
    fn a_collision_is_never_longer_than_a_draft_may_be() {
        let text = |piece: &str| format!("same\n{piece}\n").repeat(10_000);
        let merged = merge(&text("a"), &text("b"), &text("c")).unwrap_err();
        assert!(merged.len() <= DRAFT_LONGEST, "{}", merged.len());
        assert_eq!(merged.matches(MARK_MINE).count(), 1);
    }

    #[test]
    fn the_longest_texts_are_merged_with_limited_work() {
        // Nothing in common, everything in common in another order, and few words again and again:
        // each would take minutes if every difference were searched to the shortest.
        let numbers = |step: usize| -> String {
            (0..14_000).fold(String::new(), |text, n| {
                text + &format!("w{} ", n * step % 14_009)
            })
        };
        let few = |step: usize| -> String {
            (0..40_000)
                .map(|n| if n * step % 7 < 3 { "a " } else { "b " })
                .collect()
        };
        let letters = |letter: &str| format!("{letter}\n").repeat(49_000);
        for [base, mine, theirs] in [
            [numbers(1), numbers(5), numbers(11)],
            [few(1), few(3), few(5)],
            [letters("a"), letters("b"), letters("c")],
        ] {
            assert!(merge(&base, &mine, &theirs).is_err());
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_is_lost_in_a_merge(mine in "[abc\n]{1,40}", theirs in "[xyz\n]{1,40}") {
            let (Ok(text) | Err(text)) = merge("m\nn\no", &mine, &theirs);
            for line in mine.lines().chain(theirs.lines()) {
                let kept = text.lines().any(|other| other == line);
                prop_assert!(kept || line.is_empty(), "{line:?} in {text:?}");
            }
        }

        #[test]
        fn who_changes_alone_is_right(base in "[ab. \n]{0,60}", other in "[ab. \n]{0,60}") {
            let lines = |text: &str| text.trim_end().lines().collect::<Vec<_>>().join("\n");
            prop_assert_eq!(merge(&base, &other, &base), Ok(lines(&other)));
            prop_assert_eq!(merge(&base, &base, &other), Ok(lines(&other)));
            prop_assert_eq!(merge(&base, &other, &other), Ok(lines(&other)));
        }

        #[test]
        fn pieces_of_a_text_are_the_text(text in "[ab.! 。\n]{0,60}") {
            prop_assert_eq!(sentences(&text).concat(), text.clone());
            prop_assert_eq!(words(&text).concat(), text);
        }
    }
}
