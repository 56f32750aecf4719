//! Answers that consist of several questions and answers: "How is X diagnosed? By its signs. Is
//! genetic testing available for X? Not yet."

use super::{flattened::Block, leftovers::without_bibliography};

/// Makes headings of the questions that divide an answer. The first one is dropped if it only
/// repeats what the section is about.
pub(super) fn questions(blocks: Vec<Block>) -> Vec<Block> {
    let mut divided = Vec::new();
    for block in blocks {
        let Block::Paragraph(text) = block else {
            divided.push(block);
            continue;
        };
        // The space lets a question at the very end be found like the others.
        let text = format!("{text} ");
        let mut rest = text.as_str();
        let mut plain = 0;
        let mut search = 0;
        while let Some(end) = rest[search..].find("? ").map(|at| search + at + 1) {
            let start = [". ", "? ", "! ", ": "]
                .iter()
                .filter_map(|mark| rest[plain..end - 1].rfind(mark))
                .max()
                .map_or(plain, |at| plain + at + 2);
            let question = rest[start..end].trim();
            if is_question(question) {
                push_paragraph(&mut divided, &rest[..start]);
                if !(divided.is_empty() && is_expected(question)) {
                    divided.push(Block::Heading(question.to_owned()));
                }
                rest = rest[end..].trim_start();
                plain = 0;
                search = 0;
            } else {
                plain = end;
                search = end;
            }
        }
        push_paragraph(&mut divided, rest);
    }
    // A question after a question, or at the very end, has nothing below it.
    for at in 0..divided.len() {
        if let Block::Heading(text) = &divided[at]
            && !matches!(
                divided.get(at + 1),
                Some(Block::Paragraph(_) | Block::Item(_))
            )
        {
            divided[at] = Block::Paragraph(text.clone());
        }
    }
    divided
}

fn push_paragraph(blocks: &mut Vec<Block>, text: &str) {
    let text = without_bibliography(text).trim();
    if !text.is_empty() {
        blocks.push(Block::Paragraph(text.to_owned()));
    }
}

/// Whether a sentence is a question that may stand as a heading.
pub(super) fn is_question(sentence: &str) -> bool {
    const WORDS: [&str; 14] = [
        "What", "How", "Is", "Are", "Who", "Can", "Do", "Does", "When", "Where", "Why", "Which",
        "Will", "Should",
    ];
    sentence.len() <= 200
        && sentence.ends_with('?')
        && sentence
            .split(' ')
            .next()
            .is_some_and(|word| WORDS.contains(&word))
}

/// Whether the question is the one that the section answers anyway.
fn is_expected(question: &str) -> bool {
    let question = question.to_lowercase();
    [
        "what are the signs and symptoms",
        "what are the symptoms",
        "what causes",
        "what is ",
    ]
    .iter()
    .any(|start| question.starts_with(start))
        || ["diagnosed?", "treated?", "inherited?", "managed?"]
            .iter()
            .any(|end| question.ends_with(end))
}
