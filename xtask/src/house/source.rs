//! A Rust file as the rules read it: without what only looks like code.

use std::ops::Range;

const APP: &str = "app/src/";

pub(super) struct Source<'a> {
    /// Relative to the repository, with `/`.
    pub(super) path: &'a str,
    text: &'a str,
    /// The text without comments, tests and what stands in quotes. Blanks are in their place, so
    /// that every offset is one of the text.
    pub(super) code: String,
    /// What stands in double quotes.
    strings: Vec<Range<usize>>,
}

impl<'a> Source<'a> {
    pub(super) fn of(path: &'a str, text: &'a str) -> Self {
        let (code, strings) = without_quotes(text);
        let mut source = Self {
            path,
            text,
            code,
            strings,
        };
        source.drop_tests();
        source
    }

    pub(super) fn in_app(&self) -> bool {
        self.path.starts_with(APP)
    }

    /// Where in `app` it is: `wiki/api/mod.rs`.
    pub(super) fn place(&self) -> &'a str {
        self.path.strip_prefix(APP).unwrap_or(self.path)
    }

    /// A breach at an offset.
    pub(super) fn breach(&self, at: usize, why: &str) -> String {
        let line = self.text[..at].matches('\n').count() + 1;
        format!("{}:{line}: {why}", self.path)
    }

    /// The strings, with their offsets.
    pub(super) fn strings(&self) -> impl Iterator<Item = (usize, &'a str)> {
        self.strings
            .iter()
            .map(|string| (string.start, &self.text[string.clone()]))
    }

    /// Where a word stands by itself.
    pub(super) fn word(&self, word: &str) -> impl Iterator<Item = usize> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        self.code
            .match_indices(word)
            .filter(move |(at, word)| {
                !self.code[..*at].ends_with(is_part)
                    && !self.code[at + word.len()..].starts_with(is_part)
            })
            .map(|(at, _)| at)
    }

    /// The attributes that begin like this, brackets included.
    pub(super) fn attributes(&self, begin: &str) -> Vec<Range<usize>> {
        self.code
            .match_indices(begin)
            .map(|(at, _)| at..self.behind_brackets(at))
            .collect()
    }

    /// What was written there, quotes included.
    pub(super) fn written(&self, range: Range<usize>) -> &'a str {
        &self.text[range]
    }

    /// The item behind an attribute.
    pub(super) fn item(&self, attribute: &Range<usize>) -> &str {
        &self.code[attribute.end..self.end_of_item(attribute.end)]
    }

    /// Where the next pair of brackets ends.
    fn behind_brackets(&self, from: usize) -> usize {
        let mut depth = 0_usize;
        for (at, sign) in self.code[from..].char_indices() {
            match sign {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 1 => return from + at + 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        self.code.len()
    }

    /// Where an item ends: behind its block or its semicolon, or where what is around it ends.
    fn end_of_item(&self, from: usize) -> usize {
        let mut at = from;
        while let Some(sign) = self.code[at..].chars().next() {
            match sign {
                ';' => return at + 1,
                ')' | ']' | '}' => return at,
                '(' | '[' => at = self.behind_brackets(at),
                '{' => {
                    at = self.behind_brackets(at);
                    let rest = self.code[at..].trim_start();
                    let goes_on = [".", "?", ";", "else"];
                    if !goes_on.iter().any(|sign| rest.starts_with(sign)) {
                        return at;
                    }
                }
                other => at += other.len_utf8(),
            }
        }
        at
    }

    /// Tests may name what the product may not.
    fn drop_tests(&mut self) {
        let mut tests = self.attributes("#[cfg(test");
        tests.extend(self.attributes("#[cfg(all(test"));
        for attribute in tests {
            let item = attribute.start..self.end_of_item(attribute.end);
            self.strings.retain(|string| !item.contains(&string.start));
            let blank = blank(&self.code[item.clone()]);
            self.code.replace_range(item, &blank);
        }
    }

    /// Every path of names with its offset: `a::{b, c::d}` is `a::b` and `a::c::d`.
    pub(super) fn paths(&self) -> Vec<(usize, Vec<&str>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.code.len() {
            at = self.read_path(at, &[], &mut found);
        }
        found.retain(|(_, path)| path.len() > 1);
        found
    }

    /// Reads what stands behind `before`, and says where to go on.
    fn read_path<'s>(
        &'s self,
        from: usize,
        before: &[&'s str],
        found: &mut Vec<(usize, Vec<&'s str>)>,
    ) -> usize {
        let offset = |rest: &str| self.code.len() - rest.len();
        let rest = self.code[from..].trim_start();
        let at = offset(rest);
        let word = &rest[..word_length(rest)];
        if word.is_empty() {
            return at + rest.chars().next().map_or(0, char::len_utf8);
        }
        let path = [before, &[word]].concat();
        let behind = rest[word.len()..].trim_start();
        if let Some(next) = behind.strip_prefix("::").map(str::trim_start) {
            if word_length(next) > 0 {
                return self.read_path(offset(next), &path, found);
            }
            if next.starts_with('{') {
                let end = self.behind_brackets(offset(next));
                let mut inside = offset(next) + 1;
                while inside < end {
                    inside = self.read_path(inside, &path, found);
                }
                return end;
            }
        }
        found.push((at, path));
        // Another name for it is none of its own.
        match behind.strip_prefix("as ").map(str::trim_start) {
            Some(name) => offset(name) + word_length(name),
            None => at + word.len(),
        }
    }
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

fn blank(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' => "\n".to_owned(),
            other => " ".repeat(other.len_utf8()),
        })
        .collect()
}

/// The text with comments blanked, and with strings and characters blanked between their quotes;
/// and where the strings were.
fn without_quotes(text: &str) -> (String, Vec<Range<usize>>) {
    let mut code = String::with_capacity(text.len());
    let mut strings = Vec::new();
    while code.len() < text.len() {
        let rest = &text[code.len()..];
        let (open, inside, close) = piece(rest);
        let close = rest.len().min(open + inside + close);
        if rest[..open].ends_with('"') {
            strings.push(code.len() + open..code.len() + open + inside);
        }
        code.push_str(&rest[..open]);
        code.push_str(&blank(&rest[open..open + inside]));
        code.push_str(&rest[open + inside..close]);
    }
    (code, strings)
}

/// How much of the beginning is code, how much behind that is not, and how much then closes it.
fn piece(rest: &str) -> (usize, usize, usize) {
    let word = word_length(rest);
    let behind = rest[word..].trim_start_matches('#');
    let open = rest.len() - behind.len() + 1;
    if ["r", "br", "cr"].contains(&&rest[..word]) && behind.starts_with('"') {
        let close = format!("\"{}", "#".repeat(open - word - 1));
        let inside = rest[open..].find(&close);
        return (open, inside.unwrap_or(rest.len() - open), close.len());
    }
    if word > 0 {
        return (word, 0, 0);
    }
    if rest.starts_with("//") {
        return (0, rest.find('\n').unwrap_or(rest.len()), 0);
    }
    if rest.starts_with("/*") {
        return (0, rest.find("*/").map_or(rest.len(), |at| at + 2), 0);
    }
    if let Some(string) = rest.strip_prefix('"') {
        return (1, quoted(string, '"'), 1);
    }
    if let Some(inside) = rest.strip_prefix('\'') {
        let mut chars = inside.chars();
        // Without a quote behind one character it is a lifetime.
        if chars.next() == Some('\\') || chars.next() == Some('\'') {
            return (1, quoted(inside, '\''), 1);
        }
    }
    (rest.chars().next().map_or(0, char::len_utf8), 0, 0)
}

/// How long it is until a quote without a backslash.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    text.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })
    .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn source(text: &str) -> Source<'_> {
        Source::of("app/src/wiki/text.rs", text)
    }

    #[test]
    fn comments_and_quotes_are_no_code() {
        let text = r##"//! a "b"
fn f<'a>(c: &'a str) { g("h \" i", '"', '\'', r#"j " k"#); /* l */ "m" }"##;
        let source = source(text);
        assert_eq!(source.code.len(), text.len());
        let strings: Vec<_> = source.strings().map(|(_, string)| string).collect();
        assert_eq!(strings, [r#"h \" i"#, r#"j " k"#, "m"]);
        assert!(source.code.contains("fn f<'a>(c: &'a str) { g("));
        assert!(
            !source.code.contains(|c| "bhijklm".contains(c)),
            "{}",
            source.code
        );
        assert!(
            source
                .breach(source.word("g").next().unwrap(), "x")
                .contains(":2: x")
        );
    }

    #[test]
    fn tests_are_left_out() {
        let source = source("#[cfg(test)]\nmod tests { fn a() { \"/b\" } }\nfn c() {}");
        assert_eq!(source.strings().count(), 0);
        assert_eq!(source.word("a").count(), 0);
        assert!(
            source
                .breach(source.word("c").next().unwrap(), "x")
                .contains(":3: x")
        );
    }

    #[test]
    fn an_item_ends_with_its_block_or_semicolon() {
        let item = |text| {
            let source = source(text);
            let attribute = source.attributes("#[cfg(").remove(0);
            source.item(&attribute).trim().to_owned()
        };
        assert_eq!(item("#[cfg(a)] pub mod b; c"), "pub mod b;");
        assert_eq!(
            item("#[cfg(a)]\n#[b] fn c<D, E>(f: [G; 2]) { h; } i"),
            "#[b] fn c<D, E>(f: [G; 2]) { h; }"
        );
        assert_eq!(
            item("#[cfg(a)] let b = c { d }.e(|| f); g"),
            "let b = c { d }.e(|| f);"
        );
        assert_eq!(
            item("#[cfg(a)] if b { c } else { d } e"),
            "if b { c } else { d }"
        );
        assert_eq!(item("b(#[cfg(a)] c, d) e"), "c, d");
    }

    #[test]
    fn braces_of_a_path_are_resolved() {
        let source = source("use crate::{\n a::{self as b, c::D},\n e,\n};\nf::<G>(h::i());");
        let paths: Vec<String> = source
            .paths()
            .iter()
            .map(|(_, path)| path.join("::"))
            .collect();
        assert_eq!(
            paths,
            ["crate::a::self", "crate::a::c::D", "crate::e", "h::i"]
        );
    }
}
