//! Reading an address.

/// The value of a name in the query of an address.
#[cfg(feature = "ssr")]
pub fn query_value(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[cfg(feature = "hydrate")]
pub fn query_value(query: &str, name: &str) -> Option<String> {
    web_sys::UrlSearchParams::new_with_str(query)
        .ok()?
        .get(name)
}

/// Built for neither, there is no address.
#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
pub fn query_value(_query: &str, _name: &str) -> Option<String> {
    None
}
