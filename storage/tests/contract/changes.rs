//! Every change leaves one event, and notes what visitors are shown otherwise, in one process and as seen
//! from another.

use domain::{account::Actor, community::Discussions, time::Timestamp, wiki::SectionKind};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, TransactionTrait};
use storage::{
    DatabaseKind,
    changes::{HIDDEN, Reads, SHOWN, recording},
    event::entity as event,
};

use crate::{
    bed::Bed,
    release::{mondo, term},
    texts::{draft, sections, text},
};

contract! {
    every_table_is_shown_to_visitors_or_hidden,
    what_visitors_are_shown_otherwise_is_noted,
    a_change_makes_old_what_was_made_of_it,
    only_the_catalogue_makes_the_search_index_old,
    reading_changes_nothing,
    another_process_notices,
    another_process_searches_what_is_new,
    nothing_is_missed_that_is_committed_late,
    who_has_not_looked_for_long_takes_everything_for_changed,
    changes_are_told_for_an_hour,
    each_change_has_one_event,
    what_changes_nothing_has_no_event,
    refused_changes_have_no_event,
}

use SectionKind::Cause;

/// Whoever adds a table says which of the two it is, and a table that is shown has its triggers.
async fn every_table_is_shown_to_visitors_or_hidden(bed: Bed) {
    let sql = match bed.kind() {
        DatabaseKind::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        }
        DatabaseKind::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    for table in bed.texts(sql).await {
        let (shown, hidden) = (SHOWN.contains(&&*table), HIDDEN.contains(&&*table));
        assert!(shown != hidden, "{table}");
        let triggers = match bed.kind() {
            DatabaseKind::Sqlite => format!(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}' \
                 AND name LIKE '%_changed_%'"
            ),
            DatabaseKind::Postgres => format!(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = '{table}'::regclass \
                 AND tgname LIKE '%_changed_%'"
            ),
        };
        let triggers = bed.number(&triggers).await;
        assert_eq!(triggers > 1, shown, "{table}");
    }
}

async fn what_visitors_are_shown_otherwise_is_noted(bed: Bed) {
    let mut last = bed.changed().0;
    let mut moved = |bed: &Bed, what: &str| {
        let now = bed.changed().0;
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

fn is_fresh(bed: &Bed, reads: &Reads) -> bool {
    let database = bed.storage.database();
    database.changes().is_fresh(reads, Timestamp(0))
}

async fn page(bed: &Bed, slug: &str) -> Reads {
    let changes = bed.storage.database().changes();
    let making = async {
        bed.page(slug).await;
        let communities = bed.storage.communities();
        let id = bed.id(slug).await;
        communities.newest(Actor::Visitor, id).await.unwrap();
    };
    recording(changes, making).await.1
}

async fn a_change_makes_old_what_was_made_of_it(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    let (alpha, beta) = (page(&bed, "alpha").await, page(&bed, "beta").await);
    assert!(alpha.are_known() && is_fresh(&bed, &alpha) && is_fresh(&bed, &beta));
    bed.save("alpha", Cause, "Text.").await;
    assert!(!is_fresh(&bed, &alpha) && is_fresh(&bed, &beta));
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "gamma")]))
        .await;
    assert!(!is_fresh(&bed, &beta));
}

async fn only_the_catalogue_makes_the_search_index_old(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let searching = bed.found("alpha");
    let (_, index) = recording(bed.storage.database().changes(), searching).await;
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.save("alpha", Cause, "Text.").await;
    bed.add_tip("alpha", "Rest", "Often.").await;
    assert!(index.are_known() && is_fresh(&bed, &index));
    bed.import(mondo([term("MONDO:1", "omega")])).await;
    assert!(!is_fresh(&bed, &index));
}

async fn reading_changes_nothing(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let before = bed.changed();
    bed.page("alpha").await;
    bed.all().await;
    bed.found("alpha").await;
    bed.storage.notice_changes().await.unwrap();
    assert_eq!(bed.changed(), before);
}

async fn another_process_notices(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    let other = bed.second().await;
    let (alpha, beta) = (page(&other, "alpha").await, page(&other, "beta").await);
    bed.save("alpha", Cause, "Text.").await;
    assert!(is_fresh(&other, &alpha), "not before it looks");
    other.storage.notice_changes().await.unwrap();
    assert!(!is_fresh(&other, &alpha) && is_fresh(&other, &beta));
    // And the other way round; what is known by then is not told again.
    let (alpha, beta) = (page(&bed, "alpha").await, page(&bed, "beta").await);
    other.save("beta", Cause, "Text.").await;
    bed.storage.notice_changes().await.unwrap();
    assert!(is_fresh(&bed, &alpha) && !is_fresh(&bed, &beta));
    let beta = page(&bed, "beta").await;
    bed.storage.notice_changes().await.unwrap();
    assert!(is_fresh(&bed, &beta));
    assert_eq!(bed.section("beta", Cause).await, "<p>Text.</p>\n");
}

async fn another_process_searches_what_is_new(bed: Bed) {
    let other = bed.second().await;
    assert!(other.found("alpha").await.is_empty());
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    other.storage.notice_changes().await.unwrap();
    assert_eq!(other.found("alpha").await, ["Alpha"]);
}

/// Transactions do not become visible in the order in which they begin.
async fn nothing_is_missed_that_is_committed_late(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha"), term("MONDO:2", "beta")]))
        .await;
    if bed.kind() == DatabaseKind::Sqlite {
        // There, one writer is behind the other.
        return;
    }
    let other = bed.second().await;
    let alpha = page(&other, "alpha").await;
    let connection = bed.connection().await;
    let late = connection.begin().await.unwrap();
    late.execute_unprepared(
        "UPDATE section SET protection = NULL; INSERT INTO section (id, condition_id, kind, language) \
         SELECT gen_random_uuid(), id, 'cause', 'en' FROM condition WHERE slug = 'alpha'",
    )
    .await
    .unwrap();
    for number in 0..3 {
        bed.save("beta", Cause, &number.to_string()).await;
        other.storage.notice_changes().await.unwrap();
        assert!(is_fresh(&other, &alpha));
    }
    late.commit().await.unwrap();
    other.storage.notice_changes().await.unwrap();
    assert!(!is_fresh(&other, &alpha));
}

async fn who_has_not_looked_for_long_takes_everything_for_changed(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let alpha = page(&bed, "alpha").await;
    bed.storage.notice_changes().await.unwrap();
    assert!(is_fresh(&bed, &alpha));
    bed.days_pass(1);
    bed.storage.notice_changes().await.unwrap();
    assert!(!is_fresh(&bed, &alpha));
}

async fn changes_are_told_for_an_hour(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let told = "SELECT count(*) FROM change";
    bed.storage.sweep().await.unwrap();
    assert!(bed.number(told).await > 0);
    let connection = bed.connection().await;
    let sql = "UPDATE change SET noted_at = noted_at - 3600000001";
    connection.execute_unprepared(sql).await.unwrap();
    bed.storage.sweep().await.unwrap();
    assert_eq!(bed.number(told).await, 0);
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
    let before = bed.changed();
    let id = bed.id("alpha").await;
    assert!(bed.try_save(id, SectionKind::Tips, "Text.").await.is_err());
    assert!(bed.try_save(id, Cause, "").await.is_err());
    let nobody = domain::catalogue::ConditionId(uuid::Uuid::nil());
    assert!(bed.try_save(nobody, Cause, "Text.").await.is_err());
    assert_eq!((events(&bed).await.len(), bed.changed()), (1, before));
}
