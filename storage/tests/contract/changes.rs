//! Every change moves the epoch and leaves one event, in one process and as seen from another.

use domain::wiki::SectionKind;
use sea_orm::{EntityTrait, QueryOrder};
use storage::event::entity as event;

use crate::{
    bed::Bed,
    release::{mondo, term},
    texts::{draft, sections, text},
};

contract! {
    every_write_moves_the_epoch,
    only_the_catalogue_moves_its_own_epoch,
    reading_moves_nothing,
    another_process_notices,
    another_process_searches_what_is_new,
    the_epoch_outlives_the_process,
    changes_meet_in_the_epoch,
    each_change_has_one_event,
    what_changes_nothing_has_no_event,
    refused_changes_have_no_event,
}

use SectionKind::Cause;

async fn every_write_moves_the_epoch(bed: Bed) {
    let mut last = bed.epochs().0;
    let mut moved = |bed: &Bed, what: &str| {
        let now = bed.epochs().0;
        assert!(now > last, "{what}");
        last = now;
    };
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    moved(&bed, "import");
    // The release that is credited may have changed.
    bed.import(mondo([term("MONDO:1", "alpha")]).dated("2027"))
        .await;
    moved(&bed, "unchanged import");
    bed.save("alpha", Cause, "Text.").await;
    moved(&bed, "section");
    bed.add_tip("alpha", "Rest", "Often.").await;
    moved(&bed, "tip");
    bed.fill("MONDO:2", draft(&[(Cause, "Starter.")], &[], &[]))
        .await;
    moved(&bed, "fill");
    bed.read_in(sections([text(
        "MONDO:2",
        SectionKind::Symptoms,
        "Imported.",
    )]))
    .await;
    moved(&bed, "sections");
}

async fn only_the_catalogue_moves_its_own_epoch(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let (_, before) = bed.epochs();
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.save("alpha", Cause, "Text.").await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    assert_eq!(bed.epochs().1, before);
    bed.import(mondo([term("MONDO:1", "omega")])).await;
    assert_eq!(bed.epochs().1, before + 1);
}

async fn reading_moves_nothing(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let before = bed.epochs();
    bed.page("alpha").await;
    bed.all().await;
    bed.found("alpha").await;
    bed.storage.notice_changes().await.unwrap();
    assert_eq!(bed.epochs(), before);
}

async fn another_process_notices(bed: Bed) {
    let other = bed.second().await;
    let before = other.epochs();
    assert_eq!(before, bed.epochs());
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    assert_eq!(other.epochs(), before);
    other.storage.notice_changes().await.unwrap();
    assert_eq!(other.epochs(), bed.epochs());
    // And the other way round.
    other.save("alpha", Cause, "Text.").await;
    assert!(other.epochs().0 > bed.epochs().0);
    bed.storage.notice_changes().await.unwrap();
    assert_eq!(other.epochs(), bed.epochs());
    assert_eq!(bed.section("alpha", Cause).await, "<p>Text.</p>\n");
}

async fn another_process_searches_what_is_new(bed: Bed) {
    let other = bed.second().await;
    assert!(other.found("alpha").await.is_empty());
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    other.storage.notice_changes().await.unwrap();
    assert_eq!(other.found("alpha").await, ["Alpha"]);
}

async fn the_epoch_outlives_the_process(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.save("alpha", Cause, "Text.").await;
    assert_eq!(bed.second().await.epochs(), bed.epochs());
}

async fn changes_meet_in_the_epoch(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let (before, _) = bed.epochs();
    let other = bed.second().await;
    let id = bed.id("alpha").await;
    for number in 0..5 {
        let text = number.to_string();
        let (first, second) = tokio::join!(
            bed.try_save(id, Cause, &text),
            other.try_save(id, SectionKind::Symptoms, &text)
        );
        assert_eq!((first, second), (Ok(()), Ok(())));
    }
    bed.storage.notice_changes().await.unwrap();
    assert_eq!(bed.epochs().0, before + 10);
}

async fn events(bed: &Bed) -> Vec<event::Model> {
    event::Entity::find()
        .order_by_asc(event::Column::Id)
        .all(bed.storage.database().readers())
        .await
        .unwrap()
}

async fn each_change_has_one_event(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    bed.days_pass(1);
    bed.save("alpha", Cause, "Text.").await;
    bed.save("alpha", Cause, "Newer.").await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    bed.fill(
        "MONDO:2",
        draft(&[(Cause, "Starter.")], &[("Rest", "Often.")], &["a"]),
    )
    .await;
    bed.read_in(sections([text(
        "MONDO:2",
        SectionKind::Symptoms,
        "Imported.",
    )]))
    .await;
    let events = events(&bed).await;
    let kinds: Vec<&str> = events.iter().map(|event| &*event.kind).collect();
    assert_eq!(
        kinds,
        [
            "catalogue.imported",
            "wiki.section_saved",
            "wiki.section_saved",
            "wiki.section_saved",
            "wiki.starter_filled",
            "wiki.sections_imported",
        ]
    );
    for event in &events {
        assert_eq!(event.actor, "operator");
        // The sequencer fills these.
        assert_eq!(
            (event.sequence, &event.hash, event.actor_id),
            (None, &None, None)
        );
    }
    let alpha = bed.id("alpha").await.0;
    assert_eq!(events[0].community_id, None);
    assert_eq!(events[1].community_id, Some(alpha));
    assert_eq!(events[1].subject_id, events[2].subject_id);
    assert_ne!(events[3].subject_id, events[2].subject_id);
    assert_eq!(events[1].time - events[0].time, 86_400_000_000);
}

async fn what_changes_nothing_has_no_event(bed: Bed) {
    let alpha = || mondo([term("MONDO:1", "alpha")]);
    let texts = || sections([text("MONDO:1", Cause, "Imported.")]);
    bed.import(alpha()).await;
    bed.read_in(texts()).await;
    bed.import(alpha()).await;
    bed.read_in(texts()).await;
    bed.fill("MONDO:1", draft(&[(Cause, "Starter.")], &[], &[]))
        .await;
    bed.fill("MONDO:404", draft(&[(Cause, "Starter.")], &[], &[]))
        .await;
    assert_eq!(events(&bed).await.len(), 2);
}

async fn refused_changes_have_no_event(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let before = bed.epochs();
    let id = bed.id("alpha").await;
    assert!(bed.try_save(id, SectionKind::Tips, "Text.").await.is_err());
    assert!(bed.try_save(id, Cause, "").await.is_err());
    let nobody = domain::catalogue::ConditionId(uuid::Uuid::nil());
    assert!(bed.try_save(nobody, Cause, "Text.").await.is_err());
    assert_eq!((events(&bed).await.len(), bed.epochs()), (1, before));
}
