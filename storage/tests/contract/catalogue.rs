//! What the pages around the conditions read.

use domain::{
    account::Actor,
    catalogue::{Catalogue, Overview, Resolved, SitemapEntry},
    wiki::SectionKind,
};

use crate::{
    bed::Bed,
    release::{group, mondo, obsolete, release, term},
    texts::{about, sections},
};

contract! {
    unknown_addresses_are_not_found,
    an_address_as_people_write_it_leads_to_the_condition,
    the_overview_counts_conditions_with_a_page,
    the_overview_begins_with_complete_conditions,
    sources_are_credited_in_order,
    the_sitemap_has_only_what_people_wrote,
    the_sitemap_comes_in_pages,
    what_operators_read_visitors_read,
}

/// All sections that are texts.
const TEXTS: [SectionKind; 8] = [
    SectionKind::Description,
    SectionKind::Acknowledgement,
    SectionKind::Cause,
    SectionKind::Symptoms,
    SectionKind::Diagnosis,
    SectionKind::DiagnosticTests,
    SectionKind::Treatment,
    SectionKind::Prognosis,
];

async fn unknown_addresses_are_not_found(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    for slug in ["beta", "", "Beta", "al pha", "/", "%61lpha", "\0", "alph_"] {
        assert!(bed.is_missing(slug).await, "{slug}");
    }
}

async fn an_address_as_people_write_it_leads_to_the_condition(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha disease")])).await;
    let catalogue = bed.storage.catalogue();
    for written in [
        "Alpha-Disease",
        "alpha_disease",
        "alpha disease",
        "alpha-disease.",
        "ａlpha-disease",
    ] {
        let found = catalogue.condition(Actor::Visitor, written).await;
        assert!(
            matches!(&found, Ok(Resolved::Moved { slug }) if slug == "alpha-disease"),
            "{written}"
        );
    }
}

async fn overview(bed: &Bed) -> Overview {
    let catalogue = bed.storage.catalogue();
    catalogue.overview(Actor::Visitor).await.unwrap()
}

async fn the_overview_counts_conditions_with_a_page(bed: Bed) {
    assert_eq!(overview(&bed).await.conditions, 0);
    bed.import(mondo([
        group("MONDO:100", "family"),
        term("MONDO:1", "alpha"),
        term("MONDO:2", "beta"),
        term("MONDO:3", "gamma"),
    ]))
    .await;
    bed.import(mondo([obsolete("MONDO:3", "gamma").replaced_by("MONDO:2")]))
        .await;
    let overview = overview(&bed).await;
    assert_eq!((overview.conditions, overview.complete), (2, vec![]));
}

async fn the_overview_begins_with_complete_conditions(bed: Bed) {
    let terms = "abcdefgh".chars().enumerate().map(|(index, letter)| {
        term(&format!("MONDO:{}", index + 1), &format!("{letter}taxia")).summary("In short.")
    });
    bed.import(mondo(terms)).await;
    for letter in "hgfedcb".chars() {
        for kind in TEXTS {
            bed.save(&format!("{letter}taxia"), kind, "Text.").await;
        }
    }
    // Imported texts do not make a condition complete.
    bed.read_in(sections(
        TEXTS.map(|kind| about("ataxia", "MONDO:1", kind, "Text.")),
    ))
    .await;
    let complete = overview(&bed).await.complete;
    let names: Vec<&str> = complete.iter().map(|teaser| &*teaser.name).collect();
    assert_eq!(
        names,
        ["Btaxia", "Ctaxia", "Dtaxia", "Etaxia", "Ftaxia", "Gtaxia"]
    );
    assert_eq!(complete[0].slug, "btaxia");
    assert_eq!(complete[0].summary.as_deref(), Some("In short."));
}

