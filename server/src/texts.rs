//! The site's own texts: the project's, or the operator's where there are any.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result, anyhow};
use domain::{
    Error,
    site::{Site, SiteIdentity, SiteText, TextKind},
};
use serde::Deserialize;

/// Texts rendered at start, with the identity they speak of.
#[derive(Debug)]
pub struct Texts {
    identity: SiteIdentity,
    texts: HashMap<TextKind, SiteText>,
}

#[derive(Deserialize)]
struct FrontMatter {
    title: String,
    description: String,
}

fn embedded(kind: TextKind) -> &'static str {
    match kind {
        TextKind::About => include_str!("../texts/about.md"),
        TextKind::Privacy => include_str!("../texts/privacy.md"),
        TextKind::Accessibility => include_str!("../texts/accessibility.md"),
        TextKind::Help => include_str!("../texts/help.md"),
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
        for kind in TextKind::ALL {
            let own = folder.map(|folder| folder.join(format!("{}.md", kind.as_str())));
            let source = match own.filter(|path| path.exists()) {
                Some(path) => std::fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?,
                None => embedded(kind).to_owned(),
            };
            let source = source
                .replace("{{site_name}}", &plain(&identity.name))
                .replace("{{contact}}", &contact_link(contact));
            let text =
                parse(&source).with_context(|| format!("in the text {}.md", kind.as_str()))?;
            texts.insert(kind, text);
        }
        Ok(Self { identity, texts })
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

fn parse(source: &str) -> Result<SiteText> {
    let (front, body) = source
        .trim_start_matches('\u{feff}')
        .trim_start()
        .strip_prefix("+++")
        .and_then(|rest| rest.split_once("\n+++"))
        .ok_or_else(|| anyhow!("it must begin with +++, title and description, +++"))?;
    let front: FrontMatter = toml::from_str(front)?;
    Ok(SiteText {
        title: front.title,
        description: front.description,
        html: storage::wiki::markdown::render_page(body),
    })
}

impl Site for Texts {
    fn identity(&self) -> &SiteIdentity {
        &self.identity
    }

    fn text(&self, kind: TextKind) -> domain::Result<SiteText> {
        storage::changes::never_changes();
        self.texts.get(&kind).cloned().ok_or(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity() -> SiteIdentity {
        SiteIdentity {
            name: "Rare <b>".to_owned(),
            public_url: "http://localhost".to_owned(),
            demonstration: false,
        }
    }

    #[test]
    fn every_text_has_words() {
        let texts = Texts::load(identity(), "help@example.org", None).unwrap();
        for kind in TextKind::ALL {
            let text = texts.text(kind).unwrap();
            assert!(text.html.as_str().contains("<h2>"), "{kind:?}");
            assert!(!text.html.as_str().contains("{{"), "{kind:?}");
            assert!(!text.html.as_str().contains("<b>"), "{kind:?}");
            assert!(text.description.chars().count() <= 155, "{kind:?}");
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
