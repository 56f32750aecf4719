//! The site's own texts: the project's, or the operator's where there are any.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result, anyhow};
use domain::{
    Error,
    site::{HelpAnswer, Site, SiteIdentity, SiteText, TextKind},
    text::MAX_QUERY,
};
use serde::Deserialize;
use storage::{search::has_words, wiki::markdown::render_page};

/// Texts rendered at start, with the identity they speak of.
#[derive(Debug)]
pub struct Texts {
    identity: SiteIdentity,
    by_kind: HashMap<TextKind, SiteText>,
    help: Vec<Part>,
}

/// A heading of the help with what stands below it, as Markdown.
#[derive(Debug)]
struct Part {
    heading: String,
    /// Paragraphs and entries of lists.
    blocks: Vec<String>,
}

impl Part {
    fn all_of(body: &str) -> Vec<Self> {
        let parts = body.split("\n## ").skip(1);
        let parts = parts.map(|part| {
            let (heading, text) = part.split_once('\n').unwrap_or((part, ""));
            let blocks = text
                .split("\n\n")
                .flat_map(|block| {
                    if block.trim().starts_with("- ") {
                        block.trim().split_inclusive('\n').collect()
                    } else {
                        vec![block]
                    }
                })
                .map(str::trim_end)
                .filter(|block| !block.trim().is_empty());
            Self {
                heading: heading.to_owned(),
                blocks: blocks.map(str::to_owned).collect(),
            }
        });
        parts.collect()
    }

    /// What of it has all words, which may be in the heading as well: how much, and the text.
    fn having(&self, query: &str) -> Option<(usize, String)> {
        let heading = plain_of(&self.heading);
        let whole = has_words(query, &heading);
        let found = self
            .blocks
            .iter()
            .filter(|block| whole || has_words(query, &format!("{heading} {}", plain_of(block))));
        let found: Vec<&str> = found.map(String::as_str).collect();
        let text = format!("## {}\n\n{}\n", self.heading, found.join("\n\n"));
        (!found.is_empty()).then_some((found.len(), text))
    }
}

