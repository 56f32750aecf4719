//! What researchers ask the staff of the registry. Staff read it at the desk: see `administration`.

pub mod api;
mod ask_page;
mod forms;

pub use ask_page::AskRegistryPage;
pub use forms::AskRegistryFields;
