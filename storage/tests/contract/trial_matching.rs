//! Which conditions a clinical trial is about, and what becomes of that when the catalogue changes.

use domain::{
    account::Actor,
    catalogue::{Scope, Synonym},
    wiki::{Entries, EntryChange, Item, Saved, SectionKind},
};

use crate::{
    bed::Bed,
    release::{code, group, mondo, obsolete, term},
    trials::study,
};

contract! {
    names_synonyms_and_codes_are_compared,
    nothing_is_found_within_a_name,
    a_shared_synonym_needs_a_code,
    families_have_no_trials,
    what_members_add_decides_nothing,
    trials_follow_a_merged_condition,
    a_condition_that_comes_later_gets_its_trials,
    a_name_that_goes_takes_its_trials_along,
}

async fn names_synonyms_and_codes_are_compared(bed: Bed) {
    bed.import(
        mondo([term("MONDO:1", "plasma cell myeloma")
            .synonym("Kahler's disease")
            .scoped("bone marrow cancer", Scope::Broad)
            .code("MESH:D009101")])
        .named("MONDO:1", "Multiple myeloma"),
    )
    .await;
    let mut coded = study(4, &["Neoplasms, Plasma Cell"]);
    coded.codes = vec![code("MESH:D009101"), code("MESH:D054219")];
    let mut other = study(6, &["Neoplasms"]);
    other.codes = vec![code("MESH:D009369")];
    let report = bed
        .read_trials([
            study(1, &["MULTIPLE MYELOMA"]),
            study(2, &["Plasma-Cell Myeloma"]),
            study(3, &["Anything", "Kahlers Disease"]),
            coded,
            // Means more than the condition.
            study(5, &["Bone marrow cancer"]),
            other,
        ])
        .await;
    assert_eq!(report.unmatched, 2);
    assert_eq!(bed.trials("multiple-myeloma").await, [4, 3, 2, 1]);
}

async fn nothing_is_found_within_a_name(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "Farber disease").synonym("Farber")]))
        .await;
    let report = bed
        .read_trials([
            study(1, &["Dana-Farber Cancer Institute"]),
            study(
                2,
                &["Refractory Farber disease", "Disease", "Farber diseases"],
            ),
            study(3, &[]),
        ])
        .await;
    assert_eq!(report.unmatched, 3);
    assert!(bed.trials("farber-disease").await.is_empty());
}

async fn a_shared_synonym_needs_a_code(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "anus cancer")
            .synonym("anal cancer")
            .code("MESH:D001005"),
        term("MONDO:2", "anal carcinoma")
            .synonym("anal cancer")
            .code("MESH:D000002"),
    ]))
    .await;
    let mut decided = study(2, &["Anal Cancer"]);
    decided.codes = vec![code("MESH:D001005")];
    bed.read_trials([study(1, &["Anal Cancer"]), decided]).await;
    assert_eq!(bed.trials("anus-cancer").await, [2]);
    assert!(bed.trials("anal-carcinoma").await.is_empty());
}

async fn families_have_no_trials(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "blood disease").code("MESH:D006402"),
        // The family's name is the family's.
        term("MONDO:1", "alpha")
            .synonym("blood disease")
            .under("MONDO:100"),
    ]))
    .await;
    let mut of_family = study(1, &["Blood Disease"]);
    of_family.codes = vec![code("MESH:D006402")];
    let report = bed.read_trials([of_family]).await;
    assert_eq!(report.unmatched, 1);
    assert!(bed.trials("alpha").await.is_empty());
}

async fn what_members_add_decides_nothing(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    for item in [
        Item::Name(Synonym {
            name: "dana".to_owned(),
            scope: Scope::Exact,
        }),
        Item::Code(code("MESH:D000001")),
    ] {
        let add = EntryChange::Add(item);
        let kind = SectionKind::Synonyms;
        let wiki = bed.storage.wiki();
        let list = wiki.list(Actor::Operator, "alpha", kind).await;
        let base = list.unwrap().head;
        let added = bed.change(Actor::Operator, "alpha", kind, base, add).await;
        assert!(matches!(added, Ok(Saved::Published(_))), "{added:?}");
    }
    let mut both = study(1, &["dana"]);
    both.codes = vec![code("MESH:D000001")];
    let report = bed.read_trials([both]).await;
    assert_eq!(report.unmatched, 1);
    assert!(bed.trials("alpha").await.is_empty());
}

async fn trials_follow_a_merged_condition(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "alpha")
            .synonym("first")
            .code("MESH:D000001"),
        term("MONDO:2", "beta"),
    ]))
    .await;
    let mut coded = study(3, &["x"]);
    coded.codes = vec![code("MESH:D000001")];
    bed.read_trials([
        study(1, &["alpha"]),
        study(2, &["first"]),
        coded,
        study(4, &["beta"]),
    ])
    .await;
    assert_eq!(bed.trials("alpha").await, [3, 2, 1]);
    bed.import(mondo([
        obsolete("MONDO:1", "obsolete alpha").replaced_by("MONDO:2"),
        term("MONDO:2", "beta"),
    ]))
    .await;
    assert_eq!(bed.moved("alpha").await, "beta");
    assert_eq!(bed.trials("beta").await, [4, 3, 2, 1]);
    // What is read in again finds it, too.
    bed.read_trials([study(5, &["Alpha"])]).await;
    assert_eq!(bed.trials("beta").await, [5, 4, 3, 2, 1]);
}

async fn a_condition_that_comes_later_gets_its_trials(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let report = bed
        .read_trials([study(1, &["beta"]), study(2, &["second alpha"])])
        .await;
    assert_eq!(report.unmatched, 2);
    bed.import(mondo([
        term("MONDO:1", "alpha").synonym("second alpha"),
        term("MONDO:2", "beta"),
    ]))
    .await;
    assert_eq!(bed.trials("alpha").await, [2]);
    assert_eq!(bed.trials("beta").await, [1]);
}

async fn a_name_that_goes_takes_its_trials_along(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").synonym("wrong name")]))
        .await;
    let mut wide = study(1, &["wrong name"]);
    wide.trial.countries = vec!["Japan".to_owned()];
    bed.read_trials([wide, study(2, &["alpha"])]).await;
    assert_eq!(bed.trials("alpha").await, [2, 1]);
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    assert_eq!(bed.trials("alpha").await, [2]);
    assert_eq!(bed.number("SELECT count(*) FROM trial_condition").await, 1);
}
