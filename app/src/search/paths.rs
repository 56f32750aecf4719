//! The addresses of what a search finds in texts.

use domain::search::{SearchIn, TextHit, TextPlace};

use crate::{catalogue, community, wiki};

/// A page of the texts of one kind that a query finds, in one community or in all. Both the community's
/// address and the name of the hit before are of letters that need no escape.
pub fn texts(
    query: &str,
    within: SearchIn,
    community: Option<&str>,
    after: Option<&str>,
) -> String {
    let mut path = catalogue::paths::search(query, 0);
    let pairs = [
        ("in", Some(within.as_str())),
        ("community", community),
        ("after", after),
    ];
    for (name, value) in pairs {
        if let Some(value) = value {
            path.push('&');
            path.push_str(name);
            path.push('=');
            path.push_str(value);
        }
    }
    path
}

/// Where a text is.
pub fn hit(hit: &TextHit) -> String {
    let slug = &hit.condition.slug;
    match &hit.place {
        TextPlace::Section { kind } => wiki::paths::section(slug, *kind),
        TextPlace::Post {
            kind,
            topic,
            words,
            number,
        } => community::paths::post_in(*kind, topic, words, *number),
        TextPlace::Resource { id } => community::paths::listed_resource(slug, id),
    }
}
