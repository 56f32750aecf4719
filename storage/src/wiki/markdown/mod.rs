//! From Markdown to HTML that is safe on a page: comrak, then ammonia, always both. What is typed
//! stays: where a word would be lost, because a notation has no place for it, the text is shown with
//! less of that notation.

mod complete;
mod portable;
mod reading;

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, VecDeque},
    fmt::Write as _,
    sync::LazyLock,
};

use domain::{SafeHtml, community::mentions, text::printable};

pub use portable::{headings, portable};

/// The longest text that may be saved, in bytes.
pub const MAX_BYTES: usize = 100_000;

/// Tags and escaped signs that a text may come to. The sanitiser takes about a microsecond for each,
/// and nobody writes that many: beyond it a text is shown as it was typed.
const MAX_WEIGHT: usize = 20_000;

/// The text as it is stored: without what no page can show, U+0000 included, which no `PostgreSQL`
/// takes.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    printable(text)
}

/// What [`render`] wrote, as it comes back from the database.
pub(crate) fn stored(html: String) -> SafeHtml {
    SafeHtml::from_sanitizer(html)
}

/// Renders a text of the site itself, whose headings stand directly below the page's h1.
pub fn render_page(markdown: &str) -> SafeHtml {
    SafeHtml::from_sanitizer(furnished(markdown, 1, &mut Citing::new(&[], "")))
}

/// Renders a section. `references` are the keys of the condition's references in order: `[@key]`
/// becomes the number with a link to the entry; an unknown key stays as it was typed. `place` is
/// part of the `id`s by which an entry links back, and tells the texts of a page apart.
pub fn render(markdown: &str, references: &[String], place: &str) -> String {
    // Headings of a text stand below the page's h1 and the section's h2.
    furnished(markdown, 3, &mut Citing::new(references, place))
}

/// Renders a post, which has no references: `@` and what has the form of a handle becomes a link to the
/// page of that member. Whether there is one is not asked: a text is rendered once for all who read it,
/// and a link that is missing would tell them who has no account, or hides it.
pub fn render_post(markdown: &str) -> String {
    let mut citing = Citing {
        mentions: true,
        ..Citing::new(&[], "post")
    };
    furnished(markdown, 3, &mut citing)
}

/// How every mention begins in the HTML of a post. No text can write that: the sanitiser leaves no
/// class.
const MENTION: &str = "<a class=\"mention\" href=\"/members/";

/// The handles that a post mentions, by what [`render_post`] has made of it, each once.
pub(crate) fn mentioned(html: &str) -> BTreeSet<&str> {
    html.split(MENTION)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn furnished(markdown: &str, highest: u8, citing: &mut Citing<'_>) -> String {
    let mut numbers = VecDeque::new();
    let html = to_safe_html(markdown, highest, &mut numbers);
    furnish(&html, citing, numbers)
}

/// The citations of a text, by the `id`s that [`render`] gave them, each with its reference.
pub(super) fn citations<'a>(html: &'a str, place: &str) -> Vec<(&'a str, &'a str)> {
    let begin = format!("<a id=\"cited-{place}-");
    let mut found = Vec::new();
    for piece in html.split(&begin).skip(1) {
        let id = piece.split('"').next().unwrap_or_default();
        if let Some((key, _)) = id.rsplit_once('-') {
            found.push((key, id));
        }
    }
    found
}

/// A text that is shown beside the page of its condition, and not on it.
pub(super) fn elsewhere(html: &str, slug: &str) -> SafeHtml {
    stored(html.replace(
        " href=\"#reference-",
        &format!(" href=\"/communities/{slug}#reference-"),
    ))
}

/// The references of a text while they are numbered.
struct Citing<'a> {
    references: &'a [String],
    place: &'a str,
    /// How often each has been cited.
    counts: Vec<usize>,
    /// Whether the text mentions people instead.
    mentions: bool,
}

impl<'a> Citing<'a> {
    fn new(references: &'a [String], place: &'a str) -> Self {
        Self {
            references,
            place,
            counts: vec![0; references.len()],
            mentions: false,
        }
    }
}

