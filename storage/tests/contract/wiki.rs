//! Sections, tips and references that people write, and starter texts.

use domain::{
    Error,
    account::Actor,
    catalogue::ConditionId,
    time::Day,
    wiki::{DraftLink, Edit, Provenance, Reference, Revisions, SectionKind, Wiki, WikiDraft},
};
use sea_orm::{EntityTrait, QueryOrder};
use storage::wiki::{entity::revision, markdown::MAX_BYTES};
use uuid::Uuid;

use crate::{
    bed::Bed,
    people::submission,
    release::{group, mondo, term},
    texts::draft,
};

contract! {
    a_bare_condition_has_an_empty_page,
    a_saved_section_is_shown,
    revisions_are_kept,
    sections_come_in_order,
    sections_of_rows_take_no_text,
    empty_and_long_texts_are_refused,
    unknown_conditions_are_not_found,
    visitors_sign_in_first,
    tips_come_in_order,
    tips_have_a_name,
    references_come_in_order,
    starter_texts_fill_what_is_empty,
    starter_texts_come_once,
    starter_texts_of_unknown_conditions_are_passed_over,
}

use SectionKind::{Cause, Description, Prognosis, Symptoms};

async fn with_alpha(bed: &Bed) -> ConditionId {
    bed.import(mondo([
        group("MONDO:100", "family"),
        term("MONDO:1", "alpha"),
    ]))
    .await;
    bed.id("alpha").await
}

async fn a_bare_condition_has_an_empty_page(bed: Bed) {
    with_alpha(&bed).await;
    let page = bed.page("alpha").await;
    assert_eq!(page, domain::wiki::WikiPage::default());
    assert!(!page.has_human_content());
}

async fn a_saved_section_is_shown(bed: Bed) {
    with_alpha(&bed).await;
    bed.save("alpha", Cause, "A *gene*.\n\nAnd chance.").await;
    let page = bed.page("alpha").await;
    let section = page.section(Cause).unwrap();
    assert_eq!(
        section.html.as_str(),
        "<p>A <em>gene</em>.</p>\n<p>And chance.</p>\n"
    );
    let date = Day::from(bed.storage.database().now());
    assert_eq!(date.spelled, "3 January 2026");
    assert_eq!(section.provenance, Provenance::Person { name: None, date });
    assert_eq!(page.sections.len(), 1);
    assert!(page.has_human_content());
}

async fn revisions_are_kept(bed: Bed) {
    let id = with_alpha(&bed).await;
    for text in ["first", "second", "second", "third", "fourth"] {
        bed.save("alpha", Cause, text).await;
        bed.days_pass(1);
    }
    bed.save("alpha", Symptoms, "elsewhere").await;
    assert_eq!(bed.section("alpha", Cause).await, "<p>fourth</p>\n");
    let revisions = revision::Entity::find()
        .order_by_asc(revision::Column::Number)
        .all(bed.storage.database().readers())
        .await
        .unwrap();
    let texts: Vec<&str> = revisions.iter().map(|row| &*row.markdown).collect();
    // The same text again is no new revision.
    assert_eq!(texts, ["first", "second", "third", "fourth", "elsewhere"]);
    // Each names the one before it, and the first of each section none.
    for pair in revisions[..4].windows(2) {
        assert_eq!(pair[1].base_id, Some(pair[0].id));
        assert_eq!(pair[1].section_id, pair[0].section_id);
        assert!(pair[1].created_at - pair[0].created_at >= 86_400_000_000);
        assert!(pair[1].number > pair[0].number);
    }
    assert_eq!((revisions[0].base_id, revisions[4].base_id), (None, None));
    assert!(
        revisions
            .iter()
            .all(|row| row.origin == "person" && row.language == "en")
    );
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 2);
    assert_eq!(bed.id("alpha").await, id);
}