/// Markdown without the addresses of its links.
fn plain_of(markdown: &str) -> String {
    let mut plain = String::new();
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("](") {
        plain.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[derive(Deserialize)]
struct FrontMatter {
    title: String,
    description: String,
}

/// Ours. The registry's speak of one on this site, or of one elsewhere.
fn embedded(kind: TextKind, elsewhere: bool) -> &'static str {
    match kind {
        TextKind::Registry if elsewhere => include_str!("../texts/registry-elsewhere.md"),
        TextKind::RegistryResearchers if elsewhere => {
            include_str!("../texts/registry-researchers-elsewhere.md")
        }
        TextKind::About => include_str!("../texts/about.md"),
        TextKind::Privacy => include_str!("../texts/privacy.md"),
        TextKind::Accessibility => include_str!("../texts/accessibility.md"),
        TextKind::Help => include_str!("../texts/help.md"),
        TextKind::Registry => include_str!("../texts/registry.md"),
        TextKind::RegistryResearchers => include_str!("../texts/registry-researchers.md"),
    }
}

impl Texts {
    /// The same on a site where all people and conversations are invented, or not.
    #[must_use]
    pub fn of_demonstration(mut self, demonstration: bool) -> Self {
        self.identity.demonstration = demonstration;
        self
    }

    /// Reads all texts; a file of the operator's with the same name comes before ours.
    pub fn load(identity: SiteIdentity, contact: &str, folder: Option<&Path>) -> Result<Self> {
        let mut texts = HashMap::new();
        let mut help = Vec::new();
        for kind in TextKind::ALL {
            let own = folder.map(|folder| folder.join(format!("{}.md", kind.as_str())));
            let source = match own.filter(|path| path.exists()) {
                Some(path) => std::fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?,
                None => embedded(kind, identity.registry.is_some()).to_owned(),
            };
            let source = source
                .replace("{{site_name}}", &plain(&identity.name))
                .replace("{{contact}}", &contact_link(contact));
            let (text, body) =
                parse(&source).with_context(|| format!("in the text {}.md", kind.as_str()))?;
            if kind == TextKind::Help {
                help = Part::all_of(&body);
            }
            texts.insert(kind, text);
        }
        Ok(Self {
            identity,
            by_kind: texts,
            help,
        })
    }
}

/// Keeps an operator's words from being read as Markdown.
fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if character.is_ascii_punctuation() && !matches!(character, '.' | '-' | '@' | ',' | '\'') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

fn contact_link(contact: &str) -> String {
    let bare = !contact.contains([' ', '<', '>', '(', ')', '[', ']']);
    if bare && contact.starts_with("https://") {
        format!("<{contact}>")
    } else if bare && contact.contains('@') {
        format!("[{contact}](mailto:{contact})")
    } else {
        plain(contact)
    }
}

/// A text, and the Markdown that it was made of.
fn parse(source: &str) -> Result<(SiteText, String)> {
    let (front, body) = source
        .trim_start_matches('\u{feff}')
        .trim_start()
        .strip_prefix("+++")
        .and_then(|rest| rest.split_once("\n+++"))
        .ok_or_else(|| anyhow!("it must begin with +++, title and description, +++"))?;
    let front: FrontMatter = toml::from_str(front)?;
    let text = SiteText {
        title: front.title,
        description: front.description,
        html: render_page(body),
    };
    Ok((text, body.replace("\r\n", "\n")))
}

impl Site for Texts {
    fn identity(&self) -> &SiteIdentity {
        &self.identity
    }

    fn text(&self, kind: TextKind) -> domain::Result<SiteText> {
        storage::changes::never_changes();
        self.by_kind.get(&kind).cloned().ok_or(Error::NotFound)
    }

    fn help(&self, query: &str) -> domain::Result<HelpAnswer> {
        let mut text = self.text(TextKind::Help)?;
        let query: String = query.trim().chars().take(MAX_QUERY).collect();
        let mut found = 0;
        if !query.is_empty() {
            let parts = self.help.iter().filter_map(|part| part.having(&query));
            let having = parts.map(|(count, text)| {
                found += count;
                text
            });
            let having: Vec<String> = having.collect();
            text.html = render_page(&having.join("\n"));
        }
        Ok(HelpAnswer { text, query, found })
    }
}

#[cfg(test)]
mod tests {
    use domain::registry::OutsideRegistry;

    use super::*;

    fn identity() -> SiteIdentity {
        SiteIdentity {
            name: "Rare <b>".to_owned(),
            public_url: "http://localhost".to_owned(),
            demonstration: false,
            registry: None,
        }
    }

    /// On a site that sends people to another registry.
    fn elsewhere() -> SiteIdentity {
        let registry = OutsideRegistry::check("The <b> registry", "https://registry.example.org/");
        SiteIdentity {
            registry: registry.unwrap(),
            ..identity()
        }
    }

    #[test]
    fn every_text_has_words() {
        for identity in [identity(), elsewhere()] {
            let texts = Texts::load(identity, "help@example.org", None).unwrap();
            for kind in TextKind::ALL {
                let text = texts.text(kind).unwrap();
                assert!(text.html.as_str().contains("<h2>"), "{kind:?}");
                assert!(!text.html.as_str().contains("{{"), "{kind:?}");
                assert!(!text.html.as_str().contains("<b>"), "{kind:?}");
                assert!(text.description.chars().count() <= 155, "{kind:?}");
            }
        }
    }

    #[test]
    fn where_the_registry_is_elsewhere_no_text_says_that_one_can_enrol_here() {
        let folder = tempfile::tempdir().unwrap();
        let load = |identity| Texts::load(identity, "x", Some(folder.path())).unwrap();
        for kind in [TextKind::Registry, TextKind::RegistryResearchers] {
            let says = |identity| load(identity).text(kind).unwrap().html;
            assert!(says(identity()).as_str().contains("can enrol now"));
            assert!(!says(elsewhere()).as_str().contains("can enrol now"));
            assert!(says(elsewhere()).as_str().contains("another site"));
        }
        let own = "+++\ntitle = \"Ours\"\ndescription = \"d\"\n+++\nA\n";
        std::fs::write(folder.path().join("registry.md"), own).unwrap();
        let text = load(elsewhere()).text(TextKind::Registry).unwrap();
        assert_eq!(text.title, "Ours");
    }

    #[test]
    fn what_is_looked_for_in_the_help_is_found_under_its_heading() {
        let texts = Texts::load(identity(), "help@example.org", None).unwrap();
        let all = texts.help(" ").unwrap();
        assert_eq!(all.text, texts.text(TextKind::Help).unwrap());
        for (query, words) in [
            ("forgot my password", "You have forgotten your password."),
            ("How do I mute someone?", "You can mute someone"),
            ("lost phone", "use a recovery code"),
            ("miss", "When a condition is missing"),
        ] {
            let answer = texts.help(query).unwrap();
            let html = answer.text.html.as_str();
            assert!(
                html.contains(words) && html.contains("<h2>"),
                "{query}: {html}"
            );
            assert!((1..8).contains(&answer.found), "{query}: {}", answer.found);
            assert!(html.len() < all.text.html.as_str().len() / 3, "{query}");
        }
        for nothing in ["zebra crossing", "how do I", "; --"] {
            let answer = texts.help(nothing).unwrap();
            assert_eq!(
                (answer.found, answer.text.html.as_str()),
                (0, ""),
                "{nothing}"
            );
        }
    }

    #[test]
    fn the_operators_text_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let privacy = "+++\ntitle = \"Ours\"\ndescription = \"d\"\n+++\n## A\n{{contact}}\n";
        std::fs::write(folder.path().join("privacy.md"), privacy).unwrap();
        let texts = Texts::load(identity(), "a@b.org", Some(folder.path())).unwrap();
        let text = texts.text(TextKind::Privacy).unwrap();
        assert_eq!(text.title, "Ours");
        assert!(text.html.as_str().contains("mailto:a@b.org"));
        std::fs::write(folder.path().join("help.md"), "no front matter").unwrap();
        assert!(Texts::load(identity(), "x", Some(folder.path())).is_err());
    }
}
