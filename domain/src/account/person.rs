use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// An email address that can be written to.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// What was typed, without spaces around it. `field` is the form's.
    pub fn parse(field: &str, typed: &str) -> Result<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(Error::invalid(field, "Enter your email address."));
        }
        if !typed.is_ascii() {
            return Err(Error::invalid(
                field,
                "This address has letters that mail servers may not take. Use one with letters from a to z.",
            ));
        }
        let options = email_address::Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        match email_address::EmailAddress::parse_with_options(typed, options) {
            // Quoted local parts are allowed by the standard, used by nobody and good for tricks.
            Ok(address) if !address.local_part().starts_with('"') => Ok(Self(typed.to_owned())),
            _ => Err(Error::invalid(
                field,
                "This does not look like an email address. It should be like name@example.org.",
            )),
        }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared. No mail server in use tells upper from lower case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

// Addresses do not show in logs.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

/// How somebody is connected with rare disease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Lives with a rare disease.
    Patient,
    /// Looks after somebody who does.
    Carer,
    /// A relative.
    Family,
    /// A friend.
    Friend,
    /// Treats people.
    Clinician,
    /// Studies disease.
    Researcher,
    /// Something else.
    Other,
}

impl Relation {
    /// All, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Patient,
        Self::Carer,
        Self::Family,
        Self::Friend,
        Self::Clinician,
        Self::Researcher,
        Self::Other,
    ];

    /// The stable name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Carer => "carer",
            Self::Family => "family",
            Self::Friend => "friend",
            Self::Clinician => "clinician",
            Self::Researcher => "researcher",
            Self::Other => "other",
        }
    }

    /// What the form says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Patient => "I have a rare disease, or may have one",
            Self::Carer => "I care for someone who has one",
            Self::Family => "A family member has one",
            Self::Friend => "A friend has one",
            Self::Clinician => "I treat people",
            Self::Researcher => "I do research",
            Self::Other => "Something else",
        }
    }

    /// From the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "a@b.org",
            " Ada.Lovelace+rare@example.co.uk ",
            "x_1@sub.example.org",
        ] {
            assert!(EmailAddress::parse("email", good).is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "a",
            "a@",
            "@b.org",
            "a@b",
            "a b@c.org",
            "a@b.org\nBcc: c@d.org",
            "a@[127.0.0.1]",
            "Ada <a@b.org>",
            "\"a b\"@c.org",
            "a@b.org\0",
            "å@b.org",
            "a@b..org",
        ] {
            assert!(EmailAddress::parse("email", bad).is_err(), "{bad:?}");
        }
        let address = EmailAddress::parse("email", " Ada@Example.ORG ");
        assert_eq!(
            address.map(|address| address.key()),
            Ok("ada@example.org".to_owned())
        );
    }
}
