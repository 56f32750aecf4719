//! Debian's packages: reading the machine's own sources, and installing as root.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::machine;
use crate::progress::Progress;
use crate::project::Project;
use crate::run;

/// One `deb` source, whichever of apt's two formats it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) uri: String,
    pub(crate) suites: Vec<String>,
    pub(crate) components: Vec<String>,
    /// `Signed-By` and `Trusted`, as apt wants them written: what makes the source acceptable.
    pub(crate) options: Vec<(String, String)>,
}

const DEBIAN_RELEASES: &[&str] = &[
    "bullseye",
    "bookworm",
    "trixie",
    "forky",
    "duke",
    "sid",
    "stable",
    "oldstable",
    "testing",
    "unstable",
];

impl Source {
    /// Debian's main archive: not security, not somebody else's repository.
    fn is_debian_main(&self) -> bool {
        let release = |suite: &String| {
            let base = suite.split(['-', '/']).next().unwrap_or_default();
            DEBIAN_RELEASES.contains(&base) && !suite.contains("security")
        };
        self.suites.iter().any(release) && self.components.iter().any(|c| c == "main")
    }

    /// The same mirror and trust for another suite, in the deb822 format.
    pub(crate) fn stanza_for(&self, suite: &str) -> String {
        let mut text = format!(
            "Types: deb\nURIs: {}\nSuites: {suite}\nComponents: main\n",
            self.uri
        );
        for (key, value) in &self.options {
            text.push_str(key);
            // A value that begins on the next line (a key written out) has no space after the colon.
            text.push_str(if value.starts_with('\n') { ":" } else { ": " });
            text.push_str(value);
            text.push('\n');
        }
        text
    }
}

/// The first source of Debian's main archive on this machine.
pub(crate) fn debian_mirror() -> Option<Source> {
    machine_sources(Path::new("/etc/apt"))
        .into_iter()
        .find(Source::is_debian_main)
}

fn machine_sources(etc: &Path) -> Vec<Source> {
    let mut files = vec![etc.join("sources.list")];
    if let Ok(entries) = fs::read_dir(etc.join("sources.list.d")) {
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    files.sort();
    let mut sources = Vec::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        match file.extension().and_then(|e| e.to_str()) {
            Some("sources") => sources.extend(parse_deb822(&text)),
            Some("list") => sources.extend(parse_one_line(&text)),
            _ => {}
        }
    }
    sources
}

/// `*.sources`: paragraphs of `Key: value`, see sources.list(5).
pub(crate) fn parse_deb822(text: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut paragraph: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            sources.extend(source_from(&std::mem::take(&mut paragraph)));
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = paragraph.last_mut() {
                value.push('\n');
                value.push_str(line);
            }
        } else if let Some((key, value)) = line.split_once(':') {
            paragraph.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    sources
}

fn source_from(paragraph: &[(String, String)]) -> Option<Source> {
    let get = |name: &str| {
        paragraph
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    };
    let words = |name: &str| -> Vec<String> {
        get(name)
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    if get("Enabled").is_some_and(|v| v.eq_ignore_ascii_case("no"))
        || !words("Types").iter().any(|t| t == "deb")
    {
        return None;
    }
    Some(Source {
        uri: words("URIs").into_iter().next()?,
        suites: words("Suites"),
        components: words("Components"),
        options: ["Signed-By", "Trusted"]
            .into_iter()
            .filter_map(|key| Some((key.to_owned(), get(key)?.to_owned())))
            .collect(),
    })
}

/// `*.list`: `deb [option=value …] uri suite component …`.
pub(crate) fn parse_one_line(text: &str) -> Vec<Source> {
    text.lines().filter_map(one_line).collect()
}

fn one_line(line: &str) -> Option<Source> {
    let line = line.split('#').next()?.trim();
    let rest = line.strip_prefix("deb")?;
    if !rest.starts_with([' ', '\t']) {
        return None;
    }
    let rest = rest.trim_start();
    let (bracket, rest) = match rest.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => ("", rest),
    };
    let options = bracket
        .split_whitespace()
        .filter_map(|option| option.split_once('='))
        .filter_map(|(key, value)| match key {
            "signed-by" => Some(("Signed-By".to_owned(), value.to_owned())),
            "trusted" => Some(("Trusted".to_owned(), value.to_owned())),
            _ => None,
        })
        .collect();
    let mut words = rest.split_whitespace().map(str::to_owned);
    Some(Source {
        uri: words.next()?,
        suites: vec![words.next()?],
        components: words.collect(),
        options,
    })
}

/// Installs packages if we may; else says which and how.
pub(crate) fn install(project: &Project, packages: &[&str], why: &str) -> Result<()> {
    let list = packages.join(" ");
    let by_hand = format!("apt-get update && apt-get install -y {list}");
    if project.which("apt-get").is_none() {
        bail!(
            "{why} is missing, and this machine has no apt-get to install it with\n  \
             to fix: install what Debian packages as `{list}`"
        );
    }
    if !machine::is_root(project) {
        bail!("{why} is missing, and only root may install it\n  to fix: sudo sh -c '{by_hand}'");
    }
    let progress = Progress::start(
        &format!("installing Debian's {list}"),
        &format!("{why} is missing"),
    );
    for arguments in [
        &["update"][..],
        &[&["install", "-y", "--no-install-recommends"], packages].concat(),
    ] {
        let mut command = project.command("apt-get");
        command
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        run::run_logged(&mut command, &project.tools_log("apt"), &progress)
            .with_context(|| format!("could not install Debian's {list}\n  to fix: {by_hand}"))?;
    }
    progress.done();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEB822: &str = "\
Types: deb
# a snapshot is named here
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://other.example/debian
Suites: sid
Components: main
";

    #[test]
    fn reads_both_formats() {
        let sources = parse_deb822(DEB822);
        assert_eq!(sources.len(), 2, "a disabled source does not count");
        assert_eq!(sources[0].suites, ["bookworm", "bookworm-updates"]);
        assert!(sources[0].is_debian_main());
        assert!(!sources[1].is_debian_main(), "security has no rust-src");

        let lines = parse_one_line(
            "# comment\n\
             deb-src http://mirror.example/debian bookworm main\n\
             deb [arch=amd64 signed-by=/k.gpg trusted=yes] http://mirror.example/debian trixie main contrib # here\n\
             deb https://apt.example/node nodistro main\n",
        );
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].uri, "http://mirror.example/debian");
        assert_eq!(lines[0].components, ["main", "contrib"]);
        assert!(lines[0].is_debian_main());
        assert!(!lines[1].is_debian_main());
    }

    #[test]
    fn another_suite_keeps_mirror_and_trust() {
        let source = &parse_deb822(DEB822)[0];
        assert_eq!(
            source.stanza_for("sid"),
            "Types: deb\nURIs: http://mirror.example/debian\nSuites: sid\nComponents: main\n\
             Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
        );
    }

    #[test]
    fn a_key_written_out_survives() {
        let text = "Types: deb\nURIs: http://m.example/debian\nSuites: sid\nComponents: main\n\
                    Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n";
        let source = &parse_deb822(text)[0];
        assert_eq!(source.stanza_for("sid"), text);
    }
}
