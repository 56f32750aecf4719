//! The addresses of the catalogue.

use domain::catalogue::{Code, Letter, SearchHit};
use leptos_router::location::Url;

/// The list from A to Z.
pub const CONDITIONS: &str = "/conditions";
/// The families at the top of the tree.
pub const FAMILIES: &str = "/conditions/families";
/// What answers the search forms.
pub const SEARCH: &str = "/search";
/// Names for what is being typed.
pub const SUGGEST: &str = "/api/search/suggest";
/// The description of the open data.
pub const OPEN_API: &str = "/api/openapi.json";

/// The page of a condition.
pub fn condition(slug: &str) -> String {
    format!("/communities/{slug}")
}

/// What a search has found.
pub fn hit(hit: &SearchHit) -> String {
    if hit.is_family {
        family(&hit.slug)
    } else {
        condition(&hit.slug)
    }
}

/// A condition as JSON.
pub fn condition_json(slug: &str) -> String {
    format!("/api/conditions/{slug}")
}

/// A condition as Markdown.
pub fn condition_markdown(slug: &str) -> String {
    format!("/communities/{slug}.md")
}

/// The conditions whose names begin with a letter.
pub fn letter(letter: Letter) -> String {
    format!("{CONDITIONS}?letter={}", letter.as_char())
}

/// A page of the list: of one letter or of all, behind a condition or from the beginning.
pub fn list(of: Option<Letter>, after: Option<&str>) -> String {
    match (of, after) {
        (None, None) => CONDITIONS.to_owned(),
        (None, Some(after)) => format!("{CONDITIONS}?after={after}"),
        (Some(of), None) => letter(of),
        (Some(of), Some(after)) => format!("{}&after={after}", letter(of)),
    }
}

/// A family.
pub fn family(slug: &str) -> String {
    format!("{FAMILIES}/{slug}")
}

/// A page of the conditions in a family.
pub fn family_after(slug: &str, after: Option<&str>) -> String {
    match after {
        Some(after) => format!("{}?after={after}", family(slug)),
        None => family(slug),
    }
}

/// The results for a query, from one position on.
pub fn search(query: &str, from: usize) -> String {
    let query = Url::escape(query);
    match from {
        0 => format!("{SEARCH}?q={query}"),
        from => format!("{SEARCH}?q={query}&from={from}"),
    }
}

/// The results for a code.
pub fn search_code(code: &Code) -> String {
    format!("{SEARCH}?q={}%3A{}", code.system.prefix(), code.value)
}
