//! What is done in one place only: markup that is taken over as it is, and the DOM by hand.

use super::source::Source;

/// Who writes markup past Leptos, which escapes it.
const MARKUP: &[&str] = &["ui/prose.rs", "ui/text_area.rs", "shell.rs"];

/// How one reaches the browser past Leptos.
const DOM: &[&str] = &[
    "query_selector",
    "get_element_by_id",
    "create_element",
    "set_inner_html",
    "add_event_listener",
    ".set_attribute(",
    ".focus()",
    "document()",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo_net",
];

pub(super) fn breaches(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let place = source.place();
    if source.in_app() && !MARKUP.contains(&place) {
        found.extend(source.word("inner_html").map(|at| {
            source.breach(
                at,
                "inner_html takes over markup as it is: show sanitised texts with `ui::Prose`, and \
                 everything else as text",
            )
        }));
    }
    if source.in_app() && !place.starts_with("ui/") {
        for word in DOM {
            found.extend(source.code.match_indices(word).map(|(at, _)| {
                let why =
                    format!("`{word}`: the browser is reached from app/src/ui alone, move it");
                source.breach(at, &why)
            }));
        }
    }
    if !source.path.starts_with("storage/src/") && source.path != "domain/src/html.rs" {
        found.extend(source.word("from_sanitizer").map(|at| {
            let why = "only the sanitiser in storage/src can say that markup is safe: ask it";
            source.breach(at, why)
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    fn breaches(path: &str, text: &str) -> Vec<String> {
        super::breaches(&super::Source::of(path, text))
    }

    #[test]
    fn markup_is_taken_over_in_three_places() {
        let text = "\nview! { <p inner_html=text></p> }";
        let found = breaches("app/src/wiki/text.rs", text);
        assert!(
            found[0].starts_with("app/src/wiki/text.rs:2: "),
            "{found:?}"
        );
        assert!(breaches("app/src/ui/prose.rs", text).is_empty());
        assert!(breaches("app/src/wiki/text.rs", "// inner_html").is_empty());
    }

    #[test]
    fn markup_is_safe_where_the_sanitiser_says_so() {
        let text = "SafeHtml::from_sanitizer(html)";
        assert_eq!(breaches("server/src/main.rs", text).len(), 1);
        assert_eq!(breaches("app/src/ui/prose.rs", text).len(), 1);
        assert!(breaches("storage/src/wiki/markdown.rs", text).is_empty());
        assert!(breaches("domain/src/html.rs", text).is_empty());
    }

    #[test]
    fn the_browser_is_reached_from_the_kit() {
        let text = "fn f(field: web_sys::Element) {\n field.set_attribute(a, b);\n}";
        assert_eq!(breaches("app/src/wiki/text.rs", text).len(), 2);
        assert!(breaches("app/src/ui/arrival.rs", text).is_empty());
        assert!(breaches("app/src/wiki/text.rs", "fn document(css: Css) {}").is_empty());
    }
}
