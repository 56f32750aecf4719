//! Who may do what: one pure function from actor and action to a decision.
//!
//! Every service method asks first. [`Action`] lists every one of them, so that a test can walk
//! all actions with all kinds of actor.

use crate::{Error, Result, account::Actor};

/// Everything a service can be asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Read conditions, families, sources and sections.
    ReadCatalogue,
    /// Search the catalogue.
    SearchCatalogue,
    /// Read a release of a catalogue in.
    ImportCatalogue,
    /// Put texts from a source into empty sections.
    ImportSections,
    /// Save a section's text.
    WriteSection,
}

impl Action {
    /// All actions, for the test that walks them.
    pub const ALL: [Self; 5] = [
        Self::ReadCatalogue,
        Self::SearchCatalogue,
        Self::ImportCatalogue,
        Self::ImportSections,
        Self::WriteSection,
    ];
}

/// Permits the action or says why not.
pub fn permit(actor: Actor, action: Action) -> Result<()> {
    match (action, actor) {
        (Action::ReadCatalogue | Action::SearchCatalogue, _) | (_, Actor::Operator) => Ok(()),
        (Action::WriteSection, Actor::Visitor) => Err(Error::Unauthenticated),
        (Action::ImportCatalogue | Action::ImportSections, Actor::Visitor) => {
            Err(Error::Forbidden {
                reason: "only the operator of this site can import data.".to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_read_and_change_nothing() {
        for action in Action::ALL {
            let reads = matches!(action, Action::ReadCatalogue | Action::SearchCatalogue);
            assert_eq!(permit(Actor::Visitor, action).is_ok(), reads, "{action:?}");
            assert!(permit(Actor::Operator, action).is_ok(), "{action:?}");
        }
    }
}
