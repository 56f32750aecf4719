//! A real community page as text: what it says must be able to stand on ours.

use domain::{
    account::{Actor, Submission},
    wiki::{Entries, EntryChange, Item, SectionKind},
};

use crate::{Site, test_data, words::words};

/// Lines of the page that are the text of a section, by how they begin.
const TEXTS: [(SectionKind, &str); 5] = [
    (
        SectionKind::Description,
        "Multiple Myeloma is a rare type of cancer",
    ),
    (SectionKind::Cause, "No single cause has been proven"),
    (
        SectionKind::Symptoms,
        "Multiple Myeloma is often not detected",
    ),
    (SectionKind::Diagnosis, "The diagnosis of multiple myeloma"),
    (
        SectionKind::Treatment,
        "The treatment of Multiple Myeloma ranges",
    ),
];

/// Sentences, without what ends them.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let folded = normal(text);
    folded
        .split(". ")
        .map(|sentence| sentence.trim().trim_end_matches(['.', '!', ' ']).to_owned())
        .filter(|sentence| !sentence.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
}

/// Quotation marks and white space in one spelling.
fn normal(text: &str) -> String {
    text.replace(['“', '”'], "\"")
        .replace(['‘', '’'], "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn every_sentence_of_the_seed_page_can_be_read_on_ours() {
    let Some(file) = test_data::file("seed/multiple-myeloma.txt") else {
        return;
    };
    let seed = std::fs::read_to_string(file).unwrap();
    let site = Site::open().await;
    site.bare_condition("Multiple Myeloma", "MONDO:9999998")
        .await;
    let wiki = site.storage.wiki();
    let mut expected = Vec::new();
    for (kind, beginning) in TEXTS {
        let text = seed
            .lines()
            .find(|line| line.starts_with(beginning))
            .unwrap();
        site.write("multiple-myeloma-2", kind, text).await;
        expected.extend(sentences(text));
    }
    let tip = seed
        .lines()
        .find_map(|line| line.strip_prefix("Joseph "))
        .unwrap();
    let joseph = EntryChange::Add(Item::Tip {
        name: "Joseph".to_owned(),
        markdown: tip.to_owned(),
    });
    let form = Submission {
        key: "tip".to_owned(),
        body: String::new(),
    };
    let slug = "multiple-myeloma-2";
    let added = wiki.change(
        Actor::Operator,
        slug,
        SectionKind::Tips,
        None,
        joseph,
        &form,
    );
    added.await.unwrap();
    expected.extend(sentences(tip));
    expected.push("Joseph".to_owned());
    expected.extend(
        seed.lines()
            .filter(|line| line.contains("has not been added yet"))
            .map(|line| line.trim().trim_end_matches('.').to_owned()),
    );
    assert!(expected.len() > 60, "only {} sentences", expected.len());
    assert_eq!(
        expected
            .iter()
            .filter(|sentence| sentence.contains("not been added"))
            .count(),
        5
    );
    // The starter catalogue already holds the address.
    let page = normal(&words(
        &site.get("/communities/multiple-myeloma-2").await.text(),
    ));
    for sentence in expected {
        assert!(page.contains(&sentence), "missing: {sentence}");
    }
}
