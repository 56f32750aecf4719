//! Pages that are still written on the server as one text, and their addresses.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::{page::CachePolicy, profile::ProfilePage, wiki::WritingPage};

/// What the page at an address asks the services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Profiles, and what people set about theirs.
    Profile(ProfilePage),
    /// Writing sections, and what was written before.
    Wiki(WritingPage),
}

impl Question {
    /// The shape of the address, which names no condition and no query, for logs.
    pub fn route(&self) -> &'static str {
        match self {
            Self::Profile(page) => page.route(),
            Self::Wiki(page) => page.route(),
        }
    }

    /// Whether something can be sent to the address.
    pub fn takes_forms(&self) -> bool {
        match self {
            Self::Profile(page) => page.takes_forms(),
            Self::Wiki(page) => page.takes_forms(),
        }
    }

    /// Whether files can be sent to it.
    pub fn takes_files(&self) -> bool {
        matches!(self, Self::Profile(ProfilePage::Picture { .. }))
    }

    /// Who may keep what is at the address.
    pub fn policy(&self) -> CachePolicy {
        match self {
            Self::Profile(page) => page.policy(),
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
        if let Some(page) = ProfilePage::of(&segments, &query) {
            return Some(Self::Profile(page));
        }
        if let Some(page) = WritingPage::of(&segments, &query) {
            return Some(Self::Wiki(page));
        }
        None
    }
}
