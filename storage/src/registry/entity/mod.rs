//! The tables of the registry.

pub mod document;
pub mod event;
pub mod head;
pub mod holder;
pub mod identity;
pub mod key;
pub mod participant;
pub mod screening;
