//! The part of a text that a hit shows.

use std::collections::BTreeSet;

use domain::search::SnippetPart;

use super::words::{Found, TextQuery};

/// Words of a text that are shown.
const WORDS: usize = 36;
/// Words in front of the first one that was found.
const BEFORE: usize = 8;
/// Longest snippet in characters, where words are long.
const LONGEST: usize = 320;

/// The words of HTML that the sanitiser has written, on one line.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    // Numbers of references are no words.
    let mut cites = false;
    for piece in html.split('<') {
        // Behind the first one each begins with a tag.
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        let name = tag.trim_start_matches('/');
        cites = (cites && tag != "/sup") || tag == "sup";
        if !matches!(
            name.split(' ').next(),
            Some("em" | "strong" | "a" | "code" | "del")
        ) {
            text.push(' ');
        }
        if !cites {
            text.push_str(words);
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a plain text that has the most of what was searched for; the beginning where the text
/// has nothing of it.
pub(super) fn snippet(text: &str, query: &TextQuery) -> Vec<SnippetPart> {
    let found = query.found(text);
    if found.words.is_empty() {
        return Vec::new();
    }
    let first = best(&found, query.len()).saturating_sub(BEFORE);
    let mut last = (first + WORDS).min(found.words.len()) - 1;
    let start = if first == 0 {
        0
    } else {
        found.words[first].start
    };
    while last > first && found.text[start..found.words[last].end].chars().count() > LONGEST {
        last -= 1;
    }
    let is_whole = last + 1 == found.words.len();
    let end = if is_whole {
        found.text.len()
    } else {
        found.words[last].end
    };
    let mut parts = Parts::default();
    if first > 0 {
        parts.push("…", false);
    }
    let mut at = start;
    for index in first..=last {
        let word = &found.words[index];
        let marked = !found.parts[index].is_empty();
        // A blank between two marked words is marked with them.
        let joined = marked && index > first && !found.parts[index - 1].is_empty();
        parts.push(&found.text[at..word.start], joined);
        parts.push(&found.text[word.clone()], marked);
        at = word.end;
    }
    parts.push(&found.text[at..end], false);
    if !is_whole {
        parts.push("…", false);
    }
    parts.cut()
}

/// The word at which the part begins that has the most.
fn best(found: &Found<'_>, wanted: usize) -> usize {
    let mut best = (0, 0);
    for (at, parts) in found.parts.iter().enumerate() {
        if parts.is_empty() {
            continue;
        }
        let until = (at + WORDS - BEFORE).min(found.parts.len());
        let distinct: BTreeSet<_> = found.parts[at..until].iter().flatten().collect();
        if distinct.len() > best.0 {
            best = (distinct.len(), at);
        }
        if best.0 == wanted {
            break;
        }
    }
    best.1
}

#[derive(Default)]
struct Parts(Vec<SnippetPart>);

impl Parts {
    fn push(&mut self, text: &str, marked: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(text),
            _ => self.0.push(SnippetPart {
                text: text.to_owned(),
                marked,
            }),
        }
    }

    /// One word can be as long as a text.
    fn cut(mut self) -> Vec<SnippetPart> {
        let mut left = LONGEST * 2;
        for part in &mut self.0 {
            let count = part.text.chars().count();
            if count > left {
                part.text = part.text.chars().take(left).chain(['…']).collect();
            }
            left = left.saturating_sub(count);
        }
        self.0.retain(|part| part.text != "…" || !part.marked);
        self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, typed: &str) -> String {
        let parts = snippet(text, &TextQuery::parse(typed).unwrap());
        let shown = parts.into_iter().map(|part| {
            if part.marked {
                format!("[{}]", part.text)
            } else {
                part.text
            }
        });
        shown.collect()
    }

    #[test]
    fn markup_and_references_are_no_text() {
        let html = "<p>A <em>gene</em>tic <b>x</b><sup><a href=\"#x\">1</a></sup> &lt;b&gt; &amp;lt;</p>\n\
                    <ul>\n<li>one</li><li>two</li></ul>";
        assert_eq!(plain(html), "A genetic x <b> &lt; one two");
        assert_eq!(plain("no tags"), "no tags");
    }

    #[test]
    fn words_are_marked_in_their_forms_and_accents() {
        assert_eq!(
            shown(
                "I walk to Ménière’s bakery, walking slowly.",
                "meniere walks"
            ),
            "I [walk] to [Ménière’s] bakery, [walking] slowly."
        );
        assert_eq!(
            shown("I walk to Ménière’s bakery.", "\"walk to\" men"),
            "I [walk to Ménière’s] bakery."
        );
        assert_eq!(shown("Nothing of it.", "other"), "Nothing of it.");
        assert_eq!(
            shown("1 < 2 & <b>bold</b>", "bold"),
            "1 < 2 & <b>[bold]</b>"
        );
    }

    #[test]
    fn of_a_long_text_the_part_with_the_most_is_shown() {
        let filling = "word ".repeat(100);
        let text = format!("apple {filling}pear {filling}apple and pear {filling}");
        let text = shown(&text, "apple pear");
        assert!(text.contains("[apple] and [pear]"), "{text}");
        assert!(text.starts_with('…') && text.ends_with('…'), "{text}");
        assert!(text.chars().count() < 300, "{text}");
    }

    proptest! {
        #[test]
        fn a_snippet_is_a_part_of_its_text(text in any::<String>(), typed in any::<String>()) {
            let Some(query) = TextQuery::parse(&typed) else {
                return Ok(());
            };
            let parts = snippet(&text, &query);
            let whole: String = parts.into_iter().map(|part| part.text).collect();
            prop_assert!(whole.chars().count() <= LONGEST * 2 + 2);
            prop_assert!(text.contains(whole.trim_matches('…')) || text.contains('…'));
        }
    }
}
