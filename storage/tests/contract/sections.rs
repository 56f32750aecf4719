//! Texts of a source come into empty sections and touch nothing else.

use domain::{
    Error,
    account::Actor,
    catalogue::{Catalogue, ImportReport, Silent},
    wiki::{Provenance, SectionKind, SourceDocument, Wiki},
};

use crate::{
    bed::Bed,
    release::{group, mondo, obsolete, term},
    texts::{about, draft, sections, text},
};

contract! {
    empty_sections_are_filled,
    a_second_import_is_unchanged,
    a_new_text_of_the_same_source_replaces_the_old,
    what_people_wrote_stays,
    another_source_stays,
    a_person_takes_over_an_imported_text,
    the_first_text_of_a_section_counts,
    unknown_conditions_are_told,
    texts_follow_a_replacement,
    sections_of_rows_take_no_texts,
    thousands_of_texts_come_in,
    visitors_do_not_import_texts,
}

use SectionKind::{Cause, Symptoms};

fn counts(report: &ImportReport) -> [u64; 4] {
    [
        report.selected,
        report.new,
        report.changed,
        report.unchanged,
    ]
}

async fn two_conditions(bed: &Bed) {
    bed.import(mondo([
        group("MONDO:100", "family"),
        term("MONDO:1", "alpha"),
        term("MONDO:2", "beta"),
    ]))
    .await;
}

fn some() -> Vec<SourceDocument> {
    vec![
        text("MONDO:1", Cause, "A *gene*."),
        text("MONDO:1", Symptoms, "- one\n- two"),
        text("MONDO:2", Cause, "Unknown."),
    ]
}

async fn empty_sections_are_filled(bed: Bed) {
    two_conditions(&bed).await;
    let report = bed.read_in(sections(some())).await;
    assert_eq!((report.read, counts(&report)), (3, [3, 3, 0, 0]));
    let page = bed.page("alpha").await;
    let section = page.section(Cause).unwrap();
    assert_eq!(section.html.as_str(), "<p>A <em>gene</em>.</p>\n");
    let provenance = Provenance::Imported {
        source: "MedQuAD".to_owned(),
        year: 2017,
        url: "https://example.org/mondo:1".to_owned(),
        incomplete: false,
    };
    assert_eq!(section.provenance, provenance);
    assert!(
        bed.section("alpha", Symptoms)
            .await
            .contains("<li>one</li>")
    );
    assert!(!page.has_human_content());
    let sources = bed
        .storage
        .catalogue()
        .sources(Actor::Visitor)
        .await
        .unwrap();
    assert!(sources.iter().any(|source| source.name == "MedQuAD"));
}

async fn a_second_import_is_unchanged(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections(some())).await;
    let report = bed.read_in(sections(some())).await;
    assert_eq!(counts(&report), [3, 0, 0, 3]);
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 3);
}

async fn a_new_text_of_the_same_source_replaces_the_old(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections(some())).await;
    let mut newer = some();
    "Two genes.".clone_into(&mut newer[0].texts[0].markdown);
    newer[0].year = 2025;
    assert_eq!(counts(&bed.read_in(sections(newer)).await), [3, 0, 1, 2]);
    let page = bed.page("alpha").await;
    let section = page.section(Cause).unwrap();
    assert_eq!(section.html.as_str(), "<p>Two genes.</p>\n");
    assert!(matches!(
        section.provenance,
        Provenance::Imported { year: 2025, .. }
    ));
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 4);
    let based = "SELECT count(*) FROM revision r JOIN revision b ON b.id = r.base_id";
    assert_eq!(bed.number(based).await, 1);
}

async fn what_people_wrote_stays(bed: Bed) {
    two_conditions(&bed).await;
    bed.save("alpha", Cause, "By a person.").await;
    bed.fill("MONDO:1", draft(&[(Symptoms, "By the project.")], &[], &[]))
        .await;
    let before = bed.page("alpha").await;
    assert_eq!(counts(&bed.read_in(sections(some())).await), [3, 1, 0, 2]);
    assert_eq!(bed.page("alpha").await, before);
}

async fn another_source_stays(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections(some())).await;
    let mut others = some();
    for text in &mut others {
        "Orphanet".clone_into(&mut text.source);
        "From Orphanet.".clone_into(&mut text.texts[0].markdown);
    }
    assert_eq!(counts(&bed.read_in(sections(others)).await), [3, 0, 0, 3]);
    assert_eq!(bed.section("beta", Cause).await, "<p>Unknown.</p>\n");
}

