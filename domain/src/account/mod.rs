//! People and the programs that act for the operator.

mod model;

pub use model::Actor;
