//! The server as a library, so that a test bed can run it with a clock and data of its own. The
//! binary `rareshare` is a thin shell around [`commands`].

pub mod bundle;
pub mod clock;
pub mod commands;
pub mod config;
pub mod consent;
pub mod http;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod mail;
pub mod page_cache;
pub mod private;
#[cfg(test)]
#[path = "../../storage/tests/common/test_data.rs"]
mod test_data;
pub mod texts;
