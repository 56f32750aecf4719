//! Searching through the service: the index follows the catalogue. How it ranks is tested where it
//! is written.

use domain::{
    account::Actor,
    catalogue::{Catalogue, Matched, Resolved, SEARCH_PAGE},
};

use crate::{
    bed::Bed,
    release::{group, mondo, obsolete, term},
};

contract! {
    an_empty_catalogue_finds_nothing,
    names_and_codes_are_found,
    everyday_names_are_found_and_stay,
    suggestions_are_short,
    changes_are_found_at_once,
    results_come_in_pages,
    many_search_while_the_index_is_built,
}

async fn an_empty_catalogue_finds_nothing(bed: Bed) {
    let catalogue = bed.storage.catalogue();
    let answer = catalogue
        .search(Actor::Visitor, "myeloma", 0)
        .await
        .unwrap();
    assert_eq!(
        (answer.total, answer.hits.len(), &*answer.query),
        (0, 0, "myeloma")
    );
    assert!(
        catalogue
            .suggest(Actor::Visitor, "my")
            .await
            .unwrap()
            .is_empty()
    );
}

async fn names_and_codes_are_found(bed: Bed) {
    bed.import(mondo([
        group("MONDO:100", "myeloma family"),
        term("MONDO:9693", "plasma cell myeloma")
            .display("Multiple myeloma")
            .synonym("Kahler's disease")
            .summary("A cancer of blood cells.")
            .definition("Not shown where there is a summary: gammopathy.")
            .code("ORPHA:29073")
            .code("ICD-10:C90.0"),
    ]))
    .await;
    let catalogue = bed.storage.catalogue();
    let synonym = |name: &str| Matched::Synonym(name.to_owned());
    let code = |code: &str| Matched::Code(code.to_owned());
    for (query, matched) in [
        ("multiple myeloma", Matched::Name),
        ("plasma cell", synonym("plasma cell myeloma")),
        ("kahlers", synonym("Kahler's disease")),
        ("Morbus Kahler", synonym("Kahler's disease")),
        ("myeloma cancer", Matched::Summary),
        ("ORPHA:29073", code("ORPHA:29073")),
        ("C90.0", code("ICD-10:C90.0")),
        ("MONDO:0009693", code("MONDO:0009693")),
        ("mutiple mieloma", Matched::Name),
    ] {
        let answer = catalogue.search(Actor::Visitor, query, 0).await.unwrap();
        assert_eq!(answer.total, 1, "{query}");
        assert_eq!(answer.hits[0].slug, "multiple-myeloma", "{query}");
        assert_eq!(answer.hits[0].matched, matched, "{query}");
        let summary = answer.hits[0].summary.as_deref();
        assert_eq!(summary, Some("A cancer of blood cells."), "{query}");
    }
    assert!(bed.found("myeloma gammopathy").await.is_empty());
    // Symptoms are not searched.
    assert!(bed.found("cancer of blood").await.is_empty());
    assert!(bed.found("gammopathy").await.is_empty());
    assert!(bed.found("family").await.is_empty());
}

async fn everyday_names_are_found_and_stay(bed: Bed) {
    let release = |synonym: &str| {
        mondo([
            term("MONDO:1", "alpha disease").synonym(synonym),
            term("MONDO:2", "short disease")
                .synonym("ZZ")
                .synonym("omega"),
            term("MONDO:3", "gamma disease"),
        ])
        .everyday("MONDO:1", "Omega")
        .everyday("MONDO:1", "ZZ")
        .everyday("MONDO:1", "Äußerste Krankheit")
        .everyday("MONDO:3", "ABC1 gene")
    };
    bed.import(release("one")).await;
    let catalogue = bed.storage.catalogue();
    let matched = async |query: &str| {
        let answer = catalogue.search(Actor::Visitor, query, 0).await.unwrap();
        let hit = answer.hits.into_iter().next().unwrap();
        (hit.name, hit.matched)
    };
    let alpha = |name: &str| {
        (
            "Alpha disease".to_owned(),
            Matched::Synonym(name.to_owned()),
        )
    };
    // Before the name that a source gives to another condition.
    assert_eq!(matched("zz").await, alpha("ZZ"));
    // A gene is found, and is no name.
    assert_eq!(matched("abc1").await.0, "Gamma disease");
    assert!(bed.condition("gamma-disease").await.synonyms.is_empty());
    assert_eq!(
        matched("äusserste krankheit").await,
        alpha("Äußerste Krankheit")
    );
    let moved = catalogue.condition(Actor::Visitor, "ausserste-krankheit");
    assert!(matches!(moved.await, Ok(Resolved::Moved { slug }) if slug == "alpha-disease"));
    // The same names come again; the source has one of them by now, and another is gone.
    bed.import(release("zz").dated("2")).await;
    assert_eq!(matched("omega").await, alpha("Omega"));
    assert_eq!(matched("zz").await.0, "Alpha disease");
    bed.import(mondo([term("MONDO:1", "alpha disease")]).everyday("MONDO:1", "Psi"))
        .await;
    assert_eq!(matched("psi").await, alpha("Psi"));
    assert_eq!(bed.found("omega").await, ["Short disease"]);
    // They are no source of data.
    let sources = catalogue.sources(Actor::Visitor).await.unwrap();
    assert_eq!(sources.len(), 1);
}

