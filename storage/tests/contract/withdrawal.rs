//! What a source withdraws, replaces or no longer has.

use domain::account::Actor;
use domain::catalogue::Catalogue;

use crate::{
    bed::{Bed, names},
    release::{Release, Term, group, mondo, obsolete, release, term},
};

contract! {
    a_replaced_condition_leads_to_its_replacement,
    a_replacement_that_is_new_is_found,
    a_chain_of_replacements_ends,
    a_condition_is_not_replaced_by_itself,
    a_condition_is_not_replaced_by_a_family,
    the_code_of_a_replaced_term_without_a_page_leads_on,
    that_code_outlives_changes_of_the_replacement,
    a_withdrawn_condition_without_replacement_keeps_its_page,
    a_missing_condition_of_a_complete_release_is_withdrawn,
    a_withdrawn_condition_returns,
    other_sources_are_left_alone,
    a_replaced_family_leads_on,
    a_parent_that_was_replaced_is_not_shown,
}

/// Three conditions of a complete release.
fn three() -> Vec<Term> {
    vec![
        term("MONDO:1", "alpha").synonym("first").code("ORPHA:1"),
        term("MONDO:2", "beta"),
        term("MONDO:3", "gamma"),
    ]
}

/// The same without the first, which something takes the place of.
fn without_alpha(replacement: Option<&str>) -> Release {
    let gone = obsolete("MONDO:1", "obsolete alpha");
    let gone = match replacement {
        Some(curie) => gone.replaced_by(curie),
        None => gone,
    };
    mondo(three().into_iter().skip(1).chain([gone])).complete()
}

async fn a_replaced_condition_leads_to_its_replacement(bed: Bed) {
    bed.import(mondo(three()).complete()).await;
    let report = bed.import(without_alpha(Some("MONDO:3"))).await;
    assert_eq!(
        (report.withdrawn, report.unchanged, report.changed),
        (1, 2, 0)
    );
    assert_eq!(bed.moved("alpha").await, "gamma");
    assert_eq!(names(&bed.all().await), ["Beta", "Gamma"]);
    assert!(bed.found("alpha").await.is_empty());
    // Its codes lead to the replacement too.
    assert_eq!(bed.with_code("MONDO:1").await, ["gamma"]);
    assert_eq!(bed.with_code("ORPHA:1").await, ["gamma"]);
    // Once more changes nothing.
    let (_, before) = bed.changed();
    assert_eq!(bed.import(without_alpha(Some("MONDO:3"))).await.changed, 0);
    assert_eq!(bed.changed().1, before);
}

async fn a_replacement_that_is_new_is_found(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha").replaced_by("MONDO:9"),
        term("MONDO:9", "alpha, classic"),
    ]))
    .await;
    assert_eq!(bed.moved("alpha").await, "alpha-classic");
    // A replacement that becomes known later counts from then on.
    bed.import(mondo(
        [obsolete("MONDO:9", "alpha").replaced_by("MONDO:10")],
    ))
    .await;
    assert_eq!(bed.condition("alpha-classic").await.name, "Alpha, classic");
    bed.import(mondo([
        obsolete("MONDO:9", "alpha").replaced_by("MONDO:10"),
        term("MONDO:10", "alpha, modern"),
    ]))
    .await;
    assert_eq!(bed.moved("alpha-classic").await, "alpha-modern");
}

async fn a_chain_of_replacements_ends(bed: Bed) {
    bed.import(mondo(three())).await;
    bed.import(without_alpha(Some("MONDO:2"))).await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha").replaced_by("MONDO:2"),
        obsolete("MONDO:2", "beta").replaced_by("MONDO:3"),
        term("MONDO:3", "gamma"),
    ]))
    .await;
    let mut slug = "alpha".to_owned();
    for _ in 0..2 {
        if slug != "gamma" {
            slug = bed.moved(&slug).await;
        }
    }
    assert_eq!(slug, "gamma");
    assert_eq!(bed.with_code("MONDO:1").await, ["gamma"]);
}

async fn a_condition_is_not_replaced_by_itself(bed: Bed) {
    bed.import(mondo(three())).await;
    bed.import(without_alpha(Some("MONDO:1"))).await;
    assert_eq!(bed.condition("alpha").await.name, "Alpha");
    // Nor by one that it replaces.
    bed.import(mondo([
        obsolete("MONDO:2", "beta").replaced_by("MONDO:3"),
        obsolete("MONDO:3", "gamma").replaced_by("MONDO:2"),
    ]))
    .await;
    let mut ends = 0;
    for slug in ["beta", "gamma"] {
        ends += u8::from(bed.with_code("MONDO:2").await == [slug]);
    }
    assert_eq!(ends, 1, "the two lead to each other");
}

