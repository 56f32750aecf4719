//! The identifiers of a work as people paste them: from an address bar, a list of references, or an
//! abstract, with what stood around them.

use percent_encoding::percent_decode_str;

use super::Reference;

/// Hosts that lead to a work by its DOI.
const DOI_HOSTS: [&str; 3] = ["doi.org/", "dx.doi.org/", "www.doi.org/"];

/// Addresses that end with a number of `PubMed`.
const PMID_ADDRESSES: [&str; 5] = [
    "pubmed.ncbi.nlm.nih.gov/",
    "www.ncbi.nlm.nih.gov/pubmed/",
    "ncbi.nlm.nih.gov/pubmed/",
    "www.pubmed.gov/",
    "pubmed.gov/",
];

impl Reference {
    /// Takes the identifiers over from what somebody has typed or pasted: DOI, PMID, ISBN and web
    /// address, with or without their names, in any order. Their form is checked, nothing is looked
    /// up. The error is the piece that is none of them.
    pub fn identify(&mut self, typed: &str) -> Result<(), String> {
        (self.doi, self.pmid, self.isbn, self.url) = (None, None, None, None);
        let mut label = "";
        let mut digits = String::new();
        for piece in pieces(typed) {
            match bare(piece).to_ascii_lowercase().as_str() {
                "" | "pubmed" | "id" => {}
                "doi" => label = "doi",
                "pmid" => label = "pmid",
                "isbn" | "isbn-10" | "isbn-13" => label = "isbn",
                _ => {
                    // An ISBN may be written in groups.
                    if label == "isbn" && is_grouped(bare(piece)) {
                        digits.push_str(bare(piece));
                        if let Some(isbn) = isbn(&digits) {
                            self.isbn = Some(isbn);
                            digits.clear();
                            label = "";
                        }
                        continue;
                    }
                    self.one(piece, label)?;
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

    fn one(&mut self, piece: &str, label: &str) -> Result<(), String> {
        let bare = bare(piece);
        if let Some(doi) = doi_of_address(bare) {
            self.doi = Some(doi);
        } else if let Some(pmid) = pmid_of_address(bare) {
            self.pmid = Some(pmid);
        } else if let Some(value) =
            behind(bare, &["doi:"]).or((label == "doi" || bare.starts_with("10.")).then_some(bare))
        {
            let doi = as_doi(value).or_else(|| doi_of_address(value));
            self.doi = Some(doi.ok_or(piece)?);
        } else if let Some(value) =
            behind(bare, &["pmid:", "pubmed:", "pmid"]).or((label == "pmid").then_some(bare))
        {
            self.pmid = Some(as_pmid(value).ok_or(piece)?);
        } else if let Some(value) = behind(bare, &["isbn:", "isbn-10:", "isbn-13:"]) {
            self.isbn = Some(isbn(value).ok_or(piece)?);
        } else if is_web_address(bare) {
            self.url = Some(bare.to_owned());
        } else if let Some(isbn) = isbn(bare) {
            self.isbn = Some(isbn);
        } else {
            self.pmid = Some(as_pmid(bare.trim_end_matches('.')).ok_or(piece)?);
        }
        Ok(())
    }
}

/// What stands between spaces, and between commas and semicolons. A DOI may have those within, so
/// they end it only where the next identifier begins.
fn pieces(typed: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for piece in typed.split_whitespace() {
        let mut start = 0;
        for (at, _) in piece.match_indices([',', ';']) {
            let within_doi = piece[start..].contains("10.");
            if at >= start && (!within_doi || begins_one(&piece[at + 1..])) {
                pieces.push(&piece[start..at]);
                start = at + 1;
            }
        }
        pieces.push(&piece[start..]);
    }
    pieces
}

/// Whether an identifier begins that says what it is.
fn begins_one(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["doi:", "pmid", "isbn", "http://", "https://"]
        .iter()
        .any(|name| lower.starts_with(name))
        || as_doi(text).is_some()
}

/// Without what a sentence puts around it: brackets that are not closed or were not opened within,
/// quotation marks, and signs of punctuation at its end.
fn bare(piece: &str) -> &str {
    let mut text = piece;
    loop {
        let before = text;
        for (open, close) in [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')] {
            let count = |sign| text.matches(sign).count();
            if count(close) > count(open) {
                text = text.strip_suffix(close).unwrap_or(text);
            } else if count(open) > count(close) {
                text = text.strip_prefix(open).unwrap_or(text);
            } else if let Some(inside) = text.strip_prefix(open) {
                text = inside.strip_suffix(close).unwrap_or(text);
            }
        }
        text = text.trim_end_matches([',', ';', '"', '”', '“', '\'', '’', '»']);
        text = text.trim_start_matches(['"', '“', '„', '\'', '‘', '«']);
        // The end of a sentence; an address may end with one.
        if !is_web_address(text) || doi_of_address(text).is_some() {
            text = text.trim_end_matches(['.', ':']);
        }
        if text == before {
            return text;
        }
    }
}

/// What follows one of these, in small letters.
fn behind<'a>(text: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| {
        let head = text.get(..prefix.len())?;
        head.eq_ignore_ascii_case(prefix)
            .then(|| &text[prefix.len()..])
    })
}

fn without_scheme(address: &str) -> &str {
    behind(address, &["https://", "http://"]).unwrap_or(address)
}

/// The DOI to which an address leads. In addresses it is percent-encoded.
pub(super) fn doi_of_address(address: &str) -> Option<String> {
    let path = behind(without_scheme(address), &DOI_HOSTS)?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let doi = pieces(&decoded)
        .first()
        .map(|piece| bare(piece))?
        .to_owned();
    as_doi(&doi)
}

/// The number in `PubMed` to which an address leads.
pub(super) fn pmid_of_address(address: &str) -> Option<String> {
    let path = behind(without_scheme(address), &PMID_ADDRESSES)?;
    as_pmid(path.split(['/', '?', '#']).next().unwrap_or_default())
}

/// DOI Handbook, 2.2: a registrant behind `10.`, a slash, and anything that can be seen. Older ones
/// have brackets of all kinds in them, `10.1002/(SICI)1097-0142(19960315)77:6<1099::AID-X>3.0.CO;2-E`.
fn as_doi(text: &str) -> Option<String> {
    let (registrant, suffix) = text.strip_prefix("10.")?.split_once('/')?;
    let registered = (4..=9).contains(&registrant.len())
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let visible = !suffix.is_empty()
        && text.len() <= 250
        && bare(text) == text
        && !suffix.contains(|c: char| {
            c.is_control()
                || c.is_whitespace()
                || matches!(c, '"' | '\\' | '^' | '`' | '{' | '}' | '|')
        });
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

/// The nine digits that an ISBN of ten digits and one of thirteen that begins with 978 have in common,
/// as the latter's first twelve; any other as it is.
pub(super) fn isbn_13(isbn: &str) -> String {
    match (isbn.len(), isbn.get(..9), isbn.get(..12)) {
        (10, Some(digits), _) => format!("978{digits}"),
        (13, _, Some(digits)) => digits.to_owned(),
        _ => isbn.to_owned(),
    }
}

/// `http` or `https`, a host with a dot in it, and nothing that has no place in an address.
pub(super) fn is_web_address(text: &str) -> bool {
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
    fn identifiers_are_found_in_what_stands_around_them() {
        for (typed, found) in [
            (
                "10.1002/(SICI)1097-0142(19960315)77:6<1099::AID-TEST17>3.0.CO;2-E",
                "DOI:10.1002/(SICI)1097-0142(19960315)77:6<1099::AID-TEST17>3.0.CO;2-E",
            ),
            (
                "https://doi.org/10.1002/%28SICI%291097-0142%2819960315%2977%3A6%3C1099%3A%3AAID-TEST17%3E3.0.CO%3B2-E",
                "DOI:10.1002/(SICI)1097-0142(19960315)77:6<1099::AID-TEST17>3.0.CO;2-E",
            ),
            (
                "https://www.doi.org/10.1056/NEJMra1011442",
                "DOI:10.1056/NEJMra1011442",
            ),
            ("doi.org/10.1056/NEJMra1011443", "DOI:10.1056/NEJMra1011443"),
            (
                "HTTPS://DX.DOI.ORG/10.1056/NEJMra1011443",
                "DOI:10.1056/NEJMra1011443",
            ),
            (
                "10.1016/S0140-6736(24)00001-1).",
                "DOI:10.1016/S0140-6736(24)00001-1",
            ),
            (
                "(doi:10.1016/S0140-6736(24)00001-1)",
                "DOI:10.1016/S0140-6736(24)00001-1",
            ),
            ("<https://doi.org/10.1056/x>", "DOI:10.1056/x"),
            (
                "doi:10.1056/x,PMID:21410373;",
                "DOI:10.1056/x PMID:21410373",
            ),
            (
                "https://www.ncbi.nlm.nih.gov/pubmed/21410373",
                "PMID:21410373",
            ),
            (
                "https://pubmed.ncbi.nlm.nih.gov/21410374/?from=x",
                "PMID:21410374",
            ),
            ("PMID 21410375.", "PMID:21410375"),
            (
                "PubMed PMID: 21410376; doi: 10.1056/x.",
                "DOI:10.1056/x PMID:21410376",
            ),
            (
                "(https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3042012/)",
                "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3042012/",
            ),
            (
                "https://en.wikipedia.org/wiki/Marker_(genetics)",
                "https://en.wikipedia.org/wiki/Marker_(genetics)",
            ),
        ] {
            assert_eq!(identified(typed), Ok(found.to_owned()), "{typed}");
        }
    }

    #[test]
    fn one_work_is_recognised_in_every_form() {
        let work = |typed: &str| {
            let mut reference = Reference::default();
            reference.identify(typed).unwrap();
            reference
        };
        let old = Reference {
            url: Some("https://www.doi.org/10.1056/NEJMRA1011442".to_owned()),
            ..Reference::default()
        };
        let sici = "10.1002/(SICI)1097-0142(19960315)77:6<1099::AID-TEST17>3.0.CO;2-E";
        for (one, another) in [
            (work("doi.org/10.1056/nejmra1011442"), old),
            (work(sici), work(&work(sici).href().unwrap())),
            (
                work("PMID 21410373"),
                work("https://www.ncbi.nlm.nih.gov/pubmed/21410373"),
            ),
            (work("0-8044-2957-x"), work("978-0-8044-2957-3")),
        ] {
            assert!(one.is_same_work(&another), "{one:?} {another:?}");
        }
        assert!(!work("10.1056/x").is_same_work(&work("10.1056/y")));
        assert!(!Reference::default().is_same_work(&Reference::default()));
    }

    #[test]
    fn links_to_a_doi_are_encoded() {
        let mut reference = Reference::default();
        reference
            .identify("10.1002/(SICI)1097<1099::A#B?C%D>3.0.CO;2-E")
            .unwrap();
        assert_eq!(
            reference.href().unwrap(),
            "https://doi.org/10.1002/(SICI)1097%3C1099::A%23B%3FC%25D%3E3.0.CO;2-E"
        );
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
