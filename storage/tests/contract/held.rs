//! Texts of a source that are about something else, or damaged, wait for a moderator.

use domain::{
    Error, Result,
    account::Actor,
    catalogue::{Scope, Synonym},
    wiki::{
        Edit, EntryChange, HeldDecision, HeldText, HeldTexts, HoldReason, Item, Provenance,
        Revisions, Saved, SectionKind, SourceDocument, SourceText,
    },
};

use crate::{
    bed::Bed,
    people::submission,
    release::{group, mondo, term},
    texts::{about, sections, text},
};

contract! {
    a_text_about_something_else_is_held,
    a_name_of_several_conditions_is_held,
    a_part_of_a_condition_is_not_the_whole,
    one_sign_of_lost_characters_holds_the_whole_document,
    the_best_document_that_fits_is_taken,
    a_moderator_shows_a_text,
    a_moderator_attaches_a_text_to_another_condition,
    what_people_wrote_stays_when_a_text_is_shown,
    a_discarded_text_is_not_held_again,
    a_text_that_fits_after_all_is_held_no_longer,
    what_was_shown_under_a_wrong_condition_is_withdrawn,
    names_that_members_add_decide_nothing,
    a_file_that_has_lost_its_characters_says_so_at_each_text,
    a_decided_text_is_decided_once,
    pages_of_held_texts_follow_each_other,
}

use SectionKind::{Cause, Symptoms};

async fn two_conditions(bed: &Bed) {
    bed.import(mondo([
        group("MONDO:100", "lymphoma"),
        term("MONDO:1", "alpha").synonym("first letter"),
        term("MONDO:2", "beta").synonym("second letter"),
    ]))
    .await;
}

async fn waiting(bed: &Bed) -> Vec<HeldText> {
    let wiki = bed.storage.wiki();
    let list = wiki.waiting(Actor::Operator, None).await.unwrap();
    assert_eq!(list.waiting, list.texts.len() as u64);
    list.texts
}

async fn decide(bed: &Bed, decision: HeldDecision) -> (String, usize) {
    let id = waiting(bed).await.remove(0).id;
    let wiki = bed.storage.wiki();
    let (condition, placed) = wiki
        .decide_held(Actor::Operator, &id, decision)
        .await
        .unwrap();
    (condition.slug, placed)
}

async fn is_empty(bed: &Bed, slug: &str) -> bool {
    bed.page(slug).await.sections.is_empty()
}

async fn a_text_about_something_else_is_held(bed: Bed) {
    two_conditions(&bed).await;
    let wrong = || {
        sections([
            about("adult non-alpha", "MONDO:1", Cause, "Of *something* else."),
            about("First letter (FL)", "MONDO:1", Symptoms, "Of alpha."),
        ])
    };
    let report = bed.read_in(wrong()).await;
    assert_eq!((report.new, report.held), (1, 1));
    assert_eq!(report.refused[0].subject, "adult non-alpha");
    let reason = &report.refused[0].reason;
    assert!(reason.starts_with("held for MONDO:0000001: "), "{reason}");
    let page = bed.page("alpha").await;
    assert!(page.section(Cause).is_none() && page.section(Symptoms).is_some());
    let held = waiting(&bed).await.remove(0);
    assert_eq!(held.reason, HoldReason::OtherSubject);
    assert_eq!(held.condition.slug, "alpha");
    let wiki = bed.storage.wiki();
    let held = wiki.held(Actor::Operator, &held.id).await.unwrap();
    let (kind, html) = &held.sections[0];
    assert_eq!(*kind, Cause);
    assert_eq!(html.as_str(), "<p>Of <em>something</em> else.</p>\n");
    // A second time it is held still, and once.
    assert_eq!(bed.read_in(wrong()).await.held, 1);
    assert_eq!(waiting(&bed).await[0].id, held.id);
    assert_eq!(waiting(&bed).await.len(), 1);
}

