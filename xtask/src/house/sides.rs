//! What server and browser both compile. Hydration takes over what the server has rendered, so both
//! must render the same.

use super::source::Source;

/// Pages of these folders stay as the server has written them.
const PLAIN: &[&str] = &[
    "account/administration/",
    "community/administration/",
    "community/aliases/administration/",
    "community/moderation/administration/",
    "community/reports/administration/",
    "community/requests/administration/",
    "registry/administration/",
    "wiki/administration/",
    "staff/",
];

pub(super) fn breaches(app: &[&Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in app.iter().filter(|source| !is_plain(source.place())) {
        for attribute in source.attributes("#[cfg(") {
            if !source.code[attribute.clone()].contains("feature") {
                continue;
            }
            let item = source.item(&attribute);
            if item.contains("view!") && !item.contains("fn PlainApp(") {
                let why = "server and browser must render the same: take `view!` out of what is \
                           behind #[cfg(feature …)]";
                found.push(source.breach(attribute.start, why));
            }
            let Some(module) = module(source.place(), item) else {
                continue;
            };
            let gated = app.iter().filter(|other| is_in(other.place(), &module));
            let shown = gated.filter(|other| shows(other) && !is_plain(other.place()));
            found.extend(shown.map(|other| {
                let why = format!("{} shows something: declare it without #[cfg]", other.path);
                source.breach(attribute.start, &why)
            }));
        }
    }
    found
}

/// The document around the application is no part of it.
fn is_plain(place: &str) -> bool {
    place == "shell.rs" || PLAIN.iter().any(|folder| place.starts_with(folder))
}

fn shows(source: &Source) -> bool {
    source.path.ends_with("_page.rs") || source.code.contains("view!")
}

/// The place of the module that an item declares, without ending.
fn module(place: &str, item: &str) -> Option<String> {
    let (before, name) = item.strip_suffix(';')?.rsplit_once(' ')?;
    let folder = match place
        .strip_suffix("mod.rs")
        .or(place.strip_suffix("lib.rs"))
    {
        Some(folder) => folder.to_owned(),
        None => format!("{}/", place.strip_suffix(".rs")?),
    };
    before.ends_with("mod").then(|| format!("{folder}{name}"))
}

fn is_in(place: &str, module: &str) -> bool {
    place
        .strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn breaches(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<_> = files
            .iter()
            .map(|(path, text)| Source::of(path, text))
            .collect();
        super::breaches(&sources.iter().collect::<Vec<_>>())
    }

    #[test]
    fn both_sides_render_the_same() {
        let text = "\n#[cfg(not(feature = \"ssr\"))]\n#[component]\nfn A() { view! { <p></p> } }";
        let found = breaches(&[("app/src/wiki/text.rs", text)]);
        assert!(
            found[0].starts_with("app/src/wiki/text.rs:2: "),
            "{found:?}"
        );
        for path in ["shell.rs", "account/administration/person_page.rs"] {
            assert!(breaches(&[(&format!("app/src/{path}"), text)]).is_empty());
        }
        let plain = "#[cfg(feature = \"ssr\")] fn PlainApp() { view! { <p></p> } }";
        assert!(breaches(&[("app/src/routes.rs", plain)]).is_empty());
        let apart = "#[cfg(feature = \"ssr\")] fn a() { b(); }\nfn A() { view! { <p></p> } }";
        assert!(breaches(&[("app/src/wiki/text.rs", apart)]).is_empty());
    }

    #[test]
    fn both_sides_have_every_page() {
        let module = "mod a;\n#[cfg(feature = \"ssr\")]\npub mod edit_page;";
        let found = breaches(&[
            ("app/src/wiki/mod.rs", module),
            ("app/src/wiki/edit_page.rs", "fn f() {}"),
        ]);
        assert!(found[0].starts_with("app/src/wiki/mod.rs:2: "), "{found:?}");
        let free = [
            ("app/src/wiki/mod.rs", "mod edit_page;"),
            ("app/src/wiki/edit_page.rs", "view! { <p></p> }"),
        ];
        assert!(breaches(&free).is_empty());
    }

    #[test]
    fn a_folder_of_one_side_shows_nothing() {
        let module = "#[cfg(feature = \"ssr\")]\nmod administration;";
        let page = "view! { <p></p> }";
        let profile = [
            ("app/src/profile/mod.rs", module),
            ("app/src/profile/administration/list.rs", page),
        ];
        assert_eq!(breaches(&profile).len(), 1);
        let account = [
            ("app/src/account/mod.rs", module),
            ("app/src/account/administration/people_page.rs", page),
        ];
        assert!(breaches(&account).is_empty());
    }
}
