use std::{collections::BTreeSet, fmt, str::FromStr};

use thiserror::Error;

/// What `--select` is when it is not given: what Orphanet or the US National Organization for Rare
/// Disorders count as a rare disease, or the rare subset of the Disease Ontology, without
/// predispositions, which are no disease.
///
/// A group that one of them lists is a condition: people look for Ehlers-Danlos syndrome, not for
/// its types. So is one that Orphanet alone calls a group, if the Disease Ontology and GARD list it,
/// unless Mondo says that it is one, too: narcolepsy. Subtypes of a disorder have no page, but those
/// of such a group do: the two forms of Hunter syndrome.
const DEFAULT: &str = "orphanet_rare|nord_rare|DO_rare_slim\
                       |ordo_group_of_disorders&doid_rare&gard_rare&!disease_grouping,\
                       -ordo_subtype_of_a_disorder\
                       /disease_grouping|rare_grouping|ordo_group_of_disorders,-predisposition";

/// Which terms of an ontology become conditions, told by the subsets they are in.
///
/// Parts are separated by commas and must all hold. A part names one subset or several with `|`
/// between them, or in place of one several that must all fit, with `&` between them and `!` before
/// one that must not. With `-` in front a part leaves out what it fits, but behind `/` it may name
/// subsets of a taken term directly below which it does not. `all` fits every term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// One of each must fit; none when everything is taken.
    take: Vec<Vec<Alternative>>,
    /// None may fit.
    leave: Vec<Exclusion>,
}

/// Subsets that a term must be in, and those that it must not be in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Alternative(Vec<(String, bool)>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Exclusion {
    out: Vec<Alternative>,
    /// Of these is the taken term below which it does not count.
    save_below: Vec<Alternative>,
}

impl Alternative {
    fn fits(&self, subsets: &BTreeSet<&str>) -> bool {
        let Self(names) = self;
        let holds = |(name, wanted): &(String, bool)| subsets.contains(name.as_str()) == *wanted;
        names.iter().all(holds)
    }

    fn parse(text: &str, whole: &str) -> Result<Self, SelectionError> {
        let possible = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
        let names = text.split('&').map(|name| {
            let name = name.trim();
            let (name, wanted) = match name.strip_prefix('!') {
                Some(rest) => (rest.trim(), false),
                None => (name, true),
            };
            if name.is_empty() {
                return Err(SelectionError::Empty(whole.to_owned()));
            }
            if name.starts_with('-') || !name.chars().all(possible) {
                return Err(SelectionError::Name(name.to_owned()));
            }
            if name == "all" {
                return Err(SelectionError::All(whole.to_owned()));
            }
            Ok((name.to_owned(), wanted))
        });
        names.collect::<Result<_, _>>().map(Self)
    }

    fn parse_all(text: &str, whole: &str) -> Result<Vec<Self>, SelectionError> {
        let alternatives = text.split('|').map(|part| Self::parse(part, whole));
        alternatives.collect()
    }
}

impl fmt::Display for Alternative {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(names) = self;
        for (at, (name, wanted)) in names.iter().enumerate() {
            let and = if at > 0 { "&" } else { "" };
            let not = if *wanted { "" } else { "!" };
            write!(formatter, "{and}{not}{name}")?;
        }
        Ok(())
    }
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

    /// Whether a term of these subsets is selected, wherever it is.
    pub fn fits(&self, subsets: &BTreeSet<&str>) -> bool {
        self.takes(subsets) && !self.leave.iter().any(|leave| any(&leave.out, subsets))
    }

    /// Whether it is directly below a selected term of the subsets `above`.
    pub fn fits_below(&self, subsets: &BTreeSet<&str>, above: &BTreeSet<&str>) -> bool {
        let left = |leave: &Exclusion| any(&leave.out, subsets) && !any(&leave.save_below, above);
        self.takes(subsets) && !self.leave.iter().any(left)
    }

    fn takes(&self, subsets: &BTreeSet<&str>) -> bool {
        self.take.iter().all(|part| any(part, subsets))
    }
}

fn any(alternatives: &[Alternative], subsets: &BTreeSet<&str>) -> bool {
    alternatives.iter().any(|one| one.fits(subsets))
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
            if part == "all" {
                takes_all = true;
            } else if let Some(out) = part.strip_prefix('-') {
                let (out, save_below) = match out.split_once('/') {
                    Some((out, below)) => (out, Alternative::parse_all(below, text)?),
                    None => (out, Vec::new()),
                };
                let out = Alternative::parse_all(out, text)?;
                selection.leave.push(Exclusion { out, save_below });
            } else {
                selection.take.push(Alternative::parse_all(part, text)?);
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
        let joined = |alternatives: &[Alternative]| {
            let texts: Vec<String> = alternatives.iter().map(ToString::to_string).collect();
            texts.join("|")
        };
        let mut parts: Vec<String> = self.take.iter().map(|part| joined(part)).collect();
        if parts.is_empty() {
            parts.push("all".to_owned());
        }
        parts.extend(self.leave.iter().map(|leave| {
            let below = joined(&leave.save_below);
            let slash = if below.is_empty() { "" } else { "/" };
            format!("-{}{slash}{below}", joined(&leave.out))
        }));
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
        assert!(fits(DEFAULT, &["nord_rare", "disease_grouping"]));
        assert!(fits(DEFAULT, &["orphanet_rare", "ordo_group_of_disorders"]));
        let group = ["ordo_group_of_disorders", "doid_rare", "gard_rare"];
        assert!(fits(DEFAULT, &group));
        assert!(!fits(DEFAULT, &group[..2]));
        assert!(!fits(
            DEFAULT,
            &[&group[..], &["disease_grouping"]].concat()
        ));
        assert!(!fits(DEFAULT, &["rare", "disease_grouping"]));
        assert!(!fits(DEFAULT, &["rare"]));
        assert!(!fits(DEFAULT, &[]));
    }

    #[test]
    fn subtypes_are_taken_below_a_group_alone() {
        let selection = Selection::default();
        let subtype = BTreeSet::from(["nord_rare", "ordo_subtype_of_a_disorder"]);
        assert!(!selection.fits(&subtype));
        assert!(selection.fits_below(&subtype, &BTreeSet::from(["ordo_group_of_disorders"])));
        assert!(!selection.fits_below(&subtype, &BTreeSet::from(["ordo_disorder"])));
        let unlisted = BTreeSet::from(["ordo_subtype_of_a_disorder"]);
        assert!(!selection.fits_below(&unlisted, &BTreeSet::from(["disease_grouping"])));
        let predisposition = BTreeSet::from(["nord_rare", "predisposition"]);
        assert!(!selection.fits_below(&predisposition, &BTreeSet::from(["disease_grouping"])));
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
        for text in ["all", "all,-x", "a|b,c,-d|e,-f", "a&!b|c,-d&e/f|!g"] {
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
            ("a&", "empty part"),
            ("a,-b/", "empty part"),
            ("a/b", "\"a/b\" cannot be"),
            ("a&all", "stands alone"),
            ("all|a", "stands alone"),
            ("a,-all", "stands alone"),
        ] {
            let error = text.parse::<Selection>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
