//! Where addresses are written.

use super::source::Source;

/// They are the table of addresses.
const TABLES: &[&str] = &["routes.rs", "routes/forms.rs"];

pub(super) fn breaches(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    let place = source.place();
    if !TABLES.contains(&place) && !place.ends_with("paths.rs") {
        let addresses = source.strings().filter(|(_, text)| is_address(text));
        found.extend(addresses.map(|(at, text)| {
            let why = format!("\"{text}\": an address is written in paths.rs of its feature");
            source.breach(at, &why)
        }));
    }
    for attribute in source.attributes("#[server") {
        let written = source.written(attribute.clone());
        if !written.contains("prefix = \"/api\"") || !written.contains("endpoint = \"") {
            let why = "a server function needs prefix = \"/api\" and an endpoint: without one its \
                       address changes with the code";
            found.push(source.breach(attribute.start, why));
        }
    }
    found
}

/// Whether a string is an address or goes on with one behind a placeholder. What the addresses of all
/// server functions begin with leads nowhere.
fn is_address(text: &str) -> bool {
    let leads = |rest: &str| rest.starts_with(|first: char| first.is_ascii_lowercase());
    let begins = text.strip_prefix('/').is_some_and(leads);
    let goes_on = text.split("}/").skip(1).any(leads);
    (begins || goes_on) && !["/api", "/api/"].contains(&text)
}

#[cfg(test)]
mod tests {
    fn breaches(path: &str, text: &str) -> Vec<String> {
        super::breaches(&super::Source::of(path, text))
    }

    #[test]
    fn addresses_are_written_in_paths() {
        let text = "/// `/sign-in`\nconst A: &str = \"/sign-in\";";
        let found = breaches("app/src/account/api.rs", text);
        assert!(
            found[0].starts_with("app/src/account/api.rs:2: \"/sign-in\""),
            "{found:?}"
        );
        for path in ["account/paths.rs", "routes.rs", "routes/forms.rs"] {
            assert!(breaches(&format!("app/src/{path}"), text).is_empty());
        }
        let format = "format!(\"{origin}/search?q={words}\")";
        assert_eq!(breaches("app/src/account/api.rs", format).len(), 1);
        let other = "f(\"/\", \"/api/\", \"a/b\", \"/{slug}\", \"{a}/{b}\")";
        assert!(breaches("app/src/account/api.rs", other).is_empty());
        let tested = format!("#[cfg(test)] mod tests {{ {text} }}");
        assert!(breaches("app/src/account/api.rs", &tested).is_empty());
    }

    #[test]
    fn a_server_function_has_an_address_of_its_own() {
        let of = |text| breaches("app/src/account/api.rs", text).len();
        assert_eq!(of("#[server]\nasync fn f() {}"), 1);
        assert_eq!(of("#[server(prefix = \"/api\")]\nasync fn f() {}"), 1);
        assert_eq!(
            of("#[server(prefix = \"/other\", endpoint = \"f\")]\nasync fn f() {}"),
            2
        );
        assert_eq!(
            of("#[server(\n    prefix = \"/api\",\n    endpoint = \"f\",\n)]"),
            0
        );
    }
}