/// No heading gets above the level `highest`.
fn to_safe_html(markdown: &str, highest: u8, numbers: &mut VecDeque<Option<usize>>) -> String {
    let markdown = storable(markdown);
    let markdown = reading::with_everything(&markdown);
    for extended in [true, false] {
        let read = reading::read(&markdown, highest, extended);
        let weight = read.html.bytes().filter(|byte| matches!(byte, b'<' | b'&'));
        if weight.count() > MAX_WEIGHT {
            break;
        }
        if complete::has_all_words(&markdown, &read.html) {
            *numbers = read.numbers;
            let html = SANITIZER.clean(&read.html).to_string();
            // Signs may have been typed by their numbers.
            return printable(&html).into_owned();
        }
    }
    as_typed(&markdown)
}

/// The text itself, unread.
fn as_typed(markdown: &str) -> String {
    let text = markdown
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<pre>{text}</pre>\n")
}

static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    builder
        .tags(
            [
                "a",
                "p",
                "ul",
                "ol",
                "li",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "em",
                "strong",
                "del",
                "code",
                "pre",
                "blockquote",
                "br",
                "hr",
                "table",
                "thead",
                "tbody",
                "tr",
                "th",
                "td",
                "sup",
                "sub",
            ]
            .into(),
        )
        .tag_attributes(HashMap::from([
            ("a", ["href", "title"].into()),
            ("ol", ["start"].into()),
            ("th", ["align"].into()),
            ("td", ["align"].into()),
        ]))
        .generic_attributes(std::collections::HashSet::new())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("nofollow ugc noopener"));
    builder
});

/// Adds what texts may not write themselves, to HTML that the sanitiser has written: there, every
/// `<` begins a tag and every `>` ends one.
fn furnish(html: &str, citing: &mut Citing<'_>, mut numbers: VecDeque<Option<usize>>) -> String {
    let mut furnished = String::with_capacity(html.len());
    // Within links and code citations are text like any other.
    let mut literal = 0_usize;
    for piece in html.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        if literal == 0 && citing.mentions {
            mention(text, &mut furnished);
        } else if literal == 0 {
            cite(text, citing, &mut furnished);
        } else {
            furnished.push_str(text);
        }
        let name = tag.trim_matches(['<', '/', '>']);
        if matches!(name.split(' ').next(), Some("a" | "code" | "pre")) {
            literal = if tag.starts_with("</") {
                literal.saturating_sub(1)
            } else {
                literal + 1
            };
        }
        // Tables scroll inside themselves, reachable by keyboard.
        if tag == "<table>" {
            furnished.push_str(
                "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">",
            );
        }
        let number = if tag == "<li>" {
            numbers.pop_front().flatten()
        } else {
            None
        };
        if let Some(number) = number {
            // Writing to a String cannot fail.
            let _ = write!(furnished, "<li value=\"{number}\">");
        } else {
            furnished.push_str(tag);
        }
        if tag == "</table>" {
            furnished.push_str("</div>");
        }
    }
    furnished
}

/// Puts the numbers in. Keys with anything but letters, digits and a few marks are none: they stand
/// in the markup.
fn cite(text: &str, citing: &mut Citing<'_>, cited: &mut String) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let mut rest = text;
    while let Some(start) = rest.find("[@") {
        cited.push_str(&rest[..start]);
        let marked = &rest[start + 2..];
        let (key, behind) = marked.split_at(marked.find(|c| !plain(c)).unwrap_or(marked.len()));
        let index = citing.references.iter().position(|known| known == key);
        if let (Some(index), Some(behind)) = (index, behind.strip_prefix(']')) {
            let number = index + 1;
            citing.counts[index] += 1;
            // Writing to a String cannot fail.
            let _ = write!(
                cited,
                "<sup><a id=\"cited-{}-{key}-{}\" href=\"#reference-{key}\" \
                 rel=\"external\" aria-label=\"Reference {number}\">{number}</a></sup>",
                citing.place, citing.counts[index]
            );
            rest = behind;
        } else {
            cited.push_str("[@");
            rest = marked;
        }
    }
    cited.push_str(rest);
}

/// Puts the links to people in.
fn mention(text: &str, mentioned: &mut String) {
    let mut done = 0;
    for (at, handle) in mentions(text) {
        mentioned.push_str(&text[done..at]);
        // Writing to a String cannot fail.
        let _ = write!(mentioned, "{MENTION}{handle}\">@{handle}</a>");
        done = at + 1 + handle.len();
    }
    mentioned.push_str(&text[done..]);
}

#[cfg(test)]
mod tests;
