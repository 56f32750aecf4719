use serde::{Deserialize, Serialize};

/// Who asks for something. Accounts and roles extend this; nothing else identifies a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Somebody who reads without an account, a search engine included.
    Visitor,
    /// The operator at the command line, or a job of the server.
    Operator,
}

impl Actor {
    /// How the event log names the actor.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Operator => "operator",
        }
    }
}
