//! What the pages of moderators share. They are compiled for the server alone and come without a script.

mod queue;

pub(super) use queue::{Queue, QueueWords};
