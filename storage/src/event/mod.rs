//! The event log: its table, the seal that keeps it from being changed unnoticed, and its readers.

pub mod entity;
pub mod head;
pub mod reader;
pub(crate) mod reading;
pub(crate) mod sealing;

pub use sealing::EventStore;
