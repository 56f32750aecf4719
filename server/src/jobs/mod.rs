//! What the server does by itself.

mod notice;

pub use notice::notice_changes;