async fn a_name_of_several_conditions_is_held(bed: Bed) {
    use HoldReason::{OtherSubject, SharedName};
    bed.import(mondo([
        group("MONDO:100", "lymphoma"),
        term("MONDO:1", "classic lymphoma").synonym("lymphoma"),
        term("MONDO:2", "beta").synonym("shared"),
        term("MONDO:3", "gamma").synonym("shared"),
        term("MONDO:4", "delta").scoped("wide", Scope::Broad),
    ]))
    .await;
    bed.read_in(sections([
        about("Lymphoma", "MONDO:1", Cause, "Of the family."),
        about("Shared", "MONDO:2", Cause, "Of either."),
        about("wide", "MONDO:4", Cause, "Of more."),
    ]))
    .await;
    let reasons: Vec<_> = waiting(&bed).await.iter().map(|held| held.reason).collect();
    for (reason, times) in [(SharedName, 2), (OtherSubject, 1)] {
        assert_eq!(
            reasons.iter().filter(|other| **other == reason).count(),
            times
        );
    }
}

async fn a_part_of_a_condition_is_not_the_whole(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "anencephaly 1").synonym("anencephaly"),
        term("MONDO:2", "Crohn disease").synonym("pediatric Crohn disease"),
    ]))
    .await;
    bed.read_in(sections([
        about("Anencephaly", "MONDO:1", Cause, "Of all types."),
        about("Pediatric Crohn disease", "MONDO:2", Cause, "Of children."),
    ]))
    .await;
    assert!(is_empty(&bed, "anencephaly-1").await && is_empty(&bed, "crohn-disease").await);
    let held = waiting(&bed).await;
    assert!(
        held.iter()
            .all(|held| held.reason == HoldReason::WholeOrPart)
    );
}

/// A document with two texts.
fn two_texts(subject: &str, cause: &str, symptoms: &str) -> SourceDocument {
    let mut document = about(subject, "MONDO:1", Cause, cause);
    document.texts.push(SourceText {
        kind: Symptoms,
        markdown: symptoms.to_owned(),
        rank: 0,
    });
    document
}

async fn one_sign_of_lost_characters_holds_the_whole_document(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "alpha"),
        term("MONDO:2", "Sjögren syndrome"),
    ]))
    .await;
    for damaged in [
        "At 4060 years.",
        "It doesnt hurt.",
        "As in Sjgren syndrome.",
    ] {
        let report = bed
            .read_in(sections([two_texts("alpha", "Whole.", damaged)]))
            .await;
        assert_eq!((report.new, report.held), (0, 1), "{damaged}");
        let held = waiting(&bed).await.remove(0);
        assert_eq!(held.reason, HoldReason::LostCharacters);
        assert!(damaged.contains(&held.damage), "{}", held.damage);
        let sections = bed.storage.wiki().held(Actor::Operator, &held.id).await;
        assert_eq!(sections.unwrap().sections.len(), 2);
    }
    assert!(is_empty(&bed, "alpha").await);
}

async fn the_best_document_that_fits_is_taken(bed: Bed) {
    two_conditions(&bed).await;
    let mut better = about("omega", "MONDO:1", Cause, "Best, but about omega.");
    better.url = "https://example.org/omega".to_owned();
    let mut second = text("MONDO:1", Cause, "Second.");
    second.texts[0].rank = 1;
    let mut third = text("MONDO:1", Cause, "Third.");
    third.texts[0].rank = 2;
    bed.read_in(sections([third, better, second])).await;
    assert_eq!(bed.section("alpha", Cause).await, "<p>Second.</p>\n");
}

async fn a_moderator_shows_a_text(bed: Bed) {
    two_conditions(&bed).await;
    let held = |words: &str| sections([about("omega", "MONDO:1", Cause, words)]);
    bed.read_in(held("Of alpha after all.")).await;
    assert_eq!(
        decide(&bed, HeldDecision::Show).await,
        ("alpha".to_owned(), 1)
    );
    let page = bed.page("alpha").await;
    let section = page.section(Cause).unwrap();
    assert_eq!(section.html.as_str(), "<p>Of alpha after all.</p>\n");
    assert!(
        matches!(&section.provenance, Provenance::Imported { source, .. } if source == "MedQuAD")
    );
    assert!(waiting(&bed).await.is_empty());
    // A later release of the text follows.
    let report = bed.read_in(held("Newer.")).await;
    assert_eq!((report.held, report.changed), (0, 1));
    assert_eq!(bed.section("alpha", Cause).await, "<p>Newer.</p>\n");
}

