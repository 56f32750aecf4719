//! From Markdown to HTML that is safe on a page: comrak, then ammonia, always both.

use std::{collections::HashMap, sync::LazyLock};

use comrak::Options;

/// The longest text that may be saved, in bytes.
pub const MAX_BYTES: usize = 100_000;

/// Renders a text of the site itself, whose headings stand directly below the page's h1.
pub fn render_page(markdown: &str) -> String {
    wrap_tables(&to_safe_html(markdown))
}

/// Renders a section. `references` are the keys of the condition's references in order: `[@key]`
/// becomes the number with a link to the entry; an unknown key stays as it was typed.
pub fn render(markdown: &str, references: &[String]) -> String {
    // Headings of a text stand below the page's h1 and the section's h2.
    let html = to_safe_html(&lower_headings(markdown));
    cite(&wrap_tables(&html), references)
}

fn to_safe_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    let html = comrak::markdown_to_html(markdown, &options);
    SANITIZER.clean(&html).to_string()
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

/// Moves ATX headings outside of code blocks so that the highest is an h3.
fn lower_headings(markdown: &str) -> String {
    let mut fenced = false;
    let mut lowered = String::with_capacity(markdown.len() + 16);
    for line in markdown.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        }
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        if !fenced && (1..3).contains(&level) && trimmed[level..].starts_with([' ', '\t', '\n']) {
            lowered.push_str(&"#".repeat(3 - level));
        }
        lowered.push_str(line);
    }
    lowered
}

/// Tables scroll inside themselves, reachable by keyboard.
fn wrap_tables(html: &str) -> String {
    html.replace(
        "<table>",
        "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>",
    )
    .replace("</table>", "</table></div>")
}

fn cite(html: &str, references: &[String]) -> String {
    let mut cited = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("[@") {
        cited.push_str(&rest[..start]);
        let marked = &rest[start..];
        let end = marked.find(']');
        let number = end.and_then(|end| {
            let key = &marked[2..end];
            references.iter().position(|reference| reference == key)
        });
        match (end, number) {
            (Some(end), Some(index)) => {
                let key = &marked[2..end];
                let number = index + 1;
                cited.push_str(&format!(
                    "<sup><a href=\"#reference-{key}\" aria-label=\"Reference {number}\">{number}</a></sup>"
                ));
                rest = &marked[end + 1..];
            }
            _ => {
                cited.push_str("[@");
                rest = &marked[2..];
            }
        }
    }
    cited.push_str(rest);
    cited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_begin_below_the_section() {
        let html = render("# One\n\n## Two\n\n### Three\n\n```\n# code\n```\n", &[]);
        assert!(html.contains("<h3>One</h3>"), "{html}");
        assert!(
            html.contains("<h3>Two</h3>") && html.contains("<h3>Three</h3>"),
            "{html}"
        );
        assert!(html.contains("# code"), "{html}");
    }

    #[test]
    fn citations_become_numbers() {
        let html = render("True.[@b] Unknown.[@x]", &["a".to_owned(), "b".to_owned()]);
        assert!(
            html.contains("<a href=\"#reference-b\" aria-label=\"Reference 2\">2</a>"),
            "{html}"
        );
        assert!(html.contains("[@x]"), "{html}");
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
            let html = render(attack, &[]);
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
    fn tables_scroll() {
        let html = render("| a | b |\n|---|---|\n| 1 | 2 |\n", &[]);
        assert!(html.starts_with("<div class=\"scroll\""), "{html}");
        assert!(html.contains("<tbody>"), "{html}");
    }
}