async fn the_code_of_a_replaced_term_without_a_page_leads_on(bed: Bed) {
    let release = || {
        mondo([
            term("MONDO:1", "alpha"),
            obsolete("MONDO:7", "former alpha").replaced_by("MONDO:1"),
            obsolete("MONDO:8", "gone"),
        ])
    };
    let report = bed.import(release()).await;
    assert_eq!((report.new, report.withdrawn), (1, 0));
    assert_eq!(bed.with_code("MONDO:7").await, ["alpha"]);
    assert!(bed.with_code("MONDO:8").await.is_empty());
    assert_eq!(bed.import(release()).await.unchanged, 1);
    assert_eq!(bed.with_code("MONDO:7").await, ["alpha"]);
}

async fn that_code_outlives_changes_of_the_replacement(bed: Bed) {
    let former = || obsolete("MONDO:7", "former alpha").replaced_by("MONDO:1");
    bed.import(mondo([term("MONDO:1", "alpha"), former()]))
        .await;
    bed.import(mondo([term("MONDO:1", "alpha").synonym("first"), former()]))
        .await;
    assert_eq!(bed.with_code("MONDO:7").await, ["alpha"]);
}

async fn a_withdrawn_condition_without_replacement_keeps_its_page(bed: Bed) {
    bed.import(mondo(three())).await;
    assert_eq!(bed.import(without_alpha(None)).await.withdrawn, 1);
    // People may have written there.
    assert_eq!(bed.condition("alpha").await.name, "Alpha");
    assert_eq!(
        bed.number("SELECT count(*) FROM condition WHERE withdrawn")
            .await,
        1
    );
    // A replacement named later is taken.
    bed.import(without_alpha(Some("MONDO:2"))).await;
    assert_eq!(bed.moved("alpha").await, "beta");
}

async fn a_missing_condition_of_a_complete_release_is_withdrawn(bed: Bed) {
    bed.import(mondo(three()).complete()).await;
    let rest = || mondo(three().into_iter().take(2));
    assert_eq!(bed.import(rest()).await.withdrawn, 0);
    let withdrawn = "SELECT count(*) FROM condition WHERE withdrawn";
    assert_eq!(bed.number(withdrawn).await, 0);
    assert_eq!(bed.import(rest().complete()).await.withdrawn, 1);
    assert_eq!(bed.number(withdrawn).await, 1);
    assert_eq!(bed.condition("gamma").await.name, "Gamma");
    // It stays so without being written again.
    let (_, before) = bed.changed();
    assert_eq!(bed.import(rest().complete()).await.withdrawn, 1);
    assert_eq!(bed.changed().1, before);
}

async fn a_withdrawn_condition_returns(bed: Bed) {
    bed.import(mondo(three()).complete()).await;
    bed.import(without_alpha(Some("MONDO:2"))).await;
    let report = bed.import(mondo(three()).complete()).await;
    assert_eq!(
        (report.changed, report.unchanged, report.withdrawn),
        (1, 2, 0)
    );
    assert_eq!(bed.condition("alpha").await.name, "Alpha");
    assert_eq!(bed.with_code("ORPHA:1").await, ["alpha"]);
    assert_eq!(bed.found("first").await, ["Alpha"]);
    assert_eq!(bed.import(mondo(three()).complete()).await.unchanged, 3);
}

async fn other_sources_are_left_alone(bed: Bed) {
    bed.import(release("RareShare", three())).await;
    let report = bed
        .import(mondo([term("MONDO:1", "alpha")]).complete())
        .await;
    assert_eq!(report.withdrawn, 0);
    assert_eq!(
        bed.number("SELECT count(*) FROM condition WHERE withdrawn")
            .await,
        0
    );
}

async fn a_replaced_family_leads_on(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "old family"),
        group("MONDO:200", "new family"),
        term("MONDO:1", "alpha").under("MONDO:100"),
    ]))
    .await;
    bed.import(mondo([
        obsolete("MONDO:100", "old family").replaced_by("MONDO:200"),
        group("MONDO:200", "new family"),
        term("MONDO:1", "alpha").under("MONDO:200"),
    ]))
    .await;
    let catalogue = bed.storage.catalogue();
    let moved = catalogue.family(Actor::Visitor, "old-family", None).await;
    let slug = "new-family".to_owned();
    assert_eq!(moved, Ok(domain::catalogue::Resolved::Moved { slug }));
    let groups = catalogue.families(Actor::Visitor).await.unwrap();
    assert_eq!(groups.len(), 1);
    assert_eq!(
        bed.condition("alpha").await.family.unwrap().slug,
        "new-family"
    );
}

async fn a_parent_that_was_replaced_is_not_shown(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "alpha"),
        term("MONDO:2", "alpha type 2").under("MONDO:1"),
        term("MONDO:3", "alpha type 3"),
    ]))
    .await;
    bed.import(mondo([obsolete("MONDO:1", "alpha").replaced_by("MONDO:3")]))
        .await;
    assert!(bed.condition("alpha-type-2").await.parents.is_empty());
}

async fn a_condition_is_not_replaced_by_a_family(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "alpha"),
        group("MONDO:100", "alphas"),
    ]))
    .await;
    bed.import(mondo([
        obsolete("MONDO:1", "alpha").replaced_by("MONDO:100")
    ]))
    .await;
    // A redirect to `/communities/alphas` would lead nowhere.
    assert_eq!(bed.condition("alpha").await.name, "Alpha");
}