async fn a_moderator_attaches_a_text_to_another_condition(bed: Bed) {
    two_conditions(&bed).await;
    let held = || sections([about("omega", "MONDO:1", Cause, "Of beta.")]);
    bed.read_in(held()).await;
    let attach = HeldDecision::Attach("beta".to_owned());
    assert_eq!(decide(&bed, attach).await, ("beta".to_owned(), 1));
    assert_eq!(bed.section("beta", Cause).await, "<p>Of beta.</p>\n");
    assert!(is_empty(&bed, "alpha").await);
    let report = bed.read_in(held()).await;
    assert_eq!((report.held, report.new, report.unchanged), (0, 0, 1));
    assert!(is_empty(&bed, "alpha").await);
}

async fn what_people_wrote_stays_when_a_text_is_shown(bed: Bed) {
    two_conditions(&bed).await;
    bed.save("alpha", Cause, "By a person.").await;
    bed.read_in(sections([two_texts("omega", "Imported.", "Imported.")]))
        .await;
    assert_eq!(decide(&bed, HeldDecision::Show).await.1, 1);
    assert_eq!(bed.section("alpha", Cause).await, "<p>By a person.</p>\n");
    assert_eq!(bed.section("alpha", Symptoms).await, "<p>Imported.</p>\n");
}

async fn a_discarded_text_is_not_held_again(bed: Bed) {
    two_conditions(&bed).await;
    let held = || sections([about("omega", "MONDO:1", Cause, "Of omega.")]);
    bed.read_in(held()).await;
    decide(&bed, HeldDecision::Discard).await;
    let report = bed.read_in(held()).await;
    assert_eq!((report.held, report.new, report.unchanged), (0, 0, 1));
    assert!(waiting(&bed).await.is_empty() && is_empty(&bed, "alpha").await);
}

async fn a_text_that_fits_after_all_is_held_no_longer(bed: Bed) {
    two_conditions(&bed).await;
    let held = || sections([about("omega", "MONDO:1", Cause, "Of alpha.")]);
    bed.read_in(held()).await;
    bed.import(mondo([
        term("MONDO:1", "alpha").synonym("omega"),
        term("MONDO:2", "beta"),
    ]))
    .await;
    let report = bed.read_in(held()).await;
    assert_eq!((report.held, report.new), (0, 1));
    assert!(waiting(&bed).await.is_empty());
}

async fn what_was_shown_under_a_wrong_condition_is_withdrawn(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections([
        text("MONDO:1", Cause, "Of alpha."),
        text("MONDO:2", Cause, "Of beta."),
    ]))
    .await;
    // The page that was filed under alpha is filed under beta, and about neither.
    let mut moved = about("omega", "MONDO:2", Symptoms, "Of omega.");
    moved.url = text("MONDO:1", Cause, "").url;
    let report = bed.read_in(sections([moved])).await;
    assert_eq!((report.withdrawn, report.held), (1, 1));
    assert!(is_empty(&bed, "alpha").await);
    // Pages that this file does not have stay.
    assert_eq!(bed.section("beta", Cause).await, "<p>Of beta.</p>\n");
    let wiki = bed.storage.wiki();
    let editing = wiki.editing(Actor::Operator, "alpha", Cause, None);
    let editing = editing.await.unwrap();
    assert_eq!((editing.head, editing.markdown.as_str()), (None, ""));
    let edit = Edit {
        base: editing.head,
        markdown: "By a person.".to_owned(),
        summary: String::new(),
        agreed: false,
        draft: editing.link,
    };
    let sent = submission("first");
    let saved = wiki.save(Actor::Operator, "alpha", Cause, edit, &sent);
    assert!(matches!(saved.await, Ok(Saved::Published(_))));
    assert_eq!(bed.section("alpha", Cause).await, "<p>By a person.</p>\n");
}