async fn sections_come_in_order(bed: Bed) {
    with_alpha(&bed).await;
    for kind in SectionKind::ALL
        .into_iter()
        .rev()
        .filter(|kind| kind.is_text())
    {
        bed.save("alpha", kind, kind.title()).await;
    }
    let page = bed.page("alpha").await;
    let shown: Vec<SectionKind> = page.sections.iter().map(|section| section.kind).collect();
    assert_eq!(shown.len(), 8);
    assert!(shown.is_sorted());
}

fn field(error: Error) -> String {
    match error {
        Error::Invalid { fields } => {
            assert_eq!(fields.len(), 1);
            assert!(!fields[0].message.is_empty());
            fields[0].field.clone()
        }
        other => panic!("{other:?}"),
    }
}

async fn sections_of_rows_take_no_text(bed: Bed) {
    let id = with_alpha(&bed).await;
    for kind in [
        SectionKind::Synonyms,
        SectionKind::Tips,
        SectionKind::References,
    ] {
        let refused = bed.try_save(id, kind, "Text.").await.unwrap_err();
        assert_eq!(field(refused), "text", "{kind:?}");
    }
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 0);
}

async fn empty_and_long_texts_are_refused(bed: Bed) {
    let id = with_alpha(&bed).await;
    for text in [
        "",
        " \n\t ",
        &"x".repeat(MAX_BYTES + 1),
        &"é".repeat(MAX_BYTES / 2 + 1),
    ] {
        let refused = bed.try_save(id, Cause, text).await.unwrap_err();
        assert_eq!(field(refused), "text");
        let refused = bed.try_add_tip(Actor::Operator, "alpha", "Name", text);
        assert_eq!(field(refused.await.unwrap_err()), "description");
    }
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 0);
    bed.save("alpha", Cause, &"x".repeat(MAX_BYTES)).await;
    assert_eq!(bed.section("alpha", Cause).await.len(), MAX_BYTES + 8);
}

async fn unknown_conditions_are_not_found(bed: Bed) {
    with_alpha(&bed).await;
    let family = bed
        .number("SELECT count(*) FROM condition WHERE rank = 'family'")
        .await;
    assert_eq!(family, 1);
    let rows = bed
        .rows("SELECT id FROM condition WHERE rank = 'family'")
        .await;
    let family: Uuid = rows[0].try_get("", "id").unwrap();
    for id in [Uuid::now_v7(), Uuid::nil(), family] {
        let id = ConditionId(id);
        assert_eq!(bed.try_save(id, Cause, "Text.").await, Err(Error::NotFound));
    }
    for slug in ["nowhere", "family", ""] {
        let tip = bed.try_add_tip(Actor::Operator, slug, "Rest", "Often.");
        assert_eq!(tip.await, Err(Error::NotFound));
    }
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 0);
}

async fn visitors_sign_in_first(bed: Bed) {
    with_alpha(&bed).await;
    let wiki = bed.storage.wiki();
    // Also where the text would be refused or the condition does not exist.
    for (slug, kind, text) in [
        ("alpha", Cause, "Text."),
        ("alpha", SectionKind::Tips, ""),
        ("nowhere", Cause, "Text."),
    ] {
        let edit = Edit {
            base: None,
            markdown: text.to_owned(),
            summary: String::new(),
            agreed: false,
            draft: DraftLink::default(),
        };
        let saved = wiki
            .save(Actor::Visitor, slug, kind, edit, &submission("k"))
            .await;
        assert_eq!(saved, Err(Error::Unauthenticated));
    }
    let tip = bed.try_add_tip(Actor::Visitor, "alpha", "Rest", "Often.");
    assert_eq!(tip.await, Err(Error::Unauthenticated));
    let filled = wiki.fill(Actor::Visitor, vec![]).await;
    assert!(matches!(filled, Err(Error::Forbidden { .. })));
    assert_eq!(bed.page("alpha").await, domain::wiki::WikiPage::default());
}

