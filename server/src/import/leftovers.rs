//! What web pages leave in the plain text that is made of them: bibliographies, words that led to
//! other pages, and lists whose items run on as if they were a sentence.

use super::flattened::Block;

/// Words of a sentence that makes sense only on the page that it was on.
const NAVIGATION: [&str; 14] = [
    "click here",
    "click on",
    "clicking on",
    "visit the link",
    "following link",
    "this link",
    "the link below",
    "the links below",
    "link of interest",
    "return to top",
    "read more about",
    "resources listed below",
    "web page on",
    "webpage on",
];

/// Words after which nothing new begins: "risk of Wilms tumor" is one item.
const JOINING: [&str; 22] = [
    "a",
    "an",
    "and",
    "as",
    "at",
    "between",
    "by",
    "called",
    "for",
    "from",
    "in",
    "including",
    "like",
    "of",
    "on",
    "or",
    "such",
    "the",
    "to",
    "with",
    "without",
    "vitamin",
];

/// So many items make a list.
const LIST: usize = 4;

/// Longest item, in words.
const LONGEST_ITEM: usize = 14;

/// Drops the list of works at the beginning of a text, each of which ends with the day on which it was
/// read: "References Hingorani M. Aniridia. 2008; http://… Accessed 3/30/2011. …".
pub(super) fn without_bibliography(text: &str) -> &str {
    let trimmed = text.trim_start();
    if !trimmed.starts_with("References ") {
        return text;
    }
    let Some(last) = trimmed.rfind("Accessed ") else {
        return "";
    };
    let rest = &trimmed[last + "Accessed ".len()..];
    let day = rest.find(' ').unwrap_or(rest.len());
    rest[day..].trim_start()
}

