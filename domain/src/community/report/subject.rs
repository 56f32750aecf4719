//! What can be reported, by the parts of its address.

use serde::{Deserialize, Serialize};

use crate::{text::is_slug, wiki::SectionKind};

/// Something that somebody can report.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportSubject {
    /// A post; a discussion or a question is its first post.
    Post {
        /// Id of its topic.
        topic: String,
        /// Which one.
        number: i64,
    },
    /// A resource in the list of a community.
    Resource {
        /// Its id.
        id: String,
    },
    /// What a member shows of themselves.
    Member {
        /// Their handle.
        handle: String,
    },
    /// A section of a condition's page.
    Section {
        /// The condition's address.
        slug: String,
        /// Which section.
        kind: SectionKind,
    },
    /// A tip on a condition's page.
    Tip {
        /// The condition's address.
        slug: String,
        /// Names it within its condition.
        id: String,
    },
}

impl ReportSubject {
    /// The stable name of its kind, in addresses, forms and the database.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Post { .. } => "post",
            Self::Resource { .. } => "resource",
            Self::Member { .. } => "member",
            Self::Section { .. } => "section",
            Self::Tip { .. } => "tip",
        }
    }

    /// What it is called in a sentence: "a post".
    pub fn noun(&self) -> &'static str {
        noun_of(self.kind())
    }

    /// What names it among those of its kind, as it is in addresses and forms. What it consists of needs
    /// no encoding.
    ///
    /// ```
    /// use domain::community::ReportSubject;
    /// let post = ReportSubject::Post { topic: "abcde01234".to_owned(), number: 3 };
    /// assert_eq!(post.value(), "abcde01234-3");
    /// ```
    pub fn value(&self) -> String {
        match self {
            Self::Post { topic, number } => format!("{topic}-{number}"),
            Self::Resource { id } => id.clone(),
            Self::Member { handle } => handle.clone(),
            Self::Section { slug, kind } => format!("{slug}.{}", kind.as_str()),
            Self::Tip { slug, id } => format!("{slug}.{id}"),
        }
    }

    /// From the name of its kind and what names it; `None` where nothing has such a name.
    pub fn parse(kind: &str, value: &str) -> Option<Self> {
        match kind {
            "post" => {
                let (topic, number) = value.split_once('-')?;
                let number = number.parse().ok().filter(|number| *number > 0)?;
                Some(Self::Post {
                    topic: name(topic)?,
                    number,
                })
            }
            "resource" => Some(Self::Resource { id: name(value)? }),
            "member" => Some(Self::Member {
                handle: name(value)?,
            }),
            "section" => {
                let (slug, kind) = of_condition(value)?;
                let kind = SectionKind::parse(kind)?;
                Some(Self::Section { slug, kind })
            }
            "tip" => {
                let (slug, id) = of_condition(value)?;
                Some(Self::Tip {
                    slug,
                    id: name(id)?,
                })
            }
            _ => None,
        }
    }
}

/// What something of a kind is called in a sentence.
pub fn noun_of(kind: &str) -> &'static str {
    match kind {
        "post" => "a post",
        "resource" => "a resource",
        "member" => "a profile",
        "section" => "a section",
        "tip" => "a tip",
        _ => "something",
    }
}

fn name(text: &str) -> Option<String> {
    let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_';
    ((1..=100).contains(&text.len()) && text.bytes().all(is_sign)).then(|| text.to_owned())
}

fn of_condition(value: &str) -> Option<(String, &str)> {
    let (slug, rest) = value.split_once('.')?;
    is_slug(slug).then(|| (slug.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reported_is_found_by_its_address_again() {
        for subject in [
            ReportSubject::Post {
                topic: "abcde01234".to_owned(),
                number: 12,
            },
            ReportSubject::Resource {
                id: "abcde01234".to_owned(),
            },
            ReportSubject::Member {
                handle: "abcde01234".to_owned(),
            },
            ReportSubject::Section {
                slug: "multiple-myeloma".to_owned(),
                kind: SectionKind::DiagnosticTests,
            },
            ReportSubject::Tip {
                slug: "multiple-myeloma".to_owned(),
                id: "t-1_2".to_owned(),
            },
        ] {
            let found = ReportSubject::parse(subject.kind(), &subject.value());
            assert_eq!(found.as_ref(), Some(&subject));
            assert_ne!(subject.noun(), noun_of("?"));
        }
    }

    #[test]
    fn what_names_nothing_is_nothing() {
        for (kind, value) in [
            ("post", "abc"),
            ("post", "abc-0"),
            ("post", "abc--1"),
            ("post", "-1"),
            ("post", "abc-1-2"),
            ("resource", ""),
            ("resource", "a\0b"),
            ("resource", "a b"),
            ("member", "ä"),
            ("section", "multiple-myeloma"),
            ("section", "multiple-myeloma.nothing"),
            ("section", "Multiple Myeloma.cause"),
            ("tip", "multiple-myeloma."),
            ("tip", "multiple-myeloma.<b>"),
            ("topic", "abc"),
            ("", ""),
        ] {
            assert_eq!(ReportSubject::parse(kind, value), None, "{kind} {value:?}");
        }
    }
}