async fn tips_come_in_order(bed: Bed) {
    with_alpha(&bed).await;
    let starter = [("zero", "0"), ("one", "1")];
    bed.fill("MONDO:1", draft(&[], &starter, &[])).await;
    for name in ["two", " three ", "four"] {
        bed.add_tip("alpha", name, &format!("**{name}**")).await;
    }
    let page = bed.page("alpha").await;
    let names: Vec<&str> = page.tips.iter().map(|tip| &*tip.name).collect();
    assert_eq!(names, ["zero", "one", "two", "three", "four"]);
    assert_eq!(page.tips[2].html.as_str(), "<p><strong>two</strong></p>\n");
    assert!(page.has_human_content());
}

async fn tips_have_a_name(bed: Bed) {
    with_alpha(&bed).await;
    for name in ["", "  ", &"x".repeat(201)] {
        let refused = bed.try_add_tip(Actor::Operator, "alpha", name, "Text.");
        assert_eq!(field(refused.await.unwrap_err()), "name");
    }
    bed.add_tip("alpha", &"é".repeat(200), "Text.").await;
}

async fn references_come_in_order(bed: Bed) {
    with_alpha(&bed).await;
    let full = Reference {
        key: "zz".to_owned(),
        title: "Myeloma".to_owned(),
        source: Some("Lancet".to_owned()),
        year: Some(2024),
        doi: Some("10.1/2".to_owned()),
        pmid: Some("123".to_owned()),
        isbn: Some("080442957X".to_owned()),
        url: Some("https://example.org/".to_owned()),
    };
    let bare = |key: &str| Reference {
        key: key.to_owned(),
        title: "Another".to_owned(),
        ..Reference::default()
    };
    let references = vec![full, bare("m"), bare("a")];
    let draft = WikiDraft {
        references: references.clone(),
        ..WikiDraft::default()
    };
    bed.fill("MONDO:1", draft).await;
    let listed = bed.page("alpha").await.references;
    let listed: Vec<Reference> = listed.into_iter().map(|listed| listed.reference).collect();
    assert_eq!(listed, references);
}

async fn starter_texts_fill_what_is_empty(bed: Bed) {
    with_alpha(&bed).await;
    bed.save("alpha", Cause, "By a person.").await;
    let texts = [
        (Description, "Starter."),
        (Cause, "Starter."),
        (Prognosis, "Starter.[@a]"),
    ];
    bed.fill("MONDO:1", draft(&texts, &[], &["a"])).await;
    assert_eq!(bed.section("alpha", Cause).await, "<p>By a person.</p>\n");
    let page = bed.page("alpha").await;
    let date = Day::from(bed.storage.database().now());
    let starter = page.section(Description).unwrap();
    assert_eq!(starter.provenance, Provenance::Starter { date });
    assert!(
        bed.section("alpha", Prognosis)
            .await
            .contains("#reference-a")
    );
    // The list of references is the fourth.
    assert_eq!(page.sections.len(), 4);
}

async fn starter_texts_come_once(bed: Bed) {
    with_alpha(&bed).await;
    let starter = || draft(&[(Cause, "Starter.")], &[("Rest", "Often.")], &["a", "b"]);
    bed.fill("MONDO:1", starter()).await;
    let before = (bed.page("alpha").await, bed.changed());
    bed.days_pass(1);
    bed.fill("MONDO:1", starter()).await;
    assert_eq!(bed.page("alpha").await, before.0);
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 3);
    assert_eq!(
        bed.number("SELECT count(*) FROM event WHERE kind LIKE 'wiki%'")
            .await,
        1
    );
}

async fn starter_texts_of_unknown_conditions_are_passed_over(bed: Bed) {
    with_alpha(&bed).await;
    bed.fill(
        "MONDO:404",
        draft(&[(Cause, "Starter.")], &[("Rest", "Often.")], &["a"]),
    )
    .await;
    // A family has no page.
    bed.fill("MONDO:100", draft(&[(Cause, "Starter.")], &[], &[]))
        .await;
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 0);
}
