//! Which part of `app` may name which: a part is a file or folder in `app/src`.

use super::source::Source;

/// What stands below the features, and what it may name: a part, or one thing of a part.
const BELOW: &[(&str, &[&str])] = &[
    ("answer.rs", &[]),
    ("context.rs", &[]),
    // What the server does with a form, and the key that it gives to one.
    ("ui/form/server.rs", &["context"]),
    ("ui/form/component.rs", &["context"]),
    ("ui/", &[]),
    // What is shown where there is nothing offers the search.
    (
        "page/",
        &[
            "answer",
            "context",
            "ui",
            "catalogue::PageSearch",
            "catalogue::paths",
            "site::paths",
        ],
    ),
];

/// What a feature may name besides other features. Everything that is not named above or below is a
/// feature.
const FEATURE: &[&str] = &["answer", "context", "page", "ui"];

/// What joins everything.
const ABOVE: &[&str] = &["lib.rs", "routes.rs", "routes/", "shell.rs"];

pub(super) fn breaches(app: &[&Source]) -> Vec<String> {
    let below = app.iter().filter(|source| !is_any(source.place(), ABOVE));
    let mut found: Vec<String> = below.flat_map(|source| arrows(source, app)).collect();
    found.extend(app.iter().flat_map(|source| pages(source, app)));
    found
}

fn is_any(place: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| place.starts_with(part))
}

fn is_feature(place: &str) -> bool {
    !is_any(place, ABOVE) && !BELOW.iter().any(|(part, _)| place.starts_with(part))
}

/// What a file names that it may not.
fn arrows(source: &Source, app: &[&Source]) -> Vec<String> {
    let place = source.place();
    let own = place.split(['/', '.']).next().unwrap_or(place);
    let below = BELOW.iter().find(|(part, _)| place.starts_with(part));
    let is_known = |path: &[&str]| app.iter().any(|other| is_module(other, path));
    let mut found = Vec::new();
    for (at, path) in names(source) {
        let part = path[0];
        if part == own || !is_known(&[part]) {
            continue;
        }
        // Of what has been imported as a whole, each use is looked at.
        let whole = matches!(path[1..], [] | ["self"]);
        let is = |allowed: &&str| {
            let mut allowed = allowed.split("::");
            let same = allowed.next() == Some(part);
            same && (whole || allowed.next().is_none_or(|thing| path[1] == thing))
        };
        let (may, advice) = match below {
            Some((_, allowed)) => (
                allowed.iter().any(is),
                "it stands below that: take what is needed as a property or from the context",
            ),
            None if is_feature_name(part, app) => (
                whole || path[1] == "paths" || !is_known(&path[..2]),
                "of another feature, use its paths and what its mod.rs shares",
            ),
            None => (
                FEATURE.iter().any(is),
                "features stand below the table of routes",
            ),
        };
        if !may {
            let why = format!("names `{}`; {advice}", path.join("::"));
            found.push(source.breach(at, &why));
        }
    }
    found
}

fn is_feature_name(part: &str, app: &[&Source]) -> bool {
    app.iter()
        .any(|other| is_module(other, &[part]) && is_feature(other.place()))
}

/// Whether a file is this module or in it.
fn is_module(source: &Source, path: &[&str]) -> bool {
    source
        .place()
        .strip_prefix(&path.join("/"))
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// What a file names in `app`, each from the crate on.
fn names<'s>(source: &'s Source) -> Vec<(usize, Vec<&'s str>)> {
    let place = source.place();
    let here = place.strip_suffix(".rs").unwrap_or(place);
    let here: Vec<&str> = here
        .strip_suffix("/mod")
        .unwrap_or(here)
        .split('/')
        .collect();
    let mut imported = Vec::new();
    let mut found = Vec::new();
    for (at, path) in source.paths() {
        let ups = path.iter().take_while(|name| **name == "super").count();
        let full = match path[0] {
            "crate" => path[1..].to_vec(),
            "super" => [&here[..here.len().saturating_sub(ups)], &path[ups..]].concat(),
            first if imported.contains(&first) => path,
            _ => continue,
        };
        if let [part] | [part, "self"] = full[..] {
            imported.push(part);
        }
        if !full.is_empty() {
            found.push((at, full));
        }
    }
    found
}

