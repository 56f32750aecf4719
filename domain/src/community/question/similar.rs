//! Which words of a question tell it from others.

use crate::text::fold;

/// Most words that are looked for: a question that shares none of the first ones is another one.
const MOST_WORDS: usize = 8;
/// Fewest characters of a word that says what a question is about.
const SHORTEST_WORD: usize = 3;

/// Words that stand in questions about anything.
const COMMON: &[&str] = &[
    "about", "after", "all", "and", "any", "anyone", "are", "before", "but", "can", "did", "does",
    "for", "from", "get", "had", "has", "have", "her", "his", "how", "may", "much", "must", "not",
    "one", "our", "out", "she", "should", "than", "that", "the", "their", "them", "there", "they",
    "this", "use", "was", "what", "when", "where", "which", "who", "why", "will", "with", "would",
    "you", "your",
];

/// The [`fold`]ed words by which questions like this one are found.
///
/// ```
/// use domain::community::search_words;
/// assert_eq!(search_words("May I swim, and when do I swim?"), ["swim"]);
/// assert_eq!(search_words("Which Vitamin D?"), ["vitamin"]);
/// ```
pub fn search_words(title: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in fold(title).split(' ') {
        let says_much = word.len() >= SHORTEST_WORD && !COMMON.contains(&word);
        if says_much && !words.iter().any(|other| other == word) {
            words.push(word.to_owned());
        }
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_looked_for_by_its_first_words() {
        let long: Vec<String> = (0..50).map(|number| format!("word{number}")).collect();
        let long = long.join(" ");
        let words = search_words(&long);
        assert_eq!(words.len(), MOST_WORDS);
        assert_eq!(words[0], "word0");
        assert!(search_words("Why? And how?").is_empty());
        assert!(search_words("% _ \\ '").is_empty());
    }

    #[test]
    fn common_words_are_in_order() {
        assert!(COMMON.is_sorted());
    }
}
