//! Whether a page has every word of the text that it was made from.

use std::collections::{HashMap, HashSet};

use super::reading::used_labels;

/// How often each letter and digit is there; of ASCII, by number.
struct Counts {
    ascii: [i64; 128],
    others: HashMap<char, i64>,
}

impl Counts {
    fn new() -> Self {
        Self {
            ascii: [0; 128],
            others: HashMap::new(),
        }
    }

    fn add(&mut self, text: &str, by: i64) {
        for character in text.chars() {
            if !character.is_alphanumeric() {
                continue;
            }
            match self.ascii.get_mut(character as usize) {
                Some(count) => *count += by,
                None => *self.others.entry(character).or_default() += by,
            }
        }
    }

    fn is_enough(&self) -> bool {
        self.ascii
            .iter()
            .chain(self.others.values())
            .all(|count| *count >= 0)
    }
}

/// Whether every letter and digit of a text is in the HTML that comrak made of it, as text, or as the
/// address or title of a link. What only says how something is meant need not be: names of signs
/// (`&copy;`), numbers of items in a list, and labels by which a link finds its address.
pub(super) fn has_all_words(markdown: &str, html: &str) -> bool {
    let mut counts = Counts::new();
    // What looks like the name of a sign and is shown as it was typed.
    let mut names = HashSet::new();
    let names_links = markdown.contains("](") || markdown.contains("]:");
    count_html(html, names_links, &mut counts, &mut names);
    if markdown.contains("]:") {
        count_text(&without_labels(markdown), &mut counts, &names);
    } else {
        count_text(markdown, &mut counts, &names);
    }
    counts.is_enough()
}

fn count_html<'a>(
    html: &'a str,
    names_links: bool,
    counts: &mut Counts,
    names: &mut HashSet<&'a str>,
) {
    let mut pieces = html.split('<');
    count_written(pieces.next().unwrap_or_default(), counts, names);
    for piece in pieces {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        match tag.trim_start_matches('/') {
            "sup" => counts.add("supSUP", 1),
            "sub" => counts.add("subSUB", 1),
            _ => {}
        }
        for name in [" href=\"", " title=\""] {
            let value = tag.split_once(name);
            let value = value.and_then(|(_, value)| value.split_once('"'));
            // An address that is its own text was typed once, unless somebody wrote both.
            if let Some((value, _)) = value
                && (names_links || !value.ends_with(text))
            {
                count_written(value, counts, names);
                counts.add(&decoded(value), 1);
            }
        }
        count_written(text, counts, names);
    }
}

/// What is percent-encoded in an address, and nothing else.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    for piece in address.split('%').skip(1) {
        let digits = piece.get(..2).unwrap_or_default();
        bytes.extend(u8::from_str_radix(digits, 16));
        if piece.len() > 2 {
            bytes.push(b' ');
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// HTML between tags: every `&` begins one of the signs that would be markup.
fn count_written<'a>(html: &'a str, counts: &mut Counts, names: &mut HashSet<&'a str>) {
    let mut pieces = html.split('&');
    counts.add(pieces.next().unwrap_or_default(), 1);
    for piece in pieces {
        let (sign, text) = piece.split_once(';').unwrap_or(("", piece));
        if sign == "amp" {
            names.extend(text.split_once(';').map(|(name, _)| name));
        }
        counts.add(text, 1);
    }
}

fn count_text(markdown: &str, counts: &mut Counts, names: &HashSet<&str>) {
    for line in markdown.split('\n') {
        let line = &line[item_number(line)..];
        let mut pieces = line.split('&');
        counts.add(pieces.next().unwrap_or_default(), -1);
        for piece in pieces {
            let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
            let is_sign =
                |end: &usize| piece[*end..].starts_with(';') && !names.contains(&piece[..*end]);
            let end = end.filter(is_sign).unwrap_or_default();
            counts.add(&piece[end..], -1);
        }
    }
}

/// Where a line begins behind the number that makes it an item of a list.
fn item_number(line: &str) -> usize {
    let start = line.find(|c| !matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*'));
    let start = start.unwrap_or(line.len());
    let digits = line[start..].bytes().take_while(u8::is_ascii_digit).count();
    if (1..10).contains(&digits) && line[start + digits..].starts_with(['.', ')']) {
        start + digits
    } else {
        0
    }
}

/// A text with links by label as if they had none: `[text][label]` and `[label]: address`.
fn without_labels(markdown: &str) -> String {
    let used = used_labels(markdown);
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(start) = rest.find('[') {
        text.push_str(&rest[..start]);
        let inside = &rest[start + 1..];
        let end = inside.find(['[', ']']).unwrap_or(inside.len());
        let label = inside[..end].split_whitespace().collect::<Vec<_>>();
        let label = label.join(" ").to_lowercase();
        let defines = inside[end..].starts_with("]:");
        let refers = text.ends_with(']') && inside[end..].starts_with(']');
        if !((defines || refers) && used.contains(&label)) {
            text.push_str(&inside[..end]);
        }
        rest = &inside[end..];
        if rest.starts_with(']') {
            text.push(']');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}
