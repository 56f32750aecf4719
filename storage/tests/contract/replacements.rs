//! What is withdrawn leads to its end, in one release, on reading it in again, and across releases.

use crate::{
    bed::Bed,
    release::{Release, mondo, obsolete, release, term},
};

contract! {
    a_chain_that_never_had_pages_leads_to_its_end,
    an_end_that_comes_with_a_later_release_is_found,
    a_chain_that_grows_leads_further,
    a_search_for_a_replaced_identifier_finds_the_end,
    circles_lead_nowhere_and_end,
    what_leads_elsewhere_now_no_longer_leads_back,
    an_identifier_that_is_in_use_again_is_itself,
    an_empty_release_credits_nobody,
}

/// Alpha with an alternative identifier, and a chain of three that ends at it.
fn chain() -> Release {
    mondo([
        term("MONDO:900001", "alpha storage disease"),
        obsolete("MONDO:900002", "alpha, merged").replaced_by("MONDO:900001"),
        obsolete("MONDO:900003", "old alpha").replaced_by("MONDO:900002"),
        obsolete("MONDO:900004", "older alpha").replaced_by("MONDO:900003"),
        term("MONDO:900005", "beta storage disease"),
        // The later one in the file comes first in the chain, and the other way round.
        obsolete("MONDO:900006", "beta one").replaced_by("MONDO:900007"),
        obsolete("MONDO:900007", "beta two").replaced_by("MONDO:900005"),
    ])
    .complete()
}

async fn leads(bed: &Bed, expected: &[(&str, &str)]) {
    for (curie, name) in expected {
        assert_eq!(bed.found(curie).await, [*name], "{curie}");
        let slug = domain::text::slug(name);
        assert_eq!(bed.with_code(curie).await, [slug], "{curie}");
    }
}

async fn a_chain_that_never_had_pages_leads_to_its_end(bed: Bed) {
    let ends = [
        ("MONDO:0900002", "Alpha storage disease"),
        ("MONDO:0900003", "Alpha storage disease"),
        ("MONDO:0900004", "Alpha storage disease"),
        ("MONDO:0900006", "Beta storage disease"),
        ("MONDO:0900007", "Beta storage disease"),
    ];
    bed.import(chain()).await;
    leads(&bed, &ends).await;
    // Once more changes nothing.
    let (_, before) = bed.changed();
    bed.import(chain()).await;
    assert_eq!(bed.changed().1, before);
    leads(&bed, &ends).await;
}

async fn an_end_that_comes_with_a_later_release_is_found(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1000", "alpha"),
        obsolete("MONDO:2000", "old").replaced_by("MONDO:3000"),
        obsolete("MONDO:4000", "older").replaced_by("MONDO:2000"),
    ]))
    .await;
    assert!(bed.found("MONDO:0002000").await.is_empty());
    // Another file, which says nothing of the old ones.
    bed.import(release("Other", [term("MONDO:3000", "beta")]))
        .await;
    leads(
        &bed,
        &[("MONDO:0002000", "Beta"), ("MONDO:0004000", "Beta")],
    )
    .await;
}

async fn a_chain_that_grows_leads_further(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1000", "alpha"),
        term("MONDO:2000", "beta"),
        term("MONDO:3000", "gamma"),
    ]))
    .await;
    bed.import(mondo([
        obsolete("MONDO:1000", "alpha").replaced_by("MONDO:2000"),
        obsolete("MONDO:9000", "never here").replaced_by("MONDO:1000"),
    ]))
    .await;
    assert_eq!(bed.moved("alpha").await, "beta");
    bed.import(mondo([
        obsolete("MONDO:2000", "beta").replaced_by("MONDO:3000")
    ]))
    .await;
    // In one step.
    assert_eq!(bed.moved("alpha").await, "gamma");
    assert_eq!(bed.moved("beta").await, "gamma");
    leads(&bed, &[("MONDO:0009000", "Gamma")]).await;
}

async fn a_search_for_a_replaced_identifier_finds_the_end(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1000", "alpha").code("ORPHA:77"),
        term("MONDO:2000", "beta"),
    ]))
    .await;
    bed.import(mondo([
        obsolete("MONDO:1000", "alpha").replaced_by("MONDO:2000")
    ]))
    .await;
    leads(&bed, &[("MONDO:0001000", "Beta"), ("ORPHA:77", "Beta")]).await;
}

async fn circles_lead_nowhere_and_end(bed: Bed) {
    let circle = || {
        mondo([
            term("MONDO:1000", "alpha"),
            obsolete("MONDO:2000", "one").replaced_by("MONDO:3000"),
            obsolete("MONDO:3000", "two").replaced_by("MONDO:2000"),
            obsolete("MONDO:4000", "into it").replaced_by("MONDO:3000"),
            obsolete("MONDO:5000", "itself").replaced_by("MONDO:5000"),
        ])
    };
    for _ in 0..2 {
        bed.import(circle()).await;
        for curie in ["MONDO:2000", "MONDO:3000", "MONDO:4000", "MONDO:5000"] {
            assert!(bed.with_code(curie).await.is_empty(), "{curie}");
        }
    }
}

async fn what_leads_elsewhere_now_no_longer_leads_back(bed: Bed) {
    let with = |end: &str| {
        mondo([
            term("MONDO:1000", "alpha"),
            term("MONDO:2000", "beta"),
            obsolete("MONDO:3000", "old").replaced_by(end),
        ])
    };
    bed.import(with("MONDO:1000")).await;
    leads(&bed, &[("MONDO:0003000", "Alpha")]).await;
    bed.import(with("MONDO:2000")).await;
    leads(&bed, &[("MONDO:0003000", "Beta")]).await;
}

async fn an_identifier_that_is_in_use_again_is_itself(bed: Bed) {
    bed.import(chain()).await;
    let report = bed
        .import(mondo([
            term("MONDO:900001", "alpha storage disease"),
            term("MONDO:900003", "gamma storage disease"),
        ]))
        .await;
    assert_eq!((report.new, report.unchanged), (1, 1));
    leads(
        &bed,
        &[
            ("MONDO:0900003", "Gamma storage disease"),
            // What led to it on the way to alpha ends here now.
            ("MONDO:0900004", "Gamma storage disease"),
            ("MONDO:0900002", "Alpha storage disease"),
        ],
    )
    .await;
}

async fn an_empty_release_credits_nobody(bed: Bed) {
    let report = bed.import(mondo([])).await;
    assert_eq!(report.selected, 0);
    assert_eq!(bed.number("SELECT count(*) FROM source").await, 0);
}