/// Drops the sentences that lead to other pages.
pub(super) fn without_navigation(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for sentence in sentences(text) {
        let folded = sentence.to_lowercase();
        if !NAVIGATION.iter().any(|words| folded.contains(words)) {
            kept.push_str(sentence);
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// The sentences of a text, with the space behind each.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let (mut start, mut search) = (0, 0);
    while let Some(at) = text[search..].find(". ").map(|at| search + at) {
        search = at + 2;
        let before = &text[start..at];
        let word = before.rsplit([' ', '(']).next().unwrap_or_default();
        // "U.S. National Library", "e.g. one".
        let abbreviated = word.len() <= 3 && word.contains('.') || word.len() == 1;
        if !abbreviated && text[search..].starts_with(|c: char| !c.is_lowercase()) {
            sentences.push(&text[start..search]);
            start = search;
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// Makes lists of items that run on: "Symptoms may include: Heart defects (74%) Hearing loss Seizures"
/// and "one: - A - B - C".
pub(super) fn lists(blocks: Vec<Block>) -> Vec<Block> {
    let mut arranged = Vec::with_capacity(blocks.len());
    for block in blocks {
        match &block {
            Block::Paragraph(text) => match dashed(text).or_else(|| capitalised(text)) {
                Some(list) => arranged.extend(list),
                None => arranged.push(block),
            },
            Block::Heading(_) | Block::Item(_) => arranged.push(block),
        }
    }
    arranged
}

/// A list whose items begin with a dash and a capital.
fn dashed(text: &str) -> Option<Vec<Block>> {
    let starts: Vec<usize> = text
        .match_indices(" - ")
        .map(|(at, _)| at)
        .filter(|at| text[at + 3..].starts_with(char::is_uppercase))
        .collect();
    if starts.len() < LIST - 1 {
        return None;
    }
    let mut blocks = vec![Block::Paragraph(text[..starts[0]].trim().to_owned())];
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied();
        let item = text[start + 3..end.unwrap_or(text.len())].trim();
        let (item, rest) = match end {
            Some(_) => (item, ""),
            // What follows the first sentence of the last item is no part of it.
            None => match sentences(item).first() {
                Some(first) => item.split_at(first.len()),
                None => (item, ""),
            },
        };
        blocks.push(Block::Item(item.trim().to_owned()));
        if !rest.trim().is_empty() {
            blocks.push(Block::Paragraph(rest.trim().to_owned()));
        }
    }
    blocks.retain(|block| !matches!(block, Block::Paragraph(text) if text.is_empty()));
    Some(blocks)
}

/// A list after a colon whose items begin with a capital and have no full stop.
fn capitalised(text: &str) -> Option<Vec<Block>> {
    let (colon, _) = text
        .match_indices(": ")
        .find(|(at, _)| items(&text[at + 2..]).0.len() >= LIST)?;
    let (items, rest) = items(&text[colon + 2..]);
    let mut blocks = vec![Block::Paragraph(text[..=colon].to_owned())];
    blocks.extend(items.into_iter().map(|item| Block::Item(item.to_owned())));
    if !rest.is_empty() {
        blocks.push(Block::Paragraph(rest.to_owned()));
    }
    Some(blocks)
}

/// Items at the beginning of a text, and the prose behind them; no items unless they are a list.
fn items(text: &str) -> (Vec<&str>, &str) {
    let mut items = Vec::new();
    let mut start = 0;
    for at in boundaries(text) {
        let item = text[start..at].trim();
        // A full stop within it, or its length, tells that prose has begun.
        if item.split(' ').count() > LONGEST_ITEM || item.contains(". ") {
            break;
        }
        items.push(item);
        start = at;
    }
    let last = text[start..].trim();
    let ends = last.split(' ').count() <= LONGEST_ITEM && !last.contains(". ");
    if ends && !last.ends_with('.') && !last.is_empty() {
        items.push(last);
        return (items, "");
    }
    (items, last)
}

/// Where a word with a capital follows a word in lower case, or a bracket, without any mark.
fn boundaries(text: &str) -> Vec<usize> {
    let mut boundaries = Vec::new();
    let mut depth = 0_i32;
    let mut before = "";
    let mut at = 0;
    for word in text.split(' ') {
        let starts_item = word
            .strip_prefix(char::is_uppercase)
            .is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let free =
            before.ends_with(|c: char| c.is_lowercase() || c == ')') && !JOINING.contains(&before);
        if at > 0 && depth == 0 && starts_item && free {
            boundaries.push(at);
        }
        for character in word.chars() {
            match character {
                '(' => depth += 1,
                ')' => depth = (depth - 1).max(0),
                _ => {}
            }
        }
        before = word;
        at += word.len() + 1;
    }
    boundaries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(blocks: &[Block]) -> Vec<String> {
        blocks
            .iter()
            .map(|block| match block {
                Block::Heading(text) => format!("# {text}"),
                Block::Paragraph(text) => text.clone(),
                Block::Item(text) => format!("- {text}"),
            })
            .collect()
    }

    fn listed(text: &str) -> Vec<String> {
        told(&lists(vec![Block::Paragraph(text.to_owned())]))
    }

    #[test]
    fn a_bibliography_in_front_is_no_text() {
        let works = "References Library. Alpha. June 2009; http://example.org/alpha. Accessed \
                     3/30/2011. Moore A. Alpha. 2008; http://example.org/1/. Accessed 3/30/2011.";
        assert_eq!(without_bibliography(works), "");
        let before = format!("{works} Alpha is rare.");
        assert_eq!(without_bibliography(&before), "Alpha is rare.");
        assert_eq!(without_bibliography("References Alpha"), "");
        assert_eq!(without_bibliography("Alpha is rare."), "Alpha is rare.");
    }

    #[test]
    fn sentences_that_lead_to_other_pages_are_dropped() {
        for (text, kept) in [
            (
                "Alpha is rare. Click here to learn more. It begins early.",
                "Alpha is rare. It begins early.",
            ),
            (
                "Read more about genes in the U.S. National Library (NLM).",
                "",
            ),
            ("Please click on the link to access this resource.", ""),
            (
                "Click on the gene name to learn more. It grows.",
                "It grows.",
            ),
            (
                "Researchers hope to learn more about alpha.",
                "Researchers hope to learn more about alpha.",
            ),
            (
                "In stage 2 it has spread more than 2 mm. That is e.g. this.",
                "In stage 2 it has spread more than 2 mm. That is e.g. this.",
            ),
        ] {
            assert_eq!(without_navigation(text), kept);
        }
    }

    #[test]
    fn items_that_run_on_become_a_list() {
        assert_eq!(
            listed(
                "Signs vary. They may include: Heart defects (74% of people) Low levels of calcium \
                 Risk of Wilms tumor Growths (such as Beta tumor) Seizures Most people live long. \
                 Others do not."
            ),
            [
                "Signs vary. They may include:",
                "- Heart defects (74% of people)",
                "- Low levels of calcium",
                "- Risk of Wilms tumor",
                "- Growths (such as Beta tumor)",
                "- Seizures",
                "Most people live long. Others do not.",
            ]
        );
        assert_eq!(
            listed("It may cause - Fever - Low weight - Seizures at night. It is mild."),
            [
                "It may cause",
                "- Fever",
                "- Low weight",
                "- Seizures at night.",
                "It is mild."
            ]
        );
    }

    #[test]
    fn prose_stays_prose() {
        for text in [
            "There are two: Alpha and Beta. Each is rare.",
            "It was told by three people: John Smith and Mary Jones, of the Alpha Centre in Paris.",
            "Alpha is one - Beta is not - and so on.",
            "A colon: nothing follows",
        ] {
            assert_eq!(listed(text), [text]);
        }
    }
}
