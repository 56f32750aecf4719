//! Strings that are trouble for programs which take them for anything but text.

use serde::Deserialize;

use crate::test_data;

/// Our own, on which tests always run.
pub(crate) fn odd() -> Vec<String> {
    serde_json::from_str(include_str!("odd_strings.json")).unwrap()
}

/// Both kinds of files are lists.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(String),
    Vector { payload: String },
}

/// Those in a file of the real data, or `None` where there is no such data.
pub(crate) fn real(file: &str) -> Option<Vec<String>> {
    let json = std::fs::read(test_data::file(file)?).unwrap();
    let entries: Vec<Entry> = serde_json::from_slice(&json).unwrap();
    let texts = entries.into_iter().map(|entry| match entry {
        Entry::Text(text) | Entry::Vector { payload: text } => text,
    });
    Some(texts.collect())
}
