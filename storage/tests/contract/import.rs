//! Releases come in: what is new, changed and unchanged, and what a second source adds.

use domain::{
    Error,
    account::Actor,
    catalogue::{Catalogue, ImportReport, Progress, Refusal, Silent},
};
use std::sync::Mutex;

use crate::{
    bed::{Bed, names},
    release::{Release, code, group, mondo, release, term},
};

contract! {
    a_first_release_is_all_new,
    the_same_release_again_is_unchanged,
    what_differs_is_changed,
    terms_of_the_same_name_have_different_slugs,
    a_wish_for_a_slug_is_granted_if_it_is_free,
    a_repeated_identifier_is_refused,
    refusals_of_the_reader_are_handed_on,
    a_term_known_by_its_code_is_not_doubled,
    a_code_of_two_conditions_recognises_neither,
    summaries_outlive_releases_without,
    definitions_and_parents_follow_the_release,
    a_family_that_becomes_a_condition_has_a_page,
    a_page_stays_a_page,
    progress_ends_at_the_total,
    more_rows_than_one_statement_takes,
    an_empty_release_does_no_harm,
    visitors_do_not_import,
}

fn counts(report: &ImportReport) -> [u64; 5] {
    [
        report.selected,
        report.families,
        report.new,
        report.changed,
        report.unchanged,
    ]
}

fn small() -> Release {
    mondo([
        group("MONDO:100", "blood disease"),
        term("MONDO:1", "plasma cell myeloma")
            .synonym("Kahler's disease")
            .code("ORPHA:29073")
            .under("MONDO:100"),
        term("MONDO:2", "hemophilia A").under("MONDO:100"),
    ])
}

async fn a_first_release_is_all_new(bed: Bed) {
    let report = bed.import(small()).await;
    assert_eq!(counts(&report), [2, 1, 2, 0, 0]);
    assert_eq!((report.read, report.withdrawn), (3, 0));
    assert_eq!(report.refused, []);
    let condition = bed.condition("plasma-cell-myeloma").await;
    assert_eq!(condition.name, "Plasma cell myeloma");
    assert_eq!(condition.ontology_name, None);
    assert_eq!(condition.codes, [code("MONDO:1"), code("ORPHA:29073")]);
    assert_eq!(condition.source.unwrap().name, "Mondo");
    assert_eq!(condition.updated, "2026-01-03");
}

async fn the_same_release_again_is_unchanged(bed: Bed) {
    bed.import(small()).await;
    let before = bed.condition("plasma-cell-myeloma").await;
    bed.days_pass(1);
    let report = bed.import(small()).await;
    assert_eq!(counts(&report), [2, 1, 0, 0, 2]);
    assert_eq!(bed.condition("plasma-cell-myeloma").await, before);
    // The release that is credited moves on even so.
    bed.import(small().dated("2027-05-01")).await;
    let credited = bed.condition("plasma-cell-myeloma").await.source.unwrap();
    assert_eq!(credited.release, "2027-05-01");
}

async fn what_differs_is_changed(bed: Bed) {
    let alpha = || term("MONDO:1", "alpha").synonym("first").code("OMIM:1");
    bed.import(mondo([alpha(), term("MONDO:2", "beta")])).await;
    bed.days_pass(1);
    for changed in [
        alpha().synonym("second"),
        alpha().code("OMIM:2"),
        alpha().definition("It is the first."),
        alpha().summary("The first."),
        alpha().under("MONDO:2"),
        term("MONDO:1", "alpha"),
    ] {
        let report = bed.import(mondo([changed, term("MONDO:2", "beta")])).await;
        assert_eq!(counts(&report), [2, 0, 0, 1, 1]);
    }
    let condition = bed.condition("alpha").await;
    assert_eq!(
        (&*condition.updated, condition.synonyms.len()),
        ("2026-01-04", 0)
    );
    assert_eq!(condition.codes, [code("MONDO:1")]);
    assert_eq!(bed.condition("beta").await.updated, "2026-01-03");
}

