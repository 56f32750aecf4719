//! What is dear to answer, asked as somebody asks who wants it to be: never twice in the same spelling,
//! so that no cache knows it.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};

use crate::http;

/// One address of each kind that a visitor can ask. `{n}` is another number each time.
const ADDRESSES: [&str; 28] = [
    "/?x={n}",
    "/sitemap.xml?x={n}",
    "/sitemaps/conditions-1.xml?x={n}",
    "/conditions?x={n}",
    "/conditions?letter=s&x={n}",
    "/api/catalogue/list?letter=s&x={n}",
    "/conditions/families?x={n}",
    "/api/catalogue/families?x={n}",
    "/communities/multiple-myeloma?x={n}",
    "/api/catalogue/condition?slug=multiple-myeloma&x={n}",
    "/api/conditions/multiple-myeloma?x={n}",
    "/communities/multiple-myeloma.md?x={n}",
    "/communities/multiple-myeloma/history?before=99{n}",
    "/communities/multiple-myeloma/history.atom?x={n}",
    "/communities/multiple-myeloma/members?x={n}",
    "/api/profile/members?slug=multiple-myeloma&x={n}",
    "/reviews?x={n}",
    "/search?q=congenital+disorder+type+{n}",
    "/search?q=hereditery+sindrome+{n}",
    "/api/search/results?query=multipl+mieloma+{n}&from=0",
    "/search?q=a+cell+of+type+{n}&in=texts",
    "/api/search/results?query=the+{n}&from=0&within=discussions",
    "/api/search/suggest?q=a{n}",
    "/api/search/suggest?q=autosomel+resessive+{n}",
    "/nowhere/{n}",
    "/join?x={n}",
    "/sign-in?next=/conditions?x={n}",
    "/confirm/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{n}",
];

/// How many families are looked at.
const FAMILIES: usize = 20;

/// All of them, with some families of this site.
pub(crate) fn addresses(server: SocketAddr) -> Result<Vec<String>> {
    let page = http::get(server, "/conditions/families", None)?;
    let html = String::from_utf8_lossy(&page.body).into_owned();
    let families = families(&html);
    if families.is_empty() {
        bail!(
            "/conditions/families was answered {} and names none",
            page.status
        );
    }
    Ok(ADDRESSES
        .iter()
        .map(|address| (*address).to_owned())
        .chain(families)
        .collect())
}

/// Of the families that a page names, some from all over it.
fn families(html: &str) -> Vec<String> {
    let all: Vec<&str> = html
        .split("\"/conditions/families/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    all.iter()
        .step_by((all.len() / FAMILIES).max(1))
        .map(|family| format!("/conditions/families/{family}?x={{n}}"))
        .collect()
}

/// Asks for an address once, as a visitor with a session's cookie that opens nothing. Tells nothing of
/// an answer that is a fault: it fails.
pub(crate) fn ask(server: SocketAddr, address: &str, number: usize) -> Result<http::Response> {
    let path = address.replace("{n}", &format!("{number:08}"));
    let cookie = format!("session={number:043}");
    let response = http::get_with_cookie(server, &path, &cookie)?;
    if response.status >= 500 {
        bail!("GET {path} was answered {}", response.status);
    }
    Ok(response)
}

/// The address that takes longest, by the middle of so many times, and that time.
pub(crate) fn dearest(server: SocketAddr, times: usize) -> Result<(String, std::time::Duration)> {
    // The index of the search is built behind the start, which would count for whatever is asked then.
    http::get(server, "/search?q=myeloma", None)?;
    let mut dearest = None;
    for (place, address) in addresses(server)?.into_iter().enumerate() {
        let mut took = Vec::new();
        for number in 0..times {
            took.push(ask(server, &address, place * times + number)?.took);
        }
        took.sort_unstable();
        let middle = took[times / 2];
        if dearest.as_ref().is_none_or(|(_, most)| middle > *most) {
            dearest = Some((address, middle));
        }
    }
    dearest.context("there is no address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_come_from_all_over_the_page() {
        let html = (0..100).fold(String::new(), |html, number| {
            html + &format!("<a href=\"/conditions/families/f{number}\">x</a>")
        });
        let found = families(&html);
        assert_eq!(found.len(), FAMILIES);
        assert_eq!(found[1], "/conditions/families/f5?x={n}");
        assert!(families("<p>none</p>").is_empty());
    }

    #[test]
    fn a_made_up_token_looks_like_one() {
        // 32 bytes in base64url: what is shorter is no token, and is not looked up.
        assert_eq!(format!("{:043}", 7).len(), 43);
        let tokens: Vec<usize> = ADDRESSES
            .iter()
            .filter_map(|address| address.strip_prefix("/confirm/"))
            .map(|token| token.replace("{n}", "00000000").len())
            .collect();
        assert_eq!(tokens, [43]);
    }
}
