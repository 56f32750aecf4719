use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::identifiers::{doi_of_address, is_web_address, isbn_13, pmid_of_address};

/// What has no place in the path of an address, or means something else there (RFC 3986, 3.3).
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

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
            let doi = utf8_percent_encode(doi, NOT_IN_PATHS);
            return Some(format!("https://doi.org/{doi}"));
        }
        if let Some(pmid) = &self.pmid {
            return Some(format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"));
        }
        self.url.clone().filter(|url| is_web_address(url))
    }

    /// Whether both have an identifier in common, in whatever form it was written: a DOI in capitals
    /// or as a link, an ISBN of ten or of thirteen digits.
    pub fn is_same_work(&self, other: &Self) -> bool {
        let same = |of: fn(&Self) -> Option<String>| {
            of(self).is_some_and(|one| of(other).is_some_and(|another| one == another))
        };
        same(|work| {
            let doi = work.doi.clone();
            doi.or_else(|| doi_of_address(work.url.as_deref()?))
                .map(|doi| doi.to_ascii_lowercase())
        }) || same(|work| {
            let pmid = work.pmid.clone();
            pmid.or_else(|| pmid_of_address(work.url.as_deref()?))
        }) || same(|work| work.isbn.as_deref().map(isbn_13))
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
}