async fn suggestions_are_short(bed: Bed) {
    let terms = (1..=20).map(|number| {
        term(&format!("MONDO:{number}"), &format!("ataxia {number}")).summary("In short.")
    });
    bed.import(mondo(terms)).await;
    let catalogue = bed.storage.catalogue();
    let hits = catalogue.suggest(Actor::Visitor, "atax").await.unwrap();
    assert_eq!(hits.len(), 8);
    assert!(hits.iter().all(|hit| hit.summary.is_none()));
}

async fn changes_are_found_at_once(bed: Bed) {
    let alpha = || term("MONDO:1", "alpha disease");
    bed.import(mondo([alpha()])).await;
    assert_eq!(bed.found("alpha").await, ["Alpha disease"]);
    // A new synonym, a new name, a new code, a new condition.
    bed.import(mondo([alpha().synonym("zebra")])).await;
    assert_eq!(bed.found("zebra").await, ["Alpha disease"]);
    bed.import(mondo([alpha().code("OMIM:123456")]).named("MONDO:1", "Omega disease"))
        .await;
    assert_eq!(bed.found("omega").await, ["Omega disease"]);
    assert_eq!(bed.found("alpha").await, ["Omega disease"]);
    assert_eq!(bed.found("OMIM:123456").await, ["Omega disease"]);
    assert!(bed.found("zebra").await.is_empty());
    bed.import(mondo([term("MONDO:2", "alpine disease")])).await;
    assert_eq!(bed.found("alpine").await, ["Alpine disease"]);
    bed.import(mondo(
        [obsolete("MONDO:2", "alpine").replaced_by("MONDO:1")],
    ))
    .await;
    assert!(bed.found("alpine").await.is_empty());
}

async fn results_come_in_pages(bed: Bed) {
    let names =
        (1..=45).map(|number| term(&format!("MONDO:{number}"), &format!("ataxia {number:02}")));
    bed.import(mondo(names)).await;
    let catalogue = bed.storage.catalogue();
    let mut seen = Vec::new();
    for from in [0, SEARCH_PAGE, 2 * SEARCH_PAGE] {
        let answer = catalogue
            .search(Actor::Visitor, "ataxia", from)
            .await
            .unwrap();
        assert_eq!((answer.total, answer.from), (45, from));
        seen.extend(answer.hits.into_iter().map(|hit| hit.slug));
    }
    assert_eq!(seen.len(), 45);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    let beyond = catalogue
        .search(Actor::Visitor, "ataxia", usize::MAX)
        .await
        .unwrap();
    assert!(beyond.hits.is_empty());
}

async fn many_search_while_the_index_is_built(bed: Bed) {
    let names =
        (1..=500).map(|number| term(&format!("MONDO:{number}"), &format!("ataxia {number}")));
    bed.import(mondo(names)).await;
    let searches: Vec<_> = (1..=50)
        .map(|number| {
            let catalogue = bed.storage.catalogue();
            tokio::spawn(async move {
                let query = format!("ataxia {number}");
                let answer = catalogue.search(Actor::Visitor, &query, 0).await.unwrap();
                assert_eq!(answer.hits[0].slug, format!("ataxia-{number}"));
            })
        })
        .collect();
    for search in searches {
        search.await.unwrap();
    }
}
