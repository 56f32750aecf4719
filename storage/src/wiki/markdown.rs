//! From Markdown to HTML that is safe on a page: comrak, then ammonia, always both.

use std::{borrow::Cow, collections::HashMap, fmt::Write as _, sync::LazyLock};

use comrak::{Arena, Options, arena_tree::NodeEdge, nodes::NodeValue};
use domain::SafeHtml;

/// The longest text that may be saved, in bytes.
pub const MAX_BYTES: usize = 100_000;

/// Quotes within quotes that are shown as such. The sanitiser takes minutes for 100,000 of them.
const MAX_QUOTES: usize = 20;

/// Tags and escaped signs that a text may come to. The sanitiser takes about a microsecond for each,
/// and nobody writes that many: beyond it a text is shown as it was typed.
const MAX_WEIGHT: usize = 20_000;

/// The text as it can be stored: `PostgreSQL` takes no U+0000, which `CommonMark` replaces too.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// What [`render`] wrote, as it comes back from the database.
pub(crate) fn stored(html: String) -> SafeHtml {
    SafeHtml::from_sanitizer(html)
}

/// Renders a text of the site itself, whose headings stand directly below the page's h1.
pub fn render_page(markdown: &str) -> SafeHtml {
    let html = furnish(&to_safe_html(markdown, 1), &mut Citing::new(&[], ""));
    SafeHtml::from_sanitizer(html)
}

/// Renders a section. `references` are the keys of the condition's references in order: `[@key]`
/// becomes the number with a link to the entry; an unknown key stays as it was typed. `place` is
/// part of the `id`s by which an entry links back, and tells the texts of a page apart.
pub fn render(markdown: &str, references: &[String], place: &str) -> String {
    // Headings of a text stand below the page's h1 and the section's h2.
    furnish(
        &to_safe_html(markdown, 3),
        &mut Citing::new(references, place),
    )
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
}

impl<'a> Citing<'a> {
    fn new(references: &'a [String], place: &'a str) -> Self {
        Self {
            references,
            place,
            counts: vec![0; references.len()],
        }
    }
}

/// No heading gets above the level `highest`.
fn to_safe_html(markdown: &str, highest: u8) -> String {
    let html = to_html(markdown, highest, options());
    let weight = html.bytes().filter(|byte| matches!(byte, b'<' | b'&'));
    if weight.count() > MAX_WEIGHT {
        return as_typed(markdown);
    }
    SANITIZER.clean(&html).to_string()
}

/// The text itself, unread.
fn as_typed(markdown: &str) -> String {
    let text = storable(markdown)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!("<pre>{text}</pre>\n")
}

/// What we take beyond CommonMark.
fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options
}

fn to_html(markdown: &str, highest: u8, options: Options<'_>) -> String {
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut quotes = 0;
    let mut too_deep = Vec::new();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => match &mut node.data.borrow_mut().value {
                NodeValue::Heading(heading) => heading.level = heading.level.max(highest),
                NodeValue::BlockQuote => {
                    quotes += 1;
                    if quotes > MAX_QUOTES {
                        too_deep.push(node);
                    }
                }
                _ => {}
            },
            NodeEdge::End(node) => {
                quotes -= usize::from(matches!(node.data.borrow().value, NodeValue::BlockQuote));
            }
        }
    }
    for quote in too_deep {
        for child in quote.children().collect::<Vec<_>>() {
            quote.insert_before(child);
        }
        quote.detach();
    }
    let mut html = String::new();
    // Writing to a String cannot fail.
    let _ = comrak::format_html(root, &options, &mut html);
    html
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
fn furnish(html: &str, citing: &mut Citing<'_>) -> String {
    let mut furnished = String::with_capacity(html.len());
    // Within links and code citations are text like any other.
    let mut literal = 0_usize;
    for piece in html.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        if literal == 0 {
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
        furnished.push_str(tag);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_begin_below_the_section() {
        let html = render(
            "# One\n\n## Two\n\n### Three\n\n```\n# code\n```\n",
            &[],
            "cause",
        );
        assert!(html.contains("<h3>One</h3>"), "{html}");
        assert!(
            html.contains("<h3>Two</h3>") && html.contains("<h3>Three</h3>"),
            "{html}"
        );
        assert!(html.contains("# code"), "{html}");
    }

    #[test]
    fn citations_become_numbers() {
        let keys = ["a".to_owned(), "b-c".to_owned()];
        let html = render("True.[@b-c] Unknown.[@x] Again.[@b-c]", &keys, "cause");
        assert!(
            html.contains("<a id=\"cited-cause-b-c-1\" href=\"#reference-b-c\" rel=\"external\" aria-label=\"Reference 2\">2</a>"),
            "{html}"
        );
        assert!(html.contains("[@x]"), "{html}");
        assert_eq!(
            citations(&html, "cause"),
            [("b-c", "b-c-1"), ("b-c", "b-c-2")]
        );
        assert!(
            elsewhere(&html, "alpha")
                .as_str()
                .contains("href=\"/communities/alpha#reference-b-c\"")
        );
    }

    #[test]
    fn nothing_runs() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "<a href=\"data:text/html,x\">x</a>",
            "[@\"><script>]",
            "<p style=\"position:fixed\" onclick=x>x</p>",
        ] {
            let html = render(attack, &[], "cause");
            // Escaped text may name these; markup may not.
            let markup = html.replace("&lt;", "").replace("&gt;", "");
            assert!(
                !markup.contains("<script") && !markup.contains("<img"),
                "{html}"
            );
            assert!(
                !html.contains("href=\"javascript") && !html.contains("href=\"data"),
                "{html}"
            );
            assert!(
                !html.contains("style=") && !html.contains("<p onclick"),
                "{html}"
            );
        }
    }

    #[test]
    fn more_marks_than_anybody_writes_are_shown_as_typed() {
        for piece in ["&", "a|b\n-|-\n", "<"] {
            let html = render(&piece.repeat(100_000 / piece.len()), &[], "cause");
            let inside = html.strip_prefix("<pre>").unwrap();
            assert!(
                !inside.trim_end_matches("</pre>\n").contains('<'),
                "{piece}"
            );
        }
        let table = "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(1_000);
        assert!(render(&table, &[], "cause").contains("<td>"));
    }

    #[test]
    fn tables_scroll() {
        let html = render("| a | b |\n|---|---|\n| 1 | 2 |\n", &[], "cause");
        assert!(html.starts_with("<div class=\"scroll\""), "{html}");
        assert!(html.contains("<tbody>"), "{html}");
    }

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
            let mut options = options();
            // Without the sanitiser, which the specification knows nothing of.
            options.render.r#unsafe = true;
            if to_html(&example.markdown, 1, options) != example.html {
                differ.push(example.number);
            }
        }
        assert_eq!(differ, AUTOLINKED);
    }
}
