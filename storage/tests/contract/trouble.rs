//! When the database cannot: nothing is half written, and it goes on afterwards.

use domain::{
    Error,
    account::Actor,
    wiki::{DraftLink, Edit, Revisions, Saved, SectionKind},
};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use storage::{DatabaseKind, migration::Migrator};

use crate::{
    bed::{Bed, names},
    people::submission,
    release::{mondo, term},
    texts::{sections, text},
};

contract! {
    an_import_that_fails_midway_leaves_nothing,
    an_import_of_texts_that_fails_midway_leaves_nothing,
    a_locked_database_asks_to_try_again,
    broken_connections_are_replaced,
    people_who_save_at_once_all_succeed,
    two_processes_open_at_once,
    two_imports_at_once_leave_one_catalogue,
    readers_see_all_of_an_import_or_nothing,
}

use SectionKind::{Cause, Symptoms};

/// Makes every INSERT into a table fail from now on, as a bug or a full disk would.
pub(crate) async fn sabotage(bed: &Bed, connection: &DatabaseConnection, table: &str) {
    let sql = match bed.kind() {
        DatabaseKind::Sqlite => format!(
            "CREATE TRIGGER sabotage BEFORE INSERT ON {table} \
             BEGIN SELECT RAISE(ABORT, 'sabotage'); END"
        ),
        DatabaseKind::Postgres => format!(
            "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql \
             AS 'BEGIN RAISE EXCEPTION ''sabotage''; END'; \
             CREATE TRIGGER sabotage BEFORE INSERT ON {table} EXECUTE FUNCTION sabotage()"
        ),
    };
    connection.execute_unprepared(&sql).await.unwrap();
}

pub(crate) async fn repair(bed: &Bed, connection: &DatabaseConnection, table: &str) {
    let sql = match bed.kind() {
        DatabaseKind::Sqlite => "DROP TRIGGER sabotage".to_owned(),
        DatabaseKind::Postgres => {
            format!("DROP TRIGGER sabotage ON {table}; DROP FUNCTION sabotage()")
        }
    };
    connection.execute_unprepared(&sql).await.unwrap();
}

/// How many rows each table has, and how often visitors were shown something else.
async fn state(bed: &Bed) -> Vec<i64> {
    let mut state = vec![
        bed.number("SELECT count(*) FROM change").await,
        bed.changed().0.cast_signed(),
    ];
    for table in [
        "source",
        "condition",
        "condition_slug",
        "synonym",
        "code",
        "lineage",
        "section",
        "revision",
        "helped",
        "hidden_name",
        "event",
    ] {
        state.push(bed.number(&format!("SELECT count(*) FROM {table}")).await);
    }
    state
}

async fn an_import_that_fails_midway_leaves_nothing(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha").synonym("first")]))
        .await;
    let before = (state(&bed).await, bed.condition("alpha").await);
    let release = || {
        mondo([
            term("MONDO:1", "omega").synonym("second"),
            term("MONDO:2", "beta")
                .under("MONDO:1")
                .synonym("third")
                .code("OMIM:1"),
        ])
        .complete()
    };
    let connection = bed.connection().await;
    // From the first table that is written to the last.
    for table in [
        "condition",
        "condition_slug",
        "synonym",
        "code",
        "lineage",
        "event",
    ] {
        sabotage(&bed, &connection, table).await;
        let failed = bed.try_import(release()).await;
        assert!(
            matches!(failed, Err(Error::Internal { .. })),
            "{table}: {failed:?}"
        );
        repair(&bed, &connection, table).await;
        let after = (state(&bed).await, bed.condition("alpha").await);
        assert_eq!(after, before, "{table}");
    }
    assert_eq!(bed.found("third").await, [""; 0]);
    let report = bed.import(release()).await;
    assert_eq!((report.new, report.changed), (1, 1));
    assert_eq!(bed.found("third").await, ["Beta"]);
}

async fn an_import_of_texts_that_fails_midway_leaves_nothing(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.read_in(sections([text("MONDO:1", Cause, "Old.")]))
        .await;
    let before = (state(&bed).await, bed.page("alpha").await);
    let newer = || {
        sections([
            text("MONDO:1", Cause, "New."),
            text("MONDO:1", Symptoms, "New."),
        ])
    };
    let connection = bed.connection().await;
    for table in ["section", "revision", "event"] {
        sabotage(&bed, &connection, table).await;
        let wiki = bed.storage.wiki();
        let actor = domain::account::Actor::Operator;
        let progress = &domain::catalogue::Silent;
        let failed = domain::wiki::Wiki::import(&*wiki, actor, newer(), progress).await;
        assert!(
            matches!(failed, Err(Error::Internal { .. })),
            "{table}: {failed:?}"
        );
        let id = bed.id("alpha").await;
        assert!(
            bed.try_save(id, Symptoms, "By a person.").await.is_err(),
            "{table}"
        );
        repair(&bed, &connection, table).await;
        assert_eq!(
            (state(&bed).await, bed.page("alpha").await),
            before,
            "{table}"
        );
    }
    assert_eq!(bed.read_in(newer()).await.new, 1);
}

