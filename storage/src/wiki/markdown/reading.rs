//! From Markdown to HTML of which every word is the text's own.

use std::{
    borrow::Cow,
    collections::{HashSet, VecDeque},
};

use ammonia::url::{ParseError, Url};
use comrak::{
    Arena, Node, Options,
    arena_tree::NodeEdge,
    nodes::{AstNode, ListType, NodeLink, NodeValue},
};

/// Quotes within quotes that are shown as such. The sanitiser takes minutes for 100,000 of them.
const MAX_QUOTES: usize = 20;

/// Powers of powers that are shown as such.
const MAX_TAGS: usize = 4;

/// How often a text is looked through for what has to be escaped: what is escaped may uncover more.
const ROUNDS: usize = 4;

/// Where links may lead.
pub(super) const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// A text as HTML that has not been sanitised.
pub(super) struct Read {
    pub(super) html: String,
    /// For every item of a list the number that it was given, where it is not the one that follows.
    pub(super) numbers: VecDeque<Option<usize>>,
}

/// What we take beyond `CommonMark`; less of it where it would swallow words.
pub(super) fn options(extended: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = extended;
    options.extension.strikethrough = true;
    // Told apart from two tildes, a single one can be shown as it is: "20~30 mg".
    options.extension.subscript = true;
    options.extension.autolink = true;
    options
}

/// Reads a text. No heading gets above the level `highest`.
pub(super) fn read(markdown: &str, highest: u8, extended: bool) -> Read {
    let arena = Arena::new();
    let options = options(extended);
    let root = comrak::parse_document(&arena, markdown, &options);
    let numbers = arrange(root, &arena, highest);
    Read {
        html: format(root, &options),
        numbers,
    }
}

fn format(root: Node<'_>, options: &Options<'_>) -> String {
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = comrak::format_html(root, options, &mut html);
    html
}

/// Brings a text into the form in which it is shown.
fn arrange<'a>(root: Node<'a>, arena: &'a Arena<'a>, highest: u8) -> VecDeque<Option<usize>> {
    let mut numbers = VecDeque::new();
    let mut quotes = 0;
    let mut links = 0;
    let (mut unwrapped, mut odd, mut tags) = (Vec::new(), Vec::new(), Vec::new());
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => match &mut node.data_mut().value {
                NodeValue::Heading(heading) => heading.level = heading.level.max(highest),
                NodeValue::BlockQuote => {
                    quotes += 1;
                    if quotes > MAX_QUOTES {
                        unwrapped.push(node);
                    }
                }
                NodeValue::CodeBlock(code) => {
                    // The first line of it, for whoever wrote words behind the fence.
                    let info = std::mem::take(&mut code.info);
                    if !info.is_empty() {
                        code.literal.insert_str(0, &(info + "\n"));
                    }
                }
                NodeValue::HtmlInline(_) => tags.push(node),
                NodeValue::HtmlBlock(_) | NodeValue::Subscript => odd.push((node, false)),
                NodeValue::Link(_) | NodeValue::Image(_) => {
                    odd.push((node, links > 0));
                    links += 1;
                }
                _ => {}
            },
            NodeEdge::End(node) => match node.data().value {
                NodeValue::BlockQuote => quotes -= 1,
                NodeValue::Link(_) | NodeValue::Image(_) => links -= 1,
                _ => {}
            },
        }
    }
    number_items(root, &mut numbers);
    for (node, in_link) in odd {
        show(node, in_link, arena);
    }
    // Where they are now: what was around them may have gone.
    let mut seen = HashSet::new();
    for tag in tags {
        if let Some(parent) = tag.parent()
            && seen.insert(std::ptr::from_ref(parent))
        {
            show_tags(parent);
        }
    }
    for node in unwrapped {
        unwrap(node);
    }
    numbers
}

fn text<'a>(arena: &'a Arena<'a>, text: impl Into<Cow<'static, str>>) -> Node<'a> {
    arena.alloc(AstNode::from(NodeValue::Text(text.into())))
}

/// Puts the children of a node in its place.
fn unwrap(node: Node<'_>) {
    for child in node.children().collect::<Vec<_>>() {
        node.insert_before(child);
    }
    node.detach();
}

