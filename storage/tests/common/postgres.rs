//! A database on the PostgreSQL of the tests, for one test.

use std::{future::Future, panic::resume_unwind, time::Duration};

use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection};
use uuid::Uuid;

const VARIABLE: &str = "RARESHARE_TEST_POSTGRES";

/// What a database is made of that has nothing in it. Its order is not bytewise, as on most servers: an
/// ORDER BY that relies on the default shows here.
pub(crate) const EMPTY: &str = "template0 ENCODING 'UTF8' \
    LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

/// The cluster where databases are made: a connection to it, and the URL that their names are added to.
pub(crate) async fn cluster() -> (DatabaseConnection, String) {
    let Ok(cluster) = std::env::var(VARIABLE) else {
        panic!(
            "{VARIABLE} is not set, so nothing was tested on PostgreSQL: run `cargo xtask test`, \
             or set it to a cluster where databases may be made, for example \
             postgres://postgres@127.0.0.1:5432/postgres"
        );
    };
    let (server, _) = cluster.rsplit_once('/').unwrap();
    (connect(&cluster).await, server.to_owned())
}

/// Makes a database of a template.
pub(crate) async fn create(administration: &DatabaseConnection, name: &str, template: &str) {
    administration
        .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .await
        .unwrap_or_else(|error| panic!("no database in the cluster of {VARIABLE}: {error}"));
}

/// Runs a test with the URL of a database like the template, which is gone afterwards.
pub(crate) async fn with_database<F>(template: &str, test: impl FnOnce(String) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (administration, server) = cluster().await;
    let name = format!("test_{}", Uuid::new_v4().simple());
    create(&administration, &name, template).await;
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
    options
        .max_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false);
    sea_orm::Database::connect(options).await.unwrap()
}
