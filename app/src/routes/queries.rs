//! Which names of its query a page that the server keeps depends on.

use std::borrow::Cow;

use crate::ui::query_value;

/// The names, in the order in which `paths` writes them.
fn names(path: &str) -> &'static [&'static str] {
    let mut parts = [""; 6];
    let mut count = 0;
    for part in path.split('/').skip(1) {
        let Some(place) = parts.get_mut(count) else {
            return &[];
        };
        *place = part;
        count += 1;
    }
    match parts[..count] {
        ["conditions"] => &["letter", "after"],
        ["conditions", "families", _]
        | ["communities", _, "members" | "discussions" | "questions"]
        | ["discussions" | "reviews" | "communities" | "leaders"]
        | ["topics", _, _] => &["after"],
        ["questions", _, _] => &["after", "answer"],
        ["communities", _, "resources" | "feed"] | ["resources"] => &["kind", "after"],
        ["communities", _, "trials"] => &["status", "country", "age", "after"],
        ["communities", _, "history"] | ["communities", _, "sections", _, "history"] => &["before"],
        ["communities", _, "sections", _, "compare"] => &["from", "to"],
        ["search"] => &["q", "from", "in", "community", "after"],
        ["start" | "help"] => &["q"],
        _ => &[],
    }
}

/// The address under which the server keeps what is at this path and query, and the names of the query
/// that it has: whatever else was asked changes nothing, and is no other page.
pub fn kept_address<'a>(
    path: &'a str,
    query: Option<&str>,
) -> (Cow<'a, str>, &'static [&'static str]) {
    let Some(query) = query.filter(|query| !query.is_empty()) else {
        return (Cow::Borrowed(path), names(path));
    };
    let names = names(path);
    let mut address = Cow::Borrowed(path);
    let mut sign = '?';
    for name in names {
        if let Some(value) = query_value(query, name) {
            let address = address.to_mut();
            address.push(sign);
            address.push_str(name);
            address.push('=');
            address.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            sign = '&';
        }
    }
    (address, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(address: &str) -> String {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        kept_address(path, query).0.into_owned()
    }

    #[test]
    fn unknown_names_are_no_other_page() {
        for (asked, address) in [
            ("/communities/a", "/communities/a"),
            ("/communities/a?", "/communities/a"),
            ("/communities/a?utm=1&after=b", "/communities/a"),
            (
                "/conditions?x=1&after=b&letter=a&letter=c",
                "/conditions?letter=a&after=b",
            ),
            ("/conditions?letter=%61", "/conditions?letter=a"),
            (
                "/conditions/families/a?after=%26x%3D1",
                "/conditions/families/a?after=%26x%3D1",
            ),
            (
                "/communities/a/sections/cause/compare?to=2&from=1",
                "/communities/a/sections/cause/compare?from=1&to=2",
            ),
            (
                "/communities/a/resources?after=c&kind=guide",
                "/communities/a/resources?kind=guide&after=c",
            ),
            (
                "/communities/a/feed?after=c&since=x&kind=replies",
                "/communities/a/feed?kind=replies&after=c",
            ),
            (
                "/communities/a/trials?age=child&country=South%20Korea&status=open",
                "/communities/a/trials?status=open&country=South+Korea&age=child",
            ),
            ("/questions/a/b?answer=7&x=1", "/questions/a/b?answer=7"),
            ("/resources?kind=podcast&x=1", "/resources?kind=podcast"),
            (
                "/search?in=texts&after=b&q=a+b&x=1&community=c",
                "/search?q=a+b&in=texts&community=c&after=b",
            ),
            ("/a/b/c/d/e/f/g/h?x=1", "/a/b/c/d/e/f/g/h"),
        ] {
            assert_eq!(kept(asked), address, "{asked}");
        }
    }
}