/// Shows what would be left out, or would be shown as something else.
fn show<'a>(node: Node<'a>, in_link: bool, arena: &'a Arena<'a>) {
    let value = node.data().value.clone();
    match value {
        NodeValue::Subscript => {
            node.insert_before(text(arena, "~"));
            node.insert_after(text(arena, "~"));
            unwrap(node);
        }
        NodeValue::HtmlBlock(block) => {
            // Only what `with_everything` could not escape.
            node.append(text(arena, block.literal.trim_end().to_owned()));
            node.data_mut().value = NodeValue::Paragraph;
        }
        NodeValue::Link(link) => {
            let shown = node.first_child().is_some();
            if !shown {
                node.append(text(arena, link.url.clone()));
            }
            // Within what was an image, that is a link itself.
            if in_link || !leads_on(&link.url) {
                if shown && !is_own_address(node, &link.url) {
                    node.append(text(arena, address(&link)));
                }
                unwrap(node);
            }
        }
        NodeValue::Image(link) => {
            if in_link || !leads_on(&link.url) {
                node.append(text(arena, address(&link)));
                unwrap(node);
            } else {
                // We show no pictures of other sites; there they can be looked at.
                if node.first_child().is_none() {
                    node.append(text(arena, link.url.clone()));
                }
                node.data_mut().value = NodeValue::Link(link);
            }
        }
        _ => {}
    }
}

/// The address of what cannot be a link, to be read.
fn address(link: &NodeLink) -> String {
    match link.title.as_str() {
        "" => format!(" ({})", link.url),
        title => format!(" ({} {title})", link.url),
    }
}

/// Makes pairs of tags that people may write what they mean, and shows all others as they were typed.
fn show_tags(parent: Node<'_>) {
    let mut open: Vec<(Node<'_>, &str)> = Vec::new();
    for node in parent.children().collect::<Vec<_>>() {
        let tag = match &node.data().value {
            NodeValue::HtmlInline(tag) => tag.clone(),
            _ => continue,
        };
        if let Some(name) = opens(&tag).filter(|_| open.len() < MAX_TAGS) {
            open.push((node, name));
        } else if let Some(at) = open.iter().rposition(|(_, name)| closes(&tag, name)) {
            let (begin, name) = open[at];
            // What was opened within it and not closed is text.
            for (lone, _) in open.drain(at..).skip(1) {
                show_as_typed(lone);
            }
            let inside: Vec<_> = begin
                .following_siblings()
                .skip(1)
                .take_while(|other| !other.same_node(node))
                .collect();
            for child in inside {
                begin.append(child);
            }
            node.detach();
            begin.data_mut().value = match name {
                "sup" => NodeValue::Superscript,
                _ => NodeValue::Subscript,
            };
        } else {
            show_as_typed(node);
        }
    }
    for (lone, _) in open {
        show_as_typed(lone);
    }
}

fn show_as_typed(tag: Node<'_>) {
    let mut data = tag.data_mut();
    if let NodeValue::HtmlInline(tag) = &mut data.value {
        let typed = std::mem::take(tag);
        data.value = NodeValue::Text(typed.into());
    }
}

fn is_own_address(link: Node<'_>, url: &str) -> bool {
    let first = link.first_child();
    first.is_some_and(|child| matches!(&child.data().value, NodeValue::Text(text) if text == url))
}

/// Whether the sanitiser lets a link keep its address.
fn leads_on(url: &str) -> bool {
    match Url::parse(url) {
        Ok(url) => SCHEMES.contains(&url.scheme()),
        Err(error) => error == ParseError::RelativeUrlWithoutBase,
    }
}

/// The tags that people may write: they are part of how numbers and formulas are written.
fn opens(tag: &str) -> Option<&'static str> {
    ["sup", "sub"].into_iter().find(|name| {
        let inside = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
        inside.is_some_and(|inside| inside.eq_ignore_ascii_case(name))
    })
}

fn closes(tag: &str, name: &str) -> bool {
    let inside = tag.strip_prefix("</").and_then(|tag| tag.strip_suffix('>'));
    inside.is_some_and(|inside| inside.trim_end().eq_ignore_ascii_case(name))
}

/// Numbers that leave some out are shown as they are: "0, 1, 3". Such as do not grow are counted, as
/// `CommonMark` does.
fn number_items(root: Node<'_>, numbers: &mut VecDeque<Option<usize>>) {
    // The next number of each list that is open.
    let mut next = Vec::new();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => match &node.data().value {
                NodeValue::List(list) => next.push(list.start),
                NodeValue::Item(item) => {
                    let expected = next.last_mut();
                    let ordered = item.list_type == ListType::Ordered;
                    numbers.push_back(expected.and_then(|expected| {
                        let given = Some(item.start).filter(|start| ordered && start > expected);
                        *expected = given.unwrap_or(*expected) + 1;
                        given
                    }));
                }
                _ => {}
            },
            NodeEdge::End(node) => {
                if matches!(node.data().value, NodeValue::List(_)) {
                    next.pop();
                }
            }
        }
    }
}

