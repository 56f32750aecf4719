//! A text on its way into a file in which it is one of many.

use std::collections::BTreeMap;

use comrak::{
    Arena, Node,
    nodes::{NodeCodeBlock, NodeHeading, NodeValue},
};

use super::reading::{options, with_everything};

/// The text of a section as it can stand under the heading of a file. It says the same, but none of
/// its headings is above the level `highest`, whatever way it was written, none of its lines is a
/// comment, and nothing that it begins goes on behind it.
pub fn portable(markdown: &str, highest: u8) -> String {
    let text = super::storable(markdown);
    let text = with_everything(trimmed(&text));
    let text = closed(&lowered(&text, highest));
    if stays_within(&text, highest) {
        return text;
    }
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

/// Headings of a file that belong to no text in it: the level of each, by its line. Underlined ones
/// are none, and no line of code is one.
pub fn headings(markdown: &str) -> BTreeMap<usize, u8> {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options(true));
    let mut found = BTreeMap::new();
    for node in root.children() {
        let data = node.data();
        if let NodeValue::Heading(heading) = &data.value
            && !heading.setext
        {
            found.insert(data.sourcepos.start.line, heading.level);
        }
    }
    found
}

/// Without empty lines before and behind it. Space at the beginning of a line means something.
fn trimmed(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.len() - text.trim_start().len();
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    &text[line..]
}

/// Brings headings down to a level.
fn lowered(text: &str, highest: u8) -> String {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options(true));
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for node in root.descendants() {
        let data = node.data();
        let NodeValue::Heading(heading) = data.value else {
            continue;
        };
        if heading.level < highest {
            let (start, end) = (data.sourcepos.start, data.sourcepos.end);
            if let Some(lines) = lines.get_mut(start.line - 1..end.line) {
                lower(lines, start.column - 1, heading, highest);
            }
        }
    }
    // A heading that was underlined leaves its other lines empty.
    lines.retain(|line| line != GONE);
    lines.join("\n")
}

/// In place of a line that is no more; no text has it.
const GONE: &str = "\0";

fn lower(lines: &mut [String], column: usize, heading: NodeHeading, highest: u8) {
    let Some((first, others)) = lines.split_first_mut() else {
        return;
    };
    let Some((before, text)) = first.split_at_checked(column) else {
        return;
    };
    if !heading.setext {
        let more = usize::from(highest - heading.level);
        *first = [before, &"#".repeat(more), text].concat();
        return;
    }
    let underline = others.len().saturating_sub(1);
    let mut words = vec![text.trim()];
    for line in &others[..underline] {
        words.push(line.trim_start_matches([' ', '\t', '>']).trim_end());
    }
    let mut words = words.join(" ");
    // Signs at the end would close a heading that begins with such.
    let signs = words.len() - words.trim_end_matches('#').len();
    if signs > 0 {
        words.insert(words.len() - signs, '\\');
    }
    *first = [before, &"#".repeat(usize::from(highest)), " ", &words].concat();
    for line in others {
        GONE.clone_into(line);
    }
}

/// Ends code that goes on to the end.
fn closed(text: &str) -> String {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, text, &options(true));
    let last = root.last_child().map(|node| node.data().value.clone());
    match last {
        Some(NodeValue::CodeBlock(code)) if !code.closed => {
            let NodeCodeBlock {
                fence_char,
                fence_length,
                ..
            } = *code;
            let fence = char::from(fence_char).to_string().repeat(fence_length);
            format!("{text}\n{fence}")
        }
        _ => text.to_owned(),
    }
}

/// Whether a heading behind a text is a heading, and the only one of its level.
fn stays_within(text: &str, highest: u8) -> bool {
    let file = format!("{text}\n\n## Behind it\n");
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &file, &options(true));
    let above = |node: &Node<'_>| match node.data().value {
        NodeValue::Heading(heading) => heading.level < highest,
        NodeValue::HtmlBlock(_) => true,
        _ => false,
    };
    let mut found = root.descendants().filter(above);
    let first = found.next();
    found.next().is_none()
        && first.is_some_and(|first| {
            root.last_child().is_some_and(|last| last.same_node(first))
                && matches!(first.data().value, NodeValue::Heading(_))
        })
}

fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{super::render, *};

    /// As it is shown, however its lines are broken.
    fn shown(text: &str) -> String {
        let html = render(text, &[], "cause");
        let html = html.split_whitespace().collect::<Vec<_>>().join(" ");
        // Whether the last line of code has an end.
        html.replace(" </code>", "</code>")
    }

    #[test]
    fn headings_of_texts_stay_below_those_of_the_file() {
        let text = "# One\n\n## Two\n\n#tag\n\n```\n## code\n```\n\n### Three\n";
        let expected = "### One\n\n### Two\n\n#tag\n\n```\n## code\n```\n\n### Three";
        assert_eq!(portable(text, 3), expected);
        assert_eq!(portable("### Three", 4), "#### Three");
        let underlined = "Intro.\n\nTreatment\n---------\n\nThis belongs to the cause.";
        let expected = "Intro.\n\n### Treatment\n\nThis belongs to the cause.";
        assert_eq!(portable(underlined, 3), expected);
    }

    #[test]
    fn a_text_says_the_same_in_a_file() {
        for text in [
            "   ## Indented",
            "#\tWith a tab",
            "##",
            "# Closed #",
            "Closed #\n---",
            "Two\n  lines\n===",
            "- # In an item\n- In another\n  ---\n  text",
            "> In a quote\n> ===\n> text\n\n> > # Twice",
            "1. One\n\n   Two\n   ---",
            "```\n## Code\n```",
            "~~~~\nnot ended\n## code",
            "- ```\n  not ended",
            "    indented code\n    # more",
            "<!-- Imported from elsewhere, 2020, https://a.example/ -->\n\nText.",
            "Text.\n<!-- not ended",
            "<script>\n## Code",
            "<pre>\n# Code\n\n## More\n</pre>",
            "[a]: /unused\n\nText.",
            "Text\n\n\n   \n",
        ] {
            let file = portable(text, 3);
            assert_eq!(shown(&file), shown(text), "{text:?} became {file:?}");
            assert!(stays_within(&file, 3), "{text:?} became {file:?}");
            assert_eq!(portable(&file, 3), file, "{text:?}");
            assert!(
                !file.contains("\n<!--") && !file.starts_with("<!--"),
                "{file:?}"
            );
        }
    }

    #[test]
    fn only_headings_of_a_file_itself_are_its_headings() {
        let file = "## A\n\nB\n---\n\n```\n## C\n```\n\n> ## D\n\n### E\n";
        let found: Vec<_> = headings(file).into_iter().collect();
        assert_eq!(found, [(1, 2), (12, 3)]);
    }
}