async fn terms_of_the_same_name_have_different_slugs(bed: Bed) {
    let twins = || {
        mondo([
            term("MONDO:1", "long QT syndrome"),
            term("MONDO:2", "Long-QT syndrome"),
            term("MONDO:3", "long qt syndrome"),
        ])
    };
    bed.import(twins()).await;
    let all = [
        ("long-qt-syndrome", "MONDO:1"),
        ("long-qt-syndrome-2", "MONDO:2"),
        ("long-qt-syndrome-3", "MONDO:3"),
    ];
    for (slug, curie) in all {
        assert_eq!(bed.condition(slug).await.codes, [code(curie)]);
    }
    // In another order, with another one before them and with other names: the same addresses.
    bed.import(mondo([
        term("MONDO:3", "long qt syndrome").synonym("LQT3"),
        term("MONDO:4", "long QT-syndrome"),
        term("MONDO:1", "Romano-Ward syndrome"),
        term("MONDO:2", "Long-QT syndrome").synonym("LQT2"),
    ]))
    .await;
    for (slug, curie) in all {
        assert_eq!(bed.condition(slug).await.codes, [code(curie)]);
    }
    assert_eq!(
        bed.condition("long-qt-syndrome-4").await.codes,
        [code("MONDO:4")]
    );
    // A family and a condition may have the same address: they lie in different folders.
    bed.import(mondo([group("MONDO:5", "long QT syndrome")]))
        .await;
    assert_eq!(
        bed.family("long-qt-syndrome").await.name,
        "Long QT syndrome"
    );
}

async fn a_wish_for_a_slug_is_granted_if_it_is_free(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "a very long name").slug("short"),
        term("MONDO:2", "another").slug("short"),
    ]))
    .await;
    assert_eq!(bed.condition("short").await.codes, [code("MONDO:1")]);
    assert_eq!(bed.condition("short-2").await.codes, [code("MONDO:2")]);
    assert_eq!(bed.moved("a-very-long-name").await, "short");
}

async fn a_repeated_identifier_is_refused(bed: Bed) {
    let report = bed
        .import(mondo([
            term("MONDO:1", "first").line(10),
            term("MONDO:1", "second").line(20),
        ]))
        .await;
    let refusal = Refusal {
        line: 20,
        subject: "MONDO:0000001".to_owned(),
        reason: "the same identifier stands twice in the source".to_owned(),
    };
    assert_eq!(report.refused, [refusal]);
    assert_eq!(counts(&report), [1, 0, 1, 0, 0]);
    assert_eq!(names(&bed.all().await), ["First"]);
}

async fn refusals_of_the_reader_are_handed_on(bed: Bed) {
    let refusal = Refusal {
        line: 7,
        subject: "MONDO:x".to_owned(),
        reason: "this is no identifier".to_owned(),
    };
    let mut import: domain::catalogue::CatalogueImport = small().into();
    import.refused.push(refusal.clone());
    assert_eq!(bed.import(import).await.refused, [refusal]);
}

async fn a_term_known_by_its_code_is_not_doubled(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "multiple myeloma").code("DOID:9538")
    ]))
    .await;
    let other = || {
        release(
            "Disease Ontology",
            [
                term("DOID:9538", "myeloma of plasma cells").synonym("only there"),
                term("DOID:1", "light chain myeloma").under("DOID:9538"),
            ],
        )
    };
    assert_eq!(counts(&bed.import(other()).await), [2, 0, 1, 0, 1]);
    assert_eq!(
        names(&bed.all().await),
        ["Light chain myeloma", "Multiple myeloma"]
    );
    assert_eq!(bed.with_code("DOID:9538").await, ["multiple-myeloma"]);
    // What is below it there is below it here.
    let child = bed.condition("light-chain-myeloma").await;
    assert_eq!(names(&child.parents), ["Multiple myeloma"]);
    assert_eq!(counts(&bed.import(other()).await), [2, 0, 0, 0, 2]);
}

async fn a_code_of_two_conditions_recognises_neither(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "one half").code("DOID:7"),
        term("MONDO:2", "other half").code("DOID:7"),
    ]))
    .await;
    let report = bed
        .import(release("Disease Ontology", [term("DOID:7", "whole")]))
        .await;
    assert_eq!(report.new, 1);
    let with_code = bed.with_code("DOID:7").await;
    assert_eq!(with_code, ["one-half", "other-half", "whole"]);
}

async fn summaries_outlive_releases_without(bed: Bed) {
    let starter = term("MONDO:1", "multiple myeloma")
        .summary("A cancer of the blood.")
        .definition("Written for people.");
    bed.import(release("RareShare", [starter])).await;
    bed.import(mondo([term("MONDO:1", "plasma cell myeloma")]))
        .await;
    let condition = bed.condition("multiple-myeloma").await;
    assert_eq!(condition.summary.as_deref(), Some("A cancer of the blood."));
    assert_eq!(condition.definition.as_deref(), Some("Written for people."));
    assert_eq!(condition.source.unwrap().name, "Mondo");
    bed.import(mondo([term("MONDO:1", "plasma cell myeloma")
        .summary("Blood cells.")
        .definition("A B-cell neoplasm.")]))
        .await;
    let condition = bed.condition("multiple-myeloma").await;
    assert_eq!(condition.summary.as_deref(), Some("Blood cells."));
    assert_eq!(condition.definition.as_deref(), Some("A B-cell neoplasm."));
}

