//! Every page and its address.
//!
//! An address is read in one place, on the server: [`Question::of`] says what the page at it asks.
//! The browser does not route; it asks for the data of an address and shows what comes.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::{page::page, ui};

/// The whole application, below `<body>`. The router keeps the address bar and the history; what
/// is at an address is the server's to say.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <ui::Header/>
            {page()}
            <ui::Footer/>
        </Router>
    }
}

#[cfg(feature = "ssr")]
pub use self::question::Question;

#[cfg(feature = "ssr")]
mod question {
    use std::collections::HashMap;

    use domain::{
        Error,
        account::Actor,
        catalogue::CodeSystem,
        policy::{Action, permit},
        site::TextKind,
    };
    use percent_encoding::percent_decode_str;

    use crate::{
        account::{AccountPage, AdministrationPage},
        profile::ProfilePage,
        ui::Keeping,
        wiki::WritingPage,
    };

    /// What the page at an address asks the services.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Question {
        /// `/`
        Home,
        /// `/sources`
        Sources,
        /// `/about`, `/privacy`, `/accessibility`, `/help`
        Text(TextKind),
        /// `/communities/{slug}`
        Condition {
            /// The condition's address.
            slug: String,
        },
        /// `/conditions?letter=&after=`
        List {
            /// One letter, or all.
            letter: Option<String>,
            /// Slug after which the page begins.
            after: Option<String>,
        },
        /// `/conditions/families`
        Families,
        /// `/conditions/families/{slug}?after=`
        Family {
            /// The family's address.
            slug: String,
            /// Slug after which its conditions begin.
            after: Option<String>,
        },
        /// `/search?q=&from=`
        Search {
            /// What was typed.
            query: String,
            /// Position of the first hit.
            from: usize,
        },
        /// `/orpha/29073`, `/mondo/0009693`, `/omim/254500`
        Code {
            /// Whose code.
            system: CodeSystem,
            /// The value.
            value: String,
        },
        /// Joining, signing in, settings.
        Account(AccountPage),
        /// Profiles, and what people set about theirs.
        Profile(ProfilePage),
        /// Writing sections, and what was written before.
        Wiki(WritingPage),
        /// Looking after accounts.
        Administration(AdministrationPage),
    }

    impl Question {
        /// The shape of the address, which names no condition and no query, for logs.
        pub fn route(&self) -> &'static str {
            match self {
                Self::Home => "/",
                Self::Sources => "/sources",
                Self::Text(kind) => kind.as_str(),
                Self::Condition { .. } => "/communities/{slug}",
                Self::List { .. } => "/conditions",
                Self::Families => "/conditions/families",
                Self::Family { .. } => "/conditions/families/{slug}",
                Self::Search { .. } => "/search",
                Self::Code { .. } => "/{system}/{value}",
                Self::Account(page) => page.route(),
                Self::Profile(page) => page.route(),
                Self::Wiki(page) => page.route(),
                Self::Administration(page) => page.route(),
            }
        }

        /// Whether something can be sent to the address.
        pub fn takes_forms(&self) -> bool {
            match self {
                Self::Account(_) | Self::Administration(_) => true,
                Self::Profile(page) => page.takes_forms(),
                Self::Wiki(page) => page.takes_forms(),
                _ => false,
            }
        }

        /// Whether files can be sent to it.
        pub fn takes_files(&self) -> bool {
            matches!(self, Self::Profile(ProfilePage::Picture { .. }))
        }

        /// Whether who asks may know that there is such a page. For others it is like any address
        /// that there is none at.
        pub fn is_for(&self, actor: Actor) -> bool {
            match self {
                Self::Administration(_) => {
                    permit(actor, Action::LookAfterAccounts) != Err(Error::NotFound)
                }
                _ => true,
            }
        }

        /// Whether the page stays as the server has written it: no script is sent with it.
        pub fn is_plain(&self) -> bool {
            matches!(self, Self::Administration(_))
        }

        /// Who may keep what is at the address.
        pub fn keeping(&self) -> Keeping {
            match self {
                Self::Account(page) => page.keeping(),
                Self::Profile(page) => page.keeping(),
                Self::Wiki(page) => page.keeping(),
                Self::Administration(_) => Keeping::Nobody,
                _ => Keeping::Everybody,
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
            let mut query: HashMap<_, _> = form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect();
            let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
            if let Some(page) = AccountPage::of(&segments, &query) {
                return Some(Self::Account(page));
            }
            if let Some(page) = ProfilePage::of(&segments, &query) {
                return Some(Self::Profile(page));
            }
            if let Some(page) = WritingPage::of(&segments, &query) {
                return Some(Self::Wiki(page));
            }
            if let Some(page) = AdministrationPage::of(&segments, &query) {
                return Some(Self::Administration(page));
            }
            Some(match segments.as_slice() {
                [] => Self::Home,
                ["sources"] => Self::Sources,
                ["conditions"] => Self::List {
                    letter: query.remove("letter"),
                    after: query.remove("after"),
                },
                ["conditions", "families"] => Self::Families,
                ["conditions", "families", slug] => Self::Family {
                    slug: (*slug).to_owned(),
                    after: query.remove("after"),
                },
                ["communities", slug] => Self::Condition {
                    slug: (*slug).to_owned(),
                },
                ["search"] => Self::Search {
                    query: query.remove("q").unwrap_or_default(),
                    from: query
                        .remove("from")
                        .and_then(|from| from.parse().ok())
                        .unwrap_or_default(),
                },
                [system @ ("orpha" | "mondo" | "omim"), value] => Self::Code {
                    system: CodeSystem::from_prefix(system)?,
                    value: (*value).to_owned(),
                },
                [text] => Self::Text(
                    TextKind::ALL
                        .into_iter()
                        .find(|kind| kind.as_str() == *text)?,
                ),
                _ => return None,
            })
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn addresses_ask() {
            assert_eq!(Question::of("/"), Some(Question::Home));
            assert_eq!(
                Question::of("/communities/multiple-myeloma"),
                Some(Question::Condition {
                    slug: "multiple-myeloma".to_owned()
                })
            );
            assert_eq!(
                Question::of("/search?q=a+b%26&from=20"),
                Some(Question::Search {
                    query: "a b&".to_owned(),
                    from: 20
                })
            );
            assert_eq!(
                Question::of("/conditions?after=x"),
                Some(Question::List {
                    letter: None,
                    after: Some("x".to_owned())
                })
            );
            assert_eq!(Question::of("/help"), Some(Question::Text(TextKind::Help)));
            for nothing in [
                "/nope",
                "/communities",
                "/communities/a/b",
                "/icd/1",
                "/%FF",
            ] {
                assert_eq!(Question::of(nothing), None, "{nothing}");
            }
        }
    }
}
