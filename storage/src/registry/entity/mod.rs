//! The tables of the registry.

pub mod access;
pub mod document;
pub mod event;
pub mod hand_over;
pub mod head;
pub mod holder;
pub mod identity;
pub mod key;
pub mod participant;
pub mod reminder;
pub mod request;
pub mod screening;