async fn names_that_members_add_decide_nothing(bed: Bed) {
    two_conditions(&bed).await;
    let name = EntryChange::Add(Item::Name(Synonym {
        name: "omega".to_owned(),
        scope: Scope::Exact,
    }));
    let names = SectionKind::Synonyms;
    bed.change(Actor::Operator, "alpha", names, None, name)
        .await
        .unwrap();
    let report = bed
        .read_in(sections([about("omega", "MONDO:1", Cause, "Of omega.")]))
        .await;
    assert_eq!(report.held, 1);
}

async fn a_file_that_has_lost_its_characters_says_so_at_each_text(bed: Bed) {
    two_conditions(&bed).await;
    let mut import = sections([
        text("MONDO:1", Cause, "Seems whole."),
        about("omega", "MONDO:2", Cause, "Held."),
    ]);
    import.incomplete = true;
    bed.read_in(import).await;
    decide(&bed, HeldDecision::Show).await;
    for slug in ["alpha", "beta"] {
        let page = bed.page(slug).await;
        let provenance = &page.section(Cause).unwrap().provenance;
        assert!(matches!(
            provenance,
            Provenance::Imported {
                incomplete: true,
                ..
            }
        ));
    }
}

async fn a_decided_text_is_decided_once(bed: Bed) {
    two_conditions(&bed).await;
    bed.read_in(sections([about("omega", "MONDO:1", Cause, "Of omega.")]))
        .await;
    let wiki = bed.storage.wiki();
    let id = waiting(&bed).await.remove(0).id;
    let (first, second) = tokio::join!(
        wiki.decide_held(Actor::Operator, &id, HeldDecision::Show),
        wiki.decide_held(Actor::Operator, &id, HeldDecision::Discard),
    );
    assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1);
    for unknown in [id.as_str(), "0000000000", "\0"] {
        let again = wiki.decide_held(Actor::Operator, unknown, HeldDecision::Show);
        assert_eq!(again.await.unwrap_err(), Error::NotFound);
        let read = wiki.held(Actor::Operator, unknown).await;
        assert_eq!(read.unwrap_err(), Error::NotFound);
    }
}

async fn pages_of_held_texts_follow_each_other(bed: Bed) {
    two_conditions(&bed).await;
    let held =
        (0..120).map(|number| about(&format!("omega {number}"), "MONDO:1", Cause, "Of omega."));
    bed.read_in(sections(held)).await;
    let wiki = bed.storage.wiki();
    let mut seen = std::collections::BTreeSet::new();
    let mut after: Option<String> = None;
    loop {
        let list = wiki.waiting(Actor::Operator, after.as_deref()).await;
        let list = list.unwrap();
        assert_eq!(list.waiting, 120);
        seen.extend(list.texts.into_iter().map(|held| held.subject));
        match list.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 120);
}

/// Asks a method of [`HeldTexts`], for the walk through all of them.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let wiki = bed.storage.wiki();
    match method {
        "held.waiting" => wiki.waiting(actor, None).await.map(drop),
        "held.held" => wiki.held(actor, &held_text(bed).await).await.map(drop),
        "held.decide_held" => {
            let id = held_text(bed).await;
            let decide = wiki.decide_held(actor, &id, HeldDecision::Show);
            decide.await.map(drop)
        }
        other => panic!("{other} is not asked"),
    }
}

/// A text that is held, each time another.
async fn held_text(bed: &Bed) -> String {
    let subject = uuid::Uuid::new_v4().to_string();
    let cause = SectionKind::Cause;
    bed.read_in(sections([about(&subject, "MONDO:1", cause, "Text.")]))
        .await;
    let waiting = bed.storage.wiki().waiting(Actor::Operator, None).await;
    waiting.unwrap().texts.pop().unwrap().id
}
