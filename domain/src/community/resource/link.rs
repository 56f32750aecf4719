//! Links to other sites, as they are kept.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{Error, Result, text::is_invisible};

/// Most characters of a link.
pub const LINK_LONGEST: usize = 500;

/// What browsers encode behind the host. Letters of other scripts they encode as well.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const COPY_IT: &str = "Copy it from the address bar of your browser.";

/// A link as it is kept: `http` or `https`, a host with a dot in it, in small letters, without what
/// changes nothing. `field` is the form's.
///
/// ```
/// use domain::community::check_link;
/// let link = check_link("link", " HTTPS://Www.Example.ORG:443#").unwrap();
/// assert_eq!(link, "https://www.example.org/");
/// ```
pub fn check_link(field: &str, typed: &str) -> Result<String> {
    normalised(typed.trim()).map_err(|message| Error::invalid(field, message))
}

fn normalised(typed: &str) -> std::result::Result<String, String> {
    if typed.is_empty() {
        return Err("Enter the link.".to_owned());
    }
    // Browsers take a backslash for a slash, so that the host would be another one.
    if typed
        .chars()
        .any(|sign| sign.is_whitespace() || is_invisible(sign) || sign == '\\')
    {
        return Err(format!(
            "This link has signs that no address has. {COPY_IT}"
        ));
    }
    let (scheme, rest) = typed
        .split_once("://")
        .map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest))
        .filter(|(scheme, _)| ["https", "http"].contains(&scheme.as_str()))
        .ok_or("The link has to begin with https:// or http://.")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        return Err("Remove the user name and password from the link.".to_owned());
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, port),
        None => (authority, ""),
    };
    let host = host.to_ascii_lowercase();
    let default = if scheme == "https" { 443 } else { 80 };
    let port = match port {
        "" => String::new(),
        digits => match digits.parse::<u16>() {
            Ok(number) if number == default => String::new(),
            Ok(number) if number > 0 && !digits.starts_with('+') => format!(":{number}"),
            _ => return Err(format!("This link leads nowhere. {COPY_IT}")),
        },
    };
    if !is_host(&host) {
        return Err(format!("This link leads nowhere. {COPY_IT}"));
    }
    let path = utf8_percent_encode(path, ENCODED).to_string();
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = path.trim_end_matches('#');
    let link = format!("{scheme}://{host}{port}{slash}{path}");
    if link.len() > LINK_LONGEST {
        return Err(format!(
            "Use at most {LINK_LONGEST} characters for the link; this has {}.",
            link.len()
        ));
    }
    Ok(link)
}

/// Names of the web (RFC 1123, 2.1), and no numbers. Those in other scripts have to come as browsers
/// send them (`xn--`): letters that look alike would be another site.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.len() <= 253
        && host.split('.').all(is_label)
        && last.starts_with(|sign: char| sign.is_ascii_alphabetic())
}

/// What two links have in common that lead to the same page: neither scheme, `www.` nor a slash at the
/// end make another one.
///
/// ```
/// use domain::community::link_key;
/// assert_eq!(link_key("http://www.example.org/a/"), link_key("https://example.org/a"));
/// ```
pub fn link_key(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_owned()
}

/// The name of the site that a link leads to, for people.
///
/// ```
/// use domain::community::site_of;
/// assert_eq!(site_of("https://www.example.org:8443/a"), "example.org");
/// ```
pub fn site_of(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links_are_kept_in_one_form() {
        for (typed, kept) in [
            ("https://example.org", "https://example.org/"),
            (" http://EXAMPLE.org:80/A?b=C ", "http://example.org/A?b=C"),
            ("https://example.org:8443?a", "https://example.org:8443/?a"),
            ("https://example.org/#part", "https://example.org/#part"),
            (
                "https://de.example.org/wiki/Größe",
                "https://de.example.org/wiki/Gr%C3%B6%C3%9Fe",
            ),
            (
                "https://example.org/{a}|%41",
                "https://example.org/%7Ba%7D%7C%41",
            ),
            ("https://xn--mller-kva.de/", "https://xn--mller-kva.de/"),
        ] {
            assert_eq!(check_link("link", typed), Ok(kept.to_owned()), "{typed}");
            assert_eq!(check_link("link", kept), Ok(kept.to_owned()), "{kept}");
        }
    }

    #[test]
    fn other_links_are_refused() {
        for bad in [
            "",
            "example.org",
            "//example.org/",
            "ftp://example.org/",
            "javascript:alert(1)",
            "javascript://example.org/%0aalert(1)",
            "data:text/html,x",
            "mailto:a@example.org",
            "https:/example.org",
            "https://",
            "https:///example.org",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://example.org./",
            "https://.org/",
            "https://-a.org/",
            "https://exa_mple.org/",
            "https://exämple.org/",
            "https://a@example.org/",
            "https://good.org:x@evil.org/",
            "https://good.org\\@evil.org/",
            "https://example.org:0/",
            "https://example.org:+1/",
            "https://example.org:99999/",
            "https://example.org:443:443/",
            "https://example.org/a b",
            "https://example.org/a\nb",
            "https://example.org/a\0b",
            "https://example.org/\u{202e}b",
            "https://example.org/\u{200b}",
        ] {
            assert!(check_link("link", bad).is_err(), "{bad:?}");
        }
        let long = format!("https://example.org/{}", "a".repeat(480));
        assert_eq!(check_link("link", &long), Ok(long.clone()));
        assert!(check_link("link", &(long + "a")).is_err());
    }

    #[test]
    fn one_page_has_one_key() {
        let key = link_key("https://example.org/a");
        for same in ["http://example.org/a", "https://www.example.org/a/"] {
            assert_eq!(link_key(same), key);
        }
        for other in ["https://example.org/A", "https://example.org/a?b"] {
            assert_ne!(link_key(other), key);
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_stays_as_it_is(typed in "(https?://)?[a-z0-9.:@\\-]{0,12}\\PC{0,20}") {
            if let Ok(link) = check_link("link", &typed) {
                prop_assert!(link.starts_with("https://") || link.starts_with("http://"));
                prop_assert!(link.is_ascii() && link.len() <= LINK_LONGEST);
                prop_assert!(!link.contains(|sign: char| sign.is_ascii_whitespace() || "\"<>\\".contains(sign)));
                prop_assert!(site_of(&link).contains('.') || link.contains("www."));
                prop_assert_eq!(check_link("link", &link), Ok(link.clone()));
            }
        }
    }
}
