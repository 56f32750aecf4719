//! Through whose eyes you can look at your own profile.

use domain::policy::Viewer;
use serde::{Deserialize, Serialize};

/// As whom you can look at your own profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onlooker {
    /// Anyone who is not signed in.
    #[default]
    Visitor,
    /// Anyone who is.
    Member,
    /// A member of one of your communities.
    Community,
    /// A search engine.
    SearchEngine,
}

impl Onlooker {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [
        Self::Visitor,
        Self::Member,
        Self::Community,
        Self::SearchEngine,
    ];

    /// The name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Member => "member",
            Self::Community => "community",
            Self::SearchEngine => "search-engine",
        }
    }

    /// From the name in an address; anything unknown is a visitor.
    pub fn from_name(name: Option<&str>) -> Self {
        Self::ALL
            .into_iter()
            .find(|onlooker| Some(onlooker.as_str()) == name)
            .unwrap_or_default()
    }

    /// What the page says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Visitor => "A visitor",
            Self::Member => "A member",
            Self::Community => "A member of your communities",
            Self::SearchEngine => "A search engine",
        }
    }
}

impl From<Onlooker> for Viewer {
    fn from(onlooker: Onlooker) -> Self {
        match onlooker {
            Onlooker::Visitor | Onlooker::SearchEngine => Self::Visitor,
            Onlooker::Member => Self::Member,
            Onlooker::Community => Self::Community,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_calls_use_the_same_names() {
        for onlooker in Onlooker::ALL {
            let name = serde_json::to_value(onlooker).unwrap();
            assert_eq!(name, onlooker.as_str());
            assert_eq!(Onlooker::from_name(Some(onlooker.as_str())), onlooker);
        }
        assert_eq!(Onlooker::from_name(Some("owner")), Onlooker::Visitor);
        assert_eq!(Onlooker::from_name(None), Onlooker::Visitor);
    }
}
