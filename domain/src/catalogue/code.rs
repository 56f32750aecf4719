use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A system of codes for diseases. The spelling of [`CodeSystem::prefix`] is the one shown to
/// people and stored; sources spell several of them differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CodeSystem {
    /// Orphanet, <https://www.orpha.net>.
    #[serde(rename = "ORPHA")]
    Orpha,
    /// Mondo Disease Ontology.
    #[serde(rename = "MONDO")]
    Mondo,
    /// Online Mendelian Inheritance in Man.
    #[serde(rename = "OMIM")]
    Omim,
    /// Phenotypic series of OMIM.
    #[serde(rename = "OMIMPS")]
    OmimSeries,
    /// ICD-10, in the clinical modification of the US.
    #[serde(rename = "ICD-10")]
    Icd10,
    /// Stem codes of ICD-11 for mortality and morbidity statistics. The numbers of its foundation
    /// are no codes: nobody writes them into a letter.
    #[serde(rename = "ICD-11")]
    Icd11,
    /// Medical Subject Headings.
    #[serde(rename = "MeSH")]
    Mesh,
    /// Human Disease Ontology.
    #[serde(rename = "DOID")]
    Doid,
    /// Genetic and Rare Diseases Information Center.
    #[serde(rename = "GARD")]
    Gard,
    /// National Cancer Institute Thesaurus.
    #[serde(rename = "NCIT")]
    Ncit,
    /// Unified Medical Language System.
    #[serde(rename = "UMLS")]
    Umls,
}

impl CodeSystem {
    /// All systems, in the order in which a page lists them.
    pub const ALL: [Self; 11] = [
        Self::Orpha,
        Self::Mondo,
        Self::Omim,
        Self::OmimSeries,
        Self::Icd10,
        Self::Icd11,
        Self::Mesh,
        Self::Doid,
        Self::Gard,
        Self::Ncit,
        Self::Umls,
    ];

    /// How the prefix is written.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Orpha => "ORPHA",
            Self::Mondo => "MONDO",
            Self::Omim => "OMIM",
            Self::OmimSeries => "OMIMPS",
            Self::Icd10 => "ICD-10",
            Self::Icd11 => "ICD-11",
            Self::Mesh => "MeSH",
            Self::Doid => "DOID",
            Self::Gard => "GARD",
            Self::Ncit => "NCIT",
            Self::Umls => "UMLS",
        }
    }

    /// The system that a prefix stands for in any of the spellings found in sources. `None` for
    /// others, and for SNOMED CT and MedDRA, whose licences do not let us show their codes.
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        Some(match prefix.to_ascii_uppercase().as_str() {
            "ORPHA" | "ORPHANET" | "ORDO" => Self::Orpha,
            "MONDO" => Self::Mondo,
            "OMIM" | "MIM" => Self::Omim,
            "OMIMPS" | "MIMPS" => Self::OmimSeries,
            "ICD-10" | "ICD10" | "ICD10CM" | "ICD-10-CM" | "ICD10WHO" => Self::Icd10,
            "ICD-11" | "ICD11" | "ICD11.FOUNDATION" => Self::Icd11,
            "MESH" | "MSH" => Self::Mesh,
            "DOID" => Self::Doid,
            "GARD" => Self::Gard,
            "NCIT" | "NCI" => Self::Ncit,
            "UMLS" | "UMLS_CUI" => Self::Umls,
            _ => return None,
        })
    }
}

/// A code of one system, with its value in one spelling: `GARD:0007108` and `gard:7108` are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Code {
    /// Whose code it is.
    pub system: CodeSystem,
    /// The value without prefix.
    pub value: String,
}

impl Code {
    /// A code with its value brought to the one spelling, or `None` if it has no possible form.
    pub fn new(system: CodeSystem, value: &str) -> Option<Self> {
        let value = match system {
            // Dagger and asterisk say which of two codes is the cause and which is where it shows
            // (ICD-10, volume 2, section 3.1.3); "+" is the dagger of plain text.
            CodeSystem::Icd10 => value.trim().trim_end_matches(['+', '*', '†']).trim_end(),
            _ => value.trim(),
        };
        let possible = !value.is_empty()
            && value.len() <= 40
            && value
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
        if !possible {
            return None;
        }
        let numeric = value.bytes().all(|b| b.is_ascii_digit());
        let value = match system {
            CodeSystem::Mondo if numeric => format!("{value:0>7}"),
            CodeSystem::Gard | CodeSystem::Orpha | CodeSystem::Omim | CodeSystem::OmimSeries
                if numeric =>
            {
                let short = value.trim_start_matches('0');
                if short.is_empty() {
                    return None;
                }
                short.to_owned()
            }
            CodeSystem::Mondo | CodeSystem::Gard | CodeSystem::Orpha | CodeSystem::Omim => {
                return None;
            }
            CodeSystem::Icd11 => {
                let value = value.to_ascii_uppercase();
                if !is_stem_code(&value) {
                    return None;
                }
                value
            }
            _ => value.to_ascii_uppercase(),
        };
        Some(Self { system, value })
    }

