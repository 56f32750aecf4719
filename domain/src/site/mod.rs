//! Texts of the site itself: what it is, who runs it, how it treats people and their data.

use serde::{Deserialize, Serialize};

use crate::{Result, registry::OutsideRegistry};

/// The pages whose words belong to the project or, where they supply their own, to the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextKind {
    /// What RareShare is and is not.
    About,
    /// What happens with data about people.
    Privacy,
    /// What works for whom, and what does not yet.
    Accessibility,
    /// How to find and read things.
    Help,
    /// What the patient registry is.
    Registry,
    /// How researchers work with it.
    RegistryResearchers,
}

impl TextKind {
    /// All texts.
    pub const ALL: [Self; 6] = [
        Self::About,
        Self::Privacy,
        Self::Accessibility,
        Self::Help,
        Self::Registry,
        Self::RegistryResearchers,
    ];

    /// The name of its file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::Help => "help",
            Self::Registry => "registry",
            Self::RegistryResearchers => "registry-researchers",
        }
    }
}

/// One text, ready to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteText {
    /// The page's heading.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// The text.
    pub html: crate::SafeHtml,
}

/// What of the help was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpAnswer {
    /// The whole text, or what of it has all words, each part under its heading.
    pub text: SiteText,
    /// What was looked for; empty where all is shown.
    pub query: String,
    /// How many paragraphs and entries have it.
    pub found: usize,
}

/// Who runs this installation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteIdentity {
    /// The site's name.
    pub name: String,
    /// Scheme and host of canonical addresses, without a slash at the end.
    pub public_url: String,
    /// Whether all people and conversations here are invented, which every page says.
    pub demonstration: bool,
    /// Where people are sent who want to enrol, unless it is here.
    pub registry: Option<OutsideRegistry>,
}

/// Texts and identity of this installation.
pub trait Site: Send + Sync {
    /// Name and public address.
    fn identity(&self) -> &SiteIdentity;
    /// The text of a page.
    fn text(&self, kind: TextKind) -> Result<SiteText>;
    /// What of the help has all words of a query; all of it where there are none.
    fn help(&self, query: &str) -> Result<HelpAnswer>;
}
