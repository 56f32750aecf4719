//! What a consent has to be about.

use serde::{Deserialize, Serialize};

use super::DocumentFor;
use crate::registry::screening::ConsentForm;

/// What a part of a consent is about: an element of informed consent in the United States (45 CFR 46.116,
/// paragraphs a to d), or a clause that registries of rare diseases need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Element {
    /// What matters most, in half a page (a)(5)(i).
    KeyInformation,
    /// That it is research, and for what (b)(1).
    Purpose,
    /// What happens, and for how long (b)(1).
    Procedures,
    /// Risks that can be foreseen, and that there may be others (b)(2), (c)(1).
    Risks,
    /// Benefits (b)(3).
    Benefits,
    /// What one can do instead (b)(4).
    Alternatives,
    /// Who sees what (b)(5).
    Confidentiality,
    /// Whom to ask, also about harm and rights (b)(6), (b)(7).
    Contacts,
    /// That one may say no and stop, and what then happens (b)(8), (c)(4).
    Voluntary,
    /// Use in later research (b)(9).
    FutureUse,
    /// When the registry ends somebody's part (c)(2).
    Ending,
    /// That one is told what could change one's mind (c)(5).
    NewFindings,
    /// Costs, payment, and who earns (c)(3), (c)(7).
    Commercial,
    /// Whether one is told results (c)(8).
    Results,
    /// Whether whole genomes are read (c)(9).
    Genomes,
    /// Whether and how one is contacted again (d)(6).
    Recontact,
    /// Data of the same person from elsewhere.
    Linkage,
    /// What it says about relatives.
    Family,
    /// What then holds.
    IncapacityAndDeath,
}

impl Element {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::KeyInformation,
        Self::Purpose,
        Self::Procedures,
        Self::Risks,
        Self::Benefits,
        Self::Alternatives,
        Self::Confidentiality,
        Self::Contacts,
        Self::Voluntary,
        Self::FutureUse,
        Self::Ending,
        Self::NewFindings,
        Self::Commercial,
        Self::Results,
        Self::Genomes,
        Self::Recontact,
        Self::Linkage,
        Self::Family,
        Self::IncapacityAndDeath,
    ];

    /// What every document has: also what a child is asked.
    const EVERYONE: [Self; 6] = [
        Self::KeyInformation,
        Self::Procedures,
        Self::Risks,
        Self::Benefits,
        Self::Voluntary,
        Self::Contacts,
    ];

    /// What a consent about somebody who has died has besides. They are no human subject of the rule, and
    /// nothing happens to them any more.
    const DECEASED: [Self; 11] = [
        Self::KeyInformation,
        Self::Purpose,
        Self::Procedures,
        Self::Risks,
        Self::Benefits,
        Self::Confidentiality,
        Self::Contacts,
        Self::Voluntary,
        Self::FutureUse,
        Self::Commercial,
        Self::Family,
    ];

    /// The stable name, in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeyInformation => "key-information",
            Self::Purpose => "purpose",
            Self::Procedures => "procedures",
            Self::Risks => "risks",
            Self::Benefits => "benefits",
            Self::Alternatives => "alternatives",
            Self::Confidentiality => "confidentiality",
            Self::Contacts => "contacts",
            Self::Voluntary => "voluntary",
            Self::FutureUse => "future-use",
            Self::Ending => "ending",
            Self::NewFindings => "new-findings",
            Self::Commercial => "commercial",
            Self::Results => "results",
            Self::Genomes => "genomes",
            Self::Recontact => "recontact",
            Self::Linkage => "linkage",
            Self::Family => "family",
            Self::IncapacityAndDeath => "incapacity-and-death",
        }
    }

    /// What a document has to be about.
    pub fn required(whom: DocumentFor) -> &'static [Self] {
        match whom {
            DocumentFor::Assent(_) => &Self::EVERYONE,
            DocumentFor::Consent(ConsentForm::NextOfKin) => &Self::DECEASED,
            DocumentFor::Consent(_) => &Self::ALL,
        }
    }
}
