//! Pages that are still written on the server as one text, and their addresses.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::{page::CachePolicy, wiki::WritingPage};

/// What the page at an address asks the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Writing sections.
    Wiki(WritingPage),
}

impl Question {
    /// The shape of the address, which names no condition and no query, for logs.
    pub fn route(&self) -> &'static str {
        match self {
            Self::Wiki(page) => page.route(),
        }
    }

    /// Whether something can be sent to the address.
    pub fn takes_forms(&self) -> bool {
        match self {
            Self::Wiki(page) => page.takes_forms(),
        }
    }

    /// Who may keep what is at the address.
    pub fn policy(&self) -> CachePolicy {
        match self {
            Self::Wiki(page) => page.policy(),
        }
    }

    /// The question of the page at a path with its query; `None` where there is no page.
    pub fn of(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let segments = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(|segment| {
                percent_decode_str(segment)
                    .decode_utf8()
                    .map(String::from)
                    .ok()
            })
            .collect::<Option<Vec<_>>>()?;
        let query: HashMap<_, _> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        WritingPage::of(&segments, &query).map(Self::Wiki)
    }
}
