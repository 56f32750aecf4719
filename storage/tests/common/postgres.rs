//! A database on the PostgreSQL of the tests, for one test.

use std::{future::Future, panic::resume_unwind};

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use uuid::Uuid;

const VARIABLE: &str = "RARESHARE_TEST_POSTGRES";

/// Runs a test with the URL of an empty database, which is gone afterwards.
pub(crate) async fn with_database<F>(test: impl FnOnce(String) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let Ok(cluster) = std::env::var(VARIABLE) else {
        panic!(
            "{VARIABLE} is not set, so nothing was tested on PostgreSQL: run `cargo xtask test`, \
             or set it to a cluster where databases may be made, for example \
             postgres://postgres@127.0.0.1:5432/postgres"
        );
    };
    let name = format!("test_{}", Uuid::new_v4().simple());
    let (server, _) = cluster.rsplit_once('/').unwrap();
    let administration = connect(&cluster).await;
    // Not bytewise, as on most servers: an ORDER BY that relies on the default shows here.
    let created = administration
        .execute_unprepared(&format!(
            "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' \
             LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
        ))
        .await;
    created.unwrap_or_else(|error| panic!("{VARIABLE} names {cluster}: {error}"));
    // In a task of its own, so that the database goes even when the test fails.
    let outcome = tokio::spawn(test(format!("{server}/{name}"))).await;
    administration
        .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .await
        .unwrap();
    if let Err(failed) = outcome {
        resume_unwind(failed.into_panic());
    }
}

/// A connection that is nobody else's.
pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}
