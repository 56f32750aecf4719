//! Answers whose layout was lost when their web pages were turned into plain text. Paragraphs have
//! become runs of spaces or indented lines, lists have become "    - one.    - two.", and each
//! publisher lost it in another way.

use std::collections::HashSet;

use super::{
    leftovers::{lists, without_navigation},
    obo::one_line,
    phenotypes::{AroundTable, around_table},
    questions::{is_question, questions},
};

/// How a publisher's pages were flattened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One line, where two spaces mean nothing; questions begin a new part.
    Prose,
    /// One line, where two spaces after a sentence separate paragraphs.
    Gaps,
    /// Each paragraph on a line of its own; three spaces or more separate what was in one box.
    Lines,
    /// The same, with the numbers of footnotes left over after sentences ("high-fiber diets.1").
    NumberedLines,
}

/// What a text consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Heading(String),
    Paragraph(String),
    Item(String),
}

/// An answer in Markdown, with headings of `level`. Nothing in the source text is read as markup.
/// Empty if nothing is left.
pub(super) fn markdown(answer: &str, layout: Layout, level: usize) -> String {
    let Some(AroundTable {
        before,
        features,
        after,
    }) = around_table(answer)
    else {
        return render(&arranged(answer, layout), level);
    };
    let mut blocks = arranged(before, layout);
    if !features.is_empty() {
        blocks.push(Block::Paragraph(
            "The Human Phenotype Ontology lists these signs and symptoms. A number in brackets \
             tells how many of the people with the condition have it; without a number, it may be \
             rare or common."
                .to_owned(),
        ));
    }
    for (name, share) in features {
        blocks.push(Block::Item(match share {
            Some(share) => format!("{name} ({share})"),
            None => name,
        }));
    }
    blocks.extend(arranged(after, layout));
    render(&blocks, level)
}

fn arranged(text: &str, layout: Layout) -> Vec<Block> {
    let blocks = blocks(text, layout);
    match layout {
        Layout::Prose => lists(questions(blocks)),
        Layout::Gaps => blocks,
        Layout::Lines | Layout::NumberedLines => headings(without_repetition(key_points(blocks))),
    }
}

/// Cuts the text into paragraphs and list items.
fn blocks(text: &str, layout: Layout) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines() {
        for chunk in chunks(&line.replace('\t', " "), layout) {
            let (is_item, text) = match chunk.strip_prefix('-') {
                Some(rest) if rest.is_empty() || rest.starts_with(' ') => (true, rest),
                _ => (false, chunk.as_str()),
            };
            let mut text = without_marks(&one_line(text)).replace(" : ", ": ");
            text = without_navigation(&text);
            if layout == Layout::NumberedLines {
                text = without_note_numbers(&text);
            }
            // Rules drawn with characters, and items that lost their text.
            if !text.chars().any(char::is_alphanumeric) {
                continue;
            }
            blocks.push(if is_item {
                Block::Item(text)
            } else {
                Block::Paragraph(text)
            });
        }
    }
    blocks
}

/// Splits a line where runs of spaces stand for a lost line end.
fn chunks(line: &str, layout: Layout) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut chunk = String::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = rest.find("  ").unwrap_or(rest.len());
        chunk.push_str(&rest[..end]);
        let next = rest[end..].trim_start();
        let gap = rest.len() - end - next.len();
        rest = next;
        let starts_item = rest.starts_with("- ");
        let sentence_ends = chunk.ends_with(['.', '?', '!', ':', '"', ')']);
        let sentence_starts = rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let breaks = match layout {
            _ if chunk == "-" => false,
            _ if starts_item => true,
            Layout::Prose => gap >= 3 && sentence_ends && sentence_starts,
            Layout::Gaps => sentence_ends && sentence_starts,
            Layout::Lines | Layout::NumberedLines => gap >= 3,
        };
        if breaks || rest.is_empty() {
            chunks.push(std::mem::take(&mut chunk));
        } else {
            chunk.push(' ');
        }
    }
    chunks
}

/// Cancer pages begin with "Key Points": the headings of the page. Where they come again as
/// paragraphs, those are the headings and the list is dropped; else the list stays.
fn key_points(blocks: Vec<Block>) -> Vec<Block> {
    let Some(start) = blocks
        .iter()
        .position(|block| *block == Block::Paragraph("Key Points".to_owned()))
    else {
        return blocks;
    };
    let is_item = |block: &&Block| matches!(block, Block::Item(_));
    let end = start + 1 + blocks[start + 1..].iter().take_while(is_item).count();
    let points: HashSet<&str> = blocks[start + 1..end].iter().map(Block::text).collect();
    let comes_again = |block: &Block| match block {
        Block::Paragraph(text) => points.contains(text.as_str()),
        _ => false,
    };
    let repeated = blocks[end..].iter().any(comes_again);
    let mut arranged = blocks[..start].to_vec();
    if !repeated {
        arranged.push(Block::Heading("Key points".to_owned()));
        arranged.extend_from_slice(&blocks[start + 1..end]);
    }
    arranged.extend(blocks[end..].iter().map(|block| {
        if comes_again(block) {
            Block::Heading(block.text().trim_end_matches(['.', ':']).to_owned())
        } else {
            block.clone()
        }
    }));
    arranged
}