async fn a_person_takes_over_an_imported_text(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections(some())).await;
    bed.save("alpha", Cause, "By a person.").await;
    let mut newer = some();
    "Two genes.".clone_into(&mut newer[0].texts[0].markdown);
    assert_eq!(counts(&bed.read_in(sections(newer)).await), [3, 0, 0, 3]);
    assert_eq!(bed.section("alpha", Cause).await, "<p>By a person.</p>\n");
    assert!(bed.page("alpha").await.has_human_content());
    // The starter does not come over imported texts either.
    bed.fill("MONDO:2", draft(&[(Cause, "Starter.")], &[], &[]))
        .await;
    assert_eq!(bed.section("beta", Cause).await, "<p>Unknown.</p>\n");
}

async fn the_first_text_of_a_section_counts(bed: Bed) {
    two_conditions(&bed).await;
    let twice = || {
        sections([
            text("MONDO:1", Cause, "First."),
            text("MONDO:1", Cause, "Second."),
        ])
    };
    assert_eq!(counts(&bed.read_in(twice()).await), [1, 1, 0, 0]);
    assert_eq!(bed.section("alpha", Cause).await, "<p>First.</p>\n");
    assert_eq!(counts(&bed.read_in(twice()).await), [1, 0, 0, 1]);
}

async fn unknown_conditions_are_told(bed: Bed) {
    two_conditions(&bed).await;
    let report = bed
        .read_in(sections([
            text("MONDO:404", Cause, "Lost."),
            text("MONDO:100", Cause, "For a family."),
            text("MONDO:1", Cause, "Found."),
        ]))
        .await;
    assert_eq!(counts(&report), [1, 1, 0, 0]);
    assert_eq!(report.refused.len(), 1);
    assert!(
        report.refused[0].subject.starts_with('2'),
        "{:?}",
        report.refused
    );
}

async fn texts_follow_a_replacement(bed: Bed) {
    two_conditions(&bed).await;
    bed.import(mondo([obsolete("MONDO:1", "alpha").replaced_by("MONDO:2")]))
        .await;
    bed.read_in(sections([text("MONDO:1", Cause, "Found.")]))
        .await;
    assert_eq!(bed.section("beta", Cause).await, "<p>Found.</p>\n");
    // A term that never had a page leads on as well.
    bed.import(mondo(
        [obsolete("MONDO:7", "former").replaced_by("MONDO:2")],
    ))
    .await;
    bed.read_in(sections([about("beta", "MONDO:7", Symptoms, "Found.")]))
        .await;
    assert_eq!(bed.section("beta", Symptoms).await, "<p>Found.</p>\n");
}

async fn sections_of_rows_take_no_texts(bed: Bed) {
    two_conditions(&bed).await;
    let report = bed
        .read_in(sections([
            text("MONDO:1", SectionKind::Tips, "Rest."),
            text("MONDO:1", SectionKind::References, "A book."),
        ]))
        .await;
    assert_eq!((report.new, report.refused.len()), (0, 2));
    assert!(bed.page("alpha").await.sections.is_empty());
}

async fn thousands_of_texts_come_in(bed: Bed) {
    let numbers = 1..=1_300;
    let curie = |number: i32| format!("MONDO:{number}");
    let terms = numbers
        .clone()
        .map(|number| term(&curie(number), &format!("type {number}")));
    bed.import(mondo(terms)).await;
    let all = |word: &str| {
        sections(numbers.clone().map(|number| {
            about(
                &format!("type {number}"),
                &curie(number),
                Cause,
                &format!("{word} {number}"),
            )
        }))
    };
    assert_eq!(bed.read_in(all("first")).await.new, 1_300);
    assert_eq!(bed.read_in(all("second")).await.changed, 1_300);
    assert_eq!(
        bed.section("type-1234", Cause).await,
        "<p>second 1234</p>\n"
    );
}

async fn visitors_do_not_import_texts(bed: Bed) {
    two_conditions(&bed).await;
    let wiki = bed.storage.wiki();
    let import = wiki.import(Actor::Visitor, sections(some()), &Silent).await;
    assert!(matches!(import, Err(Error::Forbidden { .. })));
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 0);
}
