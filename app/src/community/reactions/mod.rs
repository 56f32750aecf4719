//! Reactions to posts: how many there are, and the buttons with which they are given and taken back.

pub mod api;
pub(super) mod forms;
mod line;
mod react_page;

pub use forms::ReactFields;
pub(super) use line::ReactionLine;
pub use react_page::ReactPage;