async fn definitions_and_parents_follow_the_release(bed: Bed) {
    let families = [
        group("MONDO:100", "first family"),
        group("MONDO:200", "second family"),
    ];
    let terms = |child| families.iter().cloned().chain([child]);
    bed.import(mondo(terms(term("MONDO:1", "alpha").under("MONDO:100"))))
        .await;
    bed.import(mondo(terms(term("MONDO:1", "alpha").under("MONDO:200"))))
        .await;
    let condition = bed.condition("alpha").await;
    assert_eq!(condition.families.len(), 1);
    assert_eq!(condition.families[0].slug, "second-family");
    assert_eq!(condition.family.unwrap().slug, "second-family");
    assert!(bed.family("first-family").await.list.conditions.is_empty());
}

async fn a_family_that_becomes_a_condition_has_a_page(bed: Bed) {
    bed.import(mondo([
        group("MONDO:1", "ataxia"),
        term("MONDO:2", "episodic ataxia").under("MONDO:1"),
    ]))
    .await;
    assert!(bed.is_missing("ataxia").await);
    let report = bed
        .import(mondo([
            term("MONDO:1", "ataxia"),
            term("MONDO:2", "episodic ataxia").under("MONDO:1"),
        ]))
        .await;
    assert_eq!(counts(&report), [2, 0, 0, 1, 1]);
    let ataxia = bed.condition("ataxia").await;
    assert_eq!(names(&ataxia.children), ["Episodic ataxia"]);
    // It is no family any more.
    let child = bed.condition("episodic-ataxia").await;
    assert_eq!((child.family, child.families), (None, vec![]));
    let catalogue = bed.storage.catalogue();
    let family = catalogue.family(Actor::Visitor, "ataxia", None).await;
    assert_eq!(family, Err(Error::NotFound));
}

async fn a_page_stays_a_page(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "ataxia")])).await;
    bed.import(mondo([group("MONDO:1", "ataxia")])).await;
    assert_eq!(bed.condition("ataxia").await.name, "Ataxia");
}

/// Writes down what it is told.
#[derive(Default)]
struct Steps(Mutex<Vec<(u64, u64)>>);

impl Progress for Steps {
    fn step(&self, done: u64, total: u64) {
        self.0.lock().unwrap().push((done, total));
    }
}

async fn progress_ends_at_the_total(bed: Bed) {
    let steps = Steps::default();
    let catalogue = bed.storage.catalogue();
    catalogue
        .import(Actor::Operator, small().into(), &steps)
        .await
        .unwrap();
    let steps = steps.0.into_inner().unwrap();
    let (done, total) = *steps.last().unwrap();
    assert!(done == total && total > 0, "{steps:?}");
    assert!(steps.is_sorted());
}

async fn more_rows_than_one_statement_takes(bed: Bed) {
    let many = |synonym: &str| {
        mondo((1..=2_300).map(|number| {
            term(&format!("MONDO:{number}"), &format!("ataxia type {number}"))
                .synonym(&format!("{synonym} {number}"))
                .code(&format!("OMIM:{number}"))
                .under("MONDO:1")
        }))
    };
    assert_eq!(bed.import(many("first")).await.new, 2_300);
    assert_eq!(bed.import(many("second")).await.changed, 2_300);
    assert_eq!(bed.import(many("second")).await.unchanged, 2_300);
    assert_eq!(bed.number("SELECT count(*) FROM synonym").await, 2_300);
    assert_eq!(bed.number("SELECT count(*) FROM lineage").await, 2_299);
    assert_eq!(bed.moved("second-1234").await, "ataxia-type-1234");
}

async fn an_empty_release_does_no_harm(bed: Bed) {
    assert_eq!(counts(&bed.import(mondo([])).await), [0; 5]);
    bed.import(small()).await;
    let report = bed.import(mondo([])).await;
    assert_eq!((counts(&report), report.withdrawn), ([0; 5], 0));
    assert_eq!(bed.all().await.len(), 2);
}

async fn visitors_do_not_import(bed: Bed) {
    let catalogue = bed.storage.catalogue();
    let import = catalogue.import(Actor::Visitor, small().into(), &Silent);
    assert!(matches!(import.await, Err(Error::Forbidden { .. })));
    assert!(bed.all().await.is_empty());
    assert_eq!(bed.number("SELECT count(*) FROM source").await, 0);
}
