//! The alphabetical list.

use domain::{
    Error,
    account::Actor,
    catalogue::{Catalogue, Letter},
};

use crate::{
    bed::{Bed, names},
    release::{Term, mondo, term},
};

contract! {
    every_condition_is_on_exactly_one_page,
    a_letter_has_its_own_list,
    names_sort_by_what_is_heard,
    cursors_that_name_nothing_are_not_found,
    a_cursor_outlives_a_replacement,
    an_empty_catalogue_has_an_empty_list,
}

/// Slugs page by page.
async fn pages(bed: &Bed, letter: Option<Letter>) -> Vec<Vec<String>> {
    let catalogue = bed.storage.catalogue();
    let mut pages = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let list = catalogue
            .list(Actor::Visitor, letter, after.as_deref())
            .await
            .unwrap();
        assert_eq!(list.continued, after.is_some());
        pages.push(list.conditions.into_iter().map(|link| link.slug).collect());
        after = list.next;
        if after.is_none() {
            return pages;
        }
    }
}

/// 250 conditions, of which most share a name and so the key by which they are sorted.
fn many() -> impl Iterator<Item = Term> {
    (1..=250).map(|number| {
        let name = match number {
            1..=200 => "muscular dystrophy".to_owned(),
            201..=225 => format!("myopathy {number}"),
            _ => format!("Ataxia {number}"),
        };
        term(&format!("MONDO:{number}"), &name)
    })
}

async fn every_condition_is_on_exactly_one_page(bed: Bed) {
    bed.import(mondo(many())).await;
    let pages = pages(&bed, None).await;
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [100, 100, 50]);
    let mut seen = pages.concat();
    assert!(seen[..25].iter().all(|slug| slug.starts_with("ataxia")));
    assert!(seen[225..].iter().all(|slug| slug.starts_with("myopathy")));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 250);
}

async fn a_letter_has_its_own_list(bed: Bed) {
    bed.import(mondo(many().chain([
        term("MONDO:900", "22q13 deletion"),
        term("MONDO:901", "Ångström disease"),
        term("MONDO:902", "???"),
    ])))
    .await;
    let list = |letter| pages(&bed, Letter::parse(letter));
    let sizes = |pages: Vec<Vec<String>>| pages.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(sizes(list("m").await), [100, 100, 25]);
    assert_eq!(sizes(list("A").await), [26]);
    assert_eq!(list("0").await.concat(), ["22q13-deletion", "condition"]);
    assert_eq!(sizes(list("z").await), [0]);
    // Together they are all.
    let mut together = 0;
    for letter in Letter::all() {
        together += pages(&bed, Some(letter)).await.concat().len();
    }
    assert_eq!(together, 253);
}

async fn names_sort_by_what_is_heard(bed: Bed) {
    let heard = [
        "alpha",
        "Älpha 2",
        "ALPHA 3",
        "'alpha' 4",
        "alpha-5",
        "beta",
        "Élan",
        "22q",
    ];
    let terms = heard.iter().rev().enumerate();
    bed.import(mondo(
        terms.map(|(index, name)| term(&format!("MONDO:{}", index + 1), name)),
    ))
    .await;
    let all = bed.all().await;
    assert_eq!(
        names(&all),
        [
            "22q",
            "Alpha",
            "Älpha 2",
            "ALPHA 3",
            "'alpha' 4",
            "Alpha-5",
            "Beta",
            "Élan"
        ]
    );
}

async fn cursors_that_name_nothing_are_not_found(bed: Bed) {
    bed.import(mondo(many())).await;
    let catalogue = bed.storage.catalogue();
    for cursor in [
        "nowhere",
        "",
        "Ataxia-226",
        "ataxia 226",
        "\u{0}",
        &"a".repeat(10_000),
    ] {
        let list = catalogue.list(Actor::Visitor, None, Some(cursor)).await;
        assert_eq!(list, Err(Error::NotFound), "{cursor:?}");
    }
}

async fn a_cursor_outlives_a_replacement(bed: Bed) {
    bed.import(mondo(many())).await;
    let catalogue = bed.storage.catalogue();
    let first = catalogue.list(Actor::Visitor, None, None).await.unwrap();
    let cursor = first.next.unwrap();
    let before = catalogue
        .list(Actor::Visitor, None, Some(&cursor))
        .await
        .unwrap();
    // The condition that the cursor names goes while somebody reads the first page.
    let codes = bed.condition(&cursor).await.codes;
    let gone = crate::release::obsolete(&codes[0].to_string(), "gone").replaced_by("MONDO:250");
    bed.import(mondo([gone])).await;
    let after = catalogue
        .list(Actor::Visitor, None, Some(&cursor))
        .await
        .unwrap();
    assert_eq!(after, before);
}

async fn an_empty_catalogue_has_an_empty_list(bed: Bed) {
    assert_eq!(pages(&bed, None).await, [[""; 0]]);
    let families = bed.storage.catalogue().families(Actor::Visitor).await;
    assert_eq!(families, Ok(vec![]));
}