async fn sources_are_credited_in_order(bed: Bed) {
    bed.import(release("beta source", [term("MONDO:1", "alpha")]))
        .await;
    bed.import(release("Gamma source", [term("MONDO:2", "beta")]))
        .await;
    bed.import(release("Alpha source", [term("MONDO:3", "gamma")]))
        .await;
    bed.import(release("Gamma source", [term("MONDO:2", "beta")]).dated("2027"))
        .await;
    let sources = bed
        .storage
        .catalogue()
        .sources(Actor::Visitor)
        .await
        .unwrap();
    let names: Vec<&str> = sources.iter().map(|source| &*source.name).collect();
    assert_eq!(names, ["Alpha source", "beta source", "Gamma source"]);
    assert_eq!(sources[2].release, "2027");
    assert_eq!(sources[0].attribution, "From Alpha source.");
}

async fn sitemap(bed: &Bed, page: u64, size: u64) -> Vec<SitemapEntry> {
    let catalogue = bed.storage.catalogue();
    catalogue.sitemap(Actor::Visitor, page, size).await.unwrap()
}

async fn the_sitemap_has_only_what_people_wrote(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "nothing"),
        term("MONDO:2", "imported"),
        term("MONDO:3", "written"),
        term("MONDO:4", "tipped"),
        term("MONDO:5", "replaced"),
    ]))
    .await;
    bed.read_in(sections([
        about("imported", "MONDO:2", SectionKind::Cause, "Imported."),
        about("written", "MONDO:3", SectionKind::Cause, "Imported."),
    ]))
    .await;
    bed.days_pass(2);
    bed.save("written", SectionKind::Symptoms, "By a person.")
        .await;
    bed.save("replaced", SectionKind::Symptoms, "By a person.")
        .await;
    bed.days_pass(2);
    bed.add_tip("tipped", "Rest", "Often.").await;
    bed.import(mondo([
        obsolete("MONDO:5", "replaced").replaced_by("MONDO:1")
    ]))
    .await;
    let entry = |slug: &str, updated: &str| SitemapEntry {
        slug: slug.to_owned(),
        updated: updated.to_owned(),
    };
    let expected = [
        entry("tipped", "2026-01-07"),
        entry("written", "2026-01-05"),
    ];
    assert_eq!(sitemap(&bed, 0, 100).await, expected);
    // The page itself says the same of each.
    for slug in ["nothing", "imported"] {
        assert!(!bed.page(slug).await.has_human_content(), "{slug}");
    }
    for slug in ["tipped", "written"] {
        assert!(bed.page(slug).await.has_human_content(), "{slug}");
    }
}

async fn the_sitemap_comes_in_pages(bed: Bed) {
    let numbers = 1..=25;
    let terms = numbers.map(|number| term(&format!("MONDO:{number}"), &format!("type {number}")));
    bed.import(mondo(terms)).await;
    for number in 1..=25 {
        bed.save(&format!("type-{number}"), SectionKind::Cause, "Text.")
            .await;
    }
    let mut seen = Vec::new();
    for page in 0..3 {
        seen.extend(
            sitemap(&bed, page, 10)
                .await
                .into_iter()
                .map(|entry| entry.slug),
        );
    }
    assert_eq!(seen.len(), 25);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 25);
    assert!(sitemap(&bed, 3, 10).await.is_empty());
    assert!(sitemap(&bed, u64::MAX, u64::MAX).await.is_empty());
}

async fn what_operators_read_visitors_read(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let catalogue = bed.storage.catalogue();
    for actor in [Actor::Visitor, Actor::Operator] {
        assert!(catalogue.condition(actor, "alpha").await.is_ok());
        assert!(catalogue.list(actor, None, None).await.is_ok());
        assert!(catalogue.families(actor).await.is_ok());
        assert!(catalogue.suggest(actor, "al").await.is_ok());
        assert!(catalogue.search(actor, "al", 0).await.is_ok());
        assert!(catalogue.overview(actor).await.is_ok());
        assert!(catalogue.sources(actor).await.is_ok());
        assert!(catalogue.sitemap(actor, 0, 1).await.is_ok());
    }
}