/// Who shows the pages of a file besides the table of routes.
fn pages(file: &Source, app: &[&Source]) -> Vec<String> {
    let place = file.place();
    if !is_feature(place) {
        return Vec::new();
    }
    let folder = place.rsplit_once('/').map_or("", |(folder, _)| folder);
    let of_feature = |other: &str| {
        let inside = other.rsplit_once('/');
        inside.is_some_and(|(at, name)| {
            at == folder && (name == "mod.rs" || name.ends_with("_page.rs"))
        })
    };
    let mut found = Vec::new();
    for page in components(&file.code).filter(|name| name.ends_with("Page")) {
        let others = app.iter().filter(|other| {
            let other = other.place();
            other != place && other != "routes.rs" && !of_feature(other)
        });
        for other in others {
            found.extend(other.word(page).map(|at| {
                let why = format!("{page} is a page, and shown by the table of routes alone");
                other.breach(at, &why)
            }));
        }
    }
    found
}

/// The names of functions in CamelCase.
fn components(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices("fn ").filter_map(|(at, begin)| {
        let name = code[at + begin.len()..].split(['(', '<']).next()?;
        name.starts_with(char::is_uppercase).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::Source;

    /// Of these files, beside some that are always there.
    fn breaches(files: &[(&str, &str)]) -> Vec<String> {
        let others = [
            ("answer.rs", ""),
            ("context.rs", ""),
            ("routes.rs", "use crate::wiki::EditPage;"),
            ("ui/lists.rs", ""),
            ("page/head.rs", ""),
            ("catalogue/paths.rs", ""),
            ("catalogue/api.rs", ""),
            ("wiki/mod.rs", "pub use edit_page::EditPage;"),
            ("wiki/edit_page.rs", "#[component]\npub fn EditPage() {}"),
        ];
        let files: Vec<_> = others
            .iter()
            .chain(files)
            .map(|(path, text)| (format!("app/src/{path}"), *text))
            .collect();
        let sources: Vec<_> = files
            .iter()
            .map(|(path, text)| Source::of(path, text))
            .collect();
        super::breaches(&sources.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_kit_knows_nothing_above_it() {
        for text in [
            "use crate::page::PageHead;",
            "use crate::{\n    ui::A,\n    wiki,\n};",
            "fn f() { super::super::routes::App }",
            "use crate::context::RequestContext;",
        ] {
            assert_eq!(breaches(&[("ui/form/mod.rs", text)]).len(), 1, "{text}");
        }
        let visit = "use crate::{context::RequestContext, ui::Link};";
        assert!(breaches(&[("ui/form/server.rs", visit)]).is_empty());
    }

    #[test]
    fn a_page_offers_the_search() {
        let text = "use crate::{\n    catalogue::{self, PageSearch},\n    site,\n    ui::Links,\n};\n\
                    fn f() { catalogue::paths::A; site::paths::HOME; domain::catalogue::B }";
        assert!(breaches(&[("page/refused.rs", text), ("site/paths.rs", "")]).is_empty());
        let text = "use crate::catalogue;\nfn f() { catalogue::api::read() }";
        let found = breaches(&[("page/refused.rs", text)]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("app/src/page/refused.rs:2: names `catalogue::api::read`"));
    }

    #[test]
    fn features_share_paths_and_components() {
        let text = "use crate::{answer::Answer, catalogue::{self, Search}, page::Page, ui::Link};\n\
                    fn f() { catalogue::paths::A }";
        assert!(breaches(&[("wiki/text.rs", text)]).is_empty());
        for text in ["use crate::catalogue::api;", "use crate::routes::App;"] {
            assert_eq!(breaches(&[("wiki/text.rs", text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn pages_are_named_by_the_table_of_routes() {
        assert!(breaches(&[]).is_empty());
        let text = "\nuse super::EditPage;";
        let found = breaches(&[("wiki/text.rs", text)]);
        assert!(
            found[0].starts_with("app/src/wiki/text.rs:2: EditPage"),
            "{found:?}"
        );
        assert!(breaches(&[("wiki/whole_page.rs", text)]).is_empty());
        assert_eq!(
            breaches(&[("catalogue/list_page.rs", "use crate::wiki::EditPage;")]).len(),
            1
        );
    }
}