    /// The public page of the code at its source, where there is one.
    pub fn url(&self) -> Option<String> {
        let value = &self.value;
        Some(match self.system {
            CodeSystem::Orpha => format!("https://www.orpha.net/en/disease/detail/{value}"),
            CodeSystem::Mondo => format!("https://monarchinitiative.org/MONDO:{value}"),
            CodeSystem::Omim => format!("https://omim.org/entry/{value}"),
            CodeSystem::OmimSeries => format!("https://omim.org/phenotypicSeries/PS{value}"),
            CodeSystem::Icd10 => format!("https://icd.who.int/browse10/2019/en#/{value}"),
            CodeSystem::Mesh => format!("https://meshb.nlm.nih.gov/record/ui?ui={value}"),
            CodeSystem::Doid => format!("https://disease-ontology.org/?id=DOID:{value}"),
            CodeSystem::Gard => {
                format!("https://rarediseases.info.nih.gov/diseases/{value}/index")
            }
            CodeSystem::Ncit => {
                format!("https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncit/{value}")
            }
            // The browser of ICD-11 is addressed by foundation ids.
            CodeSystem::Icd11 | CodeSystem::Umls => return None,
        })
    }
}

/// Whether a text in upper case has the form of a stem code of ICD-11, such as "2A83.1" (ICD-11
/// Reference Guide, code structure): four characters of which the second is a letter and the third a
/// digit, then at most two behind a point; no O and no I. Those that begin with X are extensions.
fn is_stem_code(value: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'O' | b'I');
    let (stem, rest) = match value.split_once('.') {
        Some((stem, rest)) if !rest.is_empty() => (stem, rest),
        Some(_) => return false,
        None => (value, ""),
    };
    let &[chapter, block, digit, last] = stem.as_bytes() else {
        return false;
    };
    [chapter, block, last].into_iter().all(sign)
        && !matches!(chapter, b'0' | b'X')
        && block.is_ascii_alphabetic()
        && digit.is_ascii_digit()
        && rest.len() <= 2
        && rest.bytes().all(sign)
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.system.prefix(), self.value)
    }
}

impl FromStr for Code {
    type Err = ();

    /// Reads `PREFIX:value`, `PREFIX value` or `OMIM:PS123456` in any spelling of the prefix.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (prefix, value) = text.trim().split_once([':', ' ']).ok_or(())?;
        let system = CodeSystem::from_prefix(prefix.trim()).ok_or(())?;
        let value = value.trim();
        match (system, value.strip_prefix("PS")) {
            (CodeSystem::Omim, Some(series)) => Self::new(CodeSystem::OmimSeries, series),
            _ => Self::new(system, value),
        }
        .ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> Option<String> {
        text.parse::<Code>().ok().map(|code| code.to_string())
    }

    #[test]
    fn spellings_become_one() {
        for (given, expected) in [
            ("ORDO:29073", "ORPHA:29073"),
            ("Orphanet:29073", "ORPHA:29073"),
            ("orpha 29073", "ORPHA:29073"),
            ("MIM:254500", "OMIM:254500"),
            ("OMIM:PS268000", "OMIMPS:268000"),
            ("UMLS_CUI:C0026764", "UMLS:C0026764"),
            ("GARD:0007108", "GARD:7108"),
            ("gard:7108", "GARD:7108"),
            ("mondo:9693", "MONDO:0009693"),
            ("ICD10CM:c90.0", "ICD-10:C90.0"),
            ("NCI:C3242", "NCIT:C3242"),
            ("ICD11:2a83.1", "ICD-11:2A83.1"),
            ("ICD-11:8A00.0Z", "ICD-11:8A00.0Z"),
            ("ICD-11:KB21", "ICD-11:KB21"),
        ] {
            assert_eq!(normal(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for given in [
            "",
            "ORPHA:",
            "ORPHA:x1",
            "ORPHA:0",
            "SNOMEDCT_US_2025_09_01:80258006",
            "MEDDRA:10028228",
            "myeloma",
            "OMIM:<script>",
            // Foundation, block, extension, several at once.
            "ICD11:733056203",
            "ICD-11:L1-2A8",
            "ICD-11:XM1Z",
            "ICD-11:2A83.",
            "ICD-11:2A83.123",
        ] {
            assert_eq!(normal(given), None, "{given}");
        }
    }

    #[test]
    fn dagger_and_asterisk_are_notation() {
        for given in [
            "ICD-10:E85.4+",
            "ICD10:E85.4†",
            "ICD-10: e85.4 *",
            "ICD10CM:E85.4",
        ] {
            assert_eq!(normal(given).as_deref(), Some("ICD-10:E85.4"), "{given}");
        }
        assert_eq!(normal("ORPHA:29073+"), None);
        assert_eq!(normal("ICD-10:+"), None);
    }
}