async fn a_locked_database_asks_to_try_again(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let before = state(&bed).await;
    let id = bed.id("alpha").await;
    let connection = bed.connection().await;
    let (lock, release) = match bed.kind() {
        DatabaseKind::Sqlite => ("BEGIN IMMEDIATE", "COMMIT"),
        DatabaseKind::Postgres => ("BEGIN; LOCK TABLE change IN SHARE MODE", "COMMIT"),
    };
    connection.execute_unprepared(lock).await.unwrap();
    let (imported, saved) = tokio::join!(
        bed.try_import(mondo([term("MONDO:2", "beta")])),
        bed.try_save(id, Cause, "Text.")
    );
    assert_eq!(imported, Err(Error::Unavailable));
    assert_eq!(saved, Err(Error::Unavailable));
    // Reading goes on meanwhile.
    assert_eq!(names(&bed.all().await), ["Alpha"]);
    assert_eq!(bed.found("alpha").await, ["Alpha"]);
    assert_eq!(state(&bed).await, before);
    connection.execute_unprepared(release).await.unwrap();
    bed.save("alpha", Cause, "Text.").await;
    assert_eq!(bed.import(mondo([term("MONDO:2", "beta")])).await.new, 1);
}

async fn broken_connections_are_replaced(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    if bed.kind() == DatabaseKind::Sqlite {
        return; // SQLite has no connections that could break.
    }
    let connection = bed.connection().await;
    for _ in 0..3 {
        connection
            .execute_unprepared(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await
            .unwrap();
        let id = match bed.resolve("alpha").await {
            Ok(domain::catalogue::Resolved::Here(condition)) => condition.id.unwrap(),
            Err(Error::Unavailable) => bed.id("alpha").await,
            other => panic!("{other:?}"),
        };
        bed.try_save(id, Cause, "Text.").await.unwrap();
    }
}

async fn people_who_save_at_once_all_succeed(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let lines = |changed: Option<usize>| -> String {
        let line = |number| match changed {
            Some(changed) if changed == number => format!("Line {number}, changed.\n\n"),
            _ => format!("Line {number}.\n\n"),
        };
        (0..20).map(line).collect()
    };
    let Ok(Saved::Published(base)) = bed
        .write(Actor::Operator, "alpha", Cause, &lines(None))
        .await
    else {
        panic!("the first text was not saved");
    };
    let other = bed.second().await;
    let mut saves = tokio::task::JoinSet::new();
    for number in 0..20 {
        let storage = [&bed, &other][number % 2].storage.clone();
        let markdown = lines(Some(number));
        saves.spawn(async move {
            let edit = Edit {
                agreed: false,
                base: Some(base),
                markdown,
                summary: String::new(),
                draft: DraftLink::default(),
            };
            let (actor, key) = (Actor::Operator, submission(&number.to_string()));
            let wiki = storage.wiki();
            wiki.save(actor, "alpha", Cause, edit, &key).await
        });
    }
    while let Some(saved) = saves.join_next().await {
        let outcome = saved.unwrap();
        assert!(matches!(outcome, Ok(Saved::Published(_))), "{outcome:?}");
    }
    // Each changed a line of its own, and all of the changes are there.
    let html = bed.section("alpha", Cause).await;
    assert_eq!(html.matches("changed").count(), 20, "{html}");
    // One section, and each revision but the first follows another.
    assert_eq!(bed.number("SELECT count(*) FROM section").await, 1);
    assert_eq!(bed.number("SELECT count(*) FROM revision").await, 21);
    let bases = "SELECT count(DISTINCT base_id) FROM revision";
    assert_eq!(bed.number(bases).await, 20);
    let heads = "SELECT count(*) FROM section s JOIN revision r ON r.id = s.head_id \
                 WHERE NOT EXISTS (SELECT 1 FROM revision n WHERE n.base_id = r.id)";
    assert_eq!(bed.number(heads).await, 1);
}

async fn two_processes_open_at_once(bed: Bed) {
    let connection = bed.connection().await;
    for _ in 0..3 {
        Migrator::down(&connection, None).await.unwrap();
        connection
            .execute_unprepared("DROP TABLE seaql_migrations")
            .await
            .unwrap();
        let (first, second) = tokio::join!(bed.second(), bed.second());
        first.import(mondo([term("MONDO:1", "alpha")])).await;
        assert_eq!(names(&second.all().await), ["Alpha"]);
    }
}

async fn two_imports_at_once_leave_one_catalogue(bed: Bed) {
    let other = bed.second().await;
    let many = || mondo((1..=200).map(|n| term(&format!("MONDO:{n}"), &format!("type {n}"))));
    let (first, second) = tokio::join!(bed.try_import(many()), other.try_import(many()));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(
        (first.new + second.new, first.unchanged + second.unchanged),
        (200, 200)
    );
    assert_eq!(bed.number("SELECT count(*) FROM condition").await, 200);
}

async fn readers_see_all_of_an_import_or_nothing(bed: Bed) {
    let other = bed.second().await;
    let import = async {
        let many = (1..=3_000).map(|n| term(&format!("MONDO:{n}"), &format!("type {n}")));
        bed.import(mondo(many)).await;
    };
    let look = async {
        let mut seen = Vec::new();
        while seen.last() != Some(&3_000) {
            seen.push(other.number("SELECT count(*) FROM condition").await);
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        seen
    };
    let ((), mut seen) = tokio::join!(import, look);
    seen.dedup();
    assert!(seen == [0, 3_000] || seen == [3_000], "{seen:?}");
}
