//! Managing other people's accounts. These pages are compiled for the server alone and come without
//! a script.

pub mod api;
pub mod forms;
mod people_page;
mod person_page;

use domain::{
    Error,
    account::Actor,
    policy::{Action, permit},
};

pub use people_page::PeoplePage;
pub use person_page::PersonPage;

/// Whether there are such pages for who asks. For all others they are like addresses that there is
/// nothing at.
pub fn is_for(actor: Actor) -> bool {
    permit(actor, Action::LookAfterAccounts) != Err(Error::NotFound)
}
