use serde::{Deserialize, Serialize};

/// One entry of the list of references.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Names it in texts: `[@key]`.
    pub key: String,
    /// Title of the work.
    pub title: String,
    /// Journal, book or publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Year of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Digital object identifier, without `https://doi.org/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// `PubMed` identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    /// International Standard Book Number of ten or thirteen digits, without hyphens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// Any other address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Reference {
    /// Where the work can be read: by DOI, else `PubMed`, else its own address.
    pub fn href(&self) -> Option<String> {
        if let Some(doi) = &self.doi {
            return Some(format!("https://doi.org/{doi}"));
        }
        if let Some(pmid) = &self.pmid {
            return Some(format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"));
        }
        self.url.clone().filter(|url| is_web_address(url))
    }

    /// Whether both have an identifier in common.
    pub fn is_same_work(&self, other: &Self) -> bool {
        let same = |one: &Option<String>, another: &Option<String>| {
            one.as_ref()
                .zip(another.as_ref())
                .is_some_and(|(one, another)| one.eq_ignore_ascii_case(another))
        };
        same(&self.doi, &other.doi)
            || same(&self.pmid, &other.pmid)
            || same(&self.isbn, &other.isbn)
    }

    /// Its identifiers as people write them, separated by spaces: `DOI:10.1/x PMID:123`.
    pub fn identifiers(&self) -> String {
        [
            ("DOI:", &self.doi),
            ("PMID:", &self.pmid),
            ("ISBN:", &self.isbn),
            ("", &self.url),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some(format!("{label}{}", value.as_ref()?)))
        .collect::<Vec<_>>()
        .join(" ")
    }

    /// Takes the identifiers over from what somebody has typed or pasted: DOI, PMID, ISBN and web
    /// address, with or without their names, in any order. Their form is checked, nothing is looked
    /// up. The error is the piece that is none of them.
    pub fn identify(&mut self, typed: &str) -> Result<(), String> {
        (self.doi, self.pmid, self.isbn, self.url) = (None, None, None, None);
        let mut label = "";
        let mut digits = String::new();
        for piece in typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';') {
            let lower = piece.to_ascii_lowercase();
            let named = lower.trim_end_matches(':');
            match named {
                "" => {}
                "doi" => label = "doi",
                "pmid" => label = "pmid",
                "isbn" | "isbn-10" | "isbn-13" => label = "isbn",
                _ => {
                    // An ISBN may be written in groups.
                    if label == "isbn" && is_grouped(piece) {
                        digits.push_str(piece);
                        if let Some(isbn) = isbn(&digits) {
                            self.isbn = Some(isbn);
                            digits.clear();
                            label = "";
                        }
                        continue;
                    }
                    self.one(piece, &lower, label)?;
                    label = "";
                }
            }
        }
        if digits.is_empty() {
            Ok(())
        } else {
            Err(digits)
        }
    }

    fn one(&mut self, piece: &str, lower: &str, label: &str) -> Result<(), String> {
        let behind = |prefixes: &[&str]| {
            prefixes
                .iter()
                .find(|prefix| lower.starts_with(**prefix))
                .map(|prefix| &piece[prefix.len()..])
        };
        let doi = behind(&[
            "https://doi.org/",
            "http://doi.org/",
            "https://dx.doi.org/",
            "http://dx.doi.org/",
            "doi:",
        ]);
        let pmid = behind(&["https://pubmed.ncbi.nlm.nih.gov/", "pmid:"]);
        if let Some(value) = doi.or((label == "doi" || lower.starts_with("10.")).then_some(piece)) {
            self.doi = Some(as_doi(value).ok_or(piece)?);
        } else if let Some(value) = pmid.or((label == "pmid").then_some(piece)) {
            self.pmid = Some(as_pmid(value.trim_end_matches('/')).ok_or(piece)?);
        } else if let Some(value) = behind(&["isbn:", "isbn-10:", "isbn-13:"]) {
            self.isbn = Some(isbn(value).ok_or(piece)?);
        } else if is_web_address(piece) {
            self.url = Some(piece.to_owned());
        } else if let Some(isbn) = isbn(piece) {
            self.isbn = Some(isbn);
        } else {
            self.pmid = Some(as_pmid(piece).ok_or(piece)?);
        }
        Ok(())
    }
}

