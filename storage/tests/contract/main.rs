//! What the storage promises, on SQLite and on PostgreSQL alike: every test runs on both.
//!
//! `cargo xtask test` starts a PostgreSQL cluster for it. By hand, set `RARESHARE_TEST_POSTGRES`.

#![allow(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

/// Turns `async fn name(bed: Bed)` into two tests, `sqlite::name` and `postgres::name`. A function
/// that is not listed is dead code, and the compiler says so.
macro_rules! contract {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[test]
                fn $test() {
                    crate::bed::on_sqlite(super::$test);
                }
            )+
        }

        mod postgres {
            $(
                #[test]
                fn $test() {
                    crate::bed::on_postgres(super::$test);
                }
            )+
        }
    };
}

mod accounts;
mod active;
mod aliases;
mod appeals;
mod audit;
mod bed;
mod catalogue;
mod changes;
mod citations;
mod condition_follows;
mod content_notes;
mod discussion_audiences;
mod discussion_changes;
mod discussion_rules;
mod discussion_walk;
mod discussions;
mod drafts;
mod family;
mod feed_readers;
mod feeds;
mod first_post_rules;
mod first_post_walk;
mod first_posts;
mod generated;
mod held;
mod hidden_posts;
mod hostile;
mod import;
mod leader_changes;
mod leader_walk;
mod leaders;
mod letters;
mod limits;
mod links;
mod lists;
mod live;
mod markup;
mod member_lists;
mod mentions;
mod migration;
mod moderated_members;
mod moderation_rules;
mod moderation_walk;
mod muted_aliases;
mod muting;
mod names;
mod notification_mail;
mod notification_mail_rules;
mod notification_readers;
mod notifications;
mod outside_registries;
mod own_account;
mod own_profile;
mod people;
#[path = "../common/postgres.rs"]
mod postgres;
mod profiles;
mod proposals;
mod question_rules;
mod question_walk;
mod questions;
mod reactions;
mod registry;
mod registry_accesses;
mod registry_answers;
mod registry_at_rest;
mod registry_desk;
mod registry_gate;
mod registry_gate_model;
mod registry_majority;
mod registry_own_data;
mod registry_proof;
mod registry_reminders;
mod registry_requests;
mod registry_rotation;
mod registry_walk;
mod relatives;
mod release;
mod replacements;
mod report_rules;
mod report_walk;
mod reports;
mod requests;
mod resource_changes;
mod resource_rules;
mod resource_walk;
mod resources;
mod reviews;
mod revisions;
mod saved_draft_rules;
mod saved_drafts;
mod search;
mod second_factor;
mod second_factor_set_up;
mod sections;
mod set_notes;
#[path = "../common/strings.rs"]
mod strings;
mod suspensions;
mod tables;
#[path = "../common/test_data.rs"]
mod test_data;
mod text_search;
mod text_search_audiences;
mod text_search_kinds;
mod texts;
mod trial_lists;
mod trial_matching;
mod trials;
mod trouble;
mod trust;
mod unseen;
mod walk;
mod walk_actions;
mod walk_traits;
mod wiki;
mod withdrawal;
mod writers;
