//! A database in which all tables are already there, to be copied: making them takes longer than most
//! tests.

use std::time::UNIX_EPOCH;

use sea_orm::{ConnectionTrait, Statement};

use crate::{
    bed::Bed,
    postgres::{EMPTY, cluster, create},
};

/// The name of that database, which the first test makes that asks.
pub(crate) async fn on_postgres() -> String {
    let name = format!("tables_{}", program());
    let (administration, server) = cluster().await;
    let execute = async |sql: &str| administration.execute_unprepared(sql).await.unwrap();
    // Each test is a process of its own, and the lock ends with this one's connection.
    execute("SELECT pg_advisory_lock(1)").await;
    let there = Statement::from_string(
        administration.get_database_backend(),
        format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"),
    );
    if administration.query_one_raw(there).await.unwrap().is_none() {
        // By another name until it is whole, since whoever makes it may be ended.
        let begun = format!("{name}_begun");
        execute(&format!("DROP DATABASE IF EXISTS {begun} WITH (FORCE)")).await;
        create(&administration, &begun, EMPTY).await;
        let bed = Bed::open(format!("{server}/{begun}")).await;
        bed.storage.close().await.unwrap();
        execute(&format!("ALTER DATABASE {begun} RENAME TO {name}")).await;
    }
    administration.close().await.unwrap();
    name
}

/// What tells this program from the same one with other tables.
fn program() -> u128 {
    let file = std::env::current_exe().unwrap().metadata().unwrap();
    let changed = file.modified().unwrap();
    changed.duration_since(UNIX_EPOCH).unwrap().as_nanos()
}
