//! The event log: its table, and the seal that keeps it from being changed unnoticed.

pub mod entity;
pub mod head;
mod sealing;

pub use sealing::EventStore;
