//! Whether HTML is what our sanitiser may let through: read as strictly as possible, so that
//! anything unexpected fails.

const TAGS: [&str; 26] = [
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
];
const VOID: [&str; 2] = ["br", "hr"];
const SCROLL: &str = "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">";

/// Panics unless the HTML is well-formed, of harmless elements only, and links only where links
/// may lead.
pub(crate) fn assert_safe(html: &str, origin: &str) {
    if let Err(what) = check(html) {
        panic!("{what}\nin {html}\nfrom {origin:?}");
    }
}

fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if rest[..start].contains('>') {
            return Err(format!("a bare > before {:?}", &rest[start..]));
        }
        rest = &rest[start..];
        if let Some(behind) = rest.strip_prefix(SCROLL) {
            open.push("div");
            rest = behind;
            continue;
        }
        let end = rest.find('>').ok_or("a tag without end")?;
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            match open.pop() {
                Some(opened) if opened == name => {}
                opened => return Err(format!("</{name}> closes {opened:?}")),
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !TAGS.contains(&name) {
            return Err(format!("element {tag:?}"));
        }
        if name == "a" && open.contains(&"a") {
            return Err("a link in a link".to_owned());
        }
        check_attributes(name, attributes)?;
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if rest.contains('>') {
        return Err("a bare > at the end".to_owned());
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("not closed: {open:?}"))
    }
}

fn check_attributes(element: &str, attributes: &str) -> Result<(), String> {
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let (name, behind) = rest
            .split_once("=\"")
            .ok_or(format!("attributes {rest:?}"))?;
        let (value, behind) = behind
            .split_once('"')
            .ok_or(format!("attributes {rest:?}"))?;
        let allowed = match (element, name) {
            ("a", "href") => leads_somewhere_harmless(value),
            ("a", "rel") => ["nofollow ugc noopener", "external"].contains(&value),
            ("a", "title") => true,
            ("a", "aria-label") => value.starts_with("Reference "),
            // Nothing that a page of ours looks for.
            ("a", "id") => value.starts_with("cited-"),
            ("ol", "start") | ("li", "value") => value.parse::<u64>().is_ok(),
            ("th" | "td", "align") => ["left", "center", "right"].contains(&value),
            _ => false,
        };
        if !allowed {
            return Err(format!("{name}={value:?} on {element}"));
        }
        rest = match behind.strip_prefix(' ') {
            Some(next) if !next.is_empty() => next,
            None if behind.is_empty() => behind,
            _ => return Err(format!("attributes {rest:?}")),
        };
    }
    Ok(())
}

/// Browsers drop control characters and leading spaces before they look for a scheme. What does not
/// have the form of a scheme belongs to the path of a page here.
fn leads_somewhere_harmless(href: &str) -> bool {
    let plain: String = href
        .chars()
        .filter(|character| !character.is_control() && *character != ' ')
        .collect();
    let before_path = plain.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        Some((scheme, _)) => {
            let scheme = scheme.to_ascii_lowercase();
            let mark = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
            let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
                && scheme.bytes().all(mark);
            ["http", "https", "mailto"].contains(&scheme.as_str())
                || !(is_scheme || scheme.contains('&'))
        }
        // Anything that a browser would decode to a colon.
        None => !before_path.replace("&amp;", "").contains('&'),
    }
}

#[test]
fn what_is_harmless_is_let_through() {
    for html in [
        "",
        "a &lt; b &gt; c \" '",
        "<p>A <em>b</em><br></p><hr>",
        "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"nofollow ugc noopener\">x</a>",
        "<a href=\"/about:x\" title=\"&lt;b&gt;\">x</a>",
    ] {
        check(html).unwrap();
    }
}

#[test]
fn what_does_harm_is_seen() {
    for html in [
        "<script>",
        "<p>",
        "</p>",
        "<p onclick=\"x\">a</p>",
        "<a href=\"javascript:x\">a</a>",
        "<a href=\" JavaScript:x\">a</a>",
        "<a href=\"javascript&#58;x\">a</a>",
        "<a href=\"data:x\">a</a>",
        "<a title=\"<sup><a href=\"#reference-a\">1</a></sup>\">x</a>",
        "<a href=\"x\"onclick=\"y\">a</a>",
        "<img src=\"x\">",
        "<div>a</div>",
        "<P>a</P>",
        "<em><strong>a</em></strong>",
    ] {
        assert!(check(html).is_err(), "{html}");
    }
}
