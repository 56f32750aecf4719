//! What structured data of all pages have in common (schema.org).

use serde_json::{Value, json};

/// `BreadcrumbList` of schema.org: names and paths from the first step to the page itself.
pub fn breadcrumbs(origin: &str, steps: &[(String, String)]) -> Value {
    let items: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(index, (name, path))| {
            json!({
                "@type": "ListItem",
                "position": index + 1,
                "name": name,
                "item": format!("{origin}{path}"),
            })
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": items,
    })
}

/// What is not known is left out: schema.org has no `null`, and an empty list says nothing.
pub fn without_gaps(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (name, without_gaps(member)))
            .filter(|(_, member)| {
                !member.is_null() && member.as_array().is_none_or(|l| !l.is_empty())
            })
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(without_gaps)
            .filter(|item| !item.is_null())
            .collect(),
        other => other,
    }
}

/// The words of HTML that the sanitiser has written: so many characters of them, and some more.
pub fn plain(html: &str, enough: usize) -> String {
    let mut text = String::with_capacity(html.len());
    // Numbers of references are no words.
    let mut cites = false;
    for piece in html.split('<') {
        // Behind the first one each begins with a tag.
        let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
        let ends = tag.strip_prefix('/') == Some("sup");
        cites = (cites && !ends) || tag == "sup";
        if !cites && !words.is_empty() {
            text.push_str(words);
            text.push(' ');
        }
        // No character takes more than six bytes here: "&quot;".
        if text.len() > enough * 6 + 6 {
            break;
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let told = json!({
            "name": "a", "description": null, "code": [], "about": {"text": null, "number": 0},
            "citation": [null, {"url": null, "name": "b"}],
        });
        assert_eq!(
            without_gaps(told),
            json!({ "name": "a", "about": {"number": 0}, "citation": [{"name": "b"}] })
        );
    }

    #[test]
    fn markup_is_not_told() {
        let html = "<p>A <em>gene</em><sup><a href=\"#x\">1</a></sup> &lt;b&gt; &amp;lt;</p>\n<ul>\n<li>one</li></ul>";
        assert_eq!(plain(html, 100), "A gene <b> &lt; one");
        assert_eq!(plain("no tags", 100), "no tags");
        let long = "<p>word</p>".repeat(10_000);
        assert!((100..2_000).contains(&plain(&long, 100).len()));
    }
}