/// The text with a backslash before what would not be shown: tags that begin a line, and definitions
/// of links that no link uses.
pub(super) fn with_everything(markdown: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(markdown);
    if !text.contains('<') && !text.contains("]:") {
        return text;
    }
    for _ in 0..ROUNDS {
        match escaped(&text) {
            Some(escaped) => text = Cow::Owned(escaped),
            None => break,
        }
    }
    text
}

/// `None` where nothing has to be escaped.
fn escaped(markdown: &str) -> Option<String> {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options(true));
    let (mut tags, mut code) = (HashSet::new(), HashSet::new());
    for node in root.descendants() {
        let data = node.data();
        let lines = data.sourcepos.start.line..=data.sourcepos.end.line;
        match data.value {
            NodeValue::HtmlBlock(_) => tags.extend(lines),
            NodeValue::CodeBlock(_) => code.extend(lines),
            _ => {}
        }
    }
    let unused = unused_definitions(markdown, &code);
    if tags.is_empty() && unused.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(markdown.len() + 16);
    let mut changed = false;
    for (number, line) in (1..).zip(markdown.split_inclusive('\n')) {
        let begin = beginning(line);
        let sign = &line[begin..];
        let tag = tags.contains(&number) && sign.starts_with('<');
        if tag || (unused.contains(&number) && sign.starts_with('[')) {
            changed = true;
            text.push_str(&line[..begin]);
            text.push('\\');
            text.push_str(sign);
        } else {
            text.push_str(line);
        }
    }
    changed.then_some(text)
}

/// Where a line begins behind the marks of quotes and lists.
fn beginning(line: &str) -> usize {
    let mark =
        |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')');
    line.find(|c| !mark(c)).unwrap_or(line.len())
}

/// A definition of a link in a line: its label, as labels are compared.
fn definition(line: &str) -> Option<String> {
    let (label, _) = line[beginning(line)..]
        .strip_prefix('[')?
        .split_once("]:")?;
    (!label.contains(['[', ']'])).then(|| folded(label))
}

fn folded(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The lines that define a link that nothing uses, or that has been defined before.
fn unused_definitions(markdown: &str, code: &HashSet<usize>) -> HashSet<usize> {
    let mut lines = HashSet::new();
    if !markdown.contains("]:") {
        return lines;
    }
    let used = used_labels(markdown);
    let mut defined = HashSet::new();
    for (number, line) in (1..).zip(markdown.split('\n')) {
        if let Some(label) = definition(line).filter(|_| !code.contains(&number))
            && !(used.contains(&label) && defined.insert(label))
        {
            lines.insert(number);
        }
    }
    lines
}

/// What stands in brackets and is no definition.
pub(super) fn used_labels(markdown: &str) -> HashSet<String> {
    let mut used = HashSet::new();
    let mut open = None;
    for (at, sign) in markdown.char_indices() {
        match sign {
            '[' => open = Some(at + 1),
            ']' => {
                if let Some(start) = open.take()
                    && !markdown[at + 1..].starts_with(':')
                {
                    used.insert(folded(&markdown[start..at]));
                }
            }
            _ => {}
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Example {
        markdown: String,
        html: String,
        #[serde(rename = "example")]
        number: u32,
    }

    /// Examples that come out otherwise on purpose: what looks like an address becomes a link where
    /// the specification leaves it text.
    const AUTOLINKED: [u32; 4] = [602, 608, 611, 612];

    #[test]
    fn the_examples_of_commonmark_in_the_real_data_come_out_as_specified() {
        let Some(file) = crate::test_data::file("markdown/commonmark-0.31.2.json") else {
            return;
        };
        let json = std::fs::read(file).unwrap();
        let examples: Vec<Example> = serde_json::from_slice(&json).unwrap();
        assert_eq!(examples.len(), 652);
        let mut differ = Vec::new();
        for example in examples {
            let mut options = options(true);
            // Without what we do on top, which the specification knows nothing of.
            options.render.r#unsafe = true;
            let arena = Arena::new();
            let root = comrak::parse_document(&arena, &example.markdown, &options);
            if format(root, &options) != example.html {
                differ.push(example.number);
            }
        }
        assert_eq!(differ, AUTOLINKED);
    }
}
