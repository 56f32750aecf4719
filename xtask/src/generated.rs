//! Sites full of invented people and posts (`rareshare demo --size`), on either database.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::builder::RangedI64ValueParser;

use crate::progress::Progress;
use crate::project::Project;
use crate::run;
use crate::server::{Server, Start};

/// What the numbers are meant for: 10,000 conditions and 100,000 members come with them.
pub(crate) const POSTS: u32 = 1_000_000;
/// Of fewer there is not a page full in the communities that are looked at.
pub(crate) const FEWEST: u32 = 1_000;

/// How many posts somebody may ask for.
pub(crate) fn posts() -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(2 * i64::from(FEWEST)..=10_000_000)
}

/// The address of a community; the first of them have the most members and posts.
pub(crate) fn slug(number: usize) -> String {
    format!("generated-condition-{number:05}")
}

/// Such a site.
pub(crate) struct Generated {
    /// Which database it is on.
    pub(crate) name: &'static str,
    pub(crate) posts: u32,
    pub(crate) data: PathBuf,
    /// The options that say where the data is.
    pub(crate) place: Vec<String>,
    binary: PathBuf,
    /// What its servers say, and where they run.
    scratch: PathBuf,
}

/// Where one is made.
pub(crate) struct Place<'a> {
    pub(crate) name: &'static str,
    /// A folder that is not there yet.
    pub(crate) folder: PathBuf,
    /// An empty database; without one it is a file in the folder.
    pub(crate) database: Option<&'a str>,
}

impl Generated {
    pub(crate) fn make(
        project: &Project,
        binary: &Path,
        place: Place<'_>,
        posts: u32,
    ) -> Result<Self> {
        let Place {
            name,
            folder: scratch,
            database,
        } = place;
        fs::create_dir_all(&scratch)
            .with_context(|| format!("could not create {}", scratch.display()))?;
        let data = scratch.join("data");
        let mut place = vec!["--data-dir".to_owned(), data.display().to_string()];
        if let Some(url) = database {
            place.extend(["--database-url".to_owned(), url.to_owned()]);
        }
        let site = Self {
            name,
            posts,
            data,
            place,
            binary: binary.to_path_buf(),
            scratch,
        };
        let progress = Progress::start(
            &format!("generating {posts} posts on {name}"),
            "what is slow only where there is much of it shows only there",
        );
        let mut command = site.command(project);
        command
            .args(["demo", "--size", &posts.to_string()])
            .args(&site.place);
        run::run_logged(&mut command, &site.scratch.join("demo.txt"), &progress)?;
        progress.done();
        Ok(site)
    }

    /// `rareshare`, away from any real configuration and data.
    pub(crate) fn command(&self, project: &Project) -> std::process::Command {
        run::isolated(project.command(&self.binary), &self.scratch)
    }

    /// What the program says at a command about this site.
    pub(crate) fn ask(&self, project: &Project, words: &[&str]) -> Result<String> {
        let mut command = self.command(project);
        command.args(words).args(&self.place);
        run::capture(&mut command)
    }

    /// A running server on it. It believes whoever asks where they are, so that there are many of them.
    pub(crate) fn start(
        &self,
        project: &Project,
        arguments: &[&str],
        core: Option<usize>,
    ) -> Result<Server> {
        let mut all = vec!["--trusted-proxy", "127.0.0.1"];
        // The data folder is told anyway.
        all.extend(self.place.iter().skip(2).map(String::as_str));
        all.extend(arguments);
        Server::start(
            project,
            &Start {
                binary: &self.binary,
                subcommand: "serve",
                data: &self.data,
                arguments: &all,
                address: None,
                core,
                page: "/communities/generated-condition-00000",
                scratch: &self.scratch,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_asked_for_a_community_that_is_generated() {
        assert_eq!(slug(0), "generated-condition-00000");
        assert_eq!(slug(9_999), "generated-condition-09999");
    }
}
