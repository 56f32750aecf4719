//! What differs between two texts, and how two changes of one text become one.

use std::time::Duration;

use domain::wiki::Change;
use similar::{Algorithm, ChangeTag, TextDiff};

/// Looking for the shortest difference ends after this long; what is found by then is right, and
/// may be longer than it need be.
const PATIENCE: Duration = Duration::from_millis(15);

const MINE: &str = "<<<<<<< your text";
const BETWEEN: &str = "=======";
const THEIRS: &str = ">>>>>>> the other text";

/// The texts word by word.
pub(super) fn changes(from: &str, to: &str) -> Vec<Change> {
    // By what stands once in both: long texts with many changes are compared in time, too.
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(PATIENCE)
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

/// Both changes in one text; where they touch the same lines, the text with both and marks around
/// them is the error.
pub(super) fn merge(base: &str, mine: &str, theirs: &str) -> Result<String, String> {
    // The algorithm is one of lines, and the last one counts as changed where its end does.
    let whole = |text: &str| format!("{}\n", text.trim_end());
    let mut options = diffy::MergeOptions::new();
    options.set_conflict_style(diffy::ConflictStyle::Merge);
    options
        .merge(&whole(base), &whole(mine), &whole(theirs))
        .map(|merged| merged.trim_end().to_owned())
        .map_err(|merged| {
            let lines: Vec<&str> = merged
                .lines()
                .map(|line| match line {
                    "<<<<<<< ours" => MINE,
                    ">>>>>>> theirs" => THEIRS,
                    other => other,
                })
                .collect();
            lines.join("\n")
        })
}

/// Whether marks of two texts are left in it.
pub(super) fn has_marks(text: &str) -> bool {
    text.lines().any(|line| line == MINE || line == THEIRS)
}

/// Marks and lines between them, for a message.
pub(super) fn marks() -> String {
    format!("“{MINE}”, “{BETWEEN}” and “{THEIRS}”")
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
        assert!(has_marks(&merged) && !has_marks("<<<<<<< ours"));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_in_a_comparison(from in "[ab \n]{0,60}", to in "[ab \n]{0,60}") {
            let changes = changes(&from, &to);
            prop_assert_eq!(side(&changes, false), from);
            prop_assert_eq!(side(&changes, true), to);
        }

        #[test]
        fn nothing_typed_is_lost_in_a_merge(mine in "[abc\n]{1,40}", theirs in "[xyz\n]{1,40}") {
            let (Ok(text) | Err(text)) = merge("m\nn\no", &mine, &theirs);
            for line in mine.lines().chain(theirs.lines()) {
                let kept = text.lines().any(|other| other == line);
                prop_assert!(kept || line.is_empty(), "{line:?} in {text:?}");
            }
        }
    }
}
