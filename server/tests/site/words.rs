//! Reading a page's words as a person would.

/// Elements, and marks of the renderer, that do not part words.
const INLINE: [&str; 13] = [
    "a", "b", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time", "!",
];

fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    if name.starts_with('!') {
        return "!";
    }
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    &name[..end.unwrap_or(name.len())]
}

/// The text of a page without markup and with its character references resolved, white space
/// folded.
pub fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let tag = &rest[start..];
        // What a script holds is not on the page.
        let end = if tag.starts_with("<script") {
            tag.find("</script>").map(|end| end + "</script>".len())
        } else if tag.starts_with("<!--") {
            tag.find("-->").map(|end| end + 3)
        } else {
            tag.find('>').map(|end| end + 1)
        };
        if !INLINE.contains(&name(tag)) {
            text.push(' ');
        }
        rest = end.map_or("", |end| &tag[end..]);
    }
    text.push_str(rest);
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace('\u{a0}', " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn markup_is_not_words() {
    let html = "<p>A<!> b &amp; c</p><script>no</script><i>d</i>";
    assert_eq!(words(html), "A b & c d");
}