/// Drops paragraphs that say once more what a list item before them said: nested lists of the
/// heart pages were flattened twice.
fn without_repetition(blocks: Vec<Block>) -> Vec<Block> {
    let mut items = HashSet::new();
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        let repeats = match &block {
            Block::Paragraph(text) => items.contains(text),
            Block::Item(text) => {
                items.insert(text.clone());
                false
            }
            Block::Heading(_) => false,
        };
        if !repeats && kept.last() != Some(&block) {
            kept.push(block);
        }
    }
    kept
}

/// Short lines without a full stop were headings or list items: items after a colon or when three
/// or more follow each other, else headings if text follows.
fn headings(mut blocks: Vec<Block>) -> Vec<Block> {
    let short = |block: &Block| match block {
        Block::Paragraph(text) => {
            text.len() <= 120
                && (!text.ends_with(['.', '?', '!', ':', ';', ',']) || is_question(text))
                && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        }
        _ => false,
    };
    let mut start = 0;
    while start < blocks.len() {
        let run = blocks[start..]
            .iter()
            .take_while(|block| short(block))
            .count();
        let after_colon = start > 0
            && matches!(&blocks[start - 1], Block::Paragraph(text) if text.ends_with(':'));
        let text_follows = matches!(blocks.get(start + run), Some(Block::Paragraph(_)));
        // "Quitting smoking", "Heart-Healthy Eating": a list and the heading of what follows it.
        let before_is_title = run > 1 && is_title(blocks[start + run - 2].text());
        for (at, block) in blocks.iter_mut().enumerate().skip(start).take(run) {
            let text = block.text().to_owned();
            let heads_next = at + 1 == start + run && text_follows && run > 1;
            if heads_next && is_title(&text) && !before_is_title {
                *block = Block::Heading(text);
            } else if after_colon || run >= 3 {
                *block = Block::Item(text);
            } else if text.len() <= 80 && (text_follows || at + 1 < start + run) {
                *block = Block::Heading(text);
            }
        }
        start += run.max(1);
    }
    blocks
}

/// Whether The Words Are Written Like This.
fn is_title(text: &str) -> bool {
    let mut words = text.split([' ', '-']).filter(|word| word.len() > 3);
    text.contains([' ', '-']) && words.all(|word| word.starts_with(char::is_uppercase))
}

impl Block {
    fn text(&self) -> &str {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Item(text) => text,
        }
    }
}

fn render(blocks: &[Block], level: usize) -> String {
    let mut markdown = String::new();
    let mut after_item = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(_));
        if !markdown.is_empty() {
            markdown.push_str(if is_item && after_item { "\n" } else { "\n\n" });
        }
        match block {
            Block::Heading(_) => {
                markdown.extend(std::iter::repeat_n('#', level));
                markdown.push(' ');
            }
            Block::Item(_) => markdown.push_str("- "),
            Block::Paragraph(_) => {}
        }
        markdown.push_str(&escape(block.text()));
        after_item = is_item;
    }
    markdown
}

/// Text of a single line such that `CommonMark` (0.31.2, section 2.4) shows it as it stands.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in text.char_indices() {
        let special = match character {
            '_' | '&' if in_address(text, at) => false,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '~' | '|' | '&' => true,
            '#' | '-' | '+' | '=' => at == 0,
            '.' | ')' => {
                let ends_marker = text[at + 1..]
                    .chars()
                    .next()
                    .is_none_or(char::is_whitespace);
                digits > 0 && at == digits && ends_marker
            }
            _ => false,
        };
        if special {
            escaped.push('\\');
        }
        if !character.is_control() {
            escaped.push(character);
        }
    }
    escaped
}

/// Whether a character stands within a web address. The renderer makes a link of it as it stands,
/// escapes included; between letters `_` is no markup anyway, nor is `&` without a `;`.
fn in_address(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(' ').map_or(0, |space| space + 1);
    let word = text[start..].split(' ').next().unwrap_or_default();
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    ["https://", "http://", "www."]
        .iter()
        .any(|prefix| word.starts_with(prefix))
        && !word.contains(';')
        && joins(text[..at].chars().next_back())
        && joins(text[at + 1..].chars().next())
}

/// Drops marks of footnotes, "\[12]", whose notes are not in the text.
fn without_marks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let digits = rest[open + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        let is_mark = digits > 0 && rest[open + 1 + digits..].starts_with(']');
        let end = if is_mark { open + digits + 2 } else { open + 1 };
        kept.push_str(&rest[..if is_mark { open } else { end }]);
        rest = &rest[end..];
    }
    kept + rest
}

/// Drops numbers of footnotes after a sentence: "diets.1 Two" is "diets. Two".
fn without_note_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(stop) = rest.find('.') {
        let (sentence, after) = rest.split_at(stop + 1);
        kept.push_str(sentence);
        let is_note = |c: char| c.is_ascii_digit() || c == ',';
        let after_word = sentence
            .trim_end_matches('.')
            .ends_with(|c: char| c.is_alphabetic() || c == ')');
        let number = after.len() - after.trim_start_matches(is_note).len();
        let following = &after[number..];
        let sentence_starts = following.is_empty()
            || following
                .strip_prefix(' ')
                .is_some_and(|text| text.starts_with(char::is_uppercase));
        rest = if after_word && (1..=8).contains(&number) && sentence_starts {
            following
        } else {
            after
        };
    }
    kept + rest
}

#[cfg(test)]
#[path = "flattened_tests.rs"]
mod tests;
