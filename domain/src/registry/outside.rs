//! Registries elsewhere, to which a site or a community sends people in place of its own.

use serde::{Deserialize, Serialize};

use crate::{
    Error, FieldError, Result,
    community::check_link,
    text::{check_one_line, fold},
};

/// Most characters of a registry's name.
pub const OUTSIDE_NAME_LONGEST: usize = 80;

/// A registry on another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideRegistry {
    /// The name that people know it by.
    pub name: String,
    /// Where one enrols: `https`, as [`check_link`] keeps it.
    pub link: String,
}

impl OutsideRegistry {
    /// The field, and the option of `rareshare serve`, with its name.
    pub const NAME: &'static str = "registry-name";
    /// The same with its address.
    pub const LINK: &'static str = "registry-url";

    /// What was typed, as it is kept; none where both are empty. [`Error::Invalid`] about
    /// [`OutsideRegistry::NAME`] and [`OutsideRegistry::LINK`].
    ///
    /// ```
    /// use domain::registry::OutsideRegistry;
    /// let registry = OutsideRegistry::check(" CoRDS ", "https://example.org").unwrap().unwrap();
    /// assert_eq!(registry.visit(), "Visit CoRDS to enrol");
    /// assert_eq!(registry.link, "https://example.org/");
    /// ```
    pub fn check(name: &str, link: &str) -> Result<Option<Self>> {
        if name.trim().is_empty() && link.trim().is_empty() {
            return Ok(None);
        }
        match (check_name(name), check_address(link)) {
            (Ok(name), Ok(link)) => Ok(Some(Self { name, link })),
            (name, link) => {
                let wrong = name.err().into_iter().chain(link.err());
                Err(Error::Invalid {
                    fields: wrong.flat_map(fields).collect(),
                })
            }
        }
    }

    /// What its link says.
    pub fn visit(&self) -> String {
        format!("Visit {} to enrol", self.name)
    }

    /// That nobody new enrols here, and where they do.
    pub fn enrols_there(&self) -> Error {
        elsewhere(format!(
            "new people enrol in {}, on another site: {}",
            self.name, self.link
        ))
    }

    /// That researchers do not ask here, and where they do.
    pub fn is_asked_there(&self) -> Error {
        elsewhere(format!(
            "researchers ask the staff of {}, on another site: {}",
            self.name, self.link
        ))
    }
}

fn elsewhere(reason: String) -> Error {
    Error::Forbidden { reason }
}

fn fields(error: Error) -> Vec<FieldError> {
    match error {
        Error::Invalid { fields } => fields,
        _ => Vec::new(),
    }
}

fn check_name(typed: &str) -> Result<String> {
    let name = check_one_line(OutsideRegistry::NAME, typed, OUTSIDE_NAME_LONGEST)?;
    // What folds to nothing cannot be read out.
    if fold(&name).is_empty() {
        return Err(Error::invalid(
            OutsideRegistry::NAME,
            "Enter the name of the registry.",
        ));
    }
    Ok(name)
}

fn check_address(typed: &str) -> Result<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid(
            OutsideRegistry::LINK,
            "Enter the address of the registry.",
        ));
    }
    // Who enrols tells about their health there.
    if !typed.to_ascii_lowercase().starts_with("https://") {
        return Err(Error::invalid(
            OutsideRegistry::LINK,
            "The address has to begin with https://.",
        ));
    }
    check_link(OutsideRegistry::LINK, typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://registry.example.org/enrol";

    fn wrong(name: &str, link: &str) -> Vec<String> {
        match OutsideRegistry::check(name, link) {
            Err(Error::Invalid { fields }) => fields.into_iter().map(|wrong| wrong.field).collect(),
            other => panic!("{name:?} {link:?}: {other:?}"),
        }
    }

    #[test]
    fn it_has_a_name_and_an_encrypted_address_or_is_none() {
        for (name, link) in [("", ""), (" \n", "\t")] {
            assert_eq!(OutsideRegistry::check(name, link), Ok(None));
        }
        let registry = OutsideRegistry::check(" The  ALS\nregistry ", &format!(" {LINK} "));
        let registry = registry.unwrap().unwrap();
        assert_eq!(registry.name, "The ALS registry");
        assert_eq!(registry.link, LINK);
        assert_eq!(registry.visit(), "Visit The ALS registry to enrol");
        let again = OutsideRegistry::check(&registry.name, &registry.link);
        assert_eq!(again, Ok(Some(registry)), "what is kept stays as it is");
        let capital = OutsideRegistry::check("A", "HTTPS://Example.org").unwrap();
        assert_eq!(capital.unwrap().link, "https://example.org/");
    }

    #[test]
    fn one_alone_is_not_enough() {
        assert_eq!(wrong("CoRDS", ""), [OutsideRegistry::LINK]);
        assert_eq!(wrong("", LINK), [OutsideRegistry::NAME]);
        let both = [OutsideRegistry::NAME, OutsideRegistry::LINK];
        assert_eq!(wrong("…", "example.org"), both);
    }

    #[test]
    fn other_addresses_are_refused() {
        for bad in [
            "http://example.org/",
            "example.org",
            "//example.org/",
            "javascript:alert(1)",
            "mailto:a@example.org",
            "https://",
            "https://localhost/",
            "https://127.0.0.1/",
            "https://user@example.org/",
            "https://user:password@example.org/",
            "https://good.org\\@evil.org/",
            "https://example.org/a b",
            "https://example.org/\u{202e}",
        ] {
            assert_eq!(wrong("CoRDS", bad), [OutsideRegistry::LINK], "{bad:?}");
        }
        let longest = format!("https://example.org/{}", "a".repeat(480));
        assert!(OutsideRegistry::check("CoRDS", &longest).is_ok());
        assert_eq!(wrong("CoRDS", &(longest + "a")), [OutsideRegistry::LINK]);
    }

    #[test]
    fn names_are_one_line_that_can_be_seen() {
        for good in ["A", "Fälle 4", "登録簿", &"ä".repeat(OUTSIDE_NAME_LONGEST)] {
            assert!(OutsideRegistry::check(good, LINK).is_ok(), "{good:?}");
        }
        for bad in [
            " ",
            "…",
            "a\u{202e}b",
            "a\0b",
            "\u{200b}",
            &"a".repeat(OUTSIDE_NAME_LONGEST + 1),
        ] {
            assert_eq!(wrong(bad, LINK), [OutsideRegistry::NAME], "{bad:?}");
        }
    }

    #[test]
    fn a_refusal_says_where_to_turn() {
        let registry = OutsideRegistry::check("CoRDS", LINK).unwrap().unwrap();
        for refusal in [registry.enrols_there(), registry.is_asked_there()] {
            assert_eq!(refusal.status(), 403);
            let words = refusal.to_string();
            assert!(words.contains("CoRDS") && words.ends_with(LINK), "{words}");
        }
    }
}
