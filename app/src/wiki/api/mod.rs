//! What the pages about sections get from the server, and what becomes of their forms.

pub mod reading;
pub mod writing;