/// DOI Handbook, 2.2: a registrant behind `10.`, a slash, and anything that can be seen.
fn as_doi(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let (registrant, suffix) = text.strip_prefix("10.")?.split_once('/')?;
    let registered = (4..=9).contains(&registrant.len())
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let visible = !suffix.is_empty()
        && text.len() <= 250
        && !suffix.contains(|c: char| c.is_control() || "\"<>\\^`{}|".contains(c));
    (registered && visible).then(|| text.to_owned())
}

fn as_pmid(text: &str) -> Option<String> {
    let number = (1..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (number && !text.starts_with('0')).then(|| text.to_owned())
}

/// Digits in groups, as ISBNs are printed.
fn is_grouped(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'x' | b'X'))
}

/// The digits of an ISBN whose check digit is right (ISO 2108).
fn isbn(text: &str) -> Option<String> {
    if !is_grouped(text) {
        return None;
    }
    let digits = text.replace('-', "").to_ascii_uppercase();
    let value = |(index, b): (usize, u8)| match b {
        b'0'..=b'9' => Some(u32::from(b - b'0')),
        // Ten, which only the check digit of the short form can be.
        b'X' if digits.len() == 10 && index == 9 => Some(10),
        _ => None,
    };
    let values: Vec<u32> = digits
        .bytes()
        .enumerate()
        .map(value)
        .collect::<Option<_>>()?;
    let sum = |weight: fn(usize) -> usize| -> usize {
        let weighted = |(index, value): (usize, &u32)| weight(index) * *value as usize;
        values.iter().enumerate().map(weighted).sum()
    };
    let right = match values.len() {
        10 => sum(|index| 10 - index) % 11 == 0,
        13 => sum(|index| 1 + 2 * (index % 2)) % 10 == 0 && digits.starts_with("97"),
        _ => false,
    };
    right.then_some(digits)
}

/// `http` or `https`, a host with a dot in it, and nothing that has no place in an address.
fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some(rest) = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let named = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '.');
    named
        && text.len() <= 1_000
        && !text
            .contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{}|".contains(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn identified(typed: &str) -> Result<String, String> {
        let mut reference = Reference::default();
        reference.identify(typed).map(|()| reference.identifiers())
    }

    #[test]
    fn identifiers_are_found_as_people_paste_them() {
        for (typed, found) in [
            ("", ""),
            ("10.1056/NEJMra1011442", "DOI:10.1056/NEJMra1011442"),
            (
                "https://doi.org/10.1056/NEJMra1011442.",
                "DOI:10.1056/NEJMra1011442",
            ),
            ("doi: 10.1000.5/a(b)", "DOI:10.1000.5/a(b)"),
            ("PMID: 21410373", "PMID:21410373"),
            ("21410373", "PMID:21410373"),
            ("https://pubmed.ncbi.nlm.nih.gov/21410373/", "PMID:21410373"),
            ("ISBN 978-0-306-40615-7", "ISBN:9780306406157"),
            ("ISBN 978 0 306 40615 7", "ISBN:9780306406157"),
            ("0-8044-2957-x", "ISBN:080442957X"),
            (
                "https://www.orpha.net/en/disease",
                "https://www.orpha.net/en/disease",
            ),
            (
                "PMID:21410373, doi:10.1056/NEJMra1011442",
                "DOI:10.1056/NEJMra1011442 PMID:21410373",
            ),
        ] {
            assert_eq!(identified(typed), Ok(found.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_identifier_is_named() {
        for typed in [
            "10.1/x",
            "10.1056/",
            "doi:11.1056/x",
            "123456789",
            "012345",
            "978-0-306-40615-8",
            "ISBN 978 0 306",
            "javascript:alert(1)",
            "https://localhost/",
            "https://exa<mple.org/",
            "ftp://example.org/",
            "hello",
        ] {
            assert!(identified(typed).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_taken_is_found_again(typed in ".{0,60}") {
            if let Ok(found) = identified(&typed) {
                prop_assert_eq!(identified(&found), Ok(found));
            }
        }

        #[test]
        fn links_lead_to_the_web(typed in "(https?://|10\\.1000/)[!-~]{0,30}") {
            let mut reference = Reference::default();
            if reference.identify(&typed).is_ok() {
                let href = reference.href().unwrap_or_default();
                prop_assert!(!href.contains(['"', '<', '>', ' ']), "{}", href);
            }
        }
    }
}
