use std::{collections::BTreeSet, fmt, str::FromStr};

use thiserror::Error;

/// What `--select` is when it is not given: what Orphanet or the US National Organization for Rare
/// Disorders count as a rare disease, or the rare subset of the Disease Ontology, without terms
/// that only group others, subtypes of a disorder, and predispositions, which are no disease.
const DEFAULT: &str = "orphanet_rare|nord_rare|DO_rare_slim,-disease_grouping,-rare_grouping,\
                       -ordo_group_of_disorders,-ordo_subtype_of_a_disorder,-predisposition";

/// Which terms of an ontology become conditions, told by the subsets they are in.
///
/// Parts are separated by commas and must all hold. A part names one subset or several with `|`
/// between them; with `-` in front it leaves out what is in any of them. `all` fits every term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// One of each must fit; none when everything is taken.
    take: Vec<Vec<String>>,
    /// None may fit.
    leave: Vec<Vec<String>>,
}

/// Why a selection cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SelectionError {
    /// A part, or a name in it, is empty.
    #[error(
        "the selection \"{0}\" has an empty part; write names of subsets, as in \"rare|orphanet_rare,-predisposition\""
    )]
    Empty(String),
    /// Only exclusions.
    #[error(
        "the selection \"{0}\" only leaves terms out; begin with \"all\" or with the subsets to take"
    )]
    NothingTaken(String),
    /// A name that no subset can have.
    #[error(
        "\"{0}\" cannot be the name of a subset: letters, digits, \"_\", \"-\", \".\" and \":\" are possible"
    )]
    Name(String),
    /// `all` is not a subset among others.
    #[error("\"all\" stands alone in its part: \"all\" or \"all,-predisposition\", not \"{0}\"")]
    All(String),
}

impl Selection {
    /// Every term that is not obsolete.
    pub fn all() -> Self {
        Self {
            take: Vec::new(),
            leave: Vec::new(),
        }
    }

    /// Whether a term of these subsets is selected.
    pub fn fits(&self, subsets: &BTreeSet<&str>) -> bool {
        let any = |part: &Vec<String>| part.iter().any(|name| subsets.contains(name.as_str()));
        self.take.iter().all(any) && !self.leave.iter().any(any)
    }
}

impl Default for Selection {
    fn default() -> Self {
        // The text is ours; a test reads it.
        DEFAULT.parse().unwrap_or_else(|_| Self::all())
    }
}

impl FromStr for Selection {
    type Err = SelectionError;

    fn from_str(text: &str) -> Result<Self, SelectionError> {
        let mut selection = Self::all();
        let mut takes_all = false;
        for part in text.split(',').map(str::trim) {
            let (part, leaves) = match part.strip_prefix('-') {
                Some(rest) => (rest, true),
                None => (part, false),
            };
            let names: Vec<String> = part.split('|').map(|name| name.trim().to_owned()).collect();
            for name in &names {
                if name.is_empty() {
                    return Err(SelectionError::Empty(text.to_owned()));
                }
                let possible = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
                if name.starts_with('-') || !name.chars().all(possible) {
                    return Err(SelectionError::Name(name.clone()));
                }
            }
            if names.iter().any(|name| name == "all") {
                if leaves || names.len() > 1 {
                    return Err(SelectionError::All(text.to_owned()));
                }
                takes_all = true;
            } else if leaves {
                selection.leave.push(names);
            } else {
                selection.take.push(names);
            }
        }
        if selection.take.is_empty() && !takes_all {
            return Err(SelectionError::NothingTaken(text.to_owned()));
        }
        Ok(selection)
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.take.iter().map(|part| part.join("|")).collect();
        if parts.is_empty() {
            parts.push("all".to_owned());
        }
        parts.extend(self.leave.iter().map(|part| format!("-{}", part.join("|"))));
        formatter.write_str(&parts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(selection: &str, subsets: &[&str]) -> bool {
        let selection: Selection = selection.parse().unwrap();
        selection.fits(&subsets.iter().copied().collect())
    }

    #[test]
    fn the_default_is_what_it_says() {
        assert_eq!(Selection::default().to_string(), DEFAULT);
        assert!(fits(DEFAULT, &["nord_rare"]));
        assert!(fits(DEFAULT, &["DO_rare_slim", "rare"]));
        assert!(!fits(DEFAULT, &["nord_rare", "predisposition"]));
        assert!(!fits(DEFAULT, &["rare"]));
        assert!(!fits(DEFAULT, &[]));
    }

    #[test]
    fn parts_are_joined_by_and() {
        assert!(fits("rare, ordo_disorder", &["rare", "ordo_disorder"]));
        assert!(!fits("rare,ordo_disorder", &["rare"]));
        assert!(fits("all", &[]));
        assert!(!fits("all,-a|b", &["b"]));
        assert!(fits("zoonotic-disease", &["zoonotic-disease"]));
    }

    #[test]
    fn display_can_be_read_again() {
        for text in ["all", "all,-x", "a|b,c,-d|e,-f"] {
            assert_eq!(text.parse::<Selection>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, expected) in [
            ("", "empty part"),
            ("a,,b", "empty part"),
            ("a||b", "empty part"),
            ("a,-", "empty part"),
            ("-a", "only leaves terms out"),
            ("a b", "\"a b\" cannot be"),
            ("--a", "\"-a\" cannot be"),
            ("all|a", "stands alone"),
            ("a,-all", "stands alone"),
        ] {
            let error = text.parse::<Selection>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
