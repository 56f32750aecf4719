//! Reading and writing an address.

use std::fmt::Write as _;

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

/// A value as a form writes it into a query (URL Standard, `application/x-www-form-urlencoded`), and as
/// the server names what it keeps.
pub fn query_encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            // Writing to a String cannot fail.
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_the_server_writes_them() {
        for value in [
            "",
            "a b",
            "Côte d'Ivoire",
            "a&b=c%d+e~f",
            "*-._",
            "\0\n<>\"",
            "日本",
        ] {
            let expected: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
            assert_eq!(query_encoded(value), expected);
            let query = format!("x={expected}");
            assert_eq!(query_value(&query, "x").as_deref(), Some(value));
        }
    }
}
