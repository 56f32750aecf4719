//! What differs between two texts.

use std::time::Duration;

use domain::text::Change;
use similar::{Algorithm, ChangeTag, TextDiff};

/// Looking for the shortest difference ends after this long; what is found by then is right, and
/// may be longer than it need be.
const PATIENCE: Duration = Duration::from_millis(15);

/// The texts word by word.
pub(crate) fn changes(from: &str, to: &str) -> Vec<Change> {
    changes_within(PATIENCE, from, to)
}

/// The same with another patience, for who compares many texts at once.
pub(crate) fn changes_within(patience: Duration, from: &str, to: &str) -> Vec<Change> {
    // By what stands once in both: long texts with many changes are compared in time, too.
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(patience)
        .diff_words(from, to);
    let mut changes: Vec<Change> = Vec::new();
    for part in diff.iter_all_changes() {
        let text = part.value();
        match (part.tag(), changes.last_mut()) {
            (ChangeTag::Equal, Some(Change::Same(before)))
            | (ChangeTag::Delete, Some(Change::Removed(before)))
            | (ChangeTag::Insert, Some(Change::Added(before))) => before.push_str(text),
            (ChangeTag::Equal, _) => changes.push(Change::Same(text.to_owned())),
            (ChangeTag::Delete, _) => changes.push(Change::Removed(text.to_owned())),
            (ChangeTag::Insert, _) => changes.push(Change::Added(text.to_owned())),
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn side(changes: &[Change], newer: bool) -> String {
        changes
            .iter()
            .filter_map(|change| match change {
                Change::Same(text) => Some(text.as_str()),
                Change::Added(text) => newer.then_some(text.as_str()),
                Change::Removed(text) => (!newer).then_some(text.as_str()),
            })
            .collect()
    }

    #[test]
    fn words_that_differ_are_told() {
        assert_eq!(
            changes("Rest helps often.", "Rest helps nearly always."),
            [
                Change::Same("Rest helps ".to_owned()),
                Change::Removed("often.".to_owned()),
                Change::Added("nearly always.".to_owned()),
            ]
        );
        assert_eq!(changes("a", "a"), [Change::Same("a".to_owned())]);
        assert!(changes("", "").is_empty());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_a_comparison(from in "[ab \n]{0,60}", to in "[ab \n]{0,60}") {
            let changes = changes(&from, &to);
            prop_assert_eq!(side(&changes, false), from);
            prop_assert_eq!(side(&changes, true), to);
        }
    }
}
